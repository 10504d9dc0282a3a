"""What the doctor examines and says, and a check that is kept from falling ill of what it examines."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from pipeline.errors import ExitCode, OperatorError, reason


class Verdict(StrEnum):
    """How a line of the doctor's ends."""

    GOOD = "好"
    CARE = "注意"
    BAD = "不行"


class Diagnosis(Struct, frozen=True):
    """One line: what was looked at, the verdict, what was seen and what to do; ``code`` where it is 不行."""

    subject: str
    verdict: Verdict
    words: str
    code: ExitCode = ExitCode.OK


class Patient(Struct, frozen=True):
    """What is examined: the program's templates, this computer's font folders, the workspace asked for.

    ``year`` is None for the latest.
    """

    templates: Path
    font_folders: tuple[Path, ...]
    folder: Path
    year: int | None = None

    @property
    def named(self) -> bool:
        """Whether a person asked for this folder or year; the current folder need not be a workspace."""
        return self.year is not None or self.folder != Path()


Check: TypeAlias = Callable[[Patient], Iterable[Diagnosis]]


def caught(subject: str, lines: Iterable[Diagnosis]) -> Iterator[Diagnosis]:
    """The lines of a check, and where it stops itself, the line that says why."""
    try:
        yield from lines
    except OperatorError as error:
        yield Diagnosis(subject, Verdict.BAD, error.message, error.code)
    except OSError as error:
        words = f"{error.filename or ''} 读不出来：{reason(error)}。".lstrip()
        yield Diagnosis(subject, Verdict.BAD, words, ExitCode.INPUT)
    except Exception as error:
        words = f"检查时出错（{type(error).__name__}：{error}）。请重新安装本程序；仍然如此请告诉维护者。"
        yield Diagnosis(subject, Verdict.BAD, words, ExitCode.DEPENDENCY)
