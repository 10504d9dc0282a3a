"""Sharing whole numbers out: sums always come out, nothing is below nought, one seed gives one result."""

from collections.abc import Sequence
from random import Random

JITTER = (70, 130)
"""Percent by which a weight may be moved, so that shares do not stand in one ratio in every row."""


def counting(weights: Sequence[int]) -> Sequence[int]:
    """The weights; all 1 where all are 0, so that what is there always finds somebody."""
    return weights if any(weights) else [1] * len(weights)


def proportional(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` shared by whole-number weights, largest remainder first, earlier places first among equals.

    With ``weights`` whose sum is at least ``total`` no share is above its weight. Weights that are all 0
    count as all 1. ValueError where ``total`` is below 0.
    """
    if total < 0:
        raise ValueError(total)
    weights = counting(weights)
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares


def jittered(weights: Sequence[int], chance: Random) -> list[int]:
    """The weights, each moved a little; a weight of 0 stays 0."""
    return [weight * chance.randint(*JITTER) for weight in weights]


def shared(total: int, weights: Sequence[int], chance: Random) -> list[int]:
    """``total`` shared by weights that are moved a little."""
    return proportional(total, jittered(weights, chance))


def layered(totals: Sequence[int], weights: Sequence[int], chance: Random) -> list[list[int]]:
    """Rising totals shared so that each body's figures rise as well: 制作 ≤ 公开 ≤ 对外公开总数.

    Gives one list of shares for each total. ValueError where the totals do not rise.
    """
    layers: list[list[int]] = []
    below, reached = [0] * len(weights), 0
    for total in totals:
        below = [
            low + more for low, more in zip(below, shared(total - reached, weights, chance), strict=True)
        ]
        reached = total
        layers.append(below)
    return layers


def changes(total: int, items: Sequence[int], weights: Sequence[int], chance: Random) -> list[int]:
    """A signed total (本年增/减) shared so that some bodies gain, some lose, and none loses more than it has.

    ValueError where ``total`` takes away more than all of ``items``.
    """
    if -total > sum(items):
        raise ValueError(total)
    lost = min(sum(items), max(-total, 0) + abs(total) // 3 + 2)
    losers = [have if chance.random() < 1 / 3 else 0 for have in items]
    if sum(losers) < lost:
        losers = list(items)
    minus = proportional(lost, losers)
    gainers = [0 if taken else weight for taken, weight in zip(minus, weights, strict=True)]
    plus = shared(total + lost, gainers, chance)
    return [more - less for more, less in zip(plus, minus, strict=True)]
