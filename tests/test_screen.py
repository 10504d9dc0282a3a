"""What reading files back showed, as an office reads it."""

from pipeline.model.rendition import Edits, Rendition
from pipeline.renditions import Proved
from pipeline.screen import verified_lines
from pipeline.screen_findings import SHOWN


def proved(found, edits):
    rendition = Rendition("report-docx", "报告.docx", b"")
    return Proved((rendition,), 285, 48, (285,), (48,), tuple(found), (edits,))


def test_a_report_that_stands_is_said_in_one_line(catalogue):
    assert list(verified_lines(proved([], Edits(61, 61, 0, ())), catalogue, everything=False)) == [
        "报告.docx：表格 285 格，相符 285 格；绑定的数 61 个，相符 61 个；文字没有改动。"
    ]


def test_edits_are_all_listed_after_what_is_wrong_and_a_cut_list_names_no_file(catalogue):
    names = {"year": 2020, "workbook": "报告.docx", "table": "表", "words": "甲"}
    wrong = [catalogue.finding("readback-cell", found="1", expected="2", **names)] * (SHOWN + 2)
    edited = [catalogue.finding("passage-edited", found="新", expected="旧", line="正文第1段", **names)] * (
        SHOWN + 2
    )
    lines = list(
        verified_lines(proved([*edited, *wrong], Edits(61, 61, 12, ())), catalogue, everything=False)
    )
    assert lines[0].startswith("【错误】")
    assert "  ……还有 2 处，加 -v 全部列出。" in lines
    assert sum("正文第1段" in line for line in lines) == SHOWN + 2
    assert lines[-2].endswith("改动 12 段。")
    assert "不能用" in lines[-1]


def test_edits_alone_ask_for_a_look(catalogue):
    edited = catalogue.finding("passage-edited", year=2020, found="新", expected="旧", line="正文第1段")
    lines = list(verified_lines(proved([edited], Edits(61, 61, 1, ())), catalogue, everything=False))
    assert lines[-1] == "改过的文字不影响表格和绑定的数，请自己看一遍。"
