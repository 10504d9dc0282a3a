"""A Dask cluster of two worker processes on the loopback, as a program: says its address, ends with its input."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen

from msgspec import Struct

HERE = Path(__file__)


class Lan(Struct, frozen=True):
    """A cluster: where its scheduler listens, and the program it runs in."""

    address: str
    program: Popen[str]


@contextmanager
def started(workers: int) -> Iterator[Lan]:
    """A cluster of so many workers, which ends with the block."""
    with Popen([sys.executable, HERE, str(workers)], stdin=PIPE, stdout=PIPE, text=True) as program:
        assert program.stdin
        assert program.stdout
        try:
            yield Lan(program.stdout.readline().strip(), program)
        finally:
            program.stdin.close()


def its_own() -> dict[str, str]:
    """An identity that no two processes share."""
    return {"make-report": str(os.getpid())}


def absent() -> dict[str, str]:
    """An identity that cannot be told, since the program is not there."""
    raise ModuleNotFoundError("pipeline.fingerprint")


def serve(workers: int) -> None:
    """A cluster of so many workers, until standard input ends; a task is given up with its second worker."""
    import dask
    from distributed import LocalCluster

    dask.config.set({"distributed.scheduler.allowed-failures": 1})
    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        scheduler_port=0,
        dashboard_address="127.0.0.1:0",
        worker_dashboard_address="127.0.0.1:0",
        silence_logs=100,
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parents[1]))
    serve(int(sys.argv[1]))
