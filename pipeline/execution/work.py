"""What is to be done, and what became of it; done in this very process it is ``serial``."""

import pickle
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from msgspec import Struct

from pipeline.errors import ExitCode, OperatorError

Tools = TypeVar("Tools")
Item = TypeVar("Item")
Value = TypeVar("Value")

AnyWork: TypeAlias = "Work[Any, Any, Any]"

DIED = "负责它的进程中途退出了，多半是内存不够。请关掉别的程序再运行一次。"


class Work(Struct, Generic[Tools, Item, Value], frozen=True):
    """What is to be done: ``prepare`` makes the tools ready once a process, ``perform`` does one item.

    Both, the items and the values are pickled: functions of a module, or ``functools.partial`` of one.
    """

    prepare: Callable[[], Tools]
    perform: Callable[[Tools, Item], Value]
    wary: bool = False
    """Whether the items are others' files, which may kill what reads them: not to be read in this process
    where another starts at once, and in little memory."""
    weight: float = 1
    """How many agencies' reports take as long as one item: fewer heavy ones are worth a process's start.
    Heavy ones are large too: each goes alone, and none waits ready beside the one that is made."""


class Failure(Struct, frozen=True):
    """Why an item has no value: an operator's sentence under its exit code, or a bug's traceback (70)."""

    code: ExitCode
    words: str


class Turn(Struct, frozen=True):
    """What a worker gives back for a batch: seconds it took, a result an item; or why none was begun."""

    seconds: float
    pickled: bytes
    stopped: Failure | None = None

    def results(self) -> list[Any]:
        """A result an item; what the batch was stopped by is raised."""
        if self.stopped:
            raise raised(self.stopped)
        results: list[Any] = pickle.loads(self.pickled)
        return results


def turn(work: AnyWork, tools: Any, items: Sequence[Any]) -> Turn:
    """Do a batch, item by item; a value that cannot be pickled is a bug, and its item's alone."""
    began = time.perf_counter()
    results = [_attempt(work, tools, item) for item in items]
    try:
        pickled = pickle.dumps(results)
    except Exception:
        pickled = pickle.dumps([_sendable(one) for one in results])
    return Turn(time.perf_counter() - began, pickled)


def stopped(failure: Failure) -> Turn:
    """A batch that was not begun."""
    return Turn(0, b"", failure)


def serial(work: AnyWork, items: Iterable[Any]) -> Iterator[Any]:
    """Every item's result, in order, by this process."""
    tools = None
    for number, item in enumerate(items):
        if number == 0:
            tools = work.prepare()
        yield _attempt(work, tools, item)


def values(results: Iterable[Value | Failure]) -> Iterator[Value]:
    """The values, where none may fail: a Failure is raised as what it was, a bug as its traceback's words."""
    return map(_value, results)  # which holds none while the next is waited for


def _value(result: Value | Failure) -> Value:
    if isinstance(result, Failure):
        raise raised(result)
    return result


def raised(failure: Failure) -> Exception:
    """The exception that a failure stands for."""
    is_bug = failure.code is ExitCode.BUG
    return RuntimeError(failure.words) if is_bug else OperatorError(failure.code, failure.words)


def _sendable(result: Any) -> Any:
    try:
        pickle.dumps(result)
    except Exception:
        return Failure(ExitCode.BUG, traceback.format_exc())
    return result


def _attempt(work: AnyWork, tools: Any, item: Any) -> Any:
    try:
        return work.perform(tools, item)
    except OperatorError as error:
        return Failure(error.code, error.message)
    except MemoryError:
        return Failure(ExitCode.WORKER, DIED)
    except Exception:  # one item's bug is told with the others' results
        return Failure(ExitCode.BUG, traceback.format_exc())
