"""What must not stand in a published text, as data: words and patterns, each tied to a finding code."""

import re
from enum import StrEnum

from msgspec import Struct


class Once(StrEnum):
    """How often one kind of blemish is said: an office must not drown in what is alike."""

    EACH = "each"
    """Every place by itself: each has to be looked at."""
    PARAGRAPH = "paragraph"
    """Once a paragraph."""
    TEXT = "text"
    """Once a text: the narrative, or one cell of an agency's 文字材料."""


class Blemish(Struct, frozen=True):
    """One section of templates/hygiene.toml.

    ``patterns`` are regular expressions (words are patterns too by then) with at most one named group, which
    adds a condition: ``year`` must differ from the report's, ``identity`` and ``card`` must have a right
    check digit, ``body`` must end with the name of another body. ``what`` says what it is, for the sentence.
    ``unless`` are words that make it innocent where one stands within ``NEAR`` characters.
    """

    name: str
    code: str
    what: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    opening: bool = False
    """Only in the report's title and the first words of the text, where it tells whose and which year's."""
    past: bool = False
    """What is said of another year is innocent where the paragraph names the report's own year as well."""
    masked: bool = False
    """Its digits are not repeated in the finding: they are somebody's."""
    agencies: bool = False
    """Only in what agencies write: the organ's narrative names them freely."""
    once: Once = Once.EACH


CONDITIONS = frozenset({"year", "identity", "card", "body"})
"""The named groups a pattern may have."""
FLAGS = re.MULTILINE
"""How patterns are compiled, where they are proved and where they are used: Python then does it once."""
NEAR = 12
"""Characters before and after within which a word of ``unless`` counts."""
