"""Time whole processes, in turn, and say medians and ratios: ``make bench``.

CPU seconds (user and system) of a finished child process, from the operating system; the runs of all commands
are interleaved (A B C A B C …) after one uncounted round, so that a slow minute of the machine is shared.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROUNDS = 7
NOTHING_NEW = "batch, nothing new"
LIMITS = {"--help": 0.25, "build (cold)": 3.0, NOTHING_NEW: 0.5}
"""CPU seconds a command may take at most on the machine of the gate (median)."""


def cpu_of(command: list[str], folder: Path) -> float:
    """CPU seconds of one run of a command."""
    before = os.times()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def measured(commands: Mapping[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """The CPU seconds of each command, round by round."""
    for run in commands.values():
        run()
    figures: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, run in commands.items():
            figures[name].append(run())
    return figures


def table(figures: Mapping[str, list[float]], base: str) -> list[str]:
    """A line a command: least, median and most CPU, and the median of its ratio to the base, round by round."""
    lines = ["| command | min s | median s | max s | × bare click |", "| --- | ---: | ---: | ---: | ---: |"]
    for name, runs in figures.items():
        ratio = statistics.median(own / other for own, other in zip(runs, figures[base], strict=True))
        lines.append(
            f"| {name} | {min(runs):.3f} | {statistics.median(runs):.3f} | {max(runs):.3f} | {ratio:.1f} |"
        )
    return lines


def main() -> None:
    """Measure the sample year and the start of the program."""
    program = [sys.executable, "-c", "from pipeline.cli import main; main()"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asleep = folder / "asleep"
        for place in (folder, asleep):
            shutil.copytree(ROOT / "inputs", place / "inputs")
        cpu_of([*program, "batch", "-y", "2020"], asleep)

        def timed(*words: str, place: Path = folder) -> Callable[[], float]:
            return lambda: cpu_of([*program, *words], place)

        figures = measured(
            {
                "bare click": lambda: cpu_of([sys.executable, "-c", "import click"], folder),
                "--help": timed("--help"),
                "status": timed("status", "-y", "2020"),
                "check": timed("check", "-y", "2020"),
                "build (cold)": timed("build", "-y", "2020"),
                "verify": timed("verify", "-y", "2020"),
                "blank": timed("blank", "-y", "2020"),
                NOTHING_NEW: timed("batch", "-y", "2020", place=asleep),
            }
        )
        log = (asleep / "outputs" / "日志" / "batch.jsonl").read_text(encoding="utf-8")
        assert log.count('"unchanged"') == ROUNDS + 1, "it did something"
    print("\n".join(table(figures, "bare click")))
    beyond = [name for name, most in LIMITS.items() if statistics.median(figures[name]) > most]
    if beyond:
        sys.exit(f"beyond its limit: {', '.join(beyond)}")


if __name__ == "__main__":
    main()
