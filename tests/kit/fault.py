"""The sixty faults: what somebody does to the sample year's own files, and what the program must say of it.

The stories stand in tests/sixty_faults/*.toml; its README.md there explains the words.
"""

import datetime
import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from msgspec import Struct

from kit import retyped, rewritten
from kit.workbook import consistent_values
from pipeline.forms.catalogue import load_indicators
from pipeline.forms.editions import load_forms
from pipeline.model.finding import Finding
from pipeline.model.roster import Agency
from pipeline.workbooks.blank import filled_workbook

FAULTS = Path(__file__).parents[1] / "sixty_faults"
TEMPLATES = Path(__file__).parents[2] / "templates"
DAY = datetime.date(2021, 1, 10)


class Fault(Struct, frozen=True):
    """A fault: its story in a sentence, what was done, and what is found: the fault itself, what follows.

    ``refused`` is why the run cannot go on: the exit code's name and words of the sentence that says so.
    """

    kind: str
    story: str
    done: Mapping[str, Any]
    found: tuple[str, ...]
    also: tuple[str, ...]
    refused: tuple[str, str] | None


def load_faults(*kinds: str) -> tuple[Fault, ...]:
    """The faults of these kinds, by the files' names, in order; ValueError for a word that none knows."""
    return tuple(_fault(kind, entry) for kind in kinds for entry in _entries(kind))


def _entries(kind: str) -> Sequence[dict[str, Any]]:
    loaded: Sequence[dict[str, Any]] = tomllib.loads((FAULTS / f"{kind}.toml").read_text(encoding="utf-8"))[
        "fault"
    ]
    return loaded


def _fault(kind: str, entry: dict[str, Any]) -> Fault:
    story, found, also = entry.pop("story"), entry.pop("found", ()), entry.pop("also", ())
    refused = next(iter(entry.pop("refused", {}).items()), None)
    if unknown := set(entry) - DEEDS.keys() - CHANGES.keys() - {"workbook"}:
        raise ValueError(f"{story}: {', '.join(sorted(unknown))}")
    return Fault(kind, story, entry, tuple(found), tuple(also), refused)


def told(finding: Finding) -> str:
    """A finding as the stories name it: code, then file, sheet and cell (the paragraph, the agency)."""
    where = "!".join(word for word in (finding.sheet, finding.cell) if word)
    return " ".join(
        word for word in (finding.code, Path(finding.workbook).name or finding.agency, where) if word
    )


def plant(fault: Fault, sample: Path, root: Path) -> None:
    """Lay the sample's inputs out in ``root``, by links where nothing is changed, and do the fault to them."""
    inputs = root / sample.relative_to(sample.parents[1])
    for source in sample.rglob("*"):
        if source.is_file():
            target = inputs / source.relative_to(sample)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(source, target)
    for deed, how in fault.done.items():
        if deed in CHANGES:
            file, change = CHANGES[deed]
            path = named(inputs, file or fault.done["workbook"])
            replace(path, change(path, how))
        elif deed in DEEDS:
            DEEDS[deed](inputs, how)


def named(inputs: Path, name: str) -> Path:
    """The one file among the inputs whose path ends so."""
    (path,) = (path for path in inputs.rglob("*") if f"/{path.relative_to(inputs)}".endswith(name))
    return path


def replace(path: Path, content: bytes) -> None:
    """Write a file without touching the one it may be a link to."""
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _settings(path: Path, changes: Mapping[str, str]) -> bytes:
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text.encode()


def _on_another_blank(path: Path, edition: str) -> bytes:
    """The agency's figures are of no matter: none is taken from another edition's form."""
    cover = openpyxl.load_workbook(path)["封面"]
    agency = Agency(str(cover["B4"].value), str(cover["B3"].value), "")
    form = next(form for form in load_forms(TEMPLATES / "forms") if form.edition == edition)
    indicators = load_indicators(TEMPLATES / "indicators.toml")
    values = consistent_values(form)
    return filled_workbook(agency, DAY.year - 1, form, indicators, values=values, texts={}, date=DAY)


def _renamed(inputs: Path, names: Mapping[str, str]) -> None:
    for old, new in names.items():
        path = named(inputs, old)
        path.rename(path.with_name(new))


def _copied(inputs: Path, names: Mapping[str, str]) -> None:
    """Copy files to paths among the inputs, over what may be there."""
    for old, new in names.items():
        replace(inputs / new, named(inputs, old).read_bytes())


def _removed(inputs: Path, names: Sequence[str]) -> None:
    for name in names:
        named(inputs, name).unlink()


def _touched(inputs: Path, times: Mapping[str, int]) -> None:
    """Give files a date of change, in seconds since 1970."""
    for name, time in times.items():
        path = named(inputs, name)
        replace(path, path.read_bytes())
        os.utime(path, (time, time))


def _of(change: Callable[[bytes, Any], bytes]) -> Callable[[Path, Any], bytes]:
    return lambda path, how: change(path.read_bytes(), how)


CHANGES: Mapping[str, tuple[str, Callable[[Path, Any], bytes]]] = {
    "other_edition": ("", _on_another_blank),
    "sheets_copied": ("", _of(retyped.with_copies)),
    "sheets_removed": ("", _of(retyped.without_sheets)),
    "rows_deleted": ("", _of(retyped.without_rows)),
    "typed": ("", lambda path, cells: retyped.retyped(path.read_bytes(), path.suffix, cells)),
    "merged": ("", _of(retyped.merged)),
    "hidden": ("", _of(retyped.hidden)),
    "settings": ("report.toml", _settings),
    "rewritten": ("narrative.docx", _of(rewritten.rewritten)),
    "dropped": ("narrative.docx", _of(rewritten.without)),
    "added": ("narrative.docx", _of(rewritten.with_passages)),
    "exchanged": ("narrative.docx", _of(rewritten.exchanged)),
}
"""What may be done to one file, by the word of the stories: the file ("" for the story's own), and how."""
DEEDS: Mapping[str, Callable[[Path, Any], None]] = {
    "renamed": _renamed,
    "copied": _copied,
    "removed": _removed,
    "touched": _touched,
}
"""What may be done to the files as a whole."""
