"""The page's measures after GB/T 9704—2012 (5.2, 7.3, 7.5): for the PDF, Word and the printed web page.

Lengths are in points; what Word is told in whole twentieths of a point is named ``WORD_``.
"""

import math

MM = 72 / 25.4


def twentieths(points: float) -> int:
    """Points in Word's unit, rounded half up."""
    return math.floor(points * 20 + 0.5)


PAGE_MM = (210, 297)
"""A4."""
MARGINS_MM = (37, 26, 35, 28)
"""Top, right, bottom, left."""
PAGE_WIDTH, PAGE_HEIGHT = (side * MM for side in PAGE_MM)
TOP, RIGHT, BOTTOM, LEFT = (margin * MM for margin in MARGINS_MM)
TYPE_WIDTH, TYPE_HEIGHT = 156 * MM, 225 * MM
WORD_WIDTH = twentieths(PAGE_WIDTH) - twentieths(LEFT) - twentieths(RIGHT)
"""The type area's width as Word's margins leave it."""

SIZE, LEADING = 16.0, 28.95
"""三号, and 22 lines to the type area."""
WORD_LEADING = twentieths(LEADING)
TITLE_SIZE, TITLE_LEADING = 22.0, 36.0
"""二号."""
NUMBER_SIZE, NUMBER_DEPTH = 14.0, 7 * MM
"""四号 for the page number, whose dashes lie so far below the type area."""
CAPTION_SIZE = 12.0
CHART_HEIGHT, CHART_SIZE = 200.0, 10.5
"""A picture's height; its words are in 五号."""
