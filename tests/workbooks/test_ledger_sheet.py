"""One sheet of the ledger: agencies, live sums, the program's sums and their difference."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from kit.opened import opened
from pipeline.model.number import NumberKind
from pipeline.workbooks.layout import Book
from pipeline.workbooks.ledger_columns import LedgerColumn
from pipeline.workbooks.ledger_sheet import LedgerGroup, LedgerSheet, leading, width
from pipeline.workbooks.rows import Line, written

COLUMNS = [
    LedgerColumn("t.r.a", NumberKind.COUNT, ("外", "行", "甲")),
    LedgerColumn("t.r.b", NumberKind.YUAN, ("外", "行", "乙")),
    LedgerColumn("t.r.c", NumberKind.DECIMAL, ("外", "比", "丙"), summed=False, over=("t.r.a", "t.r.b")),
    LedgerColumn("t.r.d", NumberKind.DECIMAL, ("外", "率", "丁"), summed=False),
]


def line(code: str, group: str, values: dict[str, int]) -> Line:
    texts, height = leading(code, f"{code}局", group, f"{code}.xlsx")
    figures = (str(values.get(one.address, "")) for one in COLUMNS)
    return Line(texts, height, tuple(map(written, figures)))


def two_groups() -> list[LedgerGroup]:
    return [
        LedgerGroup("旗市区", [line("1", "旗市区", {"t.r.a": 2, "t.r.b": 5})], figures(2, 5)),
        LedgerGroup(
            "市直", [line("2", "市直", {"t.r.a": 1}), line("3", "市直", {"t.r.a": 4})], figures(5, 0)
        ),
    ]


def sheet(
    groups: Sequence[LedgerGroup] | None = None, total: Mapping[str, Decimal] | None = None
) -> Worksheet:
    book = Book()
    page = book.page("表", [10] * 4 + [width(column) for column in COLUMNS])
    LedgerSheet(page, COLUMNS).write("甲&乙", "注", groups or two_groups(), total or figures(7, 5))
    return opened(book.saved("", datetime.date(2021, 3, 1))).worksheets[0]


def figures(one: int, other: int) -> dict[str, Decimal]:
    return {"t.r.a": Decimal(one), "t.r.b": Decimal(other)}


def test_every_line_is_in_its_place() -> None:
    names = [(line[0].value or line[1].value) for line in sheet().iter_rows(min_row=6)]
    assert names == [
        "地址",
        "1",
        "旗市区小计（公式）",
        "旗市区小计（程序）",
        "相差",
        "2",
        "3",
        "市直小计（公式）",
        "市直小计（程序）",
        "相差",
        "合计（公式）",
        "合计（程序）",
        "相差",
    ]


def test_a_group_of_nobody_keeps_its_sums() -> None:
    found = sheet([LedgerGroup("市直", [], {}), *two_groups()[:1]])
    assert [found.cell(row, 2).value for row in (7, 8)] == ["市直小计（公式）", "市直小计（程序）"]


def test_an_agency_s_texts_stay_texts_and_its_figures_look_as_their_kind() -> None:
    """In a column that a person edits a name of =1+1 would else become a formula."""
    found = sheet()
    for row in (11, 12):
        assert {found.cell(row, column).number_format for column in (1, 2, 3, 4)} == {"@"}
        assert [found.cell(row, column).number_format for column in (5, 6)] == ["0", "#,##0.00"]
        assert not found.cell(row, 5).font.bold


def test_live_sums_stand_beside_the_programs_own() -> None:
    found = sheet()
    assert [found[name].value for name in ("E8", "E9", "E13", "E14", "E16", "E17")] == [
        "=SUM(E7)",
        2,
        "=SUM(E11:E12)",
        5,
        "=SUM(E7,E11:E12)",
        7,
    ]
    assert found["E18"].value == '=IF(OR(E16="",E17=""),"",ROUND(E16-E17,6))'


def test_a_nation_of_groups_is_summed_in_a_way_that_excel_opens() -> None:
    """A SUM of 256 arguments makes Excel say that the file is damaged and take the formula out."""
    for count, expected in (
        (255, f"=SUM({','.join(f'E{7 + 4 * n}' for n in range(255))})"),
        (256, '=SUMIF(A7:A1027,"?*",E7:E1027)'),
    ):
        groups = [
            LedgerGroup(f"第{n}组", [line(str(n), f"第{n}组", {"t.r.a": n})], figures(n, 0))
            for n in range(1, count + 1)
        ]
        found = sheet(groups, figures(sum(range(count + 1)), 0))
        assert found.cell(7 + 4 * count, 5).value == expected
        assert found.cell(8 + 4 * count, 5).value == sum(range(count + 1))


def test_a_ratio_is_worked_out_from_sums_and_what_has_no_sum_stays_empty() -> None:
    found = sheet()
    assert found["G16"].value == '=IF(F16=0,"",ROUND(E16/F16*100,2))'
    assert [found[f"H{line}"].value for line in (16, 17, 18)] == [None, None, None]


def test_what_an_agency_did_not_give_is_empty_and_not_0() -> None:
    assert sheet()["F11"].value is None


def test_headers_merge_over_their_columns_and_stay_in_sight() -> None:
    found = sheet()
    merges = {str(area) for area in found.merged_cells.ranges}
    assert {"E3:H3", "E4:F4", "A3:A5"} <= merges
    assert [cell.value for cell in found[6][4:]] == ["t.r.a", "t.r.b", "t.r.c", "t.r.d"]
    assert found.oddHeader.center.text == "甲&&乙", "the header's own marks are kept apart"
    assert found.freeze_panes == "E7"
    assert (found.print_title_rows, found.print_title_cols) == ("$3:$6", "$A:$B")
