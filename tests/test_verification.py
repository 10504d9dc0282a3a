"""Report files held against the data again: the organ's and the agencies', edited or not."""

import docx
import pytest

from kit.desk import make_report
from kit.office import AGENCIES, TODAY
from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import load_inputs
from pipeline.run import examine
from pipeline.verification import verify_files
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = AGENCIES
TEXTS = {1: "全年主动公开信息。", 5: "问题仍有一些。", 6: "无。"}


def examined(office, templates):
    return examine(load_inputs(Workspace.at(office.root, None), templates), TODAY)


def refused(call, *arguments, code):
    with pytest.raises(OperatorError) as stopped:
        call(*arguments)
    assert stopped.value.code is code
    return stopped.value.message


def test_files_that_cannot_be_verified_are_refused(office, templates, tmp_path):
    examination = examined(office, templates)
    assert "不是 .docx、.pdf 或 .html" in refused(
        verify_files, examination, [tmp_path / "a.txt"], code=ExitCode.INPUT
    )
    assert "make-report build" in refused(verify_files, examination, code=ExitCode.INPUT)
    office.submit(BUREAU, {"requests.received.business": "若干"})
    assert "还有错误" in refused(verify_files, examined(office, templates), code=ExitCode.INPUT)


def edited(office, templates, old, new):
    """The built Word report with a passage retyped, verified."""
    assert make_report("-q", "-w", office.root).code == 0
    path = next(office.outputs.glob("*报告.docx"))
    opened = docx.Document(path)
    run = next(line for line in opened.paragraphs if old in line.text).runs[0]
    run.text = run.text.replace(old, new)
    opened.save(path)
    (proved,) = verify_files(examined(office, templates), [path])
    return proved


def test_a_number_typed_into_the_word_file_is_checked_like_the_narrative_s(office, templates):
    proved = edited(office, templates, "公开内容还", "收到政府信息公开申请77件，公开内容还")
    told = [(one.code, one.cell) for one in proved.findings]
    assert told == [("passage-edited", ""), ("sentence-contradicts", "正文第4段")]
    assert proved.findings[1].address == "requests.received.total"
    assert not proved.is_wrong


def test_what_was_found_in_the_narrative_already_is_not_found_again_in_the_word_file(office, templates):
    narrative = (office.inputs / "narrative.md").read_text(encoding="utf-8")
    office.write("narrative.md", narrative.replace("公开内容还", "开展培训7次。公开内容还"))
    proved = edited(office, templates, "不够丰富", "不够深入")
    assert [one.code for one in proved.findings] == ["passage-edited"]


def test_what_is_switched_off_is_not_told_but_a_wrong_figure_stays_wrong(office, templates):
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", f'{settings}\n[rules]\npassage-edited = "off"\n')
    assert edited(office, templates, "不够丰富", "不够深入").findings == ()
    proved = edited(office, templates, "33795", "33759")
    assert [one.code for one in proved.findings] == ["readback-figure"]
    assert proved.is_wrong


@pytest.fixture
def reports(office):
    """The agencies' own reports, made."""
    for agency in AGENCIES:
        office.submit(agency, texts=TEXTS)
    assert make_report("agencies", "-q", "-w", office.root).code == 0
    return office.outputs / "分单位报告"


def retyped(path, old, new):
    opened = docx.Document(path)
    run = next(line for line in opened.paragraphs if old in line.text).runs[0]
    run.text = run.text.replace(old, new)
    opened.save(path)


def test_an_agency_s_report_is_held_against_that_agency_s_figures(office, templates, reports):
    files = sorted(reports.glob("*报告.*"))
    proved = verify_files(examined(office, templates), files)
    assert len(proved) == len(AGENCIES)
    assert [len(one.renditions) for one in proved] == [2, 2, 2]
    for one in proved:
        assert one.findings == ()
        assert one.cells == (one.printed, one.printed)


def test_a_figure_retyped_in_an_agency_s_report_is_wrong_and_its_words_are_not(office, templates, reports):
    (path,) = reports.glob(f"{BUREAU.name}*.docx")
    retyped(path, "仍有一些", "还有不少")
    (proved,) = verify_files(examined(office, templates), [path])
    assert [one.code for one in proved.findings] == ["passage-edited"]
    opened = docx.Document(path)
    opened.tables[1].cell(3, 3).paragraphs[0].runs[0].text = "9999"
    opened.save(path)
    (proved,) = verify_files(examined(office, templates), [path])
    assert proved.is_wrong


def test_a_number_typed_into_an_agency_s_report_is_held_against_its_own_tables(office, templates, reports):
    (path,) = reports.glob(f"{BUREAU.name}*.docx")
    retyped(path, "仍有一些", "收到政府信息公开申请7777件，仍有一些")
    (proved,) = verify_files(examined(office, templates), [path])
    assert [one.code for one in proved.findings] == ["passage-edited", "sentence-contradicts"]


def test_the_copy_kept_of_an_edited_report_is_known_by_its_name(office, templates, reports):
    (path,) = reports.glob(f"{BUREAU.name}*.docx")
    kept = path.rename(path.with_stem(f"{path.stem}（改动备份1）"))
    (proved,) = verify_files(examined(office, templates), [kept])
    assert proved.findings == ()


def test_an_agency_that_has_no_report_now_is_refused_with_the_reason(office, templates, reports):
    (path,) = reports.glob(f"{BUREAU.name}*.docx")
    office.submit(BUREAU, {"requests.received.business": "若干"})
    said = refused(verify_files, examined(office, templates), [path], code=ExitCode.INPUT)
    assert said.startswith("市教育局现在没有可比的报告：有 1 处错误")
    (other,) = reports.glob(f"{DISTRICT.name}*.docx")
    (proved,) = verify_files(examined(office, templates), [other])
    assert proved.findings == ()
