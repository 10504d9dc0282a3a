"""Totals of a made-up city, to be shared among agencies: every draw keeps the law's identities."""

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from pipeline.model.form import StatutoryForm
from pipeline.model.roster import Agency
from pipeline.model.rule import Scope, Term
from sample_agencies import Sharer
from sample_requests import CARRIED, COLUMNS, DECIDED, DISPUTES, ORIGINS
from sample_split import ITEM_ROWS, completed, fates

KINDS = ("size", "requests", "normative", *ITEM_ROWS.values(), "procurement", "media")
SMALL = st.integers(0, 40)
LARGE = st.integers(0, 10**6)


def sharers(count: int, weight: int = 1) -> tuple[Sharer, ...]:
    """So many agencies of equal weight; the first is the one that fills in 规章."""
    return tuple(
        Sharer(
            Agency(f"{150700001 + number}", f"第{number}局", "市直机关"),
            dict.fromkeys(KINDS, weight),
        )
        for number in range(count)
    )


@st.composite
def city_totals(draw: st.DrawFn, form: StatutoryForm) -> dict[str, int]:
    """All cells of the form (2019) for a city, balanced as the law wants them."""
    totals = {address: draw(SMALL) for address in form.inputs if address.startswith("requests.")}
    for column in COLUMNS:
        settled = sum(totals[f"requests.{fate}.{column}"] for fate in fates(form))
        brought = draw(st.integers(0, settled))
        totals[f"requests.brought_forward.{column}"] = brought
        totals[f"requests.received.{column}"] = settled - brought
    totals |= {f"disputes.{group}.{end}": draw(SMALL) for group in DISPUTES for end in DECIDED}
    reconsidered = sum(totals[f"disputes.reconsideration.{end}"] for end in DECIDED)
    totals |= {f"disputes.litigation_after.{end}": 0 for end in DECIDED}
    totals["disputes.litigation_after.upheld"] = draw(st.integers(0, reconsidered))
    for row in ("rules", "normative"):
        rising = sorted(draw(st.tuples(LARGE, LARGE, LARGE)))
        for column, number in zip(("made", "published", "public_total"), rising, strict=True):
            totals[f"proactive.{row}.{column}"] = number
    for row in ITEM_ROWS:
        items = draw(LARGE)
        totals[f"proactive.{row}.items_last_year"] = items
        totals[f"proactive.{row}.change"] = draw(st.integers(-items, 10**5))
    for address in form.inputs:
        if address not in totals:
            totals[address] = draw(LARGE)
    return completed(totals, form)


def breaches(
    form: StatutoryForm,
    own: Mapping[str, int],
    before: Mapping[str, int] | None = None,
    spared: Sequence[Scope] = (),
) -> list[str]:
    """The rules that a body's figures break; what looks back to last year only where that is given."""

    def known(term: Term) -> int | None:
        year = before if term.last_year else own
        return None if year is None else year[term.address]

    return [
        f"{rule.id} {identity.focus}: {sums}"
        for rule in form.rules
        if rule.scope not in spared
        for identity in rule.identities
        if (sums := identity.sums(known)) and not identity.relation.holds(*sums)  # type: ignore[arg-type]  # whole numbers compare as Decimals do
    ]


def carried(own: Mapping[str, int]) -> dict[str, int]:
    """What a body carries into the next year, by column."""
    return {column: own[f"requests.{CARRIED}.{column}"] for column in COLUMNS}


def in_hand(own: Mapping[str, int]) -> int:
    """How many requests a body had to deal with."""
    return sum(own[f"requests.{origin}.total"] for origin in ORIGINS)
