"""What is said of acceptances and of what moved."""

from decimal import Decimal

from msgspec.structs import replace

from pipeline.carried_text import CarriedText
from pipeline.comparing import Difference, Told
from pipeline.model.movement import Changes, Move, Submitted
from pipeline.rollover import Rolled
from pipeline.screen_findings import SHOWN
from pipeline.telling import acceptance_lines, difference_lines, rolled_lines

ENTRY = {
    "code": "row-total",
    "agency": "市教育局",
    "address": "",
    "sheet": "依申请公开",
    "cell": "J4",
    "workbook": "",
}
WHY = {"reason": "单位来函", "by": "张三", "until": "", "state": "changed", "covers": 0}


def test_each_acceptance_says_what_it_is_for_and_what_it_does(catalogue):
    lines = list(
        acceptance_lines(
            [{**ENTRY, **WHY}, {**ENTRY, **WHY, "address": "a.b", "until": "2021-03-01"}],
            catalogue,
            str.upper,
        )
    )
    assert lines[0] == "第1条　数已变　横向合计不等（row-total）　市教育局　依申请公开 J4"
    assert lines[1] == "  张三，理由：单位来函；现在管着 0 处。"
    assert lines[2].endswith("市教育局　A.B")
    assert "有效到 2021-03-01" in lines[3]
    assert lines[-1] == "共 2 条。"
    assert list(acceptance_lines([], catalogue, str.upper)) == ["还没有人工确认。"]


HEADS = {"year": 2020, "edition": "2019", "organ": "某某市", "status": "final"}


def difference(**given):
    nothing = {
        "changes": Changes(),
        "files": (),
        "appeared": (),
        "vanished": (),
        "accepted": (),
        "withdrawn": (),
    }
    heads = {"before": {**HEADS, "path": "旧"}, "after": {**HEADS, "path": "新", "status": "blocked"}}
    return Difference(**{**nothing, **heads, "by_agency": True, "by_finding": True, **given})


def told(found, *, everything=False):
    return list(difference_lines(found, everything=everything))


def test_nothing_moved_is_said():
    assert told(difference()) == [
        "从　旧（2020 年，2019 版表样，正式报告）",
        "到　新（2020 年，2019 版表样，没有出报告）",
        "没有变化。",
    ]


def test_two_organs_are_not_held_for_one():
    found = difference()
    assert "注意" not in "".join(told(found))
    found = replace(found, after={**found.after, "organ": "别的市"})
    assert told(found)[2] == "注意：不是一个机关的：某某市、别的市。"


def test_moves_say_from_what_to_what_and_an_agency_s_stand_together():
    moves = (
        Move("a", "新收", "", Decimal(5), Decimal(8)),
        Move("a", "新收", "市教育局", Decimal(4), Decimal(2)),
        Move("b", "答复", "市教育局", None, Decimal(0)),
    )
    lines = told(difference(changes=Changes(moves, ("市财政局",), ("市审计局",))))
    assert lines[2:] == [
        "变了的汇总数　1 处：",
        "  新收　5 → 8（增 3）",
        "新采用的单位　1 处：",
        "  市财政局",
        "不再采用的单位　1 处：",
        "  市审计局",
        "市教育局变了的数　2 处：",
        "  新收　4 → 2（减 2）",
        "  答复　没有 → 0",
    ]


def test_whoever_is_compared_under_another_name_is_named():
    """The code alone says that they are the same: a person should see that before the figures."""
    was, now = (Submitted("018", name, "a.xlsx", "1", {}) for name in ("市商务局", "市商务和粮食局"))
    found = difference(changes=Changes(renamed=((was, now),)))
    assert told(found)[2:] == [
        "编码相同、名称变了，当作同一家比的单位　1 处：",
        "  018　市商务局 → 市商务和粮食局",
    ]
    assert found.entry()["renamed"] == [{"code": "018", "before": "市商务局", "after": "市商务和粮食局"}]


def test_a_long_list_is_cut_and_says_how_many_more():
    found = difference(appeared=tuple(Told("row-total", f"{n}局", "a.b", "") for n in range(13)))
    assert told(found)[-1] == "  ……还有 3 处，加 -v 全部列出。"
    assert len(told(found, everything=True)) == 2 + 1 + 13


def test_an_older_record_says_what_was_not_compared():
    lines = told(difference(by_agency=False, by_finding=False))
    assert "只比了汇总数" in lines[-2]
    assert "问题没有比" in lines[-1]


def test_a_carried_year_says_what_to_see_to_and_keeps_the_rest_for_v(tmp_path):
    text = CarriedText(
        b"",
        (("第3段", "224", "requests.received.total"),),
        tuple((f"第{number}段", "市本级472项") for number in range(SHOWN + 2)),
        (("第5段", "2021年，继续改进。"),),
        "正文 narrative.md 有 1 处写得不对",
    )
    rolled = Rolled(tmp_path / "2021", 2021, (("设置", ("date 改了",)),), text)
    lines = list(rolled_lines(rolled, everything=False))
    assert lines[1:3] == ["设置：", "  date 改了。"]
    assert "  第3段：224 换成 {{ requests.received.total }}" in lines
    assert "  …… 还有 2 处，加 -v 全部列出。" in lines
    assert "  第5段：2021年，继续改进。" in lines
    assert lines[-1].endswith("正文 narrative.md 有 1 处写得不对")
    assert len(list(rolled_lines(rolled, everything=True))) == len(lines) + 1
    assert len(list(rolled_lines(Rolled(tmp_path, 2021, ()), everything=False))) == 1
