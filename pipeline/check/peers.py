"""Bodies held against each other: figures far out of line with the group's, and tables that are the same.

The same as another body's, or as the body's own of last year: last year's workbook with the year typed over.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from pipeline.check.body import Body
from pipeline.check.plausibility import Watch
from pipeline.check.trial import Trial
from pipeline.model.finding import some
from pipeline.model.form import StatutoryForm
from pipeline.model.plausibility import Comparison
from pipeline.model.rule import Term
from pipeline.model.tally import State


def check_peers(bodies: Sequence[Body], form: StatutoryForm, watch: Watch) -> Iterator[Trial]:
    """What shows only beside other bodies."""
    for _, group in groupby(sorted(bodies, key=_group), key=_group):
        yield from _outliers(list(group), watch)
    if watch.heard("same-as-last-year"):
        yield from (_unchanged(body, form, watch) for body in bodies)
    if watch.heard("identical-bodies"):
        yield from _identical(bodies, form, watch)


def _group(body: Body) -> str:
    return body.group


def _outliers(group: Sequence[Body], watch: Watch) -> Iterator[Trial]:
    """Figures far above every other of the group's. What is said of the extreme ones is not said twice."""
    outlier, extreme = watch.limits.group_outlier, watch.limits.group_extreme
    far = list(_beside("group-extreme", extreme, group, watch))
    said = {(trial.finding.agency, trial.finding.address) for trial in far if trial.finding}
    yield from far
    for trial in _beside("group-outlier", outlier, group, watch):
        known = trial.finding and (trial.finding.agency, trial.finding.address) in said
        yield Trial(trial.code, State.FOLLOWING) if known else trial


def _beside(code: str, comparison: Comparison, group: Sequence[Body], watch: Watch) -> Iterator[Trial]:
    """Each figure of each body beside the greatest of the others that have any."""
    for address in watch.cells(comparison) if watch.heard(code) else ():
        ranked = sorted((value for one in group if (value := one.sure(address)) and value > 0), reverse=True)
        for body in group:
            own = body.sure(address)
            if own is None:
                yield Trial(code, State.WITHOUT_FIGURE)
            elif len(ranked) - (own > 0) < max(comparison.bodies, 1):
                yield Trial(code, State.WITHOUT_PEERS)
            elif (
                own < ranked[0]
                or not watch.exceeded(comparison, address, own, ranked[1])
                or _usual(body, address, own, watch)
            ):
                yield Trial(code, State.HELD)
            else:
                found, expected = watch.amount(address, own), watch.amount(address, ranked[1])
                yield watch.broken(code, body, address, found, expected, group=body.group)


def _usual(body: Body, address: str, own: Decimal, watch: Watch) -> bool:
    """Whether a figure is much like the body's own of last year."""
    before = body.value(Term(address, last_year=True))
    return before is not None and not watch.exceeded(watch.limits.magnitude_jump, address, own, before)


def _identical(bodies: Sequence[Body], form: StatutoryForm, watch: Watch) -> Iterator[Trial]:
    """Bodies whose statutory figures are the same, cell for cell; those with few figures are often alike."""
    code = "identical-bodies"
    alike: dict[tuple[Decimal, ...], list[Body]] = {}
    for body in bodies:
        if not form.cells.keys() <= body.values.keys():
            yield Trial(code, State.WITHOUT_FIGURE)
        elif _tells_little(body, form, watch):
            yield Trial(code, State.WITHOUT_PEERS)
        else:
            alike.setdefault(tuple(body.values[address] for address in form.cells), []).append(body)
    for same in alike.values():
        for body in same:
            names = [one.name for one in same if one is not body]
            words = some(names, counted="家")
            yield _likeness(code, body, words, watch) if names else Trial(code, State.HELD)


def _unchanged(body: Body, form: StatutoryForm, watch: Watch) -> Trial:
    """A body whose statutory figures are all last year's."""
    code = "same-as-last-year"
    if not form.cells.keys() <= body.values.keys():
        return Trial(code, State.WITHOUT_FIGURE)
    before = [body.value(Term(address, last_year=True)) for address in form.cells]
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
