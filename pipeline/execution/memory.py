"""How much memory a process may take: the one place that asks the system for it.

Linux gives a limit on a process's addresses. Windows has none that a process could set without a job object;
there, and where a system keeps to no such limit (macOS), the guard before the reader is the only bound.
"""

import ctypes
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform == "linux":
    import resource

MEBI = 1024 * 1024


def bound_memory(mebibytes: int) -> bool:
    """Let this process take so much more than it has, no child of it more; whether the system keeps to it."""
    if sys.platform != "linux":
        return False
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + mebibytes * MEBI
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        return True
    return False


def give_back() -> None:
    """Give the system what this process has freed: glibc keeps for itself what lies between what is used."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim:
        trim(0)
