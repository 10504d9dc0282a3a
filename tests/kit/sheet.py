"""A sheet that remembers what is drawn on it, as its operators say (ISO 32000-1, annex A)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

from msgspec import Struct, field

from kit.report import fonts
from pipeline.render.font import FaceChain

TOKEN = re.compile(r"/Span <<[^>]*>> BDC|/Artifact BMC|<[0-9a-f]*>|[^\s<]+")


@cache
def signs(name: str) -> Mapping[int, str]:
    """The characters of the face of this name by their glyph numbers."""
    face = fonts().faces[name]
    return {face.glyph(sign): sign for sign in map(chr, range(0xFFFF, 0x1F, -1))}


class Recorder(Struct):
    """Stands in for the page; lengths in points."""

    runs: list[tuple[str, float]] = field(default_factory=list)
    """Each run's text and the space behind each of its characters."""
    origins: list[tuple[float, float]] = field(default_factory=list)
    """Where each line begins, on its baseline."""
    ends: list[float] = field(default_factory=list)
    """Where each line ends, without the space behind its last character."""
    faces: list[str] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    scales: list[float] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Rectangles as left, foot, right, top."""
    headings: list[tuple[str, int, float]] = field(default_factory=list)
    marks: list[tuple[int, int] | None] = field(default_factory=list)
    """What was drawn as which piece of the document, None for what is no part of it."""
    embedded: set[str] = field(default_factory=set)
    """The characters that are asked to be embedded."""
    _corner: tuple[float, float] = 0.0, 0.0
    _font: tuple[str, float] = "", 0.0
    _space: float = 0.0
    _line: tuple[float, float] = 0.0, 0.0

    @contextmanager
    def marked(self, piece: tuple[int, int], box: object = None) -> Iterator[None]:
        self.marks.append(piece)
        yield

    def book(self, pieces: Sequence[tuple[int, int]]) -> int:
        self.marks += pieces
        return len(self.marks) - len(pieces)

    def add_heading(self, text: str, depth: int, top: float) -> None:
        self.headings.append((text, depth, top))

    def embed(self, faces: FaceChain, text: str) -> None:
        assert faces.printable(text) == text
        self.embedded.update(text)

    def draw_text(self, code: str, left: float, top: float) -> None:
        self.write(f"BT 1 0 0 1 {left} {top} Tm {code} ET")

    def write(self, operators: str) -> None:
        operands: list[str] = []
        for token in TOKEN.findall(operators):
            if token[0] in "-.0123456789</" and " " not in token:
                operands.append(token)
            else:
                self._do(token, operands)
                operands = []

    def _do(self, operator: str, operands: list[str]) -> None:
        match operator, operands:
            case "/Artifact BMC", []:
                self.marks.append(None)
            case "cm", ["1", "0", "0", "1", x, y]:
                self._corner = float(x), float(y)
            case "re", sides:
                left, foot, width, height = map(float, sides)
                left, foot = left + self._corner[0], foot + self._corner[1]
                self.boxes.append((left, foot, left + width, foot + height))
            case "Tm", ["1", "0", "0", "1", x, y]:
                self._line = float(x) + self._corner[0], float(y) + self._corner[1]
            case "Td", [x, y]:
                self._line = self._line[0] + float(x), self._line[1] + float(y)
                self.origins.append(self._line)
                self.ends.append(self._line[0])
            case "Tf", [name, size]:
                self._font = name.removeprefix("/"), float(size)
            case "Tc", [space]:
                self._space = float(space)
            case "Tz", [percent]:
                self.scales.append(float(percent))
            case "Tj", [codes]:
                self._print(bytes.fromhex(codes.strip("<>")))
            case _:
                assert operator in {"q", "Q", "w", "S", "BT", "ET", "EMC"} or operator.endswith("BDC"), (
                    operator
                )

    def _print(self, codes: bytes) -> None:
        name, size = self._font
        glyphs = [int.from_bytes(codes[place : place + 2]) for place in range(0, len(codes), 2)]
        if not self.faces or self.faces[-1] != name:
            self.faces.append(name)
        self.sizes.append(size)
        before = self.runs[-1][1] if self.runs and self.ends[-1] > self.origins[-1][0] else 0.0
        width = sum(fonts().faces[name].advance(glyph) for glyph in glyphs) * size
        self.ends[-1] += before + width + self._space * (len(glyphs) - 1)
        self.runs.append(("".join(signs(name)[glyph] for glyph in glyphs), self._space))
