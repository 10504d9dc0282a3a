"""Last year's ledger of the small office, from which this year's figures follow."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from kit.office import AGENCIES, TODAY, Office
from kit.offices import consolidated, submission_of
from pipeline.model.roster import Agency, Roster
from pipeline.model.rule import Relation
from pipeline.workbooks.ledger import ledger_workbook
from pipeline.workbooks.roster_blank import roster_workbook


def last_year(
    office: Office,
    changed: Mapping[str, Mapping[str, int | str]] | None = None,
    peers: Sequence[Agency] = (),
) -> bytes:
    """Last year's ledger, from which this year's figures follow.

    ``changed`` by agency and address; under ``code``, ``name``, ``group`` what the agency was then. Of ``peers``, who
    are nothing to this year's figures, those stand in it of whom it says something.
    """
    said = changed or {}
    bodies = [peer for peer in peers if peer.name in said]
    submissions = {
        peer.code: submission_of(
            peer, {one: Decimal(said[peer.name].get(one, 0)) for one in office.form.cells}
        )
        for peer in bodies
    }
    for agency in AGENCIES:
        odd = dict(said.get(agency.name, {}))
        bodies.append(
            replace(agency, **{word: odd.pop(word) for word in ("code", "name", "group") if word in odd})
        )
        before = year_before(office, agency)
        before |= {address: Decimal(number) for address, number in odd.items()}
        submissions[bodies[-1].code] = submission_of(bodies[-1], before)
    roster = Roster(tuple(bodies))
    return ledger_workbook(
        consolidated(roster, submissions, ()),
        submissions,
        roster,
        office.form,
        (),
        organ="某某市",
        year=office.year - 1,
        date=TODAY,
    )


def year_before(office: Office, agency: Agency) -> dict[str, Decimal]:
    """Figures of last year that keep the rules with the agency's figures of this year; the others are the same."""
    now = office.values(agency)
    before = dict(now)
    for rule in office.form.rules:
        for identity in rule.identities:
            earlier = [term.address for term in identity.right if term.last_year]
            if earlier and identity.relation is Relation.EQUAL:
                before.update(dict.fromkeys(earlier[1:], Decimal(0)))
                others = sum(term.sign * now[term.address] for term in identity.right if not term.last_year)
                before[earlier[0]] = now[identity.focus] - others
    return before


def reorganize(office: Office, changed: Mapping[str, Mapping[str, Any]]) -> None:
    """Write into the roster what became of bodies: of those it has, or in new lines (with code and group).

    Of a body that was taken over nothing arrives any more.
    """
    known = {one.name for one in AGENCIES}
    lines = [replace(one, **_line(changed.get(one.name, {}))) for one in AGENCIES]
    lines += [Agency(name=name, **_line(line)) for name, line in changed.items() if name not in known]
    (office.inputs / "roster.xlsx").write_bytes(roster_workbook(lines, TODAY))
    for line in lines:
        if line.merged_into:
            (office.submissions / f"{line.name}.xlsx").unlink()


def _line(said: Mapping[str, Any]) -> dict[str, Any]:
    return {word: tuple(value) if isinstance(value, list) else value for word, value in said.items()}
