"""What a run keeps for the next comes back as it was, digit for digit; anything else is refused."""

from decimal import Decimal

import pytest

from kit.findings import found
from kit.review import evidence
from pipeline.compose.review import compose_review
from pipeline.compose.review_parts import PartTold, told_of
from pipeline.model.division import Sizes, divide
from pipeline.model.finding import Severity
from pipeline.model.review import Approval
from pipeline.valuejson import as_text, from_text


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (dict[str, Decimal], {"甲": Decimal("1.50"), "乙": Decimal("-1E+3")}),
        (tuple[str, ...], ()),
        (tuple[tuple[str, Severity, bool], int | None], (("a\n\u2028", Severity.ERROR, True), None)),
        (Approval, Approval("理由", "张三", "")),
        (Approval | None, None),
    ],
)
def test_values_come_back(kind, value):
    back = from_text(kind, as_text(value))
    assert (back, repr(back)) == (value, repr(value))


def test_what_is_said_of_a_part_comes_back(form, indicators, catalogue):
    told = [found(catalogue, "row-total", f"第{number}单位", cell="D6") for number in (1, 2)]
    whole = evidence(
        form,
        indicators,
        catalogue,
        findings=told,
        approval=lambda one: Approval("核实", "张三", "") if "1" in one.agency else None,
    )
    part = divide(whole.roster, Sizes(1, 9))[0]
    said = told_of(compose_review(whole), part, "核对报告/001.html")
    assert len(said.topics) == 2
    assert from_text(PartTold, as_text(said)) == said


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (int, '"1"'),
        (int, "true"),
        (str, "null"),
        (Decimal, "1.5"),
        (Decimal, '"一"'),
        (Severity, '"none"'),
        (tuple[str, int], '["a"]'),
        (Approval, '["a", "b"]'),
        (Approval, '["a", "b", 3]'),
        (dict[str, int], '[["a"]]'),
        (dict[str, int], '[[["a"], 1]]'),
        (str, "x"),
    ],
)
def test_anything_else_is_refused(kind, text):
    with pytest.raises((ValueError, TypeError, ArithmeticError)):
        from_text(kind, text)
