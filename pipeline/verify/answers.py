"""Which number read from an edited file stands for which number of the Document.

A number is known again by what it says and by the few characters around it: one that stands where another
stood is a wrong number, one that moved with its words is not.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from pipeline.verify.said import AROUND, Said

Answers: TypeAlias = Mapping[Said, Said]
"""The number read for each number of the Document that has one; they may say different things."""

_EQUAL = AROUND
"""What saying the same is worth, in characters around."""
_MANY = 40_000
"""So many pairs are weighed; beyond that, numbers answer to each other in order."""
_HERE = (0, 1)
"""In one passage: characters around that make an equal and a different number an answer."""
_ELSEWHERE = (2, 8)
"""From one passage to another, as where one was cut in two."""


def answers_within(expected: Sequence[Said], found: Sequence[Said]) -> Answers:
    """The answers in a passage that was edited."""
    if _only_words_changed(expected, found):
        return dict(_in_order(expected, found))
    return _nearest(expected, found, _HERE)


def answers_across(expected: Sequence[Said], found: Sequence[Said]) -> Answers:
    """The answers among what edited passages have left over: they must be more alike to be taken for one."""
    return _nearest(expected, found, _ELSEWHERE)


def _only_words_changed(expected: Sequence[Said], found: Sequence[Said]) -> bool:
    """Whether every bound number is still said, in order, and no number is new."""
    bound = [said.meaning for said in expected if said.run]
    left = [said.meaning for said in found]
    return _is_part(bound, left) and _is_part(left, [said.meaning for said in expected])


def _is_part(part: Sequence[object], whole: Sequence[object]) -> bool:
    """Whether the one sequence is the other with some left out."""
    rest = iter(whole)
    return all(one in rest for one in part)


def _in_order(expected: Sequence[Said], found: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """The bound numbers with the first ones after each other that say the same."""
    rest = iter(found)
    for said in expected:
        if said.run:
            yield said, next(other for other in rest if other.meaning == said.meaning)


def _nearest(expected: Sequence[Said], found: Sequence[Said], least: tuple[int, int]) -> Answers:
    """Pairs by worth, the best first, each number once; of pairs worth the same the one nearest in order."""
    if len(expected) * len(found) > _MANY:
        return dict(zip(expected, found, strict=False))
    weighed = sorted(
        (-worth, abs(i - j), i, j)
        for i, said in enumerate(expected)
        for j, other in enumerate(found)
        if (worth := _worth(said, other, least)) is not None
    )
    answers: dict[Said, Said] = {}
    taken: set[Said] = set()
    for _, _, i, j in weighed:
        if expected[i] not in answers and found[j] not in taken:
            answers[expected[i]] = found[j]
            taken.add(found[j])
    return answers


def _worth(said: Said, other: Said, least: tuple[int, int]) -> int | None:
    """How well one answers to the other; None where too little speaks for it.

    A different number that stands between the same words is the one that was changed, though an equal one
    stands elsewhere: the words before it say what it counts, those after it in what unit.
    """
    before, after = said.nearness(other)
    agrees = said.agrees(other)
    if before + after < least[not agrees]:
        return None
    if agrees:
        return before + after + _EQUAL
    return 2 * before + after if before and after else 1
