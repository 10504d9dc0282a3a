"""The Word file, printed by LibreOffice where the official faces are installed, has the pages of the PDF."""

import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from kit.pages import farthest_apart, page_lines
from kit.report import CHART, CLOSING, OPENING, PASSAGE, document, filled, fonts, paragraph, report
from kit.soffice import as_pdf
from pipeline.compose.contents import with_contents
from pipeline.compose.title import broken_title
from pipeline.forms.load import load_form
from pipeline.model.document import Block, Document, Heading, Table
from pipeline.model.form import StatutoryForm
from pipeline.model.grid import Grid
from pipeline.render.pdf import heading_pages, render_pdf
from pipeline.render.word import render_word

pytestmark = pytest.mark.office

FORMS = {
    edition: Path(__file__).parents[1] / f"templates/forms/{edition}.toml" for edition in ("2019", "2021")
}
ORGAN = "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县住房和城乡建设局"
SENTENCES = (
    "坚持把政务公开工作纳入重要议事日程，主要负责同志每季度听取汇报，分管负责同志逐项推动落实，",
    "全年通过政府网站、政务新媒体和政务服务大厅公开信息{number}条，比上年增长12.{number}%；",
    "依法办理“最多跑一次”事项，编制《基层政务公开标准目录》（26个试点领域），",
    "制定、修订行政规范性文件{number}件——全部同步发布解读材料，",
    "开展业务培训3场、{number}人次，对各旗市区和42个部门开展第三方评估，",
    "但公开的深度与群众的期待相比还有差距：一是主动公开不够及时，二是解读形式单一，三是队伍力量薄弱……",
)


def narrative(count: int) -> list[Block]:
    """So many passages, each different, of one to six sentences."""
    passages = []
    for number in range(1, count + 1):
        chosen = [SENTENCES[(number * 7 + step * 5) % len(SENTENCES)] for step in range(1 + number % 6)]
        text = f"第{number}项工作。" + "".join(chosen).format(number=number * 37 % 1000)
        passages.append(paragraph(text.rstrip("，；") + "。"))
    return list(passages)


def pushed(form: StatutoryForm, lines: int) -> Document:
    """A long table that begins so many lines down the first page."""
    tables = [Table(grid) for grid in filled(form)]
    blocks: list[Block] = [paragraph(CLOSING)] * lines
    blocks += [Heading(1, form.sections[2]), tables[1], Heading(1, form.sections[3]), tables[2]]
    return document(*blocks, Heading(1, form.sections[4]), *narrative(6))


def wordy(grid: Grid) -> Grid:
    """The table with explanations behind its numbered labels."""
    cells = (
        cell._replace(text=cell.text + "处理情况说明" * 12)
        if cell.text[:1].isdigit() and not cell.address
        else cell
        for cell in grid.cells
    )
    return replace(grid, cells=tuple(cells))


def documents() -> dict[str, Document]:
    """What an office might have to print, plain and awkward."""
    forms = {edition: load_form(path) for edition, path in FORMS.items()}
    old, new = forms.values()
    tables = [Table(grid) for grid in filled(old)]
    made = {f"sample-{edition}": report(form) for edition, form in forms.items()}
    made |= {f"long-{edition}": report(form, 3) for edition, form in forms.items()}
    made |= {f"pushed-{lines}": pushed(old if lines % 2 else new, lines) for lines in range(4, 13)}
    made["draft"] = report(new, draft=True)
    made["twenty-pages"] = document(Heading(1, old.sections[0]), *narrative(85))
    made["long-title"] = document(
        *narrative(9), title=broken_title(f"{ORGAN}2020年政府信息公开工作年度报告", ORGAN)
    )
    made["rare-names"] = document(
        paragraph(OPENING), *narrative(12), title=("武汉市硚口区䶮湾街道办事处", "2020年度报告")
    )
    made["pictures"] = document(
        *narrative(4), CHART, *narrative(9), replace(CHART, caption="图2　答复情况"), *narrative(12)
    )
    made["table-over-three-pages"] = document(
        Heading(1, old.sections[2]), Table(wordy(tables[1].grid)), *narrative(4)
    )
    made["contents"] = with_contents(made["long-2021"])
    made["empty-section-six"] = document(
        Heading(1, old.sections[0]), paragraph(PASSAGE), *tables, Heading(1, old.sections[5])
    )
    return made


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, bytes]]:
    """Each document as our PDF and as LibreOffice prints our Word file."""
    made = documents()
    folder = tmp_path_factory.mktemp("office")
    files = {name: render_word(one, heading_pages(one, fonts())) for name, one in made.items()}
    words = as_pdf(folder, files)
    return {name: (render_pdf(one, fonts()), words[name]) for name, one in made.items()}


@pytest.mark.parametrize("name", documents())
def test_pages_begin_within_one_line_of_each_other(
    name: str, printed: dict[str, tuple[bytes, bytes]]
) -> None:
    ours, theirs = map(page_lines, printed[name])
    assert abs(ours[-1].page - theirs[-1].page) <= 1
    assert farthest_apart(ours, theirs) <= 1


@pytest.mark.parametrize("late", [0, 1, 2])
def test_pages_that_begin_later_are_seen(late: int, printed: dict[str, tuple[bytes, bytes]]) -> None:
    ours = page_lines(printed["twenty-pages"][0])
    shifted = [replace(line, page=ours[max(0, place - late)].page) for place, line in enumerate(ours)]
    assert farthest_apart(ours, shifted) == late


def test_the_narrative_has_twenty_pages(printed: dict[str, tuple[bytes, bytes]]) -> None:
    assert page_lines(printed["twenty-pages"][0])[-1].page >= 19


def test_libreoffice_found_the_official_faces(
    printed: dict[str, tuple[bytes, bytes]], tmp_path: Path
) -> None:
    file = tmp_path / "sample.pdf"
    file.write_bytes(printed["sample-2019"][1])
    used = subprocess.run(["pdffonts", file], check=True, capture_output=True, timeout=60).stdout.decode()
    for face in ("Song-Bold", "Hei-Medium", "Kai-Regular", "Fang-Regular", "Song-Regular"):
        assert face in used
