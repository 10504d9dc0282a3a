"""A file that a person may have edited: its figures must stand, its words may differ and are told."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from pipeline.model.finding import Finding
from pipeline.model.rendition import ReadBack
from pipeline.verify.align import excerpts, surrounded
from pipeline.verify.answers import Answers
from pipeline.verify.compare_line import NOTHING, level_finding
from pipeline.verify.compare_place import FIRST
from pipeline.verify.compare_table import MISSING, Reporter
from pipeline.verify.revised import Revision
from pipeline.verify.said import Said

ADDRESS = re.compile(r"(last_year\.)?([a-z_0-9]+(?:\.[a-z_0-9]+)+)")
LAST_YEAR = "上年."
BLOT = "\ufffc"
"""Stands for a wrong number while the words around it are compared."""


class EditedJudge(Struct, frozen=True):
    """Says what was done to the lines of one file; ``aliases`` are the Chinese names of addresses."""

    read: ReadBack
    answers: Answers
    aliases: Mapping[str, str]
    report: Reporter

    def findings(self, revision: Revision) -> Iterator[Finding]:
        """The line's wrong numbers; then, where its words differ too, that it was edited, moved or both."""
        wrong = wrong_numbers(revision, self.answers)
        for said, other in wrong:
            yield self._wrong(revision, said, other)
        gone = gone_numbers(revision, self.answers)
        if gone:
            yield self._edited("figure-removed", revision, words="、".join(map(self._figure, gone)))
        elif _words_differ(revision, wrong):
            yield self._edited("passage-edited", revision)
        if revision.moved:
            yield self._moved(revision)
        if revision.line is not None and revision.place is not None:
            level = level_finding("heading-level", revision.line, self.read, revision.place, self.report)
            if level is not None:
                yield level

    def _wrong(self, revision: Revision, said: Said, other: Said) -> Finding:
        run = said.run
        return self.report(
            "readback-figure",
            line=revision.name,
            words=self.words(said),
            found=other.text,
            expected=said.text,
            address=run.addresses[0] if run and run.addresses else "",
            around=surrounded(other.line, other.start, other.end),
        )

    def _figure(self, said: Said) -> str:
        return f"{said.text}（{self.words(said)}）"

    def words(self, said: Said) -> str:
        """The figure's name as a narrative writes it, Chinese where there is a Chinese one."""
        return ADDRESS.sub(self._alias, said.run.source) if said.run else said.text

    def _alias(self, match: re.Match[str]) -> str:
        alias = self.aliases.get(match[2])
        return match[0] if alias is None else f"{LAST_YEAR if match[1] else ''}{alias}"

    def _edited(self, code: str, revision: Revision, **names: str) -> Finding:
        before = revision.line.text if revision.line else ""
        if before and revision.place is not None:
            before, after = excerpts(before, revision.text)
        else:
            after = revision.text
        after = after or MISSING
        return self.report(code, line=revision.name, found=after, expected=before or NOTHING, **names)

    def _moved(self, revision: Revision) -> Finding:
        place = revision.place or 0
        found = self.read.lines[place - 1] if place else FIRST
        return self.report("passage-moved", line=revision.name, found=found)


def wrong_numbers(revision: Revision, answers: Answers) -> list[tuple[Said, Said]]:
    """The line's bound numbers in whose place the file says another, each with that other."""
    if not revision.is_edited:
        return []
    answered = [(said, answers[said]) for said in revision.bound if said in answers]
    return [(said, other) for said, other in answered if not said.agrees(other)]


def gone_numbers(revision: Revision, answers: Answers) -> list[Said]:
    """The line's bound numbers that the file says no more."""
    return [said for said in revision.bound if revision.is_edited and said not in answers]


def _words_differ(revision: Revision, wrong: Sequence[tuple[Said, Said]]) -> bool:
    """Whether more was changed than the numbers already called wrong."""
    if revision.line is None or revision.place is None:
        return True
    before = _blotted(revision.line.text, [said for said, _ in wrong])
    return before != _blotted(revision.text, [other for _, other in wrong])


def _blotted(text: str, wrong: Sequence[Said]) -> str:
    line = text
    for said in sorted(wrong, key=lambda said: said.start, reverse=True):
        if said.line == line:  # else it stands in another line of the file
            text = text[: said.start] + BLOT + text[said.end :]
    return text
