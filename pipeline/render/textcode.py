"""Lines of upright text as a page's operators (ISO 32000-1, 9.4).

Reportlab's own text object weighs at each call what a report never has: rising, shaping, fonts of many
subsets. It takes four times as long, and a report has a text for every cell.
"""

from collections.abc import Callable

from reportlab.lib.rl_accel import fp_str

from pipeline.render.pdffont import Type0Font


class TextCode:
    """The operators of one text; ``font`` gives the document's font of a face's name."""

    def __init__(self, font: Callable[[str], Type0Font]) -> None:
        self._font = font
        self._code = ["BT"]

    def scale(self, percent: float) -> None:
        """Set the characters so wide from here on, in per cent of their natural width."""
        self._code.append(f"{fp_str(percent)} Tz")

    def begin_line(self, x: float, y: float) -> None:
        """Begin a line there, in points."""
        self._code.append(f"1 0 0 1 {fp_str(x, y)} Tm")

    def add(self, name: str, size: float, space: float, text: str) -> None:
        """Set a text in the face of this name, so many points large, with ``space`` behind each character."""
        font = self._font(name)
        self._code.append(
            f"{font.resource} {fp_str(size)} Tf {fp_str(space)} Tc <{font.encoded(text).hex()}> Tj"
        )

    @property
    def operators(self) -> str:
        """All of it."""
        return "\n".join((*self._code, "ET"))
