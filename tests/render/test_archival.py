"""The finished PDF: valid for the archive, and read aloud in the order and words of the document."""

import datetime
from decimal import Decimal
from io import BytesIO

import page
import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from kit.report import document, fonts, paragraph, plain, report
from kit.tagged import spoken, unmarked
from pipeline.compose.attachments import figure_files
from pipeline.model.document import Heading, Table
from pipeline.model.form import StatutoryForm
from pipeline.render.archival import finished
from pipeline.render.drawing import Drawing, Page
from pipeline.render.metadata import Properties
from pipeline.render.pdf import render_pdf
from pipeline.render.structure import Element

DATE = datetime.date(2021, 1, 29)
BLANK = Drawing([Page("")], [[]])
"""One page without anything."""


@pytest.mark.parametrize("profile", ["2a", "ua1"])
@pytest.mark.parametrize("draft", [False, True])
def test_an_independent_validator_finds_nothing(form: StatutoryForm, profile: str, draft: bool) -> None:
    result = page.validate_pdf_bytes(render_pdf(report(form, draft=draft), fonts()), profile=profile)
    assert [(failure.rule_id, failure.message) for failure in result.failures] == []
    assert result.rules.total > 100


def test_the_validator_would_notice_a_file_without_its_structure(form: StatutoryForm) -> None:
    with pikepdf.open(BytesIO(render_pdf(report(form), fonts()))) as pdf:
        del pdf.Root.StructTreeRoot
        stream = BytesIO()
        pdf.save(stream)
    for profile in ("2a", "ua1"):
        assert not page.is_pdf_compliant_bytes(stream.getvalue(), profile=profile)


def test_text_is_read_aloud_in_the_documents_order(form: StatutoryForm) -> None:
    made = report(form, passages=3)
    heard = [one for one in spoken(render_pdf(made, fonts())) if "Table" not in one.path]
    assert [one.text for one in heard] == [plain(line) for line in made.lines]
    assert [one.type for one in heard[:4]] == ["H1", "P", "H2", "H3"]


def test_every_cell_is_read_aloud_once_in_its_row(form: StatutoryForm) -> None:
    made = report(form, passages=3)
    heard = spoken(render_pdf(made, fonts()))
    cells = [one for one in heard if one.type in {"TH", "TD"}]
    expected = [
        cell for grid in made.grids for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
    ]
    assert [one.text for one in cells] == [plain(cell.text) for cell in expected]
    assert [one.attributes["Summary"] for one in heard if one.type == "Table"] == [
        grid.caption for grid in made.grids
    ]


def test_what_is_printed_again_overleaf_is_not_read_again(form: StatutoryForm) -> None:
    grid = report(form).grids[1]
    content = render_pdf(document(*[paragraph("政府。")] * 15, Heading(1, "三、"), Table(grid)), fonts())
    heard = "".join(one.text for one in spoken(content))
    again = unmarked(content)
    assert heard.count("商业企业") == 1
    assert "商业企业" not in again[0]
    assert "商业企业" in again[-1]
    assert again[-1].endswith(f"— {len(again)} —")


def test_a_tables_summary_is_text_whatever_script_it_is_in_and_its_scopes_are_names() -> None:
    cell = Element("TH", attributes=(("Scope", "Row"), ("RowSpan", 2)))
    root = Element("Table", (cell,), attributes=(("Summary", "Table 1 (a)"),))
    made = finished(BLANK, root, Properties("甲", "乙", "丙", DATE))
    with pikepdf.open(BytesIO(made)) as pdf:
        table = pdf.Root.StructTreeRoot.K
        assert isinstance(table.A.Summary, pikepdf.String)
        assert str(table.A.Summary) == "Table 1 (a)"
        assert table.K[0].A.Scope == pikepdf.Name.Row
        assert table.K[0].A.RowSpan == 2


def test_the_properties_are_the_reports(form: StatutoryForm) -> None:
    with pikepdf.open(BytesIO(render_pdf(report(form), fonts()))) as pdf:
        assert pdf.Root.Lang == "zh-CN"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert set(pdf.docinfo) == {
            "/Title", "/Author", "/Subject", "/Creator", "/Producer", "/CreationDate", "/ModDate"
        }  # fmt: skip
        with pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == pdf.docinfo["/Title"] == "呼伦贝尔市2020年政府信息公开工作年度报告"
            assert xmp.pdfa_status == "2A"


def test_attached_figures_are_found_and_the_file_is_valid_part_3(form: StatutoryForm) -> None:
    values = {address: Decimal(number) for number, address in enumerate(form.cells)}
    files = figure_files(form, values, "某某市", 2020)
    content = render_pdf(replace(report(form), attachments=files), fonts())
    for profile in ("3a", "ua1"):
        assert page.validate_pdf_bytes(content, profile=profile).failures == []
    assert not page.is_pdf_compliant_bytes(content, profile="2a")
    with pypdfium2.PdfDocument(content) as pdf:
        found = [pdf.get_attachment(number) for number in range(pdf.count_attachments())]
        assert {one.get_name(): bytes(one.get_data()) for one in found} == {
            file.name: file.content for file in files
        }


def test_the_moment_of_printing_leaves_no_trace(form: StatutoryForm, monkeypatch: pytest.MonkeyPatch) -> None:
    first = render_pdf(report(form), fonts())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert render_pdf(report(form), fonts()) == first
