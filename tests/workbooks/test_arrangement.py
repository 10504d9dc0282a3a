"""A workbook laid out like one before is read the fast way, and the fast way says what the full way says."""

import datetime
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kit.workbook import full
from pipeline.model.place import a1
from pipeline.workbooks import arrangement
from pipeline.workbooks.asked import Asked
from pipeline.workbooks.read import Reader
from pipeline.workbooks.sheet import Opened, open_workbook

LAYOUTS = (
    {},
    {"stacked": True},
    {"merged": False},
    {"offset": (3, 2)},
    {"titled": False},
    {"hidden": {"code": "150781", "year": 2020}},
    {"texts": {1: "全年公开。", 5: "单位：万元"}},
)


@pytest.fixture(scope="module")
def asked(forms, indicators, catalogue):
    """What a workbook of 2020 is asked for."""
    return Asked(2020, forms["2019"], tuple(forms.values()), indicators, catalogue)


@pytest.fixture(scope="module")
def opened(asked) -> Sequence[Opened]:
    """The same figures laid out in several ways."""
    return [open_workbook(full(asked.form, asked.year, asked.indicators, **odd).content()) for odd in LAYOUTS]


def with_value(book: Opened, sheet: str, place, value) -> Opened:
    """The workbook with another value in one cell."""
    blocks = []
    for block in book.blocks:
        values = list(block.values)
        if block.name == sheet:
            values[block.index(place)] = value
        blocks.append(replace(block, values=values))
    return replace(book, blocks=tuple(blocks))


def place_of(reader: Reader, book: Opened, address: str):
    cell = reader.read_opened(book, "甲.xlsx")[0].cells[address]
    block = next(block for block in book.blocks if block.name == cell.place.sheet)
    return cell.place.sheet, next(place for place in block.places if a1(*place) == cell.place.a1)


def taught(asked, book: Opened) -> Reader:
    """A reader that has read a workbook laid out like this."""
    reader = Reader(asked)
    reader.read_opened(book, "乙.xlsx")
    return reader


def fits(reader: Reader, book: Opened) -> bool:
    return reader.arrangements.fitting(book.blocks) is not None


def test_other_numbers_and_names_are_read_the_fast_way(asked, opened):
    reader = taught(asked, opened[0])
    address = asked.form.inputs[0]
    other = with_value(opened[0], *place_of(reader, opened[0], address), 77.0)
    other = with_value(other, "封面", (3, 2), "海拉尔区")
    assert fits(reader, other)
    submission, findings = reader.read_opened(other, "甲.xlsx")
    assert (submission.values()[address], submission.cover.agency, findings) == (77, "海拉尔区", ())
    assert (submission, findings) == Reader(asked).read_opened(other, "甲.xlsx")


def test_a_change_in_words_stands_for_a_number(asked, opened):
    """增12 by a number format, a plain 0 in the next workbook."""
    reader = taught(asked, opened[0])
    sheet, place = place_of(
        reader, opened[0], next(one for one in asked.form.inputs if one.endswith("change"))
    )
    for words in ("增12", "减1234567", 0.0):
        assert fits(reader, with_value(opened[0], sheet, place, words))


@pytest.mark.parametrize(
    "value",
    [
        "",
        "规章",
        "无",
        "单位：万元",
        "元",
        "2020年",
        True,
        None,
        datetime.date(2020, 1, 1),
        1e16,
        float("nan"),
    ],
)
def test_what_may_mean_more_than_a_figure_is_read_in_full(asked, opened, value):
    reader = taught(asked, opened[0])
    other = with_value(opened[0], *place_of(reader, opened[0], asked.form.inputs[0]), value)
    assert not fits(reader, other)
    assert reader.read_opened(other, "甲.xlsx") == Reader(asked).read_opened(other, "甲.xlsx")


def test_a_number_that_looks_like_a_year_may_head_a_column_of_indicators(asked, opened):
    reader = taught(asked, opened[0])
    address = next(one.address for one in asked.indicators if one.required and not one.over)
    sheet, place = place_of(reader, opened[0], address)
    assert fits(reader, with_value(opened[0], sheet, place, 2101.0))
    assert not fits(reader, with_value(opened[0], sheet, place, 2021.0))


def test_sheets_hidden_renamed_merged_or_moved_are_read_in_full(asked, opened):
    reader = taught(asked, opened[0])
    first, second, *others = opened[0].blocks
    for changed in (
        replace(second, visible=False),
        replace(second, name="别的"),
        replace(second, merged=second.merged[1:]),
        replace(second, uncached=frozenset([second.places[-1]])),
        replace(second, linked=frozenset([second.places[-1]])),
        replace(second, texts={(999, 1): "#REF!"}),
        replace(second, first=(2, 1)),
    ):
        assert not fits(reader, replace(opened[0], blocks=(first, changed, *others)))
    assert not fits(reader, replace(opened[0], blocks=(second, first, *others)))
    assert not fits(reader, replace(opened[0], blocks=(*opened[0].blocks, second)))


def test_nothing_is_learned_where_a_table_stands_twice_or_anything_is_in_doubt(asked, opened):
    copy = replace(opened[0].blocks[1], name="副本", visible=False)
    assert not fits(taught(asked, replace(opened[0], blocks=(*opened[0].blocks, copy))), opened[0])
    without = replace(opened[0], blocks=opened[0].blocks[:1])
    assert not fits(taught(asked, without), without)


def test_the_arrangement_not_met_for_longest_is_forgotten(asked, opened, monkeypatch):
    monkeypatch.setattr(arrangement, "MOST", 2)
    reader = Reader(asked)
    for book in opened[:3]:
        reader.read_opened(book, "乙.xlsx")
    assert [fits(reader, book) for book in opened[:3]] == [False, True, True]


def test_a_workbook_far_larger_than_ours_is_not_kept(asked, opened, monkeypatch):
    monkeypatch.setattr(arrangement, "LARGEST", 10)
    assert not fits(taught(asked, opened[0]), opened[0])


TEXTS = [
    "",
    " ",
    "/",
    "12",
    "１２",
    "增12",
    "减13",
    "2020",
    "25.1万元",
    "251000元",
    "元",
    "单位：万元",
    "（单位：万元）",
    "数量",
    "上年数",
    "电话",
    "填报单位：某某（150999）",
    "年度：2019",
    "年度",
    "单位名称",
    "文字材料",
    "一、总体情况",
    "规章",
    "其他",
    "十二个字以上的一段很长的文字在这里",
    "万件",
    "%",
    "补充指标",
]
NUMBERS = (2020.0, 20.21, 1e15, 1e16, -5.0, 0.5, 0.0, 12345.0, float("inf"))
OTHERS = (True, None, datetime.date(2020, 1, 1), "x" * 250)
ODD = st.one_of(st.sampled_from((*TEXTS, *NUMBERS, *OTHERS)), st.integers(0, 3000).map(float))
CHANGES = st.lists(
    st.tuples(st.integers(0, 9), st.floats(0, 1, exclude_max=True), st.booleans(), ODD), max_size=3
)


@given(st.integers(0, len(LAYOUTS) - 1), CHANGES)
def test_both_ways_say_the_same_whatever_stands_anywhere(asked, opened, layout, changes):
    reader, book = taught(asked, opened[layout]), opened[layout]
    for number, share, only_numbers, value in changes:
        block = book.blocks[number % len(book.blocks)]
        cells = [
            place
            for place, old in zip(block.places, block.values, strict=True)
            if isinstance(old, float) or not only_numbers
        ]
        if cells:
            book = with_value(book, block.name, cells[int(share * len(cells))], value)
    assert reader.read_opened(book, "甲.xlsx") == Reader(asked).read_opened(book, "甲.xlsx")
