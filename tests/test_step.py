"""The steps of a night, in the office's words."""

from pipeline.errors import ExitCode
from pipeline.step import AGENCIES, BUILD, MAIL, STEPS, VERIFY, Ended


def test_the_steps_are_in_the_order_in_which_they_rest_on_each_other():
    assert list(STEPS) == [BUILD, VERIFY, AGENCIES, MAIL]
    assert list(STEPS.values()) == ["核对、生成", "回读", "分单位报告", "邮件"]


def test_how_a_step_ended_is_a_value():
    assert Ended(MAIL, ExitCode.OK, (), settled=True) == Ended(MAIL, ExitCode.OK, (), settled=True)
