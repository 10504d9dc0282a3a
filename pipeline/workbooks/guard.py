"""The guard before the spreadsheet reader: what a file is by its content, and whether it is safe to open.

Files are hostile until checked. Every part of a zip package is unpacked here once, within limits and with its
checksum, and the reader is handed a new package of just those bytes: what was checked is what is read.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.workbooks.bounds import MAX_SHEETS, SUBMITTED, Bounds, within_bounds
from pipeline.workbooks.compound import check_compound
from pipeline.workbooks.extent import Hidden, Position, hidden
from pipeline.workbooks.familiar import Memory, are_whole, is_whole, recalled
from pipeline.workbooks.formats import shown_numbers, telling_formats
from pipeline.workbooks.markup import check_markup
from pipeline.workbooks.opendocument import check_content
from pipeline.workbooks.package import MEBI, stored, unpacked
from pipeline.workbooks.refusal import RefusalError

MAX_FILE = 32 * MEBI

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_READ_PART = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|xl/_rels/[^/]+\.rels|xl/(workbook|sharedstrings|styles)\.xml"
    r"|xl/(work|chart|dialog|macro)sheets/[^/]+\.xml",
    re.IGNORECASE,
)
_TEXTS = "xl/sharedstrings.xml"
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_OTHER_KINDS = (
    (b"%PDF", "PDF 文件"),
    (b"{\\rtf", "RTF 文档"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
)


class Guarded(Struct, frozen=True):
    """A workbook that may be opened: the bytes for the reader, and what the reader would not show.

    ``hidden`` is by sheet name; ``macros`` says that the workbook carries macros (never run).
    """

    content: bytes
    macros: bool = False
    hidden: Mapping[str, Hidden] = field(default_factory=dict)


def guard(content: bytes, memory: Memory | None = None, bounds: Bounds = SUBMITTED) -> Guarded:
    """The file, checked; RefusalError with its finding code where it must not be opened or is no workbook.

    ``memory`` spares the checks of what it has seen pass before; the result is the same without it.
    ``bounds`` are those of an .xlsx.
    """
    if len(content) > MAX_FILE:
        raise RefusalError("workbook-too-large", f"有 {len(content) // MEBI} MB", f"{MAX_FILE // MEBI} MB")
    if content.startswith(_ZIP):
        return _guard_package(unpacked(content, bounds.part), Memory() if memory is None else memory, bounds)
    if content.startswith(_OLE):
        found = check_compound(content)
        return Guarded(found.content, found.macros, found.hidden)
    raise RefusalError("not-a-workbook", _other_kind(content))


def _other_kind(content: bytes) -> str:
    if not content.strip():
        return "空文件"
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, words in _OTHER_KINDS:
        if start.startswith(mark):
            return words
    if re.match(rb"<(!doctype\s+html|html|head|table|meta|style)", start, re.IGNORECASE):
        return "网页文件，只是改了扩展名"
    return "XML 文件" if start.startswith(b"<") else "认不出的格式"


def _guard_package(parts: Mapping[str, bytes], memory: Memory, bounds: Bounds) -> Guarded:
    names = {name.lower() for name in parts}
    if "xl/workbook.xml" in names:
        return _guard_spreadsheet(parts, memory, bounds)
    if "content.xml" in names and b"opendocument.spreadsheet" in parts.get("mimetype", b""):
        return _guard_open_document(parts)
    raise RefusalError("not-a-workbook", _other_package(names))


def _other_package(names: set[str]) -> str:
    known = {
        "xl/workbook.bin": "二进制工作簿 .xlsb",
        "word/document.xml": "Word 文档",
        "ppt/presentation.xml": "演示文稿",
    }
    return next((words for name, words in known.items() if name in names), "压缩包或别的文档")


def _guard_spreadsheet(parts: Mapping[str, bytes], memory: Memory, bounds: Bounds) -> Guarded:
    wanted = {name: part for name, part in parts.items() if _READ_PART.fullmatch(name)}
    sheets = {name: part for name, part in wanted.items() if _SHEET_PART.fullmatch(name)}
    known = {name: facts for name, part in sheets.items() if (facts := recalled(part, memory))}
    check_markup(wanted, {*known, *_whole(wanted, sheets, memory)})
    try:
        held = {name: facts.held for name, facts in known.items()}
        checked = within_bounds(wanted, sheets.keys().__contains__, held, bounds)
        titles = _sheet_names(checked, memory)
        styles = next((part for name, part in checked.items() if name.lower() == "xl/styles.xml"), b"")
        formats = memory.once(("formats", styles), lambda: telling_formats(styles))
        found = {
            name: _with_words(
                known[name].hidden if name in known else hidden(part),
                ()
                if name in known and formats.keys().isdisjoint(known[name].styles)
                else shown_numbers(part, formats),
            )
            for name, part in checked.items()
            if name in sheets
        }
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusalError("workbook-damaged", "工作表的内容不完整") from error
    macros = any(name.lower().endswith("vbaproject.bin") for name in parts)
    by_sheet = {
        titles[name.lower()]: flaws
        for name, flaws in found.items()
        if name.lower() in titles and (flaws.errors or flaws.uncached or flaws.linked)
    }
    return Guarded(stored(checked), macros, by_sheet)


def _whole(parts: Mapping[str, bytes], sheets: Collection[str], memory: Memory) -> Iterator[str]:
    """The parts that are whole XML for certain, of those that many workbooks have alike."""
    for name, part in parts.items():
        if name.lower() == _TEXTS:
            whole = are_whole(part, memory)
        else:
            whole = name not in sheets and memory.once(("whole", part), partial(is_whole, part))
        if whole:
            yield name


def _with_words(found: Hidden, shown: Iterable[tuple[Position, str]]) -> Hidden:
    words = dict(shown)
    return replace(found, errors={**words, **found.errors}) if words else found


def _sheet_names(parts: Mapping[str, bytes], memory: Memory) -> Mapping[str, str]:
    """The sheets' names by their parts', in lower case; RefusalError for too many, or two of one part."""
    lower = {name.lower(): part for name, part in parts.items()}
    links, book = lower.get("xl/_rels/workbook.xml.rels", b"<none/>"), lower["xl/workbook.xml"]
    return memory.once(("names", links, book), lambda: _names_in(links, book))


def _names_in(links: bytes, book: bytes) -> dict[str, str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    targets = {
        link.get("Id"): link.get("Target", "").lower().removeprefix("/xl/").removeprefix("./")
        for link in etree.fromstring(links, parser)
    }
    names: dict[str, str] = {}
    listed = list(etree.fromstring(book, parser).iter("{*}sheet"))
    if len(listed) > MAX_SHEETS:
        raise RefusalError("workbook-too-large", f"有 {len(listed)} 张表", f"{MAX_SHEETS} 张表")
    for sheet in listed:
        link = next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        names[f"xl/{targets.get(link, '')}"] = sheet.get("name", "")
    if len(names) < len(listed):
        raise RefusalError("workbook-damaged", "有两张表指着同一处内容")
    return names


def _guard_open_document(parts: Mapping[str, bytes]) -> Guarded:
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise RefusalError("workbook-password")
    wanted = ("mimetype", "META-INF/manifest.xml", "content.xml", "styles.xml", "meta.xml", "settings.xml")
    kept = {name: parts[name] for name in wanted if name in parts}
    check_markup({name: part for name, part in kept.items() if name != "mimetype"})
    try:
        flaws = check_content(parts["content.xml"])
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusalError("workbook-damaged", "工作表的内容不完整") from error
    return Guarded(stored(kept), any(name.startswith("Basic/") for name in parts), flaws)
