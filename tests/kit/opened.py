"""A written workbook opened again, as a test looks at it."""

import io
from typing import Any

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook


def opened(content: bytes) -> Workbook:
    """The workbook with its formulas."""
    return openpyxl.load_workbook(io.BytesIO(content))


def shown(content: bytes) -> dict[str, list[list[Any]]]:
    """What a reader sees: every sheet's rows of values, formulas worked out."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def texts(sheet: Worksheet) -> list[str]:
    """Every text of a sheet, in reading order."""
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def below(rows: list[list[Any]], table_rows: int) -> list[str]:
    """The check lines under a table that has this many rows, empty ones left out."""
    return [str(row[0]) for row in rows[2 + table_rows :] if row[0]]
