"""The web page as a visitor sees it and the fragment as an editor of the portal pastes it, in a real browser."""

import base64
from importlib.resources import files

import pypdfium2
import pytest
from msgspec.structs import replace
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from kit.browser import chromium, copied, pasted, requests, sized
from kit.report import CHART, report
from pipeline.model.grid import CellRole
from pipeline.render.web_fragment import render_fragment
from pipeline.render.web_page import render_page
from pipeline.verify.compare import compare
from pipeline.verify.web import read_web

pytestmark = pytest.mark.browser

A4 = (595.28, 841.89)
CELLS = """
return [...document.querySelectorAll('table')].map(table => [...table.querySelectorAll('th, td')].map(cell => {
    const box = cell.getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom, cell.innerText];
}));
"""
LABELS = """
return [...document.querySelectorAll('td')].map(cell =>
    cell.headers.split(' ').map(id => cell.closest('table').querySelector('#' + CSS.escape(id)).innerText));
"""
AXE = "axe.run().then(arguments[0])"
EDITABLE = "<!DOCTYPE html><meta charset=utf-8><div contenteditable style='height:300px'></div>"
TINYMCE = """<!DOCTYPE html><meta charset=utf-8><textarea></textarea><script src="{source}"></script><script>
tinymce.init({{selector: 'textarea', license_key: 'gpl', plugins: 'table lists code', promotion: false}});
</script>"""
READY = "return window.tinymce && tinymce.activeEditor && tinymce.activeEditor.initialized"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture
def document(form):
    whole = report(form)
    return replace(whole, blocks=(*whole.blocks, CHART))


@pytest.fixture
def page(document, browser, tmp_path):
    """The page opened from the disk, at the size of an office's screen."""
    file = tmp_path / "报告.html"
    file.write_bytes(render_page(document))
    sized(browser, 1366, 768)
    requests(browser)
    browser.get_log("browser")
    browser.get(file.as_uri())
    return file


def places(boxes):
    """Cells as (row, column, rows, columns), from where a browser has drawn them alone."""
    columns, rows = _edges(boxes, 0, 2, 0.7), _edges(boxes, 1, 3, 5)
    for left, top, right, bottom, _ in boxes:
        row, column = _index(rows, top), _index(columns, left)
        yield row, column, _index(rows, bottom) - row, _index(columns, right) - column


def _edges(boxes, near, far, apart):
    """The lines between rows or columns; a column may be two pixels wide, no row is so low."""
    edges = []
    for edge in sorted(box[side] for box in boxes for side in (near, far)):
        if not edges or edge - edges[-1] > apart:
            edges.append(edge)
    return edges


def _index(edges, place):
    return min(range(len(edges)), key=lambda index: abs(edges[index] - place))


def test_it_opens_without_a_word_on_the_console_and_asks_for_nothing_else(page, browser):
    assert browser.get_log("browser") == []
    assert [address for address in requests(browser) if not address.startswith("data:")] == [page.as_uri()]


def test_each_cell_is_drawn_where_the_law_s_table_has_it(page, browser, document):
    for grid, boxes in zip(document.grids, browser.execute_script(CELLS), strict=True):
        assert list(places(boxes)) == [(c.row, c.column, c.rows, c.columns) for c in grid.cells]
        assert ["".join(box[4].split()) for box in boxes] == [
            "".join(cell.text.split()) for cell in grid.cells
        ]


def test_every_figure_has_its_labels_and_a_screen_reader_knows_them_as_such(page, browser, document):
    expected = [
        [label.text for label in grid.labels(cell)]
        for grid in document.grids
        for cell in grid.cells
        if cell.role is CellRole.FIGURE
    ]
    found = [labels for labels in browser.execute_script(LABELS) if labels]
    assert [labels[-len(own) :] for labels, own in zip(found, expected, strict=True)] == expected
    tree = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = [node["role"]["value"] for node in tree if not node["ignored"]]
    cells = [cell.role for grid in document.grids for cell in grid.cells]
    headers = roles.count("columnheader") + roles.count("rowheader")
    assert headers == sum(role not in {CellRole.FIGURE, CellRole.VOID} for role in cells)
    assert roles.count("table") == 3
    assert roles.count("heading") == len([line for line in document.blocks if hasattr(line, "level")]) + 1


@pytest.mark.parametrize("draft", [False, True])
def test_axe_finds_no_fault(forms, browser, tmp_path, draft):
    file = tmp_path / "报告.html"
    file.write_bytes(render_page(report(forms["2019"], draft=draft)))
    for width in (1366, 360):
        sized(browser, width, 768)
        browser.get(file.as_uri())
        browser.execute_script((files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8"))
        found = browser.execute_async_script(AXE)
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
        assert len(found["passes"]) > 15


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])
def test_it_is_read_without_scrolling_the_page_sideways(page, browser, width, height):
    sized(browser, width, height)
    browser.get(page.as_uri())
    assert browser.execute_script(
        "return document.documentElement.scrollWidth == document.documentElement.clientWidth"
    )
    sizes = browser.execute_script(
        "return [...document.querySelectorAll('p, th, td')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 12
    wide = browser.execute_script(
        "return [...document.querySelectorAll('.frame')].map(frame => frame.scrollWidth > frame.clientWidth)"
    )
    assert wide == ([False] * 3 if width > 1000 else [False, True, True])


def test_it_prints_on_a4_with_the_labels_repeated_and_no_row_torn(page, browser):
    pages = printed(browser)
    assert all(pages.get_page_size(number) == pytest.approx(A4, abs=1) for number in range(len(pages)))
    of_requests = [text for text in texts(pages) if "属于国家秘密" in text or "结转下年度" in text]
    assert all("申请人情况" in text for text in of_requests)
    assert not any("草稿" in text for text in texts(pages))


def test_a_draft_says_so_on_the_screen_and_on_every_page_of_paper(forms, browser, tmp_path):
    file = tmp_path / "草稿.html"
    file.write_bytes(render_page(report(forms["2019"], draft=True)))
    sized(browser, 1366, 768)
    browser.get(file.as_uri())
    browser.execute_script("window.scrollTo(0, 2000)")
    mark = browser.find_element(By.CLASS_NAME, "draft")
    assert (mark.is_displayed(), mark.text) == (True, "草稿")
    assert browser.execute_script("return arguments[0].getBoundingClientRect().top", mark) == 0
    pages = printed(browser)
    assert len(pages) > 3
    assert all({"草", "稿"} <= set(text) for text in texts(pages))


def test_a_picture_is_drawn(page, browser):
    (picture,) = browser.find_elements(By.TAG_NAME, "img")
    assert browser.execute_script(
        "return [arguments[0].complete, arguments[0].naturalWidth > 0]", picture
    ) == [
        True,
        True,
    ]
    assert picture.accessible_name == CHART.description


def printed(browser):
    """The open page as its visitor's printer gets it."""
    paper = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    return pypdfium2.PdfDocument(base64.b64decode(paper["data"]))


def texts(pages):
    """What stands on each page, without white space."""
    return ["".join(page.get_textpage().get_text_range().split()) for page in pages]


@pytest.fixture
def fragment(document, tmp_path):
    file = tmp_path / "报告（网页粘贴用）.html"
    file.write_bytes(render_fragment(document))
    return file


def proved(document, given_back, catalogue):
    """Whether what an editor gave back still says all that the report says."""
    proof = compare(document, read_web(given_back.encode()), "稿件.html", 2020, catalogue)
    assert [finding.message for finding in proof.findings] == []
    assert proof.cells == sum(len(grid.cells) for grid in document.grids)
    assert proof.passages == len(document.lines)


def test_pasted_into_a_plain_editor_nothing_is_lost(document, fragment, browser, tmp_path, catalogue):
    copied(browser, fragment)
    editor = tmp_path / "editor.html"
    editor.write_text(EDITABLE, encoding="utf-8")
    browser.get(editor.as_uri())
    field = browser.find_element(By.TAG_NAME, "div")
    pasted(browser, field)
    proved(document, field.get_property("innerHTML"), catalogue)


@pytest.fixture
def tinymce(tmp_path):
    """A page of a content system, with its editor."""
    source = files("tinymce") / "static" / "tinymce" / "tinymce.min.js"
    page = tmp_path / "tinymce.html"
    page.write_text(TINYMCE.format(source=source.as_uri()), encoding="utf-8")
    return page


def opened(browser, page):
    browser.get(page.as_uri())
    WebDriverWait(browser, 20).until(lambda one: one.execute_script(READY))


def test_pasted_into_a_content_system_s_editor_nothing_is_lost(
    document, fragment, browser, tinymce, catalogue
):
    copied(browser, fragment)
    opened(browser, tinymce)
    browser.switch_to.frame(browser.find_element(By.TAG_NAME, "iframe"))
    pasted(browser, browser.find_element(By.TAG_NAME, "body"))
    browser.switch_to.default_content()
    given_back = browser.execute_script("return tinymce.activeEditor.getContent()")
    assert given_back.count('<table border="1" width="100%"') == 3  # what TinyMCE leaves of the borders
    proved(document, given_back, catalogue)


def test_pasted_as_source_nothing_is_lost_not_even_the_borders(
    document, fragment, browser, tinymce, catalogue
):
    opened(browser, tinymce)
    browser.execute_script(
        "tinymce.activeEditor.setContent(arguments[0])", fragment.read_text(encoding="utf-8")
    )
    given_back = browser.execute_script("return tinymce.activeEditor.getContent()")
    cells = sum(len(grid.cells) for grid in document.grids)
    assert given_back.count("border: 1px solid #000; padding: 4px") == cells
    proved(document, given_back, catalogue)
