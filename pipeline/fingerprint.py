"""Everything a year's results follow from, as one digest: loads no library that reads or writes documents."""

import datetime
import hashlib
import os
import platform
import re
import stat
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import metadata
from io import FileIO
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.arrived import LARGEST, arrivals
from pipeline.installed import templates_folder
from pipeline.settings import Settings
from pipeline.workspace import Workspace

PROGRAM = Path(__file__).resolve().parent
NAME = re.compile(r"[A-Za-z0-9._-]+")
VERSION = re.compile(r"^Version: *(.*)$", re.MULTILINE)
"""In a package's metadata (core metadata specification); its manual, which may say the same, stands below."""


def fingerprint(
    workspace: Workspace, templates: Path, fonts: Sequence[Path], today: datetime.date, *words: str
) -> str:
    """A digest of inputs, settings, templates, program and libraries, and of which dates have passed.

    Where no previous.xlsx is there, last year's inputs are inputs too. ``fonts`` are folders of this
    computer's, looked at by their files' names and sizes. ``words`` are further things that matter. A file
    that cannot be read counts as what stands in its way; OperatorError (input) without settings.
    """
    whole = hashlib.sha256()
    for line in _lines(workspace, templates, fonts, today):
        whole.update(line.encode("utf-8", "surrogateescape") + b"\n")
    for word in words:
        whole.update(word.encode() + b"\n")
    return whole.hexdigest()


@cache
def identity() -> Mapping[str, str]:
    """What this program is, by name, as far as results depend on it: versions, and digests of its own files.

    As it was when first asked, which is before any file of the program can have been replaced under it.
    """
    return {
        "make-report": __version__,
        "Python": platform.python_version(),
        **dict(_libraries()),
        "程序文件": _together(_folder(PROGRAM, ".py"))[:8],
        "模板": _together(_folder(templates_folder()))[:8],
    }


@cache
def program_digest() -> str:
    """A digest of the program's own files, Python and the libraries: what reading depends on.

    Python too: its tables of characters decide which labels are alike. As it was when first asked, like
    :func:`identity`.
    """
    return _together((*_program(PROGRAM), sys.version))


@cache
def _program(folder: Path) -> tuple[str, ...]:
    return (*_folder(folder, ".py"), *map(" ".join, _libraries()))


def _together(lines: Iterable[str]) -> str:
    """A digest over lines."""
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _lines(
    workspace: Workspace, templates: Path, fonts: Sequence[Path], today: datetime.date
) -> Iterator[str]:
    yield from _folder(workspace.inputs)
    before = Workspace(workspace.root, workspace.year - 1)
    if not (workspace.inputs / "previous.xlsx").is_file() and before.inputs.is_dir():
        yield from _folder(before.inputs)
    yield from means(templates)
    settings = workspace.settings()
    if settings.fonts == "system":
        yield from (
            f"{path} {path.stat().st_size}"
            for folder in fonts
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        )
    yield from (f"{day} {(today > day)}" for day in _dates(workspace, settings))


def means(templates: Path) -> Iterator[str]:
    """What results are made by and with: templates, the bundled faces among them, program and libraries.

    The latter two as they were when first asked. Who exchanges the program under a run that goes on gets what
    was not loaded yet from the new one; the next run sees that it is another.
    """
    yield from _folder(templates)
    yield sys.version
    yield from _program(PROGRAM)


def _folder(folder: Path, ending: str = "") -> Iterator[str]:
    """Every file's path and digest; what programs put beside an open file is passed over."""
    for name, place in arrivals(folder):
        if name.endswith(ending):
            yield f"{folder.name}/{name} {_digest(place)}"


def _digest(place: str) -> str:
    try:
        about = os.stat(place)  # noqa: PTH116 # a Path of each takes longer than its file
        if not stat.S_ISREG(about.st_mode) or about.st_size > LARGEST:  # never read by a run either
            return f"{about.st_size} {about.st_mtime_ns}"
        return _read_digest(place, about.st_size, about.st_mtime_ns)
    except OSError as error:
        return f"errno {error.errno}"


@lru_cache(maxsize=1024)  # the program and its templates: 400 files, asked about after the inputs
def _read_digest(place: str, _size: int, _changed: int) -> str:
    """A file's digest; one of the same size and time is not read twice in a run, which asks after templates
    more than once: 17 MB of faces.
    """
    with FileIO(place) as file:
        return hashlib.sha256(file.readall()).hexdigest()


def _libraries() -> Iterator[tuple[str, str]]:
    """The packages the program runs on, with their versions."""
    try:
        needed = metadata.requires("make-report") or []
    except metadata.PackageNotFoundError:
        return
    for line in needed:
        name = NAME.match(line)
        if name and "extra ==" not in line:
            yield name[0], _version(name[0])


def _version(name: str) -> str:
    """A package's version; ``metadata.version`` reads its whole manual as a letter, in ten times the time."""
    try:
        package = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return ""
    said = VERSION.search(package.read_text("METADATA") or package.read_text("PKG-INFO") or "")
    return said[1] if said else ""


def _dates(workspace: Workspace, settings: Settings) -> Iterator[datetime.date]:
    """The days after which something else is said: deadlines, and until when an acceptance holds."""
    yield from (day for day in (settings.deadline, settings.correct_by) if day)
    accepted = workspace.accepted()
    if accepted:
        try:
            yield from _days_in(tomllib.loads(accepted.content.decode("utf-8-sig")))
        except ValueError:  # not TOML: the run will say so
            return


def _days_in(value: Any) -> Iterator[datetime.date]:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        yield value
    elif isinstance(value, dict):
        yield from (day for one in value.values() for day in _days_in(one))
    elif isinstance(value, list):
        yield from (day for one in value for day in _days_in(one))
