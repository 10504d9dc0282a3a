"""Files that are made before all of a run is published: they wait on the disk and not in the memory."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import FileIO
from itertools import count
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from pipeline.disk import in_pieces
from pipeline.execution import Hands
from pipeline.model.division import SIZES, Sizes
from pipeline.model.rendition import Written
from pipeline.outputs import beside, refused
from pipeline.workspace import Workspace

Keep: TypeAlias = Callable[[Written], Written]
"""Puts a rendition's bytes aside until it is published."""


class Waiting(Struct, frozen=True):
    """A rendition whose bytes wait in a file."""

    kind: str
    name: str
    sha256: str
    size: int
    place: Path
    number: int
    """What the file is called in its place."""

    @property
    def content(self) -> bytes:
        """The bytes, read anew each time."""
        return (self.place / str(self.number)).read_bytes()

    @property
    def pieces(self) -> Iterator[bytes]:
        """The bytes, a piece at a time."""
        return in_pieces(self.place / str(self.number))


class Standing(Struct, frozen=True):
    """A file that an earlier run published and that is proved to be still as it was: it is not read again."""

    kind: str
    name: str
    sha256: str
    size: int
    folder: Path
    """The year's output folder."""

    @property
    def stands(self) -> bool:
        """Whether it lies there byte for byte as it was written."""
        place = f"{self.folder}/{self.name}"  # a Path of each of thousands takes longer than its file
        try:
            if os.stat(place).st_size != self.size:  # noqa: PTH116
                return False
            with FileIO(place) as lying:
                return hashlib.sha256(lying.readall()).hexdigest() == self.sha256
        except (OSError, ValueError):  # a name that no file can have is a ValueError
            return False

    @property
    def content(self) -> bytes:
        """The bytes, read anew each time."""
        return (self.folder / self.name).read_bytes()

    @property
    def pieces(self) -> Iterator[bytes]:
        """The bytes, a piece at a time."""
        return in_pieces(self.folder / self.name)


def held(rendition: Written) -> Written:
    """The rendition itself, where there are few."""
    return rendition


class Manner(Struct, frozen=True):
    """How what is too long for one file is written: where its parts wait, from which sizes on, by whom."""

    keep: Keep
    sizes: Sizes = SIZES
    hands: Hands = 0
    workspace: Workspace | None = None
    """Whose parts of the last run may stand; None where all are made anew."""


AT_HAND = Manner(held)
"""In the memory, for who writes no more than a few files."""


@contextmanager
def staging(folder: Path) -> Iterator[Keep]:
    """A place beside a year's output folder where renditions wait; it is cleared at the end.

    It is made with the first of them. OperatorError (output) where the disk refuses one.
    """
    place, numbers = beside(folder, "parts"), count(1)
    shutil.rmtree(place, ignore_errors=True)  # a killed run's

    def keep(rendition: Written) -> Waiting:
        number, whole, size = next(numbers), hashlib.sha256(), 0
        try:
            place.mkdir(parents=True, exist_ok=True)
            with (place / str(number)).open("wb") as file:
                for piece in rendition.pieces:
                    file.write(piece)
                    whole.update(piece)
                    size += len(piece)
        except OSError as error:
            raise refused(folder, error) from error
        return Waiting(rendition.kind, rendition.name, whole.hexdigest(), size, place, number)

    try:
        yield keep
    finally:
        shutil.rmtree(place, ignore_errors=True)
