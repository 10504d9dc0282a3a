"""A workbook's sheets as plain values, whichever way the file was written."""

import datetime
import io

import openpyxl
import pytest

from kit.packages import open_document, small_workbook
from pipeline.workbooks import sheet as sheet_module
from pipeline.workbooks.refusal import RefusalError
from pipeline.workbooks.sheet import Sheet, open_workbook


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_cells_stand_where_the_clerk_sees_them():
    content = small_workbook(
        C5=5, D6=" 12件 ", E7=datetime.date(2020, 5, 1), A9=True, B9="  ", B10="=1+1", C10="#REF!"
    )
    (found,) = open_workbook(content).sheets
    assert dict(found.cells) == {
        (5, 3): 5.0, (6, 4): " 12件 ", (7, 5): datetime.date(2020, 5, 1), (9, 1): True, (10, 3): "#REF!",
    }  # fmt: skip
    assert found.uncached == {(10, 2)}
    assert found.texts == {(6, 4): " 12件 ", (10, 3): "#REF!"}
    assert found.rows[10] == (3,)


def test_merged_areas_and_hidden_sheets_are_known():
    book = openpyxl.Workbook()
    book.active["B2"] = "表头"
    book.active.merge_cells("B2:D3")
    book.create_sheet("藏").sheet_state = "veryHidden"
    seen, unseen = open_workbook(saved(book)).sheets
    assert (seen.visible, unseen.visible, unseen.cells) == (True, False, {})
    assert (seen.last((2, 2)), seen.last((9, 9))) == ((3, 4), (9, 9))


def test_charts_are_no_sheets():
    book = openpyxl.Workbook()
    book.create_chartsheet("图")
    assert [sheet.name for sheet in open_workbook(saved(book)).sheets] == ["Sheet"]


def test_an_open_document_is_read_under_any_name():
    rows = (
        "<table:table-row>"
        '<table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell>'
        '<table:table-cell calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>'
        "</table:table-row>"
    )
    (found,) = open_workbook(open_document(rows)).sheets
    assert (found.name, dict(found.cells)) == ("表", {(1, 1): 5.0, (1, 2): "#REF!"})


def test_a_panic_in_the_reader_costs_this_file_only(monkeypatch):
    class PanicException(BaseException):
        pass

    def panic(_):
        raise PanicException

    monkeypatch.setattr(sheet_module.python_calamine, "load_workbook", panic)
    with pytest.raises(RefusalError) as refused:
        open_workbook(small_workbook(A1=1))
    assert refused.value.code == "workbook-unreadable"


def test_an_interrupt_is_not_taken_for_a_bad_file(monkeypatch):
    def stop(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(sheet_module.python_calamine, "load_workbook", stop)
    with pytest.raises(KeyboardInterrupt):
        open_workbook(small_workbook(A1=1))


def test_a_sheet_by_hand_for_other_tests():
    assert Sheet("表", visible=True, cells={(1, 2): "甲", (1, 1): 3}).rows == {1: (1, 2)}
