"""A name prints 31.17亿元 and the office typed 亿元 behind it: what reads wrong together is found, the rest left alone."""

from decimal import Decimal

import pytest

from pipeline.model.number import NumberKind
from pipeline.narrate.seams import seam
from pipeline.narrate.value import Phrase, Value


def value(number, kind=NumberKind.COUNT):
    return Value(Decimal(number), kind, "x")


AMOUNT, FEES = value(3117000000, NumberKind.YUAN), value("18.87", NumberKind.WAN)
COUNT, CHANGE = value(224), value(12, NumberKind.CHANGE)
SHARE, GROWTH = Phrase("76.48%", "占比"), Phrase("增长103.64%", "同比")


@pytest.mark.parametrize(
    ("before", "printed", "after", "together"),
    [
        ("采购金额", AMOUNT, "亿元。", "采购金额31.17亿元亿元。"),
        ("采购金额", AMOUNT, " 元", "采购金额31.17亿元 元"),
        ("收到申请", COUNT, "万件", "收到申请224万件"),
        ("收到申请", COUNT, "0件", "收到申请2240件"),
        ("收到申请1", COUNT, "件", "收到申请1224件"),
        ("收费", FEES, "万元", "收费18.87万元万元"),
        ("收费", FEES, "元", "收费18.87万元元"),
        ("收费", FEES, "亿元", "收费18.87万元亿元"),
        ("占", SHARE, "%。", "占76.48%%。"),
        ("占", SHARE, "％", "占76.48%％"),
        ("同比增长", GROWTH, "。", "同比增长增长103.64%。"),
        ("本年", CHANGE, "万项", "本年增12万项"),
    ],
)
def test_what_does_not_go_together_is_shown_together(before, printed, after, together):
    found = seam(before, printed, after)
    assert found is not None
    assert (found.printed, found.together) == (printed.text, together)


@pytest.mark.parametrize(
    ("before", "printed", "after"),
    [
        ("采购金额", AMOUNT, "，其中"),
        ("收费", FEES, "。"),
        ("收到申请", COUNT, "件"),
        ("1.", COUNT, "件"),
        ("", value(2020), "年1月"),
        ("占", SHARE, "，"),
        ("较上年", GROWTH, "。"),
        ("较上年", Phrase("持平", "同比"), "。"),
        ("本年", CHANGE, "项"),
        ("", Phrase("呼伦贝尔市", "机关"), "1月"),
        ("1", Phrase("", ""), "2"),
        ("1", Value(None, NumberKind.COUNT, "x"), "万"),
    ],
)
def test_what_reads_well_is_left_alone(before, printed, after):
    assert seam(before, printed, after) is None
