"""What every command takes: words, JSON, silence."""

import pytest

from kit.desk import make_report


def test_options_may_stand_before_or_after_the_command(office):
    assert make_report("-w", office.root, "-y", "2019", "check").code == 0
    assert make_report("check", "-w", office.root, "-y", "2019").code == 0
    assert make_report("-y", "2018", "check", "-w", office.root).code == 3


def test_a_mark_that_turns_the_line_round_never_reaches_the_screen(office):
    office.write("narrative.md", "一、总体情况\n\u202e收到{{ 没有的名字 }}件。\n")
    said = make_report("build", "-w", office.root)
    assert "〔U+202E〕收到" in said.err
    assert "\u202e" not in said.out + said.err


@pytest.mark.parametrize("command", ["build", "check", "status", "blank", "figures", "agencies"])
def test_json_is_on_stdout_and_words_are_not(office, command):
    said = make_report(command, "--json", "-w", office.root)
    assert said.code == 0
    assert said.json is not None


def test_quiet_says_nothing(office):
    said = make_report("build", "-q", "-w", office.root)
    assert (said.code, said.out, said.err) == (0, "", "")
