"""A page with a few words in one face and a few boxes, as the report's own would have them."""

from collections.abc import Iterable

from pipeline.render.drawing import Drawing, Page, add_pages
from pipeline.render.font import Face
from pipeline.render.pdffile import PdfFile

Place = tuple[float, float]
Box = tuple[float, float, float, float]


def proof_sheet(
    face: Face, texts: Iterable[tuple[Place, str]], boxes: Iterable[Box] = (), size: float = 16
) -> bytes:
    """A file of one page: texts from their places on, then boxes (left, foot, width, height)."""
    texts = tuple(texts)
    code = [
        f"BT /{face.name} {size} Tf 1 0 0 1 {x} {y} Tm <{_codes(face, text)}> Tj ET" for (x, y), text in texts
    ]
    code += [f"n {left} {foot} {width} {height} re S" for left, foot, width, height in boxes]
    file = PdfFile()
    fonts = ((face, "".join(text for _, text in texts)),)
    tree, _ = add_pages(file, Drawing([Page("\n".join(code))], [], fonts=fonts))
    catalogue = file.add(f"<</Type/Catalog/Pages {tree} 0 R>>")
    return file.written(catalogue, file.add("<<>>"))


def _codes(face: Face, text: str) -> str:
    return "".join(f"{face.glyph(character):04X}" for character in text)
