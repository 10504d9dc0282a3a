"""The figures by name: addresses, Chinese aliases, and the prefixes for a group and for last year."""

import difflib
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from pipeline.model.indicator import INDICATORS, Aggregation
from pipeline.model.narrative import NamedFigure
from pipeline.model.number import NumberKind
from pipeline.narrate.facts import Facts
from pipeline.narrate.value import Phrase, Value

LAST_YEAR = "last_year"
LAST_YEAR_WORDS = (LAST_YEAR, "上年")
YEAR, YEAR_BEFORE, ORGAN = "年度", "上年度", "机关"
NEAREST = 3
"""How many names are offered for one that is not known."""


class Name(Struct, frozen=True):
    """One figure's names: its address and alias; its label and kind; the cells it is the sum of."""

    address: str
    alias: str
    label: str
    kind: NumberKind
    cells: tuple[str, ...]


def folded(name: str) -> str:
    """A name as it is compared: half-width, without white space."""
    return "".join(unicodedata.normalize("NFKC", name).split())


class Names(Struct, frozen=True, dict=True):
    """Every name a narrative may use, resolved against the facts."""

    facts: Facts

    @cached_property
    def figures(self) -> tuple[Name, ...]:
        """The statutory cells, the form's subtotals and the indicators that add up, in that order."""
        return (*self._cells(), *self._subtotals(), *self._indicators())

    @cached_property
    def _known(self) -> dict[str, Name]:
        return {folded(word): name for name in self.figures for word in (name.address, name.alias)}

    @cached_property
    def _groups(self) -> dict[str, str]:
        return {folded(group): group for group in self.facts.consolidation.groups}

    def value(self, name: str) -> Value | Phrase | None:
        """The figure of that name, without a number where it has none; None where there is no such name."""
        if name == ORGAN:
            return Phrase(self.facts.organ, ORGAN)
        if name in {YEAR, YEAR_BEFORE}:
            year = self.facts.year - (name == YEAR_BEFORE)
            return Value(Decimal(year), NumberKind.COUNT, name)
        last, group, base = self._split(name)
        found = self._known.get(base)
        if found is None:
            return None
        share = f"{group}." if group else ""
        prefix = f"{LAST_YEAR}.{share}" if last else share
        return Value(
            self._number(found, last=last, group=group),
            found.kind,
            prefix + found.address,
            tuple(prefix + cell for cell in found.cells),
            f"上年.{share}{found.alias}" if last else share + found.alias,
        )

    def nearest(self, name: str) -> list[str]:
        """The known names most like an unknown one, its prefix kept; best first."""
        *_, base = self._split(name)
        prefix = folded(name)[: len(folded(name)) - len(base)]
        return [prefix + found for found in difflib.get_close_matches(base, self._known, NEAREST, cutoff=0.5)]

    def _split(self, name: str) -> tuple[bool, str, str]:
        """Whether last year's is meant, whose group's, and the name without these prefixes."""
        last, group, base = False, "", folded(name)
        while "." in base:
            head, rest = base.split(".", 1)
            if head in LAST_YEAR_WORDS and not last:
                last = True
            elif head in self._groups and not group:
                group = self._groups[head]
            else:
                break
            base = rest
        return last, group, base

    def _number(self, name: Name, *, last: bool, group: str) -> Decimal | None:
        numbers = [self._figure(cell, last=last, group=group) for cell in name.cells]
        present = [number for number in numbers if number is not None]
        return sum(present, Decimal(0)) if len(present) == len(numbers) else None

    def _figure(self, address: str, *, last: bool, group: str) -> Decimal | None:
        if last:
            before = self.facts.last_year
            return (before.groups.get(group, {}) if group else before.total).get(address)
        now = self.facts.consolidation
        figure = (now.groups[group] if group else now.figures).get(address)
        return None if figure is None else figure.value

    def _cells(self) -> Iterator[Name]:
        for cell in self.facts.form.cells.values():
            yield Name(cell.address, cell.alias, cell.words, cell.kind, (cell.address,))

    def _subtotals(self) -> Iterator[Name]:
        for subtotal in self.facts.form.subtotals:
            kind = self.facts.form.cells[subtotal.cells[0]].kind
            yield Name(subtotal.address, subtotal.alias, subtotal.label, kind, subtotal.cells)

    def _indicators(self) -> Iterator[Name]:
        for indicator in self.facts.indicators:
            if indicator.aggregation is not Aggregation.NONE:
                alias = f"{INDICATORS}.{indicator.alias or indicator.id}"
                address = indicator.address
                yield Name(
                    address, alias, f"{indicator.label}（{indicator.unit}）", indicator.kind, (address,)
                )


def named_figures(facts: Facts, prefix: str = "") -> tuple[NamedFigure, ...]:
    """Every name with its printed value, "" where it has none; with ``prefix`` (上年, a group) only those."""
    names = Names(facts)
    lead = f"{prefix}." if prefix else ""
    return tuple(
        NamedFigure(lead + name.address, lead + name.alias, name.label, _printed(names, lead + name.address))
        for name in names.figures
    )


def _printed(names: Names, name: str) -> str:
    value = names.value(name)
    return value.text if isinstance(value, Value) and value.number is not None else ""


def usages(facts: Facts) -> tuple[tuple[str, str], ...]:
    """What else may stand in braces, each with its meaning: the prefixes, functions and plain words."""
    groups = [(f"{group}.", f"名字前加“{group}.”，是{group}的小计") for group in facts.consolidation.groups]
    return (
        *groups,
        ("上年.", "名字前加“上年.”，是上一年的数"),
        ('同比("名字")', "与上一年相比：增长103.64%、下降12.50%、持平"),
        ('占比("名字", "名字")', "前一个数占后一个数的百分之几：76.48%"),
        (YEAR, "报告的年度"),
        (YEAR_BEFORE, "上一年度"),
        (ORGAN, "报告机关的名称"),
        ("{% if 名字 %}……{% endif %}", "有这个数而且不是 0 才印中间的话；可以包住几段"),
    )
