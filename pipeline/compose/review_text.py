"""The narrative as it will be printed, each number with its figure and each passage with what was found."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from pipeline.model.form import StatutoryForm
from pipeline.model.narrative import Narrative, Passage
from pipeline.model.review import Chapter, Item, Piece, Reading

FOREWORD = "篇首"
QUOTE = 2
"""Characters that a quotation must have to be marked where it stands."""


def chapters(
    form: StatutoryForm, narrative: Narrative | None, found: Sequence[Item]
) -> tuple[tuple[Chapter, ...], tuple[Item, ...]]:
    """The narrative by section, and the findings in it that belong to no one passage."""
    if narrative is None:
        return (), tuple(found)
    by_origin: dict[str, list[Item]] = {}
    for item in found:
        by_origin.setdefault(item.alike.first.cell, []).append(item)
    sections: dict[int, list[Reading]] = {}
    for passage in narrative.passages:
        told = by_origin.pop(passage.origin, [])
        sections.setdefault(passage.section, []).append(_reading(passage, told))
    rest = [item for items in by_origin.values() for item in items]
    return tuple(
        _chapter(form, number, sections.get(number, ())) for number in _numbers(form, sections)
    ), tuple(sorted(rest, key=lambda item: item.number))


def _numbers(form: StatutoryForm, sections: Iterable[int]) -> list[int]:
    """The sections that have passages; the words before section one stand first."""
    return [number for number in range(len(form.sections) + 1) if number in sections]


def _chapter(form: StatutoryForm, number: int, readings: Sequence[Reading]) -> Chapter:
    return Chapter(form.sections[number - 1] if number else FOREWORD, tuple(readings))


def _reading(passage: Passage, told: Sequence[Item]) -> Reading:
    return Reading(
        passage.level, passage.origin, tuple(_pieces(passage, _quoted(passage, told))), tuple(told)
    )


def _quoted(passage: Passage, told: Iterable[Item]) -> frozenset[int]:
    """The places of the characters that findings quote from a passage."""
    words = passage.text
    found = {item.alike.first.found for item in told if len(item.alike.first.found) >= QUOTE}
    return frozenset(
        place
        for quote in found
        if quote in words
        for place in range(words.index(quote), words.index(quote) + len(quote))
    )


def _pieces(passage: Passage, quoted: Collection[int]) -> Iterator[Piece]:
    """The passage in pieces; a number is never cut, typed words are where a quotation begins or ends."""
    start = 0
    for run in passage.runs:
        places = range(start, start + len(run.text))
        start = places.stop
        if run.addresses and run.text:
            marked = any(place in quoted for place in places)
            yield Piece(run.text, tuple(dict.fromkeys(run.addresses)), run.source, marked)
            continue
        for marked, group in groupby(places, key=lambda place: place in quoted):
            inside = list(group)
            words = run.text[inside[0] - places.start : inside[-1] + 1 - places.start]
            yield Piece(words, source=run.source, marked=marked)
