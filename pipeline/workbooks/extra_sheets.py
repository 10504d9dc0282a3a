"""补充指标 and 文字材料: the sheets of a workbook that are not statutory tables."""

from pipeline.model.indicator import INDICATORS, Indicator
from pipeline.model.rule import Term
from pipeline.workbooks.areas import Area
from pipeline.workbooks.entries import Entries
from pipeline.workbooks.filling import Filling
from pipeline.workbooks.formulas import COMPLETE, state_line, sum_of
from pipeline.workbooks.layout import Book
from pipeline.workbooks.looks import HEAD, PROSE, REMARK, STUB, TITLE, TOTAL
from pipeline.workbooks.statutory import entitle, say

TEXTS = "文字材料"

_FIRST = 4
_PROSE_HEIGHT = 110.0


def add_indicators(book: Book, filling: Filling) -> None:
    """补充指标: label, unit and number of each indicator that is asked; totals are live."""
    page = book.page(INDICATORS, (52, 12, 28))
    entitle(page, filling, "补充指标（供正文使用）", 3)
    for column, label in enumerate(("指标", "单位", "数量"), start=1):
        page.text(_FIRST - 1, column, label, HEAD)
    places = {one.address: (row, 3, row, 3) for row, one in enumerate(filling.asked, start=_FIRST)}
    entries = Entries(page)
    for one in filling.asked:
        row = places[one.address][0]
        page.height(row, 22)
        page.text(row, 1, one.label, STUB)
        page.text(row, 2, one.unit, HEAD)
        if one.parts:
            page.formula(row, 3, "=" + sum_of(_addends(one, filling), places), TOTAL)
        else:
            entries.add(row, 3, one.kind, filling.values.get(one.address))
    needed = _needed(filling, places)
    if needed:
        kinds = {one.address: one.kind for one in filling.asked}
        line = state_line(needed, kinds, range(0), COMPLETE)
        say(page, _FIRST + len(filling.asked) + 1, line, COMPLETE, 3)
    page.set_up(freeze=f"B{_FIRST}")
    page.protect()


def _addends(total: Indicator, filling: Filling) -> list[Term]:
    return [Term(one.address) for one in filling.asked if one.id in total.parts]


def _needed(filling: Filling, places: dict[str, Area]) -> dict[str, Area]:
    return {one.address: places[one.address] for one in filling.asked if one.required and not one.parts}


def add_texts(book: Book, filling: Filling) -> None:
    """文字材料: what the agency offers for each section of the narrative, by the section's title."""
    page = book.page(TEXTS, (30, 96))
    page.text(1, 1, "文字材料（供汇总单位撰写正文，没有可以不填）", TITLE, columns=2)
    page.height(1, 30)
    page.text(
        2, 1, "一段一行，换行按 Alt+Enter；请只写本年度、本单位的情况，数字要和表里一致。", REMARK, columns=2
    )
    page.text(3, 1, "部分", HEAD)
    page.text(3, 2, "文字", HEAD)
    for number, title in enumerate(filling.form.sections, start=1):
        row = number + 3
        page.text(row, 1, title, STUB)
        page.text(row, 2, filling.texts.get(number, ""), PROSE)
        page.height(row, _PROSE_HEIGHT)
    page.set_up(freeze="B4", landscape=True, pages=0)
    page.protect()
