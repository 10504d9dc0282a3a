"""The form's rules against one body's figures: an agency's submission and the consolidation alike."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pipeline.model.finding import Catalogue, Finding
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import PREFIX, Aggregation, Indicator
from pipeline.model.number import plain
from pipeline.model.place import CellPlace
from pipeline.model.rule import Identity, Relation, Rule, Scope, Term

ADDENDS_SHOWN = 8
"""A breach names at most this many addends that are not 0, and says how many more there are."""


@dataclass(frozen=True)
class Body:
    """A body whose figures are checked: one agency, or the organ with the consolidated figures.

    ``place`` gives the cell of an address (None for consolidated figures); ``ordinary`` says that it may not
    make 规章; ``last_year`` is empty where last year is unknown, and its rules are then not checked.
    """

    name: str
    values: Mapping[str, Decimal]
    last_year: Mapping[str, Decimal] = field(default_factory=dict)
    place: Callable[[str], CellPlace | None] = lambda _: None
    ordinary: bool = True

    def value(self, term: Term) -> Decimal | None:
        """The figure a term names; None where there is none."""
        return (self.last_year if term.last_year else self.values).get(term.address)


def indicator_rules(indicators: Sequence[Indicator]) -> tuple[Rule, ...]:
    """The indicator sheet's totals, and parts that can be no more than their whole, as rules."""
    totals = [
        Identity((Term(one.address),), Relation.EQUAL, tuple(Term(PREFIX + part) for part in one.parts))
        for one in indicators
        if one.parts
    ]
    shares = [
        Identity((Term(PREFIX + one.over[0]),), Relation.AT_MOST, (Term(PREFIX + one.over[1]),))
        for one in indicators
        if one.aggregation is Aggregation.RATIO
    ]
    return (
        Rule(id="indicator-total", reference="", scope=Scope.ALL, computes=True, identities=tuple(totals)),
        Rule(id="indicator-share", reference="", scope=Scope.ALL, computes=False, identities=tuple(shares)),
    )


@dataclass(frozen=True)
class RuleBook:
    """What to check a year's figures against: rules, each address in words, whole and by row and column."""

    year: int
    rules: tuple[Rule, ...]
    words: Mapping[str, str]
    rows: Mapping[str, str]
    columns: Mapping[str, str]

    @classmethod
    def of(cls, year: int, form: StatutoryForm, indicators: Sequence[Indicator]) -> "RuleBook":
        """The rule book of a form and its indicators."""
        words = {address: cell.words for address, cell in form.cells.items()}
        words |= {indicator.address: indicator.label for indicator in indicators}
        rows = {address: cell.row.path[-1] for address, cell in form.cells.items()}
        columns = {address: cell.column.path[-1] for address, cell in form.cells.items()}
        return cls(year, (*form.rules, *indicator_rules(indicators)), words, rows, columns)

    def labels(self, identity: Identity) -> Mapping[str, str]:
        """Words that tell an identity's figures apart: columns of one row, rows of one column, else both."""
        addresses = {term.address for term in identity.terms}
        if not addresses <= self.rows.keys():
            return self.words
        if len({self.rows[address] for address in addresses}) == 1:
            return self.columns
        return self.rows if len({self.columns[address] for address in addresses}) == 1 else self.words


def check_rules(body: Body, book: RuleBook, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Every identity that does not hold, as a finding at its first cell.

    An identity any of whose figures is missing is passed over: the missing figure has its own finding. So is
    one that would hold were the wrong totals among its figures right: the totals have their own findings.
    """
    broken = [
        (rule, identity)
        for rule in book.rules
        if body.ordinary or rule.scope is Scope.ALL
        for identity in rule.identities
        if not _holds(identity, body)
    ]
    totals = {
        identity.focus: sums[1]
        for rule, identity in broken
        if rule.computes and (sums := identity.sums(body.value))
    }
    return tuple(
        _breach(body, book, rule, identity, catalogue)
        for rule, identity in broken
        if not _follows(rule, identity, body, totals)
    )


def _follows(rule: Rule, identity: Identity, body: Body, totals: Mapping[str, Decimal]) -> bool:
    """Whether an identity breaks only because other totals are wrong.

    No two identities follow from each other: a total never is among the addends of its own addends.
    """
    own = identity.focus if rule.computes else None
    others = {address: value for address, value in totals.items() if address != own}
    return _holds(identity, replace(body, values={**body.values, **others}))


def _holds(identity: Identity, body: Body) -> bool:
    sums = identity.sums(body.value)
    return sums is None or identity.relation.holds(*sums)


def _breach(body: Body, book: RuleBook, rule: Rule, identity: Identity, catalogue: Catalogue) -> Finding:
    sums = identity.sums(body.value)
    if sums is None:
        raise ValueError(rule.id)
    left, right = sums
    return catalogue.finding(
        rule.id,
        year=book.year,
        agency=body.name,
        place=body.place(identity.focus),
        found=plain(left),
        expected=plain(right),
        address=identity.focus,
        words=book.words[identity.focus],
        column=book.columns.get(identity.focus, ""),
        detail="，".join(_addends(identity, body, book)),
    )


def _addends(identity: Identity, body: Body, book: RuleBook) -> Iterator[str]:
    """The figures a person compares: every term that is not 0, in words, capped.

    A figure that is the whole left side has been named already.
    """
    labels = book.labels(identity)
    named = [
        f"{_prefix(term)}{labels[term.address]} {plain(value)}"
        for term in (identity.right if len(identity.left) == 1 else identity.terms)
        if (value := body.value(term))
    ]
    yield from named[:ADDENDS_SHOWN]
    if len(named) > ADDENDS_SHOWN:
        yield f"另有 {len(named) - ADDENDS_SHOWN} 项"
    if not named:
        yield "其余各项都是 0"


def _prefix(term: Term) -> str:
    return ("减" if term.sign < 0 else "") + ("上一年报的" if term.last_year else "")
