"""Which sentences say a figure for certain, and which are about something else."""

import pytest

from pipeline.check.sentences import STATEMENTS, SUBJECT, is_about_all

LEAD = "办理政府信息公开申请。"
PARTS = ("市直机关", "旗市区政府", "海拉尔区")


def stated(sentence, lead=LEAD):
    text = lead + sentence
    return [
        (statement.readings[0][0].split(".", 1)[1], "0" if statement.nothing else match["n"])
        for statement in STATEMENTS
        for match in statement.pattern.finditer(text)
        if SUBJECT.search(text)
        and is_about_all(
            statement, match, text[text.rfind("。", 0, match.start()) + 1 : match.start()], 2020, PARTS
        )
    ]


@pytest.mark.parametrize(
    ("sentence", "figure", "number"),
    [
        ("全市共收到政府信息公开申请224件", "received.total", "224"),
        ("2020年，新收申请 224 件", "received.total", "224"),
        ("受理公民、法人和其他组织提出的政府信息公开申请共计224件", "received.total", "224"),
        ("全年收政府信息公开申请464件", "received.total", "464"),
        ("我局收到政府信息公开申请事项1件", "received.total", "1"),
        ("结转上年度政府信息公开申请3件", "brought_forward.total", "3"),
        ("剩余26件结转下年度办理", "carried_forward.total", "26"),
        ("上年结转政府信息公开申请1件", "brought_forward.total", "1"),
        ("（含上年度结转1件）", "brought_forward.total", "1"),
        ("全市共收到224件政府信息公开申请", "received.total", "224"),
        ("2020年，新收224件，均已登记", "received.total", "224"),
        ("收到申请三十二件", "received.total", "三十二"),
        ("本年应办理225件", "received.total", "225"),
        ("已答复222件", "outcome_total.total", "222"),
        ("答复一百零五件", "outcome_total.total", "一百零五"),
        ("全部办结223件", "outcome_total.total", "223"),
        ("2件结转下年继续办理", "carried_forward.total", "2"),
        ("结转下年度继续办理2件", "carried_forward.total", "2"),
        ("其中予以公开55件", "disclosed.total", "55"),
        ("部分公开：96件", "partial.total", "96"),
        ("不予公开10件", "withheld.total", "10"),
        ("无法提供49件", "unavailable.total", "49"),
        ("不予处理3件", "unprocessed.total", "3"),
        ("其他处理10件", "other.total", "10"),
        ("发生行政复议12件", "reconsideration.total", "12"),
        ("行政诉讼立案4件", "litigation.total", "4"),
        ("未经复议直接起诉3件", "litigation_direct.total", "3"),
        ("经复议后提起行政诉讼4件", "litigation_after.total", "4"),
    ],
)
def test_sentences_that_say_a_figure(sentence, figure, number):
    assert stated(sentence) == [(figure, number)]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("全年未收到政府信息公开申请", ["received.total"]),
        ("没有收到公民、法人和其他组织提出的申请", ["received.total"]),
        ("未发生行政复议", ["reconsideration.total"]),
        ("没有因政府信息公开引起的行政复议和行政诉讼", ["reconsideration.total", "litigation.total"]),
        ("未发生因政府信息申请引起的行政复议", ["reconsideration.total"]),
        ("未发生依申请公开政府信息方面的行政复议和行政诉讼", ["reconsideration.total", "litigation.total"]),
        (
            "没有发生因政府信息公开申请行政复议和提起行政诉讼的情况",
            ["reconsideration.total", "litigation.total"],
        ),
        (
            "未收到因政府信息公开申请引起的行政复议和行政诉讼情况",
            ["reconsideration.total", "litigation.total"],
        ),
        ("未收到行政复议、行政诉讼", ["reconsideration.total", "litigation.total"]),
        ("无行政诉讼案件", ["litigation.total"]),
        ("行政复议案件均获维持", ["reconsideration.corrected"]),
        ("无结果纠正案件", ["reconsideration.corrected"]),
        ("没有被纠正的案件", ["reconsideration.corrected"]),
    ],
)
def test_sentences_that_say_there_was_none(sentence, figures):
    assert stated(sentence) == [(figure, "0") for figure in figures]


@pytest.mark.parametrize(
    "sentence",
    [
        "未发生行政复议和行政诉讼败诉案件",
        "没有行政复议被纠正的情况由本级",
        "未经行政复议直接起诉",
        "未收到申请人补正材料",
        "2019年未收到政府信息公开申请",
        "海拉尔区未收到政府信息公开申请",
        "未收到行政复议决定书",
        "收到申请一件事一次办清单",
        "对无法提供的一次性告知理由",
        "新收12件行政复议案件",
        "收到3件行政复议申请",
        "收到12件投诉举报，依申请公开",
    ],
)
def test_sentences_that_say_less_than_that_there_was_none_or_count_something_else(sentence):
    assert [one for one in stated(sentence) if not one[0].endswith("corrected")] == []


def test_all_upheld_says_two_figures():
    assert [figure for figure, _ in stated("行政复议12件，均获维持")] == [
        "reconsideration.upheld",
        "reconsideration.total",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "市直机关收到政府信息公开申请80件",
        "海拉尔区收到申请12件",
        "市直机关收到信函80封，答复78件",
        "2019年收到政府信息公开申请110件",
        "去年收到申请110件",
        "上半年收到申请100件",
        "3月收到申请9件",
        "网上收到申请90件",
        "自然人收到申请9件",
        "收到申请材料9份",
        "其中按时答复200件",
        "办理人大建议12件，答复12件",
        "收到信箱留言，办结90件",
        "公布建议提案办理答复551件",
        "当面答复12件",
        "因信息公开引起的复议共十余件，已办结10件",
        "不予以公开3件",
        "主动公开90件",
    ],
)
def test_sentences_about_a_part_another_year_or_other_business_are_left_alone(sentence):
    assert stated(sentence) == []


def test_a_passage_about_something_else_is_left_alone():
    assert stated("全年办结223件，行政复议500件", lead="") == []
    assert stated("较2019年有所增加，收到政府信息公开申请224件") == [("received.total", "224")]
