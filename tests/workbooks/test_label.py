"""Labels retyped by people still mean the same; different labels never do."""

import itertools

import pytest

from pipeline.workbooks.label import bare_key, code_text, is_longer, key, name_text, unit_in


@pytest.mark.parametrize(
    "retyped",
    [
        "商业 企业",
        "商业\n企业",
        "商业\u3000企业",
        "*商业企业：",
        "商\u200b业企业",
        "“商业企业”",
        "商业企业（件）",
    ],
)
def test_white_space_marks_and_a_unit_do_not_matter(retyped):
    assert key(retyped) == key("商业企业")


@pytest.mark.parametrize(
    "retyped", ["属于国家秘密", "1、属于国家秘密", "１．属于国家秘密", "（1）属于国家秘密", "⑴ 属于国家秘密"]
)
def test_the_number_in_front_may_be_left_out(retyped):
    assert bare_key(retyped) == bare_key("1.属于国家秘密")


def test_what_comes_first_of_a_list_may_be_left_out():
    assert bare_key("其中：微博") == bare_key("微博")


def test_prose_is_no_label():
    assert key("一" * 101) == ""
    assert is_longer("一" * 101, 4)
    assert not is_longer("，" * 50 + "万元", 4)
    assert not is_longer("万元" + " " * 200, 4)


def test_no_two_labels_of_a_table_are_alike(form):
    for table in form.tables:
        rows = {cell.row.path for cell in table.cells}
        columns = {cell.column.path for cell in table.cells}
        for lines in (rows, columns):
            assert len({key(path[-1]) for path in lines}) == len(lines)
        for row, column in itertools.product(rows, columns):
            assert key(row[-1]) != key(column[-1])


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("本年收费金额（单位：万元）", "万元"),
        ("采购总金额(亿 元)：", "亿元"),
        ("培训人次（人次）", "人次"),
        ("满意率（％）", "%"),
        ("采购总金额", ""),
        ("社会评议满意率（开展评议的填写）", ""),
    ],
)
def test_the_unit_a_label_states(label, unit):
    assert unit_in(label) == unit


def test_names_stay_as_typed_and_codes_become_whole_again():
    assert name_text(" 满 洲 里\n市（本级） ") == "满洲里市（本级）"
    assert name_text("A  B局") == "A B局"
    assert [code_text(value) for value in (150702.0, "１５０７０２", " 150 702", "150702.0", "15-0.5", None)] == [
        "150702", "150702", "150702", "150702", "15-0.5", "",
    ]  # fmt: skip
