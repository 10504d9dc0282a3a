"""Which agency of last year is which of this one: an office may number its agencies anew.

A line lost from the roster, or in the wrong group, makes sums that look whole: what changed is said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.check.whose import folded
from pipeline.model.consolidation import LastYear
from pipeline.model.finding import Catalogue, Finding
from pipeline.model.roster import Agency, Roster


def of_this_roster(last: LastYear, roster: Roster) -> LastYear:
    """Last year's figures under this year's codes; ``renumbered`` tells whose code was another.

    An agency is known by its name or an alias, else by its code where that was not another agency's of this
    roster: a body that got a new code keeps its past, and one that got another's code does not get its past.
    """
    codes = _codes_by_name({code: last.names.get(code, "") for code in last.agencies})
    named = {agency.code: code for agency in roster.agencies if (code := _named(agency, codes))}
    taken = set(named.values())
    coded = {agency.code for agency in roster.agencies if agency.code in last.agencies}
    then = {code: code for code in coded if code not in named and code not in taken} | named
    continued = set(then.values())
    return replace(
        last,
        agencies={code: last.agencies[before] for code, before in then.items()},
        renumbered={code: before for code, before in then.items() if code != before},
        grouping={code: last.grouping[before] for code, before in then.items() if before in last.grouping},
        left=tuple(last.names.get(code) or code for code in last.agencies if code not in continued),
    )


def check_membership(last: LastYear, roster: Roster, year: int, catalogue: Catalogue) -> Iterator[Finding]:
    """Who was found by name or code alone, who of last year is gone, who stands in another group.

    ``last`` is under this roster's codes. Comparing with another body's year would be a silent error.
    """
    for code, before in last.renumbered.items():
        agency = roster.by_code(code)
        yield catalogue.finding(
            "last-year-by-name",
            year=year,
            agency=agency.name if agency else "",
            workbook=last.workbook,
            found=before,
            expected=code,
            before=last.names.get(before, ""),
        )
    yield from _by_code_alone(last, roster, year, catalogue)
    if last.left:
        yield catalogue.finding(
            "agency-left",
            year=year,
            workbook=last.workbook,
            found="、".join(last.left),
            count=str(len(last.left)),
        )
    moved = [
        agency for agency in roster.agencies if last.grouping.get(agency.code, "") not in ("", agency.group)
    ]
    if moved:
        words = [
            f"{one.name}（上一年{last.grouping[one.code]}，今年{one.group or '没有分组'}）" for one in moved
        ]
        yield catalogue.finding(
            "agency-regrouped",
            year=year,
            workbook=last.workbook,
            found="、".join(words),
            count=str(len(moved)),
        )


def _by_code_alone(last: LastYear, roster: Roster, year: int, catalogue: Catalogue) -> Iterator[Finding]:
    """Who has nothing but the number of last year's body: renamed, or another body under an old number."""
    for agency in roster.agencies:
        before = last.names.get(agency.code, "")
        by_code = agency.code in last.agencies and agency.code not in last.renumbered
        if by_code and before and folded(before) not in map(folded, agency.names):
            yield catalogue.finding(
                "last-year-by-code",
                year=year,
                agency=agency.name,
                workbook=last.workbook,
                found=before,
                expected=agency.code,
            )


def _codes_by_name(names: Mapping[str, str]) -> dict[str, str]:
    """Last year's codes by name; a name that two had tells nothing."""
    often = [folded(name) for name in names.values()]
    return {folded(name): code for code, name in names.items() if name and often.count(folded(name)) == 1}


def _named(agency: Agency, codes: Mapping[str, str]) -> str:
    """The code under which one of the agency's names stood last year: its name before its aliases."""
    return next((codes[folded(name)] for name in agency.names if folded(name) in codes), "")
