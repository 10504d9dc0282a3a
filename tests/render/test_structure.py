"""What a screen reader is told: headings level by level, tables by rows, what each header heads."""

from kit.report import document, paragraph, report
from pipeline.model.document import Heading, Table
from pipeline.model.form import StatutoryForm
from pipeline.model.grid import CellRole
from pipeline.render.structure import Element, structure


def types(element: Element) -> list[str]:
    """The types of an element's kids."""
    return [kid.type for kid in element.kids]


def test_the_title_is_the_first_heading_and_sections_the_next_level() -> None:
    made = document(Heading(1, "一、总体情况"), Heading(2, "（一）主动公开"), paragraph("无。"))
    assert types(structure(made)) == ["H1", "H2", "H3", "P"]


def test_headings_never_leave_out_a_level_on_the_way_down() -> None:
    made = document(Heading(1, "一、甲"), Heading(3, "1.乙"), Heading(4, "（1）丙"), Heading(1, "二、丁"))
    assert types(structure(made)) == ["H1", "H2", "H3", "H4", "H2"]


def test_headings_of_one_level_under_one_heading_are_alike() -> None:
    made = document(*(Heading(level, str(level)) for level in (1, 3, 4, 3, 4, 2, 3)))
    assert types(structure(made)) == ["H1", "H2", "H3", "H4", "H3", "H4", "H3", "H4"]


def test_every_block_is_a_piece_of_its_own_in_the_documents_order() -> None:
    made = document(Heading(1, "一、甲"), paragraph("乙"), paragraph("丙"))
    assert [kid.piece for kid in structure(made).kids] == [(0, 0), (1, 0), (2, 0), (3, 0)]


def test_a_table_has_its_rows_in_head_and_body(form: StatutoryForm) -> None:
    for grid in report(form).grids:
        (_, table) = structure(document(Table(grid))).kids
        assert table.attributes == (("Summary", grid.caption),)
        assert types(table) == (["THead", "TBody"] if grid.head else ["TBody"])
        rows = [row for part in table.kids for row in part.kids]
        assert len(rows) == grid.rows
        assert {row.type for row in rows} == {"TR"}
        if grid.head:
            assert len(table.kids[0].kids) == grid.head


def test_every_cell_stands_in_its_row_with_its_spans_and_what_it_heads(form: StatutoryForm) -> None:
    scopes = {
        CellRole.HEAD: "Column",
        CellRole.BAND: "Column",
        CellRole.CORNER: "Column",
        CellRole.STUB: "Row",
    }
    for grid in report(form).grids:
        (_, table) = structure(document(Table(grid))).kids
        rows = [row for part in table.kids for row in part.kids]
        for number, row in enumerate(rows):
            cells = [grid.cells[kid.piece[1]] for kid in row.kids if kid.piece]
            assert [cell.column for cell in cells] == sorted(
                cell.column for cell in grid.cells if cell.row == number
            )
            for kid, cell in zip(row.kids, cells, strict=True):
                assert kid.type == ("TH" if cell.role in scopes else "TD")
                said = dict(kid.attributes)
                assert said.get("Scope") == scopes.get(cell.role)
                assert said.get("RowSpan", 1) == cell.rows
                assert said.get("ColSpan", 1) == cell.columns
