"""Which years are due: the office's calendar from the call for figures to the day the law names."""

import datetime

import pytest

from kit.office import open_office
from pipeline.errors import OperatorError
from pipeline.season import season, seasons
from pipeline.settings import Settings

DAY = datetime.date


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (DAY(2020, 12, 31), False),
        (DAY(2021, 1, 1), True),
        (DAY(2021, 3, 31), True),
        (DAY(2021, 4, 1), False),
    ],
)
def test_without_dates_it_is_the_first_quarter_of_the_following_year(day, due):
    assert season(2020, Settings("某某市")).holds(day) is due
    assert season(2020, None).holds(day) is due


def test_an_early_deadline_begins_it_thirty_days_before():
    early = season(2020, Settings("某某市", deadline=DAY(2020, 12, 20)))
    assert (early.first, early.last) == (DAY(2020, 11, 20), DAY(2021, 3, 31))


def test_later_dates_of_the_settings_prolong_it():
    late = season(2020, Settings("某某市", deadline=DAY(2021, 3, 1), correct_by=DAY(2021, 4, 15)))
    assert (late.first, late.last) == (DAY(2021, 1, 1), DAY(2021, 4, 15))


def test_every_year_with_a_folder_has_one_even_where_its_settings_are_broken(tmp_path, forms, indicators):
    for year in (2019, 2020):
        open_office(tmp_path / str(year), forms["2019"], indicators, year)
    (tmp_path / "2020" / "inputs" / "2020").rename(tmp_path / "2019" / "inputs" / "2020")
    (tmp_path / "2019" / "inputs" / "2020" / "report.toml").write_text("organ = ", encoding="utf-8")
    found = seasons(tmp_path / "2019")
    assert [(one.year, one.last) for one in found] == [
        (2019, DAY(2020, 3, 31)),
        (2020, DAY(2021, 3, 31)),
    ]


def test_a_folder_without_years_says_what_to_do(tmp_path):
    with pytest.raises(OperatorError, match="没有 inputs"):
        seasons(tmp_path)
