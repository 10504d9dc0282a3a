"""A sheet that remembers what is drawn on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kit.report import fonts


@dataclass
class Recorder:
    """Stands in for the canvas and for its text object; lengths in points."""

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

    @contextmanager
    def marked(self, piece: tuple[int, int], box: object = None) -> Iterator[None]:
        self.marks.append(piece)
        yield

    @contextmanager
    def artifact(self) -> Iterator[None]:
        self.marks.append(None)
        yield

    def begin_text(self) -> "Recorder":
        return self

    def draw_text(self, text: "Recorder") -> None:
        assert text is self

    def begin_line(self, x: float, y: float) -> None:
        self.origins.append((x, y))
        self.ends.append(x)

    def scale(self, percent: float) -> None:
        self.scales.append(percent)

    def add(self, name: str, size: float, space: float, text: str) -> None:
        if not self.faces or self.faces[-1] != name:
            self.faces.append(name)
        self.sizes.append(size)
        face = fonts().faces[name]
        before = self.runs[-1][1] if len(self.runs) and self.ends[-1] > self.origins[-1][0] else 0.0
        width = sum(face.advance(face.glyph(sign)) for sign in text) * self.sizes[-1]
        self.ends[-1] += before + width + space * (len(text) - 1)
        self.runs.append((text, space))

    def setLineWidth(self, width: float) -> None:
        assert width > 0

    def rect(self, x: float, y: float, width: float, height: float) -> None:
        self.boxes.append((x, y, x + width, y + height))

    def add_heading(self, text: str, depth: int, top: float) -> None:
        self.headings.append((text, depth, top))
