"""From an examined year to its files: every cell proved, every glyph there, the workbooks beside it."""

import pytest

from kit.office import AGENCIES, TODAY
from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import load_inputs
from pipeline.model.rendition import Rendition
from pipeline.model.typeface import BUNDLED
from pipeline.renditions import (
    FORMATS,
    blank_for,
    compose,
    faces,
    prove,
    report,
    report_names,
    unprintable,
)
from pipeline.run import examine
from pipeline.workbooks.read import read_submission
from pipeline.workpapers import further_workbooks
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = AGENCIES


def inputs(office, templates):
    return load_inputs(Workspace.at(office.root, None), templates)


def examined(office, templates):
    return examine(inputs(office, templates), TODAY)


def test_an_office_in_order_finds_nothing_and_proves_every_cell(form, request, templates):
    office = request.getfixturevalue("office" if form.edition == "2019" else "office_2021")
    examination = examined(office, templates)
    assert not examination.blocked
    document = compose(examination)
    proved = report(document, examination.inputs.catalogue, faces(templates, BUNDLED))
    assert proved.findings == ()
    assert proved.cells == (proved.printed,) * len(FORMATS)
    assert proved.passages == (proved.lines,) * len(FORMATS)
    assert {cell.address for grid in document.grids for cell in grid.cells if cell.address} == set(form.cells)


def test_a_character_no_face_has_is_named_and_nothing_is_printed(office, templates):
    text = (office.inputs / "narrative.md").read_text(encoding="utf-8")
    office.write("narrative.md", text.replace("无。", "无\U0002a6a5。"))
    examination = examined(office, templates)
    (finding,) = unprintable(compose(examination), examination.inputs.catalogue, faces(templates, BUNDLED))
    assert (finding.code, finding.expected) == ("glyph-missing", "U+2A6A5")
    assert "无\U0002a6a5。" in finding.message


@pytest.mark.parametrize(("mark", "code"), [("\u200b", "U+200B"), ("\u202e", "U+202E")])
def test_a_character_that_cannot_be_seen_is_named_by_its_code_and_to_be_deleted(
    office, templates, mark, code
):
    text = (office.inputs / "narrative.md").read_text(encoding="utf-8")
    office.write("narrative.md", text.replace("无。", f"无{mark}。"))
    examination = examined(office, templates)
    (finding,) = unprintable(compose(examination), examination.inputs.catalogue, faces(templates, BUNDLED))
    assert finding.message == f"“无〔{code}〕。”里有看不见的字符（{code}），删去即可。"
    assert mark not in finding.message + finding.found


def test_the_upward_workbook_is_read_back_as_a_submission_without_a_finding(form, request, templates):
    office = request.getfixturevalue("office" if form.edition == "2019" else "office_2021")
    examination = examined(office, templates)
    ledger, upward = further_workbooks(examination)
    assert (ledger.kind, upward.kind) == ("ledger", "upward")
    submission, findings = read_submission(upward.content, upward.name, examination.inputs.asked)
    assert findings == ()
    assert submission.cover.agency == "某某市"
    sums = examination.consolidation.values()
    read = submission.values()
    assert {address: read[address] for address in form.cells} == {
        address: sums[address] for address in form.cells
    }
    assert read["indicators.new_media"] == sums["indicators.new_media"]


def test_a_blank_is_named_by_code_and_agency(office, templates):
    assert (
        blank_for(BUREAU, inputs(office, templates)).name == "空白表/02市教育局2019年政府信息公开数据表.xlsx"
    )


def test_a_report_file_that_is_none_is_refused_by_name(office, templates):
    examination = examined(office, templates)
    document = compose(examination)
    for name in report_names(document):
        with pytest.raises(OperatorError, match=name) as refused:
            prove(document, [Rendition("report", name, b"x")], examination.inputs.catalogue)
        assert refused.value.code is ExitCode.INPUT
