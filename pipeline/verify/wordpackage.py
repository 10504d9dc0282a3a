"""A Word file as a package: its main part, and the parts that it names (ECMA-376 part 2)."""

import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Self

from lxml import etree
from msgspec import Struct

from pipeline.verify.wordname import (
    COMMENTS,
    CORE_PROPERTIES,
    ENDNOTES,
    FONT_TABLE,
    FOOTER,
    FOOTNOTES,
    HEADER,
    MAIN_TYPE,
    NUMBERING,
    OFFICE_DOCUMENT,
    SETTINGS,
    STYLES,
    THEME,
)

LARGEST = 256 * 1024 * 1024
"""Unpacked bytes a report may have: a hundred times what one has, and no strain on a small machine."""
AROUND = frozenset({HEADER, FOOTER, FOOTNOTES, ENDNOTES})
"""Text beside the document's own."""
NEEDED = AROUND | {STYLES, SETTINGS, THEME, FONT_TABLE, NUMBERING, COMMENTS, CORE_PROPERTIES}
"""Where one of these is no XML Word does not open the file."""
CONTENT_TYPES = "[Content_Types].xml"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Part(Struct, frozen=True):
    """A part that another names: by which id and as what, its own name in the package and its bytes."""

    id: str
    type: str
    name: str
    content: bytes


class Package(Struct, frozen=True):
    """The main part of a Word file as a tree of its own, and all parts that it names, read and unharmed."""

    root: etree._Element
    parts: tuple[Part, ...]

    @property
    def by_id(self) -> Mapping[str, bytes]:
        """What the parts hold, by the id under which the main part names them."""
        return {part.id: part.content for part in self.parts}

    def of_types(self, types: Iterable[str]) -> Mapping[str, bytes]:
        """What the parts of these types hold, by name: each once, however often it is named."""
        wanted = frozenset(types)
        return {part.name: part.content for part in self.parts if part.type in wanted}


def read_package(content: bytes) -> Package:
    """A Word file's package, and whether all it names is whole.

    KeyError, ValueError, or what ``zipfile`` and lxml raise, where it is none, is damaged or unpacks to more
    than ``LARGEST`` bytes.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if sum(entry.file_size for entry in package.infolist()) > LARGEST:
            message = "unpacks to too much"
            raise OverflowError(message)
        named = list(_named(package, ""))
        (main,) = (part for part in named if part.type == OFFICE_DOCUMENT)
        parts = tuple(_named(package, main.name))
        types = _Types.of(package)
    if types.type_of(main.name) != MAIN_TYPE:
        message = "no Word file"
        raise ValueError(message)
    if len({part.name for part in parts if part.type == STYLES}) > 1:
        message = "which styles count is not told"
        raise ValueError(message)
    for part in (*named, *parts):
        types.type_of(part.name)
        if part.type in NEEDED:
            parsed(part.content)
    return Package(parsed(main.content), parts)


def parsed(content: bytes) -> etree._Element:
    """A part as a tree. LxmlError where it is no XML; what it names outside itself is left alone."""
    return etree.fromstring(content, _PARSER)


def _named(package: zipfile.ZipFile, source: str) -> Iterator[Part]:
    """The parts inside that the one of this name names; "" stands for the package itself."""
    folder, name = posixpath.split(source)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in package.NameToInfo:
        return
    for one in parsed(package.read(relations)).iterchildren(_RELATIONSHIP):
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, str(one.get("Target"))))[1:]
            yield Part(str(one.get("Id")), str(one.get("Type")), target, package.read(target))


class _Types(Struct, frozen=True):
    """What the package says its parts are: by their names, else by their endings."""

    by_name: Mapping[str, str]
    by_ending: Mapping[str, str]

    @classmethod
    def of(cls, package: zipfile.ZipFile) -> Self:
        types = parsed(package.read(CONTENT_TYPES))
        return cls(_told(types, "Override", "PartName"), _told(types, "Default", "Extension"))

    def type_of(self, name: str) -> str:
        """A part's content type; KeyError where none is told: Word opens no such file."""
        ending = posixpath.splitext(name)[1][1:]
        told = self.by_name.get(f"/{name}".lower())
        return self.by_ending[ending.lower()] if told is None else told


def _told(types: etree._Element, tag: str, key: str) -> Mapping[str, str]:
    found = types.iterchildren(f"{_TYPES}{tag}")
    return {str(one.get(key)).lower(): str(one.get("ContentType")) for one in found}
