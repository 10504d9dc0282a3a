"""LibreOffice saves the sample's workbooks in other formats; the figures are still there."""

import pytest

from kit.returns import asked, given, numbers
from pipeline.workbooks.read import read_submission
from sample_clerks import Clerk
from sample_filled import filled
from sample_office import resaved


@pytest.mark.office
def test_a_workbook_saved_as_wps_saves_it_holds_the_same_figures():
    one = given("150781", Clerk(ways=("signs",)))
    (content,) = resaved({"表": filled(one)}, "et").values()
    submission, findings = read_submission(content, "表.et", asked())
    assert submission is not None
    assert [finding.code for finding in findings] == []
    assert numbers(submission, one) == one.numbers


def test_without_workbooks_no_office_program_is_started():
    assert resaved({}, "xls") == {}
