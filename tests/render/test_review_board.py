"""The head of the page: can a report be made, who has sent what, and what belongs to nobody."""

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from kit.findings import found
from kit.review import evidence, receipt
from pipeline.compose.review import compose_review
from pipeline.model.review import Checked
from pipeline.render.review_board import board, strangers, tally, tiles, verdict
from pipeline.render.review_text import Names


def texts(html, selector):
    return [node.text(separator=" ", strip=True) for node in LexborHTMLParser(html).css(selector)]


def test_the_first_line_says_whether_a_report_can_be_made(forms, indicators, catalogue):
    told = evidence(forms["2019"], indicators, catalogue)
    assert texts(verdict(compose_review(told)), "p") == ["没有未处理的错误，可以出正式报告。"]
    stopped = compose_review(replace(told, hurdles=("有 3 处错误没有处理。", "正文用不了：<b>")))
    assert texts(verdict(stopped), "li") == ["有 3 处错误没有处理。", "正文用不了：<b>"]


def test_the_counts_are_those_of_the_findings_nobody_accepted(forms, indicators, catalogue):
    findings = [found(catalogue, "row-total"), found(catalogue, "section-empty")]
    review = compose_review(evidence(forms["2019"], indicators, catalogue, findings=findings))
    counts = texts(tiles(review), "div")
    assert counts[:2] == ["应报 3 家", "采用 3 家"]
    assert counts[4:] == ["错误 1 处", "待核 1 处", "提示 0 处", "已确认 0 处"]


def test_those_with_something_amiss_stand_first_and_every_version_is_named(forms, indicators, catalogue):
    told = evidence(forms["2019"], indicators, catalogue, findings=[found(catalogue, "row-total")])
    old = receipt(
        told.roster.agencies[0],
        None,
        "采用的是 inputs/2020/submissions/第1单位.xlsx",
        "inputs/2020/submissions/旧.xlsx",
    )
    review = compose_review(replace(told, receipts=[old, *told.receipts]))
    html = board(review, Names.of(review))
    assert texts(html, "tbody th") == ["第2单位", "第1单位", "第3单位"]
    assert texts(html, ".state") == ["有误", "已报", "已报"]
    assert texts(html, ".left-out") == ["旧.xlsx 没有采用：采用的是 第1单位.xlsx"]


def test_why_one_of_several_counts_is_said_too(forms, indicators, catalogue):
    told = evidence(forms["2019"], indicators, catalogue, 1)
    chosen = replace(told.receipts[0], reason="封面的报送次数最大，第 2 次")
    review = compose_review(replace(told, receipts=[chosen]))
    html = board(review, Names.of(review))
    assert texts(html, "td:last-child") == ["第1单位.xlsx 采用：封面的报送次数最大，第 2 次"]
    assert texts(html, ".left-out") == []


def test_files_of_nobody_are_counted_and_named(forms, indicators, catalogue):
    told = evidence(forms["2019"], indicators, catalogue)
    assert strangers(compose_review(told), Names.of(compose_review(told))) == ""
    lost = receipt(None, None, "认不出。", "inputs/2020/submissions/x.xlsx")
    review = compose_review(replace(told, receipts=[*told.receipts, lost]))
    html = strangers(review, Names.of(review))
    assert texts(html, "h3") == ["认不出是哪个单位的文件（1 份，都没有采用）"]
    assert texts(html, "td") == ["x.xlsx", "认不出。"]


def test_how_much_was_checked_is_said_rule_by_rule(forms, indicators, catalogue):
    told = evidence(forms["2019"], indicators, catalogue)
    assert tally(compose_review(told)) == ""
    review = compose_review(
        replace(
            told, tally=(Checked("H1", "合计不等", 40, 3, 123, 2, 0), Checked("", "差得多", 7, 3, 20, 0, 1))
        )
    )
    assert texts(tally(review), ".number") == ["40 × 3", "123", "2", "0", "7 × 3", "20", "0", "1"]
    assert texts(tiles(review), "div")[-1] == "勾稽核对 123 条"
