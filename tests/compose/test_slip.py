"""The slip as a document: to whom, what, by when; errors first, capped with a count of the rest."""

import datetime

from msgspec.structs import replace

from pipeline.compose.slip import HEADS, PLEASE, compose_slip
from pipeline.model.document import Paragraph
from pipeline.model.grid import CellRole
from pipeline.model.slip import MUST, Slip, SlipLine

LINE = SlipLine(True, "a.xlsx", "依申请公开", ("D6",), "依申请公开 D6", "9", "12", "请改。", "错了。")
SLIP = Slip(
    agency="市教育局",
    organ="某某市",
    compiler="市政务服务局",
    contact="8123456",
    year=2020,
    date=datetime.date(2021, 3, 31),
    by="请于2021年1月20日前",
    workbook="市教育局.xlsx",
    version=2,
    lines=(replace(LINE, is_error=False, found="黄"), LINE, replace(LINE, findings=30)),
    marked=("市教育局（标注）.xlsx",),
)


def texts(document):
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def rows(document):
    (grid,) = document.grids
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


def test_errors_stand_before_what_is_to_be_looked_at_each_under_its_band():
    found = rows(compose_slip(SLIP, 3))
    assert found[0] == list(HEADS)
    assert [row[0] for row in found[1:]] == [MUST, "1", "2", PLEASE, "3"]
    assert found[5] == ["3", "依申请公开 D6", "黄", "12", "请改。"]


def test_the_table_covers_every_place_once():
    (grid,) = compose_slip(SLIP, 3).grids
    covered = [(cell.row, cell.column + number) for cell in grid.cells for number in range(cell.columns)]
    assert sorted(covered) == [(row, column) for row in range(grid.rows) for column in range(grid.columns)]
    assert {cell.role for cell in grid.cells} == {CellRole.HEAD, CellRole.BAND, CellRole.STUB, CellRole.WORDS}


def test_what_is_left_out_is_counted_by_findings():
    told = "".join(texts(compose_slip(SLIP, 1)))
    assert "有 31 处必须改正、有 1 处请核实" in told
    assert "还有 31 处没有列出，都标在附上的标注版里" in told
    assert "有 1 处请核实，请照下表改好重报。" in told
    only = compose_slip(replace(SLIP, lines=SLIP.lines[:1]), 1)
    assert "有 1 处请核实，请照下表核实，有误的改好重报。" in "".join(texts(only))
    assert "没有列出" not in "".join(texts(compose_slip(SLIP, 3)))


def test_it_says_what_to_send_back_by_when_and_whom_to_ask():
    told = texts(compose_slip(SLIP, 3))
    assert told[0].startswith("市教育局：你单位报来的“市教育局.xlsx”（第 2 次报送）有 31 处")
    assert told[-2].endswith("改好后把封面的“报送次数”改成 3，另存，请于2021年1月20日前发回。")
    assert told[-1] == "联系：市政务服务局　8123456。"


def test_without_a_marked_copy_or_a_number_of_its_own_it_speaks_of_neither():
    told = "".join(texts(compose_slip(replace(SLIP, marked=(), version=None, contact=""), 3)))
    assert "标红" not in told
    assert "“报送次数”加一" in told
    assert "联系：市政务服务局。" in told


def test_a_very_long_text_is_cut():
    line = replace(LINE, found="长" * 200)
    assert rows(compose_slip(replace(SLIP, lines=(line,)), 1))[2][2] == "长" * 30 + "……"


def test_from_whom_nothing_came_is_asked_for_everything():
    document = compose_slip(replace(SLIP, workbook="", lines=(), marked=()), 1)
    assert document.title == "2020年政府信息公开年报数据催报单"
    assert document.grids == ()
    assert "还没有收到你单位2020年政府信息公开年报能用的数据表" in "".join(texts(document))
