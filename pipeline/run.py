"""A year's run: the one module that knows the stages' order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.check.crossfooting import Body, RuleBook, check_rules
from pipeline.check.narrative import check_narrative
from pipeline.check.roster import Reception, receive
from pipeline.compose.report import Imprint, compose_report
from pipeline.compose.tables import filled_grids
from pipeline.consolidate import consolidate
from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import YearInputs, read_arrival
from pipeline.model.consolidation import Consolidation
from pipeline.model.document import Document
from pipeline.model.finding import Finding, Severity
from pipeline.model.narrative import Narrative
from pipeline.model.rendition import Rendition
from pipeline.model.roster import Agency
from pipeline.narrate.facts import Facts
from pipeline.narrate.narrate import narrate
from pipeline.outputs import legal_name

WORDS_AROUND = 6
"""How many characters on each side show where a glyph is missing."""

ORDER = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True)
class Examination:
    """A year's inputs read and checked: receipts, sums, narrative, and findings in the office's order."""

    inputs: YearInputs
    reception: Reception
    consolidation: Consolidation
    narrative: Narrative | None
    findings: tuple[Finding, ...]
    stopped: OperatorError | None = None
    """What is wrong with the narrative as a template; the tables have been checked all the same."""

    @property
    def blocked(self) -> bool:
        """Whether an error keeps the report from being made."""
        return self.stopped is not None or any(
            finding.severity is Severity.ERROR for finding in self.findings
        )


@dataclass(frozen=True)
class Proved:
    """Report files and what reading them back proved: cells and passages found equal, file by file.

    ``printed`` and ``lines`` are how many table cells and how many titles and passages the Document has.
    """

    renditions: tuple[Rendition, ...]
    printed: int
    lines: int
    cells: tuple[int, ...]
    passages: tuple[int, ...]
    findings: tuple[Finding, ...]


def examine(inputs: YearInputs) -> Examination:
    """Read, check and add up a year's submissions, and fill the narrative.

    OperatorError (input) where nothing has arrived at all.
    """
    if not inputs.submissions:
        folder = inputs.workspace.inputs / "submissions"
        raise OperatorError(ExitCode.INPUT, f"文件夹 {folder} 是空的。请把各单位报来的工作簿放进去。")
    reception, consolidation = add_up(inputs)
    figures = (*reception.findings, *_rule_findings(inputs, reception, consolidation))
    try:
        narrative, words = narrated(inputs, consolidation)
    except OperatorError as error:
        return Examination(inputs, reception, consolidation, None, _ordered(figures, inputs), error)
    return Examination(inputs, reception, consolidation, narrative, _ordered((*figures, *words), inputs))


def take_in(inputs: YearInputs) -> Reception:
    """Read what has arrived and sort out whose it is and what counts."""
    arrivals = tuple(read_arrival(file, inputs.asked) for file in inputs.submissions)
    return receive(arrivals, inputs.roster, inputs.settings.use, inputs.year, inputs.catalogue)


def add_up(inputs: YearInputs) -> tuple[Reception, Consolidation]:
    """Take in what has arrived and add it up."""
    reception = take_in(inputs)
    return reception, consolidate(inputs.form, inputs.indicators, inputs.roster, reception.counted)


def _rule_findings(
    inputs: YearInputs, reception: Reception, consolidation: Consolidation
) -> Iterable[Finding]:
    """The rules over every agency that counts and then over the sums, by the same code."""
    book = RuleBook.of(inputs.year, inputs.form, inputs.indicators)
    if not inputs.last_year.workbook:
        yield inputs.catalogue.finding("last-year-missing", year=inputs.year, expected=str(inputs.year - 1))
    broken: set[tuple[str, str]] = set()
    for agency in consolidation.counted:
        for finding in check_rules(_agency_body(agency, inputs, reception), book, inputs.catalogue):
            broken.add((finding.code, finding.address))
            yield finding
    for finding in check_rules(_organ_body(inputs, consolidation), book, inputs.catalogue):
        # What an agency broke breaks the sum as well: it is said once, at the agency's cell.
        if (finding.code, finding.address) not in broken:
            yield finding


def _agency_body(agency: Agency, inputs: YearInputs, reception: Reception) -> Body:
    submission = reception.counted[agency.code]
    return Body(
        name=agency.name,
        values=submission.values(),
        last_year=inputs.last_year.agencies.get(agency.code, {}),
        place=submission.place,
        ordinary=agency.code not in inputs.settings.regulations_by,
    )


def _organ_body(inputs: YearInputs, consolidation: Consolidation) -> Body:
    # With an agency missing this year's sums say nothing about last year's; the agency is the finding.
    last_year = {} if consolidation.missing else inputs.last_year.total
    return Body(inputs.settings.organ, consolidation.values(), last_year, ordinary=False)


def facts(inputs: YearInputs, consolidation: Consolidation) -> Facts:
    """What the narrative of a year may name."""
    return Facts(
        year=inputs.year,
        organ=inputs.settings.organ,
        form=inputs.form,
        indicators=inputs.indicators,
        consolidation=consolidation,
        last_year=inputs.last_year,
    )


def narrated(
    inputs: YearInputs, consolidation: Consolidation
) -> tuple[Narrative | None, tuple[Finding, ...]]:
    """The narrative with its figures, and what was found in it; a finding alone where there is none.

    OperatorError (template) where it names a figure that is not, (input) where it cannot be read.
    """
    file = inputs.narrative_file
    if file is None:
        return None, (inputs.catalogue.finding("narrative-missing", year=inputs.year),)
    narrative, told = narrate(file.content, file.path, facts(inputs, consolidation), inputs.catalogue)
    checked = check_narrative(
        narrative,
        inputs.form,
        consolidation,
        inputs.last_year,
        inputs.indicators,
        inputs.year,
        inputs.catalogue,
    )
    return narrative, (*told, *checked)


def _ordered(findings: Iterable[Finding], inputs: YearInputs) -> tuple[Finding, ...]:
    """Errors first, then in the roster's order, by workbook and place; what is switched off is dropped."""
    rank = {agency.name: index for index, agency in enumerate(inputs.roster.agencies)}
    kept = [finding for finding in findings if finding.severity is not Severity.OFF]
    return tuple(
        sorted(kept, key=lambda one: (ORDER[one.severity], rank.get(one.agency, -1), one.workbook, one.sheet))
    )


def compose(examination: Examination) -> Document:
    """The year's report as a Document, from an examination without errors."""
    inputs, narrative = examination.inputs, examination.narrative
    if narrative is None:
        raise ValueError("an examination without a narrative is blocked")
    settings = inputs.settings
    imprint = Imprint(
        organ=settings.organ,
        compiler=settings.compiler,
        year=inputs.year,
        title=settings.title,
        date=settings.published(inputs.year),
    )
    return compose_report(
        inputs.form, filled_grids(inputs.form, examination.consolidation.values()), narrative, imprint
    )


def report(examination: Examination, templates: Path) -> Proved:
    """The year's report as Word and PDF, each read back; without renditions where a glyph is missing."""
    # The heavy libraries are loaded only by a run that renders.
    from pipeline.render.font import load_fonts
    from pipeline.render.pdf import missing_glyphs, render_pdf
    from pipeline.render.word import render_word

    inputs, document = examination.inputs, compose(examination)
    fonts = load_fonts(templates / "fonts")
    missing = missing_glyphs(document, fonts)
    if missing:
        told = tuple(_glyph_finding(glyph, document, inputs) for glyph in missing)
        return Proved((), 0, 0, (), (), told)
    word, pdf = report_names(document)
    renditions = (
        Rendition("report-docx", word, render_word(document)),
        Rendition("report-pdf", pdf, render_pdf(document, fonts)),
    )
    return prove(document, renditions, inputs)


def report_names(document: Document) -> tuple[str, str]:
    """The names of the report's Word and PDF file."""
    stem = legal_name(document.title)
    return f"{stem}.docx", f"{stem}.pdf"


def _glyph_finding(glyph: str, document: Document, inputs: YearInputs) -> Finding:
    line = next((line for line in document.lines if glyph in line), glyph)
    at = line.index(glyph)
    return inputs.catalogue.finding(
        "glyph-missing",
        year=inputs.year,
        found=glyph,
        expected=f"U+{ord(glyph):04X}",
        line=line[max(0, at - WORDS_AROUND) : at + 1 + WORDS_AROUND],
    )


def further_workbooks(examination: Examination) -> tuple[Rendition, ...]:
    """The ledger of all agencies, and the consolidation as a workbook to submit upward."""
    from pipeline.workbooks.blank import filled_workbook
    from pipeline.workbooks.ledger import ledger_workbook

    inputs, sums = examination.inputs, examination.consolidation
    settings = inputs.settings
    date = settings.published(inputs.year)
    organ = Agency(settings.code, settings.organ, "", contact=settings.contact)
    ledger = ledger_workbook(
        sums,
        examination.reception.counted,
        inputs.roster,
        inputs.form,
        inputs.indicators,
        organ=settings.organ,
        year=inputs.year,
        date=date,
    )
    upward = filled_workbook(
        organ,
        inputs.year,
        inputs.form,
        inputs.indicators,
        values=sums.values(),
        texts={},
        date=date,
    )
    return Rendition("ledger", "汇总底稿.xlsx", ledger), Rendition("upward", "上报工作簿.xlsx", upward)


BLANKS = "空白表"


def blank_for(agency: Agency, inputs: YearInputs) -> Rendition:
    """An agency's blank workbook, last year's 结转 filled in."""
    from pipeline.workbooks.blank import blank_workbook, brought_forward_from

    last_year = inputs.last_year.agencies.get(agency.code, {})
    content = blank_workbook(
        agency,
        inputs.year,
        inputs.form,
        inputs.indicators,
        brought_forward=brought_forward_from(inputs.form, last_year),
        date=inputs.settings.published(inputs.year),
    )
    name = legal_name(f"{agency.code}{agency.name}{inputs.year}年政府信息公开数据表")
    return Rendition("blank", f"{BLANKS}/{name}.xlsx", content)


def prove(document: Document, renditions: Sequence[Rendition], inputs: YearInputs) -> Proved:
    """Read report files back and compare every cell, heading and passage with the Document."""
    from pipeline.verify.compare import compare
    from pipeline.verify.pdf import read_pdf
    from pipeline.verify.word import read_word

    proofs = []
    for rendition in renditions:
        if rendition.kind == "report-docx":
            read = read_word(rendition.content)
        else:
            read = read_pdf(rendition.content, document.grids)
        proofs.append(compare(document, read, rendition.name, inputs.year, inputs.catalogue))
    return Proved(
        renditions=tuple(renditions),
        printed=sum(len(grid.cells) for grid in document.grids),
        lines=len(document.lines),
        cells=tuple(proof.cells for proof in proofs),
        passages=tuple(proof.passages for proof in proofs),
        findings=tuple(finding for proof in proofs for finding in proof.findings),
    )
