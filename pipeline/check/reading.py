"""How often the rules of reading were tried: cells hold numbers (H5), agencies sent (H7) their own (H8).

Counted from what was read and from what was found in it.
"""

from collections.abc import Collection, Iterator, Mapping

from pipeline.check.roster import Reception
from pipeline.model.finding import Catalogue
from pipeline.model.roster import Roster
from pipeline.model.tally import Checks, RuleTally, State

CELLS, AGENCIES, WORKBOOKS = "H5", "H7", "H8"
WHOLE = "sums-incomplete"
"""Tried on the sums; the run does it."""


def reading_tallies(
    reception: Reception,
    roster: Roster,
    addresses: Collection[str],
    blanks: Mapping[str, Collection[str]],
    catalogue: Catalogue,
) -> Iterator[RuleTally]:
    """A tally for each code of H5, H7 and H8 but ``WHOLE``; ``addresses``: the cells that want a number.

    ``blanks`` are those without one, by workbook, of the workbooks that count and have any.
    """
    codes = [one.code for one in catalogue.kinds.values() if one.reference == CELLS]
    cells = _cells(reception, frozenset(addresses), blanks, codes)
    for code, kind in catalogue.kinds.items():
        if kind.reference == CELLS:
            yield RuleTally(code, kind.reference, len(addresses), len(reception.counted), cells[code])
        elif kind.reference == AGENCIES and code != WHOLE:
            yield RuleTally(
                code, kind.reference, 1, len(roster.agencies), Checks.of(_agencies(code, reception, roster))
            )
        elif kind.reference == WORKBOOKS:
            states = list(_workbooks(code, reception))
            yield RuleTally(code, kind.reference, 1, len(states), Checks.of(states))


def _cells(
    reception: Reception,
    addresses: Collection[str],
    blanks: Mapping[str, Collection[str]],
    codes: Collection[str],
) -> dict[str, Checks]:
    """By code, the cells of the workbooks that count: a number, called wrong by this code, or by another."""
    found: dict[tuple[str, str], set[str]] = {}
    for one in reception.findings:
        if one.address in addresses:
            found.setdefault((one.code, one.workbook), set()).add(one.address)
    counted = [one.arrival.workbook for one in reception.receipts if one.counted]
    return {code: _checks(code, counted, len(addresses), found, blanks) for code in codes}


def _checks(
    code: str,
    workbooks: Collection[str],
    cells: int,
    found: Mapping[tuple[str, str], Collection[str]],
    blanks: Mapping[str, Collection[str]],
) -> Checks:
    """What became of this code at so many ``cells`` of each of the workbooks."""
    own = {workbook: found.get((code, workbook), ()) for workbook in workbooks}
    broken = sum(map(len, own.values()))
    without = sum(len({*blank}.difference(own[workbook])) for workbook, blank in blanks.items())
    return Checks(held=cells * len(workbooks) - broken - without, broken=broken, without_figure=without)


def _agencies(code: str, reception: Reception, roster: Roster) -> Iterator[State]:
    found = {one.agency for one in reception.findings if one.code == code}
    for agency in roster.agencies:
        if agency.name in found:
            yield State.BROKEN
        else:
            yield State.HELD if agency.code in reception.counted else State.FOLLOWING


def _workbooks(code: str, reception: Reception) -> Iterator[State]:
    """Each workbook that could be read: is it the one asked for?"""
    found = {one.workbook for one in reception.findings if one.code == code}
    for receipt in reception.receipts:
        if receipt.arrival.cover:
            yield State.BROKEN if receipt.arrival.workbook in found else State.HELD
