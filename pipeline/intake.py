"""Take in the files that arrived: read what no earlier run has read, and sort out what counts."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import astuple

from pipeline.arrived import ArrivedFile
from pipeline.check.roster import Reception, receive
from pipeline.check.whose import Awaited
from pipeline.execution import Hands
from pipeline.fingerprint import program_digest
from pipeline.model.finding import Finding
from pipeline.model.roster import Agency
from pipeline.model.submission import Arrival, Cover
from pipeline.packing import DamagedError, announced, proved, unpacked
from pipeline.shelf import Shelf
from pipeline.store import Kept, Store
from pipeline.workbooks.asked import Asked

if TYPE_CHECKING:
    from pipeline.readings import Read

NOTHING = hashlib.sha256().hexdigest()
"""The digest of an empty file, and of one that the system does not give."""
TOGETHER = 64
"""Readings kept in one go: what a run that is killed loses at most."""


class Inbox(Struct, frozen=True):
    """The files that arrived, what they are read against, whose are awaited, and where readings are kept."""

    files: Sequence[ArrivedFile]
    asked: Asked
    awaited: Awaited
    readings: Path | None = None


def take_in(inbox: Inbox, hands: Hands = 1) -> Reception:
    """Read what is not known yet, by those hands, and sort out whose it all is and what counts."""
    intake = _Intake(inbox)
    missing = intake.known()
    if missing:
        # What reads a workbook is loaded where one must be read, once for all processes that share the work.
        from pipeline.readings import read_files

        files = [inbox.files[at] for at in missing]
        intake.read(zip(missing, read_files(files, inbox.asked, hands), strict=True))
    intake.tidy()
    return receive(intake.arrivals, inbox.awaited, intake.shelf)


class _Intake:
    """What has been taken in so far."""

    def __init__(self, inbox: Inbox) -> None:
        self._files, self._order = inbox.files, inbox.asked.order
        self._store = Store(inbox.readings, conditions(inbox.asked) if inbox.readings else "")
        self._arrived: list[Arrival | None] = [None] * len(inbox.files)
        self._texts = {text: text for one in inbox.awaited.roster.agencies for text in _on_covers(one)}
        self.shelf = Shelf(self._order, len(inbox.files))

    @property
    def arrivals(self) -> list[Arrival]:
        """Every arrival, in the files' order."""
        return [arrival for arrival in self._arrived if arrival]

    def known(self) -> list[int]:
        """Lay down what an earlier run read, and give the numbers of the files that must be read."""
        if not self._store.holds_any():
            return list(range(len(self._files)))
        digests = [file.sha256 for file in self._files]
        records = self._store.records(zip((file.path for file in self._files), digests, strict=True))
        found = enumerate(zip(digests, records, strict=True))
        return [
            at
            for at, (sha256, record) in found
            if sha256 == NOTHING or not (record and self._laid_down(at, sha256, record))
        ]

    def _laid_down(self, at: int, sha256: str, record: bytes) -> bool:
        """Whether a record that was kept is sound, and so serves."""
        try:
            reading = proved(unpacked(record, self._order))
        except DamagedError:
            return False
        cover = reading.submission.cover if reading.submission else None
        self._lay_down(at, sha256, record, (cover, reading.findings))
        return True

    def _lay_down(
        self, at: int, sha256: str, record: bytes, head: tuple[Cover | None, tuple[Finding, ...]]
    ) -> None:
        cover, findings = head
        digest = hashlib.sha256(record).hexdigest()
        self._arrived[at] = Arrival(
            self._files[at].path, sha256, cover and self._told_once(cover), findings, digest
        )
        self.shelf.put(at, record)

    def _told_once(self, cover: Cover) -> Cover:
        """The cover, which stays in memory, with texts that are there already where they are alike."""
        keep = self._texts.setdefault
        told: list[Any] = [keep(one, one) if isinstance(one, str) else one for one in astuple(cover)]
        return Cover(*told)

    def read(self, results: Iterable[tuple[int, "Read"]]) -> None:
        """Lay down what is read, and keep it for the next run."""
        batch: list[Kept] = []
        for at, read in results:
            self._lay_down(at, read.sha256, read.record, announced(read.record))
            if read.lasting:
                batch.append(Kept(self._files[at].path, read.sha256, read.record))
            if len(batch) == TOGETHER:
                self._store.keep(batch)
                batch.clear()
        self._store.keep(batch)

    def tidy(self) -> None:
        """Forget readings of files that are no longer there."""
        self._store.tidy([file.path for file in self._files])


def _on_covers(agency: Agency) -> tuple[str, ...]:
    """What the roster says of an agency and its cover may say too."""
    return agency.code, agency.name, agency.contact, agency.phone


def conditions(asked: Asked) -> str:
    """A digest of all that a reading depends on besides the workbook: what is asked for, and the program."""
    return hashlib.sha256(f"{program_digest()}\n{asked.digest}".encode()).hexdigest()
