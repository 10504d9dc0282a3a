"""A review of many agencies: what its overview says of each part, once the part's own page is made.

A part's page is a review of its agencies alone. Of each only numbers are kept, a few findings of every kind
and the agencies that need looking at; the overview says how many more there are and on which page.
"""

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.board import BoardLine, State
from pipeline.model.division import Part
from pipeline.model.finding import Severity
from pipeline.model.review import Account, Entries, Entry, Item, Lacking, Review, Topic
from pipeline.model.review_division import Beyond, Division, Marks, PartLine
from pipeline.model.submission import Receipt

ITEMS = 20
"""Findings of a kind listed on the overview; the others are on the parts' pages."""
LINES = 100
"""Agencies of a state listed on the overview."""
GROUPS = 100
"""Groups up to which the overview has their sums; with more they are on the parts' pages."""

Sort = tuple[str, Severity, bool]
"""What makes a topic: its code and weight, and whether it is accepted."""


class PartTold(Struct, frozen=True):
    """What is kept of a part: its line, its sums, and what of its findings goes on the overview."""

    line: PartLine
    shares: Mapping[str, tuple[Decimal, int, Decimal | None]]
    """By address the sum, how many agencies gave it, and the sum last year where all of them had one."""
    lacking: Mapping[str, int]
    topics: tuple[Topic, ...]
    """With a few items each, the others counted beyond."""
    marked: Mapping[str, Marks]
    board: tuple[BoardLine, ...]


def told_of(review: Review, part: Part, link: str) -> PartTold:
    """What is kept of a part's review."""
    states = Counter(line.state for line in review.board)
    line = PartLine(
        number=part.number,
        label=part.label,
        words=part.words,
        link=link,
        agencies=tuple(one.agency for one in review.board),
        states={state: states[state] for state in State if states[state]},
        errors=sum(one.errors for one in review.board),
        warnings=sum(one.warnings for one in review.board),
        accepted=sum(one.accepted for one in review.board),
    )
    return PartTold(
        line=line,
        shares={address: share for address, one in review.accounts.items() if (share := _share(one))},
        lacking={address: len(one.lacking) for address, one in review.accounts.items() if one.lacking},
        topics=tuple(_cut(one, line) for one in review.topics),
        marked=_marked(review),
        board=tuple(_first([one for one in review.board if one.state is not State.SUBMITTED])),
    )


def part_page(review: Review, line: PartLine, part: Part, folder: str) -> Review:
    """A part's review as its page shows it."""
    return replace(review, division=Division((line,), part.number, part.count, folder))


def overview(whole: Review, told: Sequence[PartTold], folder: str, groups: Sequence[str]) -> Review:
    """The overview: ``whole`` is the review without agencies, with what was found of none of them.

    ``groups`` are the names of those whose sums its accounts have, in their order.
    """
    numbers = count(sum(len(topic.items) for topic in whole.topics) + 1)
    few = len(groups) <= GROUPS
    board = tuple(_first([line for one in told for line in one.board]))
    shown = {line.agency for line in board}
    return replace(
        whole,
        agencies=tuple(f"{one.line.label}　{one.line.words}" for one in told),
        workbooks=tuple(one.line.link for one in told),
        groups=tuple(groups) if few else (),
        member=(),
        board=board,
        topics=tuple(_merged(whole, told, numbers)),
        accounts={
            address: _with_shares(account, told, few=few) for address, account in whole.accounts.items()
        },
        division=Division(
            parts=tuple(one.line for one in told),
            number=0,
            count=len(told),
            folder=folder,
            pages={line.agency: one.line.link for one in told for line in one.board if line.agency in shown},
            marked=_beyond_marks(told),
        ),
    )


def shared_folder(receipts: Sequence[Receipt]) -> str:
    """The folder that all files that arrived have in common."""
    return (
        posixpath.commonpath([posixpath.dirname(one.arrival.workbook) for one in receipts])
        if receipts
        else ""
    )


def _share(account: Account) -> tuple[Decimal, int, Decimal | None] | None:
    if not account.entries:
        return None
    before = [one for one in account.entries.befores if one is not None]
    return (
        sum(account.entries.values, Decimal(0)),
        len(account.entries),
        sum(before, Decimal(0)) if len(before) == len(account.entries) else None,
    )


def _cut(topic: Topic, line: PartLine) -> Topic:
    """The topic with its first items; the others are on the part's page."""
    kept = topic.items[:ITEMS]
    left = sum(item.count for item in topic.items[ITEMS:])
    return replace(topic, items=kept, beyond=(Beyond(left, line.label, line.link),) if left else ())


def _marked(review: Review) -> dict[str, Marks]:
    found: dict[str, list[Severity]] = {}
    for topic in review.topics:
        for item in () if topic.accepted else topic.items:
            for address in item.figures:
                found.setdefault(address, []).append(topic.severity)
    return {address: Marks(len(each), min(each, key=lambda one: one.rank)) for address, each in found.items()}


def _beyond_marks(told: Sequence[PartTold]) -> dict[str, Marks]:
    marked: dict[str, Marks] = {}
    for one in told:
        for address, mark in one.marked.items():
            known = marked.get(address, Marks(0, mark.heaviest))
            heaviest = min(known.heaviest, mark.heaviest, key=lambda each: each.rank)
            marked[address] = Marks(known.count + mark.count, heaviest)
    return marked


def _first(lines: Sequence[BoardLine]) -> Iterator[BoardLine]:
    """The first lines of each state."""
    shown: Counter[State] = Counter()
    for line in lines:
        shown[line.state] += 1
        if shown[line.state] <= LINES:
            yield line


def _merged(whole: Review, told: Sequence[PartTold], numbers: "count[int]") -> Iterator[Topic]:
    """The topics of all, heaviest first, each with a few items and where the others are."""
    own = _by_sort(whole.topics)
    by_part = [_by_sort(one.topics) for one in told]
    sorts = {*own, *(sort for topics in by_part for sort in topics)}
    for sort in sorted(sorts, key=lambda sort: (sort[2], sort[1].rank, sort[0])):
        found = [topics[sort] for topics in by_part if sort in topics]
        lines = [one.line for one, topics in zip(told, by_part, strict=True) if sort in topics]
        first = own.get(sort) or replace(found[0], items=(), beyond=())
        items, beyond = list(first.items), list(first.beyond)
        room = ITEMS
        for topic, line in zip(found, lines, strict=True):
            kept = topic.items[:room]
            room -= len(kept)
            items += [_renumbered(item, next(numbers)) for item in kept]
            left = topic.count - sum(item.count for item in kept)
            if left:
                beyond.append(Beyond(left, line.label, line.link))
        yield replace(first, items=tuple(items), beyond=tuple(beyond))


def _by_sort(topics: Sequence[Topic]) -> dict[Sort, Topic]:
    return {(one.kind.code, one.severity, one.accepted): one for one in topics}


def _renumbered(item: Item, number: int) -> Item:
    return replace(item, number=number)


def _with_shares(account: Account, told: Sequence[PartTold], *, few: bool) -> Account:
    """The account with the parts' sums in the place of agencies' figures."""
    address = account.address
    return replace(
        account,
        entries=Entries.of(
            Entry(number, share[0], "", "", str(share[1]), "", share[2])
            for number, one in enumerate(told)
            if (share := one.shares.get(address))
        ),
        lacking=tuple(
            Lacking(f"{one.line.label}　{one.line.words}", f"{one.lacking[address]} 家")
            for one in told
            if address in one.lacking
        ),
        subtotals=account.subtotals if few else (),
    )
