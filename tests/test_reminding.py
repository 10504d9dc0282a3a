"""[remind]: the days on which agencies that have sent nothing are reminded."""

import datetime

import pytest

from pipeline.errors import ExitCode, OperatorError
from pipeline.reminding import Reminding, read_reminding

DEADLINE = datetime.date(2021, 1, 26)


def read(text):
    return read_reminding(text.encode(), "inputs/2020/report.toml")


def days_of(reminding):
    days = [DEADLINE + datetime.timedelta(days=number) for number in range(-10, 10)]
    return [(day - DEADLINE).days for day in days if reminding.falls_on(day)]


def test_who_writes_no_remind_reminds_nobody():
    assert read('organ = "某某市"\n') is None


def test_days_before_the_deadline_the_day_itself_and_every_other_day_after():
    told = read("deadline = 2021-01-26\n[remind]\ndays = [7, 1, 0]\nlate_every = 3\n")
    assert days_of(told) == [-7, -1, 0, 3, 6, 9]


def test_after_the_deadline_only_where_it_is_asked_for():
    assert days_of(Reminding(DEADLINE, (3,))) == [-3]
    assert days_of(Reminding(DEADLINE, (), 4)) == [4, 8]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[remind]\ndays = [1]\n", "没有写 deadline"),
        ("deadline = 2021-01-26\nremind = 3\n", "能写的有"),
        ("deadline = 2021-01-26\n[remind]\ndayes = [1]\n", "能写的有"),
        ("deadline = 2021-01-26\n[remind]\ndays = 1\n", "days 应是"),
        ("deadline = 2021-01-26\n[remind]\ndays = [-1]\n", "days 应是"),
        ("deadline = 2021-01-26\n[remind]\ndays = [true]\n", "days 应是"),
        ('deadline = 2021-01-26\n[remind]\nlate_every = "2"\n', "late_every 应是"),
    ],
)
def test_what_is_written_wrong_is_refused_with_what_it_should_be(text, said):
    with pytest.raises(OperatorError, match=said) as refused:
        read(text)
    assert refused.value.code is ExitCode.INPUT
