"""The narrative's numbers against the tables, against last year, and against each other."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import asdict

from pipeline.check.arithmetic import COMPARED, DOWN, GROWTH, Slip, percent, printed_percent, shares, totals
from pipeline.check.naming import Figures, misnamed
from pipeline.check.numerals import Numeral, Sentences, nothing
from pipeline.check.sentences import STATEMENTS, SUBJECT, WITHOUT_NUMBER, Statement, is_about_all
from pipeline.model.consolidation import Consolidation, LastYear
from pipeline.model.finding import Catalogue, Finding
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.narrative import Narrative, Passage
from pipeline.model.number import plain

JOINING = re.compile(r"[，,、（(\s]*(?:数量)?")
"""What may stand between a figure and its growth; other words (办结率) would be what grew."""
LAST_YEAR = "上年度?|去年|上一年度?"
CLAUSE_END = re.compile(r"[，,、。；;）)]|$")
"""Behind last year's number; more words (去年3次获奖) would make it another thing's."""


def check_narrative(
    narrative: Narrative,
    form: StatutoryForm,
    consolidation: Consolidation,
    last_year: LastYear,
    indicators: Sequence[Indicator],
    *,
    year: int,
    catalogue: Catalogue,
    untied: bool = True,
) -> tuple[Finding, ...]:
    """Findings on the numbers, those a name printed included: the name may be the wrong one for its sentence.

    A number that contradicts a table or the numbers beside it is a warning, one typed by hand that nothing
    could be compared with a notice (where ``untied``); dates, document numbers, hotlines are neither.
    """
    tables = _Tables(form, consolidation, last_year, indicators)
    report = _Report(narrative.file, year, catalogue)
    told: list[Finding] = []
    for sentences in _under_headings(narrative, form):
        told += _compared(sentences, tables, report)
        if untied:
            told += _untied(sentences, report)
    return tuple(told)


def typed_by_hand(
    narrative: Narrative,
    form: StatutoryForm,
    consolidation: Consolidation,
    last_year: LastYear,
    indicators: Sequence[Indicator],
    *,
    year: int,
    catalogue: Catalogue,
) -> Iterator[tuple[Passage, Numeral, str]]:
    """Every number typed by hand that is no date or the like, with its passage and the words around it.

    Its ``restates`` tell which figures its sentence says it is, where it is exactly that.
    """
    tables = _Tables(form, consolidation, last_year, indicators)
    report = _Report(narrative.file, year, catalogue)
    for sentences in _under_headings(narrative, form):
        deque(_compared(sentences, tables, report), maxlen=0)
        for numeral in sentences.numerals:
            if numeral.by_hand:
                yield sentences.passage, numeral, sentences.excerpt(numeral)


def _under_headings(narrative: Narrative, form: StatutoryForm) -> Iterator[Sentences]:
    """The passages, each under its section's title or the heading （一） it follows."""
    section, heading = 0, ""
    for passage in narrative.passages:
        if passage.section != section:
            section, heading = passage.section, form.sections[passage.section - 1]
        if passage.level == 2:
            heading = passage.text
        yield Sentences(passage, heading)


class _Tables(Struct, frozen=True):
    """The figures a sentence may state, subtotals among them."""

    form: StatutoryForm
    consolidation: Consolidation
    last_year: LastYear
    indicators: Sequence[Indicator]

    def cells(self, addresses: Sequence[str]) -> tuple[str, ...]:
        """The cells the figures are made of."""
        parts = self.form.cells_by_subtotal
        return tuple(cell for address in addresses for cell in parts.get(address, (address,)))

    def now(self, addresses: Sequence[str]) -> Decimal | None:
        """The sum of this year's figures; None where one is not known."""
        return _sum([self.consolidation.value(cell) for cell in self.cells(addresses)])

    def before(self, addresses: Sequence[str]) -> Decimal | None:
        """The sum of last year's figures; None where one is not known."""
        return _sum([self.last_year.total.get(cell) for cell in self.cells(addresses)])

    def words(self, addresses: Sequence[str]) -> str:
        """The figures as the form labels them."""
        labels = {one.address: one.label for one in self.form.subtotals}
        labels |= {one.address: one.label for one in self.indicators}
        cells = self.form.cells
        return " + ".join(
            cells[address].words if address in cells else labels.get(address, address)
            for address in addresses
        )

    @property
    def parts(self) -> tuple[str, ...]:
        """The names a sentence about a part would name: groups and agencies."""
        agencies = (*self.consolidation.counted, *self.consolidation.missing)
        return (*self.consolidation.groups, *(name for agency in agencies for name in agency.names))


def _sum(numbers: Sequence[Decimal | None]) -> Decimal | None:
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(numbers) else None


class _Report(Struct, frozen=True):
    """Words findings about one narrative."""

    file: str
    year: int
    catalogue: Catalogue

    def finding(self, code: str, passage: Passage, **names: str) -> Finding:
        """A finding of this code in a passage."""
        place = passage.place(self.file)
        return self.catalogue.finding(code, year=self.year, place=place, lead=passage.within, **names)


def _compared(sentences: Sentences, tables: _Tables, report: _Report) -> Iterator[Finding]:
    """The numbers of a passage that contradict a table or each other; each that was compared is settled."""
    yield from _stated(sentences, tables, report)
    figures = Figures(tables.form, tables.consolidation, tables.now, tables.words)
    for wrong in misnamed(sentences, figures):
        yield report.finding("sentence-contradicts", sentences.passage, **asdict(wrong))
    if len(sentences.numerals) < COMPARED:
        return
    former = _former(sentences, report.year)
    yield from _former_findings(former, sentences, tables, report)
    yield from _growth(sentences, former, tables, report)
    for slip in (*shares(sentences), *totals(sentences, tuple(tables.consolidation.groups))):
        yield _slip_finding(slip, sentences, report)


def _untied(sentences: Sentences, report: _Report) -> Iterator[Finding]:
    """What was typed by hand and could be compared with nothing."""
    for numeral in sentences.numerals:
        if numeral.by_hand and not numeral.settled:
            yield report.finding("number-unbound", sentences.passage, found=sentences.excerpt(numeral))


def _stated(sentences: Sentences, tables: _Tables, report: _Report) -> Iterator[Finding]:
    """The numbers whose sentence says which figure they are; one that contradicts is reported once."""
    contradicted = set()
    for statement, match, numeral in _spoken(sentences, tables, report.year):
        readings = _readings(statement, tables)
        agreeing = [reading for reading, value in readings if numeral.agrees(value)]
        numeral.settled = bool(readings)
        if agreeing:
            numeral.addresses = numeral.addresses or agreeing[0]
            if not numeral.rough:
                numeral.restates.update(map(" + ".join, agreeing))
        elif readings and numeral.end not in contradicted:
            contradicted.add(numeral.end)
            yield _contradiction(match[0], readings, sentences.passage, tables, report)


def _spoken(
    sentences: Sentences, tables: _Tables, year: int
) -> Iterator[tuple[Statement, re.Match[str], Numeral]]:
    """Every statement about all requests or disputes, with its number."""
    if not SUBJECT.search(sentences.heading + sentences.text):
        return
    for statement in STATEMENTS if sentences.says_a_number else WITHOUT_NUMBER:
        for match in statement.pattern.finditer(sentences.text):
            numeral = nothing(match) if statement.nothing else sentences.at(match.start("n"))
            before = sentences.text[sentences.sentence_start(match.start()) : match.start()]
            if numeral is not None and is_about_all(statement, match, before, year, tables.parts):
                yield statement, match, numeral


def _readings(statement: Statement, tables: _Tables) -> list[tuple[tuple[str, ...], Decimal]]:
    return [(reading, value) for reading in statement.readings if (value := tables.now(reading)) is not None]


def _contradiction(
    words: str,
    readings: Sequence[tuple[tuple[str, ...], Decimal]],
    passage: Passage,
    tables: _Tables,
    report: _Report,
) -> Finding:
    return report.finding(
        "sentence-contradicts",
        passage,
        found=words,
        expected=" 或 ".join(dict.fromkeys(plain(value) for _, value in readings)),
        words=" 或 ".join(tables.words(reading) for reading, _ in readings),
        address=readings[0][0][0],
    )


def _former(sentences: Sentences, year: int) -> list[tuple[Numeral, Numeral]]:
    """The figures beside which last year's is said (224件，上年为110件), each with last year's number."""
    saying = re.compile(rf"[，,、（(]而?(?:{LAST_YEAR}|{year - 1}年)(?:同期)?(?:数量)?(?:为|是|仅为|只有)?")
    return [
        (figure, former)
        for figure, former in pairwise(sentences.numerals)
        if figure.addresses
        and figure.unit == former.unit
        and saying.fullmatch(sentences.text, figure.end, former.start)
        and CLAUSE_END.match(sentences.text, former.end)
    ]


def _former_findings(
    former: Sequence[tuple[Numeral, Numeral]], sentences: Sentences, tables: _Tables, report: _Report
) -> Iterator[Finding]:
    for figure, stated in former:
        before = tables.before(figure.addresses)
        if before is None:
            continue
        stated.settled = True
        if stated.value == before and _is_certain(figure):
            stated.restates.add(" + ".join(f"last_year.{address}" for address in figure.addresses))
        if not stated.agrees(before):
            yield report.finding(
                "sentence-contradicts",
                sentences.passage,
                found=sentences.text[figure.end : stated.end].lstrip("，,、（("),
                expected=plain(before),
                words=f"上年的{tables.words(figure.addresses)}",
                address=figure.addresses[0],
            )


def _growth(
    sentences: Sentences, former: Sequence[tuple[Numeral, Numeral]], tables: _Tables, report: _Report
) -> Iterator[Finding]:
    """较上年增长 g% after a number known to be a figure, against last year's; it may stand between them."""
    figures = {stated.start: figure for figure, stated in former}
    for match in GROWTH.finditer(sentences.text):
        stated = sentences.at(match.start("p"))
        subjects = sentences.before(match.start())
        if stated is None or not subjects:
            continue
        subject = figures.get(subjects[-1].start, subjects[-1])
        between = sentences.text[subjects[-1].end : match.start()]
        if subject is not subjects[-1]:
            between = between.lstrip("）)")
        if not subject.addresses or not JOINING.fullmatch(between):
            continue
        now, before = tables.now(subject.addresses), tables.before(subject.addresses)
        if now is None or not before or before < 0:
            continue
        stated.settled = True
        change = percent(now - before, before)
        if len(subject.addresses) == 1 and _is_certain(subject):
            stated.restates.add(f'同比("{subject.addresses[0]}")')
        if not stated.agrees_in_percent(abs(change)) or (change < 0) != (match["way"] in DOWN):
            yield report.finding(
                "sentence-contradicts",
                sentences.passage,
                found=match[0],
                expected=f"{'下降' if change < 0 else '增长'}{printed_percent(abs(change))}",
                words=f"{tables.words(subject.addresses)}（上年 {plain(before)}，本年 {plain(now)}）",
                address=subject.addresses[0],
            )


def _is_certain(figure: Numeral) -> bool:
    """Whether it can be one figure only: printed by its name, or restating a single one."""
    return not figure.by_hand or len(figure.restates) == 1


def _slip_finding(slip: Slip, sentences: Sentences, report: _Report) -> Finding:
    return report.finding(
        "sentence-arithmetic",
        sentences.passage,
        found=sentences.excerpt(slip.numeral),
        expected=slip.expected,
        detail=slip.detail,
    )
