"""A year's rules over every body: each agency that counts, then the sums, and how often each was tried."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.check.crossfooting import Body, RuleBook, Verdict, check_rules
from pipeline.check.roster import Reception
from pipeline.gather import YearInputs
from pipeline.model.consolidation import Consolidation
from pipeline.model.finding import Finding
from pipeline.model.roster import Agency
from pipeline.model.rule import Identity, Scope
from pipeline.model.tally import Checks, RuleTally


@dataclass(frozen=True)
class CrossCheck:
    """What the rules found, and each rule's tally in the order of the law's list."""

    findings: tuple[Finding, ...]
    rules: tuple[RuleTally, ...]


def cross_check(inputs: YearInputs, reception: Reception, consolidation: Consolidation) -> CrossCheck:
    """The rules over every agency that counts and then over the sums, by the same code.

    What an agency broke breaks the sum as well: it is said once, at the agency's cell.
    """
    book = RuleBook.of(inputs.year, inputs.form, inputs.indicators)
    bodies = {agency.code: agency_body(agency, inputs, reception) for agency in consolidation.counted}
    verdicts = {code: check_rules(body, book, inputs.catalogue) for code, body in bodies.items()}
    known: set[Identity] = set().union(*(verdict.broken for verdict in verdicts.values()))
    organ = check_rules(_organ_body(inputs, consolidation), book, inputs.catalogue, known)
    findings = [*last_year_findings(inputs)]
    for verdict in (*verdicts.values(), organ):
        findings += verdict.findings
    return CrossCheck(tuple(findings), _tallies(book, bodies, verdicts, organ))


def _tallies(
    book: RuleBook, bodies: Mapping[str, Body], verdicts: Mapping[str, Verdict], organ: Verdict
) -> tuple[RuleTally, ...]:
    return tuple(
        RuleTally(
            code=rule.id,
            reference=rule.reference,
            each=len(rule.identities),
            bodies=sum(rule.scope is Scope.ALL or body.ordinary for body in bodies.values()),
            agencies=sum((verdict.checks.get(rule.id, Checks()) for verdict in verdicts.values()), Checks()),
            sums=organ.checks.get(rule.id, Checks()),
        )
        for rule in book.rules
    )


def last_year_findings(inputs: YearInputs) -> Iterator[Finding]:
    """That last year is not known, or not whole."""
    if not inputs.last_year.workbook:
        yield inputs.catalogue.finding("last-year-missing", year=inputs.year, expected=str(inputs.year - 1))
    if inputs.last_year.doubt:
        yield inputs.catalogue.finding(
            "last-year-incomplete",
            year=inputs.year,
            workbook=inputs.last_year.workbook,
            found=inputs.last_year.doubt,
        )


def agency_body(agency: Agency, inputs: YearInputs, reception: Reception) -> Body:
    """An agency's figures of both years, as the rules take them."""
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
