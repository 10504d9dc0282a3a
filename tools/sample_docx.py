"""The narrative as an office keeps it in Word: plain paragraphs, official numbering, figures by name."""

import datetime
import io
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from pipeline.archive import repacked

NARRATIVE = Path(__file__).with_name("sample_narrative.md")
BODY_FACE = "仿宋"
BODY_SIZE = Pt(16)
INDENT = Pt(32)
"""Two characters."""


def narrative_docx(text: str, title: str, date: datetime.date) -> bytes:
    """A .docx with one paragraph for every line of ``text`` that is not empty."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = BODY_FACE, BODY_SIZE
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FACE)
    for line in filter(None, map(str.strip, text.splitlines())):
        document.add_paragraph(line).paragraph_format.first_line_indent = INDENT
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "make-report", ""
    properties.created = properties.modified = datetime.datetime.combine(date, datetime.time())
    content = io.BytesIO()
    document.save(content)
    return repacked(content.getvalue())
