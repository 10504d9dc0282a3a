"""What is to outlast a cut of power: files and names brought onto the disk, folders exchanged in one step."""

import ctypes
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2)."""
PIECE = 256 * 1024
"""Bytes that are held at a time of a file that may be long."""
HERE = -100
"""AT_FDCWD: a path is one as usual."""


def settle(file: BinaryIO) -> None:
    """Have what was written on the disk, not in the system's memory."""
    file.flush()
    os.fsync(file.fileno())


def in_pieces(path: Path) -> Iterator[bytes]:
    """A file's bytes, a piece at a time."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def lying(folder: Path) -> list[tuple[str, bool]]:
    """All that lies in a folder and those in it: the name from there on, with ``/``, and if it is a folder.

    A folder stands before what is in it; one that is a link is not looked into. As text, since each ``Path``
    of thousands takes longer than the system does over its file. OSError where one may not be looked into.
    """
    found, waiting = list[tuple[str, bool]](), [""]
    while waiting:
        inside = waiting.pop()
        with os.scandir(f"{folder}/{inside}") as entries:
            for entry in entries:
                name, is_link = f"{inside}{entry.name}", entry.is_symlink()
                is_folder = Path(entry).is_dir() if is_link else entry.is_dir()
                found.append((name, is_folder))
                if is_folder and not is_link:
                    waiting.append(f"{name}/")
    return sorted(found, key=lambda one: one[0].split("/"))


def settle_folder(folder: Path) -> None:
    """Have the names in a folder on the disk too; Windows knows no such thing for folders."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def write_settled(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file, whole or piece by piece, and come back when it is on the disk."""
    with path.open("wb") as file:
        file.writelines((content,) if isinstance(content, bytes) else content)
        settle(file)


def exchanged(one: Path, other: Path) -> bool:
    """Let two folders change their names at once, so that nobody ever sees neither; whether it was done.

    Linux 3.15 and later can, where the file system does (network drives and FAT do not); nothing is
    changed where it cannot. An audit hook hears of it as of any other renaming.
    """
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    sys.audit("os.rename", str(one), str(other), -1, -1)
    done: int = rename(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE)
    return done == 0
