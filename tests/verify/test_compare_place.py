"""A table carried to another section says the wrong thing there, though every figure in it is right."""

import io
from functools import partial

import docx
import pytest

from kit.word import catalogue, report
from pipeline.model.rendition import ReadBack
from pipeline.render.word import render_word
from pipeline.verify.compare_place import FIRST, moved_tables, paired_tables
from pipeline.verify.word import read_word

DOCUMENT = report()
CONTENT = render_word(DOCUMENT)


def moved(change):
    opened = docx.Document(io.BytesIO(CONTENT))
    change(opened, [table._tbl for table in opened.tables])
    saved = io.BytesIO()
    opened.save(saved)
    read = read_word(saved.getvalue())
    wording = partial(catalogue().finding, year=2020, workbook="报告.docx")
    return [
        (finding.code, finding.found, finding.expected) for finding in moved_tables(DOCUMENT, read, wording)
    ]


def test_tables_in_their_places_are_not_spoken_of():
    assert moved(lambda opened, tables: None) == []


def test_a_table_moved_to_the_end():
    assert moved(lambda opened, tables: opened.paragraphs[-1]._p.addnext(tables[2])) == [
        ("readback-moved", "2020年未收取信息处理费。", "四、政府信息公开行政复议、行政诉讼情况")
    ]


def test_every_table_moved_to_the_end_in_order():
    def move(opened, tables):
        for table in reversed(tables):
            opened.paragraphs[-1]._p.addnext(table)

    assert [found for _, found, _ in moved(move)] == ["2020年未收取信息处理费。"] * 3


def test_a_table_moved_to_the_top():
    assert moved(lambda opened, tables: opened.paragraphs[0]._p.addprevious(tables[0])) == [
        ("readback-moved", FIRST, "二、主动公开政府信息情况")
    ]


def test_a_line_added_or_taken_out_moves_no_table():
    def revise(opened, tables):
        tables[1].addprevious(opened.paragraphs[0].insert_paragraph_before("新写的一段")._p)
        lost = opened.paragraphs[2]._p
        lost.getparent().remove(lost)

    assert moved(revise) == []


def test_nothing_is_said_where_the_reader_knows_no_places():
    read = read_word(CONTENT)
    assert list(moved_tables(DOCUMENT, ReadBack(read.lines[:3], read.tables), pytest.fail)) == []


def test_tables_are_paired_by_what_they_say():
    tables = read_word(CONTENT).tables
    assert list(paired_tables(DOCUMENT.grids, tables[1:])) == [(0, None), (1, 0), (2, 1)]
