"""What an agency of the sample hands in, and what the office asks its workbooks for."""

from decimal import Decimal
from functools import cache
from pathlib import Path

from pipeline.forms.catalogue import load_catalogue, load_indicators
from pipeline.forms.editions import load_forms
from pipeline.model.submission import Submission
from pipeline.workbooks.asked import Asked
from sample_clerks import Clerk
from sample_filled import Return
from sample_year import YEAR, SampleYear, sample_year

TEMPLATES = Path(__file__).parents[2] / "templates"


@cache
def sample() -> SampleYear:
    """The sample year as values, made once."""
    return sample_year()


@cache
def asked() -> Asked:
    """What the sample's workbooks are read against."""
    indicators = load_indicators(TEMPLATES / "indicators.toml")
    forms = load_forms(TEMPLATES / "forms")
    catalogue = load_catalogue(TEMPLATES / "findings.toml")
    return Asked(YEAR, sample().form, forms, indicators, catalogue)


def given(code: str, clerk: Clerk, version: int = 1) -> Return:
    """The return of the agency with this code, written down by this clerk."""
    (agency,) = [one.agency for one in sample().sharers if one.agency.code == code]
    return Return(agency, YEAR, sample().form, asked().indicators, sample().this_year[code], clerk, version)


def numbers(submission: Submission, one: Return) -> dict[str, Decimal | None]:
    """What was read, at the addresses of what was handed in."""
    return {address: submission.value(address) for address in one.numbers}
