"""From an openpyxl workbook to bytes that depend on its content alone."""

import datetime
import io
import re
import zipfile

from openpyxl import Workbook
from openpyxl.workbook.properties import CalcProperties
from openpyxl.writer.excel import ExcelWriter

from pipeline.archive import repacked

CREATOR = "make-report"
_UNCARRIED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def carried(text: str) -> str:
    """The text without the characters that XML cannot carry (XML 1.0, 2.2)."""
    return _UNCARRIED.sub("", text)


def saved(workbook: Workbook, title: str, date: datetime.date) -> bytes:
    """The workbook as .xlsx; ``title`` and ``date`` stand in its properties.

    Formulas carry no results: the program that opens the file is told to work them all out.
    """
    moment = datetime.datetime.combine(date, datetime.time())
    properties = workbook.properties
    properties.title = carried(title)
    properties.creator = properties.lastModifiedBy = CREATOR
    properties.created = properties.modified = moment
    workbook.calculation = CalcProperties(fullCalcOnLoad=True)
    package = io.BytesIO()
    # Not workbook.save(): that stamps the clock's time into the properties.
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
        ExcelWriter(workbook, archive).save()
    return repacked(package.getvalue())
