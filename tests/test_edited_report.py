"""A person edits the Word report, LibreOffice saves it as Word and WPS would, and ``verify`` reads it back."""

import io
from copy import deepcopy

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from kit.desk import make_report
from kit.office import AGENCIES, open_office
from kit.soffice import saved_anew

RECEIVED, HANDLED = "33795", "31635"
"""What the office's narrative prints of requests received and of those dealt with."""


def line(opened, words):
    return next(one for one in opened.paragraphs if words in one.text)


def retype(old, new):
    def change(opened):
        run = line(opened, old).runs[0]
        run.text = run.text.replace(old, new)

    return change


def cut_at(opened, words, *pieces):
    """The passage's runs cut so that each piece stands in one of its own; returns the runs of the pieces."""
    passage = line(opened, words)
    run, text = passage.runs[0], passage.text
    found = []
    for piece in pieces:
        before, text = text.split(piece, 1)
        for part in (before, piece):
            new = deepcopy(run._r)
            new.text = part
            run._r.addprevious(new)
        found.append(new)
    run.text = text
    return found


def struck_out(opened, old, new):
    """Retype with changes tracked: struck out and put in, neither accepted."""
    (run,) = cut_at(opened, old, old)
    marks = f"{nsdecls('w')} w:id='9' w:author='审核人' w:date='2021-03-01T09:00:00Z'"
    deleted, inserted = parse_xml(f"<w:del {marks}/>"), parse_xml(f"<w:ins {marks}/>")
    run.addprevious(deleted)
    run.addprevious(inserted)
    typed = deepcopy(run)
    typed.text = new
    inserted.append(typed)
    deleted.append(run)
    for text in deleted.iter(qn("w:t")):
        text.tag = qn("w:delText")


def track(old, new):
    return lambda opened: struck_out(opened, old, new)


def track_a_row_out(opened):
    row = opened.tables[0].rows[3]._tr
    marks = f"{nsdecls('w')} w:id='9' w:author='审核人' w:date='2021-03-01T09:00:00Z'"
    row.get_or_add_trPr().append(parse_xml(f"<w:del {marks}/>"))
    for run in list(row.iter(qn("w:r"))):
        deleted = parse_xml(f"<w:del {marks}/>")
        run.addprevious(deleted)
        deleted.append(run)
    for text in list(row.iter(qn("w:t"))):
        text.tag = qn("w:delText")


def insert_a_row(opened):
    row = opened.tables[0].rows[3]._tr
    row.addnext(deepcopy(row))


def retype_a_label(opened):
    opened.tables[2].cell(0, 0).paragraphs[0].runs[0].text = "行政申诉"


def retype_a_cell(opened):
    opened.tables[1].cell(3, 3).paragraphs[0].runs[0].text = "9999"


def delete_a_table(opened):
    table = opened.tables[0]._tbl
    table.getparent().remove(table)


def copy_a_table(opened):
    table = opened.tables[2]._tbl
    copied = deepcopy(table)
    line(opened, "无。")._p.addnext(copied)
    copied.addnext(parse_xml(f"<w:p {nsdecls('w')}/>"))


def widen_a_column(opened):
    for cell in opened.tables[0].column_cells(0):
        cell.width += 200000
    opened.tables[0].columns[0].width += 200000


def widen_one_cell(opened):
    first, second = opened.tables[0].rows[3].cells[:2]
    first.width += 200000
    second.width -= 200000


def merge_cells(opened):
    table = opened.tables[2]
    table.cell(3, 0).merge(table.cell(3, 1))


def comment(opened):
    passage = line(opened, "还不够丰富")
    opened.add_comment(passage.runs, text="这里写9999件？", author="领导")


def write_a_header(opened):
    for header in (opened.sections[0].header, opened.sections[0].even_page_header):
        header.is_linked_to_previous = False
        header.paragraphs[0].text = "内部资料"


def set_a_heading_as_text(opened):
    line(opened, "（二）依申请公开").style = opened.styles["Body Text"]


def wrap(tag, attributes=""):
    """Put a number between the marks of a hyperlink or a smart tag."""

    def change(opened):
        (run,) = cut_at(opened, RECEIVED, RECEIVED)
        wrapper = parse_xml(f"<w:{tag} {nsdecls('w')} {attributes}/>")
        run.addprevious(wrapper)
        wrapper.append(run)

    return change


def tear(opened):
    """A number torn into runs, a proofing mark between them."""
    first, second = cut_at(opened, RECEIVED, RECEIVED[:2], RECEIVED[2:])
    first.addnext(parse_xml(f"<w:proofErr {nsdecls('w')} w:type='spellStart'/>"))
    second.addprevious(parse_xml(f"<w:bookmarkStart {nsdecls('w')} w:id='77' w:name='x'/>"))
    second.addnext(parse_xml(f"<w:bookmarkEnd {nsdecls('w')} w:id='77'/>"))


EDITS = {
    "nothing": (lambda opened: None, set()),
    "words": (retype("不够丰富", "不够深入"), {"passage-edited"}),
    "moved": (
        retype(f"申请{RECEIVED}件，办理{HANDLED}件", f"申请，办理{HANDLED}件，收到{RECEIVED}件"),
        {"passage-edited"},
    ),
    "figure": (retype(RECEIVED, "33759"), {"readback-figure"}),
    "digit-added": (retype(RECEIVED, f"{RECEIVED}0"), {"readback-figure"}),
    "full-width": (retype(RECEIVED, "３３，７９５"), {"passage-edited"}),
    "half-cut": (retype(f"，办理{HANDLED}件", ""), {"figure-removed"}),
    "typed-anew": (
        retype("公开内容还不够丰富", "全年办结政府信息公开申请77件，公开内容还不够丰富"),
        {"passage-edited", "sentence-contradicts"},
    ),
    "injected": (
        retype("公开内容还不够丰富", "按照雷速体育：的要求，公开内容还不够丰富"),
        {"passage-edited", "text-injected"},
    ),
    "tracked-words": (track("不够丰富", "不够深入"), {"passage-edited"}),
    "tracked-figure": (track(RECEIVED, "33759"), {"readback-figure"}),
    "tracked-row": (track_a_row_out, {"readback-cell"}),
    "row-inserted": (insert_a_row, {"readback-table"}),
    "label": (retype_a_label, {"readback-cell"}),
    "cell": (retype_a_cell, {"readback-cell"}),
    "table-deleted": (delete_a_table, {"readback-table"}),
    "table-copied": (copy_a_table, {"readback-table"}),
    "column-widened": (widen_a_column, set()),
    "cell-widened": (widen_one_cell, set()),
    "cells-merged": (merge_cells, {"readback-merge"}),
    "comment": (comment, set()),
    "header": (write_a_header, {"passage-edited"}),
    "heading-as-text": (set_a_heading_as_text, {"heading-level"}),
    "hyperlink": (wrap("hyperlink", 'w:anchor="heading_1"'), set()),
    "smart-tag": (wrap("smartTag", 'w:uri="urn:x" w:element="x"'), set()),
    "torn": (tear, set()),
}
FIGURES = {"readback-figure", "readback-cell", "readback-table", "readback-merge"}
DETOURS = ("nothing", "words", "figure", "cell", "cells-merged", "heading-as-text")
"""What is also saved in an older or another format on the way."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory, forms, indicators):
    """The folder of an office that built its report."""
    office = open_office(tmp_path_factory.mktemp("desk"), forms["2019"], indicators)
    assert make_report("-q", "-w", office.root).code == 0
    return office


def edited(desk):
    """The built Word report, edited in every way, by name."""
    content = next(desk.outputs.glob("*报告.docx")).read_bytes()
    files = {}
    for name, (change, _) in EDITS.items():
        opened = docx.Document(io.BytesIO(content))
        change(opened)
        stream = io.BytesIO()
        opened.save(stream)
        files[name] = stream.getvalue()
    return files


@pytest.fixture(scope="module")
def in_libreoffice(desk, tmp_path_factory):
    """All of them opened and saved by LibreOffice; some on the way through .doc and .odt."""
    folder, files = tmp_path_factory.mktemp("libreoffice"), edited(desk)
    saved = saved_anew(folder / "docx", files, "docx", "docx")
    for kind in ("doc", "odt"):
        some = saved_anew(folder / kind, {name: files[name] for name in DETOURS}, kind, "docx")
        back = saved_anew(folder / f"{kind} back", some, "docx", kind)
        saved |= {f"{name} {kind}": content for name, content in back.items()}
    return saved


def verified(desk, content, name="签发稿.docx"):
    path = desk.root / name
    path.write_bytes(content)
    said = make_report("verify", path, "--json", "-w", desk.root)
    (entry,) = said.json
    return said, {finding["code"] for finding in entry["findings"]}


@pytest.mark.parametrize("name", EDITS)
def test_an_edited_file_as_it_was_typed(name, desk):
    said, codes = verified(desk, edited(desk)[name])
    assert codes == EDITS[name][1]
    assert said.code == (6 if codes & FIGURES else 0)


@pytest.mark.office
@pytest.mark.parametrize("name", [*EDITS, *(f"{name} {kind}" for name in DETOURS for kind in ("doc", "odt"))])
def test_an_edited_file_saved_anew(name, desk, in_libreoffice):
    said, codes = verified(desk, in_libreoffice[name])
    assert codes == EDITS[name.split()[0]][1], said.err
    assert said.code == (6 if codes & FIGURES else 0)


def test_the_screen_says_figures_first_then_edits_then_the_tally(desk):
    opened = docx.Document(io.BytesIO(edited(desk)["figure"]))
    retype("不够丰富", "不够深入")(opened)
    retype_a_cell(opened)
    path = desk.root / "两处.docx"
    opened.save(path)
    said = make_report("verify", path, "-w", desk.root)
    assert said.code == 6
    cell, figure, words, tally = (
        said.out.index(piece)
        for piece in (
            "（readback-cell）",
            "（readback-figure）",
            "（passage-edited）",
            "相符 284 格；绑定的数 4 个，相符 3 个；改动 2 段",
        )
    )
    assert max(cell, figure) < words < tally
    assert "依申请公开.新收.总计" in said.out
    assert "这份文件不能用" in said.out


def test_every_edited_passage_is_listed(desk):
    opened = docx.Document(io.BytesIO(edited(desk)["nothing"]))
    for number in range(25):
        opened.paragraphs[-1].insert_paragraph_before(f"补充说明之{'甲' * (number + 1)}。")
    path = desk.root / "补充.docx"
    opened.save(path)
    said = make_report("verify", path, "-w", desk.root)
    assert said.code == 0
    assert said.out.count("新加的一段") == 25
    assert "改动 25 段" in said.out
    assert "请自己看一遍" in said.out


def test_without_a_name_the_built_file_is_read_and_its_edits_told(tmp_path, forms, indicators):
    office = open_office(tmp_path, forms["2019"], indicators)
    assert make_report("-q", "-w", office.root).code == 0
    path = next(office.outputs.glob("*报告.docx"))
    opened = docx.Document(path)
    retype("不够丰富", "不够深入")(opened)
    opened.save(path)
    said = make_report("verify", "-w", office.root, "--json")
    word, *others = said.json
    assert (said.code, word["edited"], [one["findings"] for one in others]) == (0, 1, [[]] * len(others))
    office.submit(AGENCIES[1], {"proactive.licences.decisions": 4321})
    again = make_report("verify", "-w", office.root, "--json")
    assert again.code == 6
    (finding,) = [one for one in again.json[0]["findings"] if one["code"] == "readback-cell"]
    assert finding["address"] == "proactive.licences.decisions"


@pytest.mark.office
@pytest.mark.parametrize(
    ("kind", "name"), [("doc", "签发稿.doc"), ("doc", "签发稿.docx"), ("odt", "签发稿.wps")]
)
def test_another_format_is_refused_in_a_sentence(kind, name, desk, tmp_path):
    content = saved_anew(tmp_path, {"旧": edited(desk)["nothing"]}, kind, "docx")["旧"]
    path = desk.root / name
    path.write_bytes(content)
    said = make_report("verify", path, "-w", desk.root)
    assert said.code == 3
    assert "另存" in said.err
    assert "Traceback" not in said.err
