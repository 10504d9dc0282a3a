"""The form's rules against one body's figures: an agency's submission and the consolidation alike."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from pipeline.check.adding import Figures, Prepared
from pipeline.check.body import Body
from pipeline.check.indicator_rules import indicator_rules
from pipeline.check.suspects import Suspect, suspects
from pipeline.model.finding import Catalogue, Finding, Severity
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Aggregation, Indicator
from pipeline.model.number import NumberKind, plain
from pipeline.model.rule import Identity, Lookup, Relation, Rule, Scope, Term
from pipeline.model.tally import Checks, State

ADDENDS_SHOWN = 8
"""A breach names at most this many addends that are not 0, and says how many more there are."""


class RuleBook(Struct, frozen=True, dict=True):
    """What to check a year's figures against: rules, each address in words, whole and by row and column."""

    year: int
    rules: tuple[Rule, ...]
    words: Mapping[str, str]
    rows: Mapping[str, str]
    columns: Mapping[str, str]
    kinds: Mapping[str, NumberKind]

    @classmethod
    def of(cls, year: int, form: StatutoryForm, indicators: Sequence[Indicator]) -> "RuleBook":
        """The rule book of a form and its indicators."""
        words = {address: cell.words for address, cell in form.cells.items()}
        words |= {indicator.address: indicator.label for indicator in indicators}
        rows = {address: cell.row.path[-1] for address, cell in form.cells.items()}
        columns = {address: cell.column.path[-1] for address, cell in form.cells.items()}
        kinds = {address: cell.kind for address, cell in form.cells.items()}
        kinds |= {one.address: one.kind for one in indicators if one.aggregation is not Aggregation.RATIO}
        return cls(year, (*form.rules, *indicator_rules(indicators)), words, rows, columns, kinds)

    def heard(self, catalogue: Catalogue) -> tuple[Rule, ...]:
        """The rules the office has not switched off: those are not tried, and explain nothing either."""
        return tuple(rule for rule in self.rules if catalogue.kinds[rule.id].severity is not Severity.OFF)

    @cached_property
    def prepared(self) -> Mapping[str, tuple[Prepared, ...]]:
        """The identities of each rule, by its id, ready to be added up."""
        return {rule.id: tuple(map(Prepared.of, rule.identities)) for rule in self.rules}

    @cached_property
    def totals(self) -> tuple[Identity, ...]:
        """Every identity that makes a total."""
        return tuple(one.identity for one in self.prepared_totals)

    @cached_property
    def prepared_totals(self) -> tuple[Prepared, ...]:
        """Those, ready to be added up."""
        return tuple(one for rule in self.rules if rule.computes for one in self.prepared[rule.id])

    @cached_property
    def _sums(self) -> frozenset[str]:
        return frozenset(identity.focus for identity in self.totals)

    def is_carried(self, identity: Identity) -> bool:
        """Whether an identity says what a figure, no total, must be by last year's figures alone."""
        return (
            identity.relation is Relation.EQUAL
            and len(identity.left) == 1
            and identity.focus not in self._sums
            and bool(identity.right)
            and all(term.last_year for term in identity.right)
        )

    def is_of_totals(self, identity: Identity) -> bool:
        """Whether an identity relates nothing but totals, each the sum of its row."""
        return all(term.address in self._sums for term in identity.terms)

    def labels(self, identity: Identity) -> Mapping[str, str]:
        """Words that tell an identity's figures apart: columns of one row, rows of one column, else both."""
        addresses = {term.address for term in identity.terms}
        if not addresses <= self.rows.keys():
            return self.words
        if len({self.rows[address] for address in addresses}) == 1:
            return self.columns
        return self.rows if len({self.columns[address] for address in addresses}) == 1 else self.words


class Verdict(Struct, frozen=True):
    """What the rules say of one body: what is to be said, how often each was tried, and what does not hold.

    ``broken`` holds also what only follows from another breach, ``stood_by`` what a person stands by.
    """

    findings: tuple[Finding, ...]
    checks: Mapping[str, Checks]
    broken: frozenset[Identity]
    stood_by: frozenset[Identity]

    @property
    def doubtful(self) -> frozenset[str]:
        """Addresses of this year's figures that do not fit together: nothing more is to be said of them."""
        return frozenset(
            term.address
            for identity in self.broken - self.stood_by
            for term in identity.terms
            if not term.last_year
        )


def check_rules(
    body: Body,
    book: RuleBook,
    catalogue: Catalogue,
    known: Collection[Identity] = (),
    is_accepted: Callable[[Finding], bool] = lambda _: False,
) -> Verdict:
    """Every identity that does not hold, as a finding at its first cell.

    An identity any of whose figures is missing is passed over: the missing figure has its own finding. What
    only follows is not said: what would hold were other wrong figures right, and what is ``known`` to be
    broken (for the sums: at an agency). A light finding never takes the place of a heavier one, and figures
    that a person stands by (``is_accepted``) are right as they are: what does not agree with them is said.
    """
    rules = [rule for rule in book.heard(catalogue) if body.ordinary or rule.scope is Scope.ALL]
    tried = {
        rule.id: [one.state(body.values, body.last_year) for one in book.prepared[rule.id]] for rule in rules
    }
    broken = [
        Breach(rule, one, catalogue.kinds[rule.id].severity)
        for rule in rules
        for one, state in zip(book.prepared[rule.id], tried[rule.id], strict=True)
        if state is State.BROKEN
    ]
    if not broken:
        checks = {code: Checks.of(states) for code, states in tried.items()}
        return Verdict((), checks, broken=frozenset(), stood_by=frozenset())
    findings = [_finding(body, book, one, catalogue, None) for one in broken]
    accepted = [one for one, finding in zip(broken, findings, strict=True) if is_accepted(finding)]
    stood_by = [one for one in broken if any(one is it or _same_total(one, it, body) for it in accepted)]
    told: list[Breach] = []
    for breach in broken:
        others = [one for one in broken if one.severity.rank <= breach.severity.rank]
        twice = any(_same_total(breach, one, body) for one in told if one in others)
        if not (twice or breach.identity in known or _follows(breach, others, stood_by, body, book)):
            told.append(breach)
    said = {breach.identity for breach in told}
    behind = suspects(body, rules, book.prepared) if len(told) > 1 else ()
    return Verdict(
        findings=tuple(_finding(body, book, breach, catalogue, _behind(breach, behind)) for breach in told),
        checks={
            code: Checks.of(
                State.FOLLOWING if state is State.BROKEN and one.identity not in said else state
                for one, state in zip(book.prepared[code], states, strict=True)
            )
            for code, states in tried.items()
        },
        broken=frozenset(breach.identity for breach in broken),
        stood_by=frozenset(breach.identity for breach in stood_by),
    )


class Breach(Struct, frozen=True):
    """An identity that does not hold, with its rule and what the office makes of it."""

    rule: Rule
    prepared: Prepared
    severity: Severity

    @property
    def identity(self) -> Identity:
        """The identity itself."""
        return self.prepared.identity

    def sums(self, body: Body) -> tuple[Decimal, Decimal] | None:
        """Both sides' sums at a body."""
        return self.prepared.sums(body.values, body.last_year)


def _same_total(one: Breach, other: Breach, body: Body) -> bool:
    """Whether both call the same total wrong, added up along its row and along its column, alike."""
    return (
        one.rule.computes
        and other.rule.computes
        and one.identity.focus == other.identity.focus
        and one.sums(body) == other.sums(body)
    )


def _follows(
    breach: Breach, others: Sequence[Breach], stood_by: Sequence[Breach], body: Body, book: RuleBook
) -> bool:
    """Whether an identity breaks only because of figures that other breaches call wrong.

    Those are the figures that must be last year's, and the totals; they are put right, but for those a
    person stands by, and every total is added up anew. What is left of a column of totals may be the sum of
    what the other columns are out by. No two breaches follow from each other: what must be last year's is
    no total, a total never is among the addends of its own addends, and only of totals are other columns
    the parts.
    """
    own = breach.identity.focus if breach.rule.computes or book.is_carried(breach.identity) else None
    wrong = [one for one in others if one not in stood_by]
    sums_wrong = {one.identity.focus for one in wrong if one.rule.computes}
    values = dict(body.values)
    carried = [one.prepared for one in wrong if book.is_carried(one.identity)]
    totals = [
        one
        for one in book.prepared_totals
        if one.identity.focus in sums_wrong or one.state(body.values, body.last_year) is State.HELD
    ]
    for one in (*carried, *totals, *totals):
        sums = one.sums(values, body.last_year)
        if sums and one.identity.focus != own:
            values[one.identity.focus] = sums[1]
    return breach.prepared.state(values, body.last_year) is State.HELD or (
        book.is_of_totals(breach.identity)
        and any(_is_sum_of_columns(breach, wrong, known, body.last_year) for known in (body.values, values))
    )


def _is_sum_of_columns(breach: Breach, others: Sequence[Breach], values: Figures, last_year: Figures) -> bool:
    """Whether a column of totals is out by just what the other columns are, which are called wrong."""
    columns = [one for one in others if one.rule is breach.rule and one is not breach]
    out_by = sum((one.prepared.gap(values, last_year) or Decimal(0) for one in columns), Decimal(0))
    return out_by == (breach.prepared.gap(values, last_year) or Decimal(0)) != 0


def gap(identity: Identity, lookup: Lookup) -> Decimal:
    """By how much the left side is more than the right; 0 where a figure is missing."""
    sums = identity.sums(lookup)
    return sums[0] - sums[1] if sums else Decimal(0)


def _finding(
    body: Body, book: RuleBook, breach: Breach, catalogue: Catalogue, suspect: Suspect | None
) -> Finding:
    identity = breach.identity
    sums = breach.sums(body)
    if sums is None:
        raise ValueError(breach.rule.id)
    left, right = sums
    return catalogue.finding(
        breach.rule.id,
        year=book.year,
        agency=body.name,
        place=body.place(identity.focus),
        found=plain(left),
        expected=plain(right),
        address=identity.focus,
        words=book.words[identity.focus],
        column=book.columns.get(identity.focus, ""),
        detail="，".join(_addends(identity, body, book)),
        hint=_hint(suspect, body, book),
    )


def _behind(breach: Breach, named: Sequence[Suspect]) -> Suspect | None:
    """The figure that explains a breach and others as well, where that is not the one it points at."""
    name = (breach.rule.id, breach.identity.focus)
    return next((one for one in named if name in one.mends and one.address != name[1]), None)


def _hint(suspect: Suspect | None, body: Body, book: RuleBook) -> str:
    """The figure a person should look at first; "" where it could be any."""
    if suspect is None:
        return ""
    place = body.place(suspect.address)
    cell = f"（{place.a1}）" if place else ""
    words, right = book.words[suspect.address], plain(suspect.expected)
    return f"；几处不等，多半是“{words}”{cell}填错了，照别的数应是 {right}"


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
