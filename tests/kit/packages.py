"""Zip packages and worksheet parts, whole and spoiled, as the reader's guard meets them."""

import io
import zipfile
from collections.abc import Mapping

import openpyxl


def package(parts: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts, the same at any time of day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as target:
        for name, part in parts.items():
            target.writestr(zipfile.ZipInfo(name), part, compression)
    return buffer.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a zip, by name."""
    source = zipfile.ZipFile(io.BytesIO(content))
    return {name: source.read(name) for name in source.namelist()}


def small_workbook(**cells: object) -> bytes:
    """An .xlsx of one sheet 表 with these cells: small_workbook(A1=5)."""
    book = openpyxl.Workbook()
    book.active.title = "表"
    for place, value in cells.items():
        book.active[place] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_sheet_part(content: bytes, part: bytes) -> bytes:
    """The workbook with its first sheet's XML replaced."""
    return package(parts_of(content) | {"xl/worksheets/sheet1.xml": part})


def sheet_part(rows: str, lead: str = "") -> bytes:
    """A worksheet part with these rows of XML."""
    return (
        f'{lead}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    ).encode()


def open_document(rows: str, *, manifest: str = "") -> bytes:
    """An .ods of one sheet 表 with these rows of XML."""
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="表">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    listed = f"<manifest>{manifest}</manifest>"
    return package(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": listed,
        }
    )
