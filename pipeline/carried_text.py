"""The narrative for a new year, from last year's: figures typed by hand become names, the rest is listed.

A number becomes a name only where its sentence says which one figure it is and it is exactly that figure; the
text so made must print what the old one printed, to the letter.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from msgspec import Struct

from pipeline.check.narrative import typed_by_hand
from pipeline.check.numerals import HALF_WIDTH, Numeral
from pipeline.errors import OperatorError
from pipeline.gather import YearInputs
from pipeline.model.consolidation import Consolidation, Figures, LastYear
from pipeline.model.finding import Catalogue
from pipeline.model.form import StatutoryForm
from pipeline.model.narrative import Narrative, Passage, Run
from pipeline.narrate.facts import Facts
from pipeline.narrate.names import Names
from pipeline.narrate.narrate import narrate
from pipeline.narrate.numbering import DIGITS as DIGITS_WRITTEN
from pipeline.narrate.renewal import Replacement, renewed
from pipeline.narrate.source import SourceParagraph, read_source
from pipeline.narrate.template import TAG, bound
from pipeline.run import facts

CONTEXT = 12
"""Characters on each side by which a place is found again in the file."""
YEAR_NAME = "年度"
DIGITS = re.compile(r"[\d,]*\d(?:\.\d+)?")
GROWN = 2
"""Characters of 增长 or 下降 before the percentage that 同比 prints with it."""


class CarriedText(Struct, frozen=True):
    """The new narrative's bytes, and what the office must know: where, and the words.

    ``named`` what became which name; ``typed`` the numbers still typed by hand; ``years`` the sentences that
    name a year; ``unknown`` what of it is wrong as a template under the new year's form.
    """

    content: bytes
    named: tuple[tuple[str, str, str], ...] = ()
    typed: tuple[tuple[str, str], ...] = ()
    years: tuple[tuple[str, str], ...] = ()
    unknown: str = ""


def carried_text(
    content: bytes, file: str, inputs: YearInputs, consolidation: Consolidation, form: StatutoryForm
) -> CarriedText:
    """The narrative of ``inputs``' year made ready for the year after, whose form is ``form``.

    OperatorError (template, input) where the old one cannot be read or is wrong as a template.
    """
    then = facts(inputs, consolidation)
    now = _next_facts(inputs, form)
    old, _ = narrate(content, file, then, inputs.catalogue)
    numbers = list(
        typed_by_hand(
            old,
            inputs.form,
            consolidation,
            inputs.last_year,
            inputs.indicators,
            year=inputs.year,
            catalogue=inputs.catalogue,
        )
    )
    figures = {replacement: numeral for numeral, replacement in _figures(numbers, then, now)}
    proof = Proof(content, file, then, inputs.catalogue, printed_by(old))
    fresh, made = proof.renewed([*figures, *_years(old, inputs.year)])
    named = [figures[one] for one in made if one in figures]
    lines = read_source(fresh, file).paragraphs
    return CarriedText(
        content=fresh,
        named=tuple((one.origin, one.typed, one.name) for one in made),
        typed=tuple(
            (passage.origin, excerpt)
            for passage, numeral, excerpt in numbers
            if not any(numeral is one for one in named)
        ),
        years=tuple(_dated(lines, inputs.year)),
        unknown=_unknown(fresh, f"inputs/{now.year}/{PurePosixPath(file).name}", now, inputs),
    )


def _next_facts(inputs: YearInputs, form: StatutoryForm) -> Facts:
    """What a narrative of the year after may name, before anything has arrived."""
    groups: dict[str, Figures] = {group: {} for group in inputs.roster.groups}
    return Facts(
        year=inputs.year + 1,
        organ=inputs.settings.organ,
        form=form,
        indicators=inputs.indicators,
        consolidation=Consolidation({}, groups, (), inputs.roster.agencies),
        last_year=LastYear(inputs.year, "", {}, {}, {}),
    )


def _figures(
    numbers: Sequence[tuple[Passage, Numeral, str]], then: Facts, now: Facts
) -> Iterator[tuple[Numeral, Replacement]]:
    """The numbers that are one figure and nothing else, under a name that the new form has too."""
    names = Names(now)
    for passage, numeral, _ in numbers:
        if len(numeral.restates) != 1:
            continue
        (expression,) = numeral.restates
        addresses = re.findall(r"[a-z_]+(?:\.[a-z_0-9]+)+", expression)
        printed = _printed(expression, then)
        lead = GROWN if expression.startswith("同比") else 0
        start = numeral.start - lead
        digits = DIGITS.match(passage.text.translate(HALF_WIDTH), numeral.start)
        end = start + len(printed) if lead else digits.end() if digits else start
        typed = passage.text[start:end]
        same = typed.translate(HALF_WIDTH).replace(",", "") == printed.replace(",", "")
        if same and all(names.value(address) is not None for address in addresses):
            for replacement in _replacement(passage, start, end, expression):
                yield numeral, replacement


def _printed(expression: str, then: Facts) -> str:
    """What the expression prints with last year's figures; "" where it cannot be reckoned."""
    line = SourceParagraph("第1段", f"{{{{ {expression} }}}}")
    try:
        paragraphs = bound((line,), Names(then), "")
    except OperatorError:
        return ""
    return "".join(run.text for paragraph in paragraphs for run in paragraph.runs)


def _years(old: Narrative, year: int) -> Iterator[Replacement]:
    """The years that are certainly the reporting year: the period of the figures, and the report's title."""
    period = re.compile(
        rf"(?<!\d)({year})年1月1日起?(?:至|到|[-—–~－]+)(?:({year})年)?12月31日"
        rf"|(?<!\d)({year})(?=年(?:度)?政府信息公开工作年度报告)"
    )
    for passage in (*old.title, *old.passages):
        for match in period.finditer(passage.text):
            for group in (1, 2, 3):
                if match[group]:
                    yield from _replacement(passage, *match.span(group), YEAR_NAME)


def _replacement(passage: Passage, start: int, end: int, name: str) -> Iterator[Replacement]:
    """The replacement of these characters, where one run typed by hand holds them all."""
    position = 0
    for run in passage.runs:
        if position <= start and end <= position + len(run.text) and not run.source:
            yield _within(run, passage.origin, start - position, end - position, name)
        position += len(run.text)


def _within(run: Run, origin: str, start: int, end: int, name: str) -> Replacement:
    text = run.text
    return Replacement(
        origin, text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT], name
    )


class Proof(Struct, frozen=True):
    """The old file, and what each of its paragraphs printed."""

    content: bytes
    file: str
    then: Facts
    catalogue: Catalogue
    before: Mapping[str, str]

    def renewed(self, wanted: Sequence[Replacement]) -> tuple[bytes, tuple[Replacement, ...]]:
        """The file with the replacements under which every paragraph still prints what it printed."""
        fresh, made = renewed(self.content, self.file, wanted)
        odd = self._differing(fresh)
        if odd:
            fresh, made = renewed(self.content, self.file, [one for one in made if one.origin not in odd])
            if self._differing(fresh):
                return self.content, ()
        order = {one: place for place, one in enumerate(wanted)}
        return (fresh, tuple(sorted(made, key=order.__getitem__))) if made else (self.content, ())

    def _differing(self, fresh: bytes) -> set[str]:
        """The paragraphs that print something else; all where it is no template any more."""
        try:
            new, _ = narrate(fresh, self.file, self.then, self.catalogue)
        except OperatorError:
            return set(self.before)
        after = printed_by(new)
        return {one for one in self.before.keys() | after.keys() if self.before.get(one) != after.get(one)}


def printed_by(narrative: Narrative) -> dict[str, str]:
    """What each paragraph prints, by where it stands."""
    return {one.origin: _letters(one.text) for one in (*narrative.title, *narrative.passages)}


def _letters(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3})", "", text.translate(HALF_WIDTH))


def _dated(lines: Sequence[SourceParagraph], year: int) -> Iterator[tuple[str, str]]:
    """The sentences in which the old year, the one before or the one after is written out."""
    years = "|".join(word for one in (year - 1, year, year + 1) for word in (str(one), _in_characters(one)))
    named = re.compile(rf"(?<!\d)(?:{years})(?=\s?年|[-—–~至])")
    for line in lines:
        text = TAG.sub("…", line.text).translate(HALF_WIDTH)
        for sentence in re.split(r"(?<=[。；！？])", text):
            if named.search(sentence):
                yield line.origin, sentence.strip()


def _in_characters(year: int) -> str:
    """A pattern for 二〇二〇, whichever circle it is written with."""
    return "".join("[〇○◯零]" if digit == "0" else DIGITS_WRITTEN[int(digit)] for digit in str(year))


def _unknown(content: bytes, file: str, now: Facts, inputs: YearInputs) -> str:
    """What is wrong with it as a template of the new year, with the nearest names; "" for nothing."""
    try:
        narrate(content, file, now, inputs.catalogue)
    except OperatorError as error:
        return error.message
    return ""
