"""What is said of acceptances."""

from pipeline.telling import acceptance_lines

ENTRY = {
    "code": "row-total",
    "agency": "市教育局",
    "address": "",
    "sheet": "依申请公开",
    "cell": "J4",
    "workbook": "",
}
WHY = {"reason": "单位来函", "by": "张三", "until": "", "state": "changed", "covers": 0}


def test_each_acceptance_says_what_it_is_for_and_what_it_does(catalogue):
    lines = list(
        acceptance_lines(
            [{**ENTRY, **WHY}, {**ENTRY, **WHY, "address": "a.b", "until": "2021-03-01"}], catalogue
        )
    )
    assert lines[0] == "第1条　数已变　横向合计不等（row-total）　市教育局　依申请公开 J4"
    assert lines[1] == "  张三，理由：单位来函；现在管着 0 处。"
    assert lines[2].endswith("市教育局　a.b")
    assert "有效到 2021-03-01" in lines[3]
    assert lines[-1] == "共 2 条。"
    assert list(acceptance_lines([], catalogue)) == ["还没有人工确认。"]
