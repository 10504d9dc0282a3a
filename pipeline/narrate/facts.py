"""What a narrative may speak of: the year, the organ, its figures and last year's."""

from msgspec import Struct

from pipeline.model.consolidation import Consolidation, LastYear
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator


class Facts(Struct, frozen=True):
    """The figures of one reporting year, and what is needed to name, print and compare them."""

    year: int
    organ: str
    form: StatutoryForm
    indicators: tuple[Indicator, ...]
    consolidation: Consolidation
    last_year: LastYear
