"""Figures as a picture in a page: every number there, told by pattern and not by colour."""

from base64 import b64decode
from decimal import Decimal

from lxml import etree, html
from msgspec.structs import replace

from kit.report import CHART
from pipeline.model.document import Series
from pipeline.render.web_chart import GROUND, HIGHEST, WIDTH, chart_picture, chart_svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart):
    return etree.fromstring(chart_svg(chart))


def bars(chart):
    """The bars without the key: (fill, height) in order."""
    rects = list(drawn(chart).iter(f"{SVG}rect"))[len(chart.series) :]
    return [(rect.get("fill"), float(rect.get("height"))) for rect in rects]


def test_the_picture_says_the_chart_s_words_in_their_order():
    assert tuple(word.text for word in drawn(CHART).iter(f"{SVG}text")) == CHART.words


def test_bars_are_as_high_as_their_numbers_and_years_have_their_own_pattern():
    found = bars(CHART)
    assert found[1] == ("#404040", HIGHEST)
    assert found[0] == ("url(#h)", round(HIGHEST * 95 / 193, 1))
    assert found[2][1] == 0


def test_a_year_alone_is_dark_and_nothing_but_zeros_has_no_height():
    alone = replace(CHART, series=(Series("2020年", (Decimal(0),) * 3),))
    assert bars(alone) == [("#404040", 0.0)] * 3


def test_numbers_and_names_stay_in_the_picture_however_long():
    long = replace(CHART, series=tuple(Series("年" * 20, (Decimal(10**15),) * 3) for _ in range(2)))
    for word in drawn(long).iter(f"{SVG}text"):
        half = float(word.get("textLength", 0)) / 2
        assert float(word.get("x")) - half >= 0
        assert float(word.get("x")) + half <= WIDTH
        assert 0 < float(word.get("y")) <= GROUND + 30


def test_a_picture_is_in_its_own_address_and_says_in_words_what_it_shows():
    hostile = replace(CHART, categories=('"><script>', "乙", "丙"))
    picture = html.fromstring(chart_picture(hostile, {"width": "640"}))
    assert (picture.tag, picture.get("alt"), picture.get("width")) == ("img", hostile.description, "640")
    kind, _, content = picture.get("src").partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert b64decode(content).decode() == chart_svg(hostile)
