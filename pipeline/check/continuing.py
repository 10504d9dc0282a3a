"""Which agency of last year is which of this one: an office may number its agencies anew."""

from collections.abc import Mapping
from dataclasses import replace

from pipeline.check.whose import folded
from pipeline.model.consolidation import LastYear
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
    return replace(
        last,
        agencies={code: last.agencies[before] for code, before in then.items()},
        renumbered={code: before for code, before in then.items() if code != before},
    )


def _codes_by_name(names: Mapping[str, str]) -> dict[str, str]:
    """Last year's codes by name; a name that two had tells nothing."""
    often = [folded(name) for name in names.values()]
    return {folded(name): code for code, name in names.items() if name and often.count(folded(name)) == 1}


def _named(agency: Agency, codes: Mapping[str, str]) -> str:
    """The code under which one of the agency's names stood last year: its name before its aliases."""
    return next((codes[folded(name)] for name in agency.names if folded(name) in codes), "")
