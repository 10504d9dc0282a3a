"""Measure the rows, write the table, end 1 where a must is missed: ``make bench``."""

import argparse
import sys
import tempfile
import traceback
from datetime import date
from pathlib import Path

from benchmarks import table
from benchmarks.parts import NATION, ROWS
from benchmarks.row import Row
from benchmarks.stage import Stage

README = Path(__file__).with_name("README.md")


def main() -> int:
    """Measure, print as it goes, and write the table where all rows were asked for."""
    given = _given()
    known = [*ROWS, *NATION]
    chosen = [row for row in known if row.name in given.only] or (NATION if given.nation else ROWS)
    lines, missed = [], []
    with tempfile.TemporaryDirectory(prefix="bench-", dir=given.folder) as name:
        stage = Stage(Path(name), given.pairs, [row.name for row in chosen])
        print("\n".join(table.lines([])), flush=True)
        for row in chosen:
            cells, is_missed = _measured(row, stage)
            lines.append(cells)
            missed += [row.name] * is_missed
            print(table.lines([cells])[-1], flush=True)
    if not given.only:
        part = "nation" if given.nation else "bench"
        content = [*table.circumstances(date.today().isoformat(), given.pairs), "", *table.lines(lines)]  # noqa: DTZ011
        text = table.written(README.read_text(encoding="utf-8"), part, content)
        README.write_text(text, encoding="utf-8", newline="\n")
    if missed:
        print(f"missed: {', '.join(missed)}", file=sys.stderr)
    return int(bool(missed))


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    names = [row.name for row in (*ROWS, *NATION)]
    parser.add_argument(
        "--only", action="append", default=[], choices=names, metavar="ROW", help=", ".join(names)
    )
    parser.add_argument(
        "--nation", action="store_true", help="the 30,000 agencies instead: some minutes and 2 GB"
    )
    parser.add_argument("--pairs", type=int, default=5, help="how many pairs are counted")
    parser.add_argument(
        "--folder", type=Path, help="where cities are written (default: the temporary folder)"
    )
    return parser.parse_args()


def _measured(row: Row, stage: Stage) -> tuple[list[str], bool]:
    """The row's cells; a comparison that breaks is a row that is missed."""
    try:
        found = row.measure(stage)
    except Exception:  # one row's fault is told with the others' results
        traceback.print_exc()
        return [row.what, "failed", row.peer, "", "", "", "**missed**"], True
    return row.cells(found), row.missed(found)


if __name__ == "__main__":
    sys.exit(main())
