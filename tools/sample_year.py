"""The sample year as values: published totals in, every agency's figures of this year and the last out."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from random import Random

from msgspec import Struct

from pipeline.forms.load import load_form
from pipeline.model.form import StatutoryForm
from sample_agencies import Sharer, load_sharers
from sample_indicators import share_indicators
from sample_last_year import last_year
from sample_split import Shares, split

YEAR = 2020
SEED = 2020
"""The seed of all chance in the sample: another number gives another split of the same totals."""
PUBLISHED = Path(__file__).with_name("sample_published.toml")
FORM = Path(__file__).parent.parent / "templates" / "forms" / "2019.toml"


class SampleYear(Struct, frozen=True):
    """The agencies, the form, and whole numbers by agency code and address for both years."""

    form: StatutoryForm
    sharers: tuple[Sharer, ...]
    this_year: Shares
    last_year: Shares


def sample_year(seed: int = SEED) -> SampleYear:
    """The published figures shared among the sample's agencies, and the year before."""
    with PUBLISHED.open("rb") as file:
        published = tomllib.load(file)
    form, sharers, chance = load_form(FORM), load_sharers(), Random(seed)  # noqa: S311 - a made-up split, no secret
    totals: Mapping[str, int] = published["figures"]
    indicators = {address: n for address, n in totals.items() if address not in form.cells}
    tables = split(totals, form, sharers, chance)
    extra = share_indicators(indicators, published["groups"], sharers, chance)
    this_year = {code: tables[code] | extra[code] for code in tables}
    before = last_year(this_year, published["last_year"], form, sharers, chance)
    return SampleYear(form, sharers, this_year, before)
