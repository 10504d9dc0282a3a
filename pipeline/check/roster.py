"""Which of the workbooks that arrived counts for each agency, and who is missing (H7, H8)."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from pipeline.check.whose import Awaited, whose
from pipeline.model.finding import Finding
from pipeline.model.roster import Agency
from pipeline.model.submission import Arrival, Numerals, Receipt, Submission, Submissions

REFUSED = frozenset({"wrong-year", "wrong-edition"})
"""Findings that keep a readable workbook from counting at all, whatever weight the office gives them."""


class Shelved(Protocol):
    """What was read from the arrivals, by their numbers from 0."""

    def submission(self, at: int) -> Submission | None:
        """What was read from the arrival of this number; None where nothing could be read."""

    def numerals(self, at: int) -> Numerals:
        """The numbers that were read from the arrival of this number, which could be read."""

    def of(self, numbers: Iterable[int]) -> "Shelved":
        """Those of these numbers alone, numbered anew from 0: a value, which may go to another process."""


@dataclass(frozen=True, eq=False)
class Counted(Submissions):
    """The submission that counts, by agency code, in the roster's order; each is fetched when asked for."""

    positions: Mapping[str, int]
    shelf: Shelved

    def __getitem__(self, code: str) -> Submission:
        submission = self.shelf.submission(self.positions[code])
        if submission is None:
            raise KeyError(code)
        return submission

    def numerals(self, code: str) -> Numerals:
        """The numbers of an agency's, fetched by themselves; KeyError where there is none."""
        return self.shelf.numerals(self.positions[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self.positions)

    def __len__(self) -> int:
        return len(self.positions)

    def __contains__(self, code: object) -> bool:
        return code in self.positions


class Reception(Struct, frozen=True, eq=False, dict=True):
    """The arrivals sorted out: a receipt for each, what was found on the way, and what counts.

    ``counted`` holds the submission that counts by agency code: go through it once, it reads each anew.
    """

    receipts: tuple[Receipt, ...]
    findings: tuple[Finding, ...]
    counted: Counted
    shelf: Shelved

    @cached_property
    def senders(self) -> frozenset[str]:
        """The codes of the agencies from whom anything came, whether it counts or not."""
        return frozenset(one.agency.code for one in self.receipts if one.agency)

    @cached_property
    def arrivals(self) -> Mapping[str, Arrival]:
        """The arrival that counts, by agency code."""
        return {one.agency.code: one.arrival for one in self.receipts if one.counted and one.agency}

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return {one.arrival.workbook: at for at, one in enumerate(self.receipts) if one.arrival.cover}

    def read(self, workbooks: Iterable[str]) -> Iterator[Submission]:
        """The submissions of these workbooks, those that could be read, whether they count or not."""
        found = (self.shelf.submission(self._positions[one]) for one in workbooks if one in self._positions)
        return (submission for submission in found if submission)

    def shares(self, shares: Iterable[Iterable[Agency]]) -> Iterator["Reception"]:
        """What came from each share of the agencies, a value by itself, without what was found in it."""
        sent: dict[str, tuple[int, ...]] = {}
        for at, one in enumerate(self.receipts):
            if one.agency:
                sent[one.agency.code] = (*sent.get(one.agency.code, ()), at)
        for agencies in shares:
            numbers = [at for agency in agencies for at in sent.get(agency.code, ())]
            receipts = tuple(self.receipts[at] for at in numbers)
            counting = {one.agency.code: at for at, one in enumerate(receipts) if one.counted and one.agency}
            shelf = self.shelf.of(numbers)
            yield Reception(receipts, (), Counted(counting, shelf), shelf)


def receive(arrivals: Sequence[Arrival], awaited: Awaited, shelf: Shelved) -> Reception:
    """Give each arrival its agency and decide which counts, by covers; ``shelf`` has what else it holds.

    A workbook left out by report.toml's ``[exclude]`` counts for nothing, whatever it holds; what is wrong in
    it is nobody's business, and its agency is missing unless another workbook came.
    The stated rule for several workbooks of one agency: the one named in report.toml's ``[use]``
    (``code = "path"``); else the one with the highest 报送次数 on its cover; else, where they hold the same
    figures, the first by path; else none counts and ``submission-twice`` asks.
    """
    receipts: list[Receipt] = []
    told: dict[str, list[Finding]] = {}
    for arrival in arrivals:
        agency, found = whose(arrival, awaited)
        left_out = _left_out(arrival, agency, awaited)
        if left_out:
            told[arrival.workbook] = [left_out]
            receipts.append(Receipt(arrival, agency, counted=False, reason=left_out.message, excluded=True))
            continue
        name = agency.name if agency else ""
        told[arrival.workbook] = [replace(one, agency=name) for one in (*arrival.findings, *found)]
        told[arrival.workbook] += _undated(arrival, name, awaited)
        receipts.append(Receipt(arrival, agency, counted=False, reason=_refusal(arrival, agency, found)))
    for code, positions in _candidates(receipts):
        several = [receipts[index] for index in positions]
        use, are_alike = awaited.use.get(code, ""), partial(_are_alike, shelf, positions)
        chosen, rule = _chosen(several, use, are_alike)
        reason, decided = _said(several, chosen, rule, awaited)
        if chosen:
            # What is wrong in a version that is not used is nobody's business any more.
            told.update((one.arrival.workbook, []) for one in several if one is not chosen)
        for finding in decided:
            told[finding.workbook].append(finding)
        for index in positions:
            counts = receipts[index] is chosen
            why = reason[0] if counts else reason[1]
            receipts[index] = replace(receipts[index], counted=counts, reason=why)
    findings = [finding for workbook in told.values() for finding in workbook]
    counting = {one.agency.code: at for at, one in enumerate(receipts) if one.counted and one.agency}
    ordered = {one.code: counting[one.code] for one in awaited.roster.agencies if one.code in counting}
    findings += [*_unheeded(receipts, awaited), *_missing(receipts, awaited)]
    return Reception(tuple(receipts), tuple(findings), Counted(ordered, shelf), shelf)


def _left_out(arrival: Arrival, agency: Agency | None, awaited: Awaited) -> Finding | None:
    """The finding that says that, and why, the office leaves a workbook out; None where it does not."""
    for name, why in awaited.exclude.items():
        if is_named(arrival.workbook, name):
            return awaited.catalogue.finding(
                "submission-excluded",
                year=awaited.year,
                agency=agency.name if agency else "",
                workbook=arrival.workbook,
                found=why,
            )
    return None


def is_named(workbook: str, use: str) -> bool:
    """Whether ``[use]`` means this workbook: its path, or the end of it from some folder on."""
    return f"/{_composed(workbook)}".endswith(f"/{_composed(use).replace(chr(92), '/')}")


def _composed(name: str) -> str:
    """A name as one writes it: file names that went through a Mac have their accents apart."""
    return unicodedata.normalize("NFC", name)


def _refusal(arrival: Arrival, agency: Agency | None, found: Sequence[Finding]) -> str:
    """Why an arrival cannot count, in words; "" where it can."""
    told = (*found, *arrival.findings)
    if arrival.cover is None or agency is None:
        return told[0].message if told else "认不出是哪个单位。"
    return next((finding.message for finding in told if finding.code in REFUSED), "")


def _undated(arrival: Arrival, name: str, awaited: Awaited) -> Iterator[Finding]:
    if arrival.cover and arrival.cover.year is None:
        yield awaited.catalogue.finding(
            "year-unstated",
            year=awaited.year,
            agency=name,
            workbook=arrival.workbook,
            found=arrival.cover.year_text or "（空）",
            expected=str(awaited.year),
        )


def _candidates(receipts: Sequence[Receipt]) -> list[tuple[str, list[int]]]:
    able = [(one.agency.code, at) for at, one in enumerate(receipts) if one.agency and not one.reason]
    return [
        (code, [index for _, index in group])
        for code, group in groupby(sorted(able), key=lambda pair: pair[0])
    ]


def _said(
    several: Sequence[Receipt], chosen: Receipt | None, rule: str, awaited: Awaited
) -> tuple[tuple[str, str], list[Finding]]:
    """Why the chosen one counts (None: it cannot be told) and the others do not, and what says so."""
    agency = several[0].agency
    name = agency.name if agency else ""
    if chosen is None:
        files = "、".join(receipt.arrival.workbook for receipt in several)
        twice = awaited.catalogue.finding(
            "submission-twice",
            year=awaited.year,
            agency=name,
            workbook=several[0].arrival.workbook,
            found=files,
        )
        return ("", twice.message), [twice]
    why = f"{len(several)} 份里采用这一份（{rule}）" if rule else ""
    reason = why, f"采用的是 {chosen.arrival.workbook}（{rule}）"
    superseded = [
        awaited.catalogue.finding(
            "submission-superseded",
            year=awaited.year,
            agency=name,
            workbook=receipt.arrival.workbook,
            expected=chosen.arrival.workbook,
            rule=rule,
        )
        for receipt in several
        if receipt is not chosen
    ]
    return reason, superseded


def _chosen(
    several: Sequence[Receipt], use: str, are_alike: Callable[[], bool]
) -> tuple[Receipt | None, str]:
    """The one that counts (None: it cannot be told), and the rule that says so, in words."""
    if len(several) == 1:
        return several[0], ""
    for receipt in several:
        if use and is_named(receipt.arrival.workbook, use):
            return receipt, "report.toml 的 [use] 里指定"
    versions = [receipt.arrival.cover.version for receipt in several if receipt.arrival.cover]
    known = sorted(version for version in versions if version is not None)
    if len(known) == len(several) and known[-1] > known[-2]:
        return several[versions.index(known[-1])], f"封面的报送次数最大，第 {known[-1]} 次"
    if are_alike():
        return several[0], "各份的数完全相同"
    return None, ""


def _unheeded(receipts: Sequence[Receipt], awaited: Awaited) -> Iterator[Finding]:
    """What ``[use]`` says and nothing came of: its file is another's or nobody's, or cannot count.

    No agency is to mend that, so none is named in the finding: it goes on no slip.
    """
    counting = {one.agency.code: one.arrival.workbook for one in receipts if one.counted and one.agency}
    for code, name in awaited.use.items():
        if is_named(counting.get(code, ""), name):
            continue
        agency = awaited.roster.by_code(code)
        meant = next((one for one in receipts if is_named(one.arrival.workbook, name)), None)
        yield awaited.catalogue.finding(
            "use-unheeded",
            year=awaited.year,
            workbook=meant.arrival.workbook if meant else name,
            found=_why_not(meant, code),
            expected=counting.get(code, "无"),
            owner=agency.name if agency else code,
        )


def _why_not(meant: Receipt | None, code: str) -> str:
    """Why the workbook that ``[use]`` means for the agency of this code does not count for it, in words."""
    if meant is None:
        return "没有这个文件"
    if meant.agency and meant.agency.code != code:
        return f"它是{meant.agency.name}的"
    return meant.reason.rstrip("。")


def _are_alike(shelf: Shelved, positions: Sequence[int]) -> bool:
    """Whether the submissions of these arrivals hold the same figures."""
    return len({_figures(shelf.submission(at)) for at in positions}) == 1


def _figures(submission: Submission | None) -> tuple[tuple[str, str], ...]:
    cells = submission.cells.items() if submission else ()
    return tuple(sorted((address, str(cell.value)) for address, cell in cells))


def _missing(receipts: Sequence[Receipt], awaited: Awaited) -> list[Finding]:
    """Agencies from whom nothing came but what is left out; of others a workbook says why it cannot count."""
    heard = {receipt.agency.code for receipt in receipts if receipt.agency and not receipt.excluded}
    return [
        awaited.catalogue.finding("agency-missing", year=awaited.year, agency=agency.name, group=agency.group)
        for agency in awaited.roster.agencies
        if agency.code not in heard
    ]
