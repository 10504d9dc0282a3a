"""What stops the program: an operator's mistake or the world's, with the exit code and what to do."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The documented exit codes (DESIGN §3): public interface."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    INPUT = 3
    TEMPLATE = 4
    OUTPUT = 5
    UNVERIFIED = 6
    UNDELIVERED = 7
    LOCKED = 8
    DEPENDENCY = 9
    WORKER = 10
    BUG = 70
    INTERRUPTED = 130


class OperatorError(Exception):
    """Something a person must mend before the program can go on.

    Carries the exit code and one or more Chinese sentences: what is wrong, where, and what to do. Anything
    about the figures themselves is a Finding instead; any other exception is a bug and keeps its traceback.
    """

    def __init__(self, code: ExitCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
