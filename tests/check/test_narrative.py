"""The narrative beside the tables: what a city printed wrongly must be caught, what it printed well left alone."""

import pytest
from msgspec.structs import replace

from kit.narrative import CATALOGUE, FORMS, INDICATORS, consolidation, last_year, narrative
from pipeline.check.narrative import check_narrative
from pipeline.model.finding import Severity
from pipeline.model.narrative import Narrative, Passage, Run


def found(*passages, edition="2019", before=None, **changed):
    return check_narrative(
        narrative(*passages),
        FORMS[edition],
        consolidation(edition, **changed),
        before or last_year(),
        INDICATORS,
        year=2020,
        catalogue=CATALOGUE,
    )


def codes(*passages, **given):
    return [(finding.code, finding.found) for finding in found(*passages, **given)]


PUBLISHED = (
    "全市共收到政府信息公开申请224件，较去年增长103.64%。已答复222件(含上年结转申请1件)，2件结转下年继续办理。"
    "办理信息公开行政复议12件，行政诉讼立案4件(均为行政复议后起诉)，无结果纠正案件。"
)


def test_the_sentence_a_city_published_beside_a_table_that_says_otherwise():
    (finding,) = found(PUBLISHED)
    assert (finding.code, finding.severity) == ("sentence-contradicts", Severity.WARNING)
    assert (finding.found, finding.expected) == ("答复222件", "223")
    assert (finding.address, finding.where()) == (
        "requests.outcome_total.total",
        "inputs/2020/narrative.docx 第1段",
    )
    assert finding.message == "写的是“答复222件”，表里“（七）总计·总计”是 223。"


def test_the_share_a_city_published():
    (finding,) = [
        finding
        for finding in found("472项政务服务事项入驻，361项政务服务事项纳入一窗，比例达到85%。")
        if finding.severity is Severity.WARNING
    ]
    assert (finding.code, finding.expected) == ("sentence-arithmetic", "76.48%")
    assert "361 ÷ 472" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请225件（含上年结转1件）。",
        "收到政府信息公开申请200余件，办结223件：予以公开55件、部分公开96件、不予公开10件、无法提供49件、不予处理3件、其他处理10件。",
        "因政府信息公开工作被申请行政复议12件，均维持。",
        "2020年收到政府信息公开申请224件，同比增长103.6%。",
        "收到政府信息公开申请224件（较上年增长103.64%）。",
    ],
)
def test_what_agrees_is_passed_over_in_silence(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("收到政府信息公开申请226件。", "收到政府信息公开申请226件", "224 或 225"),
        ("收到政府信息公开申请2000余件。", "收到政府信息公开申请2000余件", "224 或 225"),
        ("公开申请中不予公开11件。", "不予公开11件", "10"),
        ("收到政府信息公开申请224件，较上年增长104.64%。", "较上年增长104.64%", "增长103.64%"),
        ("收到政府信息公开申请224件，较上年下降103.64%。", "较上年下降103.64%", "增长103.64%"),
        ("政府信息公开行政诉讼5件。", "行政诉讼5件", "4"),
    ],
)
def test_what_contradicts_a_table_is_a_warning_and_only_that(text, words, expected):
    (finding,) = found(text)
    assert (finding.code, finding.found, finding.expected) == ("sentence-contradicts", words, expected)


def test_a_heading_says_what_its_passages_are_about():
    heading = Passage(1, 2, (Run("（二）依申请公开"),), "第1段")
    body = Passage(1, 0, (Run("全年办结222件。"),), "第2段")
    other = Passage(1, 2, (Run("（三）平台建设"),), "第3段")
    in_section_three = replace(body, section=3)
    told = Narrative("narrative.md", (body, heading, body, other, body, in_section_three))
    findings = check_narrative(
        told, FORMS["2019"], consolidation(), last_year(), INDICATORS, year=2020, catalogue=CATALOGUE
    )
    assert [finding.code for finding in findings] == [
        "number-unbound",
        "sentence-contradicts",
        "number-unbound",
        "sentence-contradicts",
    ]


def test_not_all_were_upheld():
    assert codes("政府信息公开行政复议12件，均维持。", disputes__reconsideration__upheld=11) == [
        ("sentence-contradicts", "行政复议12件，均维持")
    ]


def test_other_outcomes_of_the_2021_form_are_added_up():
    changed = {"requests__other_rest__total": 9, "requests__other_fee_unpaid__total": 1}
    assert codes("政府信息公开申请其他处理10件。", edition="2021", **changed) == []


def test_growth_after_a_figure_printed_by_name_is_checked_too():
    address = "indicators.trainings"
    runs = (Run("培训"), Run("98", address, (address,)), Run("次，较上年增长12.5%。"))
    (finding,) = found(runs)
    assert (finding.found, finding.expected) == ("较上年增长12.5%", "下降12.50%")
    assert finding.message.endswith("表里“开展业务培训次数（上年 112，本年 98）”是 下降12.50%。")


REAL_MISTAKES = [
    ("收到政府信息公开申请224件，已答复222件。", "答复222件", "223"),
    ("市本级472项政务服务事项进驻，361项政务服务事项纳入一窗，比例达到85%。", "比例达到85%", "76.48%"),
    ("全年新收331件，上年结转61件，合计372件。", "合计372件", "392"),
    ("全市举办讲座331次、培训61次，共372次。", "共372次", "392"),
    ("全市举办培训372次，其中市本级331次、旗市区61次。", "全市举办培训372次", "392"),
]


@pytest.mark.parametrize(("text", "words", "expected"), REAL_MISTAKES)
def test_the_mistakes_of_real_published_reports(text, words, expected):
    assert (words, expected) in [(one.found, one.expected) for one in found(text)]


LAW_OF_SENTENCES = [
    ("收到政府信息公开申请{}件。", "224", "226"),
    ("共收到政府信息公开申请{}件（含上年结转1件）。", "225", "227"),
    ("政府信息公开申请已答复{}件。", "223", "222"),
    ("政府信息公开申请办结{}件。", "223", "222"),
    ("政府信息公开申请{}件结转下年度继续办理。", "2", "3"),
    ("上年结转政府信息公开申请{}件。", "1", "2"),
    *(
        (f"政府信息公开申请中，{words}{{}}件。", number, "7777")
        for words, number in (
            ("予以公开", "55"),
            ("部分公开", "96"),
            ("不予公开", "10"),
            ("无法提供", "49"),
            ("不予处理", "3"),
            ("其他处理", "10"),
        )
    ),
    ("政府信息公开行政复议{}件。", "12", "13"),
    ("政府信息公开行政诉讼{}件。", "4", "5"),
    ("政府信息公开行政复议{}件，均获维持。", "12", "11"),
    ("政府信息公开行政诉讼{}件，均获维持。", "4", "3"),
    ("收到政府信息公开申请224件，较上年增长{}%。", "103.64", "90"),
    ("收到政府信息公开申请{}余件。", "200", "900"),
    ("收到政府信息公开申请约{}件。", "220", "20"),
    ("收到政府信息公开申请近{}件。", "230", "2300"),
    ("收到政府信息公开申请{}多件。", "二百", "九百"),
    ("收到政府信息公开申请{}件。", "二百二十四", "二百二十六"),
    ("全市举办培训{}次，其中市本级60次、旗市区40次。", "100", "90"),
    ("全年发布解读200篇，其中图文解读50篇，占{}%。", "25", "52"),
]


@pytest.mark.parametrize(("sentence", "right", "wrong"), LAW_OF_SENTENCES)
def test_every_line_of_the_law_of_sentences_is_kept(sentence, right, wrong):
    """Each statement that is compared: silent where it is right, a warning where it is wrong."""
    warned = [one for one in found(sentence.format(right)) if one.severity is Severity.WARNING]
    assert warned == []
    warned = [one for one in found(sentence.format(wrong)) if one.severity is Severity.WARNING]
    assert len(warned) >= 1


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("因政府信息公开引发的行政复议案件均获维持。", "disputes__reconsideration__corrected"),
        ("因政府信息公开引发的行政复议案件均获维持。", "disputes__reconsideration__pending"),
        ("信息公开行政复议案件无结果纠正。", "disputes__reconsideration__corrected"),
        ("全年没有因政府信息公开引起的行政复议。", "disputes__reconsideration__total"),
        ("全年未收到政府信息公开申请。", "requests__received__total"),
    ],
)
def test_what_says_that_there_was_none_is_held_against_the_table(text, changed):
    none = {"disputes__reconsideration__total": 0, "requests__received__total": 0}
    assert codes(text, **none) == []
    others = {"disputes__litigation_after__corrected": 1}
    assert [code for code, _ in codes(text, **none | others | {changed: 1})] == ["sentence-contradicts"]


@pytest.mark.parametrize("changed", ["reconsideration__corrected", "litigation_direct__corrected"])
def test_neither_reconsideration_nor_litigation_was_corrected(changed):
    text = "信息公开行政复议和行政诉讼中都没有被纠正的案件。"
    assert codes(text) == []
    assert codes(text, **{f"disputes__{changed}": 1}) == [
        ("sentence-contradicts", "复议和行政诉讼中都没有被纠正")
    ]


def test_all_suits_came_after_reconsideration_or_none_did():
    suits = {"disputes__litigation_after__total": 3, "disputes__litigation_direct__total": 1}
    assert codes("信息公开行政诉讼4件，均为经复议后起诉。") == []
    assert codes("信息公开行政诉讼4件，均为经复议后起诉。", **suits) == [
        ("sentence-contradicts", "行政诉讼4件，均为经复议后起诉")
    ]
    assert codes("信息公开行政诉讼4件(均为未经复议直接起诉)。", **suits) == [
        ("sentence-contradicts", "行政诉讼4件(均为未经复议直接起诉")
    ]


def test_without_last_year_growth_cannot_be_compared():
    assert codes("收到政府信息公开申请224件，较上年增长90%。", before=last_year({})) == [
        ("number-unbound", "较上年增长90%")
    ]


def test_what_grew_must_be_the_figure_itself():
    assert codes("收到政府信息公开申请224件，满意率较上年增长5%。") == [
        ("number-unbound", "满意率较上年增长5%")
    ]


def test_numbers_tied_to_nothing_are_notices_and_dates_are_not():
    text = "2020年1月，落实26个试点领域指引（呼政公发〔2020〕2号），12345热线接听90次。"
    findings = found(text)
    assert [(finding.code, finding.found) for finding in findings] == [
        ("number-unbound", "落实26个"),
        ("number-unbound", "12345热线接听90次"),
    ]
    assert {finding.severity for finding in findings} == {Severity.NOTICE}


def told(words, printed, address, rest="件。"):
    """A passage in which a name printed its number after the words."""
    return (Run(words), Run(printed, address, (address,)), Run(rest))


@pytest.mark.parametrize(
    ("words", "printed", "address"),
    [
        ("全年收到政府信息公开申请", "224", "requests.received.total"),
        ("上年收到政府信息公开申请", "110", "last_year.requests.received.total"),
        ("市直机关收到政府信息公开申请", "80", "市直机关.requests.received.total"),
        ("依申请公开中，不予公开", "10", "requests.withheld.total"),
        ("收到政府信息公开申请", "225", "requests.in_hand.total"),
        ("依申请公开全年参加培训", "98", "indicators.trainings"),
    ],
)
def test_a_number_printed_by_the_right_name_is_passed_over(words, printed, address):
    assert codes(told(words, printed, address)) == []


@pytest.mark.parametrize(
    ("words", "printed", "address", "said", "expected"),
    [
        ("全年办结公开申请", "224", "requests.received.total", "办结公开申请224件", "223"),
        ("依申请公开中，予以公开", "96", "requests.partial.total", "予以公开96件", "55"),
        (
            "全年收到公开申请",
            "110",
            "last_year.requests.received.total",
            "收到公开申请110件",
            "224 或 225",
        ),
        ("收到公开申请", "80", "市直机关.requests.received.total", "收到公开申请80件", "224 或 225"),
    ],
)
def test_a_number_printed_by_the_wrong_name_for_its_sentence(words, printed, address, said, expected):
    (finding,) = found(told(words, printed, address))
    assert (finding.code, finding.found, finding.expected) == ("sentence-contradicts", said, expected)


def test_growth_printed_by_name_of_another_figure_than_the_one_it_follows():
    received, other = "requests.received.total", "indicators.trainings"
    lead = told("收到政府信息公开申请", "224", received, "件，较上年")
    right = Run("增长103.64%", f'同比("{received}")', (received, f"last_year.{received}"))
    wrong = Run("下降12.50%", f'同比("{other}")', (other, f"last_year.{other}"))
    assert codes((*lead, right)) == []
    assert codes((*lead, wrong)) == [("sentence-contradicts", "较上年下降12.50%")]


def test_growth_after_last_years_number_is_not_that_numbers_growth():
    received = "requests.received.total"
    growth = Run("增长103.64%", f'同比("{received}")', (received, f"last_year.{received}"))
    assert codes((*told("上年为", "110", f"last_year.{received}", "件，同比"), growth)) == []


def test_not_all_reconsiderations_were_upheld_where_litigation_is_named_with_them():
    text = "因政府信息公开引发行政复议12件、行政诉讼4件，均获维持。"
    assert codes(text) == []
    assert [code for code, _ in codes(text, disputes__reconsideration__upheld=11)] == ["sentence-contradicts"]


def test_not_all_were_upheld_though_a_name_printed_their_number():
    said = told("因政府信息公开引发行政复议", "12", "disputes.reconsideration.total", "件，均获维持。")
    assert codes(said) == []
    assert codes(said, disputes__reconsideration__upheld=10) == [
        ("sentence-contradicts", "行政复议12件，均获维持")
    ]


def test_a_figure_nobody_reported_contradicts_nothing():
    narrated = narrative("收到政府信息公开申请9件")
    empty = consolidation()
    empty.figures.clear()  # type: ignore[attr-defined]  # the kit's figures are a dict
    findings = check_narrative(
        narrated, FORMS["2019"], empty, last_year(), INDICATORS, year=2020, catalogue=CATALOGUE
    )
    assert [finding.code for finding in findings] == ["number-unbound"]


@pytest.mark.parametrize(
    "beside",
    ["，上年为110件，同比", "（去年110件），同比", "，2019年为110件，较上年", "，上一年度为110件，比上年"],
)
def test_growth_behind_last_years_number_is_the_figures_own(beside):
    assert codes(f"收到政府信息公开申请224件{beside}增长103.64%。") == []
    (finding,) = found(f"收到政府信息公开申请224件{beside}下降103.64%。")
    assert (finding.code, finding.expected) == ("sentence-contradicts", "增长103.64%")


def test_last_years_number_beside_a_figure_is_held_against_last_year():
    (finding,) = found("收到政府信息公开申请224件，上年为120件。")
    assert (finding.code, finding.found, finding.expected) == ("sentence-contradicts", "上年为120件", "110")
    assert finding.message == "写的是“上年为120件”，表里“上年的一、本年新收政府信息公开申请数量·总计”是 110。"


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请224件，去年3件次获得表扬。",
        "收到政府信息公开申请224件，上年结转3件。",
        "收到政府信息公开申请224件，2018年为3件。",
        "收到政府信息公开申请224件，去年3件被评为优秀案例。",
    ],
)
def test_other_numbers_of_last_year_are_not_taken_for_the_figures(text):
    assert "sentence-contradicts" not in dict(codes(text, requests__brought_forward__total=3))
