"""核对报告.html of a whole office: written by every check and build, from what they found."""

import datetime

from selectolax.lexbor import LexborHTMLParser

from kit.desk import make_report
from kit.office import AGENCIES
from pipeline.compose.review import compose_review
from pipeline.gather import load_inputs
from pipeline.review import UNCHANGED, evidence, review_pages
from pipeline.run import examine
from pipeline.workspace import Workspace

DAY = datetime.date(2020, 3, 1)
ACCEPTED = """[[accept]]
code = "agency-missing"
agency = "市教育局"
reason = "并入市政府办公室"
by = "张三"
until = 2020-12-31
"""


def examined(office, templates, today=DAY):
    return examine(load_inputs(Workspace.at(office.root, None), templates), today)


def review(office, templates, today=DAY):
    examination = examined(office, templates, today)
    return compose_review(evidence(examination, examination.findings, ["requests.received.total"], UNCHANGED))


def missing_agency(office):
    (office.submissions / f"{AGENCIES[1].name}.xlsx").unlink()


def test_an_office_in_order_can_make_its_report(office, templates):
    told = review(office, templates)
    assert told.hurdles == ()
    assert told.agencies == tuple(agency.name for agency in AGENCIES)
    assert told.keys == ("requests.received.total",)


def test_what_stands_in_the_way_is_said_in_words(office, templates):
    office.submit(AGENCIES[1], {"requests.received.business": "若干"})
    told = review(office, templates)
    assert told.hurdles[0] == "有 1 处错误没有处理。"
    assert told.hurdles[1].startswith("有 1 个数没有汇总：一、本年新收政府信息公开申请数量·商业企业。")
    office.write("narrative.md", "{{ 没有这个数 }}")
    assert any(one.startswith("正文用不了：") for one in review(office, templates).hurdles)


def test_an_acceptance_is_shown_with_its_reason_and_only_as_long_as_it_holds(office, templates):
    missing_agency(office)
    office.write("accepted.toml", ACCEPTED)
    for today, approved in ((DAY, True), (datetime.date(2021, 1, 1), False)):
        told = [one for one in review(office, templates, today).topics if one.kind.code == "agency-missing"]
        assert [topic.accepted for topic in told] == [approved]
    (item,) = next(one for one in review(office, templates).topics if one.accepted).items
    assert (item.approval.reason, item.approval.by, item.approval.until) == (
        "并入市政府办公室",
        "张三",
        "2020-12-31",
    )


def test_the_page_is_the_same_on_any_day_on_which_the_same_is_accepted(office, templates):
    pages = [
        review_pages(one, one.findings, templates)[0]
        for one in (examined(office, templates), examined(office, templates, datetime.date(2026, 1, 1)))
    ]
    assert pages[0] == pages[1]
    assert (pages[0].kind, pages[0].name) == ("review", "核对报告.html")


def test_check_and_build_write_the_same_page_and_say_where(office):
    said = make_report("check", "-w", office.root)
    file = office.outputs / "核对报告.html"
    first = file.read_bytes()
    assert "outputs/2019/核对报告.html" in said.out + said.err
    make_report("build", "-w", office.root)
    assert file.read_bytes() == first


def test_a_blocked_build_shows_what_blocked_it(office):
    missing_agency(office)
    said = make_report("build", "-w", office.root)
    page = LexborHTMLParser((office.outputs / "核对报告.html").read_bytes())
    assert said.code == 1
    assert "outputs/2019/核对报告.html" in said.out + said.err
    assert "处错误没有处理" in page.css_first(".verdict").text()
    states = {
        row.css_first("th").text(): row.css_first(".state").text() for row in page.css(".board tbody tr")
    }
    assert states == {"市政府办公室": "已报", "市教育局": "未报", "海拉尔区人民政府": "已报"}


def test_a_workbook_of_attacks_is_named_and_quoted_and_does_nothing(office):
    attack = "<script>alert(1)</script>"
    office.submit(AGENCIES[1], {"requests.received.business": f"</script>{attack}\u202e"})
    office.submit(AGENCIES[2], name="海拉尔区 <img src=x onerror=alert(1)>&.xlsx")
    (office.submissions / f"{AGENCIES[2].name}.xlsx").unlink()
    (office.submissions / "'\"><svg onload=alert(1)>.xlsx").write_bytes(b"nothing")
    make_report("check", "-w", office.root)
    page = LexborHTMLParser((office.outputs / "核对报告.html").read_bytes())
    assert len(page.css("script")) == 3
    assert page.css("img, svg, [onload], [onerror]") == []
    words = page.css_first("main").text()
    assert f"</script>{attack}〔U+202E〕" in words
    assert "海拉尔区 <img src=x onerror=alert(1)>&.xlsx" in words
    assert "'\"><svg onload=alert(1)>.xlsx" in words


def test_the_page_says_how_each_rule_was_tried(office, templates):
    told = {one.reference: one for one in review(office, templates).tally if one.reference in ("H1", "H4")}
    assert {one.bodies for one in told.values()} == {len(AGENCIES)}
    assert all(one.made + one.left == one.each * (one.bodies + 1) for one in told.values())
    assert not any(one.broken for one in told.values())
    office.submit(AGENCIES[1], {"disputes.reconsideration.total": 10**6})
    assert sum(one.broken for one in review(office, templates).tally) == 1


def test_what_moved_since_the_run_before_is_shown_and_shown_again_by_a_second_run(office):
    make_report("build", "-w", office.root)
    file = office.outputs / "核对报告.html"
    assert "没有变动，或没有上一次的记录。" in file.read_text(encoding="utf-8")
    (office.submissions / f"{AGENCIES[1].name}.xlsx").unlink()
    make_report("build", "-w", office.root)
    first = file.read_bytes()
    page = LexborHTMLParser(first)
    assert "不再采用的单位 1 家：市教育局。" in page.css_first("#moved").text()
    assert page.css_first("#moved td").text() == "汇总数"
    make_report("build", "-w", office.root)
    assert file.read_bytes() == first
    make_report("check", "-w", office.root)
    assert file.read_bytes() == first


def test_a_file_sent_anew_is_named_with_both_names_where_they_differ(office):
    make_report("build", "-w", office.root)
    office.submit(AGENCIES[1], {"proactive.procurement.projects": 77})
    (office.submissions / f"{AGENCIES[2].name}.xlsx").unlink()
    office.submit(AGENCIES[2], {"proactive.procurement.projects": 78}, name="海拉尔区（改）.xlsx")
    make_report("check", "-w", office.root)
    page = LexborHTMLParser((office.outputs / "核对报告.html").read_bytes())
    assert [line.text() for line in page.css("#moved li")] == [
        "换了报送件的单位 2 家：市教育局、海拉尔区人民政府（海拉尔区人民政府.xlsx → 海拉尔区（改）.xlsx）。"
    ]
    assert "变了的数共 3 处。" in page.css_first("#moved .told").text()
