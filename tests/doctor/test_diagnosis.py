"""A check that falls ill itself says so in a line and keeps nobody else from being examined."""

from pathlib import Path

import pytest

from pipeline.doctor.diagnosis import Diagnosis, Patient, Verdict, caught
from pipeline.errors import ExitCode, OperatorError

GOOD = Diagnosis("甲", Verdict.GOOD, "好的。")


def ill(error):
    yield GOOD
    raise error


@pytest.mark.parametrize(
    ("error", "said", "code"),
    [
        (OperatorError(ExitCode.TEMPLATE, "表样写得不对。"), "表样写得不对。", ExitCode.TEMPLATE),
        (PermissionError(13, "denied", "D:/年报"), "D:/年报 读不出来：没有权限", ExitCode.INPUT),
        (OSError("gone"), "读不出来：gone", ExitCode.INPUT),
        (ImportError("DLL load failed"), "检查时出错（ImportError：DLL load failed）", ExitCode.DEPENDENCY),
    ],
)
def test_what_was_seen_before_stays_and_the_fault_gets_its_code(error, said, code):
    first, last = caught("乙", ill(error))
    assert first == GOOD
    assert (last.subject, last.verdict, last.code) == ("乙", Verdict.BAD, code)
    assert last.words.startswith(said)


def test_a_check_that_ends_well_adds_nothing():
    assert list(caught("乙", [GOOD])) == [GOOD]


def test_a_person_asked_for_a_folder_or_a_year_or_for_neither():
    def patient(folder, year=None):
        return Patient(Path("templates"), (), Path(folder), year)

    assert not patient(".").named
    assert patient("年报").named
    assert patient(".", 2020).named
