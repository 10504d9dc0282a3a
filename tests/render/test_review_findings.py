"""Findings by code with their remedy, ready to be filtered; what moved since the run before."""

from decimal import Decimal

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from kit.findings import blank, found
from kit.review import RECEIVED, evidence
from pipeline.compose.review import compose_review
from pipeline.model.movement import Move
from pipeline.model.review import Approval
from pipeline.render.review_findings import AT_ONCE, MOVES, choices, count, findings, moves, news
from pipeline.render.review_text import Names


def reviewed(forms, indicators, catalogue, *told, **odd):
    return compose_review(evidence(forms["2019"], indicators, catalogue, findings=told, **odd))


def parsed(html):
    return LexborHTMLParser(html)


def texts(html, selector):
    return [node.text(strip=True) for node in parsed(html).css(selector)]


def test_each_place_says_who_where_what_found_and_expected_and_the_code_what_to_do(
    forms, indicators, catalogue
):
    review = reviewed(forms, indicators, catalogue, found(catalogue, "cell-not-a-number", address=RECEIVED))
    html = findings(review, Names.of(review), accepted=False)
    kind = catalogue.kinds["cell-not-a-number"]
    assert texts(html, "h4") == [f"错误{kind.title}1 处cell-not-a-number"]
    assert texts(html, ".remedy") == [f"改法：{kind.remedy}"]
    agency, place, message, value, expected = texts(html, "td")
    assert (agency, message, value, expected) == ("第2单位", "这里不对。", "若干", "0 或正整数")
    assert place == "第2单位.xlsx[依申请公开]D6看这个数"


def test_alike_ones_are_one_row_that_counts_for_all(forms, indicators, catalogue):
    told = [blank(catalogue, f"D{row}") for row in range(6, 28)]
    review = reviewed(forms, indicators, catalogue, *told)
    html = findings(review, Names.of(review), accepted=False)
    (row,) = parsed(html).css("tbody tr")
    assert row.attributes["data-count"] == "22"
    assert "D6:D27" in row.text()
    assert count(review, accepted=False) == 22


def test_what_a_person_stands_by_is_apart_with_reason_name_and_date(forms, indicators, catalogue):
    why = Approval("已核对<原件>", "张三", "2021-06-30")
    review = reviewed(forms, indicators, catalogue, found(catalogue, "row-total"), approval=lambda _: why)
    names = Names.of(review)
    assert texts(findings(review, names, accepted=False), "tr") == []
    accepted = findings(review, names, accepted=True)
    assert texts(accepted, ".why") == ["人工确认：已核对<原件>（张三，有效期至 2021-06-30）"]


def test_a_filter_offers_only_what_occurs(forms, indicators, catalogue):
    told = [found(catalogue, "row-total"), found(catalogue, "agency-missing", "", "", "", "")]
    offered = choices(reviewed(forms, indicators, catalogue, *told))
    assert texts(offered["severities"], "option") == ["错误"]
    assert texts(offered["agencies"], "option") == ["（全本级）", "第2单位"]
    assert texts(offered["parts"], "option") == ["文件和名册", "依申请公开"]


def test_beyond_the_first_the_rest_waits_but_is_on_the_page(forms, indicators, catalogue):
    told = [found(catalogue, "row-total", found=str(number)) for number in range(AT_ONCE + 7)]
    review = reviewed(forms, indicators, catalogue, *told)
    rows = parsed(findings(review, Names.of(review), accepted=False)).css("tbody tr")
    assert len(rows) == AT_ONCE + 7
    assert [row.attributes.get("class") for row in rows].count("later") == 7
    assert rows[-1].attributes.get("class") == "later"


def test_the_page_s_script_shows_as_many_at_once(templates):
    script = (templates / "review" / "page.js").read_text(encoding="utf-8")
    assert f"const LIMIT = {AT_ONCE};" in script


def test_sums_that_moved_come_before_what_moved_in_an_agency(forms, indicators, catalogue):
    told = (
        Move(RECEIVED, "本年新收·总计", "第2单位", None, Decimal(3)),
        Move(RECEIVED, "本年新收·总计", "", Decimal("8"), Decimal("3")),
    )
    review = replace(reviewed(forms, indicators, catalogue), moves=told)
    rows = parsed(moves(review, Names.of(review))).css("tbody tr")
    assert [[cell.text(strip=True) for cell in row.css("td")] for row in rows] == [
        ["汇总数", "本年新收·总计", "8", "3", "-5"],
        ["第2单位", "本年新收·总计", "无", "3", ""],
    ]


def test_who_came_and_who_went_since_is_said_in_words(forms, indicators, catalogue):
    review = reviewed(forms, indicators, catalogue, news=("新采用的单位：<第3单位>。",))
    assert texts(news(review, Names.of(review)), "li") == ["新采用的单位：<第3单位>。"]
    silent = reviewed(forms, indicators, catalogue)
    assert news(silent, Names.of(silent)) == ""


def test_a_thousand_moves_are_listed(forms, indicators, catalogue):
    told = (Move(RECEIVED, "新收", "", Decimal(1), Decimal(2)),) * (MOVES + 5)
    review = replace(reviewed(forms, indicators, catalogue), moves=told)
    assert len(parsed(moves(review, Names.of(review))).css("tbody tr")) == MOVES
