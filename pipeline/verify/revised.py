"""The lines of an edited file beside the Document's, and which numbers stand for which."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.model.rendition import ReadBack
from pipeline.verify.align import Pair, aligned, text_likeness
from pipeline.verify.answers import Answers, answers_across, answers_within
from pipeline.verify.lines import Line
from pipeline.verify.said import Said, numbers

OPENING = 8
"""Characters of an added line by which it is found in the file."""


class Revision(Struct, frozen=True, eq=False):
    """A line of the Document and the line of the file that answers to it; one of them may be missing.

    ``place`` is the file's line, counted from 0; ``moved`` says that it stands elsewhere in the file.
    """

    line: Line | None
    place: int | None
    text: str
    moved: bool
    before: tuple[Said, ...]
    after: tuple[Said, ...]

    @property
    def name(self) -> str:
        """What the office calls the line."""
        if self.line is not None:
            return self.line.name
        opening = f"{self.text[:OPENING]}…" if len(self.text) > OPENING else self.text
        return f"新加的一段（{opening}）"

    @property
    def is_edited(self) -> bool:
        """Whether its words are other than the Document's."""
        return self.line is None or self.place is None or self.line.text != self.text

    @property
    def bound(self) -> tuple[Said, ...]:
        """The numbers of the Document's line that are printed from a figure."""
        return tuple(said for said in self.before if said.run)


def revisions(lines: Sequence[Line], read: ReadBack) -> tuple[Revision, ...]:
    """Every line of the Document and of the file, in the Document's order."""
    texts = [line.text for line in lines]
    pairs = list(aligned(texts, read.lines, text_likeness))
    return tuple(
        _revision(i, j, lines, read, moved=moved) for i, j, moved in _with_moved(pairs, texts, read.lines)
    )


def _with_moved(
    pairs: Sequence[Pair], expected: Sequence[str], found: Sequence[str]
) -> Iterator[tuple[int | None, int | None, bool]]:
    """The pairs, but a line that stands unchanged elsewhere answers to itself there."""
    loose = [
        (i, j) for i, j in pairs if (None if i is None else expected[i]) != (None if j is None else found[j])
    ]
    free = [j for _, j in loose if j is not None]
    home: dict[int, int] = {}
    for i, _ in loose:
        j = None if i is None else next((j for j in free if found[j] == expected[i]), None)
        if i is not None and j is not None:
            home[i] = j
            free.remove(j)
    for i, j in pairs:
        if i in home:
            yield i, home[i], True
        left, right = None if i in home else i, None if j in home.values() else j
        if left is not None or right is not None:
            yield left, right, False


def _revision(
    i: int | None, j: int | None, lines: Sequence[Line], read: ReadBack, *, moved: bool
) -> Revision:
    line = None if i is None else lines[i]
    text = "" if j is None else read.lines[j]
    before = tuple(numbers(line.text, line.runs)) if line else ()
    after = tuple(numbers(text)) if line is None or line.text != text else ()
    return Revision(line, j, text, moved, before, after)


def answers_in(revised: Sequence[Revision]) -> Answers:
    """The numbers read for those of the edited lines; a bound number without one is printed no more."""
    edited = [revision for revision in revised if revision.is_edited]
    answers = {
        said: other
        for revision in edited
        for said, other in answers_within(revision.before, revision.after).items()
    }
    taken = set(answers.values())
    left = [said for revision in edited for said in revision.bound if said not in answers]
    free = [said for revision in edited for said in revision.after if said not in taken]
    return {**answers, **answers_across(left, free)}
