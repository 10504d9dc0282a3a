"""The whole job: outputs appear together, an error leaves the last report standing, runs repeat to the byte."""

import datetime
import json
from zipfile import ZipFile

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from filelock import FileLock

from kit.office import AGENCIES, SETTINGS
from kit.typeface import BOLD, FANG, HEI, KAI, SONG, collection, named, ordinary, renamed
from pipeline.build import build, check, publish_blanks
from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import load_inputs
from pipeline.locking import locked
from pipeline.run import examine
from pipeline.workspace import Workspace

DAY = datetime.date(2020, 3, 1)
WORD = "某某市2019年政府信息公开工作年度报告.docx"
EXTRAS = "charts = true\ncontents = true\nattach_figures = true\n"
REPORT = {
    WORD,
    WORD.replace(".docx", ".pdf"),
    WORD.replace(".docx", ".html"),
    WORD.replace(".docx", "（网页粘贴用）.html"),
    "汇总底稿.xlsx",
    "上报工作簿.xlsx",
    "run.json",
    "findings.json",
    "核对报告.html",
}
TOLD = {"run.json", "findings.json", "核对报告.html"}


def inputs(office, templates):
    return load_inputs(Workspace.at(office.root, None), templates)


def examined(office, templates):
    return examine(inputs(office, templates), DAY)


def built(office, templates):
    return build(examined(office, templates), templates, lambda: {"started": "now", "seconds": 1.0})


def contents(office):
    return {path.name: path.read_bytes() for path in office.outputs.iterdir() if path.is_file()}


def reports(run):
    """What a run recorded of its files, those apart that every run makes anew."""
    return [entry for entry in run.record["renditions"] if entry["kind"] not in ("review", "slip")]


def record(office):
    return json.loads((office.outputs / "run.json").read_text(encoding="utf-8"))


def test_a_year_in_order_is_built_whole(office, templates):
    run = built(office, templates)
    assert run.exit_code is ExitCode.OK
    assert set(contents(office)) == REPORT
    assert record(office) == {**run.record, "timing": {"started": "now", "seconds": 1.0}}
    assert run.record["status"] == "final"


def test_a_report_with_pictures_contents_and_attached_figures_is_proved_like_any_other(office, templates):
    office.write("report.toml", SETTINGS.format(year=office.year + 1).replace("code =", EXTRAS + "code ="))
    run = built(office, templates)
    assert run.exit_code is ExitCode.OK
    verified = run.record["verified"]
    assert verified["docx"] == verified["pdf"] == verified["cells"]
    with pikepdf.open(office.outputs / WORD.replace(".docx", ".pdf")) as pdf:
        figures = json.loads(pdf.attachments["figures.json"].get_file().read_bytes())["figures"]
        with pdf.open_metadata() as xmp:
            assert xmp.pdfa_status == "3A"
    assert figures == run.record["figures"]
    paragraphs = [one.text for one in docx.Document(office.outputs / WORD).element.body.iter(qn("w:t"))]
    assert "目录" in paragraphs
    assert sum(text.startswith("图") for text in paragraphs) == 2


def test_a_second_run_writes_the_same_bytes(office, templates, tmp_path):
    built(office, templates)
    first = contents(office)
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    (office.root / "inputs").rename(moved / "inputs")
    other = type(office)(moved, office.year, office.form, office.indicators)
    built(other, templates)
    assert contents(other) == first


def test_an_error_leaves_the_last_report_standing_and_says_so(office, templates):
    first = built(office, templates)
    before = contents(office)
    office.submit(AGENCIES[1], {"disputes.reconsideration.total": 10**6})
    second = built(office, templates)
    assert (second.exit_code, second.record["status"]) == (ExitCode.FINDINGS, "blocked")
    assert {entry["kind"] for entry in second.record["renditions"]} == {"slip", "review"}
    assert second.record["standing"] == reports(first)
    after = contents(office)
    assert {name: after[name] for name in REPORT - TOLD} == {name: before[name] for name in REPORT - TOLD}
    assert any(f["code"] == "disputes-total" for f in json.loads(after["findings.json"]))


def test_a_report_edited_before_a_blocked_run_is_still_kept_afterwards(office, templates):
    built(office, templates)
    (office.outputs / WORD).write_bytes(b"edited by hand")
    spoilt = office.submit(AGENCIES[1], {"disputes.reconsideration.total": 10**6})
    built(office, templates)
    spoilt.unlink()
    office.submit(AGENCIES[1])
    run = built(office, templates)
    assert run.kept == (WORD.replace(".docx", "（改动备份1）.docx"),)
    assert (office.outputs / run.kept[0]).read_bytes() == b"edited by hand"


def test_a_check_writes_findings_and_the_review_page_and_nothing_else(office, templates):
    check(examined(office, templates), templates)
    assert set(contents(office)) == {"findings.json", "核对报告.html"}


def test_a_figure_that_changes_on_the_way_to_paper_ends_unverified(office, templates, monkeypatch):
    import pipeline.render.word as word

    render = word.render_word

    def careless(document, pages):
        grid = next(block.grid for block in document.blocks if hasattr(block, "grid"))
        index = next(i for i, cell in enumerate(grid.cells) if cell.address)
        cells = list(grid.cells)
        cells[index] = cells[index]._replace(text="999")
        blocks = tuple(
            type(block)(type(grid)(grid.id, grid.caption, grid.widths, grid.head, tuple(cells)))
            if getattr(block, "grid", None) is grid
            else block
            for block in document.blocks
        )
        return render(type(document)(**{**_fields(document), "blocks": blocks}), pages)

    monkeypatch.setattr(word, "render_word", careless)
    run = built(office, templates)
    assert run.exit_code is ExitCode.UNVERIFIED
    assert run.record["status"] == "blocked"
    assert run.record["verified"]["docx"] == run.record["verified"]["cells"] - 1
    (finding,) = [finding for finding in run.findings if finding.is_error]
    assert (finding.code, finding.found) == ("readback-cell", "999")


def _fields(record):
    return {name: getattr(record, name) for name in record.__struct_fields__}


def test_two_runs_at_once_are_refused(office, templates):
    workspace = Workspace.at(office.root, None)
    with locked(workspace), pytest.raises(OperatorError, match="另有一次运行") as refused, locked(workspace):
        pass
    assert refused.value.code is ExitCode.LOCKED


def test_the_lock_is_let_go(office):
    workspace = Workspace.at(office.root, None)
    with locked(workspace):
        pass
    with FileLock(office.root / "outputs" / ".2019.lock", timeout=0):
        pass


def test_blanks_for_everyone_and_a_zip_of_them(office, templates):
    gathered = inputs(office, templates)
    names, _ = publish_blanks(gathered, gathered.roster.agencies)
    assert len(names) == len(AGENCIES) + 1
    with ZipFile(office.outputs / "空白表.zip") as bundle:
        assert sorted(bundle.namelist()) == sorted(
            path.name for path in (office.outputs / "空白表").iterdir()
        )


def test_a_file_named_outputs_is_said_and_left(office):
    (office.root / "outputs").write_text("x", encoding="utf-8")
    with pytest.raises(OperatorError) as refused, locked(Workspace.at(office.root, None)):
        pass
    assert refused.value.code is ExitCode.OUTPUT
    assert "File exists" not in refused.value.message


def test_a_draft_names_its_gaps_and_stands_beside_the_report(office, templates):
    final = built(office, templates)
    office.submit(AGENCIES[1], {"requests.received.business": "若干"})
    draft = build(examined(office, templates), templates, dict, draft=True)
    assert (draft.record["status"], draft.exit_code) == ("draft", ExitCode.FINDINGS)
    assert draft.record["standing"] == reports(final)
    names = [entry["path"].rsplit("/", 1)[1] for entry in reports(draft)]
    endings = (".docx", ".pdf", ".html", "（网页粘贴用）.html")
    assert names == [WORD.replace(".docx", f"（草稿）{ending}") for ending in endings]
    assert draft.record["verified"]["docx"] == draft.record["verified"]["cells"]
    from pipeline.verify.word import read_word

    tables = read_word((office.outputs / names[0]).read_bytes()).tables
    assert sum(cell == "〔缺〕" for table in tables for cell in table) == 1


def test_a_report_under_another_title_does_not_stay_beside_the_new_one(office, templates):
    """The organ was misspelt: nobody should publish the old file by mistake. A draft, crossed out, may lie there."""
    build(examined(office, templates), templates, dict, draft=True)
    old = [entry for entry in reports(built(office, templates)) if entry["kind"].startswith("report")]
    office.write("report.toml", SETTINGS.format(year=office.year).replace("某某市", "某某县"))
    new = built(office, templates).record
    names = {entry["path"].rsplit("/", 1)[1] for entry in old}
    assert {path.name for path in (office.outputs / "已作废").iterdir()} == names
    lying = {path.name for path in office.outputs.iterdir()}
    assert not names & lying
    assert WORD.replace("市", "县") in lying
    assert WORD.replace(".docx", "（草稿）.docx") in lying
    assert not {entry["path"] for entry in old} & {entry["path"] for entry in new["standing"]}


def test_without_a_narrative_there_is_not_even_a_draft(office, templates):
    (office.inputs / "narrative.md").unlink()
    run = build(examined(office, templates), templates, dict, draft=True)
    assert (run.record["status"], reports(run)) == ("blocked", [])


def test_blanks_made_anew_leave_no_trace_of_the_old_ones_but_keep_an_edited_one(office, templates):
    gathered = inputs(office, templates)
    first, _ = publish_blanks(gathered, gathered.roster.agencies)
    edited = office.outputs / first[1]
    edited.write_bytes(b"edited by hand")
    office.write("report.toml", 'organ = "某某市"\ndate = 2020-01-05\n')
    gathered = inputs(office, templates)
    _, said = publish_blanks(gathered, gathered.roster.agencies)
    kept = list(office.outputs.rglob("*（改动备份*"))
    assert [path.read_bytes() for path in kept] == [b"edited by hand"]
    assert [path.name for path in kept] == list(said)
    assert len(list((office.outputs / "空白表").iterdir())) == len(AGENCIES) + 1


OWN = 'fonts = "system"\n'


@pytest.fixture
def font_folder(tmp_path):
    """The fonts of an office's computer: each of the five under the name the office knows it by."""
    folder = tmp_path / "Fonts"
    folder.mkdir()
    (folder / "xbs.ttf").write_bytes(named(BOLD, "方正小标宋简体", postscript="FZXBSJW--GB1-0"))
    (folder / "fs.otf").write_bytes(named(FANG, "仿宋_GB2312", postscript="FangSong_GB2312", licence=8))
    (folder / "kt.otf").write_bytes(named(KAI, "楷体_GB2312", postscript="KaiTi_GB2312"))
    (folder / "simhei.ttf").write_bytes(renamed(ordinary(HEI, 256), "黑体", "SimHei"))
    both = collection(renamed(ordinary(HEI), "新宋体", "NSimSun"), renamed(ordinary(SONG), "宋体", "SimSun"))
    (folder / "simsun.ttc").write_bytes(both)
    return folder


def built_with(office, templates, folder):
    """A run of an office that wants its own faces, those in the folder."""
    text = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", text if OWN in text else OWN + text)
    text = (office.inputs / "narrative.md").read_text(encoding="utf-8")
    office.write("narrative.md", text.replace("无。", "联系人：王硚。"))
    gathered = load_inputs(Workspace.at(office.root, None), templates, (folder,))
    return build(examine(gathered, DAY), templates, dict)


def about_fonts(run):
    """What is said of faces that were asked for and are not there."""
    return [finding.found for finding in run.findings if finding.code == "font-substituted"]


def faces_of(office):
    """The faces embedded in the report's PDF."""
    with pikepdf.open(office.outputs / WORD.replace(".docx", ".pdf")) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        return {str(font.DescendantFonts[0].BaseFont).partition("+")[2] for font in fonts}


def test_an_office_prints_with_its_own_faces_and_every_cell_is_proved(office, templates, font_folder):
    run = built_with(office, templates, font_folder)
    assert (run.exit_code, about_fonts(run)) == (ExitCode.OK, [])
    assert faces_of(office) == {
        "FZXBSJW--GB1-0",
        "FangSong_GB2312",
        "KaiTi_GB2312",
        "SimHei",
        "SimSun",
        "ReportSong-Regular",
    }
    verified = run.record["verified"]
    assert verified["pdf"] == verified["docx"] == verified["cells"] > 0


def test_the_same_computer_prints_the_same_bytes(office, templates, font_folder):
    built_with(office, templates, font_folder)
    first = contents(office)
    built_with(office, templates, font_folder)
    assert contents(office) == first


def test_an_office_without_its_own_faces_prints_with_the_programs_and_is_told_once(
    office, templates, tmp_path
):
    run = built_with(office, templates, tmp_path / "none")
    assert run.exit_code is ExitCode.OK
    assert about_fonts(run) == ["小标宋、黑体、楷体、仿宋、宋体"]
    assert all(name.startswith("Report") for name in faces_of(office))


def test_a_check_tells_it_too_and_an_office_that_did_not_ask_is_told_nothing(office, templates, tmp_path):
    assert about_fonts(check(examined(office, templates), templates)) == []
    office.write("report.toml", OWN + (office.inputs / "report.toml").read_text(encoding="utf-8"))
    assert len(about_fonts(check(examined(office, templates), templates))) == 1


def switched_off(office, code):
    """The office does not want to hear of this code."""
    settings = (office.inputs / "report.toml").read_text(encoding="utf-8")
    office.write("report.toml", settings + f'[rules]\n{code} = "off"\n')


def test_an_office_that_switched_the_notice_off_hears_nothing_of_it(office, templates, tmp_path):
    switched_off(office, "font-substituted")
    run = built_with(office, templates, tmp_path / "none")
    assert (run.exit_code, about_fonts(run)) == (ExitCode.OK, [])
    assert about_fonts(check(examined(office, templates), templates)) == []


def test_a_missing_character_cannot_be_switched_off(office, templates):
    switched_off(office, "glyph-missing")
    with pytest.raises(OperatorError, match="不能改 glyph-missing：印出来会是空框"):
        inputs(office, templates)


def test_an_office_that_did_not_ask_prints_as_ever_whatever_its_computer_has(office, templates, font_folder):
    built(office, templates)
    first = contents(office)
    gathered = load_inputs(Workspace.at(office.root, None), templates, (font_folder,))
    build(examine(gathered, DAY), templates, lambda: {"started": "now", "seconds": 1.0})
    assert contents(office) == first
