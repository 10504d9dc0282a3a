"""Requests and disputes shared case by case, so that every agency's columns balance as the whole does."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from random import Random

from sample_share import counting

COLUMNS = ("natural_person", "business", "research", "public_interest", "legal_services", "other")
ORIGINS = ("received", "brought_forward")
CARRIED = "carried_forward"
DECIDED = ("upheld", "corrected", "other", "pending")
DISPUTES = ("reconsideration", "litigation_direct", "litigation_after")

Tallies = list[Counter[str]]
"""For each agency, in order, a count by address; an address that never came up is 0."""


def cases(totals: Mapping[str, int], rows: Iterable[str], column: str) -> list[str]:
    """One row id for every case that the rows' totals count in this column."""
    return [row for row in rows for _ in range(totals[f"requests.{row}.{column}"])]


def share_requests(
    totals: Mapping[str, int], fates: Sequence[str], weights: Sequence[int], chance: Random
) -> Tallies:
    """Every request as one case: its applicant's column, where it came from, what became of it, whose it is.

    ``fates`` are the outcome rows and ``carried_forward``. ValueError where a column's totals do not balance.
    """
    tallies: Tallies = [Counter() for _ in weights]
    for column in COLUMNS:
        origins, ends = cases(totals, ORIGINS, column), cases(totals, fates, column)
        chance.shuffle(ends)
        owners = chance.choices(range(len(weights)), counting(weights), k=len(ends))
        for owner, origin, fate in zip(owners, origins, ends, strict=True):
            tallies[owner][f"requests.{origin}.{column}"] += 1
            tallies[owner][f"requests.{fate}.{column}"] += 1
    return tallies


def share_disputes(totals: Mapping[str, int], requests: Sequence[int], chance: Random) -> Tallies:
    """Every dispute as one case, at an agency that had requests.

    A suit after reconsideration goes to an agency that had one; ValueError where there are more such suits
    than reconsiderations.
    """
    weights = counting(requests)
    tallies: Tallies = [Counter() for _ in weights]
    reconsidered: list[int] = []
    for group in DISPUTES:
        ends = [end for end in DECIDED for _ in range(totals[f"disputes.{group}.{end}"])]
        if group == "litigation_after":
            owners = chance.sample(reconsidered, k=len(ends))
        else:
            owners = chance.choices(range(len(weights)), weights, k=len(ends))
        if group == "reconsideration":
            reconsidered = owners
        for owner, end in zip(owners, ends, strict=True):
            tallies[owner][f"disputes.{group}.{end}"] += 1
    return tallies
