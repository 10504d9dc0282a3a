"""What may stand in braces, and that nothing else gets through."""

import pytest
from jinja2.sandbox import SandboxedEnvironment

from kit.narrative import facts
from pipeline.narrate.binding import Binder
from pipeline.narrate.names import Names


def problems(template):
    binder = Binder(Names(facts()), ("同比", "占比"))
    binder.visit(SandboxedEnvironment().parse(template))
    return binder


@pytest.mark.parametrize(
    "template",
    [
        "{{ requests.received.total }}{{ 依申请公开.新收.总计 + 1 - 年度 }}",
        '{{ 分组["市直机关"].requests.received.total }}',
        '{{ 同比("requests.received.total") }}{{ 占比(requests.other.total, "requests.received.total") }}',
        "{% if 年度 > 2019 and not 机关 == '某市' %}甲{% elif 年度 or 1 %}乙{% else %}丙{% endif %}",
        '{{ "甲" if requests.other.total != 0 else "乙" }}{# 说明 #}',
    ],
)
def test_names_functions_plus_minus_and_conditions_are_all_there_is(template):
    assert problems(template).problems == []


@pytest.mark.parametrize(
    "template",
    [
        "{% for i in [1] %}{% endfor %}",
        "{% set x = 1 %}",
        "{% macro m() %}{% endmacro %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% block b %}{% endblock %}",
        "{% filter upper %}{% endfilter %}",
        "{% with %}{% endwith %}",
        "{{ requests.received.total | abs }}",
        "{{ 年度 is defined }}",
        "{{ 年度 in [2020] }}",
        "{% if '呼' in 机关 %}{% endif %}",
        "{{ 9 ** 9 }}",
        "{{ 9 * 9 }}",
        "{{ 9 // 2 }}",
        "{{ 年度 ~ 1 }}",
        "{{ -年度 }}",
        "{{ [1] }}",
        "{{ {} }}",
        "{{ ''.__class__ }}",
        "{{ ().__class__ }}",
        "{{ 年度[1:2] }}",
        "{{ 同比(*[1]) }}",
        "{{ 同比(now=1) }}",
        "{{ 年度() }}",
        "{{ range(9) }}",
        "{{ 同比.__globals__ }}",
        "{{ 年度.number }}",
        "{{ figures }}",
        "{{ self }}",
        "{{ 占比('没有这个名字', 1) }}",
    ],
)
def test_everything_else_of_jinja2_is_refused(template):
    assert problems(template).problems


def test_the_figures_used_are_gathered_and_each_unknown_name_is_reported_with_its_line():
    binder = problems("{{ requests.received.total }}\n{{ requests.recieved.total }}{{ 甲.乙 }}")
    assert list(binder.figures) == ["requests.received.total"]
    assert [problem.line for problem in binder.problems] == [2, 2]
    assert "相近的名字：requests.received.total" in binder.problems[0].reason
