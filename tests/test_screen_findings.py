"""The words on the screen: where, found, expected, what to do; and never a list cut without saying so."""

from msgspec.structs import replace

from pipeline.model.place import CellPlace
from pipeline.screen_findings import SHOWN, finding_lines, kept_lines


def findings(catalogue, count, code="cell-blank"):
    return [
        catalogue.finding(
            code, year=2020, agency="市教育局", place=CellPlace("a.xlsx", "表", f"A{n}"), words="新收·自然人"
        )
        for n in range(1, count + 1)
    ]


def test_a_blank_column_is_one_line_with_its_cells_and_its_count(catalogue):
    lines = list(finding_lines(findings(catalogue, 23), catalogue, everything=False))
    assert lines == [
        "【错误】空着没填　23 处　（cell-blank）",
        "  市教育局　a.xlsx [表]A1：“新收·自然人”空着没填。同样的共 23 处：A1:A23。",
        f"  改法：{catalogue.kinds['cell-blank'].remedy}",
    ]


def test_what_a_person_stands_by_is_not_mixed_with_what_nobody_does(catalogue):
    several = findings(catalogue, 3)
    lines = list(finding_lines(several, catalogue, everything=False, accepted=lambda one: one.cell == "A2"))
    assert lines[1:3] == [
        "  市教育局　a.xlsx [表]A1：“新收·自然人”空着没填。同样的共 2 处：A1、A3。",
        "  ［已确认］市教育局　a.xlsx [表]A2：“新收·自然人”空着没填。",
    ]


def different(catalogue, count):
    return [replace(one, found=str(n)) for n, one in enumerate(findings(catalogue, count))]


def test_a_long_list_says_how_many_more_there_are(catalogue):
    several = different(catalogue, SHOWN + 3)
    lines = list(finding_lines(several, catalogue, everything=False))
    assert len(lines) == SHOWN + 3
    assert "还有 3 处" in lines[-2]
    assert len(list(finding_lines(several, catalogue, everything=True))) == SHOWN + 5


def test_what_is_left_out_is_counted_by_findings_not_by_lines(catalogue):
    several = [
        *different(catalogue, SHOWN),
        *[replace(one, agency="市商务局") for one in findings(catalogue, 7)],
    ]
    lines = list(finding_lines(several, catalogue, everything=False))
    assert "还有 7 处" in lines[-2]


def test_errors_are_said_before_warnings_and_notices(catalogue):
    several = findings(catalogue, 1)
    notice = catalogue.finding("last-year-missing", year=2020, expected="2019")
    warning = catalogue.finding("items-negative", year=2020, words="行政许可", detail="")
    lines = list(finding_lines([notice, warning, *several], catalogue, everything=False))
    heads = [line for line in lines if line.startswith("【")]
    assert [head[1:3] for head in heads] == ["错误", "待核", "提示"]


def test_an_edited_file_that_was_kept_is_named():
    assert list(kept_lines(["报告（改动备份1）.docx"])) == [
        "原来的文件有人改过，已另存为 报告（改动备份1）.docx。"
    ]
