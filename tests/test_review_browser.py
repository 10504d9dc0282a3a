"""The review page in a real browser, opened from the disk: as its reader uses it, and as an attacker would."""

import base64
from importlib.resources import files

import pypdfium2
import pytest
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from kit.attacks import hostile_evidence
from kit.browser import chromium, requests, sized
from kit.findings import blank, found
from kit.offices import roster_of
from kit.review import RECEIVED, TEXT, evidence, page, submissions_of, typed
from pipeline.model.review import Approval

pytestmark = pytest.mark.browser

AXE = "axe.run().then(arguments[0])"
CASE = "requests.received.natural_person"
PANEL = "return [...document.querySelectorAll('#panel .entries tbody tr')].map(r => [...r.cells].map(c => c.innerText))"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("browser")) as opened:
        sized(opened, 1366, 768)
        yield opened


@pytest.fixture
def show(browser, tmp_path, templates):
    """Write a page to the disk and open it there."""

    def opened(told):
        file = tmp_path / "核对报告.html"
        file.write_text(page(told, templates), encoding="utf-8")
        requests(browser)
        browser.get_log("browser")
        browser.get(file.as_uri())
        return file

    return opened


@pytest.fixture
def spoilt(forms, indicators, catalogue):
    """An office of 30 in which some things are wrong, one of them accepted."""
    form, roster = forms["2019"], roster_of(30)
    sent = submissions_of(roster, form, indicators)
    sent["002"] = typed(sent["002"], CASE, "若干", None)
    told = [
        found(catalogue, "cell-not-a-number", address=CASE),
        *(blank(catalogue, f"D{row}") for row in range(8, 20)),
        found(catalogue, "row-total", "第5单位", "inputs/2020/submissions/第5单位.xlsx", address=RECEIVED),
        found(catalogue, "row-total", "第6单位", "inputs/2020/submissions/第6单位.xlsx", cell="D9"),
        found(catalogue, "number-unbound", "", TEXT, "", "第3段", "“手写41件”是手写的。", "手写41件", ""),
    ]
    why = Approval("已核对原件", "张三", "2021-06-30")
    return evidence(
        form,
        indicators,
        catalogue,
        30,
        sent,
        findings=told,
        approval=lambda one: why if one.agency == "第6单位" else None,
    )


def told(browser):
    return browser.find_element(By.ID, "findings-told").text


def shown_rows(browser):
    return [row for row in browser.find_elements(By.CSS_SELECTOR, ".topic tbody tr") if row.is_displayed()]


def choose(browser, name, words):
    Select(browser.find_element(By.ID, name)).select_by_visible_text(words)


def figure(browser, selector):
    return browser.find_element(By.CSS_SELECTOR, f"{selector} button.figure")


def cell_of(browser, address, form):
    """The button of a statutory figure, by its address."""
    place = list(form.cells).index(address)
    return browser.find_element(By.CSS_SELECTOR, f".grid td[data-figure='{place}'] button")


def test_it_opens_from_the_disk_without_a_word_on_the_console_and_asks_for_nothing_else(
    show, spoilt, browser
):
    file = show(spoilt)
    assert browser.get_log("browser") == []
    assert [address for address in requests(browser) if address.startswith(("http", "file"))] == [
        file.as_uri()
    ]


def test_filters_narrow_the_list_and_say_how_many_of_how_many(show, spoilt, browser):
    show(spoilt)
    assert told(browser) == "没有处理的显示 15 处，共 15 处；已确认的显示 1 处，共 1 处。"
    choose(browser, "by-severity", "错误")
    choose(browser, "by-agency", "第2单位")
    assert told(browser) == (
        "筛选：级别“错误”，单位“第2单位”。没有处理的显示 13 处，共 15 处；已确认的显示 0 处，共 1 处。"
    )
    assert len(shown_rows(browser)) == 2
    choose(browser, "by-part", "依申请公开")
    browser.find_element(By.ID, "by-word").send_keys("若干")
    assert [row.find_elements(By.TAG_NAME, "td")[3].text for row in shown_rows(browser)] == ["若干"]
    browser.find_element(By.ID, "by-word").send_keys("没有的词")
    assert shown_rows(browser) == []
    browser.find_element(By.ID, "clear").click()
    assert len(shown_rows(browser)) == 5
    choose(browser, "by-code", browser.find_elements(By.CSS_SELECTOR, "#by-code option")[1].text)
    assert told(browser).startswith("筛选：种类“")


def test_a_count_on_the_board_leads_to_that_agency_s_findings(show, spoilt, browser):
    show(spoilt)
    row = browser.find_element(By.CSS_SELECTOR, ".board tbody tr")
    assert row.find_element(By.TAG_NAME, "th").text == "第2单位"
    row.find_element(By.CSS_SELECTOR, "button").click()
    assert "筛选：单位“第2单位”" in told(browser)
    choose(browser, "state", "有误")
    assert browser.find_element(By.ID, "board-told").text == "只看“有误”：显示 2 家，共 30 家。"


def test_a_click_on_a_figure_shows_every_contribution_and_they_add_up_to_it(show, spoilt, browser, forms):
    show(spoilt)
    button = cell_of(browser, RECEIVED, forms["2019"])
    button.click()
    rows = browser.execute_script(PANEL)
    assert len(rows) == 30
    assert sum(int(row[1]) for row in rows) == int(button.text)
    assert [int(row[1]) for row in rows] == sorted((int(row[1]) for row in rows), reverse=True)
    foot = browser.find_element(By.CSS_SELECTOR, "#panel tfoot").text
    assert "与汇总数相同" in foot
    assert button.text in foot
    assert sum(float(row[2].rstrip("%")) for row in rows) == pytest.approx(100, abs=1.5)
    groups = browser.find_elements(By.CSS_SELECTOR, "#panel table:not(.entries) tbody td:nth-child(3)")
    assert sum(int(cell.text) for cell in groups) == int(button.text)
    assert all(row[3] == "10" and int(row[4]) == int(row[1]) - 10 for row in rows)
    Select(browser.find_element(By.CSS_SELECTOR, "#panel select")).select_by_visible_text("照名册")
    assert [row[0] for row in browser.execute_script(PANEL)] == [f"第{number}单位" for number in range(1, 31)]
    assert rows[0][5].split("\n")[1] == "[表]A1"


def test_sums_in_the_panel_are_exact_to_the_last_digit(show, browser, forms, indicators, catalogue):
    form, roster = forms["2019"], roster_of(3)
    sent = submissions_of(roster, form, indicators)
    from decimal import Decimal

    for code, value in zip(sent, ("0.1", "0.2", "900719925474099300.03"), strict=True):
        sent[code] = typed(sent[code], "proactive.procurement.amount", value, Decimal(value))
    show(evidence(form, indicators, catalogue, 3, sent))
    cell_of(browser, "proactive.procurement.amount", form).click()
    foot = browser.find_element(By.CSS_SELECTOR, "#panel tfoot").text
    assert "900719925474099300.33" in foot
    assert "与汇总数相同" in foot


def test_a_figure_without_value_says_who_is_lacking(show, spoilt, browser, forms):
    show(spoilt)
    button = cell_of(browser, CASE, forms["2019"])
    assert button.text == "〔缺〕"
    button.click()
    panel = browser.find_element(By.ID, "panel").text
    assert "缺这个数的单位（1 家）" in panel
    assert "第2单位：[表]A1 写的是“若干”，没有采用" in panel
    assert "有单位缺数，还没有汇总" in panel
    browser.find_element(By.CSS_SELECTOR, "#panel a[href^='#item-']").click()
    assert browser.switch_to.active_element.text.startswith("第2单位")
    assert not browser.find_element(By.ID, "panel").is_displayed()


def test_a_finding_that_the_filter_hides_is_found_by_its_link_all_the_same(show, spoilt, browser, forms):
    show(spoilt)
    choose(browser, "by-agency", "第6单位")
    cell_of(browser, CASE, forms["2019"]).click()
    browser.find_element(By.CSS_SELECTOR, "#panel a[href^='#item-']").click()
    assert browser.switch_to.active_element.is_displayed()
    assert told(browser).startswith("没有处理的显示 15 处")


def keys(browser, *pressed):
    for key in pressed:
        ActionChains(browser).send_keys(key).perform()


def test_all_of_it_works_from_the_keyboard(show, spoilt, browser, forms):
    show(spoilt)
    keys(browser, Keys.TAB)
    assert browser.switch_to.active_element.text == "跳到正文"
    keys(browser, Keys.ENTER)
    first = figure(browser, ".grid.requests")
    browser.execute_script("arguments[0].focus()", first)
    keys(browser, Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ARROW_LEFT, Keys.ARROW_DOWN)
    here = browser.switch_to.active_element
    place = int(here.find_element(By.XPATH, "..").get_attribute("data-figure"))
    address = list(forms["2019"].cells)[place]
    assert address.split(".")[2] == "natural_person"
    keys(browser, Keys.ENTER)
    assert browser.find_element(By.ID, "panel").is_displayed()
    assert browser.switch_to.active_element.get_attribute("id") == "panel-title"
    outline = browser.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    keys(browser, Keys.ESCAPE)
    assert not browser.find_element(By.ID, "panel").is_displayed()
    assert browser.switch_to.active_element == here
    stops = browser.execute_script(
        "return [...document.querySelectorAll('.grid')].map(g => [...g.querySelectorAll('button')].filter(b => b.tabIndex == 0).length)"
    )
    assert stops == [1, 1, 1]


def test_a_number_in_the_narrative_leads_to_the_figures_it_rests_on(show, spoilt, browser):
    show(spoilt)
    numbers = browser.find_elements(By.CSS_SELECTOR, "#text .bound button")
    assert [one.text for one in numbers] == ["42", "50%", "40"]
    numbers[1].click()
    panel = browser.find_element(By.ID, "panel").text
    assert "本年新收政府信息公开申请数量·总计" in panel
    assert (
        f'正文里的“50%”由 占比("市直机关.{RECEIVED}", "{RECEIVED}") 得出' not in panel
    )  # one figure, no list
    beside = browser.find_element(By.CSS_SELECTOR, ".reading.marked")
    assert "“手写41件”是手写的。" in beside.text


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2021-01-13T09:00:00", "报送截止日期 2021-01-15，还有 2 天。"),
        ("2021-01-15T09:00:00", "报送截止日期 2021-01-15，就是今天。"),
        ("2021-01-20T09:00:00", "报送截止日期 2021-01-15，已过 5 天，还有 1 家未报。"),
        ("2026-01-20T09:00:00", "报送截止日期 2021-01-15，还有 1 家未报。"),
    ],
)
def test_days_to_the_deadline_are_counted_where_the_page_is_opened(
    show, browser, forms, indicators, catalogue, now, words
):
    form, roster = forms["2019"], roster_of(3)
    sent = submissions_of(roster, form, indicators)
    del sent["003"]
    clock = f"Date.now = () => new Date('{now}').getTime()"
    told_first = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": clock})
    show(evidence(form, indicators, catalogue, 3, sent))
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", told_first)
    assert browser.find_element(By.ID, "deadline").text == words


def test_last_year_s_list_says_what_it_leaves_out(show, spoilt, browser):
    show(spoilt)
    assert "显示 1 项" in browser.find_element(By.ID, "compared-told").text
    choose(browser, "moved-by", "全部")
    rows = len(browser.find_elements(By.CSS_SELECTOR, "#compared tbody tr"))
    assert browser.find_element(By.ID, "compared-told").text == f"显示 {rows} 项，共 {rows} 项。"


@pytest.mark.parametrize("open_panel", [False, True])
@pytest.mark.parametrize("width", [1366, 360])
def test_axe_finds_no_fault(show, spoilt, browser, forms, open_panel, width):
    sized(browser, width, 768)
    show(spoilt)
    if open_panel:
        button = cell_of(browser, CASE, forms["2019"])
        browser.execute_script("arguments[0].click()", button)
    browser.execute_script((files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8"))
    result = browser.execute_async_script(AXE)
    sized(browser, 1366, 768)
    assert {one["id"]: one["nodes"][0]["html"][:200] for one in result["violations"]} == {}
    assert len(result["passes"]) > 20


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])
def test_the_page_is_never_wider_than_the_screen(show, spoilt, browser, forms, width, height):
    sized(browser, width, height)
    show(spoilt)
    button = cell_of(browser, RECEIVED, forms["2019"])
    browser.execute_script("arguments[0].click()", button)
    wide = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    panel = "const p = document.getElementById('panel'); return p.scrollWidth <= p.clientWidth"
    fits = browser.execute_script(wide), browser.execute_script(panel)
    sized(browser, 1366, 768)
    assert fits == (True, True)


def printed(browser):
    paper = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    pages = pypdfium2.PdfDocument(base64.b64decode(paper["data"]))
    return ["".join(one.get_textpage().get_text_range().split()) for one in pages]


def test_on_paper_all_that_the_filter_lets_through_is_there_and_the_filter_is_named(show, spoilt, browser):
    show(spoilt)
    choose(browser, "by-agency", "第5单位")
    pages = printed(browser)
    whole = "".join(pages)
    assert "筛选：单位“第5单位”。" in whole
    assert "清除筛选" not in whole
    assert "手写41件”是手写的" in whole  # beside the passage, not in the list
    assert "复核人：" in whole
    tables = [one for one in pages if "申请人情况" in one]
    assert len(tables) == 1
    (sheet,) = [one for one in pages if "核对人" in one and "日期" in one]
    assert "签核" in sheet


def test_on_paper_nothing_waits_behind_a_button(show, browser, forms, indicators, catalogue):
    many = [
        found(catalogue, "row-total", cell=f"D{n}", found=f"{n}", message=f"第{n}处不对。")
        for n in range(1, 451)
    ]
    show(evidence(forms["2019"], indicators, catalogue, findings=many))
    assert told(browser) == "没有处理的显示 200 处，共 450 处；已确认的显示 0 处，共 0 处。"
    more = browser.find_element(By.ID, "more")
    assert more.text == "还有 250 处没有显示，再显示一些"
    more.click()
    assert len(shown_rows(browser)) == 400
    assert "第450处不对。" in "".join(printed(browser))


def test_others_text_does_nothing_but_stand_there(show, browser, forms, indicators, catalogue):
    show(hostile_evidence(forms["2019"], indicators, catalogue))
    browser.execute_script("window.alert = () => { window.harmed = true; }")
    cell_of(browser, RECEIVED, forms["2019"]).click()
    assert "<script>alert(1)</script>局0" in browser.find_element(By.ID, "panel").text
    browser.find_element(By.CSS_SELECTOR, "#panel a[href^='#item-']").click()
    browser.find_element(By.ID, "by-word").send_keys("<script>")
    name = browser.find_elements(By.CSS_SELECTOR, "#by-agency option")[1].text
    choose(browser, "by-agency", name)
    assert len(shown_rows(browser)) >= 1
    assert browser.get_log("browser") == []
    assert browser.execute_script("return window.harmed === undefined")
    strange = (
        "return document.querySelectorAll('img, svg, iframe, object, main script, #panel script').length"
    )
    assert browser.execute_script(strange) == 0
    assert "〔U+202E〕" in browser.find_element(By.TAG_NAME, "main").text


def test_without_a_script_it_can_still_be_read(browser, tmp_path, spoilt, templates):
    file = tmp_path / "核对报告.html"
    file.write_text(page(spoilt, templates), encoding="utf-8")
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(file.as_uri())
        main = browser.find_element(By.TAG_NAME, "main").text
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert "清除筛选" not in main
    assert "没有处理的 15 处，已确认的 1 处。" in main
    assert "一、本年新收政府信息公开申请数量" in main
