"""One body's figures that break no identity and are hardly right all the same (FORMS.md, S5, S8, S9)."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from pipeline.check.body import Body
from pipeline.check.crossfooting import RuleBook
from pipeline.check.trial import Trial
from pipeline.model.finding import Catalogue, Severity
from pipeline.model.number import NumberKind, plain, printed
from pipeline.model.plausibility import Comparison, Plausibility
from pipeline.model.tally import State


class Watch(Struct, frozen=True, dict=True):
    """What bodies are watched with: the limits, the year's cells in words and by kind, the catalogue."""

    limits: Plausibility
    book: RuleBook
    catalogue: Catalogue

    @cached_property
    def each(self) -> Mapping[str, int]:
        """How many figures of one body each code looks at in this year's form."""
        limits = self.limits
        return {
            "magnitude-jump": len(self.parts_first),
            "unit-mixed": len(self.in_units),
            "fee-unstated": sum(one in self.book.kinds for one in limits.fee_unstated.cells),
            "disputes-without-requests": 1,
            "no-decisions": 1,
            "identical-bodies": 1,
            "same-as-last-year": 1,
            "group-outlier": len(self.beside_others),
            "group-extreme": len(self.beside_others_far),
        }

    @cached_property
    def addends(self) -> Mapping[str, frozenset[str]]:
        """The addends of each total."""
        return {one.focus: frozenset(term.address for term in one.right) for one in self.book.totals}

    @cached_property
    def parts_first(self) -> tuple[str, ...]:
        """The cells watched for jumps, totals last."""
        return tuple(sorted(self._cells(self.limits.magnitude_jump), key=self.addends.__contains__))

    @cached_property
    def in_units(self) -> tuple[str, ...]:
        """The cells watched for money in another unit than last year's."""
        return self._cells(self.limits.unit_mixed)

    @cached_property
    def beside_others(self) -> tuple[str, ...]:
        """The cells held against the others of the group."""
        return self._cells(self.limits.group_outlier)

    @cached_property
    def beside_others_far(self) -> tuple[str, ...]:
        """The cells held against them for figures that lie very far apart."""
        return self._cells(self.limits.group_extreme)

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """All cells that are held against others in the group."""
        return tuple(dict.fromkeys((*self.beside_others, *self.beside_others_far)))

    def heard(self, code: str) -> bool:
        """Whether a code is not switched off: one that is is not tried, and takes no other's place."""
        return self.catalogue.kinds[code].severity is not Severity.OFF

    def _cells(self, comparison: Comparison) -> tuple[str, ...]:
        """The cells of this year's form that a comparison holds against others."""
        kinds = self.book.kinds
        return tuple(one for one in comparison.cells if kinds.get(one) in comparison.limits)

    def exceeded(self, comparison: Comparison, address: str, one: Decimal, other: Decimal) -> bool:
        """Whether two figures of a cell lie further apart than the comparison allows."""
        return comparison.exceeded(self.book.kinds[address], one, other)

    def broken(self, code: str, body: Body, address: str, found: str, expected: str, **names: str) -> Trial:
        """A trial that failed at a body's cell."""
        finding = self.catalogue.finding(
            code,
            year=self.book.year,
            agency=body.name,
            place=body.place(address),
            workbook=body.workbook,
            found=found,
            expected=expected,
            address=address,
            words=self.book.words[address],
            **names,
        )
        return Trial(code, State.BROKEN, finding)

    def amount(self, address: str, value: Decimal) -> str:
        """A figure as a finding says it, money with its unit."""
        kind = self.book.kinds[address]
        return f"{plain(value)}万元" if kind is NumberKind.WAN else printed(kind, value)


def check_body(body: Body, watch: Watch) -> Iterator[Trial]:
    """One body's tables against each other; figures missing or in doubt have findings and are passed over."""
    yield from check_years(body, watch)
    if watch.heard("disputes-without-requests"):
        yield _disputes(body, watch)
    if body.county and watch.heard("no-decisions"):
        yield _decisions(body, watch)


def check_years(body: Body, watch: Watch) -> Iterator[Trial]:
    """A body against its own last year: jumps, and money whose unit is not last year's.

    The unit is the better reason where both would do, and a total jumps with its part.
    """
    mixed, jumps = watch.limits.unit_mixed, watch.limits.magnitude_jump
    named: set[str] = set()
    cells = [("unit-mixed", mixed, one) for one in watch.in_units]
    cells += [("magnitude-jump", jumps, one) for one in watch.parts_first]
    for code, comparison, address in cells:
        if not watch.heard(code):
            continue
        trial = _compared(code, comparison, body, address, watch)
        known = (named | body.doubtful) & {address, *watch.addends.get(address, ())}
        named |= {address} if trial.finding else set()
        yield Trial(code, State.FOLLOWING) if trial.finding and known else trial


def _compared(code: str, comparison: Comparison, body: Body, address: str, watch: Watch) -> Trial:
    now, before = body.sure(address), body.last_year.get(address)
    if now is None:
        return Trial(code, State.WITHOUT_FIGURE)
    if before is None:
        return Trial(code, State.WITHOUT_LAST_YEAR)
    if not watch.exceeded(comparison, address, now, before):
        return Trial(code, State.HELD)
    return watch.broken(code, body, address, watch.amount(address, now), watch.amount(address, before))


def _disputes(body: Body, watch: Watch) -> Trial:
    """Disputes where neither this year nor last had a request (S8)."""
    code, quiet = "disputes-without-requests", watch.limits.disputes_without_requests
    disputes = _sum([body.sure(address) for address in quiet.disputes])
    requests = _sum([body.sure(address) for address in quiet.requests])
    before = _sum([body.last_year.get(address) for address in quiet.requests])
    if disputes is None or requests is None:
        return Trial(code, State.WITHOUT_FIGURE)
    if before is None:
        return Trial(code, State.WITHOUT_LAST_YEAR)
    if not disputes or requests or before:
        return Trial(code, State.HELD)
    first = next(address for address in quiet.disputes if body.values[address])
    return watch.broken(code, body, first, plain(disputes), "")


def _decisions(body: Body, watch: Watch) -> Trial:
    """A county without a single licence, penalty or coercion (S9)."""
    code, cells = "no-decisions", watch.limits.no_decisions
    decisions = _sum([body.sure(address) for address in cells])
    if decisions is None:
        return Trial(code, State.WITHOUT_FIGURE)
    return Trial(code, State.HELD) if decisions else watch.broken(code, body, cells[0], "0", "")


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    """The sum; None where one is missing."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None
