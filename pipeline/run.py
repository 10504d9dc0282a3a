"""A year's run: the one module that knows the stages' order."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from msgspec import Struct, field

from pipeline import intake, rosters
from pipeline.check.acceptances import Accepted, check_acceptances
from pipeline.check.reading import WHOLE
from pipeline.check.roster import Reception
from pipeline.consolidate import consolidate
from pipeline.crosscheck import cross_check
from pipeline.errors import ExitCode, OperatorError
from pipeline.execution import Hands
from pipeline.gather import YearInputs
from pipeline.intake import Inbox
from pipeline.model.acceptance import Acceptance, covering, is_covered
from pipeline.model.consolidation import Consolidation
from pipeline.model.finding import Finding, heard, some
from pipeline.model.indicator import Aggregation
from pipeline.model.narrative import Narrative
from pipeline.model.tally import Checks, RuleTally, in_law_s_order
from pipeline.narrate.facts import Facts
from pipeline.narrate.narrate import narrate
from pipeline.textcheck import KNOCK_ON, narrative_text

ON_PRINTING = frozenset({"font-substituted"})
"""Findings that come only when a report is printed."""
IN_REPORTS = frozenset({"section-empty", "section-unknown", "heading-long"})
"""Findings about an agency's own text, which come when its report is made."""


class Examination(Struct, frozen=True, dict=True):
    """A year's inputs read and checked: receipts, sums, narrative, and findings in the office's order."""

    inputs: YearInputs
    reception: Reception
    consolidation: Consolidation
    narrative: Narrative | None
    findings: tuple[Finding, ...]
    today: datetime.date
    rules: tuple[RuleTally, ...] = ()
    """How often each rule was tried and what came of it, as the checking counted it."""
    stopped: OperatorError | None = None
    """What is wrong with the narrative as a template; the tables have been checked all the same."""
    blanks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The cells without a number that every agency must fill, by workbook, of the workbooks with any."""

    def acceptance(self, finding: Finding) -> Acceptance | None:
        """Who stands by this finding today, why and until when (accepted.toml); None for nobody."""
        return covering(finding, self.inputs.acceptances, self.today)

    def accepted(self, finding: Finding) -> bool:
        """Whether a person stands by this finding today."""
        return self.acceptance(finding) is not None

    @cached_property
    def findings_by_agency(self) -> Mapping[str, Sequence[Finding]]:
        """The findings of each agency that has any, by its name; "" for those of none."""
        told: dict[str, list[Finding]] = {}
        for finding in self.findings:
            told.setdefault(finding.agency, []).append(finding)
        return told

    @property
    def errors(self) -> bool:
        """Whether there is an error that nobody has accepted."""
        return any(finding.is_error and not self.accepted(finding) for finding in self.findings)

    @property
    def blocked(self) -> bool:
        """Whether there can be no report: an error, no narrative, or a figure that nobody can vouch for."""
        return self.errors or self.narrative is None or bool(gaps(self.inputs, self.consolidation))


def examine(inputs: YearInputs, today: datetime.date, hands: Hands = 1) -> Examination:
    """Read and check a year's submissions (by so many hands), add them up, and fill the narrative.

    OperatorError (input) where nothing has arrived at all.
    """
    if not inputs.submissions:
        folder = inputs.workspace.inputs / "submissions"
        raise OperatorError(ExitCode.INPUT, f"文件夹 {folder} 是空的。请把各单位报来的工作簿放进去。")

    is_accepted = partial(is_covered, inputs.acceptances, today)

    def is_open(finding: Finding) -> bool:
        return finding.is_error and not is_accepted(finding)

    reception, consolidation = add_up(inputs, hands)
    stopped: OperatorError | None = None
    words: tuple[Finding, ...] = ()
    try:
        narrative, words = narrated(inputs, consolidation)
    except OperatorError as error:
        narrative, stopped = None, error
    crossed = cross_check(inputs, reception, consolidation, narrative, is_accepted, hands=hands)
    figures = (*reception.findings, *crossed.findings)
    wrong = {finding.agency for finding in figures if is_open(finding)}
    figures += tuple(one for one in crossed.texts if not (one.agency in wrong and one.code in KNOCK_ON))
    figures += tuple(_incomplete(inputs, consolidation, figures, today))
    doubtful = any(map(is_open, figures))
    # A gap in the text is no news where the cell that makes it has its own finding.
    told = *figures, *(one for one in words if not (doubtful and one.code in KNOCK_ON))
    is_whole = not doubtful and stopped is None
    ordered = _ordered((*told, *_unreliable(told, inputs, today, whole=is_whole)), inputs)
    rules = tuple(sorted((*crossed.rules, _whole(inputs, consolidation, figures)), key=in_law_s_order))
    return Examination(
        inputs, reception, consolidation, narrative, ordered, today, rules, stopped, crossed.blanks
    )


def _unreliable(
    findings: Iterable[Finding], inputs: YearInputs, today: datetime.date, *, whole: bool
) -> tuple[Finding, ...]:
    """What is amiss with the acceptances; ``whole``: no finding is kept back because of another."""

    def is_asked(one: Acceptance) -> bool:
        in_reports = bool(one.agency) and one.code in IN_REPORTS
        return whole and one.code not in ON_PRINTING and not in_reports

    accepted = Accepted(
        inputs.acceptances, inputs.acceptance_file, inputs.year, today, is_asked, inputs.words
    )
    return tuple(check_acceptances(accepted, heard(findings), inputs.catalogue))


def _incomplete(
    inputs: YearInputs, consolidation: Consolidation, findings: Sequence[Finding], today: datetime.date
) -> Iterator[Finding]:
    """A finding where sums are not whole (H7) and no other error says so: one made lighter, or accepted."""

    is_accepted = partial(is_covered, inputs.acceptances, today)
    if any(finding.is_error and not is_accepted(finding) for finding in findings):
        return
    missed = [finding for finding in findings if finding.code == "agency-missing"]
    excused = {finding.agency for finding in missed if is_accepted(finding)}
    missing = [agency.name for agency in consolidation.missing if agency.name not in excused]
    without = gaps(inputs, consolidation)
    if missing or without:
        words = [f"缺 {len(missing)} 家：{some(missing)}"] * bool(missing)
        words += [f"有 {len(without)} 个数没有汇总：{some(without)}"] * bool(without)
        yield inputs.catalogue.finding(WHOLE, year=inputs.year, found="；".join(words))


def gaps(inputs: YearInputs, consolidation: Consolidation) -> list[str]:
    """What should have a sum and has none, in words."""
    return [words for address, words in _wanted(inputs).items() if address not in consolidation.figures]


def _wanted(inputs: YearInputs) -> dict[str, str]:
    """What must have a sum, in words: statutory cells, and indicators an agency must give."""
    wanted = {address: cell.words for address, cell in inputs.form.cells.items()}
    return wanted | {
        indicator.address: indicator.label
        for indicator in inputs.indicators
        if indicator.required and indicator.aggregation is Aggregation.SUM
    }


def _whole(inputs: YearInputs, consolidation: Consolidation, findings: Sequence[Finding]) -> RuleTally:
    """How many figures are the sum over all agencies (H7); the others follow from some agency's finding."""
    each = len(_wanted(inputs))
    without = each if consolidation.missing else len(gaps(inputs, consolidation))
    said = sum(finding.code == WHOLE for finding in findings)
    sums = Checks(held=each - without, broken=said, following=max(without - said, 0))
    return RuleTally(WHOLE, inputs.catalogue.kinds[WHOLE].reference, each, 0, sums=sums)


def take_in(inputs: YearInputs, hands: Hands = 1) -> Reception:
    """Read what has arrived and sort out whose it is and what counts; all that was read is kept."""
    inbox = Inbox(inputs.submissions, inputs.asked, inputs.awaited, inputs.workspace.readings_file)
    file = inputs.roster_file
    rosters.keep(inputs.roster, file.path, file.sha256, inputs.workspace)
    return intake.take_in(inbox, hands)


def add_up(inputs: YearInputs, hands: Hands = 1) -> tuple[Reception, Consolidation]:
    """Take in what has arrived and add it up."""
    reception = take_in(inputs, hands)
    return reception, consolidate(inputs.form, inputs.indicators, inputs.roster, reception.counted)


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
    return narrative, (*told, *narrative_text(narrative, inputs, consolidation))


def _ordered(findings: Iterable[Finding], inputs: YearInputs) -> tuple[Finding, ...]:
    """Errors first, then in the roster's order, by workbook and place; what is switched off is dropped."""
    rank = {agency.name: index for index, agency in enumerate(inputs.roster.agencies)}
    kept = heard(findings)
    return tuple(
        sorted(kept, key=lambda one: (one.severity.rank, rank.get(one.agency, -1), one.workbook, one.sheet))
    )
