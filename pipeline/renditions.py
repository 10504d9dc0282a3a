"""From an examined year to its files: the report, proved by reading back, and the workbooks beside it."""

import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from pipeline.compose.attachments import figure_files
from pipeline.compose.charts import YearFigures, request_charts, with_charts
from pipeline.compose.contents import with_contents
from pipeline.compose.report import Imprint, compose_report
from pipeline.compose.tables import filled_grids
from pipeline.errors import OperatorError
from pipeline.filenames import legal_name
from pipeline.gather import YearInputs
from pipeline.model.document import DRAFT, Chart, Document
from pipeline.model.finding import Catalogue, Finding
from pipeline.model.rendition import Edits, ReadBack, Rendition, Written
from pipeline.model.roster import Agency
from pipeline.model.typeface import BUNDLED, ROLES, Typefaces
from pipeline.narrate.offered import INVISIBLE
from pipeline.run import Examination

if TYPE_CHECKING:
    from pipeline.render.font import Fonts
    from pipeline.verify.compare import Proof


class Format(Struct, frozen=True):
    """A format of the report: its name in run.json, what the screen calls it, how its file's name ends.

    A file with one of the ``suffixes`` is taken for this format when it is read back.
    """

    name: str
    words: str
    ending: str
    suffixes: tuple[str, ...] = ()
    for_agencies: bool = False
    """Whether each agency's own report has it too."""

    @property
    def kind(self) -> str:
        """What run.json calls the organ's report in this format."""
        return f"report-{self.name}"

    @property
    def agency_kind(self) -> str:
        """What the records call an agency's report in this format."""
        return f"agency-{self.name}"


FORMATS = (
    Format("docx", "Word", ".docx", suffixes=(".docx",), for_agencies=True),
    Format("pdf", "PDF", ".pdf", suffixes=(".pdf",), for_agencies=True),
    Format("html", "网页", ".html", suffixes=(".html", ".htm")),
    Format("fragment", "粘贴用网页", "（网页粘贴用）.html"),
)
AGENCY_FORMATS = tuple(one for one in FORMATS if one.for_agencies)
READABLE: Mapping[str, Format] = {suffix: one for one in FORMATS for suffix in one.suffixes}
"""What a file that can be read back is taken for, by its suffix."""

READ_BACK = "readback-"
"""The codes of what a file must not say otherwise, however heavy report.toml has them."""
WORDS_AROUND = 6
"""How many characters on each side show where a glyph is missing."""


class Proved(Struct, frozen=True):
    """Report files and what reading them back proved: cells and passages found equal, file by file.

    ``printed`` and ``lines`` are how many table cells and how many titles and passages the Document has;
    ``edits`` what was done to each file, None where nobody may have edited it.
    """

    renditions: tuple[Written, ...]
    printed: int
    lines: int
    cells: tuple[int, ...]
    passages: tuple[int, ...]
    findings: tuple[Finding, ...]
    edits: tuple[Edits | None, ...] = ()

    @property
    def is_wrong(self) -> bool:
        """Whether a file says something else than the data; words that a person edited do not count."""
        return any(finding.code.startswith(READ_BACK) for finding in self.findings)


def compose(examination: Examination, *, draft: bool = False) -> Document:
    """The year's report as a Document, from an examination that is not blocked, or as a draft with gaps."""
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
        website=settings.website,
    )
    grids = filled_grids(inputs.form, examination.consolidation.values(), draft=draft)
    document = replace(compose_report(inputs.form, grids, narrative, imprint), draft=draft)
    if settings.charts:
        document = with_charts(document, _charts(examination))
    if settings.attach_figures:
        files = figure_files(inputs.form, examination.consolidation.values(), settings.organ, inputs.year)
        document = replace(document, attachments=files)
    return with_contents(document) if settings.contents else document


def _charts(examination: Examination) -> tuple[Chart, ...]:
    inputs, before = examination.inputs, examination.inputs.last_year
    now = YearFigures(inputs.year, inputs.form, examination.consolidation.values())
    form = next((form for form in inputs.forms if form.governs(before.year)), None)
    return request_charts(now, YearFigures(before.year, form, before.total) if form else None)


def typefaces(inputs: YearInputs) -> Typefaces:
    """Which of the computer's own faces print the PDF: searched for only where the settings ask for them."""
    if inputs.settings.fonts != "system":
        return BUNDLED
    from pipeline.typefaces.search import search

    return search(inputs.font_folders)


@lru_cache(maxsize=1)
def faces(templates: Path, own: Typefaces) -> "Fonts":
    """The faces of the page: 16 MB, opened, and the office's own, read once a run.

    A run has one set: what is known of them from one report, set tables too, serves the next.
    """
    from pipeline.render.font import load_fonts

    return load_fonts(templates / "fonts", own.chosen)


def substituted(own: Typefaces, inputs: YearInputs) -> tuple[Finding, ...]:
    """The notice that the office's own faces were asked for and some are not there to use."""
    if not own.lacking:
        return ()
    roles = "、".join(ROLES[role] for role in own.lacking)
    return (inputs.catalogue.finding("font-substituted", year=inputs.year, found=roles),)


def unprintable(document: Document, catalogue: Catalogue, fonts: "Fonts") -> tuple[Finding, ...]:
    """A finding for every character that no face can print."""
    from pipeline.render.pdf import missing_glyphs

    missing = missing_glyphs(document, fonts)
    return tuple(_glyph_finding(glyph, document, catalogue) for glyph in missing)


def report(document: Document, catalogue: Catalogue, fonts: "Fonts") -> Proved:
    """The year's report in every format, each read back and compared."""
    from pipeline.render.pdf import heading_pages, render_pdf
    from pipeline.render.web_fragment import render_fragment
    from pipeline.render.web_page import render_page
    from pipeline.render.word import render_word

    contents = (
        render_word(document, heading_pages(document, fonts)),
        render_pdf(document, fonts),
        render_page(document),
        render_fragment(document),
    )
    renditions = [
        Rendition(written.kind, name, content)
        for written, name, content in zip(FORMATS, report_names(document), contents, strict=True)
    ]
    return prove(document, renditions, catalogue)


def report_names(document: Document) -> tuple[str, ...]:
    """The names of the report's files, in the order of FORMATS; a draft's never take a report's place."""
    stem = legal_name(document.title) + (f"（{DRAFT}）" if document.draft else "")
    return tuple(f"{stem}{written.ending}" for written in FORMATS)


def _glyph_finding(glyph: str, document: Document, catalogue: Catalogue) -> Finding:
    line = next((line for line in document.lines if glyph in line), glyph)
    at = line.index(glyph)
    code = f"U+{ord(glyph):04X}"
    is_seen = unicodedata.category(glyph) not in INVISIBLE
    what = (
        f"“{glyph}”（{code}）字体里没有，印出来会是空框" if is_seen else f"有看不见的字符（{code}），删去即可"
    )
    return catalogue.finding(
        "glyph-missing",
        year=document.year,
        found=glyph,
        expected=code,
        line=line[max(0, at - WORDS_AROUND) : at + 1 + WORDS_AROUND],
        what=what,
    )


BLANKS = "空白表"


def blank_for(agency: Agency, inputs: YearInputs) -> Rendition:
    """An agency's blank workbook, last year's 结转 filled in."""
    from pipeline.workbooks.blank import blank_workbook

    content = blank_workbook(
        agency,
        inputs.year,
        inputs.form,
        inputs.indicators,
        brought_forward=brought_forward(agency, inputs),
        date=inputs.settings.published(inputs.year),
    )
    return Rendition("blank", blank_path(agency, inputs.year), content)


def brought_forward(agency: Agency, inputs: YearInputs) -> dict[str, Decimal]:
    """What is filled in, in an agency's blank, by address."""
    from pipeline.workbooks.blank import brought_forward_from

    return brought_forward_from(inputs.form, inputs.last_year.agencies.get(agency.code, {}))


def blank_path(agency: Agency, year: int) -> str:
    """Where an agency's blank lies in the year's output folder."""
    return f"{BLANKS}/{legal_name(f'{agency.code}{agency.name}{year}年政府信息公开数据表')}.xlsx"


def prove(
    document: Document,
    renditions: Sequence[Rendition],
    catalogue: Catalogue,
    aliases: Mapping[str, str] | None = None,
    *,
    before: Proved | None = None,
) -> Proved:
    """Read report files back and compare every cell, heading and passage with the Document.

    ``aliases``, the figures' Chinese names by address, are given where a person may have edited the Word
    files: their words may then differ, their figures may not. ``before`` is what the same run proved of the
    same Document: a file of that name with those very bytes, and nothing amiss, is not read back once more.
    """
    from pipeline.verify.compare import compare, compare_edited

    proofs = []
    for rendition in renditions:
        is_edited = aliases is not None and rendition.name.lower().endswith(".docx")
        known = None if is_edited or before is None or before.findings else _proof_of(rendition, before)
        if known:
            proofs.append(known)
            continue
        try:
            read = _read_back(rendition, document)
        except OperatorError as error:
            raise OperatorError(error.code, f"{rendition.name}：{error.message}") from error
        given = document, read, rendition.name, document.year, catalogue
        proofs.append(compare_edited(*given, aliases or {}) if is_edited else compare(*given))
    return Proved(
        renditions=tuple(renditions),
        printed=sum(len(grid.cells) for grid in document.grids),
        lines=len(document.lines),
        cells=tuple(proof.cells for proof in proofs),
        passages=tuple(proof.passages for proof in proofs),
        edits=tuple(proof.edits for proof in proofs),
        findings=tuple(finding for proof in proofs for finding in proof.findings),
    )


def _proof_of(rendition: Rendition, before: Proved) -> "Proof | None":
    """What reading back these very bytes under this name proved; None where it was not read back."""
    from pipeline.verify.compare import Proof

    name = Path(rendition.name).name
    for one, cells, passages in zip(before.renditions, before.cells, before.passages, strict=True):
        if one.name == name and one.content == rendition.content:
            return Proof(cells, passages, findings=())
    return None


def _read_back(rendition: Rendition, document: Document) -> ReadBack:
    """What a report file says, by the reader of its format."""
    from pipeline.verify.pdf import read_pdf
    from pipeline.verify.web import read_web
    from pipeline.verify.word import read_word

    match READABLE[Path(rendition.name).suffix.lower()].name:
        case "docx":
            return read_word(rendition.content)
        case "pdf":
            return read_pdf(rendition.content, document.grids)
        case _:
            return read_web(rendition.content)
