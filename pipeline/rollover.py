"""A new year's folder from last year's: roster, settings, narrative and ledger carried over, no figure.

Last year's files are only read. What was changed, left behind, or must be seen to is told, a sentence each.
"""

import datetime
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pipeline.carried_settings import carried_settings
from pipeline.carried_text import CarriedText, carried_text
from pipeline.check.roster import Reception
from pipeline.errors import ExitCode, OperatorError
from pipeline.forms.editions import form_for, load_forms
from pipeline.gather import YearInputs, load_inputs
from pipeline.model.consolidation import Consolidation, LastYear
from pipeline.model.form import StatutoryForm
from pipeline.model.roster import Agency
from pipeline.outputs import LEDGER, RUN
from pipeline.record import read_record, recorded
from pipeline.run import add_up
from pipeline.start import new_year, write_year
from pipeline.workbooks.previous import read_ledger
from pipeline.workbooks.roster import read_roster
from pipeline.workbooks.roster_blank import roster_workbook
from pipeline.workpapers import PART_KIND
from pipeline.workspace import PREVIOUS, PREVIOUS_PARTS, InputFile, Workspace


class Rolled(Struct, frozen=True):
    """The new folder, and what is to be told: headings, each with its sentences; the narrative's apart."""

    made: Path
    year: int
    told: tuple[tuple[str, tuple[str, ...]], ...]
    text: CarriedText | None = None

    def entry(self) -> dict[str, object]:
        """For a program."""
        text = self.text or CarriedText(b"")
        return {
            "made": self.made.as_posix(),
            "year": self.year,
            "told": {heading: list(lines) for heading, lines in self.told},
            "named": [{"origin": one[0], "typed": one[1], "name": one[2]} for one in text.named],
            "typed": [{"origin": origin, "words": words} for origin, words in text.typed],
            "years": [{"origin": origin, "words": words} for origin, words in text.years],
            "unknown": text.unknown,
        }


class _LastYear(Struct, frozen=True):
    """Last year as it can be read now; ``inputs`` None where it cannot, with the reason."""

    workspace: Workspace
    inputs: YearInputs | None = None
    reception: Reception | None = None
    sums: Consolidation | None = None
    reason: str = ""

    @classmethod
    def of(cls, workspace: Workspace, templates: Path) -> "_LastYear":
        try:
            inputs = load_inputs(workspace, templates)
            return cls(workspace, inputs, *add_up(inputs))
        except OperatorError as error:
            return cls(workspace, reason=error.message)


def roll_over(folder: Path, year: int, before: Workspace, templates: Path) -> Rolled:
    """Make inputs/<year> in a folder from the year before, which may lie in another workspace.

    OperatorError (input) where ``before`` is another year than the one before or not there, the new year is
    there already or has no form, or last year's settings or roster cannot be used; (output) where writing
    fails.
    """
    _refuse_other(before, year)
    form = form_for(year, load_forms(templates / "forms"))
    made = new_year(folder, year)
    settings = before.settings_file()
    carried, changed = carried_settings(settings.content, settings.path, year)
    roster, cleared = _roster(before)
    last = _LastYear.of(before, templates)
    ledger, about_ledger = _ledger(last, folder)
    files = {"report.toml": carried, "roster.xlsx": roster, **ledger}
    narrative = before.narrative()
    text: CarriedText | None = None
    about_text = ["上一年没有正文，放了一份提纲"]
    if narrative:
        text, about_text = _text(narrative, last, form)
        files[Path(narrative.path).name] = text.content
    else:
        files["narrative.md"] = (templates / "narrative" / "outline.md").read_bytes()
    if before.accepted():
        changed = (*changed, "accepted.toml（人工确认）是上一年的，没有带过来")
    write_year(made, files)
    told = (("设置", changed), ("名册", cleared), ("上年数", about_ledger), ("正文", tuple(about_text)))
    return Rolled(made, year, tuple((heading, lines) for heading, lines in told if lines), text)


def _refuse_other(before: Workspace, year: int) -> None:
    if before.year != year - 1:
        raise OperatorError(
            ExitCode.INPUT,
            f"{year} 年只能接着 {year - 1} 年的做，不能接着 {before.year} 年的。"
            f"没有 {year - 1} 年的文件夹的，"
            f"请用 init 加 --organ 新建 {year} 年的，{year - 1} 年的汇总底稿存进去，叫 previous.xlsx。",
        )
    if not before.inputs.is_dir():
        raise OperatorError(
            ExitCode.INPUT,
            f"没有找到 {before.inputs}。--from 后面写上一年的年度（{before.year}），"
            f"或上一年的工作文件夹（里面有 inputs 和 {before.year}）。",
        )


def _roster(before: Workspace) -> tuple[bytes, tuple[str, ...]]:
    """Last year's roster as it is; written anew where it says what became of bodies, since that is done."""
    file = before.roster()
    roster = read_roster(file.content, file.path)
    renamed = [agency for agency in roster.agencies if agency.formerly]
    if not renamed and not roster.absorbed:
        return file.content, (
            f"{len(roster.agencies)} 家照带过来；今年改名、合并、撤销的，在“原名”“并入”两列里写明",
            "没有这两列的，加在最后",
        )
    fresh = [_settled(agency) for agency in roster.agencies]
    told = [f"{agency.name}的原名（{'、'.join(agency.formerly)}）已经接上，清空了" for agency in renamed]
    told += [f"{one.name}已并入{one.merged_into}，去掉了这一行" for one in roster.absorbed]
    told.append("名册按标准样式重写，自己加的列没有带过来")
    return roster_workbook(fresh, datetime.date(before.year + 1, 12, 1)), tuple(told)


def _settled(agency: Agency) -> Agency:
    return replace(agency, formerly=())


def _ledger(last: _LastYear, folder: Path) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Last year's ledger, where it says what last year's workbooks say; and what is to be told of it.

    By where each of its files is to lie in the new year's folder; none where it is not carried.
    """
    before = last.workspace
    path = before.outputs / LEDGER
    here = before.root.resolve() == folder.resolve()
    instead = (
        f"上年数直接取 inputs/{before.year} 里的报送件"
        if here
        else f"没有上年数，跨年核对和上年结转都没有；有 {before.year} 年的汇总底稿时，请存为 previous.xlsx"
    )
    if not path.is_file():
        return {}, (f"没有找到 {path}，{instead}",)
    ledger = InputFile(before.relative(path), path.read_bytes())
    parts = list(_parts(before))
    try:
        known = read_ledger(
            ledger.content,
            ledger.path,
            before.year,
            organ=before.settings().organ,
            parts=((before.relative(one), one.read_bytes()) for one in parts),
        )
    except OperatorError as error:
        return {}, (f"{error.message.rstrip('。')}。没有带过来，{instead}",)
    if last.sums and last.reception and _differs(known, last.sums, last.reception):
        return {}, (f"{path} 和现在的报送件对不上，没有带过来：请先重做 {before.year} 年的 build。{instead}",)
    beside = f"，分册 {len(parts)} 份放进了 previous 文件夹" if parts else ""
    told = [f"汇总底稿存成了 previous.xlsx{beside}，空白表会预填上年结转"]
    if read_record(before.outputs / RUN).get("status") != "final":
        told.append(f"{before.year} 年最后一次没有出正式报告，底稿里的数请再看一下")
    if last.reason:
        told.append(f"{before.year} 年的报送件现在读不全，底稿没有再核对（{last.reason.rstrip('。')}）")
    files = {f"{PREVIOUS_PARTS}/{one.name}": one.read_bytes() for one in parts}
    return {PREVIOUS: ledger.content, **files}, tuple(told)


def _parts(before: Workspace) -> Iterator[Path]:
    """The parts of a divided ledger that belong to what lies there."""
    for entry in recorded(before):
        if entry["kind"] == PART_KIND:
            yield before.root / entry["path"]


def _differs(ledger: LastYear, sums: Consolidation, reception: Reception) -> bool:
    """Whether a sum or an agency's own figure is another: what one has more another may have less."""
    if any(ledger.total.get(address) != value for address, value in sums.values().items()):
        return True
    added = {address for address, figure in sums.figures.items() if not figure.parts}
    return any(
        _lacks(ledger.agencies.get(code, {}), submission.values(), added)
        for code, submission in reception.counted.items()
    )


def _lacks(known: Mapping[str, Decimal], figures: Mapping[str, Decimal], added: Collection[str]) -> bool:
    return any(known.get(address) != value for address, value in figures.items() if address in added)


def _text(narrative: InputFile, last: _LastYear, form: StatutoryForm) -> tuple[CarriedText, list[str]]:
    reason = last.reason
    if last.inputs and last.sums:
        try:
            return carried_text(narrative.content, narrative.path, last.inputs, last.sums, form), []
        except OperatorError as error:
            reason = error.message
    return CarriedText(narrative.content), [
        f"照原样带过来，手填的数没有换成名字：上一年的数读不出来（{reason.rstrip('。')}）"
    ]
