"""The exit codes are a promise to whoever calls the program."""

from pipeline.errors import ExitCode, OperatorError


def test_the_codes_are_the_documented_ones():
    assert {code.name: code.value for code in ExitCode} == {
        "OK": 0, "FINDINGS": 1, "USAGE": 2, "INPUT": 3, "TEMPLATE": 4, "OUTPUT": 5, "UNVERIFIED": 6,
        "UNDELIVERED": 7, "LOCKED": 8, "DEPENDENCY": 9, "WORKER": 10, "BUG": 70, "INTERRUPTED": 130,
    }  # fmt: skip


def test_an_operator_s_error_carries_its_code_and_sentence():
    error = OperatorError(ExitCode.OUTPUT, "关上文件再运行。")
    assert (error.code, error.message) == (ExitCode.OUTPUT, "关上文件再运行。")
