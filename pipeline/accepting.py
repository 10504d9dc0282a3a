"""A person stands by findings: find them as they are now, write them down, tell what remains."""

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from pipeline.acceptances import read_acceptances, with_acceptances
from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.gather import YearInputs, untenable
from pipeline.inquire import agencies_named, explained
from pipeline.model.acceptance import Acceptance
from pipeline.model.finding import Finding, Severity, some, visible
from pipeline.outputs import AGENCIES
from pipeline.record import read_record
from pipeline.run import IN_REPORTS, Examination, examine

ACCEPTED = "accepted.toml"
SHOWN = 5
"""Places named in a sentence before 等."""


class Wish(Struct, frozen=True):
    """What a person wants to stand by: a code, and whose and where; and why, who, until when."""

    code: str
    reason: str
    by: str
    agency: str = ""
    cell: str = ""
    """An A1 name, or a sheet's name, ! and an A1 name."""
    address: str = ""
    until: datetime.date | None = None


class Settled(Struct, frozen=True):
    """What was accepted, as it now stands in accepted.toml, and the examination with it."""

    entries: tuple[Acceptance, ...]
    findings: tuple[Finding, ...]
    examination: Examination

    @property
    def remaining(self) -> dict[str, int]:
        """How many errors and warnings nobody stands by yet."""
        open_now = [one for one in self.examination.findings if not self.examination.accepted(one)]
        return {
            severity.value: sum(one.severity is severity for one in open_now)
            for severity in (Severity.ERROR, Severity.WARNING)
        }


def accept(inputs: YearInputs, wish: Wish, today: datetime.date) -> Settled:
    """Write an entry for every finding the wish means, each with its numbers. Called under the year's lock.

    OperatorError (usage) where there is no such finding now, it is another agency's too, nobody can stand by
    it or need to, or somebody does already; (input) where accepted.toml is wrong; (output) where it cannot
    be written.
    """
    _refuse_hasty(wish, today)
    (kind,) = explained(inputs.catalogue, wish.code)
    if not kind.acceptable:
        raise OperatorError(ExitCode.USAGE, untenable(wish.code, inputs.catalogue))
    if kind.severity is Severity.NOTICE:
        raise OperatorError(ExitCode.USAGE, f"“{kind.title}”（{kind.code}）只是提示，不用确认。")
    file = inputs.workspace.accepted()
    content = file.content if file else b""
    path = inputs.workspace.inputs / ACCEPTED
    name = inputs.workspace.relative(path)
    standing = read_acceptances(content, name)  # as it stands now, under the lock
    inputs = replace(inputs, acceptances=standing)
    findings = _meant(wish, examine(inputs, today))
    entries = tuple(dict.fromkeys(_entry(wish, finding) for finding in findings))
    _write(path, with_acceptances(content, name, entries))
    after = replace(inputs, acceptances=(*standing, *entries), acceptance_file=name)
    return Settled(entries, findings, examine(after, today))


def _refuse_hasty(wish: Wish, today: datetime.date) -> None:
    for option, value in (("--reason 理由", wish.reason), ("--by 谁确认", wish.by)):
        if not visible(value).strip():
            raise OperatorError(ExitCode.USAGE, f"请写明 {option}：确认要留下理由和是谁确认的。")
    if wish.until and wish.until < today:
        raise OperatorError(ExitCode.USAGE, f"--until {wish.until} 已经过了，今天是 {today}。")


def _meant(wish: Wish, examination: Examination) -> tuple[Finding, ...]:
    """The findings the wish means that nobody stands by yet: one agency's, in one place if it names one."""
    inputs = examination.inputs
    alike = list(_everything(wish.code, examination))
    address = _address(wish.address, inputs)
    meant = [one for one in alike if _fits(one, wish, address, inputs)]
    if not meant:
        raise OperatorError(ExitCode.USAGE, f"现在没有这样的问题。{_nearest(alike, wish.code, examination)}")
    agencies = list(dict.fromkeys(one.agency for one in meant))
    if len(agencies) > 1:
        raise OperatorError(
            ExitCode.USAGE,
            f"有 {len(agencies)} 家有这个问题，请逐家确认，用 --agency 写明哪一家：{some(agencies, SHOWN)}。",
        )
    sheets = list(dict.fromkeys(one.sheet for one in meant))
    if wish.cell and len(sheets) > 1:
        cells = some([f"{sheet}!{meant[0].cell}" for sheet in sheets], SHOWN, "处")
        raise OperatorError(ExitCode.USAGE, f"有几张表的这一格有这个问题，请写明是哪一张：{cells}。")
    still = tuple(one for one in meant if not examination.accepted(one))
    if not still:
        known = examination.acceptance(meant[0])
        who = f"{known.by}，理由：{known.reason}" if known else ""
        raise OperatorError(ExitCode.USAGE, f"这里已经有人确认过（{who}），没有改动。")
    return still


def _everything(code: str, examination: Examination) -> Iterator[Finding]:
    """What is found of a code now; of what only agencies' own reports show, when those were last made."""
    yield from (one for one in examination.findings if one.code == code)
    if code not in IN_REPORTS:
        return
    listed = read_record(examination.inputs.workspace.outputs / AGENCIES).get("findings")
    for entry in listed if isinstance(listed, list) else ():
        known = _recorded(entry)
        if known and known.code == code and known not in examination.findings:
            yield known


def _recorded(entry: object) -> Finding | None:
    """A finding as a record has it; None for what somebody damaged."""
    if not isinstance(entry, dict):
        return None
    said: dict[str, Any] = {name: entry.get(name) for name in Finding.__struct_fields__}
    is_whole = all(isinstance(value, int if name == "year" else str) for name, value in said.items())
    return Finding(**said) if is_whole else None


def _address(name: str, inputs: YearInputs) -> str:
    """The address of a figure by its Chinese name; any other name as it is."""
    addresses = (*inputs.form.cells, *(one.address for one in inputs.indicators))
    return next((one for one in addresses if inputs.words(one) == name), name)


def _fits(finding: Finding, wish: Wish, address: str, inputs: YearInputs) -> bool:
    agency = agencies_named([wish.agency], inputs)[0].name if wish.agency else finding.agency
    sheet, mark, cell = wish.cell.rpartition("!")
    return (
        finding.agency == agency
        and (not cell or finding.cell == cell.upper())
        and (not mark or finding.sheet == sheet)
        and address in ("", finding.address)
    )


def _nearest(alike: Sequence[Finding], code: str, examination: Examination) -> str:
    """Where there is such a finding, or which findings there are, in words."""
    if alike:
        places = dict.fromkeys(
            f"{one.agency} {one.sheet} {one.cell or one.workbook}".strip() for one in alike
        )
        return f"{code} 现在在：{some(list(places), SHOWN, '处')}。"
    codes = [one.code for one in examination.findings if one.severity is not Severity.NOTICE]
    now = list(dict.fromkeys(codes))
    return f"现在要处理的有：{some(now, SHOWN, '种')}。" if now else "现在没有错误，也没有待核的问题。"


def _entry(wish: Wish, finding: Finding) -> Acceptance:
    """The acceptance of one finding as it is now: by address, else by its cell, else by its workbook."""
    return Acceptance(
        code=wish.code,
        reason=visible(wish.reason).strip(),
        by=visible(wish.by).strip(),
        agency=finding.agency,
        address=finding.address,
        sheet="" if finding.address else finding.sheet,
        cell="" if finding.address else finding.cell,
        workbook="" if finding.agency else finding.workbook,
        found=finding.found,
        expected=finding.expected,
        until=wish.until,
    )


def _write(path: Path, content: bytes) -> None:
    """Write the file at once or not at all; OperatorError (output) where the system refuses."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        raise OperatorError(
            ExitCode.OUTPUT,
            f"写不进 {path}：{reason(error)}。可能正被别的程序打开，或没有权限；原来的文件没有动。",
        ) from error
