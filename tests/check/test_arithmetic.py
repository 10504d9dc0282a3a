"""Numbers of one passage must agree with each other: shares and totals."""

from decimal import Decimal

import pytest

from kit.narrative import GROUPS, narrative
from pipeline.check.arithmetic import percent, printed_percent, shares, totals
from pipeline.check.numerals import Sentences
from pipeline.model.narrative import Run


def slips(text):
    sentences = Sentences(narrative(text).passages[0])
    found = (*shares(sentences), *totals(sentences, tuple(GROUPS)))
    return [(slip.numeral.words, slip.expected) for slip in found]


def test_the_share_that_a_city_got_wrong():
    text = (
        "市本级472项政务服务事项全部入驻。设立了4个专区，市本级361项政务服务事项纳入一窗综合受理，比例达到85%"
    )
    assert slips(text) == [("85%", "76.48%")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到申请224件，其中自然人申请193件，占90%", [("90%", "86.16%")]),
        ("非文字解读271篇，占政策解读441篇的71%", [("71%", "61.45%")]),
        ("收到申请224件，其中自然人申请193件，占86.2%", []),
        ("非文字解读271篇，占政策解读441篇的61.45%", []),
        ("近500项政务服务事项入驻，361项政务服务事项进一窗，占85%", []),
        ("发布信息500条，办理建议90件，占85%", []),
        ("收到472项政务服务事项，500项政务服务事项，361项政务服务事项进一窗，占85%", []),
        ("收到472件，其中甲10件、乙20件，分别占5%、9%", []),
        ("占比85%", []),
        ("网站发布900条，占全年441篇的71%", []),
        ("收到申请224件，其中自然人193件，较上年增加20件，占86.16%", []),
        ("收到申请224件，其中自然人193件，网上90件，占自然人申请的46.6%", []),
        ("收到申请1234件（其中自然人申请1100件，占89.14%；法人申请134件，占10.86%）", []),
    ],
)
def test_shares(text, expected):
    assert slips(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共372项，其中市本级331项，旗市区61项", [("372项", "392")]),
        ("市本级331项、旗市区61项，合计372项", [("合计372项", "392")]),
        ("账号603个，其中微信451个，微博68个，客户端5个，其他89个", [("603个", "613")]),
        ("公开103615条，其中市直机关33649条，旗市区政府69960条", [("103615条", "103609")]),
        ("账号603个，其中微信451个，微博68个，客户端5个，其他79个", []),
        ("账号603个，其中微信451个，微博68个", []),
        ("共100人，其中党员80人、女性60人", []),
        ("共100人，其中党员60人、女性45人", []),
        ("收到申请10件，其中予以公开5件、其他处理3件", []),
        ("收到申请10件，其中自然人5件、其他组织3件", []),
        ("复议12件，其中维持8件，纠正2件，其他结果1件，尚未审结1件", []),
        ("办理30件，其中市直10件，会同其他部门办理15件", []),
        ("账号603个，其中微信451个（其中认证30个），其他79个", []),
        ("约600个，其中微信451个，其他79个", []),
        ("共10件，其中甲4件，其他6件，合计10件", []),
    ],
)
def test_parts_and_totals(text, expected):
    assert [(words.removeprefix("合计"), wanted) for words, wanted in slips(text)] == [
        (words.removeprefix("合计"), wanted) for words, wanted in expected
    ]


def test_where_the_total_was_printed_by_name_the_typed_part_is_at_fault():
    text = (Run("账号"), Run("603", "indicators.new_media"), Run("个，其中微信451个，其他162个"))
    assert slips(text) == [("451个", "441")]


def test_numbers_all_printed_by_name_are_the_tables_business():
    runs = [
        Run(words, "x" if words.isdigit() else "")
        for words in ("共", "9", "个，其中甲", "4", "个，其他", "4", "个")
    ]
    assert slips(tuple(runs)) == []


def test_absurdly_long_numbers_are_reckoned_without_a_crash():
    digits = "9" * 15 + ",999" * 4
    assert slips(f"办理{digits}.9999亿件，占1件的5%") == []
    assert [words for words, _ in slips(f"办理{digits}亿件，其中甲1件，占5%")] == ["5%"]


def test_percent():
    assert printed_percent(percent(Decimal(361), Decimal(472))) == "76.48%"
