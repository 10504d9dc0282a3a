"""The lines a person edited, as passages with their numbers, so that they can be checked like a narrative."""

from collections.abc import Iterator, Sequence

from pipeline.model.narrative import Passage, Run
from pipeline.verify.answers import Answers
from pipeline.verify.revised import Revision
from pipeline.verify.said import Said


def edited_passages(revised: Sequence[Revision], answers: Answers) -> Iterator[Passage]:
    """Every line of the file but the title and section titles, in the file's order.

    Their ``origin`` is the line's name where it was edited, "" where it was not. A number that still says its
    figure stays bound to it. One that does not is called wrong already: it is put right here, so that it is
    not called wrong twice.
    """
    bound = {other: said for said, other in answers.items() if said.run}
    section = 0
    for revision in sorted(_standing(revised), key=_place):
        line = revision.line
        if line is not None and line.level == 1:
            section += 1
        elif _place(revision):
            level = line.level if line else 0
            yield Passage(section, level, tuple(_runs(revision, bound)), _origin(revision))


def _standing(revised: Sequence[Revision]) -> list[Revision]:
    return [revision for revision in revised if revision.place is not None]


def _place(revision: Revision) -> int:
    return revision.place or 0


def _origin(revision: Revision) -> str:
    return revision.name if revision.is_edited else ""


def _runs(revision: Revision, bound: dict[Said, Said]) -> Iterator[Run]:
    """The line's text, cut at the numbers that answer to a bound one."""
    if revision.line is not None and not revision.is_edited:
        yield from revision.line.runs or (Run(revision.text),)
        return
    position = 0
    for other in revision.after:
        said = bound.get(other)
        if said is None or said.run is None:
            continue
        yield Run(revision.text[position : other.start])
        text = other.text if said.agrees(other) else said.text
        yield Run(text, said.run.source, said.run.addresses)
        position = other.end
    yield Run(revision.text[position:])
