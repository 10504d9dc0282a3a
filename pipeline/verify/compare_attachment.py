"""The files that travel inside a report held against those that were put there, byte for byte."""

from collections.abc import Iterator

from pipeline.model.document import Document
from pipeline.model.finding import Finding
from pipeline.model.rendition import ReadBack
from pipeline.verify.align import excerpts
from pipeline.verify.compare_line import NOTHING
from pipeline.verify.compare_table import MISSING, Reporter

WHOLE = "（整个附件）"


def compare_attachments(document: Document, read: ReadBack, report: Reporter) -> Iterator[Finding]:
    """A finding for each file that says something else, is missing, or was added."""
    if read.attachments is None:
        return
    found = list(read.attachments)
    for attachment in document.attachments:
        line = f"附件“{attachment.name}”"
        content = next((content for name, content in found if name == attachment.name), None)
        if content is None:
            yield report("readback-line", line=line, found=MISSING, expected=WHOLE)
            continue
        found.remove((attachment.name, content))
        if content != attachment.content:
            shown, other = excerpts(*(one.decode(errors="replace") for one in (attachment.content, content)))
            yield report("readback-line", line=line, found=other or MISSING, expected=shown or NOTHING)
    for name, _ in found:
        yield report("readback-line", line=f"附件“{name}”", found=WHOLE, expected=NOTHING)
