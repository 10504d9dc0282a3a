"""accepted.toml: findings a person has looked at and stands by, read and added to."""

import datetime
import json
import tomllib
from collections.abc import Sequence
from typing import Any

from pipeline.errors import ExitCode, OperatorError
from pipeline.model.acceptance import Acceptance

NUMBERS = ("found", "expected")
KEYS = ("code", "agency", "address", "sheet", "cell", "workbook", *NUMBERS, "reason", "by", "until")
"""The keys of an entry, in the order in which the program writes them."""

HEADER = """# 人工确认：有人看过、认可的问题，一段 [[accept]] 一条，用 make-report accept 添加。
# found、expected 是确认时的数，数变了这一条就不再作数；until 是有效到哪一天，不写就一直有效。
"""
"""What stands at the top of a file that the program begins."""


def read_acceptances(content: bytes, file: str) -> tuple[Acceptance, ...]:
    """The acceptances in an accepted.toml; OperatorError (input) where one is wrong or gives no reason."""
    try:
        entries = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OperatorError(ExitCode.INPUT, f"人工确认文件 {file} 写得不对：{error}。") from error
    listed = entries.pop("accept", [])
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise OperatorError(
            ExitCode.INPUT, f"人工确认文件 {file} 写得不对：每一条以单独一行 [[accept]] 开头，两层方括号。"
        )
    if entries:
        raise OperatorError(
            ExitCode.INPUT,
            f"人工确认文件 {file} 里有不认识的项：{'、'.join(entries)}。"
            "每一条以单独一行 [[accept]] 开头，各项写在它下面；别的不会起作用，请改正或删去。",
        )
    return tuple(_acceptance(entry, file) for entry in listed)


def _acceptance(entry: dict[str, Any], file: str) -> Acceptance:
    for key in ("code", "reason", "by"):
        if not str(entry.get(key, "")).strip():
            raise OperatorError(
                ExitCode.INPUT,
                f"人工确认文件 {file} 里有一条没有写 {key}："
                "每条都要写明 code（代码）、reason（理由）、by（谁确认）。",
            )
    until = entry.get("until")
    if until is not None and (not isinstance(until, datetime.date) or isinstance(until, datetime.datetime)):
        raise OperatorError(
            ExitCode.INPUT, f"人工确认文件 {file} 里的 until 应是日期，如 2021-01-26，不加引号。"
        )
    try:
        words = {key: str(value) for key, value in entry.items() if key != "until"}
        return Acceptance(**words, until=until)
    except TypeError as error:
        raise OperatorError(ExitCode.INPUT, f"人工确认文件 {file} 里有不认识的项：{error}。") from error


def with_acceptances(content: bytes, file: str, fresh: Sequence[Acceptance]) -> bytes:
    """An accepted.toml (b"" for none yet) with these added at its end: what stood in it stands to the byte.

    OperatorError (input) where it is wrong already, or written so that nothing can be added.
    """
    before = read_acceptances(content, file)
    start = content or HEADER.encode()
    line_end = "\r\n" if 0 < start.count(b"\n") == start.count(b"\r\n") else "\n"
    gap = line_end if start.endswith(b"\n") else line_end * 2
    entries = "\n".join(map(_written, fresh)).replace("\n", line_end)
    written = start + f"{gap}{entries}".encode()
    try:
        held = read_acceptances(written, file) == (*before, *fresh)
    except OperatorError:
        held = False
    if not held:
        raise OperatorError(
            ExitCode.INPUT,
            f"人工确认文件 {file} 里加不进新的一条：请把每一条写成单独一段，以 [[accept]] 开头。",
        )
    return written


def _written(acceptance: Acceptance) -> str:
    """The entry of an acceptance as TOML: what it is for, its numbers, its reason."""
    said = acceptance_entry(acceptance)
    return "\n".join(["[[accept]]", *(f"{key} = {_literal(value)}" for key, value in said.items()), ""])


def _literal(value: str | datetime.date) -> str:
    """A TOML value: a day, or a text, which JSON writes alike but for DEL."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def acceptance_entry(acceptance: Acceptance) -> dict[str, str | datetime.date]:
    """What an acceptance says, by the keys of its entry; what it leaves open is not there."""
    said = {key: getattr(acceptance, key) for key in KEYS}
    return {key: value for key, value in said.items() if value or (key in NUMBERS and value is not None)}
