"""Names in a Word file: its elements by prefix, its parts by relation and type (ECMA-376 parts 1 and 2)."""

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE_DOCUMENT = f"{_OFFICE}/officeDocument"
HEADER, FOOTER = f"{_OFFICE}/header", f"{_OFFICE}/footer"
FOOTNOTES, ENDNOTES, COMMENTS = f"{_OFFICE}/footnotes", f"{_OFFICE}/endnotes", f"{_OFFICE}/comments"
STYLES, SETTINGS, NUMBERING = f"{_OFFICE}/styles", f"{_OFFICE}/settings", f"{_OFFICE}/numbering"
THEME, FONT_TABLE = f"{_OFFICE}/theme", f"{_OFFICE}/fontTable"
CORE_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def qn(name: str) -> str:
    """An element's or attribute's qualified name as lxml has it: ``w:p`` is ``{…/main}p``; KeyError else."""
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"
