"""A year's run: the one module that knows the stages' order."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pipeline.check.acceptances import Accepted, check_acceptances
from pipeline.check.crossfooting import Body, RuleBook, check_rules
from pipeline.check.hygiene import Bodies, check_hygiene
from pipeline.check.narrative import check_narrative
from pipeline.check.roster import Reception, receive
from pipeline.consolidate import consolidate
from pipeline.errors import ExitCode, OperatorError
from pipeline.execution import Failure, Work, over_all, values
from pipeline.gather import YearInputs, read_arrival
from pipeline.model.acceptance import Acceptance, covering
from pipeline.model.consolidation import Consolidation
from pipeline.model.finding import Finding, Severity, heard
from pipeline.model.indicator import Aggregation
from pipeline.model.narrative import Narrative
from pipeline.model.roster import Agency
from pipeline.model.submission import Arrival
from pipeline.narrate.facts import Facts
from pipeline.narrate.narrate import narrate
from pipeline.narrate.offered import Offered, offered_narrative
from pipeline.texts import Own, Standard, text_findings
from pipeline.workbooks.read import Asked
from pipeline.workspace import InputFile

KNOCK_ON = frozenset({"narrative-gap", "sentence-contradicts", "sentence-arithmetic"})
"""Findings about the text that wrong tables bring about by themselves."""

MISPLACED = "section-misplaced"
"""What an agency wrote under another section's title stands in the wrong cell."""
ON_PRINTING = frozenset({"font-substituted"})
"""Findings that come only when a report is printed."""
IN_REPORTS = frozenset({"section-empty", "section-unknown", "heading-long"})
"""Findings about an agency's own text, which come when its report is made."""

NAMED = 3
"""How many names stand in a sentence before 等."""

ORDER = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True)
class Examination:
    """A year's inputs read and checked: receipts, sums, narrative, and findings in the office's order."""

    inputs: YearInputs
    reception: Reception
    consolidation: Consolidation
    narrative: Narrative | None
    findings: tuple[Finding, ...]
    today: datetime.date
    stopped: OperatorError | None = None
    """What is wrong with the narrative as a template; the tables have been checked all the same."""

    def acceptance(self, finding: Finding) -> Acceptance | None:
        """Who stands by this finding today, why and until when (accepted.toml); None for nobody."""
        return covering(finding, self.inputs.acceptances, self.today)

    def accepted(self, finding: Finding) -> bool:
        """Whether a person stands by this finding today."""
        return self.acceptance(finding) is not None

    @property
    def errors(self) -> bool:
        """Whether there is an error that nobody has accepted."""
        return any(finding.is_error and not self.accepted(finding) for finding in self.findings)

    @property
    def blocked(self) -> bool:
        """Whether there can be no report: an error, no narrative, or a figure that nobody can vouch for."""
        return self.errors or self.narrative is None or bool(gaps(self.inputs, self.consolidation))


def examine(inputs: YearInputs, today: datetime.date, jobs: int = 1) -> Examination:
    """Read (by so many processes), check and add up a year's submissions, and fill the narrative.

    OperatorError (input) where nothing has arrived at all.
    """
    if not inputs.submissions:
        folder = inputs.workspace.inputs / "submissions"
        raise OperatorError(ExitCode.INPUT, f"文件夹 {folder} 是空的。请把各单位报来的工作簿放进去。")
    reception, consolidation = add_up(inputs, jobs)
    figures = (*reception.findings, *_rule_findings(inputs, reception, consolidation))
    wrong = {finding.agency for finding in figures if finding.is_error}
    figures += tuple(_text_findings(inputs, reception, consolidation, wrong))
    figures += tuple(_incomplete(inputs, consolidation, figures, today))
    doubtful = any(
        finding.is_error and not covering(finding, inputs.acceptances, today) for finding in figures
    )
    try:
        narrative, words = narrated(inputs, consolidation)
    except OperatorError as error:
        figures += _unreliable(figures, inputs, today, whole=False)
        ordered = _ordered(figures, inputs)
        return Examination(inputs, reception, consolidation, None, ordered, today, error)
    # A gap in the text is no news where the cell that makes it has its own finding.
    told = *figures, *(one for one in words if not (doubtful and one.code in KNOCK_ON))
    ordered = _ordered((*told, *_unreliable(told, inputs, today, whole=not doubtful)), inputs)
    return Examination(inputs, reception, consolidation, narrative, ordered, today)


def _unreliable(
    findings: Iterable[Finding], inputs: YearInputs, today: datetime.date, *, whole: bool
) -> tuple[Finding, ...]:
    """What is amiss with the acceptances; ``whole``: no finding is kept back because of another."""

    def is_asked(one: Acceptance) -> bool:
        in_reports = bool(one.agency) and one.code in IN_REPORTS
        return whole and one.code not in ON_PRINTING and not in_reports

    accepted = Accepted(
        inputs.acceptances, inputs.acceptance_file, inputs.year, today, is_asked, inputs.form.words
    )
    return tuple(check_acceptances(accepted, heard(findings), inputs.catalogue))


def _incomplete(
    inputs: YearInputs, consolidation: Consolidation, findings: Sequence[Finding], today: datetime.date
) -> Iterator[Finding]:
    """A finding where sums are not whole (H7) and no other error says so: one made lighter, or accepted."""
    stood_by = [finding for finding in findings if covering(finding, inputs.acceptances, today)]
    if any(finding.is_error and finding not in stood_by for finding in findings):
        return
    excused = {finding.agency for finding in stood_by if finding.code == "agency-missing"}
    missing = [agency.name for agency in consolidation.missing if agency.name not in excused]
    without = gaps(inputs, consolidation)
    if missing or without:
        words = [f"缺 {len(missing)} 家：{some(missing)}"] * bool(missing)
        words += [f"有 {len(without)} 个数没有汇总：{some(without)}"] * bool(without)
        yield inputs.catalogue.finding("sums-incomplete", year=inputs.year, found="；".join(words))


def gaps(inputs: YearInputs, consolidation: Consolidation) -> list[str]:
    """What should have a sum and has none, in words: statutory cells, and indicators an agency must give."""
    wanted = {address: cell.words for address, cell in inputs.form.cells.items()}
    wanted |= {
        indicator.address: indicator.label
        for indicator in inputs.indicators
        if indicator.required and indicator.aggregation is Aggregation.SUM
    }
    return [words for address, words in wanted.items() if address not in consolidation.figures]


def some(names: Sequence[str]) -> str:
    """The first few names, and 等 where there are more."""
    return "、".join(names[:NAMED]) + ("等" if len(names) > NAMED else "")


def take_in(inputs: YearInputs, jobs: int = 1) -> Reception:
    """Read what has arrived and sort out whose it is and what counts."""
    work = Work(partial(_itself, inputs.asked), _read)
    results = over_all(work, inputs.submissions, jobs)
    pairs = zip(inputs.submissions, results, strict=True)
    arrivals = values(_survived(file, result, inputs.asked) for file, result in pairs)
    return receive(tuple(arrivals), inputs.awaited)


def _survived(file: InputFile, result: Arrival | Failure, asked: Asked) -> Arrival | Failure:
    """What was read; a file over which its reader's process died is one that cannot be read, no more."""
    if isinstance(result, Failure) and result.code is ExitCode.WORKER:
        return read_arrival(replace(file, unreadable="读它的进程中途退出了"), asked)
    return result


def _itself(asked: Asked) -> Asked:
    return asked


def _read(asked: Asked, file: InputFile) -> Arrival:
    return read_arrival(file, asked)


def add_up(inputs: YearInputs, jobs: int = 1) -> tuple[Reception, Consolidation]:
    """Take in what has arrived and add it up."""
    reception = take_in(inputs, jobs)
    return reception, consolidate(inputs.form, inputs.indicators, inputs.roster, reception.counted)


def _rule_findings(
    inputs: YearInputs, reception: Reception, consolidation: Consolidation
) -> Iterable[Finding]:
    """The rules over every agency that counts and then over the sums, by the same code."""
    book = RuleBook.of(inputs.year, inputs.form, inputs.indicators)
    if not inputs.last_year.workbook:
        yield inputs.catalogue.finding("last-year-missing", year=inputs.year, expected=str(inputs.year - 1))
    if inputs.last_year.doubt:
        yield inputs.catalogue.finding(
            "last-year-incomplete",
            year=inputs.year,
            workbook=inputs.last_year.workbook,
            found=inputs.last_year.doubt,
        )
    yield from _renumbered(inputs)
    broken: set[tuple[str, str]] = set()
    for agency in consolidation.counted:
        for finding in check_rules(agency_body(agency, inputs, reception), book, inputs.catalogue):
            broken.add((finding.code, finding.address))
            yield finding
    for finding in check_rules(_organ_body(inputs, consolidation), book, inputs.catalogue):
        # What an agency broke breaks the sum as well: it is said once, at the agency's cell.
        if (finding.code, finding.address) not in broken:
            yield finding


def standard(inputs: YearInputs) -> Standard:
    """What every agency's text is held against."""
    return Standard(
        inputs.form,
        inputs.indicators,
        inputs.blemishes,
        inputs.roster,
        inputs.settings.organ,
        inputs.year,
        inputs.catalogue,
    )


def _text_findings(
    inputs: YearInputs, reception: Reception, consolidation: Consolidation, doubtful: Collection[str]
) -> Iterator[Finding]:
    """What is amiss with the texts of the agencies that count, at the cell and paragraph.

    Sentences of the ``doubtful``, whose tables have errors, wait until those are right. What their own
    reports say of an empty section or a heading is said with those reports.
    """
    held = standard(inputs)
    for agency in consolidation.counted:
        submission = reception.counted[agency.code]
        if not submission.texts:
            continue
        offered = Offered(submission.texts, submission.workbook, submission.text_cells)
        narrative, told = offered_narrative(offered, inputs.form, inputs.year, inputs.catalogue)
        own = Own(agency.name, submission.values(), inputs.last_year.agencies.get(agency.code, {}))
        yield from (replace(one, agency=agency.name) for one in told if one.code == MISPLACED)
        for finding in text_findings(narrative, own, held):
            if agency.name not in doubtful or finding.code not in KNOCK_ON:
                yield finding


def _renumbered(inputs: YearInputs) -> Iterator[Finding]:
    """Whose last year was found by name alone: comparing with another body's would be a silent error."""
    last = inputs.last_year
    for code, before in last.renumbered.items():
        agency = inputs.roster.by_code(code)
        yield inputs.catalogue.finding(
            "last-year-by-name",
            year=inputs.year,
            agency=agency.name if agency else "",
            workbook=last.workbook,
            found=before,
            expected=code,
            before=last.names.get(before, ""),
        )


def agency_body(agency: Agency, inputs: YearInputs, reception: Reception) -> Body:
    """The figures of an agency whose workbook counts, as the rules look at them."""
    submission = reception.counted[agency.code]
    return Body(
        name=agency.name,
        values=submission.values(),
        last_year=inputs.last_year.agencies.get(agency.code, {}),
        place=submission.place,
        ordinary=agency.code not in inputs.settings.regulations_by,
    )


def _organ_body(inputs: YearInputs, consolidation: Consolidation) -> Body:
    # With an agency missing this year's sums say nothing about last year's; the agency is the finding.
    last_year = {} if consolidation.missing else inputs.last_year.total
    return Body(inputs.settings.organ, consolidation.values(), last_year, ordinary=False)


def facts(inputs: YearInputs, consolidation: Consolidation) -> Facts:
    """What the narrative of a year may name."""
    return Facts(
        year=inputs.year,
        organ=inputs.settings.organ,
        form=inputs.form,
        indicators=inputs.indicators,
        consolidation=consolidation,
        last_year=inputs.last_year,
    )


def narrated(
    inputs: YearInputs, consolidation: Consolidation
) -> tuple[Narrative | None, tuple[Finding, ...]]:
    """The narrative with its figures, and what was found in it; a finding alone where there is none.

    OperatorError (template) where it names a figure that is not, (input) where it cannot be read.
    """
    file = inputs.narrative_file
    if file is None:
        return None, (inputs.catalogue.finding("narrative-missing", year=inputs.year),)
    narrative, told = narrate(file.content, file.path, facts(inputs, consolidation), inputs.catalogue)
    return narrative, (*told, *checked(narrative, inputs, consolidation))


def checked(narrative: Narrative, inputs: YearInputs, consolidation: Consolidation) -> tuple[Finding, ...]:
    """The narrative's numbers held against the tables and each other, and what must not stand in it."""
    settings = inputs.settings
    bodies = Bodies.of_organ((settings.organ, settings.title, settings.compiler), inputs.roster)
    numbers = check_narrative(
        narrative,
        inputs.form,
        consolidation,
        inputs.last_year,
        inputs.indicators,
        inputs.year,
        inputs.catalogue,
    )
    return (*numbers, *check_hygiene(narrative, inputs.blemishes, bodies, inputs.year, inputs.catalogue))


def _ordered(findings: Iterable[Finding], inputs: YearInputs) -> tuple[Finding, ...]:
    """Errors first, then in the roster's order, by workbook and place; what is switched off is dropped."""
    rank = {agency.name: index for index, agency in enumerate(inputs.roster.agencies)}
    kept = heard(findings)
    return tuple(
        sorted(kept, key=lambda one: (ORDER[one.severity], rank.get(one.agency, -1), one.workbook, one.sheet))
    )
