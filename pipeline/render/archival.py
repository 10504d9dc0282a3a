"""Finishing a drawn PDF for the archive and for every reader: structure tree, properties, colours.

Source: ISO 19005-2 and -3 (PDF/A level A), ISO 14289-1 (PDF/UA-1), ISO 32000-1, 14.7 (logical structure).
"""

from collections.abc import Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from pipeline.model.document import Attachment
from pipeline.render.colour import DESCRIPTION, srgb_profile
from pipeline.render.metadata import Properties
from pipeline.render.structure import Element
from pipeline.render.tagtree import Drawing, with_tree

LINE_ENDS = (b"\r\nendstream", b"\r\rendstream")
"""Where a stream's last byte is a carriage return, the line feed set behind it would make one line end of the
two, and a checker would find the stream a byte too short; another carriage return is a line end by itself."""


def finished(
    drawing: Drawing, root: Element, properties: Properties, files: Sequence[Attachment] = ()
) -> bytes:
    """The PDF as PDF/A and PDF/UA-1, with ``files`` attached; what is given alike comes out alike, in bytes.

    Attached files ask for part 3 of PDF/A in ``properties``.
    """
    content, tree = with_tree(drawing, root)
    with pikepdf.open(BytesIO(content)) as pdf:
        _hang(pdf, tree)
        _describe(pdf, properties)
        _attach(pdf, files, properties)
        stream = BytesIO()
        pdf.save(
            stream,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return stream.getvalue().replace(*LINE_ENDS)


def _hang(pdf: pikepdf.Pdf, tree: int) -> None:
    """Make the tree the document's, and each page's marks lead to it."""
    pdf.Root.StructTreeRoot = pdf.get_object((tree, 0))
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    for number, page in enumerate(pdf.pages):
        page.obj.StructParents = number
        page.obj.Tabs = Name.S


def _describe(pdf: pikepdf.Pdf, properties: Properties) -> None:
    """Properties in both places, language, how a viewer names the window, what the colours mean."""
    entries = {key: String(text) for key, text in properties.entries.items()}
    pdf.trailer.Info = pdf.make_indirect(Dictionary(entries))
    pdf.Root.Metadata = pdf.make_stream(properties.packet, Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Lang = String("zh-CN")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    profile = pdf.make_stream(srgb_profile(), N=3, Alternate=Name.DeviceRGB)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(DESCRIPTION.decode()),
        Info=String(DESCRIPTION.decode()),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([intent])


def _attach(pdf: pikepdf.Pdf, files: Sequence[Attachment], properties: Properties) -> None:
    """Files as data that the whole document stands on (ISO 19005-3, annex E)."""
    if not files:
        return
    for file in files:
        attached = pikepdf.AttachedFileSpec(
            pdf,
            file.content,
            filename=file.name,
            description=file.description,
            mime_type=file.media_type,
            creation_date=properties.stamp,
            mod_date=properties.stamp,
        )
        attached.relationship = Name.Data
        pdf.attachments[file.name] = attached
    pdf.Root.AF = Array([pdf.attachments[file.name].obj for file in files])
