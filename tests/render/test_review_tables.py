"""The law's tables with every figure open to question, last year beside this year, the sheet to sign."""

from selectolax.lexbor import LexborHTMLParser

from kit.findings import found
from kit.review import KEYS, RECEIVED, evidence
from pipeline.compose.review import compose_review
from pipeline.render.review_tables import column_rules, compared, key_figures, statutory
from pipeline.render.review_text import Names


def reviewed(form, indicators, catalogue, *told):
    return compose_review(evidence(form, indicators, catalogue, findings=told))


def rows(html):
    found_rows = LexborHTMLParser(html).css("tbody tr")
    return [[cell.text(strip=True) for cell in row.css("th, td")] for row in found_rows]


def test_every_figure_of_the_law_s_tables_leads_to_its_account(form, indicators, catalogue):
    review = reviewed(form, indicators, catalogue)
    cells = LexborHTMLParser(statutory(review, Names.of(review))).css("td[data-figure]")
    accounts = list(review.accounts.values())
    assert [accounts[int(cell.attributes["data-figure"])].address for cell in cells] == [
        cell.address for grid in review.grids for cell in grid.cells if cell.address
    ]
    assert [cell.text() for cell in cells] == [
        cell.text for grid in review.grids for cell in grid.cells if cell.address
    ]


def test_a_cell_shows_the_heaviest_of_its_findings(forms, indicators, catalogue):
    told = [
        found(catalogue, "column-ignored", address=RECEIVED),
        found(catalogue, "row-total", address=RECEIVED),
        found(catalogue, "section-empty", address="disputes.reconsideration.total"),
    ]
    review = reviewed(forms["2019"], indicators, catalogue, *told)
    page = LexborHTMLParser(statutory(review, Names.of(review)))
    assert [len(page.css(f"td.mark-{word}")) for word in ("error", "warning", "notice")] == [1, 1, 0]


def test_nothing_on_the_page_carries_a_style_of_its_own(forms, indicators, catalogue):
    review = reviewed(forms["2019"], indicators, catalogue)
    assert "style=" not in statutory(review, Names.of(review))
    rules = column_rules(review)
    assert rules.count("col:nth-child") == sum(grid.columns for grid in review.grids)


def test_every_figure_stands_beside_last_year_s(forms, indicators, catalogue):
    review = reviewed(forms["2019"], indicators, catalogue)
    told = rows(compared(review, Names.of(review)))
    assert len(told) == len(review.accounts)
    account = review.accounts[RECEIVED]
    assert [account.words, account.printed, "30", account.difference, account.rate] in told
    assert ["行政许可·本年增/减", review.accounts["proactive.licences.change"].printed, "—", "—", "—"] in told


def test_the_sheet_to_sign_has_a_line_and_three_boxes_for_each_key_figure(forms, indicators, catalogue):
    told = (found(catalogue, "row-total", address=RECEIVED),)
    review = reviewed(forms["2019"], indicators, catalogue, *told)
    html = key_figures(review, Names.of(review))
    lines = rows(html)
    assert len(lines) == len([key for key in KEYS if key in review.accounts])
    assert [line[5:7] for line in lines] == [
        ["3 家相加", "错误 1 条"],
        ["3 家相加", "无"],
        ["3 家相加", "无"],
    ]
    page = LexborHTMLParser(html)
    assert len(page.css("input[type=checkbox]")) == len(lines)
    assert len(page.css("input[type=text]")) == 2 * len(lines)
    assert all(box.attributes["aria-label"] for box in page.css("input"))
