"""The pages of a divided review, from an examined year: each finding and each file on one part's page."""

import datetime

import pytest

from pipeline.gather import load_inputs
from pipeline.model.division import Sizes
from pipeline.review import review_pages
from pipeline.run import examine
from pipeline.staging import Manner, held
from pipeline.workspace import Workspace

DAY = datetime.date(2020, 3, 1)
ONE_EACH = Manner(held, Sizes(1, 1))


@pytest.fixture
def pages(office, templates):
    def made(manner=ONE_EACH):
        examination = examine(load_inputs(Workspace.at(office.root, None), templates), DAY)
        return {
            one.name: one for one in review_pages(examination, examination.findings, templates, manner=manner)
        }

    return made


def test_a_small_office_has_one_page(pages):
    assert list(pages(Manner(held))) == ["核对报告.html"]


def test_a_large_one_has_an_overview_and_a_page_a_part(pages):
    made = pages()
    assert {name: one.kind for name, one in made.items()} == {
        "核对报告.html": "review",
        "核对报告/001.html": "review-part",
        "核对报告/002.html": "review-part",
        "核对报告/003.html": "review-part",
    }


def test_a_finding_is_told_on_its_agency_s_page_and_one_of_nobody_s_on_the_overview(office, pages):
    (office.submissions / "市教育局.xlsx").unlink()
    (office.submissions / "无名.xlsx").write_bytes(b"")
    made = {name: one.content.decode() for name, one in pages().items()}
    told = [name for name, page in made.items() if 'data-agency="市教育局"' in page]
    assert told == ["核对报告.html", "核对报告/002.html"]
    assert [name for name, page in made.items() if "无名.xlsx" in page] == ["核对报告.html"]


def test_the_same_bytes_come_twice(pages):
    assert [one.content for one in pages().values()] == [one.content for one in pages().values()]
