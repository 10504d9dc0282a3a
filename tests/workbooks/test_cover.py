"""What a workbook says of itself, on its cover, above its tables, or out of sight."""

import datetime

import pytest

from pipeline.workbooks.cover import read_cover
from pipeline.workbooks.sheet import Sheet

EDITIONS = ("2019", "2021")


def sheet(name, *lines, visible=True):
    cells = {
        (row, column): value
        for row, line in enumerate(lines, 1)
        for column, value in enumerate(line, 1)
        if value is not None
    }
    return Sheet(name, visible=visible, cells=cells)


def cover(*lines):
    return read_cover([sheet("封面", *lines)], EDITIONS)


def test_every_line_of_a_cover():
    found = cover(
        ["单位名称", "满洲里市"], ["单位编码", 150781.0], ["年度", "２０２０年度"], ["版本", "2019年版"],
        ["报送次数", "第2次"], ["填报人", "甲"], ["审核人", "乙 "], ["联系电话", 8888888],
    )  # fmt: skip
    assert (found.agency, found.code, found.year, found.edition) == ("满洲里市", "150781", 2020, "2019")
    assert (found.version, found.filled_by, found.reviewed_by, found.phone) == (2, "甲", "乙", "8888888")


def test_hints_beside_empty_cells_are_not_taken_for_answers():
    found = cover(
        ["单位名称", "满洲里市", "已填好，请核对"], ["填报人", None, "请填写"], ["电话", None, "请填写"]
    )
    assert (found.filled_by, found.phone) == ("", "")


def test_labels_may_stand_in_pairs_and_after_an_empty_column():
    found = cover(["单位名称", None, "满洲里市", "单位编码", None, 150781])
    assert (found.agency, found.code) == ("满洲里市", "150781")


def test_a_line_above_a_table_serves_where_there_is_no_cover():
    table = sheet("主动公开", ["填报单位：满洲里市（150781）　　年度：2020"], ["单位名称不全的说明：略"])
    found = read_cover([table], EDITIONS)
    assert (found.agency, found.code, found.year) == ("满洲里市", "150781", 2020)
    assert read_cover([table, sheet("封面", ["单位名称", "海拉尔区"])], EDITIONS).agency == "海拉尔区"


def test_what_one_sees_wins_over_the_hidden_sheet_but_for_the_edition():
    hidden = sheet(
        "_make_report",
        ["edition", "2021"],
        ["year", "2022"],
        ["code", "1"],
        ["name", "旧单位"],
        visible=False,
    )
    found = read_cover([sheet("封面", ["单位编码", "2"], ["年度", 2020], ["版本", "2019"]), hidden], EDITIONS)
    assert (found.code, found.year, found.edition, found.agency) == ("2", 2020, "2021", "旧单位")
    assert read_cover([hidden], EDITIONS).year == 2022


@pytest.mark.parametrize(
    "year",
    [
        "2020", 2020, 2020.0, "2020.0", "2020 年", "2020年度", "2020年1-12月", "2020年度报告", "公历2020年",
        "二〇二〇年", "二○二○", "二零二零年度", "截至2020年12月31日", "2020-12", datetime.date(2020, 12, 31),
    ],
)  # fmt: skip
@pytest.mark.parametrize("label", ["年度", "年份", "报告年度", "统计年度", "报告年份："])
def test_years_as_people_write_them(label, year):
    found = cover([label, year])
    assert (found.year, found.year_text) == (2020, "")


@pytest.mark.parametrize(
    ("year", "text"),
    [
        ("本年度", "本年度"), (18, "18"), ("2020-2021", "2020-2021"), ("2018-19", "2018-19"), (True, "TRUE"),
        (2018.5, "2018.5"), ("20181231", "20181231"), ("2019年报2018年的", "2019年报2018年的"),
        (datetime.date(1905, 7, 12), "1905-07-12"),
    ],
)  # fmt: skip
def test_where_no_single_year_can_be_told_what_stands_there_is_kept(year, text):
    found = cover(["年度", year])
    assert (found.year, found.year_text) == (None, text)


def test_a_year_one_sees_and_cannot_read_is_not_replaced_by_the_hidden_one():
    hidden = sheet("_make_report", ["year", "2022"], visible=False)
    found = read_cover([sheet("封面", ["年度", "18年"]), hidden], EDITIONS)
    assert (found.year, found.year_text) == (None, "18年")


def test_an_unknown_edition_and_an_odd_count_say_nothing():
    found = cover(["版本", "V2"], ["报送次数", "最终版"])
    assert (found.edition, found.version) == ("", None)


def test_a_workbook_that_says_nothing():
    found = read_cover([], EDITIONS)
    assert (found.agency, found.code, found.year, found.edition) == ("", "", None, "")


def test_the_next_label_in_a_line_is_not_an_answer():
    found = cover(["填报人", "审核人", "乙"])
    assert (found.filled_by, found.reviewed_by) == ("", "乙")


@pytest.mark.parametrize("seal", ["（盖章）", "(公章)", " （章）", "（加盖公章）"])
def test_the_mark_for_the_seal_is_no_part_of_the_name(seal):
    assert cover(["单位名称", f"满洲里市{seal}"]).agency == "满洲里市"
    assert cover(["单位名称", "满洲里市（本级）"]).agency == "满洲里市（本级）"


def test_for_whom_and_when_a_blank_was_made_is_known_beside_what_its_cover_says():
    hidden = sheet("_make_report", ["code", "02"], ["year", 2019], visible=False)
    found = read_cover([sheet("封面", ["单位编码", "01"], ["年度", 2020]), hidden], EDITIONS)
    assert (found.code, found.year, found.made_for, found.made_in) == ("01", 2020, "02", 2019)
