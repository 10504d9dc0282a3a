"""Outlines of fewer curves that still look the same."""

import math
from itertools import pairwise

import pytest
from fontTools.misc.bezierTools import splitCubicAtT
from fontTools.pens.recordingPen import RecordingPen

from outlines import Contour, contours, draw, simplified

STEPS = 32


def pen(*drawn: tuple[str, tuple[tuple[float, float], ...]]) -> RecordingPen:
    """What a glyph of these strokes recorded."""
    made = RecordingPen()
    made.value = list(drawn)
    return made


def traced(parts: int, radius: float = 300.0) -> Contour:
    """A circle of so many curves, on whole units as a traced outline is."""
    handle = 4 / 3 * math.tan(math.pi / (2 * parts)) * radius
    turns = [math.e ** (2j * math.pi * number / parts) for number in range(parts)]
    whole = [
        (
            one * radius,
            one * radius + 1j * one * handle,
            two * radius - 1j * two * handle,
            two * radius,
        )
        for one, two in pairwise([*turns, turns[0]])
    ]
    return [tuple(complex(round(z.real), round(z.imag)) for z in segment) for segment in whole]


def along(contour: Contour) -> list[complex]:
    """Points close to each other all the way round."""
    found = []
    for segment in contour:
        points = [(point.real, point.imag) for point in segment]
        if len(points) == 2:
            found += [segment[0] + (segment[1] - segment[0]) * step / STEPS for step in range(STEPS)]
        else:
            split = splitCubicAtT(*points, *(step / STEPS for step in range(1, STEPS)))
            found += [complex(*part[0]) for part in split]
    return found


def distance(one: Contour, two: Contour) -> float:
    """How far a point of the first lies from the second at most."""
    other = along(two)
    sides = list(pairwise([*other, other[0]]))
    return max(min(off(point, *side) for side in sides) for point in along(one))


def off(point: complex, start: complex, end: complex) -> float:
    """How far a point lies from a short line."""
    along_it = ((point - start) * (end - start).conjugate()).real / abs(end - start) ** 2
    return abs(point - start - (end - start) * min(1.0, max(0.0, along_it)))


@pytest.mark.parametrize("tolerance", [1.0, 2.0])
def test_a_traced_curve_takes_fewer_curves_and_moves_by_no_more_than_the_tolerance(tolerance: float) -> None:
    old = traced(24)
    new = simplified(old, tolerance)
    assert len(new) <= 8
    assert distance(old, new) <= tolerance + 0.1
    assert distance(new, old) <= tolerance + 0.1


def test_points_on_one_line_become_one_line_and_corners_stay() -> None:
    corners = [0j, 100 + 0j, 100 + 100j, 0 + 100j]
    half = [point for one, two in pairwise([*corners, 0j]) for point in (one, (one + two) / 2)]
    new = simplified(list(pairwise([*half, 0j])), 1.0)
    assert {segment[0] for segment in new} == set(corners)
    assert len(new) == 4


def test_a_step_wider_than_the_tolerance_stays() -> None:
    step = [0j, 50 + 0j, 50 + 3j, 100 + 3j, 100 + 60j, 0 + 60j]
    assert len(simplified(list(pairwise([*step, 0j])), 1.0)) == 6


def test_a_tip_round_which_a_curve_turns_back_stays() -> None:
    tip = (981 - 56j, 987 - 53j, 984 - 54j, 971 - 59j)
    old: Contour = [tip, (971 - 59j, 618 - 54j), (618 - 54j, 700 + 20j), (700 + 20j, 981 - 56j)]
    assert distance(old, simplified(old, 1.0)) <= 1.1


def test_what_is_drawn_reads_back_and_a_closing_line_is_left_to_the_closing() -> None:
    drawn = pen(
        ("moveTo", ((0, 0),)),
        ("lineTo", ((10, 0),)),
        ("curveTo", ((10, 5), (5, 10), (0, 10))),
        ("closePath", ()),
        ("moveTo", ((20, 20),)),
        ("curveTo", ((30, 20), (30, 30), (20, 20))),
        ("closePath", ()),
    )
    triangle, loop = contours(drawn)
    assert triangle == [(0, 10), (10, 10 + 5j, 5 + 10j, 10j), (10j, 0)]
    assert loop == [(20 + 20j, 30 + 20j, 30 + 30j, 20 + 20j)]
    again = RecordingPen()
    for contour in (triangle, loop):
        draw(contour, again)
    assert [operator for operator, _ in again.value].count("lineTo") == 1
    assert [sorted(map(str, contour)) for contour in contours(again)] == [
        sorted(map(str, contour)) for contour in (triangle, loop)
    ]
