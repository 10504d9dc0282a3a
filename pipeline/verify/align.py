"""Find which piece of what was read answers to which piece of what was written.

A piece that is missing or added in the middle must not make every later one look different.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import zip_longest
from typing import TypeAlias, TypeVar

Pair: TypeAlias = tuple[int | None, int | None]
"""The places in the expected and the found sequence; None where one has nothing to answer with."""

Item = TypeVar("Item", bound=Hashable)

_ALIKE = 0.5
"""From this likeness on two pieces are one piece that was changed."""

_MANY = 2500
"""So many pairs may be tried; beyond that everything differs and the order alone must do."""

_CONTEXT = 12
"""Characters shown on both sides of a difference in a long text."""


def aligned(
    expected: Sequence[Item], found: Sequence[Item], likeness: Callable[[Item, Item], float]
) -> Iterator[Pair]:
    """Pairs of places in order: equal pieces first, between them the most alike ones, then the rest.

    What is equal at the beginning and at the end is, whatever else it equals: one piece changed is that one.
    """
    score = cache(lambda left, right: likeness(expected[left], found[right]))
    head = _shared(expected, found)
    tail = _shared(expected[head:][::-1], found[head:][::-1])
    left, right = len(expected) - tail, len(found) - tail
    yield from zip(range(head), range(head), strict=True)
    matcher = SequenceMatcher(None, expected[head:left], found[head:right], autojunk=False)
    for kind, first, last, start, stop in matcher.get_opcodes():
        pairs = range(head + first, head + last), range(head + start, head + stop)
        yield from zip(*pairs, strict=True) if kind == "equal" else _most_alike(*pairs, score)
    yield from zip(range(left, len(expected)), range(right, len(found)), strict=True)


def _most_alike(left: range, right: range, score: Callable[[int, int], float]) -> Iterator[Pair]:
    """Pairs between two stretches that hold nothing equal: split at the most alike pair, again and again."""
    pairs = [(i, j) for i in left for j in right] if len(left) * len(right) <= _MANY else []
    best = max(pairs, key=lambda pair: score(*pair), default=None)
    if best is None or score(*best) < _ALIKE:
        yield from zip_longest(left, right)
        return
    i, j = best
    yield from _most_alike(range(left.start, i), range(right.start, j), score)
    yield best
    yield from _most_alike(range(i + 1, left.stop), range(j + 1, right.stop), score)


def text_likeness(left: str, right: str) -> float:
    """How alike two texts are, from 0 to 1; 0 at once where they share too few characters."""
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def texts_likeness(left: Sequence[str], right: Sequence[str]) -> float:
    """The share of different texts in the one that stand in the other too."""
    return len(set(left) & set(right)) / max(1, len(set(left)))


def excerpts(expected: str, found: str) -> tuple[str, str]:
    """Two differing texts cut down to where they differ, with a few characters around it."""
    start = _shared(expected, found)
    end = _shared(expected[start:][::-1], found[start:][::-1])
    return _excerpt(expected, start, end), _excerpt(found, start, end)


def _shared(left: Sequence[Hashable], right: Sequence[Hashable]) -> int:
    """How many pieces, or characters of a text, two have in common from the beginning."""
    places = enumerate(zip(left, right, strict=False))
    return next((place for place, (one, other) in places if one != other), min(len(left), len(right)))


def _excerpt(text: str, start: int, end: int) -> str:
    """The text from ``start`` to ``end`` characters before its end, with context."""
    return surrounded(text, start, len(text) - end)


def surrounded(text: str, start: int, end: int) -> str:
    """The text from ``start`` to ``end`` with a few characters on both sides, no number cut."""
    first, last = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    while first and text[first - 1 : first + 1].isdecimal():
        first -= 1
    while last < len(text) and text[last - 1 : last + 1].isdecimal():
        last += 1
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
