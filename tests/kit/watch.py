"""What bodies are watched with, from the program's own limits, and bodies to watch."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from pipeline.check.body import Body
from pipeline.check.crossfooting import RuleBook
from pipeline.check.plausibility import Watch
from pipeline.check.trial import Trial
from pipeline.forms.plausibility import load_plausibility
from pipeline.model.finding import Catalogue
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.tally import State

LIMITS = Path(__file__).parents[2] / "templates" / "plausibility.toml"


def every_address(forms: Mapping[str, StatutoryForm], indicators: Sequence[Indicator]) -> list[str]:
    """The cells of all editions, and the indicators."""
    return [*(a for form in forms.values() for a in form.cells), *(one.address for one in indicators)]


def watch(
    forms: Mapping[str, StatutoryForm], edition: str, indicators: Sequence[Indicator], catalogue: Catalogue
) -> Watch:
    """The program's own limits over an edition's cells."""
    limits = load_plausibility(LIMITS, every_address(forms, indicators))
    return Watch(limits, RuleBook.of(forms[edition].first_year, forms[edition], indicators), catalogue)


def body(
    form: StatutoryForm,
    now: Mapping[str, object],
    before: Mapping[str, object] | None = None,
    name: str = "市教育局",
    **more: object,
) -> Body:
    """A body with these figures, 0 elsewhere; last year's likewise, unknown where not given."""
    return Body(name, _figures(form, now), {} if before is None else _figures(form, before), **more)  # type: ignore[arg-type]


def _figures(form: StatutoryForm, given: Mapping[str, object]) -> dict[str, Decimal]:
    return {**dict.fromkeys(form.cells, Decimal(0)), **{a: Decimal(str(v)) for a, v in given.items()}}


def said(trials: Sequence[Trial]) -> list[tuple[str, str, str]]:
    """Code, body and address of what was found."""
    return [(t.finding.code, t.finding.agency, t.finding.address) for t in trials if t.finding]


def states(trials: Sequence[Trial], code: str) -> set[State]:
    """The outcomes of one code."""
    return {trial.state for trial in trials if trial.code == code}
