"""One run at a time: a lock file, and beside it who holds it and since when, for whoever meets it."""

import getpass
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.model.finding import visible
from pipeline.outputs import recover
from pipeline.workspace import Workspace


@contextmanager
def locked(workspace: Workspace) -> Iterator[None]:
    """Hold the year's lock, its outputs whole even where a run was killed in the midst of replacing them.

    OperatorError (locked) where another run has it, (output) where the disk refuses.
    """
    with held(workspace.lock_file, f"{workspace.year} 年另有一次运行正在进行"):
        try:
            recover(workspace.outputs)
        except OSError as error:
            raise OperatorError(
                ExitCode.OUTPUT, f"{workspace.outputs} 放不回原处：{reason(error)}。请关上里面的文件再运行。"
            ) from error
        yield


@contextmanager
def held(path: Path, words: str) -> Iterator[None]:
    """Hold a lock file; OperatorError (locked) that begins with ``words`` where another has it.

    The system lets go of the lock when its holder ends, however it ends; who it was stands in a file beside,
    since Windows lets nobody read a locked one. OperatorError (output) where the disk refuses.
    """
    lock = FileLock(path, timeout=0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise OperatorError(ExitCode.LOCKED, f"{words}{_holder(path)}，请等它结束再运行。") from error
    except OSError as error:
        raise OperatorError(
            ExitCode.OUTPUT, f"写不进 {path.parent}：{reason(error)}。请检查这个文件夹。"
        ) from error
    try:
        _sign(path)
        yield
    finally:
        with suppress(OSError):
            _signature(path).unlink(missing_ok=True)
        lock.release()


def _signature(path: Path) -> Path:
    return path.with_name(f"{path.name}.by")


def _sign(path: Path) -> None:
    """Who holds the lock: only told, never relied on; the file's own time says since when."""
    try:
        owner = getpass.getuser()
    except (OSError, KeyError, ImportError):
        owner = ""
    with suppress(OSError):
        _signature(path).write_text(f"{owner}\n{platform.node()}\n{os.getpid()}\n", encoding="utf-8")


def _holder(path: Path) -> str:
    """Who holds the lock and since when, in words; "" where that cannot be read."""
    try:
        signature = _signature(path)
        since = datetime.fromtimestamp(signature.stat().st_mtime, UTC).astimezone()
        owner, computer, number = signature.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return ""
    who = f"{visible(owner)} 在 {visible(computer)} 上"
    return f"（{who}，{since:%Y-%m-%d %H:%M:%S} 开始，进程 {visible(number)}）"
