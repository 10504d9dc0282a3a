"""Lines of upright text as a page's operators (ISO 32000-1, 9.4), which stand alike wherever they are drawn.

A text's operators name no place: whoever draws them sets it before. So what many reports print is kept as it
was made, and drawn again elsewhere.
"""

from functools import lru_cache
from typing import NamedTuple

from reportlab.lib.rl_accel import fp_str

from pipeline.render.font import FaceChain


class Sort(NamedTuple):
    """A character as it is set: its face's name, its size among the others and its width there, in em."""

    face: str
    size: float
    width: float
    code: str
    """The face's glyph number, as the page holds it."""


class TypeCase(dict[str, Sort]):
    """The sorts of the faces for one role, by character; each is looked for once."""

    def __init__(self, faces: FaceChain) -> None:
        self._faces = faces

    def __missing__(self, character: str) -> Sort:
        face, width = self._faces.of(character)
        size, glyph = self._faces.size_of(character), face.glyph(character)
        self[character] = sort = Sort(face.name, size, width, f"{glyph:04x}")
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

    def __init__(self, font: tuple[str, float] | None = None) -> None:
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

    def add(self, name: str, size: float, space: float, codes: str) -> None:
        """Set glyphs of the face of this name, so many points large, with ``space`` behind each."""
        self._set(name, size)
        if space != self._space:
            self._space = space
            self._code.append(f"{fp_str(space)} Tc")
        self._code.append(f"<{codes}> Tj")

    def _set(self, name: str, size: float) -> None:
        if (name, size) != self._font:
            self._font = name, size
            self._code.append(font_code(name, size))

    def end(self) -> str:
        """All of it; it leaves nothing behind, but its font where none was set before."""
        if self._before:
            self._set(*self._before)
        if self._space:
            self._code.append("0 Tc")
        self.scale(100)
        return " ".join(self._code)


def font_code(name: str, size: float) -> str:
    """The operators that set the face of this name, so many points large."""
    return f"/{name} {fp_str(size)} Tf"
