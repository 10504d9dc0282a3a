"""Give the readers thousands of spoiled files: ``python tests/fuzz/fuzz.py --mutants 5000 --seed 1 --jobs 2``.

Each mutant is read in a worker process that may take 5 s and 500 MB: an exception that is no OperatorError, a
death, a hang, a panic of the reader's or a figure that changed without a word is a failure. README.md here
keeps the figures of the last full run. Linux and macOS.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from msgspec import Struct

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent), str(TESTS / "fuzz")]

from mutants import SEEDS, mutant  # noqa: E402

from pipeline.errors import OperatorError  # noqa: E402
from pipeline.forms.catalogue import load_catalogue, load_indicators  # noqa: E402
from pipeline.forms.editions import load_forms  # noqa: E402
from pipeline.workbooks.asked import Asked  # noqa: E402
from pipeline.workbooks.previous import read_ledger  # noqa: E402
from pipeline.workbooks.read import read_submission  # noqa: E402
from pipeline.workbooks.roster import read_roster  # noqa: E402

SECONDS, MEBIBYTES = 5.0, 500
TEMPLATES = TESTS.parent / "templates"


class Outcome(Struct, frozen=True):
    """What became of a mutant: finding codes (or what the operator is told), and what is wrong, "" for nothing."""

    number: int
    seed: str
    kind: str
    codes: tuple[str, ...]
    wrong: str
    seconds: float = 0.0
    mebibytes: int = 0


@cache
def asked() -> Asked:
    """What the small office asks of a workbook."""
    forms = load_forms(TEMPLATES / "forms")
    form = next(form for form in forms if form.edition == "2019")
    catalogue, indicators = (
        load_catalogue(TEMPLATES / "findings.toml"),
        load_indicators(TEMPLATES / "indicators.toml"),
    )
    return Asked(form.first_year, form, forms, indicators, catalogue)


def read(name: str, content: bytes) -> tuple[object, tuple[str, ...]]:
    """What a reader makes of a file, by the seed it comes from, and the codes of what it found."""
    try:
        if name == "roster.xlsx":
            return read_roster(content, name), ()
        if name == "previous.xlsx":
            return read_ledger(content, name, asked().year - 1, organ="某某市"), ()
    except OperatorError:
        return None, ("名册、底稿不能用",)
    submission, findings = read_submission(content, name, asked())
    figures = submission and (submission.cover, submission.values(), submission.texts)
    return figures, tuple(sorted({finding.code for finding in findings}))


@cache
def original(name: str) -> object:
    """What the whole seed holds."""
    figures, codes = read(name, (SEEDS / name).read_bytes())
    if codes:
        raise ValueError(f"{name}: {codes}")
    return figures


def tried(base: int, number: int) -> Outcome:
    """Read one mutant here."""
    one = mutant(base, number)
    whole = original(one.seed)
    start, codes, wrong = time.perf_counter(), (), ""
    try:
        figures, codes = read(one.seed, one.content)
        if one.sealed and not codes and figures != whole:
            wrong = "a figure changed without a word"
    except BaseException:
        wrong = traceback.format_exc()
    seconds = time.perf_counter() - start
    return Outcome(number, one.seed, one.kind, codes, wrong, seconds, peak())


def peak() -> int:
    """The most memory this process has held, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)


def _work(base: int, line: Connection) -> None:
    """In a worker: mutants by number until there is none; what the reader writes to stderr is a panic's words."""
    with tempfile.TemporaryFile() as said:
        os.dup2(said.fileno(), 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for number in iter(line.recv, None):
            outcome = tried(base, number)
            words = os.lseek(2, 0, os.SEEK_END)
            line.send((outcome, words))
            os.ftruncate(2, 0)
            os.lseek(2, 0, os.SEEK_SET)


def in_a_worker(base: int, numbers: Iterable[int]) -> list[Outcome]:
    """Read mutants one after another in a worker, which is put down where it hangs and replaced where it died."""
    context, outcomes, worker, line = get_context("spawn"), [], None, None
    for number in numbers:
        if worker is None or line is None:
            line, theirs = context.Pipe()
            worker = context.Process(target=_work, args=(base, theirs), daemon=True)
            worker.start()
            theirs.close()
            started = True
        else:
            started = False
        line.send(number)
        wrong = ""
        try:
            if line.poll(SECONDS + (60 if started else 0)):
                outcome, words = line.recv()
                wrong = outcome.wrong or ("the reader panicked" if words else "")
                wrong = wrong or ("too slow" if outcome.seconds > SECONDS else "")
                wrong = wrong or ("too much memory" if outcome.mebibytes > MEBIBYTES else "")
                outcomes.append(_with(outcome, wrong))
            else:
                wrong = "it hangs"
        except EOFError:
            wrong = "the process died"
        if wrong in ("it hangs", "the process died"):
            worker.kill()
            worker.join()
            one = mutant(base, number)
            outcomes.append(Outcome(number, one.seed, one.kind, (), wrong, SECONDS))
            worker = None
    if worker is not None and line is not None:
        line.send(None)
        worker.join()
    return outcomes


def _with(outcome: Outcome, wrong: str) -> Outcome:
    return Outcome(
        outcome.number, outcome.seed, outcome.kind, outcome.codes, wrong, outcome.seconds, outcome.mebibytes
    )


def run(mutants: int, base: int, jobs: int) -> list[Outcome]:
    """Read so many mutants by so many workers."""
    with ThreadPoolExecutor(jobs) as pool:
        parts = pool.map(lambda job: in_a_worker(base, range(job, mutants, jobs)), range(jobs))
        return sorted((one for part in parts for one in part), key=lambda one: one.number)


def summary(outcomes: list[Outcome]) -> list[str]:
    """The figures as README.md shows them."""
    slowest, largest = max(one.seconds for one in outcomes), max(one.mebibytes for one in outcomes)
    lines = [f"{len(outcomes)} mutants, slowest {slowest:.2f} s, largest process {largest} MiB", ""]
    lines += ["| kind | mutants | read without a finding | with a finding |", "| --- | ---: | ---: | ---: |"]
    kinds = Counter(one.kind for one in outcomes)
    plain = Counter(one.kind for one in outcomes if not one.codes and not one.wrong)
    lines += [
        f"| {kind} | {count} | {plain[kind]} | {count - plain[kind]} |" for kind, count in kinds.items()
    ]
    codes = Counter(code for one in outcomes for code in one.codes)
    lines += ["", "| finding | mutants |", "| --- | ---: |"]
    return lines + [f"| {code} | {count} |" for code, count in codes.most_common()]


def main() -> int:
    """Run, say the figures, and end 1 where anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    asked_for = parser.parse_args()
    outcomes = run(asked_for.mutants, asked_for.seed, asked_for.jobs)
    print("\n".join(summary(outcomes)))
    failures = [one for one in outcomes if one.wrong]
    for one in failures:
        print(f"\n{one.number} {one.seed} {one.kind} {one.codes}\n{one.wrong}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
