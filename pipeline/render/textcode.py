"""Lines of upright text as a page's operators (ISO 32000-1, 9.4), which stand alike wherever they are drawn.

A text's operators name no place: whoever draws them sets it before. So what many reports print is kept as it
was made, and drawn again elsewhere.
"""

from functools import lru_cache
from typing import NamedTuple, TypeAlias

from reportlab.lib.rl_accel import fp_str

from pipeline.render.font import FaceChain

Font: TypeAlias = tuple[str, float]
"""A face by its name, and a size: in points, or in em where it is the one among others."""

CODE = 4
"""The length of a glyph's number, as the page holds it."""


class Sort(NamedTuple):
    """A character as it is set: its font among the others, its width there in em, its glyph's number."""

    font: Font
    width: float
    code: str


class TypeCase(dict[str, Sort]):
    """The sorts of the faces for one role, by character; each is looked for once."""

    def __init__(self, faces: FaceChain) -> None:
        self._faces = faces

    def __missing__(self, character: str) -> Sort:
        face, width = self._faces.of(character)
        font = face.name, self._faces.size_of(character)
        self[character] = sort = Sort(font, width, f"{face.glyph(character):0{CODE}x}")
        return sort

    def printable(self, text: str) -> str:
        """The text as ``FaceChain.printable`` has it."""
        return text if self.keys() >= set(text) else self._faces.printable(text)


@lru_cache(maxsize=32)
def type_case(faces: FaceChain) -> TypeCase:
    """The faces' sorts; those of the few last roles are kept."""
    return TypeCase(faces)


class TextCode:
    """The operators of one text; ``font`` is the one set before it, by name and size, and again after it."""

    def __init__(self, font: Font | None = None) -> None:
        self._before = self._font = font
        self._space = 0.0
        self._scale = 100.0
        self._code: list[str] = []

    def scale(self, percent: float) -> None:
        """Set the characters so wide from here on, in per cent of their natural width."""
        if percent != self._scale:
            self._scale = percent
            self._code.append(f"{fp_str(percent)} Tz")

    def begin_line(self, right: float, up: float) -> None:
        """Begin a line so many points from where the last one began."""
        self._code.append(f"{fp_str(right, up)} Td")

    def add(self, font: Font, space: float, codes: str) -> None:
        """Set glyphs with ``space`` behind each."""
        self._set(font)
        if space != self._space:
            self._space = space
            self._code.append(f"{fp_str(space)} Tc")
        self._code.append(f"<{codes}> Tj")

    def _set(self, font: Font) -> None:
        if font != self._font:
            self._font = font
            self._code.append(font_code(font))

    def end(self) -> str:
        """All of it; it leaves nothing behind, but its font where none was set before."""
        if self._before:
            self._set(self._before)
        if self._space:
            self._code.append("0 Tc")
        self.scale(100)
        return " ".join(self._code)


def font_code(font: Font) -> str:
    """The operators that set a font from there on."""
    name, size = font
    return f"/{name} {fp_str(size)} Tf"
