"""Whose each arrival is, and which of several counts (H7, H8)."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from pathlib import PurePosixPath

from pipeline.model.finding import Catalogue, Finding
from pipeline.model.roster import Agency, Roster
from pipeline.model.submission import Arrival, Receipt, Submission

REFUSED = frozenset({"wrong-year", "wrong-edition"})
"""Findings that keep a readable workbook from counting at all, whatever weight the office gives them."""


@dataclass(frozen=True)
class Awaited:
    """Whose workbooks an organ awaits for a year; ``use`` is report.toml's ``[use]``, code to path."""

    roster: Roster
    year: int
    organ: str
    use: Mapping[str, str]
    catalogue: Catalogue


@dataclass(frozen=True)
class Reception:
    """The arrivals sorted out: a receipt for each, and what was found on the way."""

    receipts: tuple[Receipt, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def counted(self) -> dict[str, Submission]:
        """The submission that counts, by agency code."""
        return {
            receipt.agency.code: receipt.arrival.submission
            for receipt in self.receipts
            if receipt.counted and receipt.agency and receipt.arrival.submission
        }


def receive(arrivals: Sequence[Arrival], awaited: Awaited) -> Reception:
    """Give each arrival its agency and decide which counts.

    The stated rule for several workbooks of one agency: the one named in report.toml's ``[use]``
    (``code = "path"``); else, where they hold the same figures, the first by path; else the one with the
    highest 报送次数 on its cover; else none counts and ``submission-twice`` asks.
    """
    receipts: list[Receipt] = []
    told: dict[str, list[Finding]] = {}
    for arrival in arrivals:
        agency, found = _whose(arrival, awaited)
        name = agency.name if agency else ""
        told[arrival.workbook] = [replace(one, agency=name) for one in (*arrival.findings, *found)]
        told[arrival.workbook] += _undated(arrival, name, awaited)
        receipts.append(Receipt(arrival, agency, counted=False, reason=_refusal(arrival, agency, found)))
    for code, positions in _candidates(receipts):
        several = [receipts[index] for index in positions]
        chosen, reason, decided = _choose(several, awaited.use.get(code, ""), awaited)
        if chosen:
            # What is wrong in a version that is not used is nobody's business any more.
            told.update((one.arrival.workbook, []) for one in several if one is not chosen)
        for finding in decided:
            told[finding.workbook].append(finding)
        for index in positions:
            counts = receipts[index] is chosen
            receipts[index] = replace(receipts[index], counted=counts, reason="" if counts else reason)
    findings = [finding for workbook in told.values() for finding in workbook]
    return Reception(tuple(receipts), (*findings, *_missing(receipts, awaited)))


def is_named(workbook: str, use: str) -> bool:
    """Whether ``[use]`` means this workbook: its path, or the end of it from some folder on."""
    return f"/{workbook}".endswith(f"/{use.replace(chr(92), '/')}")


def folded(name: str) -> str:
    """A name as it is compared: full width folded, white space and case dropped."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _named(name: str, roster: Roster) -> Agency | None:
    return next((a for a in roster.agencies if folded(name) in map(folded, a.names)), None) if name else None


def _whose(arrival: Arrival, awaited: Awaited) -> tuple[Agency | None, tuple[Finding, ...]]:
    roster, year, catalogue = awaited.roster, awaited.year, awaited.catalogue
    if arrival.submission is None:
        return _by_file_name(arrival.workbook, roster), ()
    cover = arrival.submission.cover
    by_code, by_name = _coded(cover.code, roster), _named(cover.agency, roster)
    claimed = (
        by_code if by_code and (by_name == by_code or _fits(cover.agency, by_code, awaited.organ)) else None
    )
    claimed = claimed or (by_name if not cover.code else None)
    if claimed:
        return _unless_named_otherwise(claimed, arrival, awaited)
    if by_code or by_name:
        holder = f"{by_code.name}的" if by_code else f"{cover.code}，名册里没有"
        conflict = catalogue.finding(
            "agency-conflict", year=year, workbook=arrival.workbook, found=cover.agency, expected=holder
        )
        return None, (conflict,)
    guessed = None if cover.agency or cover.code else _by_file_name(arrival.workbook, roster)
    if guessed:
        return guessed, (
            catalogue.finding(
                "agency-by-file-name", year=year, workbook=arrival.workbook, found=guessed.name
            ),
        )
    found = cover.agency or cover.code or "（空）"
    return None, (catalogue.finding("agency-unknown", year=year, workbook=arrival.workbook, found=found),)


def _coded(code: str, roster: Roster) -> Agency | None:
    """The agency of a code; one whose leading zeros a spreadsheet dropped, where it is the only one."""
    exact = roster.by_code(code)
    alike = [agency for agency in roster.agencies if code and agency.code.lstrip("0") == code.lstrip("0")]
    return exact or (alike[0] if len(alike) == 1 else None)


def _fits(name: str, agency: Agency, organ: str) -> bool:
    """Whether a name on a cover is left out, or is the agency's with the organ's before it (某某市教育局)."""
    placed = (folded(before + known) for before in (organ, organ[:-1]) for known in agency.names)
    return not name or folded(name) in placed


def _unless_named_otherwise(
    claimed: Agency, arrival: Arrival, awaited: Awaited
) -> tuple[Agency | None, tuple[Finding, ...]]:
    """The agency a cover claims, unless the file's name speaks of another one alone."""
    cover = arrival.submission.cover if arrival.submission else None
    made_for = _coded(cover.made_for, awaited.roster) if cover else None
    if made_for and made_for != claimed:
        reused = awaited.catalogue.finding(
            "workbook-of-another",
            year=awaited.year,
            workbook=arrival.workbook,
            found=claimed.name,
            expected=made_for.name,
        )
        return None, (reused,)
    named = _in_file_name(arrival.workbook, awaited.roster)
    if not named or claimed in named:
        return claimed, ()
    conflict = awaited.catalogue.finding(
        "agency-file-name",
        year=awaited.year,
        workbook=arrival.workbook,
        found=claimed.name,
        expected="、".join(agency.name for agency in awaited.roster.agencies if agency in named),
    )
    return None, (conflict,)


def _by_file_name(workbook: str, roster: Roster) -> Agency | None:
    """The one agency whose name, the longest that fits, stands in the file's name."""
    stem = folded(PurePosixPath(workbook).stem)
    fits = [
        (len(folded(name)), agency)
        for agency in roster.agencies
        for name in agency.names
        if folded(name) in stem
    ]
    longest = max((length for length, _ in fits), default=0)
    agencies = {agency for length, agency in fits if length == longest}
    return agencies.pop() if len(agencies) == 1 else None


def _in_file_name(workbook: str, roster: Roster) -> set[Agency]:
    """Every agency one of whose names stands in the file's name."""
    stem = folded(PurePosixPath(workbook).stem)
    return {agency for agency in roster.agencies if any(folded(name) in stem for name in agency.names)}


def _refusal(arrival: Arrival, agency: Agency | None, found: Sequence[Finding]) -> str:
    """Why an arrival cannot count, in words; "" where it can."""
    told = (*found, *arrival.findings)
    if arrival.submission is None or agency is None:
        return told[0].message if told else "认不出是哪个单位。"
    return next((finding.message for finding in told if finding.code in REFUSED), "")


def _undated(arrival: Arrival, name: str, awaited: Awaited) -> Iterator[Finding]:
    if arrival.submission and arrival.submission.cover.year is None:
        yield awaited.catalogue.finding(
            "year-unstated",
            year=awaited.year,
            agency=name,
            workbook=arrival.workbook,
            found=arrival.submission.cover.year_text or "（空）",
            expected=str(awaited.year),
        )


def _candidates(receipts: Sequence[Receipt]) -> list[tuple[str, list[int]]]:
    able = [
        (receipt.agency.code, index)
        for index, receipt in enumerate(receipts)
        if receipt.agency and not receipt.reason
    ]
    return [
        (code, [index for _, index in group])
        for code, group in groupby(sorted(able), key=lambda pair: pair[0])
    ]


def _choose(
    several: Sequence[Receipt], use: str, awaited: Awaited
) -> tuple[Receipt | None, str, list[Finding]]:
    """The one that counts (None: cannot be told), why the others do not, and the findings that say so."""
    chosen, rule = _chosen(several, use)
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
        return None, twice.message, [twice]
    reason = f"采用的是 {chosen.arrival.workbook}（{rule}）"
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
    return chosen, reason, superseded


def _chosen(several: Sequence[Receipt], use: str) -> tuple[Receipt | None, str]:
    if len(several) == 1:
        return several[0], ""
    for receipt in several:
        if use and is_named(receipt.arrival.workbook, use):
            return receipt, "report.toml 的 [use] 里指定"
    versions = [receipt.arrival.submission.cover.version for receipt in several if receipt.arrival.submission]
    known = sorted(version for version in versions if version is not None)
    if len(known) == len(several) and known[-1] > known[-2]:
        return several[versions.index(known[-1])], f"封面的报送次数最大，第 {known[-1]} 次"
    if len({_figures(receipt) for receipt in several}) == 1:
        return several[0], "各份的数完全相同"
    return None, ""


def _figures(receipt: Receipt) -> tuple[tuple[str, str], ...]:
    submission = receipt.arrival.submission
    cells = submission.cells.items() if submission else ()
    return tuple(sorted((address, str(cell.value)) for address, cell in cells))


def _missing(receipts: Sequence[Receipt], awaited: Awaited) -> list[Finding]:
    """Agencies from whom nothing came; one whose workbook came and cannot count has that finding instead."""
    heard = {receipt.agency.code for receipt in receipts if receipt.agency}
    return [
        awaited.catalogue.finding("agency-missing", year=awaited.year, agency=agency.name, group=agency.group)
        for agency in awaited.roster.agencies
        if agency.code not in heard
    ]
