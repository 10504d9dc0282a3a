"""The same said of many cells is said once, with all of them named."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.alike import alike, cell_ranges
from pipeline.model.place import CellPlace, a1


def blank(catalogue, cell, agency="市教育局", sheet="依申请公开"):
    place = CellPlace("市教育局.xlsx", sheet, cell)
    return catalogue.finding("cell-blank", year=2020, agency=agency, place=place, words="新收·科研机构")


def test_a_column_left_blank_is_one_line(catalogue):
    findings = [blank(catalogue, f"D{row}") for row in range(6, 28)] + [blank(catalogue, "F9")]
    (group,) = alike(findings)
    assert group.cells == "D6:D27、F9"
    assert group.message == "“新收·科研机构”空着没填。同样的共 23 处：D6:D27、F9。"


def test_what_differs_in_its_numbers_its_sheet_or_its_agency_is_not_alike(catalogue):
    findings = [
        blank(catalogue, "D6"),
        blank(catalogue, "D6", agency="市民政局"),
        blank(catalogue, "D6", sheet="复议诉讼"),
        catalogue.finding(
            "row-total",
            year=2020,
            place=CellPlace("a", "b", "J7"),
            found="3",
            expected="2",
            words="",
            detail="",
        ),
        catalogue.finding(
            "row-total",
            year=2020,
            place=CellPlace("a", "b", "J8"),
            found="4",
            expected="2",
            words="",
            detail="",
        ),
    ]
    assert [group.findings for group in alike(findings)] == [(finding,) for finding in findings]
    assert alike(findings)[0].message == findings[0].message


def test_two_sums_wrong_by_the_same_are_two_findings(catalogue):
    def wrong(cell):
        place = CellPlace("a", "b", cell)
        return catalogue.finding(
            "row-total", year=2020, place=place, found="99", expected="3", words=cell, detail=""
        )

    assert len(alike([wrong("D6"), wrong("J6")])) == 2


def test_what_stands_in_no_cell_is_never_grouped(catalogue):
    place = CellPlace("narrative.md", "", "第3段")
    twice = [catalogue.finding("number-missing", year=2020, place=place, found="公开信息  条")] * 2
    assert len(alike(twice)) == 2


def test_many_ranges_are_cut(catalogue):
    (group,) = alike([blank(catalogue, f"D{row}") for row in range(1, 40, 2)])
    assert group.cells == "D1、D3、D5、D7、D9、D11 等"
    assert "同样的共 20 处" in group.message


@given(st.sets(st.tuples(st.integers(1, 60), st.integers(1, 40)), max_size=60))
def test_ranges_cover_the_cells_and_nothing_else(places):
    covered = set()
    for part in cell_ranges([a1(*place) for place in places]):
        top, _, bottom = part.partition(":")
        column = top.rstrip("0123456789")
        first, last = (int((end or top)[len(column) :]) for end in (top, bottom))
        covered |= {f"{column}{row}" for row in range(first, last + 1)}
    assert covered == {a1(*place) for place in places}
