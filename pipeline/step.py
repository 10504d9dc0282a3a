"""The steps of a night's work for a year, and how one ended: values for those who run and those who tell."""

from collections.abc import Mapping

from msgspec import Struct

from pipeline.errors import ExitCode

BUILD, VERIFY, AGENCIES, MAIL = "build", "verify", "agencies", "mail"
STEPS: Mapping[str, str] = {BUILD: "核对、生成", VERIFY: "回读", AGENCIES: "分单位报告", MAIL: "邮件"}
"""The steps in order, with their words. What ``check`` writes and finds, ``build`` does too."""


class Ended(Struct, frozen=True):
    """How a step ended: its code, what it says, whether another try would end the same, how long it took."""

    step: str
    code: ExitCode
    lines: tuple[str, ...]
    settled: bool
    seconds: float = 0.0
    traceback: str = ""
    """A bug's."""
