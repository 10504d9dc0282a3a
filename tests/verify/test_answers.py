"""Which number stands for which after somebody rewrote a sentence."""

import pytest

from pipeline.model.narrative import Run
from pipeline.verify.answers import answers_across, answers_within
from pipeline.verify.said import numbers


def written(text):
    """A passage's numbers; those in 〔〕 were printed from a figure."""
    runs = [
        Run(part, "figure" if index % 2 else "")
        for index, part in enumerate(text.replace("〕", "〔").split("〔"))
        if part
    ]
    return list(numbers("".join(run.text for run in runs), runs))


def answered(before, after, how=answers_within):
    expected, found = written(before), list(numbers(after))
    answers = how(expected, found)
    return [answers[said].text if said in answers else None for said in expected if said.run]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("收到〔224〕件，结转〔2〕件", "收到224件，结转2件", ["224", "2"]),
        ("收到〔224〕件，结转〔2〕件", "结转2件，收到224件", ["224", "2"]),
        ("收到〔224〕件，结转〔2〕件", "收到2240件，结转2件", ["2240", "2"]),
        ("收到〔224〕件，结转〔2〕件", "收到224件", ["224", None]),
        ("收到〔224〕件", "收到申请5类，共224件", ["224"]),
        ("市直机关〔33649〕条、旗市区〔69966〕条", "市直机关69966条、旗市区33649条", ["69966", "33649"]),
        ("收到〔224〕件，其中网上〔224〕件", "收到224件，其中网上225件", ["224", "225"]),
        ("收到〔224〕件，其中网上〔224〕件", "收到225件，其中网上224件", ["225", "224"]),
        ("上年224件，收到〔224〕件", "上年224件，收到225件", ["225"]),
        ("全年收到政府信息公开申请〔224〕件。", "全年收到政府信息公开申请2240件，上年224件。", ["2240"]),
        ("全年收到政府信息公开申请〔224〕件。", "上年224件，全年收到政府信息公开申请2240件。", ["2240"]),
        ("收到〔224〕件", "收到3批共224件", ["224"]),
        ("采购〔31.17亿元〕", "采购311700万元", ["311700万元"]),
        ("同比〔增长5%〕", "同比下降5%", ["下降5%"]),
        ("收到〔224〕件", "收到二百二十四件", [None]),
        ("收到〔224〕件申请", "开展培训7次", [None]),
        ("收到〔224〕件", "今年公众提出的有325件", ["325"]),
    ],
)  # fmt: skip
def test_a_rewritten_sentence(before, after, expected):
    assert answered(before, after) == expected


def test_numbers_that_only_changed_the_words_around_them_are_all_there():
    assert answered("甲〔1〕乙〔2〕", "1甲2乙") == ["1", "2"]


def test_in_another_passage_a_number_needs_its_own_words():
    assert answered("收到〔224〕件", "收到224件申请", answers_across) == ["224"]
    assert answered("收到〔224〕件", "办结224人次", answers_across) == [None]
    assert answered("收到〔224〕件", "办结2件", answers_across) == [None]
    assert answered("全年共收到申请〔224〕件，其中", "全年共收到申请225件，其中", answers_across) == ["225"]


def test_a_flood_of_numbers_is_answered_in_order():
    many = "、".join(map(str, range(1000, 1250)))
    assert answered(many.replace("1000", "〔1000〕"), many.replace("1000", "7")) == ["7"]
