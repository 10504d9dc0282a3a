"""A divided review in a real browser, opened from the disk: from the whole to a part to an agency's cell."""

from importlib.resources import files

import pytest
from selenium.webdriver.common.by import By

from kit.attacks import hostile_evidence
from kit.browser import chromium, requests, sized
from kit.findings import found
from kit.offices import roster_of
from kit.parts import SMALL
from kit.reception import reception_of
from kit.review import RECEIVED, evidence, submissions_of
from pipeline.model.division import Sizes, divide
from pipeline.review_parts import divided_pages
from pipeline.staging import AT_HAND

pytestmark = pytest.mark.browser

AXE = "axe.run().then(arguments[0])"
FIGURE = "document.querySelectorAll('.grid.requests button.figure')[0].click()"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("browser")) as opened:
        sized(opened, 1366, 768)
        yield opened


@pytest.fixture
def show(browser, tmp_path, templates):
    """Write the pages to the disk and open the overview."""

    def opened(rests_on, sizes=SMALL):
        parts = divide(rests_on.roster, sizes)
        for one in divided_pages(rests_on, reception_of(rests_on), parts, templates, AT_HAND):
            path = tmp_path / one.name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(one.content)
        requests(browser)
        browser.get_log("browser")
        browser.get((tmp_path / "核对报告.html").as_uri())
        return tmp_path

    return opened


@pytest.fixture
def office(forms, indicators, catalogue):
    form, roster = forms["2019"], roster_of(12)
    told = [
        found(
            catalogue,
            "row-total",
            one.name,
            f"inputs/2020/submissions/{one.name}.xlsx",
            cell="D6",
            address=RECEIVED,
        )
        for one in roster.agencies
    ]
    return evidence(
        form,
        indicators,
        catalogue,
        12,
        submissions_of(roster, form, indicators),
        roster=roster,
        findings=told,
    )


def text(browser, identifier):
    return browser.find_element(By.ID, identifier).text


def test_a_figure_leads_to_its_parts_and_on_to_the_agencies(browser, show, office):
    show(office)
    browser.execute_script(FIGURE)
    panel = text(browser, "panel-body")
    assert "各册的合计（3 册）" in panel
    assert "与汇总数相同" in panel
    assert "看这一册的 4 家" in panel
    browser.execute_script("document.querySelectorAll('#panel .entries a')[0].click()")
    assert text(browser, "panel-title").startswith("依申请公开：一、本年新收")
    assert "各单位的数（4 家）" in text(browser, "panel-body")
    assert "[表]A1" in text(browser, "panel-body")
    assert not browser.get_log("browser")


def test_an_agency_is_found_by_a_piece_of_its_name(browser, show, office):
    show(office)
    browser.find_element(By.ID, "find-agency").send_keys("11")
    found_there = browser.find_element(By.CSS_SELECTOR, "#found-agencies a")
    assert found_there.text == "第11单位（第3册）"
    found_there.click()
    assert browser.find_element(By.CSS_SELECTOR, "tr.shown-now th").text == "第11单位"
    assert browser.execute_script("return document.activeElement.tagName") == "TR"


def test_a_name_that_is_nowhere_is_said(browser, show, office):
    show(office)
    browser.find_element(By.ID, "find-agency").send_keys("没有这个")
    assert text(browser, "found-agencies") == "名册里没有。"


def test_the_counts_on_the_overview_are_of_all(browser, show, office):
    show(office)
    assert text(browser, "board-told") == "共 12 家。"
    assert text(browser, "findings-told").startswith("本页列出没有处理的 12 处")
    assert not browser.find_element(By.ID, "state").is_displayed()


def test_an_agency_on_the_board_leads_to_its_page(browser, show, office):
    show(office)
    browser.execute_script("document.querySelectorAll('.board th a')[5].click()")
    assert "核对报告　第2册" in browser.find_element(By.TAG_NAME, "h1").text
    assert browser.find_element(By.CSS_SELECTOR, "tr.shown-now th").text == "第6单位"
    browser.find_element(By.LINK_TEXT, "回总览").click()
    assert "单位多（12 家）" in text(browser, "main")


@pytest.mark.parametrize("page", ["核对报告.html", "核对报告/002.html"])
def test_whoever_cannot_see_or_use_a_mouse_can_read_it(browser, show, office, page):
    folder = show(office)
    browser.get((folder / page).as_uri())
    browser.execute_script(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    result = browser.execute_async_script(AXE)
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in result["violations"]] == []


@pytest.mark.parametrize("page", ["核对报告.html", "核对报告/001.html"])
def test_nothing_of_others_runs_or_is_fetched(browser, show, forms, indicators, catalogue, page):
    folder = show(hostile_evidence(forms["2019"], indicators, catalogue), Sizes(1, 3))
    browser.get((folder / page).as_uri())
    browser.execute_script("const f = document.querySelector('.grid button.figure'); if (f) f.click()")
    assert all(one.startswith("file:") for one in requests(browser))
    assert not browser.get_log("browser")
