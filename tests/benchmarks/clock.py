"""What a run costs, and runs in turn: A B A B, one round uncounted."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

OFFICE = "import sys; sys.modules['numpy'] = None; "
"""An office's computer has no numpy, which openpyxl would import: it is here for pandas alone."""
ROOT = Path(__file__).parents[2]
COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An installed program's modules are compiled; a development machine may forbid it."""
SURROUNDINGS = COMPILED | {"PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in ("tests", "tools", ""))}
PROGRAM = [sys.executable, "-c", OFFICE + "from pipeline.cli import main; main()"]

LAUNCHER = """
import os, subprocess, sys, time
began = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
print(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""A small process that starts a command and says what it cost: Linux counts what the parent held as the child's peak."""


class Cost(Struct, frozen=True):
    """Seconds by the clock on the wall, of CPU (user and system), and MiB of the largest process at its peak."""

    wall: float
    cpu: float
    mebibytes: float = 0.0


Run = Callable[[], Cost]


def warm(task: Callable[[], object]) -> Run:
    """A task in this process, and in those it starts and sees end: reading has one of its own."""

    def run() -> Cost:
        wall, cpu = time.perf_counter(), _cpu()
        task()
        return Cost(time.perf_counter() - wall, _cpu() - cpu)

    return run


def _cpu() -> float:
    """Seconds of this process and of the children that have ended; Windows does not count the children."""
    now = os.times()
    children = now.children_user + now.children_system
    return time.process_time() + children


def process(
    command: Sequence[str | Path],
    folder: Path | None = None,
    surroundings: Mapping[str, str] = MappingProxyType({}),
) -> Run:
    """A command as a whole process with all it starts; RuntimeError with its last words where it fails."""

    def run() -> Cost:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", LAUNCHER, *map(str, command)],
            cwd=folder,
            env=SURROUNDINGS | {**surroundings},
            capture_output=True,
            check=False,
        )
        if done.returncode:
            words = done.stderr.decode("utf-8", "replace")[-2000:]
            raise RuntimeError(f"{command} ended {done.returncode}: {words}")
        return Cost(*map(float, done.stdout.split()))

    return run


def program(folder: Path, *words: str | Path) -> Run:
    """``make-report`` with these words, in a workspace."""
    return process([*PROGRAM, *words], folder)


def each_of(*runs: Run) -> Run:
    """Several runs one after another as one: times added, the largest process of all."""

    def run() -> Cost:
        costs = [one() for one in runs]
        return Cost(
            sum(cost.wall for cost in costs),
            sum(cost.cpu for cost in costs),
            max(cost.mebibytes for cost in costs),
        )

    return run


def after(prepare: Callable[[], object], run: Run) -> Run:
    """A run with something done before it, uncounted."""

    def prepared() -> Cost:
        prepare()
        return run()

    return prepared


def in_turn(runs: Sequence[Run], rounds: int, uncounted: int = 1) -> list[tuple[Cost, ...]]:
    """The costs of all runs, round by round."""
    return [tuple(run() for run in runs) for _ in range(rounds + uncounted)][uncounted:]
