"""The exit codes are a promise to whoever calls the program."""

import errno

from pipeline.errors import ExitCode, OperatorError, reason


def test_the_codes_are_the_documented_ones():
    assert {code.name: code.value for code in ExitCode} == {
        "OK": 0, "FINDINGS": 1, "USAGE": 2, "INPUT": 3, "TEMPLATE": 4, "OUTPUT": 5, "UNVERIFIED": 6,
        "UNDELIVERED": 7, "LOCKED": 8, "DEPENDENCY": 9, "WORKER": 10, "BUG": 70, "INTERRUPTED": 130,
    }  # fmt: skip


def test_an_operator_s_error_carries_its_code_and_sentence():
    error = OperatorError(ExitCode.OUTPUT, "关上文件再运行。")
    assert (error.code, error.message) == (ExitCode.OUTPUT, "关上文件再运行。")


def test_a_system_s_reason_is_said_in_chinese_where_it_is_a_common_one():
    assert reason(OSError(errno.ENOSPC, "No space left on device")) == "磁盘已满"
    assert reason(OSError(9999, "Something else")) == "Something else"
