"""File names made of names that others gave: legal on Windows and Linux, and no two alike."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import count

ILLEGAL = re.compile(r'[<>:"/\\\\|?*\x00-\x1f]')
SET_ASIDE = "已作废"
"""The sub-folder into which files go that hold no longer."""
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of marks that a file name shows nothing of."""
DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for itself, whatever stands behind a point."""

LONGEST = 60
"""Characters of a name: Linux allows 255 bytes, a Chinese character takes three, and there has to be room
behind for （草稿）（网页粘贴用）（改动备份1）.html."""


def legal_name(name: str) -> str:
    """A file name that Windows and Linux accept, as near to ``name`` as can be; never a path.

    Marks that cannot be seen are left out: U+202E would show xcod.docx as docx.docx.
    """
    seen = "".join(map(_shown, ILLEGAL.sub("_", name)))
    fit = _fitting(seen.strip(" .~"))
    return _fitting(f"_{fit}") if not fit or DEVICE.fullmatch(fit) else fit


def _fitting(name: str) -> str:
    """As much of a name as there is room for."""
    fit = name[:LONGEST]
    while len(fit.encode()) > 3 * LONGEST:
        fit = fit[:-1]
    return fit.rstrip(" .~")


@lru_cache(maxsize=8192)
def _shown(mark: str) -> str:
    category = unicodedata.category(mark)
    return " " if category == "Zs" else "" if category in UNSEEN else mark


def distinct_names(names: Mapping[str, str]) -> dict[str, str]:
    """A legal file name for each code, no two alike, even to a system that does not tell case.

    Names that would be alike get the code before them, and a number where that does not do.
    """
    legal = {code: legal_name(name) for code, name in names.items()}
    often = Counter(name.casefold() for name in legal.values())
    alike = [code for code, name in legal.items() if often[name.casefold()] > 1]
    coded = apart((legal_name(code + names[code]) for code in alike), often)
    return legal | dict(zip(alike, coded, strict=True))


def apart(names: Iterable[str], taken: Iterable[str] = ()) -> Iterator[str]:
    """The names in order, numbered （2） and so on where one like it was there before.

    ``taken`` are names, in lower case, that are not to be given to any.
    """
    given = set(taken)
    numbers: dict[str, count[int]] = {}
    for name in names:
        free = name
        while free.casefold() in given:
            free = f"{name}（{next(numbers.setdefault(name.casefold(), count(2)))}）"
        given.add(free.casefold())
        yield free
