"""Text as WordprocessingML: what stands in a document is never markup (ECMA-376, transitional)."""

import re
from html import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold (1.0, 2.2). Turned round it would be wide ranges, which take long to compile."""

_KEPT_SPACE = {ord("\t"): "&#9;", ord("\n"): "&#10;", ord("\r"): "&#13;"}
"""A reader would take each for a blank in an attribute (XML 1.0, 3.3.3)."""


def attribute(text: str) -> str:
    """The text as an attribute's value, quotes included."""
    return f'"{escape(_legal(text)).translate(_KEPT_SPACE)}"'


def text(content: str) -> str:
    """The content as text between two tags."""
    return escape(_legal(content), quote=False)


def run(*lines: str, size: float | None = None, scale: float | None = None) -> str:
    """A run of text, its lines parted by line breaks.

    ``size`` in pt and ``scale``, its characters' width (1 = natural), where they are not the style's. The
    hint makes Word set “ ” — … as Chinese marks, one em wide, which it otherwise takes for Latin ones.
    """
    scales = "" if scale is None else f'<w:w w:val="{scale * 100:.0f}"/>'
    sizes = "" if size is None else f'<w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/>'
    texts = "<w:br/>".join(f'<w:t xml:space="preserve">{text(line)}</w:t>' for line in lines)
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>{scales}{sizes}</w:rPr>{texts}</w:r>'


def paragraph(style: str, content: str = "", *, opens_page: bool = False) -> str:
    """A paragraph of a named style around its runs, empty without content."""
    opens = "<w:pageBreakBefore/>" if opens_page else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{opens}</w:pPr>{content}</w:p>'


def _legal(text: str) -> str:
    """The text with U+FFFD for each character XML cannot hold, so that the loss is seen and not silent."""
    return _NOT_XML.sub("\ufffd", text)
