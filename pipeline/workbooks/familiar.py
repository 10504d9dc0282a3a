"""Parts of workbooks seen before: what was found of one row holds for every row alike but for its numbers.

Agencies fill in the same blank, so most rows that arrive differ in nothing but the numbers between <v> and
</v>, and in how high their computers make them. Neither can break the XML, move a cell or make a formula;
everything else must be alike to the byte. Of their texts most are the blank's.
"""

import re
from collections.abc import Callable, Iterable, Sequence, Set
from hashlib import sha256
from typing import TypeAlias, TypeVar, cast

from msgspec import Struct, field

from pipeline.workbooks.bounds import VALUE, Held
from pipeline.workbooks.extent import Hidden, Reach, hidden, reach, references, rows_in
from pipeline.workbooks.formats import styles
from pipeline.workbooks.markup import check_part
from pipeline.workbooks.refusal import RefusalError

Value = TypeVar("Value")
Key: TypeAlias = tuple[str, *tuple[bytes, ...]]
"""What kind of thing is remembered, and the bytes it follows from."""

MOST = 2 * 1024 * 1024
"""Bytes kept until what is older is forgotten: our blank as three programs save it comes to some 600 KB."""
MOST_TEXTS = 256 * 1024
"""Bytes of texts kept: those of our blank as three programs save it come to 60 KB."""
LONGEST = 128 * 1024
"""Bytes of a part that may be alike to another; the sheets of our blank have 25 000."""
MANY = 200
"""Rows of such a part."""

MET = "met"
"""What is known of a row met once: many are met only once, with an agency's name or texts."""

_NUMBER = re.compile(rb"<v>[-+.0-9eE]{1,40}<")
_HEIGHT = re.compile(rb' ht="[.0-9]{1,20}"')
_DECLARED = re.compile(rb'<\?xml version="1\.0" encoding="(?:UTF|utf)-8"(?: standalone="(?:yes|no)")?\?>')
_NAME, _FIRST, _LAST, _ROW = b"sheetData", b"<sheetData>", b"</sheetData>", b"<row "
_TEXT, _END_OF_TEXTS = b"<si>", b"</sst>"
_OF_CELLS = re.compile(rb"\sr\s*=|<(?:\w+:)?(?:c|row|f|v)[\s/>]")
"""What the checks of a sheet look for, and what has no place outside its cells."""


class Memory(Struct):
    """What was worked out before, by the bytes it was worked out from.

    When as much has been kept as fits, what was not asked for since the time before is forgotten.
    """

    _recent: dict[Key, object] = field(default_factory=dict)
    _earlier: dict[Key, object] = field(default_factory=dict)
    _held: int = 0
    _texts: set[bytes] = field(default_factory=set)
    _length: int = 0

    def unmet(self, texts: Iterable[bytes]) -> set[bytes]:
        """Those of these texts that were not met before."""
        return set(texts) - self._texts

    def meet(self, texts: Set[bytes]) -> None:
        """Remember texts; when they are too many all are forgotten, and the blank's soon met again."""
        length = sum(map(len, texts))
        if self._length + length > MOST_TEXTS:
            self._texts, self._length = set(), 0
        self._texts |= texts
        self._length += length

    def recall(self, key: Key) -> object | None:
        """What is remembered under a key, None for nothing."""
        value = self._recent.get(key)
        if value is None and key in self._earlier:
            value = self._earlier[key]
            self.keep(key, value)
        return value

    def keep(self, key: Key, value: object) -> None:
        """Remember a value; nothing where its key is too long."""
        weight = sum(map(len, key))
        if weight > LONGEST:
            return
        self._recent[key] = value
        self._held += weight
        if self._held > MOST:
            self._earlier, self._recent, self._held = self._recent, {}, 0

    def once(self, key: Key, work: Callable[[], Value]) -> Value:
        """The value under a key, worked out where it is not remembered; what raises is not remembered."""
        value = cast("Value | None", self.recall(key))
        if value is None:
            value = work()
            self.keep(key, value)
        return value


class Facts(Struct, frozen=True):
    """What is known of rows of a sheet: their numbers, the last column, what the reader would not show.

    ``marks`` are those of values.
    """

    rows: tuple[int, ...]
    column: int
    marks: int
    hidden: Hidden
    styles: frozenset[str]
    """The style numbers its cells name."""

    @property
    def reach(self) -> Reach:
        """How far they reach."""
        return Reach(max(self.rows, default=0), self.column, placed=True, twice=False)

    @property
    def held(self) -> Held:
        """What they hold."""
        return Held(self.reach.area, self.marks)


def recalled(part: bytes, memory: Memory) -> Facts | None:
    """The facts of a sheet that passes every check, by rows remembered; None where it must be checked whole.

    They are those that the checks would give.
    """
    apart = _apart(part)
    if apart is None or not memory.once(("around", apart[0]), lambda: _is_usual(apart[0])):
        return None
    key = "rows", sha256(apart[1]).digest()
    known = memory.recall(key)
    if isinstance(known, Facts):
        return known
    facts = _recalled_by_rows(apart[1], memory)
    if facts:
        memory.keep(key, facts)
    return facts


def are_whole(part: bytes, memory: Memory) -> bool:
    """Whether a list of shared texts is whole XML for certain, by texts remembered; False where it is open.

    It is where what stands around its texts is, before them and from the list's end tag on, and each text.
    """
    start, end = part.find(_TEXT), part.rfind(_END_OF_TEXTS)
    if len(part) > LONGEST or not 0 < start < end:
        return False
    around = part[:start] + part[end:]
    if not memory.once(("around texts", around), lambda: _is_plain(around)):
        return False
    new = memory.unmet(part[start:end].split(_TEXT)[1:])
    if new and not is_whole(_apiece(_TEXT, tuple(new))):
        return False
    memory.meet(new)
    return True


def _recalled_by_rows(rows: bytes, memory: Memory) -> Facts | None:
    """The facts of rows of which some, in a sheet with an agency's name or texts, were met before.

    What is met for the second time is looked at by itself and remembered.
    """
    before, *pieces = rows.split(_ROW)
    if before or len(pieces) > MANY:
        return None
    found: list[Facts | None] = []
    new: list[bytes] = []
    for row in pieces:
        known = memory.recall(("row", row))
        if isinstance(known, Facts):
            found.append(known)
        elif known:
            found.append(_facts([row]))
            memory.keep(("row", row), found[-1] or MET)
        else:
            new.append(row)
            memory.keep(("row", row), MET)
    if new:
        found.append(_facts(new))
    return _together(found)


def _apart(part: bytes) -> tuple[bytes, bytes] | None:
    """What stands around a sheet's rows, and the rows, numbers and heights made 0; None for an unusual part.

    Where what stands around and each row are whole XML, each by itself, and usual, so is the part.
    """
    start, end = part.find(_FIRST) + len(_FIRST), part.find(_LAST)
    if len(part) > LONGEST or not len(_FIRST) <= start <= end:
        return None
    return part[:start] + part[end:], _HEIGHT.sub(b' ht="0"', _NUMBER.sub(b"<v>0<", part[start:end]))


def _is_usual(around: bytes) -> bool:
    """Whether what stands around the rows is whole XML, and nothing in it could be taken for a cell."""
    return (
        around.count(_NAME) == 2
        and VALUE not in around
        and _OF_CELLS.search(around) is None
        and _is_plain(around)
    )


def _is_plain(around: bytes) -> bool:
    """Whether what stands around is whole XML in UTF-8, of elements and text alone."""
    declared = _DECLARED.match(around)
    return around.count(b"<?") == bool(declared) and b"<!" not in around and is_whole(around)


def _apiece(begin: bytes, pieces: Sequence[bytes]) -> bytes:
    """Rows or texts, each in an element of its own; "" where one hides elements or ends the one it is in.

    Where this is whole XML, so is each of them. Comments and processing instructions hide elements.
    """
    joined = b"</x><x>".join(begin + piece for piece in pieces)
    hides = b"<!" in joined or b"<?" in joined or joined.count(b"</x") >= len(pieces)
    return b"" if hides else b"<x><x>" + joined + b"</x></x>"


def is_whole(part: bytes) -> bool:
    """Whether a part is whole XML without entities."""
    try:
        check_part(part)
    except RefusalError:
        return False
    return True


def _facts(rows: Sequence[bytes]) -> Facts | None:
    """The facts of some rows; None where one is no whole XML, or they are unusual.

    Unusual are cells without a place or in another row, and error values, whose text may be a number.
    """
    apiece = _apiece(_ROW, rows)
    if not (apiece and is_whole(apiece)):
        return None
    joined = _ROW + _ROW.join(rows)
    if _NAME in joined:
        return None
    places, flaws = references(joined), hidden(joined)
    own = [digits for letters, digits in places if not letters]
    reached = reach(joined, places)
    usual = (
        len(own) == len(rows) == rows_in(joined)
        and {digits for _, digits in places} == set(own)
        and len(set(map(int, own))) == len(rows)
        and reached.placed
        and not reached.twice
        and not flaws.errors
    )
    if not usual:
        return None
    return Facts(tuple(map(int, own)), reached.column, joined.count(VALUE), flaws, styles(joined))


def _together(found: Sequence[Facts | None]) -> Facts | None:
    """The facts of all rows; None where some have none, a row stands there twice, or they reach too far."""
    known = [one for one in found if one]
    rows = [row for one in known for row in one.rows]
    if len(known) < len(found) or len(set(rows)) < len(rows):
        return None
    facts = Facts(
        tuple(rows),
        max((one.column for one in known), default=0),
        sum(one.marks for one in known),
        Hidden(
            {},
            frozenset().union(*(one.hidden.uncached for one in known if one.hidden.uncached)),
            frozenset().union(*(one.hidden.linked for one in known if one.hidden.linked)),
        ),
        frozenset().union(*{one.styles for one in known}),
    )
    return None if facts.reach.too_far() else facts
