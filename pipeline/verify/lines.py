"""The lines of a Document as they are read back: the title, headings and passages, each with its name."""

from collections.abc import Iterator, Sequence
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.document import Document, Heading, Paragraph
from pipeline.model.narrative import Run
from pipeline.verify.space import without_space

TITLE = "报告标题"


class Line(Struct, frozen=True):
    """A line that has text: its name for the office, its text and runs without white space.

    ``level`` is its outline level, 0 for the title and body text.
    """

    name: str
    text: str
    level: int
    runs: tuple[Run, ...]


def printed_lines(document: Document) -> Iterator[Line]:
    """Every line that has text, in order; passages are counted from 1, a list of contents is not."""
    numbers = count(1)
    yield Line(TITLE, without_space(document.title), 0, ())
    for block in document.blocks:
        for text in filter(None, map(without_space, block.lines)):
            match block:
                case Heading():
                    yield Line(f"标题“{text}”", text, block.level, _kept(block.runs))
                case Paragraph():
                    yield Line(f"正文第{next(numbers)}段", text, 0, _kept(block.runs))
                case _:
                    yield Line(f"“{text}”", text, 0, ())


def _kept(runs: Sequence[Run]) -> tuple[Run, ...]:
    return tuple(replace(run, text=without_space(run.text)) for run in runs)
