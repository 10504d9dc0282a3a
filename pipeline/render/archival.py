"""Finishing a drawn PDF for the archive and for every reader: structure tree, properties, colours.

Source: ISO 19005-2 and -3 (PDF/A level A), ISO 14289-1 (PDF/UA-1), ISO 32000-1, 14.7 (logical structure).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from pipeline.model.document import Attachment
from pipeline.render.colour import DESCRIPTION, srgb_profile
from pipeline.render.metadata import Properties
from pipeline.render.structure import Box, Element, Piece

Marks: TypeAlias = Sequence[Sequence[Piece]]
"""For each page, the pieces marked on it: a piece's place there is its number (MCID)."""

LINE_ENDS = (b"\r\nendstream", b"\r\rendstream")
"""Where a stream's last byte is a carriage return, the line feed set behind it would make one line end of the
two, and a checker would find the stream a byte too short; another carriage return is a line end by itself."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A file as it was drawn, and what stands where: the pieces of each page, the boxes of pictures."""

    content: bytes
    marks: Marks
    boxes: Mapping[Piece, Box] = field(default_factory=dict)


def finished(
    drawing: Drawing, root: Element, properties: Properties, files: Sequence[Attachment] = ()
) -> bytes:
    """The PDF as PDF/A and PDF/UA-1, with ``files`` attached; what is given alike comes out alike, in bytes.

    Attached files ask for part 3 of PDF/A in ``properties``.
    """
    with pikepdf.open(BytesIO(drawing.content)) as pdf:
        _Structure(pdf, drawing).write(root)
        _describe(pdf, properties)
        _attach(pdf, files, properties)
        del pdf.trailer.ID  # the drawing's own, which would be kept beside the new one
        stream = BytesIO()
        pdf.save(
            stream,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return stream.getvalue().replace(*LINE_ENDS)


class _Structure:
    """The tree as PDF objects, and from each mark the way back to its element."""

    def __init__(self, pdf: pikepdf.Pdf, drawing: Drawing) -> None:
        self._pdf = pdf
        self._marks = drawing.marks
        self._boxes = drawing.boxes
        self._pages = [page.obj for page in pdf.pages]
        self._made: dict[Piece, Any] = {}
        self._places: dict[Piece, list[tuple[int, int]]] = {}
        for page, pieces in enumerate(self._marks):
            for number, piece in enumerate(pieces):
                self._places.setdefault(piece, []).append((page, number))

    def write(self, root: Element) -> None:
        """Hang the tree into the file."""
        top = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        top.K = self._element(root, top)
        top.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(self._ways_back())))
        top.ParentTreeNextKey = len(self._marks)
        self._pdf.Root.StructTreeRoot = top
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _element(self, element: Element, parent: Any) -> Any:
        made = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{element.type}"), P=parent))
        kids = [self._element(kid, made) for kid in element.kids]
        if element.piece is not None:
            self._made[element.piece] = made
            kids += [self._content(*place) for place in self._places.get(element.piece, ())]
        if kids:
            made.K = Array(kids)
        if element.attributes:
            values = {name: _value(name, one) for name, one in element.attributes.items()}
            made.A = Dictionary(O=Name.Table, **values)
        if element.alt:
            made.Alt = String(element.alt)
        if element.piece is not None and element.piece in self._boxes:
            box = [Decimal(f"{side:.2f}") for side in self._boxes[element.piece]]
            made.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(box))
        return made

    def _content(self, page: int, number: int) -> Any:
        return Dictionary(Type=Name.MCR, Pg=self._pages[page], MCID=number)

    def _ways_back(self) -> list[Any]:
        ways: list[Any] = []
        for number, (page, pieces) in enumerate(zip(self._pages, self._marks, strict=True)):
            page.StructParents = number
            page.Tabs = Name.S
            ways += [number, self._pdf.make_indirect(Array([self._made[piece] for piece in pieces]))]
        return ways


def _value(name: str, value: int | str) -> Any:
    """An attribute's value as its kind asks (ISO 32000-1, table 349): number, name, or text for a summary."""
    if isinstance(value, int):
        return value
    return Name(f"/{value}") if name == "Scope" else String(value)


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
