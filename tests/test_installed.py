"""What came with the program lies where it says."""

from pipeline.installed import SAMPLE_YEAR, sample_folder, templates_folder


def test_templates_stand_in_the_checkout():
    assert (templates_folder() / "forms" / "2019.toml").is_file()


def test_the_sample_year_stands_among_the_inputs():
    assert sample_folder().name == str(SAMPLE_YEAR)
    assert (sample_folder() / "roster.xlsx").is_file()
