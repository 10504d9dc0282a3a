"""What a Word file shows, or hides, that is not printed in the report, each kind named and counted."""

from typing import Any, cast

from docx.oxml.ns import qn
from lxml import etree

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
ON = "[not(@w:val) or not(contains(' 0 false off none ', concat(' ', @w:val, ' ')))]"
"""A switch that stands without a value is on."""
STRUCK = f"w:rPr[w:strike{ON} or w:dstrike{ON}]"
HIDDEN = f"w:rPr/w:vanish{ON}"
TEXT = "normalize-space(string(.))"
OUTSIDE = "[not(ancestor::mc:Fallback or ancestor::w:del or ancestor::w:moveFrom)]"
"""A fallback says the same a second time; what was deleted under change tracking is counted there."""
KINDS = {
    "文本框": f".//w:txbxContent{OUTSIDE}[{TEXT}]",
    "公式": f".//m:oMath{OUTSIDE}",
    "脚注或尾注": f".//w:footnoteReference{OUTSIDE} | .//w:endnoteReference{OUTSIDE}",
    "特殊符号": f".//w:sym{OUTSIDE}",
    "图片": f".//pic:pic{OUTSIDE}",
    "隐藏文字": f".//w:r{OUTSIDE}[{HIDDEN}][{TEXT}]",
    "划掉的文字": f".//w:r{OUTSIDE}[{STRUCK}][not({HIDDEN})][{TEXT}]",
    "没有填的提示": f".//w:sdt{OUTSIDE}[w:sdtPr/w:showingPlcHdr{ON}][{TEXT}]",
}
_COUNTS = {what: etree.XPath(path, namespaces=NAMESPACES) for what, path in KINDS.items()}
_UNSHOWN = {
    qn("w:r"): etree.XPath(f"boolean({HIDDEN} or {STRUCK})", namespaces=NAMESPACES),
    qn("w:sdt"): etree.XPath(f"boolean(w:sdtPr/w:showingPlcHdr{ON})", namespaces=NAMESPACES),
}


def left_out(body: Any) -> tuple[tuple[str, int], ...]:
    """Each kind of content in a Word file's body that the report leaves out, with how often it occurs."""
    counts = ((what, len(cast("list[object]", find(body)))) for what, find in _COUNTS.items())
    return tuple((what, count) for what, count in counts if count)


def is_unshown(element: Any) -> bool:
    """Whether a piece of a paragraph is hidden, struck out, or a content control's prompt nobody replaced."""
    judge = _UNSHOWN.get(element.tag)
    return judge is not None and bool(judge(element))
