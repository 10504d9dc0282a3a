"""Text of others on the review page: seen, inert, and short; and the narrative with its numbers bound."""

import json
import posixpath
from collections.abc import Iterable, Mapping

from msgspec import Struct

from pipeline.model.finding import Severity, visible
from pipeline.model.narrative import own_address
from pipeline.model.review import Chapter, Item, Piece, Reading, Review
from pipeline.render.web_text import Attributes, element, lined, start, text

NOT_IN_SCRIPT = {mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}
"""What could end a script element or a line in it, written so that neither HTML nor JSON sees it."""


def shown(raw: str) -> str:
    """Text of others as HTML: nothing in it is markup, and what cannot be seen shows its code."""
    return text(visible(raw))


def as_script(content: object) -> str:
    """JSON for a data block: no text in it can end the block (HTML Standard, 4.12.1.3)."""
    told = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for mark, written in NOT_IN_SCRIPT.items():  # one after the other: translate() takes forty times as long
        told = told.replace(mark, written)
    return told


class Names(Struct, frozen=True):
    """How the page names files and figures: a path without its common folder, a figure by its number."""

    folder: str
    figures: Mapping[str, int]
    groups: tuple[str, ...]

    @classmethod
    def of(cls, review: Review) -> "Names":
        """The names of a review's page."""
        figures = {address: number for number, address in enumerate(review.accounts)}
        if review.division:
            return cls(f"{review.division.folder}/" if review.division.folder else "", figures, review.groups)
        versions = [one.workbook for line in review.board for one in line.versions]
        versions += [one.workbook for one in review.strangers]
        folder = posixpath.commonpath([posixpath.dirname(name) for name in versions]) if versions else ""
        return cls(f"{folder}/" if folder else "", figures, review.groups)

    def file(self, workbook: str) -> str:
        """A file's path as the page shows it."""
        return workbook.removeprefix(self.folder)

    def said(self, sentence: str) -> str:
        """A sentence as HTML, files in it without the common folder."""
        return shown(sentence.replace(self.folder, "") if self.folder else sentence)

    def number(self, address: str) -> int | None:
        """A figure's number by an address that may name a group or last year before it."""
        return self.figures.get(own_address(address, self.groups))

    def opens(self, addresses: Iterable[str]) -> Attributes:
        """The attribute that makes an element open these figures' panel; none where no figure is known."""
        numbers = dict.fromkeys(number for one in addresses if (number := self.number(one)) is not None)
        return {"data-figure": " ".join(map(str, numbers))} if numbers else {}


def weight(severity: Severity) -> str:
    """A finding's weight as a word with its colour."""
    return element("span", text(severity.word), {"class": f"weight {severity.value}"})


def chapters(review: Review, names: Names) -> str:
    """The narrative section by section; findings stand beside their passage."""
    loose = [_told(item, names) for item in review.beside]
    parts = [element("ul", lined(*loose), {"class": "told loose"})] if loose else []
    return lined(*parts, *(_chapter(chapter, names) for chapter in review.chapters))


def _chapter(chapter: Chapter, names: Names) -> str:
    readings = (_reading(reading, names) for reading in chapter.readings)
    return element("section", lined(element("h3", shown(chapter.title)), *readings), {"class": "chapter"})


def _reading(reading: Reading, names: Names) -> str:
    said = "".join(_piece(piece, names) for piece in reading.pieces)
    told = (
        element("ul", "".join(_told(item, names) for item in reading.items), {"class": "told"})
        if reading.items
        else ""
    )
    passage = element("p", said, {"class": f"level-{reading.level}"})
    origin = element("span", shown(reading.origin), {"class": "origin"})
    marked = " marked" if reading.items else ""
    return element("div", origin + passage + told, {"class": f"reading{marked}"})


def _piece(piece: Piece, names: Names) -> str:
    words, opens = shown(piece.text), names.opens(piece.addresses)
    if opens:
        words = element("span", words, {"class": "bound", **opens, "data-source": visible(piece.source)})
    return element("mark", words) if piece.marked else words


def _told(item: Item, names: Names) -> str:
    first = item.alike.first
    link = element("a", names.said(item.alike.message), {"href": f"#item-{item.number}"})
    state = "（已确认）" if item.approval else ""
    return element("li", weight(first.severity) + " " + link + state)


def table(head: Iterable[str], rows: Iterable[str], attributes: Attributes | None = None) -> str:
    """A plain table: column labels, and rows that are HTML already."""
    labels = "".join(element("th", text(label), {"scope": "col"}) for label in head)
    return element(
        "table",
        lined(element("thead", element("tr", labels)), element("tbody", lined(*rows))),
        attributes,
    )


def scrolled(label: str, content: str) -> str:
    """A wide table in a frame that a narrow screen scrolls, reached by the keyboard too."""
    frame = {"class": "frame", "tabindex": "0", "role": "region", "aria-label": label}
    return element("div", content, frame)


def options(choices: Iterable[tuple[str, str]]) -> str:
    """The choices of a select: value and words."""
    return "".join(
        start("option", {"value": visible(value)}) + shown(words) + "</option>" for value, words in choices
    )
