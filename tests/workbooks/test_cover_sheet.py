"""封面 says whose workbook it is in a way a reader finds: the label in A, what it says in B."""

import datetime

from openpyxl import Workbook

from kit.opened import opened, texts
from pipeline.model.form import StatutoryForm
from pipeline.model.roster import Agency
from pipeline.model.submission import Cover
from pipeline.workbooks.cover_sheet import add_cover, add_hidden
from pipeline.workbooks.filling import Filling
from pipeline.workbooks.layout import Book


def book(form: StatutoryForm, cover: Cover) -> Workbook:
    filling = Filling(Agency("007", "市教育局", "市直机关"), 2020, form, (), {}, {}, cover)
    made = Book()
    add_cover(made, filling)
    add_hidden(made, filling)
    return opened(made.saved("", datetime.date(2021, 1, 4)))


def facts(workbook: Workbook, sheet: str) -> dict[str, object]:
    return {str(row[0]): row[1] for row in workbook[sheet].iter_rows(max_col=2, values_only=True) if row[0]}


def test_what_is_known_is_filled_in_and_what_is_not_is_open(form: StatutoryForm) -> None:
    workbook = book(form, Cover())
    found = facts(workbook, "封面")
    assert (found["单位名称"], found["单位编码"], found["年度"]) == ("市教育局", "007", "2020")
    assert (found["版本"], found["报送次数"]) == (form.edition, 1)
    locked = {
        row[0].value: row[1].protection.locked for row in workbook["封面"].iter_rows(min_row=3, max_row=10)
    }
    assert [label for label, shut in locked.items() if not shut] == ["报送次数", "填报人", "审核人", "电话"]


def test_a_signed_cover_keeps_its_names(form: StatutoryForm) -> None:
    found = facts(book(form, Cover(version=3, filled_by="甲", reviewed_by="乙", phone="0470-1")), "封面")
    assert (found["报送次数"], found["填报人"], found["审核人"], found["电话"]) == (3, "甲", "乙", "0470-1")


def test_the_notes_say_how_to_fill_it_in(form: StatutoryForm) -> None:
    notes = "".join(facts(book(form, Cover()), "封面"))
    for word in ("浅黄色", "没有发生的填 0", "报送次数", "上年结转"):
        assert word in notes


def test_the_hidden_sheet_says_the_same_to_a_program(form: StatutoryForm) -> None:
    workbook = book(form, Cover())
    assert facts(workbook, "_make_report") == {
        "edition": form.edition,
        "year": "2020",
        "code": "007",
        "name": "市教育局",
    }
    assert workbook["_make_report"].sheet_state == "veryHidden"


def test_the_notes_speak_of_what_the_edition_asks_for(forms):
    notes = {edition: "".join(texts(book(form, Cover())["封面"])) for edition, form in forms.items()}
    assert "采购金额写明单位" in notes["2019"]
    assert "增减数" in notes["2019"]
    assert "采购金额" not in notes["2021"]
    assert "以万元为单位" in notes["2021"]
