"""The sixty faults: what somebody does to the sample year's own files, and what the program must say of it.

The stories stand in tests/sixty_faults/*.toml; its README.md there explains the words.
"""

import datetime
import io
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl

from kit import biff, opendocument
from kit.workbook import consistent_values
from pipeline.archive import repacked
from pipeline.forms.catalogue import load_indicators
from pipeline.forms.editions import load_forms
from pipeline.model.finding import Finding
from pipeline.model.roster import Agency
from pipeline.workbooks.blank import filled_workbook

FAULTS = Path(__file__).parents[1] / "sixty_faults"
NARRATIVE = "narrative.docx"
TEMPLATES = Path(__file__).parents[2] / "templates"
DAY = datetime.date(2021, 1, 10)


@dataclass(frozen=True)
class Fault:
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


def _entries(kind: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = tomllib.loads((FAULTS / f"{kind}.toml").read_text(encoding="utf-8"))[
        "fault"
    ]
    return loaded


def _fault(kind: str, entry: dict[str, Any]) -> Fault:
    story, found, also = entry.pop("story"), entry.pop("found", ()), entry.pop("also", ())
    refused = next(iter(entry.pop("refused", {}).items()), None)
    if unknown := set(entry) - set(DEEDS) - {"workbook"}:
        raise ValueError(f"{story}: {', '.join(sorted(unknown))}")
    return Fault(kind, story, entry, tuple(found), tuple(also), refused)


def told(finding: Finding) -> str:
    """A finding as the stories name it: code, then file, sheet and cell (the paragraph, the agency)."""
    file = Path(finding.workbook).name
    where = "!".join(word for word in (finding.sheet, finding.cell) if word)
    return " ".join(word for word in (finding.code, file or finding.agency, where) if word)


def plant(fault: Fault, sample: Path, root: Path) -> None:
    """Copy the sample's inputs to ``root`` (by links: what is not touched is not copied) and do the fault."""
    for source in sorted(sample.rglob("*")):
        if source.is_file() and source.name != "README.md":
            target = root / source.relative_to(sample.parents[1])
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(source, target)
    inputs = root / sample.relative_to(sample.parents[1])
    for deed, how in fault.done.items():
        if deed != "workbook":
            DEEDS[deed](inputs, fault.done.get("workbook", ""), how)


def named(inputs: Path, name: str) -> Path:
    """The one file among the inputs whose path ends so."""
    (path,) = (path for path in inputs.rglob("*") if f"/{path.relative_to(inputs)}".endswith(name))
    return path


def _replace(path: Path, content: bytes) -> None:
    """Write a file anew without touching the one it is a link to."""
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _typed(inputs: Path, workbook: str, cells: Mapping[str, object]) -> None:
    """Type into cells, "sheet!A1" to what is typed; "" leaves the cell blank."""
    path = named(inputs, workbook)
    placed = {_split(place): None if value == "" else value for place, value in cells.items()}
    if path.suffix in {".xls", ".et"}:
        _replace(path, biff.retyped(path.read_bytes(), placed))
    elif path.suffix == ".ods":
        _replace(path, opendocument.retyped(path.read_bytes(), placed))
    else:
        _edit(path, lambda book: _type_all(book, placed))
        stale = {place: value["shows"] for place, value in placed.items() if _is(value, "shows")}
        if stale:
            _replace(path, _showing(path.read_bytes(), stale))


def _split(place: str) -> tuple[str, str]:
    sheet, _, a1 = place.rpartition("!")
    return sheet, a1


def _is(value: object, word: str) -> bool:
    return isinstance(value, dict) and word in value


def _type_all(book: openpyxl.Workbook, cells: Mapping[tuple[str, str], Any]) -> None:
    for (sheet, a1), value in cells.items():
        cell = book[sheet][a1]
        if isinstance(value, dict):
            cell.value = value.get("formula", value.get("number"))
            cell.number_format = value.get("format", cell.number_format)
        else:
            cell.value = value


def _edit(path: Path, change: Callable[[openpyxl.Workbook], None]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    change(book)
    written = io.BytesIO()
    book.save(written)
    _replace(path, written.getvalue())


def _showing(content: bytes, results: Mapping[tuple[str, str], object]) -> bytes:
    """The .xlsx with results stored beside formulas, whatever these would give."""
    import zipfile

    names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w") as target:
        for part in source.namelist():
            text = source.read(part)
            for (sheet, a1), value in results.items():
                if part == f"xl/worksheets/sheet{names.index(sheet) + 1}.xml":
                    pattern = rf'(<c r="{a1}"[^>]*>(?:(?!</c>).)*?<v)(?: ?/>|>[^<]*</v>)'.encode()
                    text, count = re.subn(pattern, rf"\g<1>>{value}</v>".encode(), text)
                    assert count == 1, (sheet, a1)
            target.writestr(part, text)
    return repacked(written.getvalue())


def _merged(inputs: Path, workbook: str, areas: list[str]) -> None:
    _edit(
        named(inputs, workbook),
        lambda book: [book[_split(one)[0]].merge_cells(_split(one)[1]) for one in areas],
    )


def _hidden(inputs: Path, workbook: str, places: list[str]) -> None:
    """Hide a row ("sheet!28") or a sheet ("sheet")."""

    def hide(book: openpyxl.Workbook) -> None:
        for place in places:
            sheet, row = _split(place)
            if sheet:
                book[sheet].row_dimensions[int(row)].hidden = True
            else:
                book[place].sheet_state = "hidden"

    _edit(named(inputs, workbook), hide)


def _sheet_copied(inputs: Path, workbook: str, copies: Mapping[str, str]) -> None:
    def copy(book: openpyxl.Workbook) -> None:
        for name, new in copies.items():
            book.copy_worksheet(book[name]).title = new

    _edit(named(inputs, workbook), copy)


def _sheets_removed(inputs: Path, workbook: str, names: list[str]) -> None:
    _edit(named(inputs, workbook), lambda book: [book.remove(book[name]) for name in names])


def _row_deleted(inputs: Path, workbook: str, places: list[str]) -> None:
    _edit(
        named(inputs, workbook),
        lambda book: [book[_split(one)[0]].delete_rows(int(_split(one)[1])) for one in places],
    )


def _renamed(inputs: Path, _: str, names: Mapping[str, str]) -> None:
    for old, new in names.items():
        path = named(inputs, old)
        path.rename(path.with_name(new))


def _copied(inputs: Path, _: str, names: Mapping[str, str]) -> None:
    """Copy a file to a path among the inputs, over one that may be there."""
    for old, new in names.items():
        content = named(inputs, old).read_bytes()
        _replace(inputs / new, content)


def _other_edition(inputs: Path, _: str, editions: Mapping[str, str]) -> None:
    """An agency fills in the blank of another edition; ``first`` is its first figure, each one more."""
    for name, edition in editions.items():
        path = named(inputs, name)
        cover = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))["封面"]
        agency = Agency(str(cover["B4"].value), str(cover["B3"].value), "")
        form = next(form for form in load_forms(TEMPLATES / "forms") if form.edition == edition)
        indicators = load_indicators(TEMPLATES / "indicators.toml")
        values = consistent_values(form)
        blank = filled_workbook(agency, 2020, form, indicators, values=values, texts={}, date=DAY)
        _replace(path, blank)


def _touched(inputs: Path, _: str, times: Mapping[str, int]) -> None:
    """Set files' dates of change."""
    for name, time in times.items():
        path = named(inputs, name)
        _replace(path, path.read_bytes())
        os.utime(path, (time, time))


def _removed(inputs: Path, _: str, names: list[str]) -> None:
    for name in names:
        named(inputs, name).unlink()


def _cut(inputs: Path, _: str, names: Mapping[str, int]) -> None:
    """Keep only so many bytes of a file."""
    for name, length in names.items():
        path = named(inputs, name)
        _replace(path, path.read_bytes()[:length])


def _settings(inputs: Path, _: str, changes: Mapping[str, str]) -> None:
    path = inputs / "report.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    _replace(path, text.encode())


def _rewritten(inputs: Path, _: str, changes: Mapping[str, str]) -> None:
    """Type over words of the narrative that stand in it once."""

    def rewrite(paragraphs: list[Any]) -> None:
        for old, new in changes.items():
            (paragraph,) = (one for one in paragraphs if old in one.text)
            assert paragraph.text.count(old) == 1, old
            paragraph.text = paragraph.text.replace(old, new)

    _narrate(inputs, rewrite)


def _dropped(inputs: Path, _: str, beginnings: list[str]) -> None:
    _narrate(inputs, lambda paragraphs: [_remove(_beginning(paragraphs, begin)) for begin in beginnings])


def _added(inputs: Path, _: str, passages: Mapping[str, str]) -> None:
    """Put a paragraph after the one that begins so."""
    from copy import deepcopy

    def add(paragraphs: list[Any]) -> None:
        for begin, text in passages.items():
            before = _beginning(paragraphs, begin)
            after = deepcopy(before._p)
            before._p.addnext(after)
            type(before)(after, before._parent).text = text

    _narrate(inputs, add)


def _exchanged(inputs: Path, _: str, beginnings: tuple[str, str]) -> None:
    def exchange(paragraphs: list[Any]) -> None:
        one, other = (_beginning(paragraphs, begin) for begin in beginnings)
        one.text, other.text = other.text, one.text

    _narrate(inputs, exchange)


def _beginning(paragraphs: list[Any], words: str) -> Any:
    (paragraph,) = (one for one in paragraphs if one.text.startswith(words))
    return paragraph


def _remove(paragraph: Any) -> None:
    paragraph._p.getparent().remove(paragraph._p)


def _narrate(inputs: Path, change: Callable[[list[Any]], object]) -> None:
    path = inputs / NARRATIVE
    text = docx.Document(io.BytesIO(path.read_bytes()))
    change(list(text.paragraphs))
    written = io.BytesIO()
    text.save(written)
    _replace(path, written.getvalue())


DEEDS: Mapping[str, Callable[[Path, str, Any], None]] = {
    "sheet_copied": _sheet_copied,
    "sheets_removed": _sheets_removed,
    "typed": _typed,
    "merged": _merged,
    "hidden": _hidden,
    "row_deleted": _row_deleted,
    "renamed": _renamed,
    "copied": _copied,
    "other_edition": _other_edition,
    "touched": _touched,
    "removed": _removed,
    "cut": _cut,
    "settings": _settings,
    "rewritten": _rewritten,
    "dropped": _dropped,
    "added": _added,
    "exchanged": _exchanged,
}
"""What may be done, by the word of the stories."""
