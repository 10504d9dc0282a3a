"""A statutory table as a sheet: labels and merges of the law, input cells, live totals and check lines."""

from collections.abc import Sequence

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle

from pipeline.model.form import FormTable
from pipeline.model.grid import CellRole, Grid, GridCell
from pipeline.model.place import a1
from pipeline.workbooks.areas import Area
from pipeline.workbooks.entries import Entries
from pipeline.workbooks.filling import Filling
from pipeline.workbooks.formulas import BALANCED, breach_line, live_identities, state_line, sum_of
from pipeline.workbooks.layout import Book, Page
from pipeline.workbooks.looks import BAND, CHECK, HEAD, REMARK, STUB, TITLE, TOTAL

TOP = 3
"""The row a table starts in, under its title and the line that says whose it is."""

_LOOKS = {
    CellRole.BAND: BAND,
    CellRole.CORNER: HEAD,
    CellRole.HEAD: HEAD,
    CellRole.STUB: STUB,
    CellRole.VOID: HEAD,
}
_NARROW, _WIDE, _MANY = 92, 152, 8
"""Characters a table takes, and from how many columns on it is a wide one."""
_LEAST_WIDTH = 0.6
_ROW_HEIGHT = 21.0
_GREEN = DifferentialStyle(font=Font(color="00803C"))


def add_table(book: Book, filling: Filling, table: FormTable) -> None:
    """The sheet of one statutory table."""
    grid = table.grid
    wide = grid.columns >= _MANY
    page = book.page(table.alias, _widths(grid, _WIDE if wide else _NARROW))
    entitle(page, filling, grid.caption, grid.columns)
    for row in range(TOP, TOP + grid.rows):
        page.height(row, _ROW_HEIGHT)
    places = _fill(page, filling, grid)
    _check(page, filling, table, places)
    first = min(cell.column for cell in grid.cells if cell.role is CellRole.FIGURE)
    page.set_up(freeze=a1(TOP + grid.head, first + 1), landscape=wide)
    page.protect()


def entitle(page: Page, filling: Filling, title: str, columns: int) -> None:
    """A sheet's first two rows: its title, and whose and which year's it is."""
    page.text(1, 1, title, TITLE, columns=columns)
    page.height(1, 30)
    agency = filling.agency
    page.text(
        2, 1, f"填报单位：{agency.name}（{agency.code}）　　年度：{filling.year}", REMARK, columns=columns
    )


def _widths(grid: Grid, characters: float) -> Sequence[float]:
    whole = sum(grid.widths)
    return [max(_LEAST_WIDTH, characters * width / whole) for width in grid.widths]


def _area(cell: GridCell) -> Area:
    row, column = TOP + cell.row, 1 + cell.column
    return row, column, row + cell.rows - 1, column + cell.columns - 1


def _fill(page: Page, filling: Filling, grid: Grid) -> dict[str, Area]:
    """Write the grid's cells; where each figure stands."""
    places = {cell.address: _area(cell) for cell in grid.cells if cell.address is not None}
    entries = Entries(page)
    for cell in grid.cells:
        row, column, _, _ = _area(cell)
        if cell.address is None:
            page.text(row, column, cell.text, _LOOKS[cell.role], rows=cell.rows, columns=cell.columns)
        elif (total := filling.form.computed.get(cell.address)) is not None:
            page.formula(row, column, "=" + sum_of(total.right, places), TOTAL, columns=cell.columns)
        else:
            kind = filling.form.cells[cell.address].kind
            entries.add(row, column, kind, filling.values.get(cell.address), columns=cell.columns)
    return places


def _check(page: Page, filling: Filling, table: FormTable, places: dict[str, Area]) -> None:
    """Under the table: a line that says how far it is, and one for each identity that can break."""
    form = filling.form
    identities = live_identities(form, table)
    state = TOP + table.grid.rows + 1
    breaches = range(state + 1, state + 1 + len(identities))
    inputs = {address: places[address] for address in form.inputs if address in places}
    kinds = {address: form.cells[address].kind for address in inputs}
    say(page, state, state_line(inputs, kinds, breaches, BALANCED), BALANCED, table.grid.columns)
    for row, identity in zip(breaches, identities, strict=True):
        page.formula(row, 1, breach_line(form, identity, places), CHECK, columns=table.grid.columns)
        page.height(row, 16)


def say(page: Page, row: int, formula: str, done: str, columns: int) -> None:
    """A line that says how far the sheet is: red, and green once it says ``done``."""
    page.formula(row, 1, formula, CHECK, columns=columns)
    page.height(row, 20)
    name = a1(row, 1)
    page.sheet.conditional_formatting.add(
        name, Rule(type="expression", formula=[f'${name[0]}${name[1:]}="{done}"'], dxf=_GREEN)
    )
