"""Put formulas' results back into a workbook that openpyxl has saved: it writes formulas without them."""

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from pipeline.archive import repacked

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def with_results(content: bytes, results: Mapping[int, Mapping[str, object]]) -> bytes:
    """The workbook with these results (text, bool, number) of its formulas, by sheet number and cell name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            number = name.removeprefix("xl/worksheets/sheet").removesuffix(".xml")
            mine = results.get(int(number), {}) if number.isdigit() else {}
            target.writestr(name, _filled(part, mine) if mine else part)
    return repacked(buffer.getvalue())


def _filled(part: bytes, results: Mapping[str, object]) -> bytes:
    tree = etree.fromstring(part)
    for cell in tree.iter(f"{MAIN}c"):
        result = results.get(cell.get("r", ""))
        if result is None or cell.find(f"{MAIN}f") is None:
            continue
        value = cell.find(f"{MAIN}v")
        if value is None:
            value = etree.SubElement(cell, f"{MAIN}v")
        kind, value.text = _written(result)
        cell.set("t", kind)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _written(result: object) -> tuple[str, str]:
    """A result's cell type and text (ECMA-376 part 1, 18.18.11)."""
    if isinstance(result, bool):
        return "b", str(int(result))
    if isinstance(result, int | float):
        return "n", repr(int(result) if float(result).is_integer() else result)
    return "str", str(result)
