"""Synthetic cities and provinces of any size, from a seed: roster, settings, and workbooks without a fault.

``write_city(folder, 1000)`` makes a workspace for the year YEAR; from the command line
``PYTHONPATH=tests:tools:. python -m kit.city FOLDER 30000 --jobs 2``. What one agency has follows from the seed and
its number alone, so the first hundred of a thousand are the hundred of a hundred. Workbooks lie in one folder a
county, each as one of FLAVOURS saves it (``kit.saved_by``).
"""

import argparse
import datetime
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random

from kit.invented import agency, county, figures, texts
from kit.office import NARRATIVE
from kit.saved_by import COMPUTERS, ENDINGS, YEAR, plate, written
from pipeline.workbooks.roster_blank import roster_workbook

MOST = 31_360
FLAVOURS: Mapping[str, int] = {"excel": 40, "wps": 35, "libreoffice": 14, "openpyxl": 5, "xls": 4, "ods": 2}
"""Who saved the workbooks: so many of a hundred."""
BATCH = 250
SETTINGS = """organ = "{organ}"
compiler = "{organ}政务服务局"
code = "{code}"
date = {following}-01-26
deadline = {following}-01-15
"""


def flavour(number: int, seed: int, shares: Mapping[str, int] = FLAVOURS) -> str:
    """Who saved an agency's workbook."""
    return Random(f"{seed}/{number}/flavour").choices([*shares], [*shares.values()])[0]


def workbook(number: int, seed: int, kind: str, values: Mapping[str, Decimal] | None = None) -> bytes:
    """An agency's workbook as a flavour saves it; ``values`` by address replace its own figures."""
    own = figures(number, seed) | (values or {})
    one = agency(number)
    said = {f"text.{section}": text for section, text in texts(number, seed, own).items()}
    computer = Random(f"{seed}/{number}/computer").randrange(COMPUTERS)
    return plate(kind, computer).printed(written(own) | {"name": one.name, "code": one.code} | said)


def path(number: int, kind: str) -> str:
    """Where an agency's workbook lies in the folder of submissions."""
    one = agency(number)
    return f"{county(one)}/{one.name}{YEAR}年政府信息公开年报报送表.{ENDINGS[kind]}"


def write_city(
    root: Path,
    size: int,
    *,
    seed: int = 1,
    flavours: Mapping[str, int] = FLAVOURS,
    organ: str = "云安市",
    code: str = "159900",
    jobs: int = 1,
) -> Path:
    """A workspace in ``root``, new or empty, of so many agencies; returns the year's folder of inputs."""
    if not 0 < size <= MOST:
        raise ValueError(f"1 to {MOST} agencies")
    inputs = root / "inputs" / str(YEAR)
    submissions = inputs / "submissions"
    submissions.mkdir(parents=True)
    settings = SETTINGS.format(organ=organ, code=code, following=YEAR + 1)
    (inputs / "report.toml").write_text(settings, encoding="utf-8")
    (inputs / "narrative.md").write_text(NARRATIVE, encoding="utf-8")
    roster = [agency(number) for number in range(size)]
    (inputs / "roster.xlsx").write_bytes(roster_workbook(roster, datetime.date(YEAR + 1, 1, 4)))
    for name in {county(one) for one in roster}:
        (submissions / name).mkdir()
    write = partial(_write, submissions, seed, dict(flavours))
    batches = [range(start, min(start + BATCH, size)) for start in range(0, size, BATCH)]
    if jobs > 1:
        with ProcessPoolExecutor(jobs) as pool:
            list(pool.map(write, batches))
    else:
        list(map(write, batches))
    return inputs


def _write(submissions: Path, seed: int, shares: Mapping[str, int], numbers: range) -> None:
    for number in numbers:
        kind = flavour(number, seed, shares)
        (submissions / path(number, kind)).write_bytes(workbook(number, seed, kind))


def main() -> None:
    """Write a city from the command line."""
    parser = argparse.ArgumentParser(description="Write a synthetic city.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("size", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--flavour", choices=[*FLAVOURS], help="all workbooks as this program saves them")
    given = parser.parse_args()
    shares = {given.flavour: 1} if given.flavour else FLAVOURS
    write_city(given.folder, given.size, seed=given.seed, flavours=shares, jobs=given.jobs)


if __name__ == "__main__":
    main()
