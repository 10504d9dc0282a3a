"""A picture held against its figures: which number differs is said with what it stands behind."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from kit.report import CHART, document, plain, printed
from pipeline.model.document import Series
from pipeline.verify.compare import compare


def findings(made, read, catalogue):
    return [
        (one.code, one.found, one.expected)
        for one in compare(made, read, "报告.docx", 2020, catalogue).findings
    ]


@pytest.fixture
def made():
    return document(CHART)


def test_an_equal_picture_is_no_finding(made, catalogue):
    assert findings(made, printed(made), catalogue) == []


def test_another_number_is_named_with_its_category(made, catalogue):
    other = Series("2020年", (Decimal(391), Decimal(19), Decimal(12)))
    read = printed(document(replace(CHART, series=(CHART.series[0], other))))
    assert findings(made, read, catalogue) == [("readback-chart", "95 391", "95 193")]


def test_what_was_added_to_a_picture_is_told_alone(made, catalogue):
    read = replace(printed(made), charts=((*CHART.words, "改过的数字格式"),))
    assert findings(made, read, catalogue) == [("readback-chart", "改过的数字格式", "（无）")]


def test_a_missing_and_an_added_picture_are_told(made, catalogue):
    none = replace(printed(made), charts=())
    assert [code for code, _, _ in findings(made, none, catalogue)] == ["readback-chart"]
    two = replace(printed(made), charts=(CHART.words, CHART.words))
    assert [code for code, _, _ in findings(made, two, catalogue)] == ["readback-chart"]


def test_of_two_pictures_the_one_taken_out_is_named(catalogue):
    second = replace(CHART, caption="图2　办理结果", categories=("予以公开", "部分公开", "不予公开"))
    made = document(CHART, second)
    read = replace(printed(made), charts=(second.words,), descriptions=())
    (finding,) = compare(made, read, "报告.docx", 2020, catalogue).findings
    assert CHART.caption.split("　")[0] in finding.message
    assert finding.found == "（缺）"


def test_words_for_who_cannot_see_the_picture_say_what_it_shows_or_nothing(made, catalogue):
    said = plain(CHART.description)
    for description in (said, ""):
        assert findings(made, replace(printed(made), descriptions=(description,)), catalogue) == []
    read = replace(printed(made), descriptions=(said.replace("193", "391"),))
    ((code, found, expected),) = findings(made, read, catalogue)
    assert (code, "2020年391" in found, "2020年193" in expected) == ("readback-chart", True, True)
