"""Outlines drawn with fewer curves, none of them farther from the old ones than a tolerance.

Points are complex numbers in units of the face; a segment is a line (2 points) or a Bézier curve (4); a
contour is closed. Source of the fitting: P. J. Schneider, An Algorithm for Automatically Fitting Digitized
Curves, in Graphics Gems, 1990.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple, TypeAlias

from fontTools.pens.basePen import AbstractPen
from fontTools.pens.recordingPen import RecordingPen

Segment: TypeAlias = tuple[complex, ...]
Contour: TypeAlias = list[Segment]

LONGEST_RUN = 7
"""So many segments at most become one."""
SAMPLES = 6
ROUNDS = 5
HOPELESS = 30.0
"""A curve that misses by so many tolerances gets no nearer."""


class _Choice(NamedTuple):
    """The cheapest way to draw a contour up to a point: its cost, the last segment and that one's place."""

    cost: float
    first: int = 0
    segment: Segment = ()


class _Ends(NamedTuple):
    """Where a curve begins and ends, and the directions there, of length 1."""

    start: complex
    end: complex
    leaving: complex
    arriving: complex


def contours(glyph: RecordingPen) -> list[Contour]:
    """What a glyph drew, its closing lines included."""
    found: list[Contour] = []
    start = at = 0j
    for operator, given in glyph.value:
        points = [complex(*point) for point in given]
        if operator == "moveTo":
            start = at = points[0]
            found.append([])
        elif operator == "closePath":
            points = [start]
        if operator != "moveTo" and (points[-1] != at or len(points) > 1):
            found[-1].append((at, *points))
            at = points[-1]
    return [contour for contour in found if contour]


def draw(contour: Contour, pen: AbstractPen) -> None:
    """Draw a contour; a line that closes it is left to the closing."""
    lines = [number for number, segment in enumerate(contour) if len(segment) == 2]
    last = max(lines, key=lambda number: abs(contour[number][1] - contour[number][0]), default=-1)
    ordered = contour[last + 1 :] + contour[: last + 1]
    pen.moveTo(_pair(ordered[0][0]))
    for segment in ordered[:-1] if lines else ordered:
        points = [_pair(point) for point in segment[1:]]
        pen.lineTo(*points) if len(points) == 1 else pen.curveTo(*points)
    pen.closePath()


def simplified(contour: Contour, tolerance: float) -> Contour:
    """The contour with as few and short numbers as will do; it begins at its sharpest corner."""
    sharpest = min(range(len(contour)), key=lambda number: _turn(contour[number - 1], contour[number]))
    segments = contour[sharpest:] + contour[:sharpest]
    best: dict[int, _Choice] = {0: _Choice(0)}
    for first in range(len(segments)):
        if first not in best:
            continue
        for end, segment in _joined(segments, first, tolerance):
            cost = best[first].cost + _cost(segment)
            if end not in best or cost < best[end].cost:
                best[end] = _Choice(cost, first, segment)
    found: Contour = []
    end = len(segments)
    while end:
        found.insert(0, best[end].segment)
        end = best[end].first
    return found


def _joined(segments: Contour, first: int, tolerance: float) -> Iterator[tuple[int, Segment]]:
    """Segments that may stand for those from ``first`` on, each with the number of the next one behind it."""
    start, way = segments[first][0], list[complex]()
    for number in range(first, min(len(segments), first + LONGEST_RUN)):
        way += _samples(segments[number])
        end = way[-1]
        if number == first:
            yield number + 1, segments[number]
        if _straight(start, way, tolerance):
            yield number + 1, (start, end)
        elif number > first:
            ends = _Ends(start, end, _leaving(segments[first]), _arriving(segments[number]))
            curve = _fitted(ends, way, tolerance)
            if not curve:
                return
            yield number + 1, curve


def _straight(start: complex, way: Sequence[complex], tolerance: float) -> bool:
    """Whether the line to the last point passes all of them, in their order."""
    length = abs(way[-1] - start)
    if not length:
        return False
    direction = ((way[-1] - start) / length).conjugate()
    placed = [(point - start) * direction for point in way]
    farthest = accumulate((place.real for place in placed), max, initial=0.0)
    return all(
        abs(place.imag) <= tolerance and place.real >= behind - tolerance
        for place, behind in zip(placed, farthest, strict=False)
    )


def _fitted(ends: _Ends, way: Sequence[complex], tolerance: float) -> Segment | None:
    """A curve with these ends that passes all points, its handles in whole units; or none."""
    start, end, leaving, arriving = ends
    lengths = list(accumulate(abs(two - one) for one, two in pairwise([start, *way])))
    places = [length / lengths[-1] for length in lengths]
    for _ in range(ROUNDS):
        one, two = _handles(ends, way, places)
        if not (0 < one <= lengths[-1] and 0 < two <= lengths[-1]):
            return None
        curve = (start, _whole(start + one * leaving), _whole(end - two * arriving), end)
        distance, places = _nearer(curve, way, places)
        if distance <= tolerance:
            return curve
        if distance > HOPELESS * tolerance:
            return None
    return None


def _handles(ends: _Ends, way: Sequence[complex], places: Sequence[float]) -> tuple[float, float]:
    """How long the handles of the nearest curve are (least squares), or 0, 0."""
    start, end, leaving, arriving = ends
    one_one = one_two = two_two = right_one = right_two = 0.0
    parallel = leaving.real * arriving.real + leaving.imag * arriving.imag
    for point, t in zip(way, places, strict=True):
        s = 1 - t
        by_one, by_two = 3 * s * s * t, 3 * s * t * t
        rest = point - start * (s * s * s + by_one) - end * (by_two + t * t * t)
        one_one += by_one * by_one
        one_two -= by_one * by_two * parallel
        two_two += by_two * by_two
        right_one += by_one * (leaving.real * rest.real + leaving.imag * rest.imag)
        right_two -= by_two * (arriving.real * rest.real + arriving.imag * rest.imag)
    determinant = one_one * two_two - one_two * one_two
    if determinant < 1e-9:
        return 0.0, 0.0
    one = (right_one * two_two - right_two * one_two) / determinant
    return one, (one_one * right_two - one_two * right_one) / determinant


def _nearer(curve: Segment, way: Sequence[complex], places: Sequence[float]) -> tuple[float, list[float]]:
    """How far the points lie from their places on the curve at most, and nearer places (Newton's step)."""
    a, b, c, d = curve
    first, second, third = 3 * (b - a), 3 * (c - b), 3 * (d - c)
    farthest, nearer = 0.0, []
    for point, t in zip(way, places, strict=True):
        s = 1 - t
        off = s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d - point
        speed = s * s * first + 2 * s * t * second + t * t * third
        bend = 2 * (s * (second - first) + t * (third - second))
        slope = speed.real**2 + speed.imag**2 + off.real * bend.real + off.imag * bend.imag
        step = (off.real * speed.real + off.imag * speed.imag) / slope if slope > 0 else 0.0
        nearer.append(min(1.0, max(0.0, t - step)))
        farthest = max(farthest, abs(off))
    return farthest, nearer


def _samples(segment: Segment) -> list[complex]:
    """Points on a segment, its end the last."""
    return [_point(segment, number / SAMPLES) for number in range(1, SAMPLES)] + [segment[-1]]


def _point(segment: Segment, t: float) -> complex:
    if len(segment) == 2:
        return segment[0] + (segment[1] - segment[0]) * t
    a, b, c, d = segment
    s = 1 - t
    return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d


def _leaving(segment: Segment) -> complex:
    """The direction in which a segment begins; 1 where it is a point."""
    ahead = next((point - segment[0] for point in segment[1:] if point != segment[0]), 1 + 0j)
    return ahead / abs(ahead)


def _arriving(segment: Segment) -> complex:
    return -_leaving(segment[::-1])


def _turn(one: Segment, two: Segment) -> float:
    """The cosine of the turn between two segments."""
    return (_arriving(one) * _leaving(two).conjugate()).real


def _cost(segment: Segment) -> float:
    """About as many bytes as a CFF face takes for it: two for a number past 107, none for a zero."""
    steps = [two - one for one, two in pairwise(segment)]
    sides = [abs(side) for step in steps for side in (step.real, step.imag)]
    return 0.5 + sum(bool(side) + (side > 107) for side in sides)


def _whole(point: complex) -> complex:
    return complex(round(point.real), round(point.imag))


def _pair(point: complex) -> tuple[int, int]:
    return round(point.real), round(point.imag)
