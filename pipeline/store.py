"""What was read from workbooks, kept for the next run: one SQLite file a year, safe to delete at any time.

A reading is found again by the workbook's path, the digest of its bytes and the conditions it was read under
(program, libraries, form, wordings): anything else is read anew. Each record carries a seal, so that one that
was damaged is read anew too. A store that is damaged or another program's is begun anew; where it is locked
or cannot be written a run does without. The results are the same, and only the time is longer.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

APPLICATION, SCHEMA = 0x6D6B7270, 1
"""The numbers in the file's head that say whose it is ("mkrp") and which layout it has."""
KEPT = 4
"""Records under so many conditions are kept: two versions of the program may take turns, with two kinds each:
readings and the roster, parts of the ledger and of the review page."""
LARGEST = 16 * 1024 * 1024
"""Bytes of a record at most."""
PATIENCE = 0.5
"""Seconds to wait for another run that is writing."""
_TURN = "CREATE TABLE turn (conditions TEXT PRIMARY KEY, at INTEGER NOT NULL)"
_READING = """CREATE TABLE reading (
    conditions TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, seal BLOB NOT NULL,
    record BLOB NOT NULL, PRIMARY KEY (conditions, path)
)"""
TABLES = (_TURN, _READING)
_LIST = "SELECT path, sha256 FROM reading WHERE conditions = ?"
TOGETHER = 16
"""Records looked up in one go."""
_FIND = "SELECT path, sha256, seal, record FROM reading WHERE conditions = ? AND path IN (?)"
_FIND = _FIND.replace("(?)", f"({', '.join('?' * TOGETHER)})")
_COUNT = "SELECT count(*) FROM reading WHERE conditions = ?"
_NEWEST = "SELECT conditions FROM turn ORDER BY at DESC LIMIT 1"


class ForeignError(sqlite3.DatabaseError):
    """The file is a database, and not one of ours."""


class Kept(NamedTuple):
    """A record to be kept: the workbook's path, the digest of its bytes, and what was read from it."""

    path: str
    sha256: str
    record: bytes


class Store:
    """The readings kept under some conditions; ``place`` is the file, None for none.

    No connection outlasts a call, so that processes may be forked between calls.
    """

    def __init__(self, place: Path | None, conditions: str) -> None:
        self._place = place
        self._conditions = conditions
        self._damaged = False

    def holds_any(self) -> bool:
        """Whether there is any reading under these conditions."""
        with self._open() as connection:
            return connection is not None and self._count(connection) > 0

    def held(self, wanted: Mapping[str, str]) -> set[str]:
        """Those of these paths that have a record of their digest, sound or not: quicker than to read it."""
        found: set[str] = set()
        with self._open() as connection, self._told_nobody():
            rows = connection.execute(_LIST, (self._conditions,)) if connection else ()
            found.update(path for path, sha256 in rows if wanted.get(path) == sha256)
        return found

    def records(self, wanted: Iterable[tuple[str, str]]) -> Iterator[bytes | None]:
        """For each path and digest the record as it was kept, None where there is none to be relied on."""
        waiting = iter(wanted)
        with self._open() as connection:
            while some := list(islice(waiting, TOGETHER)):
                rows = self._rows(connection, [path for path, _ in some])
                yield from (self._record(rows.get(path), path, sha256) for path, sha256 in some)

    def keep(self, batch: Sequence[Kept]) -> None:
        """Keep these, each in the place of what its path had before."""
        rows = [self._row(one) for one in batch]
        with self._open() as connection:
            if connection and rows:
                with self._told_nobody(), connection:
                    connection.executemany("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?)", rows)

    def tidy(self, paths: Collection[str]) -> None:
        """Drop what no run will ask for: workbooks that are gone, and all but the latest conditions."""
        with self._open() as connection:
            if connection is None:
                return
            with self._told_nobody(), connection:
                newest = connection.execute(_NEWEST).fetchone()
                if newest != (self._conditions,):
                    self._take_turn(connection)
                if self._count(connection) > len(paths):
                    self._drop_others(connection, paths)

    def _row(self, one: Kept) -> tuple[str, str, str, bytes, bytes]:
        pressed = zlib.compress(one.record, 1)
        seal = self._seal(one.path, one.sha256, pressed)
        return self._conditions, _again(one.path), one.sha256, seal, pressed

    def _take_turn(self, connection: sqlite3.Connection) -> None:
        """These conditions are the newest now; the oldest of too many go."""
        own = (self._conditions,)
        connection.execute("INSERT OR REPLACE INTO turn SELECT ?, coalesce(max(at), 0) + 1 FROM turn", own)
        connection.execute(
            "DELETE FROM turn WHERE at <= (SELECT at FROM turn ORDER BY at DESC LIMIT 1 OFFSET ?)", (KEPT,)
        )
        connection.execute("DELETE FROM reading WHERE conditions NOT IN (SELECT conditions FROM turn)")

    def _drop_others(self, connection: sqlite3.Connection, paths: Collection[str]) -> None:
        """Under these conditions only what lies at these paths is kept."""
        connection.execute("CREATE TEMP TABLE here (path TEXT PRIMARY KEY)")
        connection.executemany("INSERT OR IGNORE INTO here VALUES (?)", ((path,) for path in paths))
        connection.execute(
            "DELETE FROM reading WHERE conditions = ? AND path NOT IN (SELECT path FROM here)",
            (self._conditions,),
        )

    def _rows(self, connection: sqlite3.Connection | None, paths: Sequence[str]) -> dict[str, list[Any]]:
        """What is kept for these paths, ``TOGETHER`` at most: digest, seal and record as they lie there."""
        if connection is None or not self._is_usable:
            return {}
        asked = [*map(_again, paths), *[""] * (TOGETHER - len(paths))]
        found: dict[str, list[Any]] = {}
        with self._told_nobody():
            found.update((path, row) for path, *row in connection.execute(_FIND, (self._conditions, *asked)))
        return found

    def _record(self, found: Sequence[Any] | None, path: str, sha256: str) -> bytes | None:
        """The record that was found, where it is of these bytes and as it was kept."""
        if found and found[0] == sha256 and isinstance(found[2], bytes):
            sealed = found[1] == self._seal(path, sha256, found[2])
            return _unpressed(found[2]) if sealed else None
        return None

    def _count(self, connection: sqlite3.Connection) -> int:
        found = (0,)
        with self._told_nobody():
            found = connection.execute(_COUNT, (self._conditions,)).fetchone()
        return int(found[0])

    def _seal(self, path: str, sha256: str, record: bytes) -> bytes:
        head = "\0".join((self._conditions, path, sha256, ""))
        return hashlib.blake2b(head.encode("utf-8", "surrogatepass") + record, digest_size=16).digest()

    @property
    def _is_usable(self) -> bool:
        return self._place is not None and not self._damaged

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection | None]:
        connection = self._connected(self._place) if self._place else None
        try:
            yield connection
        finally:
            if connection:
                connection.close()
            if self._damaged and self._place:
                self._begin_anew(self._place)

    @contextmanager
    def _told_nobody(self) -> Iterator[None]:
        """What fails here is no news: a locked store is not used any more, a damaged one is begun anew."""
        try:
            yield
        except sqlite3.OperationalError:
            self._place = None
        except (sqlite3.Error, UnicodeDecodeError):  # the latter where what SQLite says quotes the damage
            self._damaged = True

    def _connected(self, place: Path) -> sqlite3.Connection | None:
        connection: sqlite3.Connection | None = None
        with self._told_nobody():
            connection = _begun(place)
        if self._damaged and self._begin_anew(place):
            with self._told_nobody():
                connection = _begun(place)
        return connection

    def _begin_anew(self, place: Path) -> bool:
        """Put the file away; False where the system does not let it go."""
        self._damaged = False
        try:
            place.unlink(missing_ok=True)
        except OSError:
            self._place = None
        return self._place is not None


def _again(text: str) -> str:
    """The text once more: SQLite leaves its bytes with the text it is given, for as long as that is there."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass")


def _unpressed(pressed: bytes) -> bytes | None:
    """The record; None where it would be larger than any of ours, or is cut off."""
    unpressing = zlib.decompressobj()
    try:
        record = unpressing.decompress(pressed, LARGEST)
    except zlib.error:
        return None
    return record if unpressing.eof else None


def _begun(place: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=PATIENCE)
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
        connection.text_factory = _readable  # else a damaged text is an error like that of a locked file
        connection.execute("PRAGMA trusted_schema = OFF")
        if connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                for table in TABLES:
                    connection.execute(table)
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                connection.execute(f"PRAGMA user_version = {SCHEMA}")
        if not _is_ours(connection):
            raise ForeignError(place)
    except BaseException:
        connection.close()
        raise
    return connection


def _readable(text: bytes) -> str:
    return text.decode(errors="replace")


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the file has our tables and nothing beside them: a trigger would act on what is kept."""
    head = [connection.execute(f"PRAGMA {one}").fetchone()[0] for one in ("application_id", "user_version")]
    query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    return head == [APPLICATION, SCHEMA] and tuple(sql for (sql,) in connection.execute(query)) == TABLES
