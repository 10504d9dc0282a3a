"""The rules of reading counted: cells, agencies, workbooks; what another finding says is not counted twice."""

import pytest

from kit.office import AGENCIES
from pipeline.check.reading import WHOLE, reading_tallies
from pipeline.gather import load_inputs
from pipeline.run import take_in
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = AGENCIES


@pytest.fixture
def tallies(office, templates, catalogue):
    """The tallies of what lies in the office, by code."""

    def counted():
        inputs = load_inputs(Workspace.at(office.root, None), templates)
        reception, cells = take_in(inputs), {*inputs.form.cells}
        blanks = {
            one.workbook: blank
            for one in reception.counted.values()
            if (blank := cells.difference(one.values()))
        }
        found = reading_tallies(reception, inputs.roster, cells, blanks, catalogue)
        return {tally.code: tally for tally in found}

    return counted


def test_every_cell_of_every_workbook_is_looked_at(office, tallies):
    blank = tallies()["cell-blank"]
    assert (blank.each, blank.bodies, blank.agencies.held) == (198, 3, 198 * 3)


def test_a_cell_is_counted_broken_by_the_code_that_says_so_alone(office, tallies):
    office.submit(BUREAU, {"requests.received.business": ""})
    found = tallies()
    assert (found["cell-blank"].broken, found["cell-blank"].agencies.held) == (1, 198 * 3 - 1)
    assert (found["cell-negative"].broken, found["cell-negative"].agencies.without_figure) == (0, 1)


def test_a_missing_table_leaves_its_cells_unread_not_broken(office, tallies):
    laid = office.laid(BUREAU)
    laid.book.remove(laid.book["复议诉讼"])
    office.deliver(laid, f"{BUREAU.name}.xlsx")
    assert tallies()["cell-blank"].agencies.without_figure == 15
    assert tallies()["cell-blank"].broken == 0


def test_an_agency_heard_from_in_vain_is_not_missing_as_well(office, tallies):
    office.submit(BUREAU, cover={"单位名称": BUREAU.name, "单位编码": "02", "年度": 2018})
    (office.submissions / f"{DISTRICT.name}.xlsx").unlink()
    checks = tallies()["agency-missing"].agencies
    assert (checks.held, checks.following, checks.broken) == (1, 1, 1)


def test_whether_the_sums_are_whole_is_counted_elsewhere(tallies):
    assert WHOLE not in tallies()
