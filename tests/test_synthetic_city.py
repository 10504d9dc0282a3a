"""The synthetic cities of the benchmarks: every program's way of saving reads as the figures that went in."""

from decimal import Decimal

import pytest

from kit.city import FLAVOURS, flavour, path, workbook, write_city
from kit.desk import make_report
from kit.invented import AMOUNT, SECTIONS, agency, figures, plain_texts, texts
from kit.returns import asked
from kit.saved_by import COMPUTERS, ENDINGS, plate, written
from pipeline.workbooks.read import read_submission


def read(content):
    submission, findings = read_submission(content, "some.xlsx", asked())
    assert submission is not None
    return submission, [one.code for one in findings]


@pytest.mark.parametrize("kind", ENDINGS)
@pytest.mark.parametrize("number", [0, 41, 31_359])
def test_every_flavour_reads_as_the_figures_and_texts_that_went_in(kind, number):
    submission, codes = read(workbook(number, 5, kind))
    own = figures(number, 5)
    assert codes == []
    assert {address: submission.value(address) for address in own} == own
    assert (submission.cover.agency, submission.cover.code) == (agency(number).name, agency(number).code)
    said = plain_texts(agency(number).name) if kind == "xls" else texts(number, 5, own)
    assert submission.texts == said


@pytest.mark.parametrize("kind", ["excel", "wps", "libreoffice"])
def test_the_same_program_writes_otherwise_on_another_computer_and_reads_the_same(kind):
    own = figures(7, 5)
    given = (
        written(own) | {"name": "云安县教育局", "code": "159900007"} | {f"text.{n}": "无。" for n in SECTIONS}
    )
    files = {plate(kind, computer).printed(given) for computer in range(COMPUTERS)}
    assert len(files) == COMPUTERS
    for content in files:
        submission, codes = read(content)
        assert codes == []
        assert {address: submission.value(address) for address in own} == own


def test_a_figure_of_our_own_choice_takes_its_place():
    submission, codes = read(workbook(3, 5, "excel", {AMOUNT: Decimal(123_456_789)}))
    assert submission.value(AMOUNT) == Decimal("123456789")
    assert codes == []


def test_what_an_agency_has_follows_from_its_number_alone(tmp_path):
    write_city(tmp_path / "small", 2)
    write_city(tmp_path / "large", 5, jobs=2)
    for number in range(2):
        name = f"inputs/2020/submissions/{path(number, flavour(number, 1))}"
        assert (tmp_path / "small" / name).read_bytes() == (tmp_path / "large" / name).read_bytes()


def test_no_two_agencies_have_the_same_name_code_or_figures():
    agencies = [agency(number) for number in range(2_000)]
    assert len({one.name for one in agencies}) == len({one.code for one in agencies}) == 2_000
    assert len({tuple(figures(number, 1).items()) for number in range(200)}) == 200


def test_a_city_is_without_a_fault_whoever_saved_its_workbooks(tmp_path):
    write_city(tmp_path, 12, flavours=dict.fromkeys(FLAVOURS, 1), seed=3)
    said = make_report("check", "-w", tmp_path, "--json")
    assert said.code == 0
    assert [one["code"] for one in said.json] == ["last-year-missing"]
    assert "应报 12 家，采用 12 家" in said.err


def test_a_city_has_at_most_as_many_agencies_as_there_are_names(tmp_path):
    with pytest.raises(ValueError, match="1 to 31360"):
        write_city(tmp_path, 31_361)
