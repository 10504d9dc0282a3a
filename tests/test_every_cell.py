"""No input cell can change without a trace: the report changes, or a finding names workbook, sheet and cell.

Both ways a clerk's workbook comes: totals typed over, and totals left as the live formulas of the blank. In the
gate every input cell of both editions is changed once in each way, the change drawn by chance; ``make proof``
tries every kind of change on every cell.
"""

import io
import os
import random

import openpyxl
import pytest

from kit.office import AGENCIES, TODAY, open_office
from pipeline.gather import load_inputs
from pipeline.installed import templates_folder
from pipeline.model.form import StatutoryForm
from pipeline.renditions import compose
from pipeline.run import examine
from pipeline.workbooks.blank import filled_workbook
from pipeline.workspace import Workspace

BUREAU = AGENCIES[1]
CHANGES = {
    "one more": lambda value: value + 1,
    "ten times": lambda value: value * 10 + 3,
    "blank": lambda _: None,
    "spaces": lambda _: "  ",
    "slash": lambda _: "/",
    "none": lambda _: "无",
    "in words": lambda _: "2000万",
    "negative": lambda value: -abs(value) - 1,
    "half": lambda value: value + 0.5,
    "full width": lambda value: f"{value + 2}".translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "with unit": lambda value: f"{value + 5}件",
    "with commas": lambda value: f"{value + 1234567:,}",
    "formula": lambda value: f"={value}+1",
    "error": lambda _: "=1/0",
}
FULL = os.environ.get("MAKE_REPORT_PROOF") == "full"
MONEY = {"one more": "8元", "ten times": "1.5亿元"}


@pytest.fixture(scope="module")
def settled(tmp_path_factory, forms, indicators):
    """Each edition's office in order: its loaded inputs and the report they give."""
    found = {}
    for edition, form in forms.items():
        office = open_office(tmp_path_factory.mktemp(edition), form, indicators)
        inputs = load_inputs(Workspace.at(office.root, None), templates_folder())
        found[edition] = office, inputs, compose(examine(inputs, TODAY))
    return found


def typed_totals(office):
    """The bureau's workbook with every total typed, and where each address stands."""
    laid = office.laid(BUREAU)
    return laid.book, laid.places


def live_totals(office):
    """The bureau's blank filled in, totals live, and where each address stands."""
    content = filled_workbook(
        BUREAU, office.year, office.form, office.indicators,
        values={**office.values(BUREAU), **{one.address: 3 * max(1, len(one.parts)) for one in office.indicators}},
        texts={}, date=TODAY,
    )  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(content))
    return book, _places(office.form, book)


def _places(form: StatutoryForm, book):
    """Find each address by writing down, on a fresh read, where the reader found it."""
    from pipeline.workbooks.asked import Asked
    from pipeline.workbooks.read import read_submission

    buffer = io.BytesIO()
    book.save(buffer)
    from pipeline.forms.catalogue import load_catalogue

    catalogue = load_catalogue(templates_folder() / "findings.toml")
    submission, findings = read_submission(
        buffer.getvalue(), "x.xlsx", Asked(form.first_year, form, (form,), (), catalogue)
    )
    assert findings == ()
    return {address: (cell.place.sheet, cell.place.a1) for address, cell in submission.cells.items()}


def changed(inputs, book):
    """The year's inputs with the bureau's workbook replaced by this one."""
    book.save(inputs.workspace.inputs / "submissions" / f"{BUREAU.name}.xlsx")
    return inputs


def related(form, address):
    """The addresses at which a change in this cell may show: the cell, and every relation that follows from it."""
    reached = {address}
    while True:
        further = {
            identity.focus
            for rule in form.rules
            for identity in rule.identities
            if reached & {term.address for term in identity.terms if not term.last_year}
        }
        if further <= reached:
            return reached
        reached |= further


def without_a_trace(settled, book, addresses):
    """Whether a changed workbook passes without a finding at one of these and without a change in the report."""
    _, inputs, before = settled
    examination = examine(changed(inputs, book), TODAY)
    named = [
        finding
        for finding in examination.findings
        if finding.workbook.endswith(f"{BUREAU.name}.xlsx")
        and finding.sheet
        and finding.cell
        and finding.address in addresses
    ]
    if named:
        return False
    return examination.blocked or compose(examination) == before


def new_entry(form, address, kind, value):
    """What the clerk types instead; money keeps a unit where the change leaves a number."""
    if form.cells[address].kind == "yuan" and kind in MONEY:
        return MONEY[kind]
    return CHANGES[kind](int(value))


@pytest.mark.parametrize("totals", [typed_totals, live_totals], ids=["totals typed", "totals live"])
@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("part", range(8))
def test_no_input_cell_changes_without_a_trace(settled, edition, totals, part):
    office, _, _ = settled[edition]
    book, places = totals(office)
    values = office.values(BUREAU)
    chance = random.Random(f"{edition}{part}")
    untraced = []
    for address in office.form.inputs[part::8]:
        sheet, a1 = places[address]
        cell = book[sheet][a1]
        was = cell.value
        for kind in CHANGES if FULL else [chance.choice(list(CHANGES))]:
            cell.value = new_entry(office.form, address, kind, values[address])
            if without_a_trace(settled[edition], book, related(office.form, address)):
                untraced.append((address, kind))
            cell.value = was
    assert untraced == []


def test_the_unchanged_workbook_leaves_no_trace(settled):
    """The measure itself is right: nothing changed, nothing found."""
    for edition in ("2019", "2021"):
        office, _, _ = settled[edition]
        assert without_a_trace(settled[edition], typed_totals(office)[0], set(office.form.cells))
