"""A Word file as a package: its main part, and the parts that it names (ECMA-376 part 2)."""

import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from lxml import etree

LARGEST = 256 * 1024 * 1024
"""Unpacked bytes a report may have: a hundred times what one has, and no strain on a small machine."""
AROUND = frozenset(
    (
        RELATIONSHIP_TYPE.HEADER,
        RELATIONSHIP_TYPE.FOOTER,
        RELATIONSHIP_TYPE.FOOTNOTES,
        RELATIONSHIP_TYPE.ENDNOTES,
    )
)
"""Text beside the document's own."""
NEEDED = AROUND | frozenset(
    (
        RELATIONSHIP_TYPE.STYLES,
        RELATIONSHIP_TYPE.SETTINGS,
        RELATIONSHIP_TYPE.THEME,
        RELATIONSHIP_TYPE.FONT_TABLE,
        RELATIONSHIP_TYPE.NUMBERING,
        RELATIONSHIP_TYPE.COMMENTS,
        RELATIONSHIP_TYPE.CORE_PROPERTIES,
    )
)
"""Where one of these is no XML Word does not open the file."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Part:
    """A part that another names: by which id and as what, its own name in the package and its bytes."""

    id: str
    type: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Package:
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
        main = next((part for part in named if part.type == RELATIONSHIP_TYPE.OFFICE_DOCUMENT), None)
        if main is None or _content_type(package, main.name) != CONTENT_TYPE.WML_DOCUMENT_MAIN:
            message = "no Word file"
            raise ValueError(message)
        parts = tuple(_named(package, main.name))
    for part in (*named, *parts):
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


def _content_type(package: zipfile.ZipFile, name: str) -> str | None:
    """What the package says a part is: by its name, else by its ending."""
    types = parsed(package.read("[Content_Types].xml"))
    named = {str(one.get("PartName")).lower(): one for one in types.iterchildren(f"{_TYPES}Override")}
    by_ending = {str(one.get("Extension")).lower(): one for one in types.iterchildren(f"{_TYPES}Default")}
    found = named.get(f"/{name}".lower(), by_ending.get(posixpath.splitext(name)[1][1:].lower()))
    return None if found is None else found.get("ContentType")
