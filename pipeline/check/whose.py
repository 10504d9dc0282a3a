"""Whose a workbook is that arrived: by its cover's code and name, its hidden sheet, its file's name (H8)."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from pipeline.model.finding import Catalogue, Finding
from pipeline.model.roster import Agency, Roster
from pipeline.model.submission import Arrival


@dataclass(frozen=True)
class Awaited:
    """Whose workbooks an organ awaits for a year.

    ``use`` is report.toml's ``[use]``, code to path; ``exclude`` its ``[exclude]``, path to the reason why.
    """

    roster: Roster
    year: int
    organ: str
    use: Mapping[str, str]
    catalogue: Catalogue
    exclude: Mapping[str, str] = field(default_factory=dict)


def folded(name: str) -> str:
    """A name as it is compared: full width folded, white space and case dropped."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _named(name: str, roster: Roster) -> Agency | None:
    return next((a for a in roster.agencies if folded(name) in map(folded, a.names)), None) if name else None


def whose(arrival: Arrival, awaited: Awaited) -> tuple[Agency | None, tuple[Finding, ...]]:
    """The agency a workbook is from, by its cover and else by its file's name; None where it is in doubt.

    Findings say what is in doubt, and that a file's name alone decided.
    """
    roster, year, catalogue = awaited.roster, awaited.year, awaited.catalogue
    cover = arrival.cover
    if cover is None:
        return _by_file_name(arrival.workbook, roster), ()
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
    made_for = _coded(arrival.cover.made_for, awaited.roster) if arrival.cover else None
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
