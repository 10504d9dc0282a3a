"""What a screen reader is told of the pictures in a report's PDF."""

from io import BytesIO

import pikepdf
from msgspec.structs import replace

from kit.report import CHART, document, fonts, plain
from pipeline.model.document import Document
from pipeline.model.finding import Catalogue
from pipeline.render.pdf import render_pdf
from pipeline.verify.compare import compare
from pipeline.verify.pdf import read_pdf

SECOND = replace(CHART, caption="图2　办理结果")
MADE = document(CHART, SECOND)


def told(old: str, new: str | None) -> bytes:
    """The report with ``old`` said otherwise in the first picture's alternative text, or without that text."""
    changed = BytesIO()
    with pikepdf.open(BytesIO(render_pdf(MADE, fonts()))) as file:
        figures = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
        figure = next(one for one in figures if CHART.caption in str(one.Alt))
        if new is None:
            del figure.Alt
        else:
            figure.Alt = pikepdf.String(str(figure.Alt).replace(old, new))
        file.save(changed)
    return changed.getvalue()


def findings(made: Document, content: bytes, catalogue: Catalogue) -> list[tuple[str, bool]]:
    read = read_pdf(content, ())
    return [
        (one.code, "391" in one.found) for one in compare(made, read, "报告.pdf", 2020, catalogue).findings
    ]


def test_what_is_said_of_each_picture_is_read_in_order() -> None:
    read = read_pdf(render_pdf(MADE, fonts()), ())
    assert read.descriptions == (plain(CHART.description), plain(SECOND.description))


def test_a_number_said_otherwise_is_found_and_a_picture_without_words_is_not(catalogue: Catalogue) -> None:
    assert findings(MADE, told("193", "391"), catalogue) == [("readback-chart", True)]
    assert findings(MADE, told("", None), catalogue) == []


def test_a_page_without_a_structure_says_nothing() -> None:
    changed = BytesIO()
    with pikepdf.open(BytesIO(render_pdf(MADE, fonts()))) as file:
        del file.Root.StructTreeRoot
        file.save(changed)
    assert read_pdf(changed.getvalue(), ()).descriptions == ("", "")
