"""From an openpyxl workbook to bytes that depend on its content alone."""

import datetime
import errno
import io
import re
import tempfile
import zipfile

from lxml.etree import SerialisationError
from openpyxl import Workbook
from openpyxl.workbook.properties import CalcProperties
from openpyxl.writer.excel import ExcelWriter

from pipeline.archive import Finish, as_it_is, repacked
from pipeline.errors import ExitCode, OperatorError, reason

CREATOR = "make-report"
_UNCARRIED = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def carried(text: str) -> str:
    """The text without the characters that XML cannot carry (XML 1.0, 2.2)."""
    return _UNCARRIED.sub("", text)


def saved(workbook: Workbook, title: str, date: datetime.date, finish: Finish = as_it_is) -> bytes:
    """The workbook as .xlsx; ``title`` and ``date`` stand in its properties.

    ``finish`` gives each part, by name, as it is to be. Formulas carry no results: the program that opens the
    file is told to work them all out. OperatorError (output) where the folder for temporary files, through
    which openpyxl writes, is full.
    """
    moment = datetime.datetime.combine(date, datetime.time())
    properties = workbook.properties
    properties.title = carried(title)
    properties.creator = properties.lastModifiedBy = CREATOR
    properties.created = properties.modified = moment
    workbook.calculation = CalcProperties(fullCalcOnLoad=True)
    package = io.BytesIO()
    # Not workbook.save(): that stamps the clock's time into the properties.
    try:
        with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
            ExcelWriter(workbook, archive).save()
    except (OSError, SerialisationError) as error:
        raise OperatorError(
            ExitCode.OUTPUT,
            f"写不进临时文件夹 {tempfile.gettempdir()}：{_reason(error)}。请在它所在的磁盘上腾出地方再运行。",
        ) from error
    return repacked(package.getvalue(), finish)


def _reason(error: Exception) -> str:
    """Why the system refused; lxml tells its name for it in words: IO_ENOSPC."""
    if isinstance(error, OSError):
        return reason(error)
    return reason(OSError(getattr(errno, str(error).removeprefix("IO_"), 0), str(error)))
