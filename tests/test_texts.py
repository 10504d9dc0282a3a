"""An agency's words beside its own figures: one place for check, for its own report, and for an edited one."""

from decimal import Decimal

from kit.narrative import BLEMISHES, CATALOGUE, FORMS, INDICATORS, narrative
from pipeline.model.roster import Agency, Roster
from pipeline.texts import Own, Standard, text_findings

ROSTER = Roster((Agency("01", "市教育局", "市直机关"), Agency("02", "市财政局", "市直机关")))
STANDARD = Standard(FORMS["2019"], INDICATORS, BLEMISHES, ROSTER, "呼伦贝尔市", 2020, CATALOGUE)
RECEIVED = "requests.received.total"


def told(*texts, received=12, before=6):
    own = Own("市教育局", {RECEIVED: Decimal(received)}, {RECEIVED: Decimal(before)})
    return [(one.code, one.agency, one.cell) for one in text_findings(narrative(*texts), own, STANDARD)]


def test_an_agency_s_sentence_is_held_against_its_own_figures_of_both_years():
    right = "收到政府信息公开申请12件，较上年增长100%。"
    assert told(right) == []
    assert told(right, received=13) == [("sentence-contradicts", "市教育局", "第1段")]
    assert told(right, before=5) == [("sentence-contradicts", "市教育局", "第1段")]


def test_what_must_not_stand_in_it_is_told_in_the_agency_s_name():
    assert told("公开信息。", "本报告由市财政局编制，联系人×××。") == [
        ("narrative-remark", "市教育局", "第2段"),
        ("text-other-body", "市教育局", "第2段"),
    ]


def test_that_a_number_is_typed_by_hand_is_no_news():
    assert told("全年召开新闻发布会7场。") == []
