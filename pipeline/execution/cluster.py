"""A Dask cluster that was started elsewhere: joined, held to have the same program, and given batches.

Everything is pickled both ways: whoever can reach the scheduler can run what he likes on its workers, and
they on this computer. The network must be trusted.
"""

import logging
import pickle
import platform
import socket
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from threading import Lock
from typing import Any, TypeAlias

from pipeline.errors import ExitCode, OperatorError
from pipeline.execution.batches import Batches
from pipeline.execution.flow import AHEAD
from pipeline.execution.interrupt import MOMENT, put_off
from pipeline.execution.luggage import packed, unpacked
from pipeline.execution.pool import Pool
from pipeline.execution.work import AnyWork, Failure, Turn, stopped, turn

Identity: TypeAlias = Mapping[str, str]
"""What results depend on besides the items, by name: versions of program and packages, digests of files."""
Identify: TypeAlias = Callable[[], Identity]
"""A module's function, called here and on every worker."""

SECONDS = 0.5, 1.0
"""Of work in a batch, least and most: a task costs the scheduler two thousandths (PERF)."""
PATIENCE = 5.0
"""Seconds in which a scheduler must answer."""
COMING = 15.0
"""Seconds in which a first worker must show itself: it may be about to start."""
GRACE = 30.0
"""Seconds for which a cluster may be without any worker: a killed one is started again by its nanny."""
AGE = 2.0
"""Seconds for which the number of workers is believed."""
_ONE_AT_A_TIME = Lock()
"""In a worker that has several threads: tools are made for one task at a time."""


class Cluster:
    """A cluster that was joined."""

    def __init__(self, address: str, client: Any, identify: Identify) -> None:
        self._address = address
        self._client = client
        self._identify = identify
        self._counted = (0.0, 0)

    def crew(self, work: AnyWork) -> "Hired":
        """Its workers, for a work."""
        kit = packed((work, self._identify, dict(self._identify())))
        work.prepare()  # here too, so that what is wrong with the tools is said once and not for every item
        return Hired(self, self._client.get_executor(pure=False), kit, Pool(work, 1, anew=True))

    def workers(self) -> int:
        """How many workers there are now; OperatorError (worker) where the scheduler does not say."""
        when, count = self._counted
        if not when or time.monotonic() - when > AGE:
            try:
                count = len(self._client.nthreads())
            except Exception as error:  # Dask's own, tornado's, asyncio's: whatever it is, nobody answers
                raise self.gone() from error
            self._counted = time.monotonic(), count
        return count

    def gone(self) -> OperatorError:
        """The cluster has left us."""
        return OperatorError(
            ExitCode.WORKER,
            f"与集群 {self._address} 的连接断了。原来的文件没有动；请管理员看看 dask scheduler 还在不在，"
            "或不加 --cluster 再运行。",
        )

    def deserted(self) -> OperatorError:
        """It has no worker."""
        return OperatorError(
            ExitCode.WORKER,
            f"集群 {self._address} 里没有工作进程。请先运行 dask worker {self._address}，或不加 --cluster。",
        )

    def require_alike(self) -> None:
        """OperatorError (worker) where there are no workers, or one has another program than we."""
        try:
            self._client.wait_for_workers(1, timeout=COMING)
        except TimeoutError as error:
            raise self.deserted() from error
        theirs = self._client.run(_identified, self._identify, on_error="return")
        for worker, identity in theirs.items():
            if isinstance(identity, BaseException):
                raise OperatorError(ExitCode.WORKER, _foreign(worker, "没有装本程序，或版本不同"))
            if words := difference(self._identify(), identity):
                raise OperatorError(ExitCode.WORKER, _foreign(worker, words))


class Hired:
    """A cluster's workers, doing one work; and a process of this computer's for what killed several of them.

    That one is a new program: threads of Dask's run in this.
    """

    def __init__(self, cluster: Cluster, executor: Any, kit: bytes, here: Pool) -> None:
        self.batches = Batches(0, 0) if here.heavy else Batches(*SECONDS)
        self.ahead = 1 if here.heavy else AHEAD
        killed: type[BaseException] = import_module("distributed").KilledWorker
        self.losses: tuple[type[BaseException], ...] = (killed, *here.losses)
        self._here = here
        self._cluster = cluster
        self._executor = executor
        self._kit = kit
        self._empty_since: float | None = None

    def hands(self) -> int:
        """As many as there are workers: one that is being started again counts soon."""
        return self._cluster.workers() or 1

    def send(self, items: Sequence[Any], *, alone: bool = False) -> "Future[Turn]":
        """Hand out a batch, pickled here: Dask need not look into it."""
        if alone:
            return self._here.send(items, alone=True)
        told: Future[Turn] = Future()
        try:
            batch = pickle.dumps(items)
        except Exception as error:  # as a pool says it: through the future
            told.set_exception(error)
            return told
        with put_off():
            future: Future[Turn] = self._executor.submit(_turn, self._kit, batch)
        return future

    def wait(self, futures: "Sequence[Future[Turn]]") -> None:
        """Come back when one is done, or in a MOMENT; OperatorError (worker) where the cluster is gone."""
        with put_off():
            done = wait(futures, MOMENT, return_when=FIRST_COMPLETED).done
        if not done:
            now = time.monotonic()
            if self._cluster.workers():
                self._empty_since = None
            elif self._empty_since is None:
                self._empty_since = now
            elif now - self._empty_since > GRACE:
                raise self._cluster.deserted()
        if any(future.cancelled() for future in done):
            raise self._cluster.gone()

    def close(self) -> None:
        """Have what is still in the air dropped."""
        self._here.close()
        with put_off():
            self._executor.shutdown(wait=False)


@contextmanager
def joined(address: str, identify: Identify) -> Iterator[Cluster]:
    """The cluster whose scheduler listens at ``tcp://host:port``, its workers proved to have our program.

    OperatorError (dependency) where Dask is not installed, (worker) where nobody answers, there is no worker,
    or one has another program.
    """
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        words = '用集群要另装 Dask。请管理员运行 pip install "make-report[cluster]"，或不加 --cluster。'
        raise OperatorError(ExitCode.DEPENDENCY, words) from error
    for name in ("distributed", "distributed.client"):  # what happens is said in our own words
        logging.getLogger(name).setLevel(logging.CRITICAL)
    import_module("dask").config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"})
    try:
        _knock(address)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions, which are told below
            client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except Exception as error:  # whatever listens there, if anything does
        words = f"集群 {address} 没有应答。请看地址对不对，dask scheduler 开了没有，或不加 --cluster。"
        raise OperatorError(ExitCode.WORKER, words) from error
    try:
        cluster = Cluster(address, client, identify)
        cluster.require_alike()
        yield cluster
    finally:
        client.close(timeout=PATIENCE)


def _knock(address: str) -> None:
    """OSError where nobody speaks at an address: a scheduler speaks first, and Dask would wait for ever."""
    host, _, port = address.removeprefix("tcp://").rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port)), PATIENCE) as door:
        door.settimeout(PATIENCE)
        if not door.recv(1):
            raise ConnectionAbortedError


def difference(ours: Identity, theirs: Identity) -> str:
    """What differs between two programs, in words; "" where nothing does."""
    names = [name for name in dict.fromkeys((*ours, *theirs)) if ours.get(name) != theirs.get(name)]
    return "；".join(f"{name} {theirs.get(name, '没有')}，这里 {ours.get(name, '没有')}" for name in names)


def _foreign(worker: str, words: str) -> str:
    return (
        f"集群里 {worker} 的程序和这里的不一样（{words}），算出来的可能不同，没有用它。"
        "请管理员在那台电脑上装一样的版本，再重开 dask worker。"
    )


def _identified(identify: Identify) -> Identity:
    """On a worker: what it is."""
    return dict(identify())


@lru_cache(maxsize=2)
def _kit(pickled: bytes) -> tuple[AnyWork, Any, str]:
    """On a worker, once for each work: the work, its tools, and how we differ from who sent it."""
    work, identify, theirs = unpacked(pickled)
    unlike = difference(theirs, identify())
    return work, None if unlike else work.prepare(), unlike


def _turn(kit: bytes, batch: bytes) -> Turn:
    """On a worker: do a batch; nothing where its program is another, so that no result can differ."""
    with _ONE_AT_A_TIME:
        try:
            work, tools, unlike = _kit(kit)
        except OperatorError as error:
            return stopped(Failure(error.code, error.message))
        if unlike:
            return stopped(Failure(ExitCode.WORKER, _foreign(platform.node(), unlike)))
        return turn(work, tools, pickle.loads(batch))
