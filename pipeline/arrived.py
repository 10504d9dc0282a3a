"""What lies in submissions/: each file's path, where the system has it, and its bytes when asked for."""

import hashlib
import os
import stat
from io import FileIO
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from pipeline.errors import reason
from pipeline.model.finding import visible

PASSED_OVER = ("~$", ".")
"""Names of files that Word, WPS, LibreOffice and the system put beside a person's own."""
MEBI = 1024 * 1024
LARGEST = 64 * MEBI
"""Bytes of a file that is read at all; what a workbook may have, the reader of workbooks decides."""
ASTRAY = "文件名编码不对"
NOT_ARRIVALS = frozenset({"thumbs.db", "desktop.ini"})


class ArrivedFile(Struct, frozen=True):
    """A file in submissions/: its path relative to the workspace (with ``/``), and where the system has it.

    Its bytes are read when asked for: of thousands of files one is in memory at a time.
    """

    path: str
    place: str
    unreadable: str = ""
    """Why it is not even looked into, in words; "" where it may be."""

    def read(self) -> bytes:
        """Its bytes now, none of what is not looked into; OSError where the system does not give them."""
        if self.unreadable:
            return b""
        with FileIO(self.place) as file:  # a Path keeps its name in memory for good
            return file.readall()

    def carried(self) -> "CarriedFile":
        """The same file with its bytes, for who cannot reach it; why it has none, where it has none."""
        try:
            return CarriedFile(self.path, self.read(), self.unreadable)
        except OSError as error:
            return CarriedFile(self.path, b"", reason(error))

    @property
    def sha256(self) -> str:
        """The digest of its bytes now, in hex; that of nothing where they cannot be read."""
        try:
            return hashlib.sha256(self.read()).hexdigest()
        except OSError:
            return hashlib.sha256().hexdigest()


class CarriedFile(Struct, frozen=True):
    """A file from submissions/ that brings its bytes along."""

    path: str
    content: bytes
    unreadable: str = ""
    """Why it has no bytes, in words; "" where it has."""

    def read(self) -> bytes:
        """Its bytes."""
        return self.content

    def carried(self) -> "CarriedFile":
        """Itself."""
        return self


AnyFile: TypeAlias = ArrivedFile | CarriedFile


def readable(path: str) -> str:
    """A path as it can be written on a screen and into a record: one line, all of it to be seen.

    A name that is no UTF-8 comes from a zip packed on a Chinese Windows.
    """
    # Most paths print as they are: what is no UTF-8 does not print either.
    return path if path.isprintable() else "/".join(map(_readable_name, path.split("/")))


def _readable_name(name: str) -> str:
    if not any("\ud800" <= mark <= "\udfff" for mark in name):
        return visible(name)
    try:
        return f"{visible(os.fsencode(name).decode('gb18030'))}（{ASTRAY}）"
    except UnicodeError:
        return visible(name.encode("utf-8", "backslashreplace").decode())


def arrival(path: str, place: str) -> ArrivedFile:
    """A file that arrived; one that cannot be read says so and does not stop the others."""
    try:
        odd = _odd(place)
    except OSError as error:
        odd = reason(error)
    return ArrivedFile(path, path if place == path else place, odd)


def _odd(place: str) -> str:
    """Why a file is not even looked into, "" for none: a pipe would never end, a film fills the memory."""
    about = os.stat(place)  # noqa: PTH116 # a Path keeps its name in memory for good (3.11)
    if not stat.S_ISREG(about.st_mode):
        return "不是普通文件"
    return f"有 {about.st_size // MEBI} MB，不会是报送的工作簿" if about.st_size > LARGEST else ""


def arrivals(folder: Path) -> list[tuple[str, str]]:
    """What lies in a folder and those in it, in order: the path from there on, with ``/``, and all of it.

    As text: each ``Path`` of thousands is a kilobyte, and its name stays in memory for good (3.11).
    """
    found = []
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(PASSED_OVER)]
        for name in names:
            if not name.startswith(PASSED_OVER) and name.casefold() not in NOT_ARRIVALS:
                place = f"{here}{os.sep}{name}"
                found.append((place[len(str(folder)) + 1 :].replace(os.sep, "/"), place))
    # By text, not by Path: Windows would fold case, and "the first by path" may decide which workbook counts.
    return sorted(found)
