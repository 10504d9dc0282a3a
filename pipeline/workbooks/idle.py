"""Texts that say nothing about where figures stand: names, notes, sentences, amounts with their unit.

Whoever looks for figures asks a few things of every text: whether it is a label, a heading, a unit, how long.
Two texts that are nothing of the kind and alike in the rest can stand for each other. Whoever asks something
new of a text in ``tables``, ``indicators`` or what they call adds it here.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from msgspec import Struct

from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.workbooks.across import is_long, is_remark
from pipeline.workbooks.cover import says_something
from pipeline.workbooks.indicator_sheet import is_plain
from pipeline.workbooks.label import bare_key, is_longer, key
from pipeline.workbooks.number import holds_number, is_blank
from pipeline.workbooks.texts import TITLE
from pipeline.workbooks.under import UNIT_LENGTH
from pipeline.workbooks.units import states_unit
from pipeline.workbooks.vocabulary import Part, Role, Vocabulary, vocabulary


class Bearing(NamedTuple):
    """What is asked of a text besides what it names.

    Whether it is too long for a unit, too long for a figure, a remark, and a number.
    """

    is_group: bool
    is_long: bool
    is_remark: bool
    is_number: bool


class Meaning(Struct, frozen=True):
    """What a text may mean in a workbook: labels of a form's tables and of indicators, titles of texts."""

    words: Vocabulary
    indicators: frozenset[str]
    titles: frozenset[str]
    rows: Mapping[str, Role]
    """The row of every figure, by address, in blocks that have row labels at the left."""

    @classmethod
    def of(cls, form: StatutoryForm, indicators: Sequence[Indicator]) -> "Meaning":
        """The meanings that a form and its indicators give to texts."""
        labels = [one.label for one in indicators]
        return cls(
            vocabulary(form),
            frozenset((*map(key, labels), *map(bare_key, labels))),
            frozenset((TITLE, *map(key, form.sections))),
            {
                cell.address: Role(table.id, number, Part.ROW, cell.row.id)
                for table in form.tables
                for number, block in enumerate(table.blocks)
                for cell in (() if block.across else chain.from_iterable(block.cells))
            },
        )

    def names_indicator(self, text: str) -> bool:
        """Whether a text may be an indicator's label."""
        return key(text) in self.indicators or bare_key(text) in self.indicators

    def speaks(self, text: str) -> bool:
        """Whether a text says something of the workbook itself, or has one of its texts beside it."""
        return key(text) in self.titles or says_something(text)

    def bearing(self, text: str) -> Bearing | None:
        """What else is asked of a text that is no label, heading or unit of any figure; None for others."""
        if (
            is_blank(text)
            or self.words.roles(text)
            or self.names_indicator(text)
            or states_unit(text)
            or not is_plain(text)
        ):
            return None
        return Bearing(is_longer(text, UNIT_LENGTH), is_long(text), is_remark(text), holds_number(text))
