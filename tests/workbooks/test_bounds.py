"""Each sheet may be within bounds and all of them together, or the texts they share, still be too much."""

import pytest

from kit.packages import sheet_part
from pipeline.model.place import a1
from pipeline.workbooks.bounds import LEDGER, MAX_FILLED, MAX_TEXT, within_bounds
from pipeline.workbooks.refusal import RefusalError

ROW = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'


def kept(*sheets, texts=b"<sst/>"):
    parts = {f"sheet{number}": sheet for number, sheet in enumerate(sheets)}
    return within_bounds({**parts, "xl/sharedStrings.xml": texts}, lambda name: name.startswith("sheet"))


def refusal(*sheets, texts=b"<sst/>"):
    with pytest.raises(RefusalError) as refused:
        kept(*sheets, texts=texts)
    return refused.value.code, refused.value.found


def test_ordinary_sheets_are_left_as_they_are():
    part = sheet_part(ROW.format(5))
    assert kept(part, part)["sheet1"] == part


def test_ghosts_far_away_are_left_out():
    part = sheet_part(ROW.format(5) + '<row r="1048576"><c r="XFD1048576" s="1"/></row>')
    assert b"1048576" not in kept(part)["sheet0"]


def test_ghosts_whose_place_depends_on_those_before_are_not_touched():
    part = sheet_part('<row r="1048576"><c/><c><v>5</v></c></row>')
    assert refusal(part)[0] == "workbook-too-large"


def test_one_cell_written_twice_is_damage():
    assert refusal(sheet_part(ROW.format(5) * 2)) == (
        "workbook-damaged",
        "同一格的内容写了两次，分不清以哪个为准",
    )


def test_blocks_of_all_sheets_are_added_up():
    wide = sheet_part('<row r="20000"><c r="CV20000"><v>1</v></c></row>')
    assert kept(wide)
    assert refusal(wide, wide, wide)[0] == "workbook-too-large"


@pytest.mark.parametrize("spelling", ['t="s"', "t = 's'"])
def test_a_long_text_that_many_cells_share_is_counted_for_each(spelling):
    cells = "".join(f'<c r="A{number}" {spelling}><v>1</v></c>' for number in range(1, 101))
    texts = b"<sst><si><t>a</t></si><si><t>" + b"x" * (MAX_TEXT // 90) + b"</t></si></sst>"
    code, found = refusal(sheet_part(f'<row r="1">{cells}</row>'), texts=texts)
    assert (code, "重复展开" in found) == ("workbook-too-large", True)
    few = sheet_part(f'<row r="1">{cells.replace("<v>1</v>", "<v>0</v>")}</row>')
    assert kept(few, texts=texts)


def test_more_filled_cells_than_any_of_our_workbooks_has_are_too_much_together():
    rows = "".join(ROW.format(number) for number in range(1, MAX_FILLED // 10 + 1))
    part = sheet_part(rows)
    assert kept(*[part] * 10)["sheet9"] == part
    assert refusal(*[part] * 10, sheet_part(ROW.format(1))) == ("workbook-too-large", "填了 10 万格")


def test_a_file_of_a_ledger_may_hold_more_than_a_submission():
    rows = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{a1(row, column)}"><v>1</v></c>' for column in range(1, 251))
        + "</row>"
        for row in range(1, 420)
    )
    part = {"xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()}
    with pytest.raises(RefusalError) as refused:
        within_bounds(part, lambda name: "sheets/" in name)
    assert refused.value.found == "填了 10 万格"
    assert within_bounds(part, lambda name: "sheets/" in name, bounds=LEDGER) == part
    assert LEDGER.filled < 4 * MAX_FILLED
