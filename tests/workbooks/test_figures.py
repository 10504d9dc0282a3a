"""From places to figures: values, findings, totals recomputed."""

from decimal import Decimal

from pipeline.model.number import NumberKind
from pipeline.model.rule import Term
from pipeline.workbooks.figures import Slot, Slots, contents, read_figures
from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.source import Source

SHEET = Sheet(
    "表", visible=True, cells={(1, 1): "１２", (1, 2): 3.0, (1, 4): "约30"}, uncached=frozenset({(1, 5)})
)


def slot(address, column, **changes):
    given = {
        "words": f"第{column}格",
        "kind": NumberKind.COUNT,
        "unit": "",
        "sheet": SHEET,
        "place": (1, column),
    }
    return Slot(address=address, **(given | changes))


def read(catalogue, *slots, **totals):
    terms = {address: tuple(map(Term, parts)) for address, parts in totals.items()}
    cells, findings = read_figures(Slots(slots), contents(slots), terms, Source("甲.xlsx", 2020, catalogue))
    return cells, [(one.code, one.cell, one.address) for one in findings]


def test_a_number_is_kept_with_what_was_typed(catalogue):
    cells, findings = read(catalogue, slot("a", 1), slot("b", 2))
    assert findings == []
    assert (cells["a"].value, cells["a"].raw, cells["a"].reading) == (12, "１２", "全角数字")
    assert str(cells["b"].place) == "甲.xlsx [表]B1"


def test_each_doubt_is_a_finding_at_its_cell(catalogue):
    cells, findings = read(catalogue, slot("a", 3), slot("b", 4), slot("c", 5))
    assert findings == [
        ("cell-blank", "C1", "a"),
        ("cell-not-a-number", "D1", "b"),
        ("cell-formula-without-value", "E1", "c"),
    ]
    assert {cell.value for cell in cells.values()} == {None}


def test_a_long_text_is_quoted_in_part_and_kept_whole(catalogue):
    sheet = Sheet("表", visible=True, cells={(1, 1): "情况说明" * 1000})
    slots = (slot("a", 1, sheet=sheet),)
    cells, findings = read_figures(Slots(slots), contents(slots), {}, Source("甲.xlsx", 2020, catalogue))
    assert findings[0].found == "情况说明" * 10 + "…"
    assert len(cells["a"].raw) == 4000


def test_what_need_not_be_filled_may_be_blank_but_not_wrong(catalogue):
    _, findings = read(catalogue, slot("a", 3, required=False), slot("b", 4, required=False))
    assert findings == [("cell-not-a-number", "D1", "b")]


def test_what_has_had_its_finding_gets_no_second_one(catalogue):
    cells, findings = read(catalogue, slot("a", 1, trusted=False), slot("b", 1, sheet=None, place=None))
    assert findings == []
    assert (cells["a"].value, cells["a"].raw) == (None, "１２")
    assert (cells["b"].value, cells["b"].place.a1) == (None, "")


def test_totals_of_totals_are_recomputed_in_any_order(catalogue):
    slots = [slot("all", 5, total=True), slot("sub", 3, total=True), slot("a", 1), slot("b", 2)]
    cells, findings = read(catalogue, *slots, all=["sub", "b"], sub=["a", "b"])
    assert findings == []
    assert (cells["sub"].value, cells["all"].value) == (15, 18)
    assert cells["all"].reading == "按公式计算"


def test_a_total_with_a_number_is_the_agencys_own(catalogue):
    cells, _ = read(catalogue, slot("sub", 2, total=True), slot("a", 1), sub=["a"])
    assert (cells["sub"].value, cells["sub"].reading) == (Decimal(3), "")


def test_a_total_of_something_missing_is_missing_without_a_finding(catalogue):
    cells, findings = read(catalogue, slot("sub", 5, total=True), slot("a", 4), sub=["a"])
    assert [code for code, _, _ in findings] == ["cell-not-a-number"]
    assert cells["sub"].value is None
