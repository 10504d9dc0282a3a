"""The year before, made up so that this year follows from it: 结转, 项目数量 and 收到申请 join up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random

from pipeline.model.form import StatutoryForm
from sample_agencies import Sharer
from sample_requests import CARRIED, COLUMNS, Tallies, share_disputes
from sample_split import ITEM_ROWS, Shares, completed, fates, kind_weights

USUAL = ("disclosed", "disclosed", "disclosed", "partial", "partial", "unavailable_not_held", "other")
"""What mostly becomes of a request."""

RECONSIDERED = {"disputes.reconsideration.upheld": 4, "disputes.reconsideration.pending": 1}
PERCENT = (78, 104)
"""By how much last year's work may differ from this year's, in percent."""


def last_year(
    shares: Shares,
    received: Mapping[str, int],
    form: StatutoryForm,
    sharers: Sequence[Sharer],
    chance: Random,
) -> Shares:
    """Last year's figures of every agency, statutory tables and indicators.

    ``shares`` is this year's; ``received`` last year's requests by address. ValueError where fewer were
    received in a column than this year brings forward.
    """
    codes = [sharer.agency.code for sharer in sharers]
    weights = kind_weights(sharers, "requests")
    requests = _requests([shares[code] for code in codes], received, form, weights, chance)
    asked = [sum(tally[f"requests.received.{column}"] for column in COLUMNS) for tally in requests]
    counts = dict.fromkeys((a for a in form.inputs if a.startswith("disputes.")), 0) | RECONSIDERED
    disputes = share_disputes(counts, asked, chance)
    return {
        code: completed({**_proactive(shares[code], chance), **tally, **suits}, form)
        | _indicators(shares[code], chance)
        for code, tally, suits in zip(codes, requests, disputes, strict=True)
    }


def _requests(
    this_year: Sequence[Mapping[str, int]],
    received: Mapping[str, int],
    form: StatutoryForm,
    weights: Sequence[int],
    chance: Random,
) -> Tallies:
    """Requests case by case; those that this year brings forward are the ones carried forward."""
    known = set(fates(form))
    tallies: Tallies = [Counter() for _ in this_year]
    for column in COLUMNS:
        carried = [
            owner
            for owner, own in enumerate(this_year)
            for _ in range(own[f"requests.brought_forward.{column}"])
        ]
        settled = received.get(f"requests.received.{column}", 0) - len(carried)
        if settled < 0:
            raise ValueError(column)
        cases = [(owner, CARRIED) for owner in carried]
        cases += [
            (owner, chance.choice([fate for fate in USUAL if fate in known]))
            for owner in chance.choices(range(len(weights)), weights, k=settled)
        ]
        for owner, fate in cases:
            tallies[owner][f"requests.received.{column}"] += 1
            tallies[owner][f"requests.{fate}.{column}"] += 1
    return tallies


def _proactive(own: Mapping[str, int], chance: Random) -> dict[str, int]:
    """Table two of the year before: 项目数量 and 公开总数 are what this year started from."""
    before: dict[str, int] = {}
    for row in ("rules", "normative"):
        stock = own[f"proactive.{row}.public_total"] - own[f"proactive.{row}.published"]
        new = stock // 3
        before |= _columns(row, made=new // 4, published=new, public_total=stock)
    for row in ITEM_ROWS:
        items = own[f"proactive.{row}.items_last_year"]
        gained = chance.randint(0, items // 10)
        before |= _columns(row, items_last_year=items - gained, change=gained)
    for address in ("licences", "other_services", "penalties", "coercion"):
        decisions = own[f"proactive.{address}.decisions"]
        before |= _columns(address, decisions=_about(decisions, chance))
    projects = _about(own["proactive.procurement.projects"], chance)
    amount = _about(own["proactive.procurement.amount"], chance) // 1000 * 1000
    return before | _columns("procurement", projects=projects, amount=amount if projects else 0)


def _columns(row: str, **columns: int) -> dict[str, int]:
    return {f"proactive.{row}.{column}": number for column, number in columns.items()}


def _about(number: int, chance: Random) -> int:
    return number * chance.randint(*PERCENT) // 100


def _indicators(own: Mapping[str, int], chance: Random) -> dict[str, int]:
    """Indicators a little below this year's; one percentage for all, so that parts stay in their whole."""
    percent = chance.randint(*PERCENT)
    before = {address: n * percent // 100 for address, n in own.items() if address.startswith("indicators.")}
    parts = [n for address, n in before.items() if address.startswith("indicators.new_media_")]
    return before | {"indicators.new_media": sum(parts)}
