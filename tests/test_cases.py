"""The gallery: every code the program knows has one case that trips it and nothing else, in plain words."""

import tomllib

import pytest

from kit.case import CASES, CATALOGUE, PAGE, Case, Offices, cases, findings_of, load_case, shown
from kit.gallery import gallery, with_examples
from pipeline.model.finding import Severity

NO_PLACE = {
    "sums-incomplete",
    "agency-missing",
    "last-year-missing",
    "narrative-missing",
    "glyph-missing",
    "font-substituted",
}
"""What is nowhere, or may be anywhere, has no workbook to open."""
IN_A_CELL = {code for code in (case.code for case in cases()) if code.startswith("cell-")} | {
    "column-ignored"
}


@pytest.fixture(scope="session")
def found(tmp_path_factory):
    """What each case finds, each run once."""
    offices, known = Offices(tmp_path_factory.mktemp("cases")), {}

    def once(case):
        if case.code not in known:
            known[case.code] = findings_of(case, offices)
        return known[case.code]

    return once


def test_every_code_has_one_case_and_every_case_a_code(catalogue):
    assert {path.name for path in CASES.iterdir() if path.is_dir()} == set(catalogue.kinds)
    assert {case.code for case in cases()} == set(catalogue.kinds)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.code)
def test_a_case_trips_its_code_and_only_it_and_says_what_the_catalogue_shows(case, found, catalogue):
    findings = found(case)
    assert {finding.code for finding in findings} - case.besides == {case.code}, [
        one.message for one in findings
    ]
    assert case.besides <= {finding.code for finding in findings}
    own = next(finding for finding in findings if finding.code == case.code)
    assert own.message == catalogue.kinds[case.code].example
    assert own.severity is catalogue.kinds[case.code].severity


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.code)
def test_a_finding_says_where(case, found, forms):
    rules = {rule.id for form in forms.values() for rule in form.rules} | {"indicator-total"}
    for finding in found(case):
        assert bool(finding.workbook) == (case.code not in NO_PLACE)
        if case.code in rules or case.code.startswith("cell-"):
            assert finding.agency == "市教育局"
            assert finding.sheet
            assert finding.cell


def test_every_code_is_worded_for_an_office(catalogue):
    for kind in catalogue.kinds.values():
        assert kind.title
        assert kind.wording.endswith("。")
        assert "请" in kind.remedy or kind.remedy.startswith("无须处理"), kind.code
        assert kind.remedy.endswith("。")
        assert kind.severity is not Severity.OFF
        assert not any(mark in kind.example for mark in ("{found}", "None", "Decimal", "“”")), kind.code


def test_an_office_in_order_trips_nothing(tmp_path, forms):
    """The cases prove something only if nothing is found before their slip."""
    offices = Offices(tmp_path)
    for edition in forms:
        assert findings_of(Case(f"nothing-{edition}", "没有出错。", {"edition": edition}), offices) == ()


def test_the_page_and_the_examples_are_up_to_date(found, catalogue):
    """Run ``python -m kit.case --update`` in tests/ where they are not."""
    entries = [shown(case, found(case)) for case in cases()]
    written = CATALOGUE.read_text(encoding="utf-8")
    assert with_examples(written, entries) == written
    assert PAGE.read_text(encoding="utf-8") == gallery(entries, tuple(catalogue.kinds))


def test_examples_are_put_in_once_and_mended(catalogue, found):
    (case,) = [case for case in cases() if case.code == "cell-blank"]
    entry = shown(case, found(case))
    text = '[cell-blank]\nremedy = "甲"\nexample = "旧的"\n\n[other]\nremedy = "乙"\nexample = "丙"\n'
    mended = with_examples(text, [entry])
    assert with_examples(mended, [entry]) == mended
    codes = tomllib.loads(mended)
    assert (codes["cell-blank"]["example"], codes["other"]["example"]) == (entry.finding.message, "丙")


@pytest.mark.parametrize(
    "written", ['story = "甲"\nworkbok = []\n', 'story = "甲"\n[[workbook]]\nagency = "市教育局"\ntype = 1\n']
)
def test_a_word_no_case_knows_is_refused(tmp_path, written):
    (tmp_path / "case.toml").write_text(written, encoding="utf-8")
    with pytest.raises(ValueError, match="workbok|type"):
        load_case(tmp_path)
