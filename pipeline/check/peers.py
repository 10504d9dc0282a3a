"""Bodies held against each other: figures far out of line with the group's, and tables that are the same.

The same as another body's, or as the body's own of last year: last year's workbook with the year typed over.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from functools import lru_cache, partial
from typing import NamedTuple, TypeAlias

from msgspec import Struct, field

from pipeline.check.body import Body
from pipeline.check.plausibility import Watch
from pipeline.check.trial import Trial
from pipeline.model.finding import some
from pipeline.model.form import StatutoryForm
from pipeline.model.plausibility import Comparison
from pipeline.model.submission import decimal
from pipeline.model.tally import State

BETWEEN = ","
UNLIKE = {state.value: state for state in (State.WITHOUT_FIGURE, State.WITHOUT_PEERS)}
"""Why likeness says nothing of a body: a figure is missing, or it has too few."""
Again: TypeAlias = Callable[[], Body]
_EXACT = Context(prec=1000)
"""No figure of a workbook has so many digits."""


class _Top(Struct):
    """How many bodies of a group have a figure, and the two greatest."""

    count: int = 0
    first: Decimal = Decimal(0)
    second: Decimal = Decimal(0)

    def see(self, value: Decimal) -> None:
        """One more body's figure, above 0."""
        self.count += 1
        if value > self.first:
            self.first, self.second = value, self.first
        elif value > self.second:
            self.second = value


class Profile(NamedTuple):
    """What of a body others are held against: the figures that are compared, and what it is like.

    ``figures`` as text, in the order of ``Watch.compared``, nothing where there is none or it is in doubt.
    ``likeness`` is the same for bodies with the same statutory figures, or a name of ``UNLIKE``.
    """

    figures: str
    likeness: str


class _Own(NamedTuple):
    """A body that is tried: its figures that are compared, its group's greatest, and how to get it again."""

    figures: Mapping[str, Decimal]
    tops: Mapping[str, _Top]
    again: Again


class _Seen(NamedTuple):
    """What is kept of a body that was seen."""

    name: str
    group: str
    profile: Profile


class Peers(Struct, frozen=True):
    """What bodies are held against: every body is seen first, then all are tried."""

    watch: Watch
    seen: list[_Seen] = field(default_factory=list)
    tops: dict[str, dict[str, _Top]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(_Top)))
    """By group, and by address."""
    alike: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The names of the bodies that have the same statutory figures, by a digest of these."""

    def see(self, name: str, group: str, profile: Profile) -> None:
        """One more body to hold the others against, by its name and group."""
        tops = self.tops[group]
        for address, value in _compared(profile, self.watch).items():
            if value > 0:
                tops[address].see(value)
        self.seen.append(_Seen(name, group, profile))
        if profile.likeness not in UNLIKE:
            self.alike[profile.likeness].append(name)

    def trials(self, fetch: Callable[[int], Body]) -> Iterator[Trial]:
        """Each body beside all that were seen; ``fetch`` gives a body again, by its number from 0."""
        for at, one in enumerate(self.seen):
            again = partial(fetch, at)
            yield from self._outliers(one, again)
            if self.watch.heard("identical-bodies"):
                yield self._identical(one, again)

    def _outliers(self, one: _Seen, again: Again) -> Iterator[Trial]:
        """Figures far above all others of the group. What is said of the extreme ones is not said twice."""
        outlier, extreme = self.watch.limits.group_outlier, self.watch.limits.group_extreme
        own = _Own(_compared(one.profile, self.watch), self.tops[one.group], again)
        far = list(self._beside(own, "group-extreme", extreme, self.watch.beside_others_far))
        said = {trial.finding.address for trial in far if trial.finding}
        yield from far
        for trial in self._beside(own, "group-outlier", outlier, self.watch.beside_others):
            known = trial.finding and trial.finding.address in said
            yield Trial(trial.code, State.FOLLOWING) if known else trial

    def _beside(self, one: _Own, code: str, comparison: Comparison, cells: Sequence[str]) -> Iterator[Trial]:
        """Each of these figures of a body beside the greatest of the others that have any."""
        watch, least = self.watch, max(comparison.bodies, 1)
        held = alone = without = 0
        for address in cells if watch.heard(code) else ():
            own, top = one.figures.get(address), one.tops[address]
            if own is None:
                without += 1
            elif top.count - (own > 0) < least:
                alone += 1
            elif (
                own < top.first
                or not watch.exceeded(comparison, address, own, top.second)
                or _usual(body := one.again(), address, own, watch)
            ):
                held += 1
            else:
                found, expected = watch.amount(address, own), watch.amount(address, top.second)
                yield watch.broken(code, body, address, found, expected, group=body.group)
        ended = {State.HELD: held, State.WITHOUT_PEERS: alone, State.WITHOUT_FIGURE: without}
        yield from (Trial(code, state, times=times) for state, times in ended.items() if times)

    def _identical(self, one: _Seen, again: Again) -> Trial:
        """Whether another body's statutory figures are the same, cell for cell."""
        code = "identical-bodies"
        alike = one.profile.likeness
        if alike in UNLIKE:
            return Trial(code, UNLIKE[alike])
        names = [name for name in self.alike[alike] if name != one.name]
        if names:
            return _likeness(code, again(), some(names, counted="家"), self.watch)
        return Trial(code, State.HELD)


def profile(body: Body, form: StatutoryForm, watch: Watch) -> Profile:
    """What of a body others are held against."""
    figures = [body.sure(address) for address in watch.compared]
    text = BETWEEN.join(["" if value is None else str(value) for value in figures])
    return Profile(text, _likeness_of(body, form, watch))


def _compared(profile: Profile, watch: Watch) -> dict[str, Decimal]:
    """The figures in a profile, by address."""
    texts = profile.figures.split(BETWEEN) if watch.compared else ()
    return {address: decimal(text) for address, text in zip(watch.compared, texts, strict=True) if text}


def _likeness_of(body: Body, form: StatutoryForm, watch: Watch) -> str:
    """Those with few figures are often alike."""
    if not form.cells.keys() <= body.values.keys():
        return State.WITHOUT_FIGURE.value
    return State.WITHOUT_PEERS.value if _tells_little(body, form, watch) else _digest(body, form)


def check_unchanged(body: Body, form: StatutoryForm, watch: Watch) -> Iterator[Trial]:
    """Whether a body's statutory figures are all its own of last year."""
    if watch.heard("same-as-last-year"):
        yield _unchanged(body, form, watch)


def _digest(body: Body, form: StatutoryForm) -> str:
    """A digest of the statutory figures as numbers: 1 and 1.0 are the same."""
    return hashlib.sha256(",".join([_as_number(body.values[one]) for one in form.cells]).encode()).hexdigest()


@lru_cache(maxsize=1024)
def _as_number(value: Decimal) -> str:
    """A figure in the one way that is the same for equal figures; most are few small numbers."""
    return str(_EXACT.add(value, 0).normalize(_EXACT))


def _usual(body: Body, address: str, own: Decimal, watch: Watch) -> bool:
    """Whether a figure is much like the body's own of last year."""
    before = body.last_year.get(address)
    return before is not None and not watch.exceeded(watch.limits.magnitude_jump, address, own, before)


def _unchanged(body: Body, form: StatutoryForm, watch: Watch) -> Trial:
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
