"""An agency's own .xlsx opened to be written on: its look, values and comments kept, all else left behind.

What openpyxl is given are the parts the guard has checked, and of each only what is known to be harmless: no
macros, no links, connections or names, no pictures, no controls.
"""

import io
import warnings
import zipfile
from collections.abc import Callable, Collection, Mapping

import openpyxl
from lxml import etree
from openpyxl.workbook import Workbook

from pipeline.workbooks.guard import guard
from pipeline.workbooks.harmless import is_harmless
from pipeline.workbooks.markup import check_markup
from pipeline.workbooks.package import unpacked
from pipeline.workbooks.refusal import RefusalError

MAX_TAGS = 150_000
"""Tags of all parts: openpyxl takes some ten times the reader's time, and a submission has 20 000."""
KEPT = frozenset((
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection",
    "mergeCells", "conditionalFormatting", "dataValidations", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks",
))  # fmt: skip
"""The children of a worksheet part that stay (ECMA-376 part 1, 18.3.1.99)."""
WORKBOOK_KEPT = frozenset(("workbookPr", "workbookProtection", "bookViews", "sheets", "definedNames"))
RULES = frozenset(("dataValidations", "conditionalFormatting"))
"""The children that are lists of rules with formulas."""
PRINTED = ("_xlnm.Print_Area", "_xlnm.Print_Titles")
"""The names that stay: what is printed."""
_SHEETS, _THEME, _WORKBOOK = "xl/worksheets/", "xl/theme/theme1.xml", "xl/workbook.xml"
_CONTENT_TYPES = "[Content_Types].xml"
_COMMENTS = "/comments"
_STORED = frozenset((_CONTENT_TYPES, "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/styles.xml"))
_SHARED = "xl/sharedstrings.xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def opened_to_write(content: bytes, sheets: Collection[str]) -> Workbook:
    """The workbook, cleaned, its formulas as they are written; ``sheets`` are its sheets' names.

    RefusalError where the guard refuses it; any other exception where openpyxl cannot read it.
    """
    checked = _parts(guard(content).content)
    package = {name: part for name, part in checked.items() if name in _STORED or name.lower() == _SHARED}
    package[_WORKBOOK] = _only(checked[_WORKBOOK], WORKBOOK_KEPT, _is_printed)
    for name, part in checked.items():
        if name.startswith(_SHEETS):
            package[name] = _only(part, KEPT, lambda child: _is_plain(child, sheets))
    package |= _beside(unpacked(content), package)
    check_markup(package)
    if (tags := sum(part.count(b"<") for part in package.values())) > MAX_TAGS:
        raise RefusalError(
            "workbook-too-large", f"内容有 {tags // 10_000} 万个标记", f"{MAX_TAGS // 10_000} 万个标记"
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl warns of is left behind by intent
        return openpyxl.load_workbook(io.BytesIO(_packed(package)), keep_links=False)


def _parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _beside(whole: Mapping[str, bytes], package: Mapping[str, bytes]) -> dict[str, bytes]:
    """The theme, and each kept sheet's comments with the relationship that leads to them, of all parts."""
    found: dict[str, bytes] = {}
    if _THEME in whole:
        found[_THEME] = whole[_THEME]
    for sheet in [name for name in package if name.startswith(_SHEETS)]:
        relations = f"{_SHEETS}_rels/{sheet.removeprefix(_SHEETS)}.rels"
        if relations in whole:
            check_markup({relations: whole[relations]})
            tree = etree.fromstring(whole[relations], _parser())
            for link in list(tree):
                target = _target(link.get("Target", ""))
                if str(link.get("Type", "")).endswith(_COMMENTS) and target in whole:
                    found[target] = whole[target]
                else:
                    tree.remove(link)
            found[relations] = etree.tostring(tree)
    return found


def _target(path: str) -> str:
    """A relationship's target as a part's name, seen from a worksheet."""
    return path.lstrip("/") if path.startswith("/") else f"xl/{path.removeprefix('../')}"


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _only(part: bytes, kept: Collection[str], plain: Callable[[etree._Element], bool]) -> bytes:
    """The part with only those children of these names that are plain, and no relationship in them."""
    tree = etree.fromstring(part, _parser())
    for child in list(tree):
        if not isinstance(child.tag, str) or etree.QName(child).localname not in kept or not plain(child):
            tree.remove(child)
        elif etree.QName(child).localname != "sheets":
            child.attrib.pop(_RELATION, None)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")


def _is_printed(child: etree._Element) -> bool:
    """Of the names only those that say what is printed."""
    if etree.QName(child).localname == "definedNames":
        for name in list(child):
            if name.get("name") not in PRINTED:
                child.remove(name)
        return len(child) > 0
    return True


def _is_plain(child: etree._Element, sheets: Collection[str]) -> bool:
    """Whether a child has anything harmless; of validations and formats each rule is judged by itself."""
    if etree.QName(child).localname not in RULES:
        return True
    for rule in list(child):
        if not _has_plain_formulas(rule, sheets):
            child.remove(rule)
    return len(child) > 0


def _has_plain_formulas(element: etree._Element, sheets: Collection[str]) -> bool:
    formulas = [
        one.text
        for one in element.iter("{*}formula", "{*}formula1", "{*}formula2", "{*}f")
        if isinstance(one.tag, str) and one.text
    ]
    return all(is_harmless(f"={formula}", sheets) for formula in formulas)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part)
    return buffer.getvalue()
