"""A slip 退回单 as a Document: one page that says what to change, where, to what, and how to send it back."""

from collections.abc import Iterator, Sequence

from pipeline.model.document import Block, Document, Paragraph, Table
from pipeline.model.grid import CellRole, Grid, GridCell
from pipeline.model.narrative import Run
from pipeline.model.slip import LOOK, MUST, Slip, SlipLine, count, in_order

HEADS = ("序号", "在哪里", "填的是", "应是", "怎么改")
WIDTHS = (28, 154, 62, 62, 136)
LONGEST = (60, 30, 40, 60)
"""Characters of each cell of a line; the marked workbook has all."""
LONGEST_NAME = 80
PLEASE = f"{LOOK}，有误就改，无误请写明理由"
CAPTION = "要改的地方"


def compose_slip(slip: Slip, shown: int) -> Document:
    """The slip with the first ``shown`` of its lines, errors first; how many more there are, it says."""
    asked = "退回" if slip.workbook else "催报"
    title = f"{slip.year}年政府信息公开年报数据{asked}单"
    return Document(
        title=title,
        title_lines=(title,),
        organ=slip.organ,
        compiler=slip.compiler,
        year=slip.year,
        date=slip.date,
        blocks=tuple(_returned(slip, shown) if slip.workbook else _reminded(slip)),
    )


def _returned(slip: Slip, shown: int) -> Iterator[Block]:
    lines = in_order(slip.lines)
    asked = "请照下表改好重报" if count(lines, errors=True) else "请照下表核实，有误的改好重报"
    yield _paragraph(f"{slip.agency}：你单位报来的{_workbook(slip)}{_amiss(lines)}，{asked}。")
    yield Table(_grid(lines[:shown]))
    left = sum(line.findings for line in lines[shown:])
    where = "都标在附上的标注版里" if slip.marked else "请一并核对"
    more = f"还有 {left} 处没有列出，{where}。" if left else ""
    yield _paragraph(f"{more}{_sent_back(slip)}")
    yield from _contact(slip)


def _reminded(slip: Slip) -> Iterator[Block]:
    yield _paragraph(f"{slip.agency}：还没有收到你单位{slip.year}年政府信息公开年报能用的数据表。")
    yield _paragraph(
        f"请用发给你单位的空白表填好，封面写明单位名称和编码，没有发生的填 0，{slip.by}发来。"
        "已经报过的，请核对发到了哪里、封面的单位名称和编码写得对不对，再发一次。"
    )
    yield from _contact(slip)


def _workbook(slip: Slip) -> str:
    facts = [f"第 {slip.version} 次报送"] * bool(slip.version)
    facts += [f"填报人{slip.filled_by}"] * bool(slip.filled_by)
    return f"“{_shortened(slip.workbook, LONGEST_NAME)}”" + (f"（{'，'.join(facts)}）" if facts else "")


def _amiss(lines: Sequence[SlipLine]) -> str:
    numbers = (count(lines, errors=True), MUST), (count(lines, errors=False), LOOK)
    return "、".join(f"有 {number} 处{words}" for number, words in numbers if number)


def _sent_back(slip: Slip) -> str:
    number = f"改成 {slip.version + 1}" if slip.version else "加一"
    beside = "可以直接在附上的标注版工作簿里改，标红的必须改，标黄的请核实。" if slip.marked else ""
    return f"{beside}改了一个数，加进它的合计也要改。改好后把封面的“报送次数”{number}，另存，{slip.by}发回。"


def _contact(slip: Slip) -> Iterator[Block]:
    whom = slip.contact if slip.compiler in slip.contact else f"{slip.compiler}　{slip.contact}".strip("　")
    if whom:
        yield _paragraph(f"联系：{whom}。")


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def _grid(lines: Sequence[SlipLine]) -> Grid:
    """The table: a band over what must be changed and over what is to be looked at."""
    cells = [GridCell(0, column, 1, 1, CellRole.HEAD, text) for column, text in enumerate(HEADS)]
    row, band = 1, ""
    for number, line in enumerate(lines, 1):
        wanted = MUST if line.is_error else PLEASE
        if wanted != band:
            cells.append(GridCell(row, 0, 1, len(HEADS), CellRole.BAND, wanted))
            row, band = row + 1, wanted
        cells += _row(row, number, line)
        row += 1
    return Grid("slip", CAPTION, WIDTHS, 1, tuple(cells))


def _row(row: int, number: int, line: SlipLine) -> Iterator[GridCell]:
    yield GridCell(row, 0, 1, 1, CellRole.STUB, str(number))
    texts = (line.where, line.found, line.expected, line.remedy)
    for column, (text, longest) in enumerate(zip(texts, LONGEST, strict=True), 1):
        yield GridCell(row, column, 1, 1, CellRole.WORDS, _shortened(text, longest))


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}……"
