"""A whole year under the 2021 edition, as an office lives it: init, blank, clerks fill by label, check, build."""

import json
from decimal import Decimal

import openpyxl
import pytest

from kit.desk import make_report
from kit.office import AGENCIES, TODAY
from kit.soffice import saved_anew
from kit.workbook import consistent_values, indicator_values
from pipeline.model.number import plain
from pipeline.workbooks.roster_blank import roster_workbook

AREA = 40
"""How far below and right of a label a clerk looks for its crossing, in cells."""


class Clerk:
    """Fills a blank workbook as a person does: looks for the row's label and the column's, types at the crossing."""

    def __init__(self, path):
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def find(self, sheet, text, *, below=0, right=0):
        """The first cell with this label below and right of a position."""
        for row in self.book[sheet].iter_rows(min_row=below + 1):
            for cell in row:
                if cell.column > right and isinstance(cell.value, str) and cell.value.split() == text.split():
                    return cell
        raise LookupError((sheet, text, below, right))

    def crossing(self, table, cell, across):
        """The cell of a figure: under its column's labels, beside its row's."""
        sheet = table.alias
        if across:
            place = None
            for label in (*cell.row.path, *cell.column.path):
                place = self.find(
                    sheet, label, below=place.row if place else 0, right=place.column - 1 if place else 0
                )
            return self.book[sheet].cell(self.last_header(sheet) + 1, place.column)
        row = self.find(sheet, cell.row.path[-1])
        column = [
            found
            for found in self.columns(sheet, cell.column.path[-1])
            if found.row < row.row and found.column > row.column
        ][-1]
        return self.book[sheet].cell(row.row, column.column)

    def columns(self, sheet, text):
        """Every cell with this label, top to bottom."""
        return [
            cell
            for row in self.book[sheet].iter_rows()
            for cell in row
            if isinstance(cell.value, str) and cell.value == text
        ]

    def last_header(self, sheet):
        """The row of the innermost labels of a table that lies across."""
        return max(cell.row for cell in self.columns(sheet, "总计"))

    def fill(self, form, values, indicators, figures):
        """Type every input, leaving totals to their formulas."""
        for table in form.tables:
            for block in table.blocks:
                for cell in (cell for row in block.cells for cell in row if cell.address in form.inputs):
                    self.crossing(table, cell, block.across).value = values[cell.address]
        for indicator in indicators:
            if indicator.id in figures and not indicator.parts:
                label = self.find("补充指标", indicator.label)
                self.book["补充指标"].cell(label.row, label.column + 2).value = figures[indicator.id]
        self.book.save(self.path)


def figures_of(form, number):
    """One agency's consistent figures; the fee has decimals, as real ones do."""
    return {**consistent_values(form, first=number), "proactive.fees.amount": Decimal("18.8710") * number}


def filled_workspace(root, form, indicators):
    """init, roster, blanks, and every blank filled by label; the workspace's year folder."""
    assert make_report("init", root, "-y", "2021", "--organ", "某某市").code == 0
    inputs = root / "inputs" / "2021"
    (inputs / "roster.xlsx").write_bytes(roster_workbook(AGENCIES, TODAY))
    settings = (inputs / "report.toml").read_text(encoding="utf-8")
    (inputs / "report.toml").write_text(
        settings.replace("regulations_by = []", 'regulations_by = ["01", "02", "03"]'), encoding="utf-8"
    )
    assert make_report("blank", "-w", root).code == 0
    for number, blank in enumerate(sorted((root / "outputs" / "2021" / "空白表").iterdir()), 1):
        arrived = inputs / "submissions" / blank.name
        arrived.write_bytes(blank.read_bytes())
        typed = {
            address: float(value) if form.cells[address].kind == "wan" else int(value)
            for address, value in figures_of(form, number).items()
        }
        Clerk(arrived).fill(form, typed, indicators, indicator_values(indicators))
    return inputs


def proved(root, form):
    """Check and build, and hold run.json against the figures typed."""
    checked = make_report("check", "-w", root)
    assert checked.code == 0, checked.out
    assert make_report("-w", root).code == 0
    run = json.loads((root / "outputs" / "2021" / "run.json").read_text(encoding="utf-8"))
    sums = {
        address: plain(sum(figures_of(form, number)[address] for number in (1, 2, 3)).normalize() + 0)
        for address in form.cells
    }
    assert {
        address: plain(Decimal(value).normalize() + 0) for address, value in run["figures"].items()
    } == sums
    assert len(run["figures"]) == 200
    verified = run["verified"]
    assert (
        verified["docx"]
        == verified["pdf"]
        == verified["cells"]
        == sum(len(t.grid.cells) for t in form.tables)
    )


def test_a_year_of_the_2021_edition_from_blank_to_report(tmp_path, forms, indicators):
    filled_workspace(tmp_path, forms["2021"], indicators)
    proved(tmp_path, forms["2021"])


@pytest.mark.office
@pytest.mark.parametrize("extension", ["xls", "ods", "xlsx"])
def test_the_same_saved_by_libreoffice(tmp_path, forms, indicators, extension):
    inputs = filled_workspace(tmp_path, forms["2021"], indicators)
    submitted = {path.name: path.read_bytes() for path in (inputs / "submissions").iterdir()}
    for path in (inputs / "submissions").iterdir():
        path.unlink()
    for name, content in saved_anew(tmp_path / "office", submitted, extension).items():
        (inputs / "submissions" / name).with_suffix(f".{extension}").write_bytes(content)
    proved(tmp_path, forms["2021"])


def test_a_clerk_who_forgets_a_cell_is_told_which(tmp_path, forms, indicators):
    inputs = filled_workspace(tmp_path, forms["2021"], indicators)
    clerk = Clerk(sorted((inputs / "submissions").iterdir())[0])
    table = forms["2021"].tables[1]
    forgotten = clerk.crossing(table, forms["2021"].cells["requests.partial.business"], across=False)
    forgotten.value = None
    clerk.book.save(clerk.path)
    said = make_report("check", "-w", tmp_path)
    assert said.code == 1
    assert f"[{table.alias}]{forgotten.coordinate}：" in said.out
    assert "空着没填" in said.out
