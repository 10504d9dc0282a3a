"""One agency's report: its figures, its words as typed, its name whatever the characters; and every cell proved."""

import datetime
import pickle
from functools import partial
from multiprocessing import get_all_start_methods

import pytest

from kit.kitchen import started
from kit.narrative import BLEMISHES
from kit.office import AGENCIES, TEXTS
from kit.report import fonts
from kit.workbook import consistent_values
from pipeline.agency import Copy, Press, Shared, agency_document, agency_report, press
from pipeline.execution import Work, over_all
from pipeline.model.roster import Roster
from pipeline.model.typeface import BUNDLED
from pipeline.texts import Standard
from pipeline.verify.pdf import read_pdf
from pipeline.verify.word import read_word


@pytest.fixture
def shared(form, indicators, catalogue):
    """What all agencies' reports of a year share, in both editions."""
    year = form.first_year
    standard = Standard(form, indicators, BLEMISHES, Roster(AGENCIES), "某某市", year, catalogue)
    return Shared(standard, datetime.date(2022, 3, 1))


def copy_of(shared, agency="市教育局", texts=TEXTS, last_year=None):
    return Copy(
        agency,
        "inputs/市教育局.xlsx",
        "分单位报告/市教育局",
        consistent_values(shared.form),
        last_year or {},
        texts,
    )


def printed(shared, **odd):
    return agency_report(Press(shared, fonts()), copy_of(shared, **odd))


def words(report):
    docx, pdf = report.proved.renditions
    return read_word(docx.content), pdf.content


def test_an_agency_in_order_is_printed_twice_and_every_cell_is_proved(shared):
    report = printed(shared)
    cells = sum(len(table.grid.cells) for table in shared.form.tables)
    assert (report.findings, report.proved.findings) == ((), ())
    assert (report.proved.printed, report.proved.cells) == (cells, (cells, cells))
    assert report.proved.passages == (report.proved.lines,) * 2
    assert [(one.kind, one.name) for one in report.proved.renditions] == [
        ("agency-docx", "分单位报告/市教育局.docx"),
        ("agency-pdf", "分单位报告/市教育局.pdf"),
    ]


def test_the_title_and_the_six_sections_stand_in_order_with_the_agencys_words_between(shared):
    read, _ = words(printed(shared))
    one, two, three, four, five, six = shared.form.sections
    assert list(read.lines) == [
        f"市教育局{shared.year}年政府信息公开工作年度报告", one, "（一）主动公开", "按时公开各类信息。",
        two, three, four, five, "公开内容还不够丰富，下一步将继续改进。", six,
        "按规定收取信息处理费。", "无。",
    ]  # fmt: skip
    assert len(read.tables) == 3


@pytest.mark.parametrize("agency", ["硚口区人民政府", "䶮山县教育局", "某" * 40 + "局"])
def test_any_name_is_printed(shared, agency):
    report = printed(shared, agency=agency)
    assert report.proved.findings == ()
    read, content = words(report)
    title = f"{agency}{shared.year}年政府信息公开工作年度报告"
    assert read.lines[0] == title
    assert read_pdf(content, [table.grid for table in shared.form.tables]).lines[0] == title


@pytest.mark.parametrize(
    "text",
    [
        "{{ requests.received.total }}、{% for x in y %}、{# 说明 #}",
        "<w:p><w:t>x</w:t></w:p>&amp;]]><!--",
        "..\\..\\x/../y",
        '=HYPERLINK("http://x")',
        "第一行\x0b第二行\x1f\u2028第三行",
        "无" * 4000,
    ],
)
def test_hostile_texts_are_printed_as_typed_and_proved(shared, text):
    report = printed(shared, texts={**TEXTS, 1: text})
    assert report.proved.findings == ()
    read, _ = words(report)
    assert "".join(text.split()).replace("\x1f", "") in "".join(read.lines)


def test_without_texts_the_headings_stand_alone_and_the_office_is_told(shared):
    report = printed(shared, texts={})
    read, _ = words(report)
    assert list(read.lines[1:]) == list(shared.form.sections)
    (finding,) = report.findings
    assert (finding.code, finding.agency, finding.workbook) == (
        "section-empty", "市教育局", "inputs/市教育局.xlsx",
    )  # fmt: skip


def test_a_sentence_is_held_against_the_agencys_own_tables(shared):
    own = consistent_values(shared.form)["requests.received.total"]
    right, wrong = f"全年收到政府信息公开申请{own}件。", "全年收到政府信息公开申请99999件。"
    assert printed(shared, texts={**TEXTS, 1: right}).findings == ()
    (finding,) = printed(shared, texts={**TEXTS, 1: wrong}).findings
    assert (finding.code, finding.agency, finding.cell) == (
        "sentence-contradicts", "市教育局", f"文字材料“{shared.form.sections[0]}”第1段",
    )  # fmt: skip


def test_what_must_not_be_published_is_told_and_printed_as_typed(shared):
    report = printed(shared, texts={**TEXTS, 6: "本报告由海拉尔区人民政府编制。"})
    (finding,) = report.findings
    assert (finding.code, finding.agency) == ("text-other-body", "市教育局")
    read, _ = words(report)
    assert "本报告由海拉尔区人民政府编制。" in read.lines


def test_growth_is_held_against_the_agencys_own_last_year(shared):
    own = consistent_values(shared.form)["requests.received.total"]
    text = f"全年收到政府信息公开申请{own}件，较上年增长100%。"
    half = {"requests.received.total": own / 2}
    assert printed(shared, texts={**TEXTS, 1: text}, last_year=half).findings == ()
    (finding,) = printed(
        shared, texts={**TEXTS, 1: text}, last_year={"requests.received.total": own}
    ).findings
    assert finding.code == "sentence-contradicts"


def test_a_character_no_face_has_stops_the_report_and_names_the_agency(shared):
    report = printed(shared, texts={**TEXTS, 6: "联系人：王\U0002a6a5。"})
    assert report.proved is None
    (finding,) = report.findings
    assert (finding.code, finding.agency, finding.is_error) == ("glyph-missing", "市教育局", True)


def test_a_figure_that_changes_on_the_way_to_paper_is_found_and_the_agency_named(shared, monkeypatch):
    import pipeline.agency

    render = pipeline.agency.render_word
    values = consistent_values(shared.form)
    other = {**values, "requests.received.total": values["requests.received.total"] + 1}

    def careless(document):
        spoiled, _ = agency_document(shared, Copy("市教育局", "", "", other, {}, TEXTS))
        return render(spoiled)

    monkeypatch.setattr(pipeline.agency, "render_word", careless)
    report = printed(shared)
    (finding,) = report.proved.findings
    assert (finding.code, finding.agency) == ("readback-cell", "市教育局")


def test_what_goes_to_a_worker_and_back_is_small(shared, templates):
    """The faces stay where they are loaded."""
    assert len(pickle.dumps(shared)) < 200_000
    assert len(pickle.dumps(copy_of(shared))) < 40_000
    assert len(pickle.dumps(printed(shared))) < 200_000


@pytest.mark.parametrize("start", [way for way in ("fork", "spawn") if way in get_all_start_methods()])
def test_workers_print_what_this_process_prints_however_they_are_started(
    forms, indicators, catalogue, templates, start
):
    standard = Standard(forms["2019"], indicators, BLEMISHES, Roster(AGENCIES), "某某市", 2019, catalogue)
    shared = Shared(standard, datetime.date(2020, 3, 1))
    copies = [copy_of(shared, agency=f"第{number}局") for number in range(3)]
    work = Work(partial(press, shared, templates, BUNDLED), agency_report)
    with started(start):
        assert list(over_all(work, copies, 2)) == list(over_all(work, copies, 1))


def test_a_press_has_the_committed_faces(shared, templates):
    assert set(press(shared, templates, BUNDLED).fonts.faces) == set(fonts().faces)
