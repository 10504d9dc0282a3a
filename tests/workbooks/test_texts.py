"""文字材料: an agency's texts by section."""

from pipeline.model.place import CellPlace
from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.texts import read_texts


def texts(form, name, cells):
    return read_texts(
        form.sections,
        [Sheet("主动公开", visible=True, cells={}), Sheet(name, visible=True, cells=cells)],
        "甲.xlsx",
    )[0]


def test_each_text_stands_beside_its_sections_title(form):
    cells = {
        (1, 1): "文字材料",
        (4, 2): "一、总体情况",
        (4, 3): " 第一段\n第二段 ",
        (9, 2): "六、其他 需要报告的事项",
        (9, 3): "无",
    }
    assert texts(form, "文字材料", cells) == {1: "第一段\n第二段", 6: "无"}
    assert texts(form, "Sheet6", cells) == {1: "第一段\n第二段", 6: "无"}


def test_nothing_beside_a_title_is_no_text(form):
    assert (
        texts(form, "文字材料", {(1, 1): "一、总体情况", (2, 1): "二、主动公开政府信息情况", (2, 2): "  "})
        == {}
    )


def test_a_tables_own_title_is_not_a_text(form):
    assert texts(form, "Sheet1", {(1, 1): "一、总体情况", (1, 2): "审核意见"}) == {}


def test_a_title_merged_over_columns_has_its_text_behind_them(form):
    sheet = Sheet(
        "文字材料", visible=True, cells={(1, 1): "一、总体情况", (1, 3): "甲"}, merged={(1, 1): (1, 2)}
    )
    assert read_texts(form.sections, [sheet], "甲.xlsx") == (
        {1: "甲"},
        {1: CellPlace("甲.xlsx", "文字材料", "C1")},
    )
