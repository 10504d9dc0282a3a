"""Make the sample year inputs/2020: roster, submissions, last year's ledger and narrative.

    python tools/make_sample.py [FOLDER]

FOLDER is the sample's folder, inputs/2020 unless given; its report.toml is written by hand and stays as it
is. Needs LibreOffice (soffice) for .xls, .et and .ods and for the .xlsx it saves. What the agencies' figures
add up to was published; how they are shared among agencies is made up here (see inputs/README.md). What it
makes is committed.
"""

import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.forms.catalogue import load_indicators
from pipeline.model.indicator import Indicator
from pipeline.workbooks.roster_blank import roster_workbook
from sample_agencies import roster
from sample_clerks import Clerk, load_clerks
from sample_docx import NARRATIVE, narrative_docx
from sample_filled import FILLED_IN, Return, filled
from sample_office import resaved
from sample_previous import previous_ledger
from sample_retyped import retyped
from sample_year import YEAR, SampleYear, sample_year

ROOT = Path(__file__).parent.parent
ORGAN = "呼伦贝尔市"
PLAIN = "xlsx"
FIRST_DRAFT = {"indicators.disclosed_items": 24, "indicators.trainees": 6}
"""By how much an earlier version fell short of the one that counts."""


def returns(sample: SampleYear, indicators: tuple[Indicator, ...]) -> Iterable[Return]:
    """Everything that was handed in, in the roster's order; an earlier version comes before the later."""
    clerks = load_clerks()
    for sharer in sample.sharers:
        code = sharer.agency.code
        clerk = clerks.get(code, Clerk())
        for version in range(1, clerk.versions + 1):
            short = FIRST_DRAFT if version < clerk.versions else {}
            values = {a: n - short.get(a, 0) for a, n in sample.this_year[code].items()}
            yield Return(sharer.agency, YEAR, sample.form, indicators, values, clerk, version)


def workbooks(given: Iterable[Return]) -> dict[str, bytes]:
    """Every workbook by its path in the folder of submissions, in the format its name says."""
    made: dict[str, bytes] = {}
    waiting: dict[str, dict[str, bytes]] = {}
    for one in given:
        path = one.clerk.path(one.agency, one.version)
        made[path] = retyped(one) if one.clerk.tables else filled(one)
        ending = path.rpartition(".")[2]
        if ending != PLAIN or one.clerk.resaved:
            waiting.setdefault(ending, {})[path] = made[path]
    for ending, sources in waiting.items():
        made.update(resaved(sources, ending))
    return made


def _write_submissions(folder: Path, made: Mapping[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def main(folder: Path) -> None:
    """Write the sample year into a folder, in place of what stood there."""
    indicators = load_indicators(ROOT / "templates" / "indicators.toml")
    sample = sample_year()
    agencies = roster(sample.sharers)
    _write_submissions(folder / "submissions", workbooks(returns(sample, indicators)))
    (folder / "roster.xlsx").write_bytes(roster_workbook(agencies.agencies, FILLED_IN))
    (folder / "previous.xlsx").write_bytes(previous_ledger(sample, agencies, indicators, ORGAN, YEAR - 1))
    text = NARRATIVE.read_text(encoding="utf-8")
    title = f"{ORGAN}{YEAR}年政府信息公开工作年度报告"
    (folder / "narrative.docx").write_bytes(narrative_docx(text, title, FILLED_IN))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "inputs" / str(YEAR))
