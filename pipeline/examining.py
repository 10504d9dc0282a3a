"""What is found in each agency by itself: the opinion of an earlier run where it holds, else a new one.

An opinion is found again by all that it rests on: the record of what was read, last year's figures, the
agency, and the law, wordings, roster and program it was examined by. Anything else, or a record that was
damaged, is examined anew; so is an agency whose figures do not fit together.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline import intake
from pipeline.check.roster import Reception, Shelved
from pipeline.execution import Failure, Hands, Work, over_all
from pipeline.gather import YearInputs
from pipeline.model.roster import Agency
from pipeline.opinion import Examiner, Opinion, packed, unpacked
from pipeline.packing import DamagedError
from pipeline.store import Kept, Store
from pipeline.workbooks.asked import Asked

TOGETHER = 64
"""Opinions looked up, and kept, in one go."""
FEW = 32
"""So many are made here sooner than others could begin."""
WEIGHT = 0.05
"""Of an opinion, measured in agencies' reports: :class:`pipeline.execution.Work`."""


Made: TypeAlias = bytes | Opinion
"""An opinion, as its record where it can be kept."""


class Case(Struct, frozen=True):
    """An agency to be examined: what it sent, as the first on a shelf, and its figures of last year."""

    agency: Agency
    sent: Shelved
    last_year: Mapping[str, Decimal]


class Cases(Struct, frozen=True):
    """These agencies, which all count, each made when its turn comes: thousands are not held together."""

    inputs: YearInputs
    reception: Reception
    agencies: Sequence[Agency]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.agencies)

    def __iter__(self) -> Iterator[Case]:
        """Each, in order."""
        return map(self.case, self.agencies)

    def case(self, agency: Agency) -> Case:
        """An agency's."""
        counted = self.reception.counted
        sent = counted.shelf.of([counted.positions[agency.code]])
        return Case(agency, sent, self._last_year(agency))

    def ground(self, agency: Agency) -> tuple[str, str]:
        """Its workbook, and a digest of what was read in it, last year's figures, and who the agency is."""
        settings, before = self.inputs.settings, self._last_year(agency)
        sent = self.reception.arrivals[agency.code]
        figures = [[*before], [*map(str, before.values())]]
        kind = agency.code in settings.regulations_by, agency.group in settings.county_groups
        given = f"{sent.reading}\n{(agency, kind, figures)!r}"
        return sent.workbook, hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()

    def _last_year(self, agency: Agency) -> Mapping[str, Decimal]:
        return self.inputs.last_year.agencies.get(agency.code, {})


def opinions(examiner: Examiner, cases: Cases, hands: Hands = 1) -> Iterator[tuple[Agency, Opinion]]:
    """Each agency's opinion, in order; those that none is kept of are made by so many hands."""
    store = Store(cases.inputs.workspace.opinions_file, conditions(examiner, cases.inputs.asked))
    grounds = dict(map(cases.ground, cases.agencies))
    lacking = grounds.keys() - store.held(grounds)
    asked = [agency for agency, workbook in zip(cases.agencies, grounds, strict=True) if workbook in lacking]
    work: Work[Examiner, Case, Any] = Work(partial(_ready, examiner), examined, weight=WEIGHT)
    fresh = over_all(work, replace(cases, agencies=asked), hands if len(asked) >= FEW else 0)
    waiting = zip(cases.agencies, grounds.items(), strict=True)
    while batch := list(islice(waiting, TOGETHER)):
        kept = _kept(store, [ground for _, ground in batch if ground[0] not in lacking])
        new: list[Kept] = []
        for agency, (workbook, ground) in batch:
            opinion = kept.get(workbook)
            if opinion is None:
                made: Made | Failure | None = next(fresh) if workbook in lacking else None
                if made is None or isinstance(
                    made, Failure
                ):  # here a bug shows itself, and whose figures it met
                    made = examined(examiner, cases.case(agency))
                if isinstance(made, bytes):
                    new.append(Kept(workbook, ground, made))
                opinion = unpacked(made) if isinstance(made, bytes) else made
            yield agency, opinion
        store.keep(new)
    store.tidy(grounds)


def examined(examiner: Examiner, case: Case) -> Made:
    """An agency's opinion: a worker's task."""
    submission = case.sent.submission(0)
    if submission is None:
        raise ValueError(case.agency.code)
    opinion = examiner.opinion(case.agency, submission, case.last_year)
    return opinion if opinion.verdict.broken else packed(opinion)


def conditions(examiner: Examiner, asked: Asked) -> str:
    """A digest of what all opinions rest on: law, wordings, roster, program."""
    limits = examiner.watch.limits
    fees = (limits.fee_unstated.mentions, limits.fee_unstated.none, limits.fee_unstated.explained)
    patterns = [(one.pattern, one.flags) for one in fees]  # in its own repr a long one is cut off
    given = repr((examiner.held, limits, patterns))
    return hashlib.sha256(f"{intake.conditions(asked)}\n{given}".encode()).hexdigest()


def _kept(store: Store, grounds: Sequence[tuple[str, str]]) -> Mapping[str, Opinion]:
    """The opinions that were kept, by workbook, but for damaged ones."""
    kept: dict[str, Opinion] = {}
    for (workbook, _), record in zip(grounds, store.records(grounds), strict=True):
        with suppress(DamagedError):
            if record:
                kept[workbook] = unpacked(record)
    return kept


def _ready(examiner: Examiner) -> Examiner:
    return examiner
