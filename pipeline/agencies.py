"""Every agency's own report: who can have one, and what became of each; ``release`` publishes them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pipeline.agency import AgencyReport, Copy, Shared, agency_report, press
from pipeline.errors import ExitCode
from pipeline.execution import Failure, Hands, Work, over_all
from pipeline.filenames import distinct_names
from pipeline.gather import YearInputs
from pipeline.model.finding import Finding, some
from pipeline.model.roster import Agency
from pipeline.model.typeface import Typefaces
from pipeline.renditions import Proved, typefaces
from pipeline.run import Examination
from pipeline.textcheck import standard
from pipeline.unchanged import Earlier, digest, ground

REPORTS = "分单位报告"


class Unmade(Struct, frozen=True):
    """An agency that gets no report: why, in words, and the exit code it stands for (0: it is excused)."""

    agency: Agency
    reason: str
    code: ExitCode = ExitCode.FINDINGS
    traceback: str = ""
    """A bug's."""


class Copies(Struct, frozen=True):
    """What each agency's report is set from, made when its turn comes: thousands are not held together."""

    agencies: tuple[Agency, ...]
    stems: Mapping[str, str]
    examination: Examination

    def __len__(self) -> int:
        """How many there are."""
        return len(self.agencies)

    def __iter__(self) -> Iterator[Copy]:
        """Each agency's, in order."""
        return (_copy(agency, self.stems[agency.code], self.examination) for agency in self.agencies)

    def of(self, codes: Collection[str]) -> "Copies":
        """Those of the agencies of these codes."""
        return replace(self, agencies=tuple(one for one in self.agencies if one.code in codes))


class Plan(Struct, frozen=True):
    """Whose reports are asked for: those that can be made, with what each is set from, and the rest."""

    examination: Examination
    ready: "Copies"
    unmade: tuple[Unmade, ...]
    whole: bool
    """Whether all agencies are asked for."""
    own: Typefaces
    """The computer's own faces that print the reports, searched for once a run."""


def planned(examination: Examination, agencies: Sequence[Agency] = ()) -> Plan:
    """Tell which of these agencies' reports can be made; of all agencies without any."""
    inputs = examination.inputs
    chosen = agencies or inputs.roster.agencies
    stems = report_stems(inputs.roster.agencies, inputs.year)
    unmade = tuple(one for one in (_unready(agency, examination) for agency in chosen) if one)
    waiting = {one.agency.code for one in unmade}
    return Plan(
        examination,
        ready=Copies(tuple(one for one in chosen if one.code not in waiting), stems, examination),
        unmade=unmade,
        whole=not agencies,
        own=typefaces(inputs),
    )


def report_copy(agency: Agency, stem: str, examination: Examination) -> Copy | Unmade:
    """What an agency's report, of this path without ending, is set from, or why it cannot be made."""
    return _unready(agency, examination) or _copy(agency, stem, examination)


def _copy(agency: Agency, stem: str, examination: Examination) -> Copy:
    """What the report of an agency that is ready is set from."""
    inputs, submission = examination.inputs, examination.reception.counted[agency.code]
    return Copy(
        agency=agency.name,
        workbook=submission.workbook,
        stem=stem,
        values=submission.values(),
        last_year=inputs.last_year.agencies.get(agency.code, {}),
        texts=submission.texts,
        text_cells=submission.text_cells,
    )


def report_stems(agencies: Sequence[Agency], year: int) -> dict[str, str]:
    """The path of each agency's report without its ending, by code: legal everywhere, no two alike.

    Names that differ only in case, or in what a file name cannot hold, get the code before them.
    """
    titles = {agency.code: f"{agency.name}{year}年政府信息公开工作年度报告" for agency in agencies}
    return {code: f"{REPORTS}/{name}" for code, name in distinct_names(titles).items()}


def _unready(agency: Agency, examination: Examination) -> Unmade | None:
    """Why an agency's report cannot be made from what it sent; None where it can."""
    own = examination.findings_by_agency.get(agency.name, ())
    if agency.code not in examination.reception.counted:
        excused = any(one.code == "agency-missing" and examination.accepted(one) for one in own)
        words = "报来的工作簿不能用" if agency.code in examination.reception.senders else "没有报送"
        return Unmade(agency, f"{words}（已确认）", ExitCode.OK) if excused else Unmade(agency, words)
    if reason := _errors(own, examination):
        return Unmade(agency, reason)
    blank = examination.blanks.get(examination.reception.arrivals[agency.code].workbook, ())
    cells = examination.inputs.form.cells if blank else {}
    gaps = [cell.words for address, cell in cells.items() if address in blank]
    return Unmade(agency, f"有 {len(gaps)} 个数没有：{some(gaps)}") if gaps else None


def _errors(findings: Iterable[Finding], examination: Examination) -> str:
    """The errors among findings that nobody has accepted, in words; "" where there are none."""
    codes = [one.code for one in findings if one.is_error and not examination.accepted(one)]
    return f"有 {len(codes)} 处错误（{some(list(dict.fromkeys(codes)))}）" if codes else ""


def shared_by(inputs: YearInputs) -> Shared:
    """What all agencies' reports of a year share."""
    date = inputs.settings.published(inputs.year)
    return Shared(standard(inputs), date)


def made(plan: Plan, templates: Path, hands: Hands) -> Iterator[AgencyReport | Failure]:
    """What becomes of each agency that is ready, in order, by so many hands.

    A report that would be made the same as it lies there, made by an earlier run, stands.
    """
    inputs = plan.examination.inputs
    shared = shared_by(inputs)
    base, earlier = ground(shared, templates, plan.own), Earlier.of(inputs.workspace)
    arrivals, last_year = plan.examination.reception.arrivals, inputs.last_year.agencies
    agencies, digests, changed = plan.ready.agencies, list[str](), set[str]()
    for agency in agencies:
        stem, before = plan.ready.stems[agency.code], last_year.get(agency.code, {})
        digests.append(digest(agency.name, stem, arrivals[agency.code].reading, before, base))
        if not earlier.holds(agency, stem, digests[-1]):
            changed.add(agency.code)
    work = Work(partial(press, shared, templates, plan.own), agency_report)
    fresh = over_all(work, plan.ready.of(changed), hands)
    for agency, own in zip(agencies, digests, strict=True):
        is_changed = agency.code in changed
        yield (
            _signed(next(fresh), own) if is_changed else earlier.report(agency, plan.ready.stems[agency.code])
        )


def _signed(result: AgencyReport | Failure, digest: str) -> AgencyReport | Failure:
    """The report with what it follows from."""
    return replace(result, digest=digest) if isinstance(result, AgencyReport) else result


def outcome(agency: Agency, result: AgencyReport | Failure, examination: Examination) -> Proved | Unmade:
    """The report's files, proved, or why there are none to publish."""
    if isinstance(result, Failure):
        is_bug = result.code is ExitCode.BUG
        words = "程序出错了，不是报送件的问题，请把屏幕上的文字发给维护者" if is_bug else result.words
        return Unmade(agency, words, result.code, result.words if is_bug else "")
    if result.proved is None:
        return Unmade(agency, "有字体里没有的字，印出来会是空框（glyph-missing）")
    if result.proved.findings:
        return Unmade(agency, "印出来再读一遍，与数据不符，没有采用", ExitCode.UNVERIFIED)
    reason = _errors(result.findings, examination)
    return Unmade(agency, reason) if reason else result.proved
