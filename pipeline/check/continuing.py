"""Which agency of last year is which of this one: an office may number its agencies anew.

A line lost from the roster, or in the wrong group, makes sums that look whole: what changed is said.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from pipeline.check.whose import folded
from pipeline.model.consolidation import LastYear
from pipeline.model.finding import Catalogue, Finding
from pipeline.model.roster import Agency, Roster

Unclear = tuple[str, str, str]


def of_this_roster(last: LastYear, roster: Roster, unsummed: Collection[str] = ()) -> LastYear:
    """Last year's figures under this year's codes; ``renumbered`` tells whose code was another.

    An agency is known by its name or an alias, else by its code where that was not another agency's of this
    roster: a body that got a new code keeps its past, and one that got another's code does not get its past.
    The roster's 原名 and 并入 add bodies of last year to an agency: several are added up, ``unsummed``
    addresses left out. Of a body that several agencies come from none has the past, and none whose 原名 last
    year does not know: nothing is guessed.
    """
    if not last.agencies:
        return last
    sources, unclear = _sources(last, roster)
    claims = Counter(before for found in sources.values() for before in found)
    vague = {name for name, _, _ in unclear}
    then = {
        agency.code: sources[agency.code]
        for agency in roster.agencies
        if sources[agency.code]
        and agency.name not in vague
        and all(claims[before] == 1 and before in last.agencies for before in sources[agency.code])
    }
    return replace(
        last,
        agencies=_Past(last.agencies, then, unsummed),
        renumbered={code: found[0] for code, found in then.items() if len(found) == 1 and found[0] != code},
        grouping={
            code: groups.pop()
            for code, found in then.items()
            if len(groups := {last.grouping.get(before, "") for before in found}) == 1
        },
        left=tuple(last.names.get(code) or code for code in last.agencies if not claims[code]),
        merged={
            code: tuple(last.names.get(one) or one for one in found)
            for code, found in then.items()
            if len(found) > 1
        },
        divided={
            last.names.get(before) or before: tuple(
                agency.name for agency in roster.agencies if before in sources[agency.code]
            )
            for before, count in claims.items()
            if count > 1
        },
        unclear=tuple(unclear),
    )


class _Past(Mapping[str, Mapping[str, Decimal]]):
    """Last year's figures by this year's codes, looked up and added when they are asked for."""

    def __init__(
        self,
        before: Mapping[str, Mapping[str, Decimal]],
        then: Mapping[str, tuple[str, ...]],
        unsummed: Collection[str],
    ) -> None:
        self._before = before
        self._then = then
        self._unsummed = unsummed

    def __getitem__(self, code: str) -> Mapping[str, Decimal]:
        return _sum([self._before[one] for one in self._then[code]], self._unsummed)

    def __iter__(self) -> Iterator[str]:
        return iter(self._then)

    def __len__(self) -> int:
        return len(self._then)

    def __contains__(self, code: object) -> bool:
        return code in self._then


def _sources(last: LastYear, roster: Roster) -> tuple[dict[str, tuple[str, ...]], list[Unclear]]:
    """The codes of last year that each agency comes from, by its code, and what of the roster is unclear."""
    codes = _codes_by_name({code: last.names.get(code, "") for code in (*last.agencies, *last.names)})
    lines = (*roster.agencies, *roster.absorbed)
    found = {
        line.code: [codes[folded(name)] for name in line.formerly if folded(name) in codes] for line in lines
    }
    for line in lines:
        if own := _named(line, codes):
            found[line.code].insert(0, own)
    free = {*last.agencies} - {before for several in found.values() for before in several}
    for line in lines:
        if not found[line.code] and not line.formerly and line.code in free:
            found[line.code].append(line.code)
    unclear = [*_unknown_names(roster, codes, last)]
    heirs = {agency.name: agency for agency in reversed(roster.agencies)}
    for line in roster.absorbed:
        heir = heirs.get(line.merged_into)
        if heir and found[line.code]:
            found[heir.code] += found[line.code]
        elif heir:
            unclear.append((heir.name, line.name, "上一年的数里没有这个单位"))
    return {agency.code: tuple(dict.fromkeys(found[agency.code])) for agency in roster.agencies}, unclear


def _unknown_names(roster: Roster, codes: Mapping[str, str], last: LastYear) -> Iterator[Unclear]:
    """Each 原名 that tells no single body of last year."""
    had = {folded(name) for name in last.names.values()}
    for agency in roster.agencies:
        for name in agency.formerly:
            if folded(name) not in codes:
                why = "上一年有几个单位叫这个名称" if folded(name) in had else "上一年的数里没有这个单位"
                yield agency.name, name, why


def _sum(bodies: Sequence[Mapping[str, Decimal]], unsummed: Collection[str]) -> Mapping[str, Decimal]:
    """The figures of several bodies together; one that any of them lacks is not known."""
    if len(bodies) == 1:
        return bodies[0]
    common = set.intersection(*(set(body) for body in bodies)) - {*unsummed}
    return {
        address: sum((body[address] for body in bodies), Decimal(0))
        for address in bodies[0]
        if address in common
    }


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
    yield from _reorganized(last, roster, year, catalogue)
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
    known = {*last.agencies} - {*last.renumbered, *last.merged}
    for agency in roster.agencies:
        before = last.names.get(agency.code, "")
        by_code = agency.code in known
        if by_code and before and folded(before) not in map(folded, (*agency.names, *agency.formerly)):
            yield catalogue.finding(
                "last-year-by-code",
                year=year,
                agency=agency.name,
                workbook=last.workbook,
                found=before,
                expected=agency.code,
            )


def _reorganized(last: LastYear, roster: Roster, year: int, catalogue: Catalogue) -> Iterator[Finding]:
    """Whose past is a sum, whose cannot be told, and what the roster says that last year does not know."""
    for code, names in last.merged.items():
        agency = roster.by_code(code)
        yield catalogue.finding(
            "agency-merged",
            year=year,
            agency=agency.name if agency else "",
            workbook=last.workbook,
            found="、".join(names),
        )
    for name, parts in last.divided.items():
        yield catalogue.finding(
            "agency-split", year=year, workbook=last.workbook, found=name, expected="、".join(parts)
        )
    for heir, name, why in last.unclear:
        yield catalogue.finding(
            "predecessor-unclear", year=year, workbook=last.workbook, found=name, expected=heir, detail=why
        )


def _codes_by_name(names: Mapping[str, str]) -> dict[str, str]:
    """Last year's codes by name; a name that two had tells nothing."""
    often = Counter(map(folded, names.values()))
    return {folded(name): code for code, name in names.items() if name and often[folded(name)] == 1}


def _named(agency: Agency, codes: Mapping[str, str]) -> str:
    """The code under which one of the agency's names stood last year: its name before its aliases."""
    return next((codes[folded(name)] for name in agency.names if folded(name) in codes), "")
