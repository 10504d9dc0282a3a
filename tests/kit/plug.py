"""Pulling the plug: the program killed by SIGKILL at a chosen step of what it does to the disk, or at a moment.

``Socket`` is the test's side; run as a program this file is the other one: it has imported everything, and copies
itself (fork) for each order, so that hundreds of lives and deaths take seconds.
"""

import datetime
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from kit.mailserver import Mailroom

FOLDERS = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
CHANGING = frozenset({"os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir"})
"""Audit events that change what a folder holds; ``open`` does where it may write."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT

FULL = os.environ.get("MAKE_REPORT_PROOF") == "full"
TIMES = 100 if FULL else 2
"""How many kills at a random moment have to land in a running program."""

EXCHANGE, RENAMES, HELD = "exchange", "renames", "held"
"""How the disk behaves: exchanges folders; renames them only; does not rename the year's, a file in it is open."""


class Life(Struct, frozen=True):
    """How a run ended: its exit code (-9: killed), seconds, and, unless killed, its steps on the disk.

    ``renames`` are those among them at which a name changes its file; ``said`` is what it told a person.
    """

    code: int
    seconds: float
    steps: int = 0
    renames: tuple[int, ...] = ()
    said: str = ""

    @property
    def killed(self) -> bool:
        """Whether the plug was pulled before it had ended."""
        return self.code == -signal.SIGKILL


def moments(undisturbed: Iterable[Life], seed: int = 5) -> Iterator[float]:
    """Random moments, in seconds, spread evenly over the shortest of several runs that nobody disturbed.

    A run may end before its moment all the same: draw until enough kills have landed. The gate measures one run
    among others' work, and therefore leaves out the end.
    """
    shortest = min(life.seconds for life in undisturbed) * (1.0 if FULL else 0.7)
    chance = random.Random(seed)
    return iter(lambda: chance.uniform(0.01, shortest), None)


class Socket:
    """What the program is plugged into."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(FOLDERS)}
        self._other = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )

    def run(
        self,
        *words: object,
        disk: str = EXCHANGE,
        step: int = 0,
        moment: float = 0,
        largest: int = 0,
        days: int = 0,
    ) -> Life:
        """Run the program with these words; killed right before its step on the disk, or after some seconds.

        ``largest`` is how many bytes the system lets it write into one file, ``days`` how far its clock is put.
        """
        order = {"words": [*map(str, words)], "disk": disk, "step": step, "moment": moment}
        order |= {"largest": largest, "days": days}
        assert self._other.stdin is not None
        assert self._other.stdout is not None
        self._other.stdin.write(json.dumps(order) + "\n")
        self._other.stdin.flush()
        code, seconds, (events, said) = json.loads(self._other.stdout.readline())
        renames = tuple(number for number, event in enumerate(events, 1) if event == "os.rename")
        return Life(code, seconds, len(events), renames, said)

    def close(self) -> None:
        """Pull this plug too."""
        self._other.kill()
        self._other.communicate()


def serve() -> None:
    """Take orders, a line each, and tell how each ended."""
    import resource

    import pipeline.nightly
    import pipeline.rollover  # noqa: F401 - what the orders need is imported once
    from kit.desk import make_report

    for line in sys.stdin:
        order = json.loads(line)
        reader, writer = os.pipe()
        began = time.perf_counter()
        child = os.fork()
        if child == 0:
            steps: list[str] = []
            _behave(order["disk"])
            _put_clock(order["days"])
            if order["largest"]:
                resource.setrlimit(resource.RLIMIT_FSIZE, (order["largest"],) * 2)
            sys.addaudithook(_counting(steps, order["step"]))
            ended = make_report(*order["words"])
            with os.fdopen(writer, "wb") as tells:
                tells.write(json.dumps([steps, ended.out + ended.err]).encode())
            os._exit(ended.code)
        os.close(writer)
        if order["moment"]:
            time.sleep(order["moment"])
            os.kill(child, signal.SIGKILL)
        with os.fdopen(reader, "rb") as tells:
            told = tells.read()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps([code, time.perf_counter() - began, json.loads(told or '[[], ""]')]), flush=True)


def _counting(steps: list[str], last: int) -> Callable[[str, tuple[Any, ...]], None]:
    """Counts what changes the disk, and dies right before the last step asked for."""
    here = os.getpid()

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if os.getpid() == here and (event in CHANGING or _writes(event, arguments)):
            steps.append(event)
            if len(steps) == last:
                os.kill(here, signal.SIGKILL)

    return hook


def _writes(event: str, arguments: tuple[Any, ...]) -> bool:
    return event == "open" and isinstance(arguments[0], str) and bool(arguments[2] & WRITING)


def _behave(disk: str) -> None:
    """Have the disk do what other systems' disks do."""
    from pipeline import outputs

    if disk == EXCHANGE:
        return
    outputs.exchanged = lambda one, other: False
    rename = Path.rename

    def held(self: Path, target: Path) -> Path:
        if disk == HELD and self.name.isdecimal():
            raise PermissionError(13, "in use")
        return rename(self, target)

    Path.rename = held  # type: ignore[method-assign]


def _put_clock(days: int) -> None:
    """Put the clock forward or back."""
    from pipeline.commands import making, options, unattended

    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return datetime.datetime.now(tz) + datetime.timedelta(days)

    making.datetime = options.datetime = unattended.datetime = Clock  # type: ignore[misc]


def kill_in_the_talk(room: "Mailroom", stage: str, number: int, *words: object) -> None:
    """Run the program in a process of its own, killed when the mail server is at a stage for that time."""
    seen = []

    def strike(at: str, address: str) -> None:
        if at == stage and process.poll() is None:
            seen.append(address)
            if len(seen) == number:
                process.send_signal(signal.SIGKILL)
                process.wait()

    room.watch = strike
    program = [sys.executable, "-m", "pipeline", *map(str, words)]
    with subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        assert process.wait() == -signal.SIGKILL
    room.watch = lambda stage, address: None


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a year's outputs, by name; of run.json all that does not tell the time."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    if "run.json" in found:
        record = json.loads(found["run.json"])
        found["run.json"] = json.dumps({**record, "timing": ""}).encode()
    return found


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files that are not the same in both."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


if __name__ == "__main__":
    serve()
