"""What is found in one agency's figures and texts by themselves, whatever the others sent.

It is kept for the next run, and found again by all that it rests on: the record of what was read, last year's
figures, the agency, and the law, wordings, roster and program it was examined by. Anything else, or a record
that was damaged, is examined anew; so is an agency whose figures do not fit together, since what is said of
those depends also on what people stand by.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import Any, TypeAlias

from pipeline.check.body import Body
from pipeline.check.crossfooting import RuleBook, Verdict, check_rules
from pipeline.check.fees import check_fees
from pipeline.check.peers import Profile, check_unchanged, profile
from pipeline.check.plausibility import Watch, check_body
from pipeline.check.roster import Reception
from pipeline.check.trial import Trial
from pipeline.gather import YearInputs
from pipeline.intake import conditions
from pipeline.model.finding import Finding
from pipeline.model.roster import Agency
from pipeline.model.submission import Submission
from pipeline.model.tally import Checks, State
from pipeline.packing import DamagedError, damage, finding_of, number_of, text_of
from pipeline.store import Kept, Store
from pipeline.textcheck import agency_text, standard
from pipeline.texts import Standard

LAST_SECTION = 6
"""六、其他需要报告的事项, where fees are reported."""
TOGETHER = 64
"""Opinions looked up, and kept, in one go."""
_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
PARTING = "\n"
"""Between what is counted, which is the same for most agencies, and what was found."""
States: TypeAlias = Mapping[str, Mapping[State, int]]
"""How often each code's trials ended how."""


@dataclass
class Tried:
    """What came of trials: the findings, and how often each code ended how."""

    findings: list[Finding] = field(default_factory=list)
    states: dict[str, Counter[State]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, trials: Iterable[Trial]) -> None:
        """These as well."""
        for trial in trials:
            self.states[trial.code][trial.state] += trial.times
            if trial.finding:
                self.findings.append(trial.finding)

    def take(self, states: States, findings: Iterable[Finding]) -> None:
        """What came of others."""
        for code, counted in states.items():
            self.states[code].update(counted)
        self.findings += findings


@dataclass(frozen=True, slots=True)
class Opinion:
    """One agency by itself: what the rules say, what came of the trials, what is amiss with its texts.

    ``texts`` are as if its tables were right: where they are not, some are not to be said.
    """

    verdict: Verdict
    states: States
    findings: tuple[Finding, ...]
    texts: tuple[Finding, ...]
    blank: frozenset[str]
    """Of the cells that every agency must fill, those without a number."""
    profile: Profile
    """What others are held against."""


@dataclass(frozen=True)
class Examiner:
    """What agencies are examined by."""

    inputs: YearInputs
    reception: Reception
    book: RuleBook
    watch: Watch
    asked_for: frozenset[str]
    """The cells in which every agency must give a number."""
    is_accepted: Callable[[Finding], bool]

    def opinions(self, agencies: Sequence[Agency]) -> Iterator[tuple[Agency, Opinion]]:
        """Each of these agencies, which all count; the opinion is a kept one where one holds."""
        held = standard(self.inputs)
        store = Store(self.inputs.workspace.opinions_file, self.conditions(held))
        sent = self.reception.arrivals
        waiting = iter(agencies)
        while batch := list(islice(waiting, TOGETHER)):
            wanted = [(sent[one.code].workbook, self._ground(one, sent[one.code].reading)) for one in batch]
            fresh: list[Kept] = []
            kept = list(store.records(wanted))  # all of them first: none can be kept while it is read
            for agency, (workbook, ground), record in zip(batch, wanted, kept, strict=True):
                opinion = unpacked(record) if record else None
                if opinion is None:
                    opinion = self._opinion(agency, held)
                    if not opinion.verdict.broken:
                        fresh.append(Kept(workbook, ground, packed(opinion)))
                yield agency, opinion
            store.keep(fresh)
        store.tidy([sent[one.code].workbook for one in agencies])

    def _opinion(self, agency: Agency, held: Standard) -> Opinion:
        submission = self.reception.counted[agency.code]
        body = _body(agency, submission, self.inputs)
        verdict = check_rules(body, self.book, held.catalogue, (), self.is_accepted)
        sure, tried = replace(body, doubtful=verdict.doubtful), Tried()
        tried.add((*check_body(sure, self.watch), *check_fees(sure, self.watch)))
        tried.add(check_unchanged(sure, held.form, self.watch))
        texts = agency_text(body.name, submission, body.last_year, held)
        return Opinion(
            verdict,
            tried.states,
            tuple(tried.findings),
            tuple(texts),
            self.asked_for.difference(body.values),
            profile(sure, held.form, self.watch),
        )

    def conditions(self, held: Standard) -> str:
        """A digest of what all opinions rest on: law, wordings, roster, program."""
        limits = self.watch.limits
        fees = (limits.fee_unstated.mentions, limits.fee_unstated.none, limits.fee_unstated.explained)
        patterns = [(one.pattern, one.flags) for one in fees]  # in its own repr a long one is cut off
        given = repr((held, limits, patterns))
        return hashlib.sha256(f"{conditions(self.inputs.asked)}\n{given}".encode()).hexdigest()

    def _ground(self, agency: Agency, reading: str) -> str:
        """A digest of what one agency's opinion rests on besides: what was read, last year, who it is."""
        settings, before = self.inputs.settings, self.inputs.last_year.agencies.get(agency.code, {})
        figures = [[*before], [*map(str, before.values())]]
        kind = agency.code in settings.regulations_by, agency.group in settings.county_groups
        given = f"{reading}\n{(agency, kind, figures)!r}"
        return hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()


def packed(opinion: Opinion) -> bytes:
    """An opinion on figures that fit together, as a record."""
    counted = {
        "checks": {code: astuple(checks) for code, checks in opinion.verdict.checks.items()},
        "states": {
            code: {state.value: times for state, times in states.items()}
            for code, states in opinion.states.items()
        },
    }
    told = [[astuple(one) for one in found] for found in (opinion.findings, opinion.texts)]
    found = [*told, sorted(opinion.blank), *opinion.profile]
    return f"{_WRITTEN.encode(counted)}{PARTING}{_WRITTEN.encode(found)}".encode("utf-8", "surrogatepass")


def unpacked(record: bytes) -> Opinion | None:
    """The opinion in a record; None where it holds anything else."""
    try:
        with damage():
            counted, found = record.decode("utf-8", "surrogatepass").split(PARTING)
            checks, states = _counted(counted)
            findings, texts, blank, figures, likeness = json.loads(found)
            opinion = Opinion(
                Verdict((), checks, frozenset(), frozenset()),
                states,
                tuple(map(finding_of, findings)),
                tuple(map(finding_of, texts)),
                frozenset(map(text_of, blank)),
                Profile(text_of(figures), text_of(likeness)),
            )
    except DamagedError:
        return None
    return opinion


@lru_cache(maxsize=64)
def _counted(text: str) -> tuple[Mapping[str, Checks], States]:
    """What was counted: the same at most agencies."""
    record: Any = json.loads(text)
    checks = {code: Checks(*map(number_of, made)) for code, made in record["checks"].items()}
    states = {
        code: {State(state): number_of(times) for state, times in ended.items()}
        for code, ended in record["states"].items()
    }
    return checks, states


def agency_body(agency: Agency, inputs: YearInputs, reception: Reception) -> Body:
    """An agency's figures of both years, as the rules take them."""
    return _body(agency, reception.counted[agency.code], inputs)


def _body(agency: Agency, submission: Submission, inputs: YearInputs) -> Body:
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
