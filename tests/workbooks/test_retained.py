"""An agency's workbook opened to be written on: look and comments stay, whatever reaches out is left behind."""

import io
import warnings

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from kit.opened import opened
from kit.packages import package, parts_of
from pipeline.workbooks.refusal import RefusalError
from pipeline.workbooks.retained import opened_to_write

BOMB = '<!DOCTYPE c [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def theirs(change=lambda book: None):
    """A workbook of theirs: one sheet 表 with a look, a comment, a hidden row; ``change`` does more."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "表"
    page["A1"], page["B2"] = "标签", 12
    page["A1"].fill = PatternFill("solid", "FF00FF00")
    page["B2"].comment = Comment("我们自己的话", "王五")
    page.column_dimensions["A"].width = 33
    page.merge_cells("A5:B5")
    page.protection.sheet = True
    page.row_dimensions[4].hidden = True
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def again(content):
    """The workbook after it was opened to be written on and saved, with its parts."""
    buffer = io.BytesIO()
    opened_to_write(content, ["表"]).save(buffer)
    return openpyxl.load_workbook(io.BytesIO(buffer.getvalue())), parts_of(buffer.getvalue())


def with_part(content, name, change):
    parts = parts_of(content)
    return package(parts | {name: change(parts.get(name, b"").decode()).encode()})


def test_look_widths_merges_comments_and_protection_stay():
    page = again(theirs())[0]["表"]
    assert page["A1"].fill.fgColor.rgb == "FF00FF00"
    assert page.column_dimensions["A"].width == 33
    assert [str(area) for area in page.merged_cells.ranges] == ["A5:B5"]
    assert (page["B2"].comment.text, page["B2"].comment.author) == ("我们自己的话", "王五")
    assert page.protection.sheet
    assert page.row_dimensions[4].hidden


def test_links_names_and_pictures_are_left_behind():
    def reach_out(book):
        page = book.active
        page["A1"].hyperlink = "http://a.example/"
        book.defined_names["外"] = DefinedName("外", attr_text="[1]表!$A$1")
        page.print_area = "A1:B9"

    book, parts = again(theirs(reach_out))
    assert book["表"]["A1"].hyperlink is None
    assert list(book.defined_names) == []
    assert book["表"].print_area == "'表'!$A$1:$B$9"
    assert not any("a.example" in part.decode("utf-8", "replace") for part in parts.values())


@pytest.mark.parametrize("formula", ["cmd|'/c calc'!A0", "[1]表!A1", "某名称"])
def test_validations_and_formats_stay_where_their_formulas_are_harmless(formula):
    def rules(book):
        page = book.active
        for text in ("A1>0", formula):
            check = DataValidation(type="custom", formula1=text)
            check.add("B2")
            page.add_data_validation(check)
            page.conditional_formatting.add("B2", FormulaRule(formula=[text]))

    content = theirs(rules)
    (written,) = [page.data_validations.dataValidation for page in opened(content).worksheets]
    assert [check.formula1 for check in written] == ["A1>0", formula]
    page = again(content)[0]["表"]
    assert [check.formula1 for check in page.data_validations.dataValidation] == ["A1>0"]
    assert [rule.formula for rules in page.conditional_formatting for rule in rules.rules] == [["A1>0"]]


def test_macros_and_parts_nobody_knows_are_left_behind():
    content = package(
        parts_of(theirs()) | {"xl/vbaProject.bin": b"x", "xl/connections.xml": b"<connections/>"}
    )
    assert not any("vba" in name or "connections" in name for name in again(content)[1])


def test_a_drawing_of_theirs_is_left_behind_and_its_relationship_with_it():
    content = with_part(
        theirs(), "xl/worksheets/sheet1.xml", lambda text: text.replace("</worksheet>", '<drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId9"/></worksheet>')
    )  # fmt: skip
    assert "<drawing" not in again(content)[1]["xl/worksheets/sheet1.xml"].decode()


def test_an_entity_bomb_among_the_comments_is_not_unfolded():
    content = with_part(
        theirs(), "xl/comments/comment1.xml", lambda text: BOMB + text.replace("我们自己的话", "&b;")
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            comment = opened_to_write(content, ["表"])["表"]["B2"].comment
        except Exception:  # refusing it is as good
            return
    assert "aaaa" not in (comment.text if comment else "")


def test_what_the_guard_refuses_is_not_opened():
    with pytest.raises(RefusalError):
        opened_to_write(theirs()[:-40], ["表"])


def test_a_workbook_that_would_take_openpyxl_long_is_not_opened(monkeypatch):
    monkeypatch.setattr("pipeline.workbooks.retained.MAX_TAGS", 20)
    book = openpyxl.Workbook()
    book.active["A1"] = 5
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(RefusalError) as refused:
        opened_to_write(buffer.getvalue(), ["Sheet"])
    assert refused.value.code == "workbook-too-large"
