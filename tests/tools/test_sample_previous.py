"""Last year's ledger is one the program reads back."""

from kit.returns import asked, sample
from pipeline.workbooks.previous import read_ledger
from sample_agencies import roster
from sample_previous import previous_ledger


def test_every_agencys_figures_of_last_year_read_back():
    year, agencies = sample(), roster(sample().sharers)
    content = previous_ledger(year, agencies, asked().indicators, "某市", 2019)
    last = read_ledger(content, "previous.xlsx", 2019, organ="某市")
    assert last.agencies == year.last_year
    assert last.total["requests.received.total"] == 110
    assert set(last.groups) == set(agencies.groups)
