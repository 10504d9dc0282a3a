"""A drawing as a PDF file for the archive and for every reader: structure tree, properties, colours.

Source: ISO 19005-2 and -3 (PDF/A level A), ISO 14289-1 (PDF/UA-1), ISO 32000-1.
"""

import hashlib
import zlib
from collections.abc import Sequence
from functools import cache

from pipeline.model.document import Attachment
from pipeline.render.colour import DESCRIPTION, srgb_profile
from pipeline.render.drawing import Drawing, add_pages
from pipeline.render.metadata import Properties
from pipeline.render.outline import add_outline
from pipeline.render.pdffile import PdfFile, name, string
from pipeline.render.structure import Element
from pipeline.render.tagtree import add_tree


def finished(
    drawing: Drawing, root: Element, properties: Properties, files: Sequence[Attachment] = ()
) -> bytes:
    """The PDF as PDF/A and PDF/UA-1, with ``files`` attached; what is given alike comes out alike, in bytes.

    Attached files ask for part 3 of PDF/A in ``properties``.
    """
    file = PdfFile()
    tree, pages = add_pages(file, drawing)
    outline = f"/Outlines {add_outline(file, drawing.bookmarks, pages)} 0 R" if drawing.bookmarks else ""
    catalogue = file.add(
        f"<</Type/Catalog/Pages {tree} 0 R{outline}"
        f"/StructTreeRoot {add_tree(file, drawing, root, pages)} 0 R/MarkInfo<</Marked true>>"
        f"/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>"
        f"/Metadata {file.add_stream(properties.packet, '/Type/Metadata/Subtype/XML')} 0 R"
        f"{_colours(file)}{_attached(file, files, properties.stamp)}>>"
    )
    entries = "".join(f"{key} {string(text)}" for key, text in properties.entries.items())
    return file.written(catalogue, file.add(f"<<{entries}>>"))


def _colours(file: PdfFile) -> str:
    """What the colours mean."""
    profile = file.add_stream(_profile(), "/N 3/Alternate/DeviceRGB/Filter/FlateDecode")
    words = string(DESCRIPTION.decode())
    return (
        f"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier {words}/Info {words}"
        f"/DestOutputProfile {profile} 0 R>>]"
    )


@cache
def _profile() -> bytes:
    return zlib.compress(srgb_profile())


def _attached(file: PdfFile, files: Sequence[Attachment], stamp: str) -> str:
    """Files as data that the whole document stands on (ISO 19005-3, annex E); a name tree is in order."""
    if not files:
        return ""
    ordered = sorted(files, key=lambda one: string(one.name))
    numbers = {one.name: _add_file(file, one, stamp) for one in ordered}
    names = " ".join(f"{string(one.name)} {numbers[one.name]} 0 R" for one in ordered)
    associated = " ".join(f"{numbers[one.name]} 0 R" for one in files)
    return f"/Names<</EmbeddedFiles<</Names[{names}]>>>>/AF[{associated}]"


def _add_file(file: PdfFile, attachment: Attachment, stamp: str) -> int:
    """Add the file and what is said of it (ISO 32000-1, 7.11.3 and 7.11.4)."""
    check = hashlib.md5(attachment.content, usedforsecurity=False).hexdigest()
    content = file.add_deflated(
        attachment.content,
        f"/Type/EmbeddedFile/Subtype{name(attachment.media_type)}/Params<</Size {len(attachment.content)}"
        f"/CreationDate {string(stamp)}/ModDate {string(stamp)}/CheckSum<{check}>>>",
    )
    called = string(attachment.name)
    return file.add(
        f"<</Type/Filespec/F {called}/UF {called}/Desc {string(attachment.description)}"
        f"/AFRelationship/Data/EF<</F {content} 0 R/UF {content} 0 R>>>>"
    )
