"""Measure what is written of many agencies: the ledger, the review page, and last year's ledger read back.

``make bench``. Each size in a process of its own: CPU seconds, the process's highest memory (VmHWM), bytes and
files. The agencies' submissions are made one by one when they are asked for, as a run reads them; of the sums only
the numbers are there. With ``--browser`` Chromium opens the overview and a part.
"""

import argparse
import datetime
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from kit.browser import chromium, sized
from kit.findings import found
from kit.offices import filled_values, submission_of
from kit.review import evidence
from pipeline.compose.review import compose_review
from pipeline.forms.catalogue import load_catalogue, load_indicators
from pipeline.forms.editions import load_forms
from pipeline.model.consolidation import Consolidation, Figure
from pipeline.model.division import divide
from pipeline.model.roster import Agency, Roster
from pipeline.model.submission import Arrival, Receipt, Submission
from pipeline.outputs import LEDGER, LEDGER_PARTS
from pipeline.render.review import Pieces, render_review
from pipeline.review_parts import divided_pages
from pipeline.staging import staging
from pipeline.workbooks.ledger import Volume, ledger_workbook
from pipeline.workbooks.ledger_parts import DividedLedger
from pipeline.workbooks.previous import read_ledger
from pipeline.workspace import templates_folder

SIZES = (100, 500, 1_000, 4_000, 30_000)
DAY = datetime.date(2021, 3, 1)
MEMBERS = 97
"""Agencies of a group, so that groups share parts; the last third is one group that is divided."""
OPENED = "const t = performance.timing; return t.domInteractive - t.navigationStart"


class Made(Mapping[str, Submission]):
    """Submissions that are made anew each time they are asked for."""

    def __init__(self, roster: Roster, bases: list[Submission]) -> None:
        self._agencies = {agency.code: (number, agency) for number, agency in enumerate(roster.agencies)}
        self._bases = bases

    def __getitem__(self, code: str) -> Submission:
        number, agency = self._agencies[code]
        return replace(
            self._bases[number % len(self._bases)], workbook=f"inputs/2020/submissions/{agency.name}.xlsx"
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._agencies)

    def __len__(self) -> int:
        return len(self._agencies)

    def __contains__(self, code: object) -> bool:
        return code in self._agencies


def roster_of(size: int) -> Roster:
    """Agencies in many small groups and a large one."""
    small = size * 2 // 3
    return Roster(
        tuple(
            Agency(f"{n:05}", f"第{n}单位", f"第{n // MEMBERS + 1}旗" if n < small else "区直机关")
            for n in range(size)
        )
    )


def summed(roster: Roster, bases: list[Submission]) -> Consolidation:
    """The sums, without the cells they came from."""

    def sums(numbers: list[int]) -> dict[str, Figure]:
        times = [sum(number % len(bases) == base for number in numbers) for base in range(len(bases))]
        return {
            address: Figure(
                address,
                sum(
                    (
                        (base.value(address) or Decimal(0)) * often
                        for base, often in zip(bases, times, strict=True)
                    ),
                    Decimal(0),
                ),
                (),
            )
            for address in bases[0].cells
        }

    groups: dict[str, list[int]] = {}
    for number, agency in enumerate(roster.agencies):
        groups.setdefault(agency.group, []).append(number)
    return Consolidation(
        sums(list(range(len(roster.agencies)))),
        {name: sums(numbers) for name, numbers in groups.items()},
        roster.agencies,
        (),
    )


def highest() -> float:
    """The process's highest memory so far, in MiB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def written(size: int, folder: Path, what: str) -> None:
    """Write, or read back, and print a line of the table."""
    templates = templates_folder()
    form = next(form for form in load_forms(templates / "forms") if form.edition == "2019")
    indicators = load_indicators(templates / "indicators.toml")
    asked = [one for one in indicators if not one.over]
    roster = roster_of(size)
    bases = [submission_of(roster.agencies[0], filled_values(form, asked, number)) for number in range(7)]
    sums, sent = summed(roster, bases), Made(roster, bases)
    before, start = highest(), time.process_time()
    files = {"ledger": ledger, "review": review, "read": read}[what](
        folder, roster, form, indicators, sums, sent
    )
    seconds = time.process_time() - start
    count = f"{len(files)} | {sum(files) / 1e6:.2f} | {max(files) / 1e6:.2f}"
    print(
        f"| {what} | {size:,} | {seconds:.2f} | {seconds / size * 1000:.2f} | {before:.0f} | {highest():.0f} | {count} |"
    )


def ledger(folder, roster, form, indicators, sums, sent) -> list[int]:
    parts = divide(roster)
    if not parts:
        content = ledger_workbook(sums, sent, roster, form, indicators, organ="某市", year=2020, date=DAY)
        return [(folder / LEDGER).write_bytes(content)]
    (folder / LEDGER_PARTS).mkdir(exist_ok=True)
    files = {part.number: f"{LEDGER_PARTS}/{part.number:03}.xlsx" for part in parts}
    volume = Volume.of(form, indicators, organ="某市", year=2020, date=DAY)
    optional = {one.address for one in indicators if not one.required}
    divided = DividedLedger(volume, parts, sums, sent, optional, files, LEDGER)
    sizes, of_parts = [], []
    for part in parts:
        content, of_part = divided.part(part)
        sizes.append((folder / files[part.number]).write_bytes(content))
        of_parts.append(of_part)
    return [*sizes, (folder / LEDGER).write_bytes(divided.main_file(of_parts))]


def read(folder, *_rest) -> list[int]:
    parts = sorted((folder / LEDGER_PARTS).glob("*.xlsx"))
    content = (folder / LEDGER).read_bytes()
    given = ((one.name, one.read_bytes()) for one in parts)
    last = read_ledger(content, LEDGER, 2020, organ="某市", parts=given)
    sizes = [len(content), *(one.stat().st_size for one in parts)]
    if not last.agencies:
        raise ValueError(folder)
    return sizes


def review(folder, roster, form, indicators, sums, sent) -> list[int]:
    templates = templates_folder()
    catalogue = load_catalogue(templates / "findings.toml")
    file = "inputs/2020/submissions/{}.xlsx".format
    told = [
        found(catalogue, "row-total", one.name, file(one.name), cell=f"D{row + 6}", found=str(row))
        for one in roster.agencies[::5]
        for row in range(3)
    ]
    receipts = [
        Receipt(Arrival(file(one.name), "0" * 64, None, ()), one, True, "") for one in roster.agencies
    ]
    rests_on = evidence(
        form,
        indicators,
        catalogue,
        len(roster.agencies),
        {},
        roster=roster,
        findings=told,
        submissions=sent,
        consolidation=sums,
        receipts=receipts,
    )
    parts = divide(roster)
    if not parts:
        page = render_review(compose_review(rests_on), Pieces.of(templates / "review"))
        return [(folder / "核对报告.html").write_bytes(page)]
    sizes = []
    with staging(folder / "outputs") as keep:
        for rendition in divided_pages(rests_on, parts, templates, keep):
            path = folder / rendition.name
            path.parent.mkdir(exist_ok=True)
            sizes.append(path.write_bytes(rendition.content))
    return sizes


def opened(folder: Path, size: int) -> None:
    """How long Chromium takes until the overview and a part can be used."""
    with tempfile.TemporaryDirectory() as name, chromium(Path(name)) as browser:
        sized(browser, 1366, 768)
        for page in ("核对报告.html", "核对报告/002.html"):
            path = folder / page
            for _ in range(3 if path.is_file() else 0):
                browser.get(path.absolute().as_uri())
                seconds = browser.execute_script(OPENED) / 1000
            if path.is_file():
                print(
                    f"| opening {page} | {size:,} | {seconds:.2f} | | | | | {path.stat().st_size / 1e6:.2f} | |"
                )


def main() -> None:
    """Measure each size, or with --size and --what one thing in this process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int)
    parser.add_argument("--what")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--browser", action="store_true")
    told = parser.parse_args()
    if told.size:
        written(told.size, told.folder, told.what)
        return
    print("| what | agencies | CPU s | ms each | MiB before | highest MiB | files | MB | largest MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    with tempfile.TemporaryDirectory(prefix="parts") as name:
        for size in told.sizes:
            folder = Path(name) / str(size)
            folder.mkdir()
            for what in ("ledger", "read", "review"):
                call = [
                    sys.executable,
                    __file__,
                    "--size",
                    str(size),
                    "--what",
                    what,
                    "--folder",
                    str(folder),
                ]
                subprocess.run(call, check=True, env=os.environ)
            if told.browser:
                opened(folder, size)


if __name__ == "__main__":
    main()
