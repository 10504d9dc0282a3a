"""What arrives in place of a workbook: named with its reason, quickly, in little memory, and the others go on."""

import os
import sys
import unicodedata

import pytest

from kit.arrivals import ARRIVALS, MEASURED_LIMITS, SCHOOLS, Odd, measured, replace_submission
from kit.hostile import good
from kit.office import TODAY, open_office
from pipeline.gather import load_inputs
from pipeline.run import examine
from pipeline.workspace import Workspace

pytestmark = pytest.mark.usefixtures("processes")


@pytest.fixture(scope="module")
def small_office(tmp_path_factory, forms, indicators):
    """One office whose 市教育局 sends in one thing after another."""
    return open_office(tmp_path_factory.mktemp("office"), forms["2019"], indicators)


def checked(office, templates):
    return examine(load_inputs(Workspace.at(office.root, None), templates), TODAY)


@pytest.mark.parametrize("odd", ARRIVALS, ids=lambda odd: odd.what)
def test_what_arrived_is_named_with_its_reason_and_the_others_count(odd, small_office, templates):
    replace_submission(small_office, odd)
    examination = checked(small_office, templates)
    told = [finding for finding in examination.findings if finding.code != "last-year-missing"]
    if not odd.code:
        assert told == []
        assert len(examination.reception.counted) == 3
        return
    finding = next((finding for finding in told if finding.code == odd.code), None)
    assert finding, told
    assert odd.words in finding.message
    assert (finding.agency, finding.workbook.endswith(odd.file)) == (SCHOOLS.name, True)
    assert {"01", "03"} <= set(examination.reception.counted)


def test_what_is_read_in_spite_of_its_oddities_gives_the_same_figures(small_office, templates):
    """Ghosts, hidden rows, a lying extent and the like change no figure."""
    replace_submission(small_office, Odd("", good, ""))
    whole = checked(small_office, templates).reception.counted[SCHOOLS.code].values()
    for odd in ARRIVALS:
        if not odd.code and not odd.worst:
            replace_submission(small_office, odd)
            assert checked(small_office, templates).reception.counted[SCHOOLS.code].values() == whole, (
                odd.what
            )


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory as Linux tells it")
@pytest.mark.parametrize("odd", [odd for odd in ARRIVALS if odd.worst], ids=lambda odd: odd.what)
def test_the_worst_take_neither_long_nor_much(odd, small_office):
    replace_submission(small_office, odd)
    said, mebibytes, seconds = measured(small_office)
    assert "Traceback" not in said
    assert "panicked" not in said
    most_seconds, most_mebibytes = MEASURED_LIMITS
    assert seconds < most_seconds
    assert mebibytes < most_mebibytes


@pytest.mark.skipif(
    os.name != "posix" or sys.platform == "darwin", reason="the system keeps names as they are"
)
def test_two_names_that_differ_only_in_how_an_accent_is_written_are_two_files(office, templates):
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, f"{SCHOOLS.name}é.xlsx")
        (office.submissions / name).write_bytes((office.submissions / f"{SCHOOLS.name}.xlsx").read_bytes())
    (office.submissions / f"{SCHOOLS.name}.xlsx").unlink()
    examination = checked(office, templates)
    assert {finding.code for finding in examination.findings} == {
        "submission-superseded",
        "last-year-missing",
    }
    assert len(examination.reception.receipts) == 4


def test_the_file_named_in_use_is_found_however_its_accent_is_written(office, templates):
    name = unicodedata.normalize("NFD", f"{SCHOOLS.name}é 更正.xlsx")
    office.submit(SCHOOLS, {"proactive.rules_made": 999}, name=name)
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", f'{settings}\n[use]\n"02" = "{unicodedata.normalize("NFC", name)}"\n')
    counted = checked(office, templates).reception.counted[SCHOOLS.code]
    assert unicodedata.normalize("NFC", counted.workbook).endswith("é 更正.xlsx")
