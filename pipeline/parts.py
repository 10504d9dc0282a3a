"""The parts of what is too long for one file: made by whoever has a hand free, or as the last run left them.

A part stands where all it is made from is the same, value for value, and its file byte for byte as it was
written. What each part's maker is given is the very thing that is compared, and nothing else reaches it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import GenericAlias
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from pipeline.execution import Work, over_all, values
from pipeline.fingerprint import program_digest
from pipeline.model.rendition import Rendition, Written
from pipeline.staging import Manner, Standing
from pipeline.store import Kept, Store
from pipeline.valuedigest import digest_of
from pipeline.workspace import Workspace

Shared = TypeVar("Shared")
Source = TypeVar("Source")
Told = TypeVar("Told")

WEIGHT = 4
"""Agencies' reports that take as long as a part."""


class Trade(Struct, Generic[Shared, Source, Told], frozen=True):
    """How parts of a kind are made: a function of what they share and of what one is made from.

    It gives the file's bytes, and what the whole says of the part, of type ``told``.
    """

    kind: str
    shared: Shared
    make: Callable[[Shared, Source], tuple[bytes, Told]]
    told: Any


class Sources(Struct, Generic[Source], frozen=True):
    """What the parts of these numbers are made from, ``fresh`` each time: one at a time is in memory."""

    numbers: Sequence[int]
    fresh: Callable[[Sequence[int]], Iterator[Source]]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.numbers)

    def __iter__(self) -> Iterator[Source]:
        """Each of them."""
        return self.fresh(self.numbers)


def made_parts(
    trade: Trade[Shared, Source, Told],
    names: Sequence[str],
    sources: Callable[[Sequence[int]], Iterator[Source]],
    manner: Manner,
) -> Iterator[tuple[Written, Told]]:
    """Each part's file, put aside or standing, and what the whole says of it; in order.

    ``names`` are the files' in the year's output folder. ``sources`` gives what the parts of these numbers,
    from 0, are made from: it is asked of all, and again of those that are to be made.
    """
    earlier = _Earlier(trade, manner)
    keys = [earlier.key(one) for one in sources(range(len(names)))]
    standing = earlier.standing(names, keys)
    work = Work(partial(_itself, trade.shared), trade.make, weight=WEIGHT)
    missing = [at for at in range(len(names)) if at not in standing]
    results = over_all(work, Sources(missing, sources), manner.hands)
    fresh = values(results)
    for at, (name, key) in enumerate(zip(names, keys, strict=True)):
        if at in standing:
            yield standing[at]
            continue
        content, told = next(fresh)
        written = manner.keep(Rendition(trade.kind, name, content))
        earlier.keep(written, key, told)
        yield written, told
    earlier.tidy(names)


def kept_in(workspace: Workspace) -> Path:
    """The file that says what a year's parts were made from; safe to delete at any time."""
    return workspace.outputs.with_name(f".{workspace.year}.made")


def _itself(shared: Shared) -> Shared:
    return shared


class _Earlier(Generic[Shared, Source, Told]):
    """What the last run made of these parts, as far as it is kept."""

    def __init__(self, trade: Trade[Shared, Source, Told], manner: Manner) -> None:
        self._trade = trade
        self._workspace = manner.workspace
        place = kept_in(self._workspace) if self._workspace else None
        self._store = Store(place, f"{trade.kind} {program_digest()}" if place else "")
        self._record = GenericAlias(tuple, (tuple[str, int], trade.told))
        self._ground = digest_of(program_digest(), trade.shared) if place else ""

    def key(self, source: Source) -> str:
        """A digest of all that a part follows from; "" where nothing is kept."""
        return digest_of(self._ground, source) if self._workspace else ""

    def standing(self, names: Sequence[str], keys: Sequence[str]) -> dict[int, tuple[Written, Told]]:
        """By number the parts that would be made the same again, and lie there as they were written."""
        records = self._store.records(zip(names, keys, strict=True))
        found = (
            (at, self._found(name, record))
            for at, (name, record) in enumerate(zip(names, records, strict=True))
            if record
        )
        return {at: one for at, one in found if one}

    def _found(self, name: str, record: bytes) -> tuple[Written, Told] | None:
        if not self._workspace:
            return None
        try:
            found = msgspec.json.decode(record, type=self._record)
        except (ValueError, RecursionError):
            return None
        if msgspec.json.encode(found) != record:  # what a record lacks would be as if nothing were told
            return None
        (sha256, size), told = found
        file = Standing(self._trade.kind, name, sha256, size, self._workspace.outputs)
        return (file, told) if file.stands else None

    def keep(self, written: Written, key: str, told: Told) -> None:
        """Keep what was made for the next run: the file will lie in the outputs once they are published."""
        with suppress(UnicodeEncodeError):  # half a character, which no file of ours should have: made anew
            record = msgspec.json.encode(((written.sha256, written.size), told))
            self._store.keep([Kept(written.name, key, record)])

    def tidy(self, names: Sequence[str]) -> None:
        """Drop parts that are no more."""
        self._store.tidy(names)
