"""The supplementary indicators shared among agencies, each to those who would have it."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from sample_agencies import Sharer
from sample_share import layered, shared
from sample_split import REGULATOR, Shares, kind_weights

TRADING_CENTRE = "150700037"
"""市公共资源交易中心: most notices of public-resource trades are its own."""
COMPILER = "150700031"
"""市政务服务局: it asks the public for its opinion (社会评议)."""
BANNERS = "旗市区政府"

TEXT_AND_ALL = ("indicators.non_text_interpretations", "indicators.interpretations")
MEDIA = tuple(f"indicators.new_media_{kind}" for kind in ("wechat", "weibo", "apps", "other"))
TRAININGS, TRAINEES = "indicators.trainings", "indicators.trainees"
GAZETTES = ("indicators.gazette_electronic", "indicators.gazette_print")

Weigh = Callable[[Sharer], int]
WEIGHTS: Mapping[str, Weigh] = {
    **dict.fromkeys(GAZETTES, lambda sharer: int(sharer.agency.code == REGULATOR)),
    **dict.fromkeys(MEDIA, lambda sharer: sharer.weights["media"]),
    "indicators.trade_notices": lambda sharer: _mostly(TRADING_CENTRE, sharer),
    "indicators.reviewers": lambda sharer: _mostly(COMPILER, sharer),
}
"""Who has how much of an indicator; those not named here follow the agencies' size."""


def share_indicators(
    totals: Mapping[str, int],
    group_totals: Mapping[str, Mapping[str, int]],
    sharers: Sequence[Sharer],
    chance: Random,
) -> Shares:
    """The indicators' totals shared; the groups' own totals are kept where they are known.

    ``totals`` holds every indicator that is added up and typed, and 新媒体账号 as the sum of its parts.
    ValueError where there are more non-text interpretations than interpretations.
    """
    shares: Shares = {sharer.agency.code: {} for sharer in sharers}
    for address in totals:
        if address in {*TEXT_AND_ALL, TRAINEES, "indicators.new_media"}:
            continue
        for members, amount in _groups(address, totals, group_totals, sharers):
            _put(shares, address, members, shared(amount, _weights(address, members), chance))
    held = [own[TRAININGS] for own in shares.values()]
    _put(shares, TRAINEES, sharers, shared(totals[TRAINEES], held, chance))
    layers = layered([totals[address] for address in TEXT_AND_ALL], kind_weights(sharers, "size"), chance)
    for address, layer in zip(TEXT_AND_ALL, layers, strict=True):
        _put(shares, address, sharers, layer)
    for own in shares.values():
        own["indicators.new_media"] = sum(own[part] for part in MEDIA)
    return shares


def _size(sharer: Sharer) -> int:
    return sharer.weights["size"]


def _mostly(code: str, sharer: Sharer) -> int:
    """The weight of a thing that one body does for the city, and every banner or city district for itself."""
    if sharer.agency.code == code:
        return 120
    return sharer.weights["size"] if sharer.agency.group == BANNERS else 0


def _weights(address: str, members: Sequence[Sharer]) -> list[int]:
    return [WEIGHTS.get(address, _size)(sharer) for sharer in members]


def _groups(
    address: str,
    totals: Mapping[str, int],
    group_totals: Mapping[str, Mapping[str, int]],
    sharers: Sequence[Sharer],
) -> list[tuple[list[Sharer], int]]:
    """The bodies that share a total: each group its own where that is known, else all together."""
    known = [
        ([sharer for sharer in sharers if sharer.agency.group == group], own[address])
        for group, own in group_totals.items()
        if address in own
    ]
    return known or [(list(sharers), totals[address])]


def _put(shares: Shares, address: str, members: Sequence[Sharer], parts: Sequence[int]) -> None:
    for sharer, part in zip(members, parts, strict=True):
        shares[sharer.agency.code][address] = part
