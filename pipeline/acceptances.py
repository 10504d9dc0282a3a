"""accepted.toml: findings a person has looked at and stands by, with a reason and for how long."""

import datetime
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import ExitCode, OperatorError
from pipeline.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One ``[[accept]]``: the code, and where given the agency and the cell (A1) or address it holds for."""

    code: str
    reason: str
    by: str
    agency: str = ""
    cell: str = ""
    address: str = ""
    until: datetime.date | None = None

    def covers(self, finding: Finding, today: datetime.date) -> bool:
        """Whether this acceptance holds for a finding today; what it leaves empty, it does not ask for."""
        return (
            self.code == finding.code
            and self.agency in ("", finding.agency)
            and self.cell in ("", finding.cell)
            and self.address in ("", finding.address)
            and (self.until is None or today <= self.until)
        )


def read_acceptances(content: bytes, file: str) -> tuple[Acceptance, ...]:
    """The acceptances in an accepted.toml; OperatorError (input) where one is wrong or gives no reason."""
    try:
        entries = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OperatorError(ExitCode.INPUT, f"人工确认文件 {file} 写得不对：{error}。") from error
    listed = entries.get("accept", [])
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise OperatorError(
            ExitCode.INPUT, f"人工确认文件 {file} 写得不对：每一条以单独一行 [[accept]] 开头，两层方括号。"
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


def is_accepted(finding: Finding, acceptances: Sequence[Acceptance], today: datetime.date) -> bool:
    """Whether any acceptance covers the finding today."""
    return any(acceptance.covers(finding, today) for acceptance in acceptances)
