"""The narrative as it will be printed, each number with its figure and each passage with what was found."""

from collections.abc import Iterable, Sequence

from pipeline.model.form import StatutoryForm
from pipeline.model.narrative import Narrative, Passage
from pipeline.model.review import Chapter, Item, Piece, Reading

LAST_YEAR = "last_year."
FOREWORD = "篇首"


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
    pieces = tuple(
        Piece(run.text, tuple(dict.fromkeys(run.addresses)), run.source) for run in passage.runs if run.text
    )
    return Reading(passage.level, passage.origin, pieces, tuple(told))


def own_address(address: str, groups: Iterable[str]) -> str:
    """An address without the group or the year it was asked of: 市直机关.indicators.a is indicators.a."""
    for prefix in (LAST_YEAR, *(f"{group}." for group in groups)):
        address = address.removeprefix(prefix)
    return address
