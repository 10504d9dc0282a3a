"""Paragraphs with names in braces become paragraphs of bound runs, or one sentence says all that is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.narrative import facts
from pipeline.errors import ExitCode, OperatorError
from pipeline.model.narrative import Run
from pipeline.narrate.names import Names
from pipeline.narrate.source import SourceParagraph
from pipeline.narrate.template import UNPRINTABLE, bound

NAMES = Names(facts())


def filled(*texts):
    paragraphs = [SourceParagraph(f"第{number}段", text) for number, text in enumerate(texts, 1)]
    return bound(paragraphs, NAMES, "narrative.md")


def printed(*texts):
    return ["".join(run.text for run in paragraph.runs) for paragraph in filled(*texts)]


def refused(*texts):
    with pytest.raises(OperatorError) as refusal:
        filled(*texts)
    assert refusal.value.code is ExitCode.TEMPLATE
    return refusal.value.message


def test_every_printed_figure_stays_tied_to_its_name():
    (paragraph,) = filled("收到{{ 依申请公开.新收.总计 }}件，{{ 同比('依申请公开.新收.总计') }}")
    received = "requests.received.total"
    assert paragraph.runs == (
        Run("收到"),
        Run("224", received, (received,)),
        Run("件，"),
        Run("增长103.64%", f'同比("{received}")', (received, f"last_year.{received}")),
    )


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("{{ requests.received.total + requests.brought_forward.total }}件", "225件"),
        ("{{ requests.received.total - 24 }}件", "200件"),
        ("{{ 占比(361, 472) }}", "76.48%"),
        ("{{ 占比（“requests.disclosed.total”，“requests.outcome_total.total”） }}", "24.66%"),
        ("｛｛ 年度 ｝｝年", "2020年"),
        ("{{年度}}年{{机关}}", "2020年呼伦贝尔市"),
        ("{% if disputes.litigation_direct.total %}甲{% else %}乙{% endif %}", "乙"),
        ("｛％ if 年度 ＞ 2019 ％｝甲｛％ endif ％｝", "甲"),
        ("{{ '甲' if 机关 == '呼伦贝尔市' else '乙' }}", "甲"),
        ("{{ '甲' if 机关 != '呼伦贝尔市' else '乙' }}", "乙"),
        ("{% if disputes.litigation_direct.total != 0 %}有诉讼{% else %}没有诉讼{% endif %}", "没有诉讼"),
        ("{{ '甲' if 年度 != 2020 else '乙' }}", "乙"),
        ("{{ '甲' if requests.received.total != requests.brought_forward.total else '乙' }}", "甲"),
        ("{{ 5 }}件{# 不印 #}", "5件"),
        ("{{ 分组['市直机关'].requests.received.total }}", "80"),
    ],
)
def test_what_may_stand_in_braces(written, text):
    assert printed(written) == [text]


def test_a_condition_may_hold_several_paragraphs():
    texts = ("{% if 年度 %}", "甲", "乙", "{% else %}", "丙", "{% endif %}", "丁")
    assert printed(*texts) == ["甲", "乙", "丁"]
    assert [paragraph.written.origin for paragraph in filled(*texts)] == ["第2段", "第3段", "第7段"]


def test_a_figure_without_value_is_a_gap_to_be_reported():
    (paragraph,) = filled("编发公报{{ indicators.gazette_print }}期")
    assert paragraph.runs[1].text == "〔缺：补充指标.公报纸质版〕"
    assert [gap.source for gap in paragraph.gaps] == ["indicators.gazette_print"]


def test_all_unknown_names_are_listed_at_once_with_their_paragraphs():
    message = refused(
        "好{{ 年度 }}", "{{ requests.recieved.total }}", "{{ 依申请公开.新受.总计 }}{{ 同比('甲.乙') }}"
    )
    assert "有 3 处" in message
    assert (
        "第2段（{{ requests.reci…）：没有“requests.recieved.total”这个名字；相近的名字：requests.received.total"
        in message
    )
    assert "第3段" in message
    assert "依申请公开.新收.总计" in message
    assert "没有“甲.乙”这个名字" in message


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (["好", "{{ 年度 }"], "第2段（{{ 年度 }…）：花括号不成对"),
        (["{{ 年度", "}}"], "第1段（{{ 年度…）：花括号不成对"),
        (["{{ 年度 机关 }}", "{{ (1 }}"], "有 2 处"),
        (["好", "{% if 年度 %}"], "每个 {% if … %} 要有一个 {% endif %}"),
        (["{% endif %}"], "条件不成对"),
        (["{% set x = 1 %}"], "不支持"),
        (["{% if 年度 = 1 %}{% endif %}"], "写得不对"),
        (["{% raw %}{{ x }}{% endraw %}"], "不用 raw"),
        (["好", "{{ 机关 + 1 }}"], "第2段（{{ 机关 + 1 }}…）：花括号里把文字"),
        (["好", "{{ 机关 < 1 }}"], "第2段"),
        (["{{ 机关 > 年度 }}"], "不是数"),
        (["{{ 占比(1, 0) }}{{ 占比(1) }}{{ 同比('requests.partial.total') }}"], "有 3 处"),
        (["{{ 占比(1 - " + "9" * 40 + ", 1) }}"], "数太大"),
        (["{{ 占比(472, 361) }}"], "前一个数“472”是部分"),
        (["收到{requests.received.total}件"], "要写成 {{ requests.received.total }}"),
        (["收到｛ 年度 ｝年"], "只有一层花括号"),
        (["{{ proactive.procurement.amount + 年度 }}"], "单位不同"),
        (["{{ " + "9" * 5000 + " }}"], "写得太长"),
        (["{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}"], "写得太长"),
        (["{{ " + "1+" * 9000 + "1 }}"], "写得太长"),
        (["{% if 年度 %}" * 300 + "{% endif %}" * 300], "写得太长"),
    ],
)
def test_every_mistake_is_a_sentence_with_its_place(texts, reason):
    assert reason in refused(*texts)


def test_marks_smuggled_into_the_text_print_no_figure():
    assert printed("{{ 年度 }}\ue0000\ue001、\ue0021\ue003年") == ["20200、1年"]


def test_control_characters_neither_shift_the_lines_nor_reach_the_report():
    assert printed("甲\r\x0b乙", "{{ 年度 }}\x00") == ["甲乙", "2020"]
    assert "第2段" in refused("甲\r\n乙", "{{ 甲.乙 }}")


@given(st.text(st.characters(exclude_characters="{}｛｝"), max_size=80))
def test_text_without_braces_is_printed_as_it_stands(text):
    kept = UNPRINTABLE.sub("", text).strip()
    assert printed(text) == ([kept] if kept else [])
