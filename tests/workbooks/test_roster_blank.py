"""The roster's template: what the office typed as a code stays as typed."""

import datetime

from kit.opened import opened
from pipeline.model.roster import Agency
from pipeline.workbooks.roster import read_roster
from pipeline.workbooks.roster_blank import COLUMNS, roster_workbook

DAY = datetime.date(2021, 1, 4)
AGENCY = Agency("001", "市教育局", "市直机关", ("教育局", "原教体局"), "jyj@example.cn", "甲", "0470-1")


def test_an_agency_a_line_under_the_labels() -> None:
    sheet = opened(roster_workbook([AGENCY], DAY)).worksheets[0]
    assert [cell.value for cell in sheet[1]][: len(COLUMNS)] == list(COLUMNS)
    assert [cell.value for cell in sheet[2]][: len(COLUMNS)] == [
        "001",
        "市教育局",
        "市直机关",
        "教育局、原教体局",
        "jyj@example.cn",
        "甲",
        "0470-1",
        None,
        None,
    ]


def test_every_line_is_text_also_the_empty_ones() -> None:
    sheet = opened(roster_workbook([AGENCY], DAY)).worksheets[0]
    for row in (2, 3, 40):
        assert {cell.number_format for cell in sheet[row][: len(COLUMNS)]} == {"@"}


def test_a_hostile_name_stays_text_and_two_calls_agree() -> None:
    hostile = Agency("=1+1", "=2+2", "@x")
    content = roster_workbook([hostile], DAY)
    cells = opened(content).worksheets[0][2]
    assert [cell.data_type for cell in cells[:3]] == ["s", "s", "s"]
    assert content == roster_workbook([hostile], DAY)


def test_the_roster_reads_back_as_it_was_written() -> None:
    bare = Agency("002", "市司法局", "市直机关")
    assert read_roster(roster_workbook([AGENCY, bare], DAY), "roster.xlsx").agencies == (AGENCY, bare)
