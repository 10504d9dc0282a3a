"""Bodies held against each other: figures far out of line with the group's, and tables that are the same.

The same as another body's, or as the body's own of last year: last year's workbook with the year typed over.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from functools import lru_cache

from pipeline.check.body import Body
from pipeline.check.plausibility import Watch
from pipeline.check.trial import Trial
from pipeline.model.finding import some
from pipeline.model.form import StatutoryForm
from pipeline.model.plausibility import Comparison
from pipeline.model.tally import State

_EXACT = Context(prec=1000)
"""No figure of a workbook has so many digits."""


@dataclass(slots=True)
class _Top:
    """How many bodies of a group have a figure, and the two greatest."""

    count: int = 0
    first: Decimal = Decimal(0)
    second: Decimal = Decimal(0)

    def see(self, value: Decimal) -> None:
        """One more body's figure, above 0."""
        self.count += 1
        if value > self.first:
            self.first, self.second = value, self.first
        else:
            self.second = max(self.second, value)


@dataclass(frozen=True)
class Peers:
    """What bodies are held against: every body is seen first, then each is tried."""

    form: StatutoryForm
    watch: Watch
    tops: dict[str, dict[str, _Top]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(_Top)))
    """By group, and by address."""
    alike: dict[bytes, list[str]] = field(default_factory=dict)
    """The names of the bodies that have the same statutory figures, by a digest of these."""
    digests: dict[str, bytes] = field(default_factory=dict)
    """By name, that digest of each body whose likeness says anything."""

    def see(self, body: Body) -> None:
        """One more body to hold the others against."""
        tops = self.tops[body.group]
        for address in self.watch.compared:
            value = body.sure(address)
            if value is not None and value > 0:
                tops[address].see(value)
        if self._state(body) is State.HELD:
            digest = _digest(body, self.form)
            self.digests[body.name] = digest
            self.alike.setdefault(digest, []).append(body.name)

    def trials(self, body: Body) -> Iterator[Trial]:
        """One body beside all that were seen."""
        yield from self._outliers(body)
        if self.watch.heard("same-as-last-year"):
            yield _unchanged(body, self.form, self.watch)
        if self.watch.heard("identical-bodies"):
            yield self._identical(body)

    def _outliers(self, body: Body) -> Iterator[Trial]:
        """Figures far above all others of the group. What is said of the extreme ones is not said twice."""
        outlier, extreme = self.watch.limits.group_outlier, self.watch.limits.group_extreme
        far = list(self._beside("group-extreme", extreme, self.watch.beside_others_far, body))
        said = {trial.finding.address for trial in far if trial.finding}
        yield from far
        for trial in self._beside("group-outlier", outlier, self.watch.beside_others, body):
            known = trial.finding and trial.finding.address in said
            yield Trial(trial.code, State.FOLLOWING) if known else trial

    def _beside(self, code: str, comparison: Comparison, cells: Sequence[str], body: Body) -> Iterator[Trial]:
        """Each of these figures of a body beside the greatest of the others that have any."""
        watch, tops, least = self.watch, self.tops[body.group], max(comparison.bodies, 1)
        held, alone = Trial(code, State.HELD), Trial(code, State.WITHOUT_PEERS)
        for address in cells if watch.heard(code) else ():
            own, top = body.sure(address), tops[address]
            if own is None:
                yield Trial(code, State.WITHOUT_FIGURE)
            elif top.count - (own > 0) < least:
                yield alone
            elif (
                own < top.first
                or not watch.exceeded(comparison, address, own, top.second)
                or _usual(body, address, own, watch)
            ):
                yield held
            else:
                found, expected = watch.amount(address, own), watch.amount(address, top.second)
                yield watch.broken(code, body, address, found, expected, group=body.group)

    def _state(self, body: Body) -> State:
        """Whether likeness says anything of a body: those with few figures are often alike."""
        if not self.form.cells.keys() <= body.values.keys():
            return State.WITHOUT_FIGURE
        return State.WITHOUT_PEERS if _tells_little(body, self.form, self.watch) else State.HELD

    def _identical(self, body: Body) -> Trial:
        """Whether another body's statutory figures are the same, cell for cell."""
        code, digest = "identical-bodies", self.digests.get(body.name)
        if digest is None:
            return Trial(code, self._state(body))
        names = [name for name in self.alike[digest] if name != body.name]
        if names:
            return _likeness(code, body, some(names, counted="家"), self.watch)
        return Trial(code, State.HELD)


def _digest(body: Body, form: StatutoryForm) -> bytes:
    """A digest of the statutory figures as numbers: 1 and 1.0 are the same."""
    return hashlib.sha256(",".join([_as_number(body.values[one]) for one in form.cells]).encode()).digest()


@lru_cache(maxsize=4096)
def _as_number(value: Decimal) -> str:
    """A figure in the one way that is the same for equal figures; most are few small numbers."""
    return str(_EXACT.add(value, 0).normalize(_EXACT))


def _usual(body: Body, address: str, own: Decimal, watch: Watch) -> bool:
    """Whether a figure is much like the body's own of last year."""
    before = body.last_year.get(address)
    return before is not None and not watch.exceeded(watch.limits.magnitude_jump, address, own, before)


def _unchanged(body: Body, form: StatutoryForm, watch: Watch) -> Trial:
    """A body whose statutory figures are all last year's."""
    code = "same-as-last-year"
    if not form.cells.keys() <= body.values.keys():
        return Trial(code, State.WITHOUT_FIGURE)
    before = [body.last_year.get(address) for address in form.cells]
    if None in before or _tells_little(body, form, watch):
        return Trial(code, State.WITHOUT_LAST_YEAR)
    if before != [body.values[address] for address in form.cells]:
        return Trial(code, State.HELD)
    return _likeness(code, body, str(watch.book.year - 1), watch)


def _tells_little(body: Body, form: StatutoryForm, watch: Watch) -> bool:
    """Whether a body has so few and small figures that likeness says nothing."""
    floor = watch.limits.identical_bodies
    filled = [value for address in form.inputs if (value := body.values.get(address))]
    return len(filled) < floor.filled or max(map(abs, filled), default=0) < floor.largest


def _likeness(code: str, body: Body, words: str, watch: Watch) -> Trial:
    finding = watch.catalogue.finding(
        code, year=watch.book.year, agency=body.name, workbook=body.workbook, found=words
    )
    return Trial(code, State.BROKEN, finding)
