"""The sample year as values: same seed, same figures; another seed, another split of the same totals."""

from kit.seed import INDICATORS, PUBLISHED
from sample_year import sample_year


def test_the_same_seed_gives_the_same_year():
    assert sample_year().this_year == sample_year().this_year


def test_another_seed_gives_another_split_of_the_same_totals():
    one, other = sample_year(), sample_year(seed=1)
    assert one.this_year != other.this_year
    for address, number in (PUBLISHED | INDICATORS).items():
        assert sum(own[address] for own in other.this_year.values()) == number


def test_no_two_agencies_have_the_same_figures():
    figures = [tuple(own.values()) for own in sample_year().this_year.values()]
    assert len(set(figures)) == len(figures) == 52
