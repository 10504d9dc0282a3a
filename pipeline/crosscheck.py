"""A year's rules over every body: each agency that counts, then the sums, and how often each was tried."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.check.body import Body
from pipeline.check.continuing import check_membership
from pipeline.check.crossfooting import RuleBook, Verdict, check_rules, gap
from pipeline.check.fees import check_fees
from pipeline.check.peers import check_peers
from pipeline.check.plausibility import Watch, check_body, check_years
from pipeline.check.reading import reading_tallies
from pipeline.check.roster import Reception
from pipeline.check.trial import Trial
from pipeline.gather import YearInputs
from pipeline.model.consolidation import Consolidation
from pipeline.model.finding import Finding
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Aggregation
from pipeline.model.narrative import Narrative
from pipeline.model.roster import Agency
from pipeline.model.rule import Identity, Relation, Scope
from pipeline.model.tally import Checks, RuleTally

LAST_SECTION = 6
"""六、其他需要报告的事项, where fees are reported."""


@dataclass(frozen=True)
class CrossCheck:
    """What the rules found, and each rule's tally."""

    findings: tuple[Finding, ...]
    rules: tuple[RuleTally, ...]


def cross_check(
    inputs: YearInputs,
    reception: Reception,
    consolidation: Consolidation,
    narrative: Narrative | None,
    is_accepted: Callable[[Finding], bool],
) -> CrossCheck:
    """The rules over every agency that counts and then over the sums, by the same code.

    What an agency broke breaks the sum as well: it is said once, at the agency's cell. Of a figure that
    breaks an identity it is not said too that it is hardly plausible.
    """
    catalogue = inputs.catalogue
    book = RuleBook.of(inputs.year, inputs.form, inputs.indicators)
    bodies = [agency_body(agency, inputs, reception) for agency in consolidation.counted]
    verdicts = [check_rules(body, book, catalogue, (), is_accepted) for body in bodies]
    organ = _organ_body(inputs, consolidation, narrative)
    known = _known(bodies, verdicts, organ)
    sums = check_rules(organ, book, catalogue, known, is_accepted)
    watch = Watch(inputs.plausibility, book, catalogue)
    tried = _agency_trials(bodies, verdicts, inputs.form, watch)
    doubtful = sums.doubtful | {trial.finding.address for trial in tried if trial.finding}
    whole = [*check_years(replace(organ, doubtful=doubtful), watch), *check_fees(organ, watch)]
    findings = [*last_year_findings(inputs)]
    for verdict in (*verdicts, sums):
        findings += verdict.findings
    findings += (trial.finding for trial in (*tried, *whole) if trial.finding)
    tallies = (
        *reading_tallies(reception, inputs.roster, _asked_for(inputs), catalogue),
        *_identity_tallies(book, bodies, verdicts, sums),
        *_watch_tallies(watch, tried, whole),
    )
    return CrossCheck(tuple(findings), tallies)


def _known(bodies: Sequence[Body], verdicts: Sequence[Verdict], organ: Body) -> set[Identity]:
    """What the agencies broke, which breaks in the sums as well.

    Not where people stand by all of it and it is not what the sums are out by: something else is wrong there.
    """
    known: set[Identity] = set().union(*(verdict.broken for verdict in verdicts))
    waiting: set[Identity] = set().union(*(verdict.broken - verdict.stood_by for verdict in verdicts))

    def explains(identity: Identity) -> bool:
        out_by = sum((gap(identity, body.value) for body in bodies), Decimal(0))
        return identity.relation is not Relation.EQUAL or out_by == gap(identity, organ.value)

    return waiting | {identity for identity in known - waiting if explains(identity)}


def _asked_for(inputs: YearInputs) -> tuple[str, ...]:
    """The cells in which every agency must give a number."""
    given = (one for one in inputs.indicators if one.required and one.aggregation is not Aggregation.RATIO)
    return (*inputs.form.cells, *(one.address for one in given))


def _agency_trials(
    bodies: Sequence[Body], verdicts: Sequence[Verdict], form: StatutoryForm, watch: Watch
) -> list[Trial]:
    sure = [replace(body, doubtful=verdict.doubtful) for body, verdict in zip(bodies, verdicts, strict=True)]
    trials = [trial for body in sure for trial in (*check_body(body, watch), *check_fees(body, watch))]
    return [*trials, *check_peers(sure, form, watch)]


def _identity_tallies(
    book: RuleBook, bodies: Sequence[Body], verdicts: Sequence[Verdict], sums: Verdict
) -> Iterator[RuleTally]:
    for rule in book.rules:
        yield RuleTally(
            code=rule.id,
            reference=rule.reference,
            each=len(rule.identities),
            bodies=sum(rule.scope is Scope.ALL or body.ordinary for body in bodies),
            agencies=sum((verdict.checks.get(rule.id, Checks()) for verdict in verdicts), Checks()),
            sums=sums.checks.get(rule.id, Checks()),
        )


def _watch_tallies(watch: Watch, tried: Sequence[Trial], whole: Sequence[Trial]) -> Iterator[RuleTally]:
    for code, each in watch.each.items():
        states = [trial.state for trial in tried if trial.code == code]
        yield RuleTally(
            code=code,
            reference=watch.catalogue.kinds[code].reference,
            each=each,
            bodies=len(states) // max(each, 1),
            agencies=Checks.of(states),
            sums=Checks.of(trial.state for trial in whole if trial.code == code),
        )


def last_year_findings(inputs: YearInputs) -> Iterator[Finding]:
    """That last year is not known, or not whole, or what its roster says of this year's."""
    if not inputs.last_year.workbook:
        yield inputs.catalogue.finding("last-year-missing", year=inputs.year, expected=str(inputs.year - 1))
    if inputs.last_year.doubt:
        yield inputs.catalogue.finding(
            "last-year-incomplete",
            year=inputs.year,
            workbook=inputs.last_year.workbook,
            found=inputs.last_year.doubt,
        )
    yield from check_membership(inputs.last_year, inputs.roster, inputs.year, inputs.catalogue)


def agency_body(agency: Agency, inputs: YearInputs, reception: Reception) -> Body:
    """An agency's figures of both years, as the rules take them."""
    submission = reception.counted[agency.code]
    return Body(
        name=agency.name,
        values=submission.values(),
        last_year=inputs.last_year.agencies.get(agency.code, {}),
        place=submission.place,
        ordinary=agency.code not in inputs.settings.regulations_by,
        group=agency.group,
        county=agency.group in inputs.settings.county_groups,
        workbook=submission.workbook,
        closing=submission.texts.get(LAST_SECTION, ""),
    )


def _organ_body(inputs: YearInputs, consolidation: Consolidation, narrative: Narrative | None) -> Body:
    # With an agency missing this year's sums say nothing about last year's; the agency is the finding.
    last_year = {} if consolidation.missing else inputs.last_year.total
    passages = narrative.passages if narrative else ()
    return Body(
        name=inputs.settings.organ,
        values=consolidation.values(),
        last_year=last_year,
        ordinary=False,
        workbook=narrative.file if narrative else "",
        closing="".join(passage.text for passage in passages if passage.section == LAST_SECTION),
    )
