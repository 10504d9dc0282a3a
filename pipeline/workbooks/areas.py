"""Cells as a formula names them: single places gathered into the few rectangles that cover them."""

from collections.abc import Iterable
from itertools import groupby

from pipeline.model.place import a1

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 1."""


def areas(places: Iterable[Area]) -> str:
    """The arguments of a SUM or COUNT over these places: ``D7:I7,D10:I27``.

    Neighbours in a row are joined first, then equal stretches of rows that follow each other. A merged cell's
    covered positions are empty, so that SUM, COUNT and COUNTA see it once.
    """
    return ",".join(_name(area) for area in _down(_across(sorted(places))))


def _across(places: Iterable[Area]) -> list[Area]:
    found: list[Area] = []
    for area in places:
        if found and found[-1][0] == area[0] and found[-1][2] == area[2] and found[-1][3] + 1 == area[1]:
            found[-1] = (*found[-1][:3], area[3])
        else:
            found.append(area)
    return found


def _down(stretches: Iterable[Area]) -> list[Area]:
    found: list[Area] = []
    in_columns = sorted(stretches, key=lambda area: (area[1], area[3], area[0]))
    for _, group in groupby(in_columns, key=lambda area: (area[1], area[3])):
        joined: list[Area] = []
        for area in group:
            if joined and joined[-1][2] + 1 == area[0]:
                joined[-1] = (joined[-1][0], area[1], area[2], area[3])
            else:
                joined.append(area)
        found += joined
    return sorted(found)


def _name(area: Area) -> str:
    first, last = a1(area[0], area[1]), a1(area[2], area[3])
    return first if first == last else f"{first}:{last}"
