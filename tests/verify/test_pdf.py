"""The PDF read back from its pages: equal when untouched, and different exactly where someone touched it."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from msgspec.structs import replace

from kit.report import PASSAGE, document, fonts, paragraph, printed, report
from pipeline.errors import ExitCode, OperatorError
from pipeline.model.document import Document, Heading, Table
from pipeline.model.form import StatutoryForm
from pipeline.model.rendition import ReadBack
from pipeline.render.pdf import render_pdf
from pipeline.verify.pdf import read_pdf


def reread(made: Document, expected: Document | None = None) -> ReadBack:
    """What is read back from a document's file by the tables of the one it should be."""
    return read_pdf(render_pdf(made, fonts()), (expected or made).grids)


def differences(read: ReadBack, expected: ReadBack) -> list[tuple[str, str]]:
    """Every text that differs, as (found, expected); the shapes must be equal."""
    pairs = list(zip(read.lines, expected.lines, strict=True))
    for found, table in zip(read.tables, expected.tables, strict=True):
        pairs += zip(found, table, strict=True)
    return [(found, wanted) for found, wanted in pairs if found != wanted]


def with_cells(made: Document, *changes: tuple[str, str]) -> Document:
    """The document with the texts at these addresses changed."""
    texts = dict(changes)

    def changed(block: object) -> object:
        if not isinstance(block, Table):
            return block
        cells = [
            cell._replace(text=texts.get(cell.address, cell.text)) if cell.address else cell
            for cell in block.grid.cells
        ]
        return Table(replace(block.grid, cells=tuple(cells)))

    return replace(made, blocks=tuple(map(changed, made.blocks)))


def test_the_whole_report_reads_back_word_for_word(form: StatutoryForm) -> None:
    made = report(form)
    assert reread(made) == printed(made)


def test_a_draft_reads_back_the_same(form: StatutoryForm) -> None:
    made = report(form, draft=True)
    assert reread(made) == printed(made)


@pytest.mark.parametrize("above", range(0, 40, 5))
def test_tables_are_whole_again_wherever_the_page_cut_them(form: StatutoryForm, above: int) -> None:
    tables = [Table(grid) for grid in report(form).grids]
    made = document(*[paragraph("报告。")] * above, *tables)
    assert reread(made) == printed(made)


def test_a_table_over_three_pages_is_whole_again(form: StatutoryForm) -> None:
    grid = report(form).grids[1]
    long = "处理情况说明" * 12
    cells = tuple(
        cell._replace(text=cell.text + long) if cell.text[:1].isdigit() and not cell.address else cell
        for cell in grid.cells
    )
    made = document(Table(replace(grid, cells=cells)))
    content = render_pdf(made, fonts())
    with pikepdf.open(BytesIO(content)) as pdf:
        assert len(pdf.pages) >= 3
    assert read_pdf(content, made.grids) == printed(made)


def test_rare_names_signs_and_hyphens_read_back() -> None:
    text = "经办人王硚、李䶮、钅宏𬭎；A-4 http://www.hulunbuir.gov.cn/a-b-c/d-e-f/g-h-i-j-k-l-m/n-o-p-q-r-s-t/u-v_w。"
    made = document(Heading(1, "一、总体情况"), *[paragraph("某" * indent + text) for indent in range(12)])
    assert reread(made) == printed(made)


def test_a_number_too_long_for_its_column_reads_back(forms: dict[str, StatutoryForm]) -> None:
    made = with_cells(report(forms["2021"]), ("disputes.reconsideration.upheld", "123456789012"))
    assert "123456789012" in reread(made).tables[2]
    assert reread(made) == printed(made)


@pytest.mark.parametrize("text", ["〔缺〕", "12345", "123456789012", "-1234567.8901"])
def test_texts_as_wide_as_their_columns_read_back_cell_by_cell(form: StatutoryForm, text: str) -> None:
    """They stand so close to the rule that a reader might take the first character for the cell before."""
    made = with_cells(report(form), *((address, text) for address in form.cells))
    assert reread(made) == printed(made)


def test_one_changed_digit_is_one_difference(form: StatutoryForm) -> None:
    made = report(form)
    for address, text in [("requests.disclosed.total", "9"), ("disputes.litigation_after.total", "0")]:
        found = reread(with_cells(made, (address, text)), made)
        (difference,) = differences(found, printed(made))
        assert difference[0] == text


def test_two_swapped_figures_are_two_differences(form: StatutoryForm) -> None:
    made = report(form)
    texts = {cell.address: cell.text for cell in made.grids[1].cells}
    one, two = "requests.received.business", "requests.received.research"
    found = reread(with_cells(made, (one, texts[two]), (two, texts[one])), made)
    assert differences(found, printed(made)) == [(texts[two], texts[one]), (texts[one], texts[two])]


def test_a_word_left_out_of_a_passage_is_found_in_that_passage(form: StatutoryForm) -> None:
    made = report(form)
    blocks = list(made.blocks)
    blocks[3] = paragraph(PASSAGE.replace("主动公开", "公开", 1))
    found = reread(replace(made, blocks=tuple(blocks)), made)
    assert differences(found, printed(made)) == [(PASSAGE.replace("主动公开", "公开", 1), PASSAGE)]


def test_a_passage_left_out_is_a_line_fewer(form: StatutoryForm) -> None:
    made = report(form)
    found = reread(replace(made, blocks=made.blocks[1:]), made)
    assert found.lines == (printed(made).lines[0], *printed(made).lines[2:])


Edit = Callable[[pikepdf.Pdf, bytes], bytes]


def edited(content: bytes, page: int, edit: Edit) -> bytes:
    """The file with one page's content stream rewritten, as an editor of PDF files would."""
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.pages[page].contents_coalesce()
        stream = pdf.pages[page].Contents
        changed = edit(pdf, stream.read_bytes())
        assert changed != stream.read_bytes()
        stream.write(changed)
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def text_operand(text: str, face: str) -> bytes:
    """How the text stands in a content stream: glyph numbers, two bytes each, in hexadecimal."""
    glyphs = map(fonts().faces[face].glyph, text)
    return b"".join(glyph.to_bytes(2, "big") for glyph in glyphs).hex().encode()


def only_table(form: StatutoryForm) -> Document:
    """One page with the table of disputes and a passage."""
    return document(Table(report(form).grids[2]), paragraph("本年度没有收取信息处理费。"))


def test_a_digit_changed_in_the_file_itself_is_found(form: StatutoryForm) -> None:
    made = only_table(form)
    figure = next(cell.text for cell in made.grids[0].cells if cell.address)
    old, new = (text_operand(text, "ReportSong-Regular") for text in (figure, "299"))
    content = edited(render_pdf(made, fonts()), 0, lambda _, stream: stream.replace(old, new, 1))
    assert differences(read_pdf(content, made.grids), printed(made)) == [("299", figure)]


def test_a_word_deleted_in_the_file_itself_is_found(form: StatutoryForm) -> None:
    made = only_table(form)
    word = text_operand("没有", "ReportFang-Regular")
    content = edited(render_pdf(made, fonts()), 0, lambda _, stream: stream.replace(word, b"", 1))
    assert differences(read_pdf(content, made.grids), printed(made)) == [
        ("本年度收取信息处理费。", "本年度没有收取信息处理费。")
    ]


def test_a_second_figure_printed_over_the_first_is_found(form: StatutoryForm) -> None:
    made = only_table(form)
    figure = next(cell.text for cell in made.grids[0].cells if cell.address)
    old, new = (b"<" + text_operand(text, "ReportSong-Regular") + b"> Tj" for text in (figure, "299"))
    content = edited(
        render_pdf(made, fonts()), 0, lambda _, stream: stream.replace(old, old + b" 0 0 Td " + new, 1)
    )
    ((found, wanted),) = differences(read_pdf(content, made.grids), printed(made))
    assert wanted == figure
    assert set(found) == set(figure) | set("299")


def test_a_wrong_page_number_is_a_line_of_its_own(form: StatutoryForm) -> None:
    made = only_table(form)
    one, two = (text_operand(f"— {number} —", "ReportSong-Regular") for number in "12")
    content = edited(render_pdf(made, fonts()), 0, lambda _, stream: stream.replace(one, two))
    assert read_pdf(content, made.grids).lines == (*printed(made).lines, "—2—")


def test_a_repeated_label_that_says_something_else_is_found_at_its_cell(
    forms: dict[str, StatutoryForm],
) -> None:
    made = document(*[paragraph("报告。")] * 10, Table(report(forms["2021"]).grids[1]))
    content = render_pdf(made, fonts())
    (label,) = (cell.text for cell in made.grids[0].cells if cell.text.startswith("三、"))
    old, new = (text_operand(text, "ReportSong-Regular") for text in ("三、", "四、"))
    changed = edited(content, 1, lambda _, stream: stream.replace(old, new, 1))
    assert differences(read_pdf(changed, made.grids), printed(made)) == [
        (label + label.replace("三", "四"), label)
    ]


def test_a_table_left_out_reads_as_empty_cells(form: StatutoryForm) -> None:
    made = report(form)
    found = reread(replace(made, blocks=made.blocks[:-8]), made)
    assert len(found.tables) == 3
    assert found != printed(made)


def test_a_table_too_many_is_one_more(form: StatutoryForm) -> None:
    made = report(form)
    found = reread(replace(made, blocks=(*made.blocks, Table(made.grids[2]))), made)
    assert found.tables == (*printed(made).tables, printed(made).tables[2])


@pytest.mark.parametrize("content", [b"", b"not a PDF", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(OperatorError, match="PDF") as caught:
        read_pdf(content, [])
    assert caught.value.code is ExitCode.INPUT


def test_an_annotation_over_a_figure_and_a_cut_page_are_lines_of_their_own(form: StatutoryForm) -> None:
    made = report(form)
    with pikepdf.open(BytesIO(render_pdf(made, fonts()))) as file:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[90, 90, 120, 110], Contents="999"
        )
        file.pages[0].Annots = file.make_indirect(pikepdf.Array([note]))
        file.pages[1].CropBox = [0, 0, 300, 300]
        changed = BytesIO()
        file.save(changed)
    found = read_pdf(changed.getvalue(), made.grids)
    assert found.lines == (*printed(made).lines, "（第1页有1处批注）", "（第2页不是整张A4纸）")
    assert found.tables == printed(made).tables
