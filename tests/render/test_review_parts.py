"""A divided review's pages say how it is divided, what is not here, and where it is; nothing in them is markup."""

import json
import re

import pytest
from msgspec.structs import replace

from kit.attacks import hostile_evidence
from kit.findings import found
from kit.offices import roster_of
from kit.parts import SMALL
from kit.reception import reception_of
from kit.review import RECEIVED, evidence, submissions_of
from kit.web import parsed
from pipeline.compose import review_parts as composed
from pipeline.model.division import Sizes, divide
from pipeline.render import review_parts
from pipeline.render.review import Pieces
from pipeline.review_parts import divided_pages
from pipeline.staging import AT_HAND


@pytest.fixture
def pages(forms, indicators, catalogue, templates):
    """Every page by its path, as text; twelve agencies with three findings each."""
    form, roster = forms["2019"], roster_of(12)
    told = [
        found(
            catalogue,
            "row-total",
            one.name,
            f"inputs/2020/submissions/{one.name}.xlsx",
            cell=f"D{row}",
            address=RECEIVED,
            found=str(row),
        )
        for one in roster.agencies
        for row in range(6, 9)
    ]
    whole = evidence(
        form,
        indicators,
        catalogue,
        12,
        submissions_of(roster, form, indicators),
        roster=roster,
        findings=told,
    )

    def made(rests_on=whole, sizes=SMALL):
        parts = divide(rests_on.roster, sizes)
        pages = divided_pages(rests_on, reception_of(rests_on), parts, templates, AT_HAND)
        return {one.name: one.content.decode() for one in pages}

    return made


def test_the_overview_says_how_it_is_divided_and_leads_to_every_part(pages):
    page = pages()["核对报告.html"]
    assert "单位多（12 家），核对报告分成这一页总览和 3 册。" in page
    assert "共 12 家。" in page
    for number, words in enumerate(("旗市区政府", "市直机关（共2册之1）", "市直机关（共2册之2）"), start=1):
        assert (
            f'<a href="核对报告/00{number}.html">第{number}册</a></th><td>{words}</td><td class="number">4</td>'
            in page
        )


def test_what_the_overview_does_not_list_is_counted_with_its_page(pages, monkeypatch):
    monkeypatch.setattr(composed, "ITEMS", 4)
    monkeypatch.setattr(composed, "LINES", 5)
    page = pages()["核对报告.html"]
    assert "没有处理的（36 处）" in page
    beyond = "另有 32 处没有列在这里：" + "、".join(
        f'<a href="核对报告/00{number}.html">第{number}册 {count} 处</a>'
        for number, count in ((1, 8), (2, 12), (3, 12))
    )
    assert beyond in page
    assert "有误 12 家（列出 5 家，其余见各册）" in page


def test_a_part_s_page_has_all_of_its_agencies_and_leads_back(pages):
    page = pages()["核对报告/002.html"]
    assert "核对报告　第2册，共3册" in page
    assert '<a href="../核对报告.html">回总览</a>' in page
    assert '<a href="001.html">上一册</a>' in page
    assert '<a href="003.html">下一册</a>' in page
    assert "没有处理的（12 处）" in page
    assert "补充指标（这一册各单位相加）" in page
    figures = json.loads(re.search('id="figures">(.*?)</script>', page)[1])
    assert figures["agencies"] == ["第5单位", "第6单位", "第7单位", "第8单位"]
    assert "下一册" not in pages()["核对报告/003.html"]


def test_an_agency_is_found_by_its_name_on_the_overview(pages):
    where = json.loads(re.search('id="where">(.*?)</script>', pages()["核对报告.html"])[1])
    assert where[2] == ["第3册", "核对报告/003.html", "第9单位\n第10单位\n第11单位\n第12单位"]


def test_a_thousand_parts_are_named_alike_long(forms, indicators, catalogue):
    from pipeline.model.division import Part, Section
    from pipeline.review_parts import part_path

    section = Section("甲", ())
    assert part_path(Part(7, 1200, (section,))) == "核对报告/0007.html"
    assert part_path(Part(7, 12, (section,))) == "核对报告/007.html"


def test_nothing_of_others_is_markup_on_any_page(forms, indicators, catalogue, templates, pages):
    rests_on = hostile_evidence(forms["2019"], indicators, catalogue)
    made = pages(rests_on, Sizes(1, 1))
    assert len(made) > 2
    for name, page in made.items():
        inside = list(parsed(page.encode()).iter())
        assert not {one.tag for one in inside} & {"img", "svg", "iframe", "object"}, name
        assert not [
            one for one in inside if any(key.startswith("on") or key == "style" for key in one.attrib)
        ]
        scripts = [one for one in inside if one.tag == "script"]
        assert len(scripts) == (4 if name == "核对报告.html" else 3), name


def test_a_review_that_is_not_divided_has_no_part(forms, indicators, catalogue):
    from pipeline.compose.review import compose_review
    from pipeline.render.review_text import Names

    review = compose_review(evidence(forms["2019"], indicators, catalogue))
    with pytest.raises(ValueError, match="not divided"):
        review_parts.part(review, Names.of(review))
    assert review_parts.parts(replace(review)) != ""


def test_the_page_of_a_small_office_has_none_of_this(templates):
    small, overview = Pieces.of(templates / "review"), Pieces.of(templates / "review", "overview")
    assert "find-agency" not in small.script
    assert overview.script.startswith(small.script.removesuffix("})();\n"))
    assert overview.script.count("function startBoard") == 2
