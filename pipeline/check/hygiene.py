"""What must not stand in a published text: words and patterns of templates/hygiene.toml, found and placed.

Nothing is corrected and nothing proposed: a finding shows the place with a few words around it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby

from msgspec import Struct, field

from pipeline.model.finding import Catalogue, Finding, some
from pipeline.model.hygiene import FLAGS, NEAR, Blemish, Once
from pipeline.model.narrative import Narrative, Passage
from pipeline.model.roster import Roster

AROUND = 8
"""Characters shown on either side of what was found, at most; not beyond its sentence."""
PLACES = 5
"""Paragraphs named before 等."""
SENTENCE = re.compile(r"[。；！？]")
GENERAL = frozenset("省市县区旗盟州镇乡局委办厅院会处室人民政府公办的第年度关于本我各和")
"""Characters that say nothing about which body a name is of."""
LEADING = re.compile(r"^(?:(?:19|20)\d\d年度?|关于|现将)")
SUFFIX = re.compile(r"(?:[省市县区旗盟州镇乡局委办厅院会]|政府|办公室|中心|街道|大队|支队)$")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
"""GB 11643: an identity number's last digit, by the weighted sum of the others modulo 11."""


class Bodies(Struct, frozen=True):
    """Whose text it is: its names, and the names of the other bodies there are.

    Its own may be among the ``others``: what is of its own name is never held against those.

    The ``organ`` that adds up names its agencies freely; in its title a name like none of its own is
    another's even where no roster has it.
    """

    own: tuple[str, ...]
    others: tuple[str, ...] = ()
    organ: bool = False
    over: str = ""
    """The organ over an agency: 呼伦贝尔市教育局 is its 市教育局, 满洲里市教育局 is not."""

    @classmethod
    def of_organ(cls, names: Sequence[str], roster: Roster) -> "Bodies":
        """The organ under the names it has in its settings."""
        return cls(tuple(filter(None, names)), roster.names, organ=True)

    @classmethod
    def of_agency(cls, agency: str, roster: Roster, organ: str) -> "Bodies":
        """An agency of the organ's roster, by its name."""
        listed = roster.named(agency)
        return cls(listed.names if listed else (agency,), roster.names, over=organ)


class Spot(Struct, frozen=True):
    """One place where a blemish was found."""

    passage: Passage
    start: int
    end: int
    words: Mapping[str, str] = field(default_factory=dict)
    """What its condition found: the year, the other body's name."""


def check_hygiene(
    narrative: Narrative, blemishes: Sequence[Blemish], bodies: Bodies, year: int, catalogue: Catalogue
) -> tuple[Finding, ...]:
    """Findings on a narrative's words, its dropped title included; an agency's texts come as one as well."""
    opening, text = _opening(narrative), (*narrative.title, *narrative.passages)
    whole = "\n".join(_typed(passage) for passage in text)
    report = _Report(narrative.file, bodies, year, catalogue)
    findings: list[Finding] = []
    for blemish, patterns in _compiled(tuple(blemishes)):
        likely = [pattern for pattern in patterns if pattern.search(whole)]
        if likely and not (blemish.agencies and bodies.organ):
            spots = _spots(blemish, likely, opening if blemish.opening else text, bodies, year)
            findings += report.findings(blemish, spots)
    return tuple(findings)


@cache
def _compiled(blemishes: tuple[Blemish, ...]) -> tuple[tuple[Blemish, tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (blemish, tuple(re.compile(pattern, FLAGS) for pattern in blemish.patterns)) for blemish in blemishes
    )


def _opening(narrative: Narrative) -> tuple[Passage, ...]:
    """The title, what stands before section one, and section one's first words."""
    first = next((one for one in narrative.passages if one.section == 1 and not one.level), None)
    before = (one for one in narrative.passages if not one.section)
    return (*narrative.title, *before, *((first,) if first else ()))


def _typed(passage: Passage) -> str:
    """The passage's text, what names printed in it as zeros: the program's own words are nobody's fault."""
    return "".join("0" * len(run.text) if run.source else run.text for run in passage.runs)


def _spots(
    blemish: Blemish,
    patterns: Sequence[re.Pattern[str]],
    text: Iterable[Passage],
    bodies: Bodies,
    year: int,
) -> Iterator[Spot]:
    for passage in text:
        words = _typed(passage)
        last = -1
        matches = (match for pattern in patterns for match in pattern.finditer(words))
        for match in sorted(matches, key=lambda match: match.span()):
            said = _meets(match, words, blemish, bodies, year)
            if said is None or match.start() <= last or _innocent(match, words, blemish, bodies):
                continue
            last = match.end()
            yield Spot(passage, *match.span(), said)


def _innocent(match: re.Match[str], words: str, blemish: Blemish, bodies: Bodies) -> bool:
    """Whether a word nearby explains it, or it is part of a body's own name."""
    near = words[max(0, match.start() - NEAR) : match.end() + NEAR]
    return any(word in near for word in blemish.unless) or any(
        words.find(name, max(0, match.end() - len(name)), match.start() + len(name)) >= 0
        for name in (*bodies.own, *bodies.others)
        if match[0] in name and match.lastgroup is None
    )


def _meets(
    match: re.Match[str], words: str, blemish: Blemish, bodies: Bodies, year: int
) -> Mapping[str, str] | None:
    """What the pattern's condition found; None where it does not hold."""
    group = match.lastgroup
    if group is None:
        return {}
    given = match[group]
    if group == "year":
        other = given != str(year) and not (blemish.past and f"{year}年" in words)
        return {"stated": given} if other else None
    if group == "body":
        body = _another(given, bodies)
        return {"body": body} if body else None
    return {} if CHECKS[group](given) else None


def _another(given: str, bodies: Bodies) -> str:
    """Which other body a name is of; "" where it may well be the text's own."""
    name = LEADING.sub("", "".join(given.split()))
    if not name or any(own in name or name in own for own in bodies.own if own):
        return ""
    known = (one for one in bodies.others if name.endswith(one) and name.removesuffix(one) in bodies.over)
    other = max(known, key=len, default="")
    if other:
        return other
    own = set("".join(bodies.own)) - GENERAL
    alien = bodies.organ and len(name) > 2 and SUFFIX.search(name) and not own & set(name)
    return name if alien else ""


def _is_identity(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
    return CHECK_DIGITS[total % 11] == number[17].upper()


def _is_card(number: str) -> bool:
    """Luhn: every second digit from the right doubled, the digits of all together a multiple of ten."""
    digits = [int(mark) for mark in reversed(number) if mark.isdigit()]
    doubled = (sum(divmod(digit * 2, 10)) for digit in digits[1::2])
    return len(digits) >= 16 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


CHECKS: Mapping[str, Callable[[str], bool]] = {"identity": _is_identity, "card": _is_card}


class _Report(Struct, frozen=True):
    """Words findings about one text."""

    file: str
    bodies: Bodies
    year: int
    catalogue: Catalogue

    def findings(self, blemish: Blemish, spots: Iterable[Spot]) -> Iterator[Finding]:
        """One finding for each group of spots that is said together."""
        for _, group in groupby(spots, key=_together(blemish.once)):
            yield self._finding(blemish, list(group))

    def _finding(self, blemish: Blemish, spots: Sequence[Spot]) -> Finding:
        spot, passage = spots[0], spots[0].passage
        return self.catalogue.finding(
            blemish.code,
            year=self.year,
            place=passage.place(self.file),
            lead=passage.within,
            found=excerpt(spot, masked=blemish.masked),
            expected=str(self.year) if "stated" in spot.words else "",
            what=blemish.what,
            own=self.bodies.own[0] if self.bodies.own else "",
            often=_often(spots),
            **spot.words,
        )


def _together(once: Once) -> Callable[[Spot], object]:
    """What spots said together have in common."""
    if once is Once.EACH:
        return lambda spot: (spot.passage.cell, spot.passage.origin, spot.start)
    if once is Once.PARAGRAPH:
        return lambda spot: (spot.passage.cell, spot.passage.origin)
    return lambda spot: spot.passage.cell


def _often(spots: Sequence[Spot]) -> str:
    """How many there are, and in which paragraphs; "" for a single one."""
    if len(spots) == 1:
        return ""
    places = list(dict.fromkeys(spot.passage.origin for spot in spots))
    if len(places) == 1:
        return f"（这一段共 {len(spots)} 处）"
    return f"（共 {len(spots)} 处：{some(places, PLACES)}）"


def excerpt(spot: Spot, *, masked: bool = False) -> str:
    """What was found with a few words around it, cut at its sentence; digits that are somebody's as stars."""
    text = spot.passage.text
    before = SENTENCE.split(text[max(0, spot.start - AROUND) : spot.start])[-1]
    after = SENTENCE.split(text[spot.end : spot.end + AROUND])[0]
    words = text[spot.start : spot.end]
    if masked:
        words = words[:3] + re.sub(r"[\dXx]", "*", words[3:-2]) + words[-2:]
    return f"{before}{words}{after}"
