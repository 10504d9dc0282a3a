"""Start a year: a folder with settings, a sample roster, an outline and room for submissions."""

import datetime
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from string import Template

from pipeline.disk import settle_folder, write_settled
from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.forms.editions import form_for, load_forms
from pipeline.locking import locked
from pipeline.model.roster import Agency
from pipeline.workbooks.roster_blank import roster_workbook
from pipeline.workspace import ELSEWHERE, Workspace

SAMPLE_AGENCIES = (
    Agency("01", "市政府办公室", "市直机关", ("市政府办",)),
    Agency("02", "市教育局", "市直机关"),
    Agency("03", "某某区人民政府", "旗市区政府", ("某某区",)),
)
"""What the sample roster shows; the office writes its own lines over them."""


def start_year(folder: Path, year: int, organ: str, templates: Path) -> Path:
    """Make inputs/<year> in a folder and return its path.

    OperatorError (input) where that year is there already or has no form, (output) where writing fails.
    """
    form_for(year, load_forms(templates / "forms"))
    if not organ.isprintable() or not organ.strip():
        raise OperatorError(ExitCode.USAGE, f"机关名称 {organ!r} 里有不能用的字符，请重新写。")
    made = new_year(folder, year)
    settings = Template((templates / "report.toml").read_text(encoding="utf-8")).substitute(
        organ=json.dumps(organ, ensure_ascii=False),
        year=year,
        deadline=datetime.date(year + 1, 1, 31),
        date=datetime.date(year + 1, 3, 31),
    )
    files = {
        "report.toml": settings.encode(),
        "roster.xlsx": roster_workbook(SAMPLE_AGENCIES, datetime.date(year, 12, 1)),
        "narrative.md": (templates / "narrative" / "outline.md").read_bytes(),
    }
    write_year(made, files)
    return made


def copy_sample(folder: Path, sample: Path) -> Path:
    """Copy the sample year, inputs and all, into a folder; ``sample`` is its folder, named by the year.

    OperatorError (input) where that year is there already, (output) where writing fails.
    """
    made = new_year(folder, int(sample.name))
    paths = sorted(path for path in sample.rglob("*") if path.is_file())
    write_year(made, {path.relative_to(sample).as_posix(): path.read_bytes() for path in paths})
    return made


def new_year(folder: Path, year: int) -> Path:
    """Where a year's inputs will lie; OperatorError (input) where they lie there already."""
    made = folder / "inputs" / str(year)
    if made.exists():
        raise OperatorError(
            ExitCode.INPUT, f"{made} 已经有了，没有动它。要重来请先把它改名或移走；缺文件的，{ELSEWHERE}"
        )
    return made


def write_year(made: Path, files: Mapping[str, bytes]) -> None:
    """Write a new year's files and room for submissions, all at once: where it is killed, no year is there.

    OperatorError (output) where writing fails, (locked) where another run has the year.
    """
    fresh = made.with_name(f".{made.name}.new")
    with locked(Workspace(made.parents[1], int(made.name))):
        try:
            if fresh.exists():  # a killed run's
                shutil.rmtree(fresh)
            (fresh / "submissions").mkdir(parents=True)
            for name, content in files.items():
                path = fresh / name
                path.parent.mkdir(parents=True, exist_ok=True)
                write_settled(path, content)
            fresh.rename(made)
            settle_folder(made.parent)
        except OSError as error:
            shutil.rmtree(fresh, ignore_errors=True)
            raise OperatorError(
                ExitCode.OUTPUT, f"写不进 {made}：{reason(error)}。请换一个文件夹。"
            ) from error
