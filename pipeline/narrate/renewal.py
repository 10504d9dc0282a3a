"""Put names in the place of words typed by hand, in the file itself: what is around them stays as it is."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import docx
from docx.oxml.ns import qn
from msgspec import Struct

from pipeline.archive import repacked
from pipeline.narrate.leftout import is_unshown
from pipeline.narrate.wordfile import WITHIN_TEXT, flow


class Replacement(Struct, frozen=True):
    """``typed`` between ``before`` and ``after`` in the paragraph ``origin`` (第12段) becomes ``name``."""

    origin: str
    before: str
    typed: str
    after: str
    name: str

    @property
    def found(self) -> str:
        """The words by which its place is found."""
        return self.before + self.typed + self.after

    @property
    def braced(self) -> str:
        """What stands there then."""
        return f"{{{{ {self.name} }}}}"


def renewed(
    content: bytes, file: str, replacements: Sequence[Replacement]
) -> tuple[bytes, tuple[Replacement, ...]]:
    """The narrative's file with the replacements made, and those that were.

    One whose words stand nowhere, or more than once, in its paragraph is not made. Word: only the characters
    themselves change, in the first of the runs they stand in; everything else of the package is kept.
    """
    if file.lower().endswith(".md"):
        return _markdown(content, replacements)
    return _word(content, replacements)


def _markdown(content: bytes, replacements: Sequence[Replacement]) -> tuple[bytes, tuple[Replacement, ...]]:
    lines = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    written = [index for index, line in enumerate(lines) if line.lstrip("# \t").strip()]
    made: list[Replacement] = []
    for number, wanted in _by_paragraph(replacements).items():
        index = written[number - 1]
        for start, end, replacement in _places(lines[index], wanted):
            lines[index] = lines[index][:start] + replacement.braced + lines[index][end:]
            made.append(replacement)
    return "\n".join(lines).encode("utf-8"), tuple(made)


def _word(content: bytes, replacements: Sequence[Replacement]) -> tuple[bytes, tuple[Replacement, ...]]:
    document = docx.Document(io.BytesIO(content))
    lines = [line for paragraph in flow(document.element.body) for line in _lines(paragraph)]
    written = [line for line in lines if _text(line).strip()]
    made: list[Replacement] = []
    for number, wanted in _by_paragraph(replacements).items():
        pieces = written[number - 1] if number <= len(written) else []
        for start, end, replacement in _places(_text(pieces), wanted):
            _put(pieces, start, end, replacement.braced)
            made.append(replacement)
    saved = io.BytesIO()
    document.save(saved)
    return repacked(saved.getvalue()), tuple(made)


def _by_paragraph(replacements: Sequence[Replacement]) -> dict[int, list[Replacement]]:
    found: dict[int, list[Replacement]] = {}
    for replacement in replacements:
        found.setdefault(int(replacement.origin.strip("第段")), []).append(replacement)
    return found


def _places(text: str, wanted: Sequence[Replacement]) -> list[tuple[int, int, Replacement]]:
    """Where the typed characters of each begin and end, the last first; only the certain ones."""
    places = []
    for replacement in wanted:
        if text.count(replacement.found) == 1:
            start = text.index(replacement.found) + len(replacement.before)
            places.append((start, start + len(replacement.typed), replacement))
    places.sort(key=lambda place: place[0], reverse=True)
    return [place for index, place in enumerate(places) if not index or place[1] <= places[index - 1][0]]


def _text(pieces: Sequence[Any]) -> str:
    return "".join(piece.text or "" for piece in pieces)


def _lines(paragraph: Any) -> Iterator[list[Any]]:
    """The elements of text of each line of a paragraph; a soft line break starts a new line."""
    if paragraph.tag != qn("w:p"):
        return
    line: list[Any] = []
    for piece in _pieces(paragraph):
        if piece is None:
            yield line
            line = []
        else:
            line.append(piece)
    yield line


def _pieces(element: Any) -> Iterator[Any]:
    """The elements that hold text, as the narrative is read; None for a soft line break."""
    for child in element:
        if is_unshown(child):
            continue
        if child.tag in WITHIN_TEXT:
            yield from _pieces(child)
        elif child.tag == qn("w:t"):
            yield child
        elif child.tag in (qn("w:br"), qn("w:cr")):
            yield None


def _put(pieces: Sequence[Any], start: int, end: int, words: str) -> None:
    """Put words in the place of the characters from start to end of the pieces' text together."""
    position = 0
    for piece in pieces:
        text = piece.text or ""
        first, last = max(start - position, 0), min(end - position, len(text))
        position += len(text)
        if first < last:
            piece.text = text[:first] + words + text[last:]
            words = ""
