"""What an agency wrote, examined: its sentences against its own tables, and what must not stand in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from pipeline.check.hygiene import Bodies, check_hygiene
from pipeline.check.narrative import check_narrative
from pipeline.model.consolidation import Consolidation, Figure, LastYear
from pipeline.model.finding import Catalogue, Finding
from pipeline.model.form import StatutoryForm
from pipeline.model.hygiene import Blemish
from pipeline.model.indicator import Indicator
from pipeline.model.narrative import Narrative
from pipeline.model.roster import Roster


class Standard(Struct, frozen=True):
    """What every agency's text is held against, besides its own figures."""

    form: StatutoryForm
    indicators: tuple[Indicator, ...]
    blemishes: tuple[Blemish, ...]
    roster: Roster
    organ: str
    year: int
    catalogue: Catalogue


class Own(Struct, frozen=True):
    """An agency by its name in the roster, with its figures of this year and of last year by address."""

    agency: str
    values: Mapping[str, Decimal]
    last_year: Mapping[str, Decimal]


def text_findings(narrative: Narrative, own: Own, standard: Standard) -> Iterator[Finding]:
    """All that is amiss with an agency's words, in its name."""
    bodies = Bodies.of_agency(own.agency, standard.roster, standard.organ)
    blemishes = check_hygiene(narrative, standard.blemishes, bodies, standard.year, standard.catalogue)
    for finding in (*_sentences(narrative, own, standard), *blemishes):
        yield replace(finding, agency=own.agency)


def _sentences(narrative: Narrative, own: Own, standard: Standard) -> tuple[Finding, ...]:
    """The agency's sentences against its own tables and last year's.

    Every number of its text is typed by hand: that one is tied to nothing is no news.
    """
    return check_narrative(
        narrative,
        standard.form,
        Consolidation(_Figures(own.values), groups={}, counted=(), missing=()),
        LastYear(standard.year - 1, "", agencies={}, total=own.last_year, groups={}),
        standard.indicators,
        year=standard.year,
        catalogue=standard.catalogue,
        untied=False,
    )


@dataclass(frozen=True, slots=True)
class _Figures(Mapping[str, Figure]):
    """Figures of these numbers, each made when a sentence asks for it: most ask for none."""

    values_by_address: Mapping[str, Decimal]

    def __getitem__(self, address: str) -> Figure:
        return Figure(address, self.values_by_address[address])

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_address)

    def __len__(self) -> int:
        return len(self.values_by_address)
