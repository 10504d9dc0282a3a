"""The sample year built as a newcomer builds it: the published figures on paper, read by other people's readers."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import docx
import pdfplumber
import pytest
from lxml import html

from kit.desk import make_report
from kit.seed import PUBLISHED
from pipeline.model.number import plain, printed

ROOT = Path(__file__).parent.parent
PRINTED_CELLS = 285


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A copy of the sample year, built."""
    root = tmp_path_factory.mktemp("city")
    shutil.copytree(ROOT / "inputs", root / "inputs")
    said = make_report("-w", root)
    assert said.code == 0, said.out
    return root


@pytest.fixture(scope="module")
def run(city):
    return json.loads((city / "outputs" / "2020" / "run.json").read_text(encoding="utf-8"))


def content(city, ending):
    (path,) = (city / "outputs" / "2020").glob(f"*{ending}")
    return path.read_bytes()


def expected_rows(form):
    """Each table's rows of figures as the law prints them, row by row."""
    texts = {address: printed(cell.kind, Decimal(PUBLISHED[address])) for address, cell in form.cells.items()}
    return [
        [texts[cell.address] for cell in row]
        for table in form.tables
        for block in table.blocks
        for row in ([[cell for line in block.cells for cell in line]] if block.across else block.cells)
    ]


def rows_of_figures(tables):
    """Rows that carry figures, labels and what is merged away left out."""
    figure = re.compile(r"(增|减)?[0-9.]+(亿元|万元|元)?")
    for table in tables:
        for row in table:
            texts = [re.sub(r"\s", "", text) for text in row if text]
            figures = [text for text in texts if figure.fullmatch(text)]
            if figures:
                yield figures


def test_the_record_holds_the_198_published_figures(run):
    assert {address: Decimal(value) for address, value in run["figures"].items()} == {
        address: Decimal(value) for address, value in PUBLISHED.items()
    }
    assert run["figures"]["proactive.procurement.amount"] == "3117000000"
    assert run["status"] == "final"


def test_every_cell_printed_is_verified_in_every_file(run):
    verified = run["verified"]
    assert [verified[name] for name in ("cells", "docx", "pdf", "html", "fragment")] == [PRINTED_CELLS] * 5
    assert run["agencies"] == {"expected": 52, "submitted": 52, "missing": [], "excluded": []}


def test_the_pdf_carries_the_published_figures_row_by_row(city, forms):
    with pdfplumber.open(io.BytesIO(content(city, ".pdf"))) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]
    assert list(rows_of_figures(tables)) == expected_rows(forms["2019"])


def test_the_word_file_carries_the_published_figures_row_by_row(city, forms):
    tables = [
        [[cell.text for cell in _once(row.cells)] for row in table.rows]
        for table in docx.Document(io.BytesIO(content(city, ".docx"))).tables
    ]
    assert list(rows_of_figures(tables)) == expected_rows(forms["2019"])


@pytest.mark.parametrize("ending", ["年度报告.html", "（网页粘贴用）.html"])
def test_the_web_files_carry_the_published_figures_row_by_row(city, forms, ending):
    page = html.document_fromstring(content(city, ending).decode("utf-8"))
    tables = [
        [[cell.text_content() for cell in row] for row in table.iter("tr")] for table in page.iter("table")
    ]
    assert list(rows_of_figures(tables)) == expected_rows(forms["2019"])


def _once(cells):
    """The cells of a row, each merged one once."""
    seen = {}
    for cell in cells:
        seen.setdefault(cell._tc, cell)
    return seen.values()


def test_the_pdf_embeds_every_face_and_is_titled(city):
    with pdfplumber.open(io.BytesIO(content(city, ".pdf"))) as pdf:
        assert pdf.metadata["Title"] == "呼伦贝尔市2020年政府信息公开工作年度报告"
        assert {
            char["fontname"].split("+")[-1].split("-")[0] for page in pdf.pages for char in page.chars
        } == {
            "ReportSong",
            "ReportHei",
            "ReportKai",
            "ReportFang",
        }


def test_a_figure_is_traced_to_every_one_of_52_agencies(city):
    traced = make_report("trace", "requests.received.total", "--json", "-w", city).json
    assert len(traced["contributions"]) == 52
    assert sum(Decimal(one["value"]) for one in traced["contributions"]) == 224
    for one in traced["contributions"]:
        assert (city / one["workbook"]).is_file()
        assert one["sheet"]
        assert re.fullmatch("[A-Z]+[0-9]+", one["cell"])


def test_the_upward_workbook_is_a_submission_without_a_finding(city, forms, indicators, catalogue):
    from pipeline.workbooks.asked import Asked
    from pipeline.workbooks.read import read_submission

    asked = Asked(2020, forms["2019"], tuple(forms.values()), indicators, catalogue)
    submission, findings = read_submission(content(city, "上报工作簿.xlsx"), "上报工作簿.xlsx", asked)
    assert findings == ()
    assert {a: plain(v) for a, v in submission.values().items() if a in PUBLISHED} == {
        address: plain(Decimal(value)) for address, value in PUBLISHED.items()
    }


def test_built_again_elsewhere_the_files_are_the_same_to_the_byte(city, tmp_path):
    shutil.copytree(city / "inputs", tmp_path / "inputs")
    elsewhere = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "America/New_York", "LC_ALL": "C"}
    program = [sys.executable, "-c", "from pipeline.cli import main; main()", "-q", "-w", str(tmp_path)]
    subprocess.run(program, env=elsewhere, check=True)
    for path in (city / "outputs" / "2020").iterdir():
        if path.name != "run.json":
            assert (tmp_path / "outputs" / "2020" / path.name).read_bytes() == path.read_bytes()
