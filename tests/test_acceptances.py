"""A person stands by a finding: for which, until when, and with a reason."""

import datetime

import pytest

from pipeline.acceptances import is_accepted, read_acceptances
from pipeline.errors import ExitCode, OperatorError
from pipeline.model.place import CellPlace

DAY = datetime.date(2021, 2, 1)
WHOLE = '[[accept]]\ncode = "items-continuity"\nreason = "机构改革"\nby = "张三"\n'


@pytest.fixture
def finding(catalogue):
    return catalogue.finding(
        "items-continuity",
        year=2020,
        agency="市教育局",
        place=CellPlace("a.xlsx", "主动公开", "B6"),
        address="proactive.licences.items_last_year",
        words="行政许可",
        detail="",
    )


@pytest.mark.parametrize(
    ("more", "covered"),
    [
        ("", True),
        ('agency = "市教育局"\n', True),
        ('agency = "市财政局"\n', False),
        ('cell = "B6"\n', True),
        ('cell = "B7"\n', False),
        ('address = "proactive.licences.items_last_year"\n', True),
        ('address = "proactive.fees.items_last_year"\n', False),
        ("until = 2021-02-01\n", True),
        ("until = 2021-01-31\n", False),
    ],
)
def test_an_acceptance_covers_what_it_names(finding, more, covered):
    assert is_accepted(finding, read_acceptances((WHOLE + more).encode(), "accepted.toml"), DAY) is covered


def test_another_code_is_not_covered(catalogue, finding):
    other = WHOLE.replace("items-continuity", "in-force")
    assert not is_accepted(finding, read_acceptances(other.encode(), "accepted.toml"), DAY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[accept]]\ncode = "a"\nby = "张三"\n', "没有写 reason"),
        ('[[accept]]\ncode = "a"\nreason = " "\nby = "张三"\n', "没有写 reason"),
        (WHOLE + 'colour = "red"\n', "不认识的项"),
        ("[[accept", "写得不对"),
        ('accept = "x"', "两层方括号"),
        (WHOLE.replace("[[accept]]", "[accept]"), "两层方括号"),
        (WHOLE + 'until = "2030-01-01"\n', "until 应是日期"),
    ],
)
def test_an_acceptance_without_its_reason_is_refused(text, said):
    with pytest.raises(OperatorError, match=said) as refused:
        read_acceptances(text.encode(), "accepted.toml")
    assert refused.value.code is ExitCode.INPUT
