"""The web page: whole in itself, named for its portal, and the same bytes every time."""

from itertools import pairwise

import pytest
from msgspec.structs import replace

from kit.report import document, paragraph, report
from kit.web import parsed, small_report
from pipeline.model.document import Contents, Heading
from pipeline.render.web_page import render_page


@pytest.fixture(scope="module")
def page(forms):
    return parsed(render_page(report(forms["2019"])))


def test_it_is_in_chinese_and_says_how_it_is_encoded(page, forms):
    assert page.get("lang") == "zh-CN"
    assert page.find("head")[0].get("charset") == "utf-8"
    render_page(report(forms["2019"])).decode("utf-8")


def test_title_and_headings_go_down_one_level_at_a_time(page):
    levels = [heading.tag for heading in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert (levels[0], levels.count("h1"), levels.count("h2")) == ("h1", 1, 6)
    assert all(int(deeper[1]) <= int(level[1]) + 1 for level, deeper in pairwise(levels))
    faces = {heading.text[:2]: heading.get("class") for heading in page.iter("h2", "h3", "h4", "h5")}
    assert (faces["一、"], faces["（一"], faces["1."], faces["（1"]) == (
        "level-1",
        "level-2",
        "level-3",
        "level-4",
    )
    assert page.findtext("head/title") == "呼伦贝尔市2020年政府信息公开工作年度报告"


def test_it_carries_the_tags_of_a_government_article(page):
    tags = {meta.get("name"): meta.get("content") for meta in page.iter("meta")}
    assert tags["ArticleTitle"] == "呼伦贝尔市2020年政府信息公开工作年度报告"
    assert (tags["PubDate"], tags["ContentSource"]) == ("2021-01-29", "呼伦贝尔市政务服务局")


def test_a_report_without_a_compiler_comes_from_its_organ():
    tags = parsed(render_page(replace(small_report(), compiler=""))).xpath(
        "//meta[@name='ContentSource']/@content"
    )
    assert tags == ["呼伦贝尔市"]


@pytest.mark.parametrize(
    ("written", "domains"),
    [
        ("www.hlbe.gov.cn", ["www.hlbe.gov.cn"]),
        ("HTTPS://www.hlbe.gov.cn/zwgk/", ["www.hlbe.gov.cn"]),
        ("", []),
    ],
)
def test_the_site_is_named_by_its_domain_however_the_settings_have_it(written, domains):
    page = parsed(render_page(replace(small_report(), website=written)))
    assert page.xpath("//meta[@name='SiteDomain']/@content") == domains


def test_nothing_runs_and_nothing_comes_from_outside(page):
    assert not list(page.iter("script", "link", "img", "iframe", "object", "a", "base"))
    assert not page.xpath("//@href | //@src | //@*[starts-with(name(), 'on')]")
    style = page.findtext(".//style")
    assert "url(" not in style
    assert "@import" not in style


def test_a_list_of_contents_leads_to_its_headings():
    part = Heading(1, "一、<情况>")
    page = parsed(render_page(document(Contents((part,)), paragraph("共2件"), part)))
    (link,) = page.iter("a")
    assert (link.text, page.get_element_by_id(link.get("href")[1:]).text) == (part.text, part.text)


def test_every_id_is_there_once(page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_hostile_text_stays_text_everywhere():
    hostile = "</title></style></p><script>alert(1)</script>&lt;\"'"
    page = parsed(render_page(replace(small_report(hostile, label=hostile, figure=hostile), title=hostile)))
    assert not list(page.iter("script"))
    assert [page.findtext(path) for path in ("head/title", ".//p", ".//th", ".//td")] == [hostile] * 4


def test_only_a_draft_says_that_it_is_one():
    assert parsed(render_page(small_report(draft=True))).findtext(".//p[@class='draft']") == "草稿"
    assert "草稿" not in parsed(render_page(small_report())).text_content()


def test_the_same_document_gives_the_same_bytes_and_another_gives_others(forms):
    assert render_page(report(forms["2019"])) == render_page(report(forms["2019"]))
    assert render_page(small_report("2件")) != render_page(small_report("3件"))
