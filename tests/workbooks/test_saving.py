"""A saved workbook carries the day it was told, and the same bytes come twice."""

import datetime
import errno
import io
import zipfile

import pytest
from lxml.etree import SerialisationError
from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from kit.opened import opened
from pipeline.errors import ExitCode, OperatorError
from pipeline.workbooks.saving import saved

DAY = datetime.date(2021, 1, 31)


def workbook() -> Workbook:
    book = Workbook()
    book.worksheets[0]["A1"] = "=1+1"
    return book


def test_the_date_in_the_properties_is_the_one_given() -> None:
    properties = opened(saved(workbook(), "报送表", DAY)).properties
    moment = datetime.datetime(2021, 1, 31)  # noqa: DTZ001 - the file format's own times have no zone
    assert (properties.created, properties.modified) == (moment, moment)
    assert (properties.title, properties.creator) == ("报送表", "make-report")


def test_the_same_content_gives_the_same_bytes() -> None:
    assert saved(workbook(), "表", DAY) == saved(workbook(), "表", DAY)


def test_the_opening_program_is_told_to_work_out_the_formulas() -> None:
    package = zipfile.ZipFile(io.BytesIO(saved(workbook(), "表", DAY)))
    assert 'fullCalcOnLoad="1"' in package.read("xl/workbook.xml").decode()


def test_what_xml_cannot_carry_is_left_out_of_the_title_too():
    book = Workbook()
    content = saved(book, "甲\x00乙\ufffe\x1b", datetime.date(2021, 1, 1))
    assert opened(content).properties.title == "甲乙"


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space"), SerialisationError("IO_ENOSPC")])
def test_a_full_disk_of_temporary_files_is_an_operator_s_matter(monkeypatch, error):
    def full(self):
        raise error

    monkeypatch.setattr(ExcelWriter, "save", full)
    with pytest.raises(
        OperatorError, match="写不进临时文件夹 .*：磁盘已满。请在它所在的磁盘上腾出地方"
    ) as refused:
        saved(workbook(), "表", DAY)
    assert refused.value.code is ExitCode.OUTPUT
