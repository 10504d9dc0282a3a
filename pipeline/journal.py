"""What happened in the night: a log of JSON lines that never grows without end, and a page for a person."""

import json
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.model.finding import visible

FOLDER, LOG, SUMMARY = "日志", "batch.jsonl", "运行摘要.txt"
"""The folder among outputs/, the log, and what the last run did, in words."""
LARGEST, OLDER = 1024 * 1024, 5
"""Bytes of the log before it is put aside, and how many older ones are kept."""


class _Lines(RotatingFileHandler):
    """Keeps in mind that a line could not be written: a full disk stops no report."""

    failure: BaseException | None = None

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - the library's
        self.failure = sys.exc_info()[1]


class Journal:
    """The log and the summary of a run. Who writes holds the batch's lock."""

    def __init__(self, folder: Path, now: Callable[[], datetime], lines: _Lines) -> None:
        self._folder, self._now, self._lines = folder, now, lines
        self._words: list[str] = []
        self.warnings: list[str] = []
        """Why log or summary are not whole."""

    def log(self, event: str, **further: Any) -> None:
        """Append a line: when, what, and further values."""
        entry = {"at": self._now().isoformat(timespec="seconds"), "event": event, **further}
        line = json.dumps(entry, ensure_ascii=False, sort_keys=True, default=str)
        self._lines.emit(logging.makeLogRecord({"msg": line.encode("utf-8", "replace").decode()}))
        if self._lines.failure and not self.warnings:
            self.warnings.append(f"日志 {LOG} 没有写全：{self._lines.failure}")

    def say(self, lines: Sequence[str]) -> None:
        """Lines for the summary."""
        self._words.extend(visible(line) for line in lines)

    @property
    def text(self) -> str:
        """The summary so far."""
        return "\n".join(self._words) + "\n"

    def put_summary(self) -> None:
        """Write the summary in place of the last run's."""
        new = self._folder / f".{SUMMARY}.new"
        try:
            new.write_text(self.text, encoding="utf-8-sig", newline="\r\n")
            new.replace(self._folder / SUMMARY)
        except OSError as error:
            self.warnings.append(f"{SUMMARY} 写不进去：{reason(error)}")


@contextmanager
def journal(outputs: Path, now: Callable[[], datetime]) -> Iterator[Journal]:
    """Open the log in ``outputs``/日志; OperatorError (output) where the disk refuses."""
    folder = outputs / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lines = _Lines(folder / LOG, maxBytes=LARGEST, backupCount=OLDER, encoding="utf-8")
    except OSError as error:
        raise OperatorError(
            ExitCode.OUTPUT, f"写不进 {folder}：{reason(error)}。请检查磁盘和权限再运行。"
        ) from error
    try:
        yield Journal(folder, now, lines)
    finally:
        with suppress(OSError):  # a full disk again: it was told at the line that did not fit
            lines.close()
