"""What stops the program: an operator's mistake or the world's, with the exit code and what to do."""

import errno
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


REASONS = {
    errno.ENOENT: "找不到",
    errno.EACCES: "没有权限，或正被别的程序占用",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "系统不让写这么大的文件",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接绕成了圈",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese where it is a common reason, else in the system's own words."""
    return REASONS.get(error.errno or 0, error.strerror or str(error))
