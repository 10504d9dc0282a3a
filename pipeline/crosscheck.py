"""A year's rules over every body: each agency that counts, then the sums, and how often each was tried."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.check.body import Body
from pipeline.check.continuing import check_membership
from pipeline.check.crossfooting import RuleBook, Verdict, check_rules, gap
from pipeline.check.fees import check_fees
from pipeline.check.peers import Peers
from pipeline.check.plausibility import Watch, check_years
from pipeline.check.reading import reading_tallies
from pipeline.check.roster import Reception
from pipeline.examining import Cases, opinions
from pipeline.execution import Hands
from pipeline.gather import YearInputs
from pipeline.model.consolidation import Consolidation
from pipeline.model.finding import Finding
from pipeline.model.indicator import Aggregation
from pipeline.model.narrative import Narrative
from pipeline.model.rule import Identity, Relation, Scope
from pipeline.model.tally import Checks, RuleTally
from pipeline.opinion import LAST_SECTION, Examiner, Opinion, Tried, agency_body
from pipeline.textcheck import standard


class CrossCheck(Struct, frozen=True):
    """What the rules found, and each rule's tally."""

    findings: tuple[Finding, ...]
    rules: tuple[RuleTally, ...]
    texts: tuple[Finding, ...]
    """What is amiss with the agencies' texts, as if all tables were right."""
    blanks: Mapping[str, frozenset[str]]
    """The cells without a number that every agency must fill, by workbook, of the workbooks with any."""


def cross_check(
    inputs: YearInputs,
    reception: Reception,
    consolidation: Consolidation,
    narrative: Narrative | None,
    is_accepted: Callable[[Finding], bool],
    *,
    hands: Hands = 1,
) -> CrossCheck:
    """The rules over every agency that counts (by so many hands) and then over the sums, by the same code.

    What an agency broke breaks the sum as well: it is said once, at the agency's cell. Of a figure that
    breaks an identity it is not said too that it is hardly plausible.
    """
    catalogue = inputs.catalogue
    book = RuleBook.of(inputs.year, inputs.form, inputs.indicators)
    watch = Watch(inputs.plausibility, book, catalogue)
    asked_for = frozenset(_asked_for(inputs))
    agencies, tried, peers = _Agencies(), Tried(), Peers(watch)
    texts: list[Finding] = []
    examiner = Examiner(standard(inputs), watch, inputs.settings, asked_for, is_accepted)
    cases = Cases(inputs, reception, consolidation.counted)
    for agency, opinion in opinions(examiner, cases, hands):
        is_ordinary = agency.code not in inputs.settings.regulations_by
        agencies.add(reception.arrivals[agency.code].workbook, opinion, is_ordinary=is_ordinary)
        tried.take(opinion.states, opinion.findings)
        texts += opinion.texts
        peers.see(agency.name, agency.group, opinion.profile)
    tried.add(peers.trials(lambda at: agency_body(consolidation.counted[at], inputs, reception)))
    bodies = (agency_body(agency, inputs, reception) for agency in consolidation.counted)
    organ = _organ_body(inputs, consolidation, narrative)
    sums = check_rules(organ, book, catalogue, _known(bodies, agencies, organ), is_accepted)
    whole = Tried()
    doubtful = sums.doubtful | {finding.address for finding in tried.findings}
    whole.add((*check_years(replace(organ, doubtful=doubtful), watch), *check_fees(organ, watch)))
    tallies = (
        *reading_tallies(reception, inputs.roster, asked_for, agencies.blanks, catalogue),
        *_identity_tallies(book, agencies, sums),
        *_watch_tallies(watch, tried, whole),
    )
    told = (*agencies.findings, *sums.findings, *tried.findings, *whole.findings)
    findings = (*last_year_findings(inputs), *told)
    return CrossCheck(findings, tallies, tuple(texts), agencies.blanks)


class _Agencies(Struct):
    """What the rules say of the agencies, added up body by body; only what is wrong is kept of each."""

    findings: list[Finding] = field(default_factory=list)
    checks: dict[str, Checks] = field(default_factory=dict)
    broken: set[Identity] = field(default_factory=set)
    waiting: set[Identity] = field(default_factory=set)
    """What is broken at some agency and nobody stands by there."""
    blanks: dict[str, frozenset[str]] = field(default_factory=dict)
    """Such cells without a number, by workbook, of those that have any."""
    bodies: int = 0
    ordinary: int = 0

    def add(self, workbook: str, opinion: Opinion, *, is_ordinary: bool) -> None:
        verdict = opinion.verdict
        self.findings += verdict.findings
        for code, checks in verdict.checks.items():
            self.checks[code] = self.checks.get(code, Checks()) + checks
        self.broken |= verdict.broken
        self.waiting |= verdict.broken - verdict.stood_by
        if opinion.blank:
            self.blanks[workbook] = opinion.blank
        self.bodies += 1
        self.ordinary += is_ordinary


def _known(bodies: Iterable[Body], agencies: _Agencies, organ: Body) -> set[Identity]:
    """What the agencies broke, which breaks in the sums as well.

    Not where people stand by all of it and it is not what the sums are out by: something else is wrong there.
    """
    stood_by = agencies.broken - agencies.waiting
    out_by = dict.fromkeys(stood_by, Decimal(0))
    for body in bodies if stood_by else ():
        for identity in stood_by:
            out_by[identity] += gap(identity, body.value)

    def explains(identity: Identity) -> bool:
        return identity.relation is not Relation.EQUAL or out_by[identity] == gap(identity, organ.value)

    return agencies.waiting | {identity for identity in stood_by if explains(identity)}


def _asked_for(inputs: YearInputs) -> tuple[str, ...]:
    """The cells in which every agency must give a number."""
    given = (one for one in inputs.indicators if one.required and one.aggregation is not Aggregation.RATIO)
    return (*inputs.form.cells, *(one.address for one in given))


def _identity_tallies(book: RuleBook, agencies: _Agencies, sums: Verdict) -> Iterator[RuleTally]:
    for rule in book.rules:
        yield RuleTally(
            code=rule.id,
            reference=rule.reference,
            each=len(rule.identities),
            bodies=agencies.bodies if rule.scope is Scope.ALL else agencies.ordinary,
            agencies=agencies.checks.get(rule.id, Checks()),
            sums=sums.checks.get(rule.id, Checks()),
        )


def _watch_tallies(watch: Watch, tried: Tried, whole: Tried) -> Iterator[RuleTally]:
    for code, each in watch.each.items():
        states = tried.states[code]
        yield RuleTally(
            code=code,
            reference=watch.catalogue.kinds[code].reference,
            each=each,
            bodies=states.total() // max(each, 1),
            agencies=Checks.counted(states),
            sums=Checks.counted(whole.states[code]),
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
