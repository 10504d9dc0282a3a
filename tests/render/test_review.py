"""The review page as a file: whole in itself, the same bytes every time, others' text inert."""

import base64
import hashlib
import json
import re

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from kit.attacks import hostile_evidence
from kit.findings import found
from kit.review import evidence, page, pieces, receipt
from pipeline.compose.review import compose_review
from pipeline.render.review import render_review

LARGEST = 3_000_000
"""Bytes of the page of 52 agencies."""


def test_it_is_whole_in_itself_and_allows_its_own_script_and_style_alone(
    form, indicators, catalogue, templates
):
    html = page(evidence(form, indicators, catalogue), templates)
    parsed = LexborHTMLParser(html)
    policy = parsed.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    assert policy.startswith("default-src 'none';")
    written = [node.text() for node in parsed.css("script") if node.attributes.get("type") is None]
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in (*written, parsed.css_first("style").text())
    ]
    assert sorted(re.findall("'sha256-[^']+'", policy)) == sorted(hashes)
    assert "http://" not in html
    assert "https://" not in html
    assert not re.search(r"<(link|iframe|object|img|embed)\b|@import|url\(", html)
    assert "$" not in re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)


def test_the_same_review_gives_the_same_bytes(forms, indicators, catalogue, templates):
    told = [evidence(forms["2019"], indicators, catalogue) for _ in range(2)]
    first, second = (render_review(compose_review(one), pieces(templates)) for one in told)
    assert first == second


def test_without_a_script_tables_and_findings_are_there_to_be_read(forms, indicators, catalogue, templates):
    told = found(catalogue, "row-total", message="合计应为 12。")
    html = page(evidence(forms["2019"], indicators, catalogue, findings=(told,)), templates)
    body = LexborHTMLParser(html)
    for script in body.css("script"):
        script.decompose()
    words = body.body.text()
    assert "合计应为 12。" in words
    assert len(body.css("table.grid td[data-figure]")) == len(forms["2019"].cells)


def test_hostile_text_makes_no_element_no_attribute_and_no_script(forms, indicators, catalogue, templates):
    plain_page = LexborHTMLParser(page(evidence(forms["2019"], indicators, catalogue), templates))
    html = page(hostile_evidence(forms["2019"], indicators, catalogue), templates)
    parsed = LexborHTMLParser(html)
    assert len(parsed.css("script")) == len(plain_page.css("script")) == 3
    assert parsed.css("img, svg, iframe, [onload], [onerror]") == []
    assert [node.text() for node in parsed.css("main b")] == [node.text() for node in parsed.css(".tiles b")]
    assert not re.search("[\u2028\u2029\u202a-\u202e\u2066-\u2069\x00\x07]", html)
    block = json.loads(parsed.css_first("script#figures").text())
    assert block["agencies"][0] == "<script>alert(1)</script>局0"


def test_fifty_two_agencies_stay_under_three_megabytes(forms, indicators, catalogue, templates):
    told = [
        found(catalogue, code, f"第{number}单位", cell=f"D{row}", found=f"{row}")
        for number in range(1, 53)
        for row in range(6, 16)
        for code in ("row-total", "cell-negative")
    ]
    html = page(evidence(forms["2019"], indicators, catalogue, 52, findings=told), templates)
    assert len(html.encode()) < LARGEST


def test_it_says_first_that_sums_are_not_of_all(forms, indicators, catalogue, templates):
    told = evidence(forms["2019"], indicators, catalogue, sent={})
    assert "还缺 3 家，下面各数只是已采用的各单位相加" in page(told, templates)
    assert "还缺" not in page(evidence(forms["2019"], indicators, catalogue), templates)


@pytest.mark.parametrize("part", ["board", "strangers"])
def test_a_file_s_name_is_shown_to_the_letter(forms, indicators, catalogue, templates, part):
    told = evidence(forms["2019"], indicators, catalogue)
    whose = told.roster.agencies[0] if part == "board" else None
    odd = receipt(whose, None, "打不开。", "inputs/2020/submissions/a&b<c>.xlsx")
    html = page(replace(told, receipts=[*told.receipts, odd]), templates)
    assert "a&amp;b&lt;c&gt;.xlsx" in html


NEWER = (
    "?.",
    "??",
    "replaceAll(",
    ".at(",
    "structuredClone",
    "replaceChildren",
    ".flat(",
    "#private",
    "await ",
)
"""What Chromium 86, of which WPS and 360 have offshoots, may not know, or what the page does not need."""
MARKUP = (
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "Function(",
    "srcdoc",
    "localStorage",
)


@pytest.mark.parametrize("word", [*NEWER, *MARKUP])
def test_the_script_sets_text_only_as_text_and_is_for_old_browsers_too(templates, word):
    assert word not in pieces(templates).script


@pytest.mark.parametrize(
    "word", [":has(", ":is(", "inset:", "aspect-ratio", "@layer", "@import", "url(", "dvh"]
)
def test_the_style_is_for_old_browsers_too_and_asks_for_nothing(templates, word):
    assert word not in pieces(templates).style
