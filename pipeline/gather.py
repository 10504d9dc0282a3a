"""Gather a year's inputs: the law, the settings, the roster, last year, and the files as they arrived."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from pipeline.acceptances import read_acceptances
from pipeline.arrived import ArrivedFile
from pipeline.check.continuing import of_this_roster
from pipeline.check.roster import is_named
from pipeline.check.whose import Awaited
from pipeline.consolidate import consolidate
from pipeline.errors import ExitCode, OperatorError
from pipeline.forms.catalogue import load_catalogue, load_indicators
from pipeline.forms.editions import form_for, load_forms
from pipeline.forms.hygiene import load_hygiene
from pipeline.forms.plausibility import load_plausibility
from pipeline.intake import Inbox, take_in
from pipeline.model.acceptance import Acceptance
from pipeline.model.consolidation import LastYear, decimals
from pipeline.model.finding import Catalogue
from pipeline.model.form import StatutoryForm
from pipeline.model.hygiene import Blemish
from pipeline.model.indicator import Aggregation, Indicator, words_of
from pipeline.model.movement import Words
from pipeline.model.plausibility import Plausibility
from pipeline.model.roster import Roster
from pipeline.rosters import listed
from pipeline.settings import Settings
from pipeline.workbooks.asked import Asked
from pipeline.workspace import InputFile, Workspace

ROSTER = "名册"


class NamedFile(NamedTuple):
    """What a file is to the run, in a word; its path relative to the workspace, and its digest."""

    role: str
    path: str
    sha256: str

    @classmethod
    def of(cls, role: str, file: InputFile) -> "NamedFile":
        """A file that was read, in its role."""
        return cls(role, file.path, file.sha256)


class YearInputs(Struct, frozen=True, dict=True):
    """Everything a year's run starts from: law, settings, roster, last year, files as they arrived."""

    workspace: Workspace
    settings: Settings
    form: StatutoryForm
    forms: tuple[StatutoryForm, ...]
    indicators: tuple[Indicator, ...]
    catalogue: Catalogue
    roster: Roster
    last_year: LastYear
    narrative_file: InputFile | None
    submissions: tuple[ArrivedFile, ...]
    acceptances: tuple[Acceptance, ...]
    blemishes: tuple[Blemish, ...]
    """What must not stand in a published text."""
    other_files: tuple[NamedFile, ...]
    """What else the run rests on: settings, roster, acceptances, narrative, last year's files."""
    plausibility: Plausibility
    font_folders: tuple[Path, ...] = ()
    """Where this computer keeps fonts, for an office that prints with its own."""

    acceptance_file: str = ""
    """The path of accepted.toml, "" where there is none."""

    @property
    def year(self) -> int:
        """The reporting year."""
        return self.workspace.year

    @property
    def awaited(self) -> Awaited:
        """Whose workbooks are awaited."""
        settings = self.settings
        return Awaited(self.roster, self.year, settings.organ, settings.use, self.catalogue, settings.exclude)

    @property
    def roster_file(self) -> NamedFile:
        """The file that the roster was read from."""
        return next(one for one in self.other_files if one.role == ROSTER)

    @cached_property
    def words(self) -> Words:
        """An address as an office reads it."""
        return words_of(self.form, self.indicators)

    @cached_property
    def asked(self) -> Asked:
        """What a submission is read against."""
        return Asked(self.year, self.form, self.forms, self.indicators, self.catalogue)


def load_inputs(workspace: Workspace, templates: Path, font_folders: tuple[Path, ...] = ()) -> YearInputs:
    """Load a year's inputs; OperatorError where a settings, roster or template file cannot be used."""
    settings = workspace.settings()
    forms = load_forms(templates / "forms")
    catalogue = load_catalogue(templates / "findings.toml")
    roster, accepted, narrative = workspace.roster(), workspace.accepted(), workspace.narrative()
    files = {
        "设置": workspace.settings_file(),
        ROSTER: roster,
        "人工确认": accepted,
        "正文": narrative,
    }
    acceptances = read_acceptances(accepted.content, accepted.path) if accepted else ()
    _refuse_fixed(settings, catalogue)
    _refuse_unknown([*settings.rules, *(one.code for one in acceptances)], catalogue)
    _refuse_untenable(acceptances, catalogue)
    indicators = load_indicators(templates / "indicators.toml")
    agencies, submissions = listed(roster, workspace), workspace.submissions()
    _refuse_idle(settings, agencies, submissions)
    last_year, behind_it = _last_year(workspace, settings.organ, forms, indicators, catalogue)
    return YearInputs(
        workspace=workspace,
        settings=settings,
        form=form_for(workspace.year, forms, settings.edition),
        forms=forms,
        indicators=indicators,
        catalogue=catalogue.weighed(settings.rules),
        roster=agencies,
        last_year=of_this_roster(
            last_year,
            agencies,
            [one.address for one in indicators if one.aggregation is not Aggregation.SUM],
        ),
        narrative_file=narrative,
        submissions=submissions,
        acceptances=acceptances,
        blemishes=load_hygiene(templates / "hygiene.toml", catalogue.kinds),
        plausibility=load_plausibility(
            templates / "plausibility.toml",
            [*(one for form in forms for one in form.cells), *(one.address for one in indicators)],
        ),
        other_files=(*(NamedFile.of(role, file) for role, file in files.items() if file), *behind_it),
        font_folders=font_folders,
        acceptance_file=accepted.path if accepted else "",
    )


def _refuse_fixed(settings: Settings, catalogue: Catalogue) -> None:
    """A code whose weight decides nothing, or that keeps a wrong figure out of print, stays as it is."""
    for code in settings.rules:
        if code in catalogue.kinds and catalogue.kinds[code].fixed:
            raise OperatorError(
                ExitCode.INPUT, f"report.toml 的 [rules] 里不能改 {code}：{catalogue.kinds[code].fixed}。"
            )


def _refuse_unknown(codes: Sequence[str], catalogue: Catalogue) -> None:
    """A code that is not in the catalogue would be switched off or accepted without effect."""
    unknown = [code for code in codes if code not in catalogue.kinds]
    if unknown:
        raise OperatorError(
            ExitCode.INPUT,
            f"没有“{unknown[0]}”这个问题代码（写在 report.toml 的 [rules] 或 accepted.toml 里）。"
            "运行 make-report explain 看有哪些。",
        )


def _refuse_untenable(acceptances: Sequence[Acceptance], catalogue: Catalogue) -> None:
    """What nobody can stand by, since nothing would come of it, is not to be accepted without a word."""
    for one in acceptances:
        if not catalogue.kinds[one.code].acceptable:
            raise OperatorError(
                ExitCode.INPUT, f"accepted.toml 里有一条确认不了：{untenable(one.code, catalogue)}"
            )


def untenable(code: str, catalogue: Catalogue) -> str:
    """Why a finding of this code cannot be accepted, and what to do, in words."""
    kind = catalogue.kinds[code]
    return f"“{kind.title}”（{code}）不能靠人工确认放过。{kind.remedy}"


def _refuse_idle(settings: Settings, roster: Roster, submissions: tuple[ArrivedFile, ...]) -> None:
    """A setting that names no agency or no file would do nothing without a word."""
    for code in (*settings.use, *settings.regulations_by):
        if roster.by_code(code) is None:
            raise OperatorError(
                ExitCode.INPUT, f"report.toml 里写的单位编码“{code}”名册里没有，请照 roster.xlsx 改正。"
            )
    for group in settings.county_groups:
        if group not in roster.groups:
            raise OperatorError(
                ExitCode.INPUT,
                f"report.toml 的 county_groups 里写的分组“{group}”名册里没有；"
                f"名册里的分组是：{'、'.join(roster.groups)}。",
            )
    used = {_the_one(name, f"[use] 里给 {code} 指定的", submissions) for code, name in settings.use.items()}
    for name in settings.exclude:
        path = _the_one(name, "[exclude] 里写的", submissions)
        if path in used:
            raise OperatorError(
                ExitCode.INPUT,
                f"report.toml 里 [use] 指定采用 {path}，[exclude] 又写明不采用它。请删去其中一处。",
            )


def _the_one(name: str, words: str, submissions: tuple[ArrivedFile, ...]) -> str:
    """The path of the workbook that report.toml means; OperatorError (input) for none, or several."""
    fits = [file.path for file in submissions if is_named(file.path, name)]
    if len(fits) == 1:
        return fits[0]
    found = f"对得上的有几份：{'、'.join(fits)}，请写明文件夹" if fits else "submissions 文件夹里没有这个文件"
    raise OperatorError(ExitCode.INPUT, f"report.toml 的 {words}“{name}”，{found}。")


def _last_year(
    workspace: Workspace,
    organ: str,
    forms: tuple[StatutoryForm, ...],
    indicators: tuple[Indicator, ...],
    catalogue: Catalogue,
) -> tuple[LastYear, tuple[NamedFile, ...]]:
    """Last year's figures and the files behind them: previous.xlsx, else its own submissions, else none."""
    year = workspace.year - 1
    ledger = workspace.previous()
    if ledger:
        from pipeline.workbooks.previous import read_ledger

        seen: list[NamedFile] = [NamedFile.of("上一年底稿", ledger)]
        last = read_ledger(ledger.content, ledger.path, year, organ=organ, parts=_parts(workspace, seen))
        return last, tuple(seen)
    if next(workspace.previous_parts(), None):
        raise OperatorError(
            ExitCode.INPUT,
            f"{workspace.inputs} 里有 previous 文件夹（上年底稿的分册），没有 previous.xlsx。"
            "请把上年的“汇总底稿.xlsx”也复制过来，改名为 previous.xlsx；不用上年底稿的，把文件夹移走。",
        )
    before = workspace.year_before()
    if before is None or not any(form.governs(year) for form in forms):
        return LastYear(year, "", {}, {}, {}), ()
    return _added_up(before, forms, indicators, catalogue)


def _parts(workspace: Workspace, seen: list[NamedFile]) -> Iterator[tuple[str, bytes]]:
    """The parts of last year's ledger; each is noted as it is read, and not kept."""
    for file in workspace.previous_parts():
        seen.append(NamedFile.of("上一年底稿分册", file))
        yield file.path, file.content


def _added_up(
    before: Workspace,
    forms: tuple[StatutoryForm, ...],
    indicators: tuple[Indicator, ...],
    catalogue: Catalogue,
) -> tuple[LastYear, tuple[NamedFile, ...]]:
    """A year's figures from its own submissions, no sums where these are in doubt; the files behind them.

    That year's accepted.toml and [rules] lift no doubt: what was stood by then, for one report, does
    not make sums whole from which a body or a figure is missing. What was published in spite of it stands in
    the ledger, and the finding ``last-year-incomplete`` asks for that.
    """
    year = before.year
    roster_file = before.roster()
    roster = listed(roster_file, before)
    settings = before.settings()
    asked = Asked(year, form_for(year, forms, settings.edition), forms, indicators, catalogue)
    awaited = Awaited(roster, year, settings.organ, settings.use, catalogue, settings.exclude)
    reception = take_in(Inbox(before.submissions(), asked, awaited, before.readings_file))
    sums = consolidate(asked.form, indicators, roster, reception.counted)
    errors = sum(finding.is_error for finding in reception.findings)
    doubt = f"缺 {len(sums.missing)} 家，有 {errors} 处错误" if sums.missing or errors else ""
    behind_it = (
        NamedFile.of("上一年设置", before.settings_file()),
        NamedFile.of("上一年名册", roster_file),
        *(NamedFile("上一年报送件", one.arrival.workbook, one.arrival.sha256) for one in reception.receipts),
    )
    last = LastYear(
        year=year,
        workbook=before.relative(before.inputs),
        agencies={code: submission.values() for code, submission in reception.counted.items()},
        total={} if doubt else sums.values(),
        groups={} if doubt else {group: decimals(figures) for group, figures in sums.groups.items()},
        names={agency.code: agency.name for agency in roster.agencies},
        grouping={agency.code: agency.group for agency in roster.agencies},
        doubt=doubt,
    )
    return last, behind_it
