"""Mistakes the nearest systems made, as their users tell of them (PRACTICE.md): none is made here."""

import ast
import json
import tomllib

import docx
import pytest

from kit.desk import make_report
from kit.last_year import last_year
from kit.office import AGENCIES, TODAY
from kit.workbook import indicator_values
from pipeline.consolidate import contributions
from pipeline.gather import load_inputs
from pipeline.model.indicator import Aggregation
from pipeline.model.number import printed
from pipeline.run import examine
from pipeline.workbooks.roster_blank import roster_workbook
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = AGENCIES
LICENCES = "proactive.licences.items_last_year"
BUSINESS = "requests.received.business"
QUIET = {"last-year-missing"}


def examined(office, templates):
    return examine(load_inputs(Workspace.at(office.root, None), templates), TODAY)


def given(examination, address):
    """What each agency gave to a figure."""
    sums = examination.consolidation
    return contributions([sums.figures[address]], sums.counted, examination.reception.counted)


def codes(examination):
    return {one.code for one in examination.findings} - QUIET


def test_a_figure_is_never_looked_up_by_its_place_in_a_list(office, templates):
    """foia-api#426: another order of the list, and the wrong agency was named."""

    def told():
        examination = examined(office, templates)
        return (
            {(one.agency.name, one.place.workbook, one.value) for one in given(examination, BUSINESS)},
            {(one.code, one.agency, one.workbook, one.cell) for one in examination.findings},
        )

    office.submit(DISTRICT, {"disputes.reconsideration.total": 10**6}, name="0.xlsx")
    (office.submissions / f"{DISTRICT.name}.xlsx").unlink()
    first = told()
    (office.inputs / "roster.xlsx").write_bytes(roster_workbook(AGENCIES[::-1], TODAY))
    (office.submissions / f"{OFFICE.name}.xlsx").rename(office.submissions / "9.xlsx")
    contributions, findings = told()
    renamed = f"inputs/{office.year}/submissions/"
    assert {(name, value) for name, _, value in contributions} == {
        (name, value) for name, _, value in first[0]
    }
    assert (OFFICE.name, f"{renamed}9.xlsx") in {(name, workbook) for name, workbook, _ in contributions}
    assert findings == first[1]
    assert ("disputes-total", DISTRICT.name) in {(code, agency) for code, agency, _, _ in findings}


def test_a_rule_about_last_year_holds_though_the_body_has_a_new_code(office, templates):
    """FAC: the rule from year to year was switched off because a body changed its id."""
    (office.inputs / "previous.xlsx").write_bytes(
        last_year(office, {BUREAU.name: {"code": "19", LICENCES: 5}})
    )
    findings = examined(office, templates).findings
    assert {one.code: one.agency for one in findings} == {
        "items-continuity": BUREAU.name,
        "last-year-by-name": BUREAU.name,
    }
    assert next(one.expected for one in findings if one.code == "items-continuity") == "5"


def test_no_agency_is_excused_by_the_program_itself(templates):
    """Waivers stood in the code, by the council's name. Here no decision is made by an agency's name."""
    sample = load_inputs(Workspace.at(templates.parent, 2020), templates).roster.agencies
    known = {
        word for agency in (*sample, *AGENCIES) for word in (*agency.names, agency.code) if len(word) > 2
    }
    decided = {
        (path.name, constant.value)
        for path in (templates.parent / "pipeline").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for part in _deciding(node)
        for constant in ast.walk(part)
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    }
    assert len(decided) > 100
    assert {one for one in decided if one[1] in known} == set()
    rules = [tomllib.loads(path.read_text(encoding="utf-8")) for path in (templates / "forms").glob("*.toml")]
    assert not [word for word in known if word in json.dumps(rules, ensure_ascii=False)]


def _deciding(node):
    """The parts of a node by which a program decides: comparisons, patterns, keys of a table, sets."""
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    if isinstance(node, ast.MatchValue):
        return [node.value]
    if isinstance(node, ast.Dict):
        return [key for key in node.keys if key]
    return [node] if isinstance(node, ast.Set) else []


@pytest.mark.parametrize("typed", ["N/A", "n/a", "/", "-", "—", "无", "不适用", "", " ", "若干", "#N/A"])
def test_what_is_no_number_is_never_counted_as_nought(office, templates, typed):
    """N/A was counted as 0. Here there is no sum at all, and the cell is asked about."""
    office.submit(BUREAU, {BUSINESS: typed})
    examination = examined(office, templates)
    assert BUSINESS not in examination.consolidation.figures
    asked = [one for one in examination.findings if one.is_error and one.agency == BUREAU.name]
    assert [one.address for one in asked] == [BUSINESS]
    assert asked[0].cell
    assert examination.blocked


def test_what_is_not_to_be_added_up_is_not(office, templates):
    """usdr-gost PR #3851: a "latest" field was summed. Here the catalogue says how each is put together."""
    apart = [one for one in office.indicators if one.aggregation is not Aggregation.SUM]
    assert {one.aggregation for one in apart} == {Aggregation.NONE, Aggregation.RATIO}
    for agency in AGENCIES:
        office.submit(agency, figures=indicator_values(office.indicators, int(agency.code)))
    sums = examined(office, templates).consolidation
    for one in apart:
        figure = sums.figures.get(one.address)
        if one.aggregation is Aggregation.NONE:
            assert figure is None
        else:
            part, whole = (sums.figures[f"indicators.{name}"].value for name in one.over)
            assert figure.value == round(part * 100 / whole, 2)


def test_two_offices_files_of_the_same_name_both_count(office, templates):
    """usdr-gost#384: a sister office's upload overwrote the first."""
    for agency, folder in ((OFFICE, "市直"), (BUREAU, "市直/教育"), (DISTRICT, "旗市区")):
        (office.submissions / f"{agency.name}.xlsx").unlink()
        office.submit(agency, name=f"{folder}/附件1.xlsx")
    examination = examined(office, templates)
    assert codes(examination) == set()
    workbooks = {one.agency.name: one.place.workbook for one in given(examination, BUSINESS)}
    assert [name.removeprefix(f"inputs/{office.year}/submissions/") for name in workbooks.values()] == [
        "市直/附件1.xlsx",
        "市直/教育/附件1.xlsx",
        "旗市区/附件1.xlsx",
    ]


def _settings(office, words):
    text = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", f"{text}\n{words}\n")


def _accepted(office, code):
    office.write("accepted.toml", f'[[accept]]\ncode = "{code}"\nreason = "无"\nby = "张三"\n')


def _lost(office):
    (office.submissions / f"{BUREAU.name}.xlsx").unlink()


SPOILT = {
    "one is missing": _lost,
    "one is missing and made light of": lambda office: (
        _lost(office),
        _settings(office, '[rules]\nagency-missing = "off"'),
    ),
    "one is left out": lambda office: _settings(office, f'[exclude]\n"{BUREAU.name}.xlsx" = "数不实"'),
    "a blank nobody is to hear of": lambda office: (
        office.submit(BUREAU, {BUSINESS: ""}),
        _settings(office, '[rules]\ncell-blank = "off"'),
    ),
    "a blank somebody stands by": lambda office: (
        office.submit(BUREAU, {BUSINESS: ""}),
        _accepted(office, "cell-blank"),
    ),
    "another year's": lambda office: office.submit(
        BUREAU, cover={"单位名称": BUREAU.name, "单位编码": "02", "年度": 2018}
    ),
    "no text": lambda office: (office.inputs / "narrative.md").unlink(),
    "a character nobody can print": lambda office: office.write(
        "narrative.md",
        (office.inputs / "narrative.md").read_text(encoding="utf-8").replace("无。", "无\U0001f600。"),
    ),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_refusal_always_says_at_least_one_thing_that_is_wrong(office, spoil):
    """FAC#2282: a refusal came with an empty table of errors."""
    spoil(office)
    said = make_report("build", "-w", office.root)
    assert said.code == 1
    listed = json.loads((office.outputs / "findings.json").read_text(encoding="utf-8"))
    wrong = [one for one in listed if one["severity"] == "error" and not one["accepted"]]
    assert wrong
    assert all(one["message"] in said.out for one in wrong)


@pytest.mark.parametrize("code", ["sums-incomplete", "narrative-missing", "glyph-missing", "readback-cell"])
@pytest.mark.parametrize("weight", ["off", "notice"])
def test_what_alone_may_stand_behind_a_refusal_cannot_be_made_light_of(office, code, weight):
    _settings(office, f'[rules]\n{code} = "{weight}"')
    said = make_report("build", "-w", office.root)
    assert said.code == 3
    assert f"[rules] 里不能改 {code}" in said.err


def test_the_word_file_has_every_total_in_its_place(office):
    """foia-api#801: the totals were lost in the Word export."""
    assert make_report("build", "-w", office.root, "-q").code == 0
    record = json.loads((office.outputs / "run.json").read_text(encoding="utf-8"))
    path = next(one["path"] for one in record["renditions"] if one["kind"] == "report-docx")
    tables = docx.Document(str(office.root / path)).tables
    seen = 0
    for table, form in zip(tables, office.form.tables, strict=True):
        for cell in form.grid.cells:
            if cell.address in office.form.computed:
                value = sum(office.values(agency)[cell.address] for agency in AGENCIES)
                text = table.cell(cell.row, cell.column).text.replace("\n", "")
                assert text == printed(office.form.cells[cell.address].kind, value), cell.address
                seen += 1
    assert seen == len(office.form.computed) > 20


def test_a_workbook_that_no_program_has_opened_since_is_read_as_it_is(office, templates):
    """FAC#2409: "errors unless resaved". Totals that are formulas without a value are worked out."""
    laid = office.laid(BUREAU)
    formulas = 0
    for address, identity in office.form.computed.items():
        sheet, _ = laid.places[address]
        places = [(term.sign, *laid.places[term.address]) for term in identity.right]
        if all(name == sheet for _, name, _ in places):
            laid.cell(address).value = "=" + "".join(
                f"{'+' if sign > 0 else '-'}{a1}" for sign, _, a1 in places
            )
            formulas += 1
    assert formulas > 20
    office.deliver(laid, f"{BUREAU.name}.xlsx")
    assert codes(examined(office, templates)) == set()
