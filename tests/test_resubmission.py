"""What an agency changed between two versions of its workbook."""

import pytest
from msgspec.structs import replace

from kit.office import AGENCIES, TEXTS
from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import load_inputs
from pipeline.resubmission import compare_workbooks
from pipeline.telling import rework_lines
from pipeline.workspace import Workspace

BUREAU = AGENCIES[1]
BUSINESS, TOTAL = "requests.received.business", "requests.received.total"


@pytest.fixture
def asked(office, templates):
    return load_inputs(Workspace.at(office.root, None), templates).asked


def version(office, name, *arguments, **odd):
    path = office.root / name
    path.write_bytes(office.laid(BUREAU, *arguments, **odd).content())
    return path


def test_a_cell_says_what_stood_there_and_where(office, asked):
    number = office.values(BUREAU)[BUSINESS]
    old = version(office, "旧.xlsx")
    new = version(office, "新.xlsx", {BUSINESS: "若干"})
    found = compare_workbooks(old, new, asked)
    (cell,) = [one for one in found.cells if one.address == BUSINESS]
    assert (cell.before.value, cell.after.raw, cell.after.value) == (number, "若干", None)
    assert cell.words == "依申请公开.新收.商业企业"
    assert cell.entry()["after"]["cell"] == cell.after.place.a1
    assert {one.address for one in found.cells} == {BUSINESS}
    assert [one.code for one in found.appeared] == ["cell-not-a-number"]
    assert [one.code for one in compare_workbooks(new, old, asked).vanished] == ["cell-not-a-number"]


def test_the_same_number_written_otherwise_and_moved_is_no_change(office, asked):
    number = office.values(BUREAU)[BUSINESS]
    old = version(office, "旧.xlsx")
    new = version(office, "新.xlsx", {BUSINESS: f"{number}件"})
    assert compare_workbooks(old, new, asked).cells == ()


def test_a_text_and_a_cover_say_which_lines_changed(office, asked):
    old = version(office, "旧.xlsx")
    cover = {
        "单位名称": BUREAU.name,
        "单位编码": BUREAU.code,
        "年度": office.year,
        "版本": "2019",
        "报送次数": 2,
    }
    new = version(office, "新.xlsx", texts={**TEXTS, 1: "（一）主动公开\n主动公开各类信息。"}, cover=cover)
    told = {one.name: (one.gone, one.fresh) for one in compare_workbooks(old, new, asked).texts}
    assert told == {
        "封面·报送次数": (("1",), ("2",)),
        f"文字材料·{office.form.sections[0]}": (("按时公开各类信息。",), ("主动公开各类信息。",)),
    }


def test_workbooks_of_two_forms_are_compared_by_name(office, asked, forms):
    old = version(office, "旧.xlsx")
    new = office.root / "新.xlsx"
    new.write_bytes(replace(office, form=forms["2021"], year=2021).laid(BUREAU).content())
    found = compare_workbooks(old, new, asked)
    first, second = set(forms["2019"].cells), set(forms["2021"].cells)
    assert set(found.gone) == first - second
    assert set(found.fresh) == second - first
    assert "proactive." not in "\n".join(rework_lines(found, everything=True))
    assert not {one.address for one in found.cells} & (first ^ second)
    assert found.entry()["addresses"]["gone"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", None])
def test_what_is_no_workbook_is_refused_with_the_reason(office, asked, content):
    old, new = version(office, "旧.xlsx"), office.root / "新.xlsx"
    if content is not None:
        new.write_bytes(content)
    with pytest.raises(OperatorError, match="新.xlsx") as refused:
        compare_workbooks(old, new, asked)
    assert refused.value.code is ExitCode.INPUT


def test_two_agencies_are_not_held_for_one(office, asked):
    books = [office.submissions / f"{agency.name}.xlsx" for agency in AGENCIES[:2]]
    lines = list(rework_lines(compare_workbooks(*books, asked), everything=False))
    assert lines[2] == "注意：封面的单位名称不一样：市政府办公室、市教育局。"
    same = list(rework_lines(compare_workbooks(books[0], books[0], asked), everything=False))
    assert "注意" not in "".join(same)
