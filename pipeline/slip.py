"""One agency's slip, from its lines to proved files: a worker's task."""

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from pipeline.compose.slip import compose_slip
from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.model.document import Document, Paragraph
from pipeline.model.finding import Catalogue
from pipeline.model.narrative import Run
from pipeline.model.rendition import Rendition
from pipeline.model.slip import Slip, in_order
from pipeline.model.typeface import Typefaces
from pipeline.render.font import SUBSTITUTE, Fonts
from pipeline.render.pdf import missing_glyphs, page_count, render_pdf
from pipeline.render.word import render_word
from pipeline.renditions import faces, prove
from pipeline.slip_order import KIND, Book, Order, Returned
from pipeline.workbooks.marked import marked_workbook

MOST_ROWS = 24
"""No page has room for more lines of a table."""


class Press(Struct, frozen=True):
    """The faces slips are printed in, and the wordings of what reading them back may find."""

    fonts: Fonts
    catalogue: Catalogue


def press(templates: Path, own: Typefaces, catalogue: Catalogue) -> Press:
    """A press made ready: the faces, loaded once a process."""
    return Press(faces(templates, own), catalogue)


def returned(ready: Press, order: Order) -> Returned:
    """An agency's slip as Word and PDF, read back, and its workbooks marked."""
    slip = order.slip
    copies = [(book, marked_workbook(_content(book), book.lines, slip)) for book in order.books]
    given = tuple(Rendition(KIND, book.name, content) for book, content in copies if content)
    names = tuple(PurePosixPath(one.name).name for one in given)
    document = one_page(replace(slip, marked=names), ready.fonts)
    files = (
        Rendition(KIND, f"{order.stem}.docx", render_word(document)),
        Rendition(KIND, f"{order.stem}.pdf", render_pdf(document, ready.fonts)),
    )
    told = prove(document, files, ready.catalogue).findings
    return Returned((*files, *given), tuple(replace(finding, agency=slip.agency) for finding in told))


def _content(book: Book) -> bytes:
    """The workbook's bytes; OperatorError (input) where they are no longer what the findings speak of."""
    try:
        content = book.file.read()
    except OSError as error:
        raise OperatorError(
            ExitCode.INPUT, f"{book.file.path} 读不出来了：{reason(error)}。请再运行一次。"
        ) from error
    if hashlib.sha256(content).hexdigest() != book.sha256:
        raise OperatorError(ExitCode.INPUT, f"{book.file.path} 在核对期间改过，请再运行一次。")
    return content


def one_page(slip: Slip, fonts: Fonts) -> Document:
    """The slip with as many of its lines as one page has room for, one at least."""
    return next(_shorter(_printable(slip, fonts), fonts))


def _shorter(slip: Slip, fonts: Fonts) -> Iterator[Document]:
    """From the longest document that fits on a page, a line to spare, on down to one line."""
    spare = Paragraph((Run("空"),))
    for shown in range(min(len(slip.lines), MOST_ROWS), 1, -1):
        document = compose_slip(slip, shown)
        if page_count(replace(document, blocks=(*document.blocks, spare)), fonts) == 1:
            yield document
    yield compose_slip(slip, 1)


def _printable(slip: Slip, fonts: Fonts) -> Slip:
    """The slip with 〓 for each character of others that no face can print."""
    missing = dict.fromkeys(missing_glyphs(compose_slip(slip, len(slip.lines)), fonts), SUBSTITUTE)
    if not missing:
        return slip
    table = str.maketrans(missing)

    def seen(text: str) -> str:
        return text.translate(table)

    lines = tuple(
        replace(
            line,
            where=seen(line.where),
            found=seen(line.found),
            expected=seen(line.expected),
            remedy=seen(line.remedy),
        )
        for line in in_order(slip.lines)
    )
    return replace(
        slip,
        agency=seen(slip.agency),
        workbook=seen(slip.workbook),
        filled_by=seen(slip.filled_by),
        lines=lines,
        marked=tuple(map(seen, slip.marked)),
    )
