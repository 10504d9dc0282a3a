"""A Word file's package (ECMA-376 part 2): which parts there are, of which type, and which names which."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipeline.archive import CONTENT_TYPES

MAIN, PROPERTIES = "word/document.xml", "docProps/core.xml"

_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FORMAT = "application/vnd.openxmlformats-officedocument"
_EVERY = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
"""The types by the ending of the name, of parts with no type of their own."""
_MAIN_TYPE = f"{_FORMAT}.wordprocessingml.document.main+xml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_TYPES = {
    **{
        kind: f"{_FORMAT}.wordprocessingml.{kind}+xml"
        for kind in ("styles", "fontTable", "settings", "footer", "header")
    },
    "theme": f"{_FORMAT}.theme+xml",
    "chart": f"{_FORMAT}.drawingml.chart+xml",
}


class Part(NamedTuple):
    """A part the main part names: what it is to it, by which reference, its path below ``word``, its XML."""

    kind: str
    reference: str
    path: str
    xml: str = ""

    @property
    def name(self) -> str:
        """Its name in the package."""
        return f"word/{self.path}"


def package_parts(parts: Iterable[Part]) -> Mapping[str, bytes]:
    """All parts of a package by name, those that say what the others are among them.

    The main part and the properties are empty: their text is each report's own. KeyError for a part of an
    unknown kind.
    """
    named = tuple(parts)
    types = {MAIN: _MAIN_TYPE, PROPERTIES: _PROPERTIES_TYPE, **{one.name: _TYPES[one.kind] for one in named}}
    top = (
        ("rId1", f"{_OFFICE}/officeDocument", MAIN),
        ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", PROPERTIES),
    )
    below = ((one.reference, f"{_OFFICE}/{one.kind}", one.path) for one in named)
    written = {
        CONTENT_TYPES: _types_xml(types),
        "_rels/.rels": _relationships_xml(top),
        "word/_rels/document.xml.rels": _relationships_xml(below),
        MAIN: "",
        PROPERTIES: "",
        **{one.name: one.xml for one in named},
    }
    return {name: xml.encode() for name, xml in written.items()}


def _types_xml(types: Mapping[str, str]) -> str:
    every = "".join(f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in _EVERY.items())
    each = "".join(f'<Override PartName="/{name}" ContentType="{types[name]}"/>' for name in sorted(types))
    return f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{every}{each}</Types>'


def _relationships_xml(relationships: Iterable[tuple[str, str, str]]) -> str:
    """Of each its reference, its type, and the part it leads to."""
    each = "".join(
        f'<Relationship Id="{reference}" Type="{kind}" Target="{target}"/>'
        for reference, kind, target in relationships
    )
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'
