"""What is found in one agency's figures and texts by themselves, whatever the others sent; and as a record.

What does not fit together goes in no record: what is said of it depends also on what people stand by.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from types import GenericAlias
from typing import Any, TypeAlias

from msgspec import Struct, field
from msgspec.json import Decoder
from msgspec.structs import astuple, replace

from pipeline.check.body import Body
from pipeline.check.crossfooting import Verdict, check_rules
from pipeline.check.fees import check_fees
from pipeline.check.peers import Profile, check_unchanged, profile
from pipeline.check.plausibility import Watch, check_body
from pipeline.check.roster import Reception
from pipeline.check.trial import Trial
from pipeline.gather import YearInputs
from pipeline.model.finding import Finding
from pipeline.model.roster import Agency
from pipeline.model.submission import Submission
from pipeline.model.tally import Checks, State
from pipeline.packing import FINDINGS, PARTING, as_record, damage, row_of, understood
from pipeline.settings import Settings
from pipeline.textcheck import agency_text
from pipeline.texts import Standard

LAST_SECTION = 6
"""六、其他需要报告的事项, where fees are reported."""
States: TypeAlias = Mapping[str, Mapping[State, int]]
"""How often each code's trials ended how."""
_COUNTED: Decoder[Any] = Decoder(
    GenericAlias(tuple, (GenericAlias(dict, (str, row_of(Checks))), dict[str, dict[State, int]]))
)
"""A record's first line, which is the same for most agencies; the second is what was found."""
_FOUND: Decoder[Any] = Decoder(GenericAlias(tuple, (FINDINGS, FINDINGS, frozenset[str], Profile)))


class Tried(Struct):
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


class Opinion(Struct, frozen=True):
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


class Examiner(Struct, frozen=True):
    """What agencies are examined by, which is the same for all: a value, which may go to another process."""

    held: Standard
    watch: Watch
    settings: Settings
    asked_for: frozenset[str]
    """The cells in which every agency must give a number."""
    is_accepted: Callable[[Finding], bool]
    """A module's function, or ``partial`` of one."""

    def opinion(self, agency: Agency, submission: Submission, last_year: Mapping[str, Decimal]) -> Opinion:
        """What is found in an agency that counts."""
        held, watch = self.held, self.watch
        body = _body(agency, submission, last_year, self.settings)
        verdict = check_rules(body, watch.book, held.catalogue, (), self.is_accepted)
        sure, tried = replace(body, doubtful=verdict.doubtful), Tried()
        tried.add((*check_body(sure, watch), *check_fees(sure, watch)))
        tried.add(check_unchanged(sure, held.form, watch))
        texts = agency_text(body.name, submission, last_year, held)
        return Opinion(
            verdict,
            tried.states,
            tuple(tried.findings),
            tuple(texts),
            self.asked_for.difference(body.values),
            profile(sure, held.form, watch),
        )


def packed(opinion: Opinion) -> bytes:
    """An opinion on figures that fit together, as a record."""
    checks = {code: astuple(checks) for code, checks in opinion.verdict.checks.items()}
    states = {
        code: {state.value: times for state, times in states.items()}
        for code, states in opinion.states.items()
    }
    told = [[astuple(one) for one in found] for found in (opinion.findings, opinion.texts)]
    found = [*told, sorted(opinion.blank), opinion.profile]
    return PARTING.join([as_record((checks, states)), as_record(found)])


def unpacked(record: bytes) -> Opinion:
    """The opinion in a record; DamagedError where it holds anything else."""
    with damage():
        counted, found = record.split(PARTING)
        checks, states = _counted(counted)
        findings, texts, blank, profile = understood(_FOUND, found)
        return Opinion(
            Verdict((), checks, frozenset(), frozenset()),
            states,
            tuple(Finding(*one) for one in findings),
            tuple(Finding(*one) for one in texts),
            blank,
            profile,
        )


@lru_cache(maxsize=64)
def _counted(text: bytes) -> tuple[Mapping[str, Checks], States]:
    """What was counted: the same at most agencies."""
    checks, states = understood(_COUNTED, text)
    return {code: Checks(*made) for code, made in checks.items()}, states


def agency_body(agency: Agency, inputs: YearInputs, reception: Reception) -> Body:
    """An agency's figures of both years, as the rules take them."""
    last_year = inputs.last_year.agencies.get(agency.code, {})
    return _body(agency, reception.counted[agency.code], last_year, inputs.settings)


def _body(
    agency: Agency, submission: Submission, last_year: Mapping[str, Decimal], settings: Settings
) -> Body:
    return Body(
        name=agency.name,
        values=submission.values(),
        last_year=last_year,
        place=submission.place,
        ordinary=agency.code not in settings.regulations_by,
        group=agency.group,
        county=agency.group in settings.county_groups,
        workbook=submission.workbook,
        closing=submission.texts.get(LAST_SECTION, ""),
    )
