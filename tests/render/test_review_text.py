"""Text of others is seen and inert, on the page and in its data."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.attacks import ALL, HOSTILE
from kit.review import RECEIVED, evidence
from pipeline.compose.review import compose_review
from pipeline.render.review_text import Names, as_script, shown


@given(st.text())
def test_no_text_can_end_a_data_block_or_be_read_otherwise(text):
    written = as_script({"a": text})
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {"a": text}


@pytest.mark.parametrize("raw", HOSTILE)
def test_what_is_shown_has_no_markup_and_nothing_that_cannot_be_seen(raw):
    assert not set("<>\"'\u202e\u2028\u2066\x00") & set(shown(raw))


def test_a_page_s_text_can_always_be_written():
    assert shown(ALL).encode()
    assert "〔U+202E〕" in shown(ALL)


def test_a_path_is_short_where_all_lie_in_one_folder(forms, indicators, catalogue):
    names = Names.of(compose_review(evidence(forms["2019"], indicators, catalogue)))
    assert names.folder == "inputs/2020/submissions/"
    assert names.file("inputs/2020/submissions/旗市区/甲.xlsx") == "旗市区/甲.xlsx"
    assert names.file("inputs/2020/narrative.docx") == "inputs/2020/narrative.docx"
    assert names.said("采用的是 inputs/2020/submissions/甲.xlsx。") == "采用的是 甲.xlsx。"


def test_a_figure_is_known_by_a_group_s_and_last_year_s_address_too(forms, indicators, catalogue):
    names = Names.of(compose_review(evidence(forms["2019"], indicators, catalogue)))
    number = names.number(RECEIVED)
    assert number is not None
    assert names.opens([f"市直机关.{RECEIVED}", f"last_year.{RECEIVED}"]) == {"data-figure": str(number)}
    assert names.number("requests.nothing.total") is None
    assert names.opens(["requests.nothing.total"]) == {}
