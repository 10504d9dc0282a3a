"""The roster as the office keeps it, and the sentence for each way it can be wrong."""

import io

import openpyxl
import pytest

from kit.packages import small_workbook, with_sheet_part
from pipeline.errors import ExitCode, OperatorError
from pipeline.model.roster import Agency
from pipeline.workbooks.roster import read_roster

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEADER = ["单位编码", "单位名称", "分组", "别名", "邮箱", "联系人", "电话"]
BUREAU = ["150700-01", "市教育局", "市直机关", "教育局、市教体局 老教育局", "a@example.cn", "甲", "0470-1"]
CITY = [150781, "满洲里市", "旗市区政府", None, None, None, 8888888]


def workbook(*rows, title="名册"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(*rows):
    return read_roster(workbook(*rows), "inputs/2020/roster.xlsx")


def test_a_line_an_agency_with_its_aliases_apart():
    bureau, city = read(HEADER, BUREAU, CITY).agencies
    assert bureau == Agency(
        "150700-01",
        "市教育局",
        "市直机关",
        ("教育局", "市教体局", "老教育局"),
        "a@example.cn",
        "甲",
        "0470-1",
    )
    assert city == Agency("150781", "满洲里市", "旗市区政府", phone="8888888")


@pytest.mark.parametrize("mark", ["、", "，", ",", "；", ";", " ", "\n"])
def test_aliases_are_split_at_whatever_people_put_between_them(mark):
    agency = read(HEADER, ["1", "市教育局", "市直", f"教育局{mark}市教育局{mark}教体局"]).agencies[0]
    assert agency.aliases == ("教育局", "教体局")


def test_columns_are_found_by_label_in_any_order_under_any_heading():
    roster = read(
        ["填报单位名册"],
        [],
        ["备注", " 分 组 ", "单位名称", "单位编码"],
        ["x", "市直", "市教育局", 1.0],
        [],
        [None, "区", "A（区）", "2"],
    )
    assert [(one.code, one.name, one.group) for one in roster.agencies] == [
        ("1", "市教育局", "市直"),
        ("2", "A（区）", "区"),
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([HEADER[1:], BUREAU[1:]], "缺少“单位编码”"),
        ([["名称"], ["市教育局"]], "缺少“单位编码”“单位名称”“分组”"),
        ([HEADER], "一个单位也没有"),
        ([HEADER, BUREAU, CITY, ["150700-01", "市卫健委", "市直"]], "第 2、4 行的单位编码“150700-01”重复"),
        ([HEADER, BUREAU, ["9", "市教育局", "市直"]], "第 2、3 行的单位名称或别名“市教育局”重复"),
        ([HEADER, BUREAU, ["9", "教 体 局", "市直", "市教体局"]], "第 2、3 行的单位名称或别名“市教体局”重复"),
        ([HEADER, [None, "市教育局", "市直"]], "[名册]A2 的单位编码空着"),
        ([HEADER, ["1", "  ", "市直"]], "[名册]B2 的单位名称空着"),
        ([HEADER, BUREAU, ["9", "市卫健委", " "]], "[名册]C3 的分组空着"),
        ([HEADER, BUREAU, ["9", "市卫健委", "上年"]], "[名册]C3 的分组“上年”在正文里另有意思"),
        ([HEADER, BUREAU, ["9", "市卫健委", "市.直"]], "[名册]C3 的分组“市.直”在正文里另有意思"),
        (
            [HEADER, ["01", "市教育局", "市直"], [2, "市卫健委", "市直"]],
            "[名册]A3 的单位编码“2”像是丢了前面的 0",
        ),
    ],
)
def test_a_wrong_roster_is_refused_with_a_sentence(rows, words):
    with pytest.raises(OperatorError) as refused:
        read(*rows)
    assert refused.value.code is ExitCode.INPUT
    assert words in refused.value.message
    assert "inputs/2020/roster.xlsx" in refused.value.message


def test_the_roster_of_a_nations_30_000_bodies_is_read_and_one_beyond_all_bounds_says_how_large_it_is():
    lines = [HEADER, *([f"{number:05}", f"第{number}局", "部门"] for number in range(30_000))]
    rows = (
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{value}</t></is></c>' for value in line) + "</row>"
        for line in lines
    )
    part = f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    agencies = read_roster(with_sheet_part(small_workbook(), part.encode()), "roster.xlsx").agencies
    assert [agency.code for agency in agencies] == [f"{number:05}" for number in range(30_000)]
    beyond = small_workbook(A1="单位编码", A50001="x")
    with pytest.raises(OperatorError, match="太大：工作簿用到了第50001行、第1列，最多 4 万行"):
        read_roster(beyond, "roster.xlsx")


def test_a_name_that_stands_everywhere_is_told_with_its_first_lines():
    lines = [[f"{number:05}", f"第{number}局", "部门", "全局"] for number in range(100)]
    with pytest.raises(OperatorError) as refused:
        read(HEADER, *lines)
    assert "第 2、3、4、5、6、7、8、9、10、11等 行的单位名称或别名“全局”重复" in refused.value.message


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"code,name\n1,x\n", b"PK\x03\x04 cut"])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(OperatorError, match="打不开") as refused:
        read_roster(content, "roster.xlsx")
    assert refused.value.code is ExitCode.INPUT


def two_sheets(*second):
    book = openpyxl.load_workbook(io.BytesIO(workbook(HEADER, BUREAU, title="2018名册")))
    sheet = book.create_sheet("2019名册")
    for row in (HEADER, *second):
        sheet.append(row)
    return book


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_two_rosters_in_one_workbook_are_not_chosen_between():
    book = two_sheets(BUREAU, CITY)
    with pytest.raises(OperatorError, match="“2018名册”和“2019名册”，分不清用哪张") as refused:
        read_roster(saved(book), "roster.xlsx")
    assert refused.value.code is ExitCode.INPUT
    book["2018名册"].sheet_state = "hidden"
    assert len(read_roster(saved(book), "roster.xlsx").agencies) == 2


def test_a_sheet_with_the_heading_alone_is_no_second_roster():
    assert [one.name for one in read_roster(saved(two_sheets()), "roster.xlsx").agencies] == ["市教育局"]
    book = two_sheets(CITY)
    book["2018名册"].delete_rows(2)
    assert [one.name for one in read_roster(saved(book), "roster.xlsx").agencies] == ["满洲里市"]


def test_codes_typed_as_numbers_are_codes_where_none_begins_with_0():
    assert [one.code for one in read(HEADER, [9, "甲", "市直"], [10, "乙", "市直"]).agencies] == ["9", "10"]


CHANGED = ["单位编码", "单位名称", "分组", "原名", "并入"]


def test_who_was_renamed_and_who_was_taken_over_stand_in_two_columns():
    roster = read(
        CHANGED,
        ["1", "市教育体育局", "市直", "市教育局、市体育局", None],
        ["2", "市扶贫办", "市直", None, "市乡村 振兴局"],
        ["3", "市乡村振兴局", "市直", None, None],
    )
    assert [(one.name, one.formerly) for one in roster.agencies] == [
        ("市教育体育局", ("市教育局", "市体育局")),
        ("市乡村振兴局", ()),
    ]
    assert [(one.name, one.merged_into) for one in roster.absorbed] == [("市扶贫办", "市乡村振兴局")]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([["1", "甲", "市直", None, "乙"], ["2", "丙", "市直"]], "并入“乙”不是名册里今年要报送的单位"),
        ([["1", "甲", "市直", None, "甲"], ["2", "丙", "市直"]], "并入“甲”不是名册里今年要报送的单位"),
        (
            [["1", "甲", "市直", None, "丙"], ["2", "丙", "市直", None, "丁"], ["3", "丁", "市直"]],
            "并入“丙”不是名册里今年要报送的单位",
        ),
        ([["1", "甲", "市直", "乙", "丙"], ["2", "丙", "市直"]], "又写了原名又写了并入"),
        ([["1", "甲", "市直", None, "乙"], ["2", "乙", "市直", None, "甲"]], "没有要报送的单位"),
    ],
)
def test_a_past_that_cannot_be_told_is_refused(lines, said):
    with pytest.raises(OperatorError, match=said) as refused:
        read(CHANGED, *lines)
    assert refused.value.code is ExitCode.INPUT
