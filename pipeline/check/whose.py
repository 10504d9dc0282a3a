"""Whose a workbook is that arrived: by its cover's code and name, its hidden sheet, its file's name (H8)."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from posixpath import basename, splitext

from msgspec import Struct, field

from pipeline.model.finding import Catalogue, Finding
from pipeline.model.roster import Agency, Roster
from pipeline.model.submission import Arrival


class Awaited(Struct, frozen=True, dict=True):
    """Whose workbooks an organ awaits for a year.

    ``use`` is report.toml's ``[use]``, code to path; ``exclude`` its ``[exclude]``, path to the reason why.
    """

    roster: Roster
    year: int
    organ: str
    use: Mapping[str, str]
    catalogue: Catalogue
    exclude: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def names(self) -> Mapping[str, Sequence[Agency]]:
        """The agencies of each name or alias as it is compared, in the roster's order."""
        found: dict[str, list[Agency]] = {}
        for agency in self.roster.agencies:
            for name in dict.fromkeys(map(folded, agency.names)):
                found.setdefault(name, []).append(agency)
        return found

    @cached_property
    def lengths(self) -> Sequence[int]:
        """How long such names are, the longest first."""
        return sorted({len(name) for name in self.names}, reverse=True)

    @cached_property
    def bare_codes(self) -> Mapping[str, Sequence[Agency]]:
        """The agencies of each code without the zeros that a spreadsheet drops."""
        found: dict[str, list[Agency]] = {}
        for agency in self.roster.agencies:
            found.setdefault(agency.code.lstrip("0"), []).append(agency)
        return found


def folded(name: str) -> str:
    """A name as it is compared: full width folded, white space and case dropped."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _named(name: str, awaited: Awaited) -> Agency | None:
    return next(iter(awaited.names.get(folded(name), ())), None) if name else None


def whose(arrival: Arrival, awaited: Awaited) -> tuple[Agency | None, tuple[Finding, ...]]:
    """The agency a workbook is from, by its cover and else by its file's name; None where it is in doubt.

    Findings say what is in doubt, and that a file's name alone decided.
    """
    year, catalogue = awaited.year, awaited.catalogue
    cover = arrival.cover
    if cover is None:
        return _by_file_name(arrival.workbook, awaited), ()
    by_code, by_name = _coded(cover.code, awaited), _named(cover.agency, awaited)
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
    guessed = None if cover.agency or cover.code else _by_file_name(arrival.workbook, awaited)
    if guessed:
        return guessed, (
            catalogue.finding(
                "agency-by-file-name", year=year, workbook=arrival.workbook, found=guessed.name
            ),
        )
    found = cover.agency or cover.code or "（空）"
    return None, (catalogue.finding("agency-unknown", year=year, workbook=arrival.workbook, found=found),)


def _coded(code: str, awaited: Awaited) -> Agency | None:
    """The agency of a code; one whose leading zeros a spreadsheet dropped, where it is the only one."""
    exact = awaited.roster.by_code(code)
    alike = awaited.bare_codes.get(code.lstrip("0"), ()) if code else ()
    return exact or (alike[0] if len(alike) == 1 else None)


def _fits(name: str, agency: Agency, organ: str) -> bool:
    """Whether a name on a cover is left out, or is the agency's with the organ's before it (某某市教育局)."""
    placed = (folded(before + known) for before in (organ, organ[:-1]) for known in agency.names)
    return not name or folded(name) in placed


def _unless_named_otherwise(
    claimed: Agency, arrival: Arrival, awaited: Awaited
) -> tuple[Agency | None, tuple[Finding, ...]]:
    """The agency a cover claims, unless the file's name speaks of another one alone."""
    made_for = _coded(arrival.cover.made_for, awaited) if arrival.cover else None
    if made_for and made_for != claimed:
        reused = awaited.catalogue.finding(
            "workbook-of-another",
            year=awaited.year,
            workbook=arrival.workbook,
            found=claimed.name,
            expected=made_for.name,
        )
        return None, (reused,)
    named = _in_file_name(arrival.workbook, awaited)
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


def _by_file_name(workbook: str, awaited: Awaited) -> Agency | None:
    """The one agency whose name, the longest that fits, stands in the file's name."""
    longest: set[Agency] = set()
    for agencies in _within(workbook, awaited):
        longest = longest or agencies
    return longest.pop() if len(longest) == 1 else None


def _in_file_name(workbook: str, awaited: Awaited) -> set[Agency]:
    """Every agency one of whose names stands in the file's name."""
    return {agency for agencies in _within(workbook, awaited) for agency in agencies}


def _within(workbook: str, awaited: Awaited) -> Iterator[set[Agency]]:
    """The agencies whose names of one length stand in the file's name, length by length, longest first."""
    stem = folded(splitext(basename(workbook))[0])
    for length in awaited.lengths:
        parts = (stem[at : at + length] for at in range(len(stem) - length + 1))
        found = {agency for part in parts for agency in awaited.names.get(part, ())}
        if found:
            yield found
