"""Time the agencies' own reports: one warm, with and without reading back, and all by one worker and by two.

``make bench``. One report: CPU seconds of this process (user and system), every agency of the sample year once a
round, after one uncounted round. All: wall seconds of whole processes, one and two workers in turn, the ratio
pair by pair. CPU of the children beside it tells how much the machine was busy with something else.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline.agencies import planned, shared_by
from pipeline.agency import Copy, Press, agency_report, press
from pipeline.compose.report import Imprint, compose_report
from pipeline.compose.tables import filled_grids
from pipeline.gather import load_inputs
from pipeline.installed import templates_folder
from pipeline.model.typeface import BUNDLED
from pipeline.narrate.offered import Offered, offered_narrative
from pipeline.render.pdf import render_pdf
from pipeline.render.word import render_word
from pipeline.workspace import Workspace

ROOT = Path(__file__).parents[2]
ROUNDS = 5
PAIRS = 7
PRINTED, PROVED, PARALLEL = 0.08, 0.35, 0.62
"""At most: CPU seconds to print one, to print and read back one; of one worker's time with two."""


def printed(tools: Press, copy: Copy) -> None:
    """An agency's two files, without reading them back."""
    shared = tools.shared
    narrative, _ = offered_narrative(
        Offered(copy.texts, copy.workbook), shared.form, shared.year, shared.catalogue
    )
    grids = filled_grids(shared.form, copy.values)
    imprint = Imprint(copy.agency, copy.agency, shared.year, "", shared.date)
    document = compose_report(shared.form, grids, narrative, imprint)
    render_word(document)
    render_pdf(document, tools.fonts)


def cpu_each(task: Callable[[Press, Copy], object], tools: Press, copies: list[Copy]) -> list[float]:
    """CPU seconds an agency, round by round, the first round uncounted."""
    rounds = []
    for _ in range(ROUNDS + 1):
        before = time.process_time()
        for copy in copies:
            task(tools, copy)
        rounds.append((time.process_time() - before) / len(copies))
    return rounds[1:]


def timed(folder: Path, jobs: int) -> tuple[float, float]:
    """Wall and CPU seconds of one run over all agencies."""
    program = [sys.executable, "-c", "from pipeline.cli import main; main()"]
    before, clock = os.times(), time.perf_counter()
    subprocess.run([*program, "agencies", "-q", "-y", "2020", "--jobs", str(jobs)], cwd=folder, check=True)
    wall, after = time.perf_counter() - clock, os.times()
    return wall, after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    """Measure, print the tables, and end 1 where a limit is passed."""
    inputs = load_inputs(Workspace.at(ROOT, 2020), templates_folder())
    shared = shared_by(inputs)
    copies = [copy for _, copy in planned(inputs, (), date(2021, 3, 1)).ready]
    tools = press(shared, templates_folder(), BUNDLED)
    each = {
        "printed": (cpu_each(printed, tools, copies), PRINTED),
        "printed and read back": (cpu_each(agency_report, tools, copies), PROVED),
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "inputs", folder / "inputs")
        pairs = [(timed(folder, 1), timed(folder, 2)) for _ in range(PAIRS + 1)][1:]
    print("| one agency, warm | min CPU s | median CPU s | max CPU s | at most |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for words, (rounds, most) in each.items():
        low, middle, high = min(rounds), statistics.median(rounds), max(rounds)
        print(f"| {words} | {low:.4f} | {middle:.4f} | {high:.4f} | {most} |")
    ratio = statistics.median(two[0] / one[0] for one, two in pairs)
    print(f"\n| {len(copies)} agencies | median wall s | median CPU s | of one worker's wall | at most |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for jobs, runs in enumerate(zip(*pairs, strict=True), 1):
        wall, cpu = (statistics.median(values) for values in zip(*runs, strict=True))
        share = f"{ratio:.0%} | {PARALLEL:.0%}" if jobs == 2 else "100% | "
        print(f"| --jobs {jobs} | {wall:.2f} | {cpu:.2f} | {share} |")
    beyond = [words for words, (rounds, most) in each.items() if statistics.median(rounds) > most]
    if beyond or ratio > PARALLEL:
        sys.exit(f"beyond its limit: {', '.join(beyond) or f'two workers take {ratio:.0%}'}")


if __name__ == "__main__":
    main()
