"""A real workbook changed as a clerk changes it: cells typed, merged, hidden, rows and sheets copied or gone."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl

from kit import biff, opendocument
from pipeline.archive import repacked

Place = tuple[str, str]
"""A sheet, and a cell, an area or a row of it."""
Books = Callable[[openpyxl.Workbook], object]


def place(name: str) -> Place:
    """The place that "sheet!A1" names."""
    sheet, _, where = name.rpartition("!")
    return sheet, where


def retyped(content: bytes, suffix: str, cells: Mapping[str, Any]) -> bytes:
    """Cells typed anew, by "sheet!A1": a number, a text, a date, "" for blank.

    In an .xlsx also ``{"formula": …, "shows": its stored result}`` and ``{"number": …, "format": …}``. Results of
    other formulas are not kept, as by a program that does not work them out.
    """
    typed = {place(name): None if value == "" else value for name, value in cells.items()}
    if suffix in {".xls", ".et"}:
        return biff.retyped(content, typed)
    if suffix == ".ods":
        return opendocument.retyped(content, typed)
    stale = {
        at: value["shows"] for at, value in typed.items() if isinstance(value, dict) and "shows" in value
    }
    return _showing(_changed(content, lambda book: _type(book, typed)), stale)


def _type(book: openpyxl.Workbook, cells: Mapping[Place, Any]) -> None:
    for (sheet, a1), value in cells.items():
        cell = book[sheet][a1]
        if isinstance(value, dict):
            cell.value = value.get("formula", value.get("number"))
            cell.number_format = value.get("format", cell.number_format)
        else:
            cell.value = value


def _showing(content: bytes, results: Mapping[Place, object]) -> bytes:
    """The .xlsx with results stored beside formulas, whatever these would give."""
    sheets = openpyxl.load_workbook(io.BytesIO(content), read_only=True).sheetnames if results else []
    parts = {f"xl/worksheets/sheet{sheets.index(sheet) + 1}.xml": sheet for sheet, _ in results}
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w") as target:
        for part in source.namelist():
            text = source.read(part)
            for (sheet, a1), value in results.items():
                if parts.get(part) == sheet:
                    pattern = rf'(<c r="{a1}"[^>]*>(?:(?!</c>).)*?<v)(?: ?/>|>[^<]*</v>)'.encode()
                    text, count = re.subn(pattern, rf"\g<1>>{value}</v>".encode(), text)
                    assert count == 1, (sheet, a1)
            target.writestr(part, text)
    return repacked(written.getvalue())


def merged(content: bytes, areas: Sequence[str]) -> bytes:
    """Areas ("sheet!E6:F6") made one cell each; only the first cell's content stays."""
    return _changed(
        content, lambda book: [book[sheet].merge_cells(area) for sheet, area in map(place, areas)]
    )


def hidden(content: bytes, names: Sequence[str]) -> bytes:
    """Rows ("sheet!28") and sheets ("sheet") hidden."""

    def hide(book: openpyxl.Workbook) -> None:
        for sheet, where in map(place, names):
            if sheet:
                book[sheet].row_dimensions[int(where)].hidden = True
            else:
                book[where].sheet_state = "hidden"

    return _changed(content, hide)


def with_copies(content: bytes, copies: Mapping[str, str]) -> bytes:
    """Sheets copied under new names."""

    def copy(book: openpyxl.Workbook) -> None:
        for name, new in copies.items():
            book.copy_worksheet(book[name]).title = new

    return _changed(content, copy)


def without_sheets(content: bytes, names: Sequence[str]) -> bytes:
    """Sheets removed."""
    return _changed(content, lambda book: [book.remove(book[name]) for name in names])


def without_rows(content: bytes, names: Sequence[str]) -> bytes:
    """Rows ("sheet!23") deleted, those below moved up."""
    return _changed(
        content, lambda book: [book[sheet].delete_rows(int(row)) for sheet, row in map(place, names)]
    )


def _changed(content: bytes, change: Books) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
