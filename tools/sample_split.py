"""Share the published figures of a year among agencies: a pure function of totals, agencies and a seed.

What one agency has is made up; what all have together is what was published, cell for cell. Every agency's
own figures satisfy the form's identities (edition 2019: H1 to H4, S2, S3); only 本年增/减 may be negative.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random

from pipeline.model.form import StatutoryForm
from pipeline.model.rule import Term
from sample_agencies import Sharer
from sample_requests import CARRIED, ORIGINS, Tallies, share_disputes, share_requests
from sample_share import changes, layered, shared

REGULATOR = "150700001"
"""市政府办公室: it fills in the 规章 that the municipality's government made."""

ITEM_ROWS = {
    "licences": "licences",
    "other_services": "services",
    "penalties": "penalties",
    "coercion": "coercion",
    "fees": "fees",
}
"""The rows with 上一年项目数量 and 本年增/减, each with the kind of work that weighs it."""

TEN_THOUSAND = 10_000
HUNDRED_MILLION = 100_000_000
Shares = dict[str, dict[str, int]]
"""By agency code: whole numbers by address. Amounts are in 元."""


def split(
    totals: Mapping[str, int], form: StatutoryForm, sharers: Sequence[Sharer], chance: Random
) -> Shares:
    """The statutory tables' totals shared among the agencies, each agency's own totals worked out.

    ``totals`` holds every address of the form; ValueError where they break the form's own identities.
    """
    tallies: Tallies = [Counter() for _ in sharers]
    for part in (
        _texts(totals, sharers, chance),
        _items(totals, sharers, chance),
        _procurement(totals, sharers, chance),
        share_requests(totals, fates(form), kind_weights(sharers, "requests"), chance),
    ):
        _join(tallies, part)
    asked = [
        sum(tally[f"requests.{origin}.{c}"] for origin in ORIGINS for c in _columns(form))
        for tally in tallies
    ]
    _join(tallies, share_disputes(totals, asked, chance))
    return {
        sharer.agency.code: completed(tally, form) for sharer, tally in zip(sharers, tallies, strict=True)
    }


def kind_weights(sharers: Sequence[Sharer], kind: str) -> list[int]:
    """Each agency's weight in a kind of work."""
    return [sharer.weights[kind] for sharer in sharers]


def fates(form: StatutoryForm) -> list[str]:
    """What can become of a request: every outcome row that is not a total, and 结转下年."""
    rows = dict.fromkeys(address.split(".")[1] for address in form.inputs if address.startswith("requests."))
    return [row for row in rows if row not in {*ORIGINS, CARRIED}] + [CARRIED]


def completed(known: Mapping[str, int], form: StatutoryForm) -> dict[str, int]:
    """All cells of the form: those known, nought for the others, and the totals by the form's identities."""

    def value(term: Term) -> int:
        identity = form.computed.get(term.address)
        if identity is None:
            return known.get(term.address, 0)
        return sum(addend.sign * value(addend) for addend in identity.right)

    return {address: value(Term(address)) for address in form.cells}


def _columns(form: StatutoryForm) -> list[str]:
    return [address.split(".")[2] for address in form.inputs if address.startswith("requests.received.")]


def _join(tallies: Tallies, more: Sequence[Mapping[str, int]]) -> None:
    for tally, part in zip(tallies, more, strict=True):
        tally.update(part)


def _texts(totals: Mapping[str, int], sharers: Sequence[Sharer], chance: Random) -> Tallies:
    """规章 at the one body that fills them in; 规范性文件 shared so that 制作 ≤ 公开 ≤ 公开总数 for each."""
    tallies: Tallies = [Counter() for _ in sharers]
    only = [int(sharer.agency.code == REGULATOR) for sharer in sharers]
    for row, weights in (("rules", only), ("normative", kind_weights(sharers, "normative"))):
        addresses = [f"proactive.{row}.{column}" for column in ("made", "published", "public_total")]
        for address, shares in zip(
            addresses, layered([totals[address] for address in addresses], weights, chance), strict=True
        ):
            _put(tallies, address, shares)
    return tallies


def _put(tallies: Tallies, address: str, shares: Sequence[int]) -> None:
    for tally, share in zip(tallies, shares, strict=True):
        tally[address] = share


def _items(totals: Mapping[str, int], sharers: Sequence[Sharer], chance: Random) -> Tallies:
    """项目数量, 增/减 and 处理决定: decisions only where a body has items left to decide on."""
    tallies: Tallies = [Counter() for _ in sharers]
    for row, kind in ITEM_ROWS.items():
        weights = kind_weights(sharers, kind)
        items = shared(totals[f"proactive.{row}.items_last_year"], weights, chance)
        moved = changes(totals[f"proactive.{row}.change"], items, weights, chance)
        _put(tallies, f"proactive.{row}.items_last_year", items)
        _put(tallies, f"proactive.{row}.change", moved)
        decisions = f"proactive.{row}.decisions"
        if decisions in totals:
            able = [w if have + more else 0 for w, have, more in zip(weights, items, moved, strict=True)]
            _put(tallies, decisions, shared(totals[decisions], able, chance))
    return tallies


def _procurement(totals: Mapping[str, int], sharers: Sequence[Sharer], chance: Random) -> Tallies:
    """采购: the amount follows the number of projects, rounded as offices say it, the rest at one body."""
    tallies: Tallies = [Counter() for _ in sharers]
    projects = shared(totals["proactive.procurement.projects"], kind_weights(sharers, "procurement"), chance)
    exact = shared(totals["proactive.procurement.amount"], projects, chance)
    said = [amount - amount % _rounding(amount, chance) for amount in exact]
    said[exact.index(max(exact))] += sum(exact) - sum(said)
    _put(tallies, "proactive.procurement.projects", projects)
    _put(tallies, "proactive.procurement.amount", said)
    return tallies


def _rounding(amount: int, chance: Random) -> int:
    """To what an amount is rounded: two decimals of 亿元, one of 万元, or whole 元 (one body in three)."""
    if amount >= HUNDRED_MILLION:
        return HUNDRED_MILLION // 100
    return chance.choice((TEN_THOUSAND // 10, TEN_THOUSAND // 10, 1)) if amount >= TEN_THOUSAND else 1
