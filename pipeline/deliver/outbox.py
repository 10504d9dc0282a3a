"""The outbox's record: what was tried and what became of it, a JSON line each.

A message's ``begun`` is on the disk before its text goes out, its outcome after the server has answered. A
``begun`` without outcome is a program that was killed between the two: nobody knows whether it arrived.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import asdict


class Event(StrEnum):
    """What happened to a message."""

    BEGUN = "begun"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DEFERRED = "deferred"
    UNKNOWN = "unknown"
    ARRIVED = "arrived"
    """A person has seen that a message of unknown outcome arrived."""


class Standing(StrEnum):
    """Where a message stands: to be sent, sent for good, refused for good, or nobody knows."""

    DUE = "due"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


STANDINGS = {
    Event.BEGUN: Standing.UNKNOWN,
    Event.UNKNOWN: Standing.UNKNOWN,
    Event.ACCEPTED: Standing.SENT,
    Event.ARRIVED: Standing.SENT,
    Event.REFUSED: Standing.REFUSED,
    Event.DEFERRED: Standing.DUE,
}


class Entry(Struct, frozen=True):
    """A line: when (ISO 8601), what happened, to which message, and the server's words.

    ``files`` are pairs of name and SHA-256.
    """

    at: str
    event: Event
    key: str
    message_id: str
    what: str
    name: str
    address: str
    files: tuple[tuple[str, str], ...]
    words: str = ""


@dataclass(frozen=True)
class DamagedError(Exception):
    """A line of the record that this program did not write so, counted from 1."""

    line: int


def as_line(entry: Entry) -> bytes:
    """The entry as it is appended."""
    return (json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True) + "\n").encode()


def whole_lines(content: bytes) -> int:
    """How many bytes of a record are whole lines: a program killed while it wrote leaves a piece of one.

    What it was about to tell had not happened yet, or is unknown without it; the piece may be cut off.
    """
    return content.rfind(b"\n") + 1


def entries(content: bytes) -> tuple[Entry, ...]:
    """The entries of a record, without the torn piece at its end; DamagedError for a line that is none."""
    return tuple(_entry(line, number) for number, line in _lines(content))


def leading(content: bytes) -> tuple[Entry, ...]:
    """The entries before the first line that is none."""
    found = []
    for number, line in _lines(content):
        try:
            found.append(_entry(line, number))
        except DamagedError:
            break
    return tuple(found)


def _lines(content: bytes) -> Iterable[tuple[int, bytes]]:
    return enumerate(content[: whole_lines(content)].split(b"\n")[:-1], 1)


def _entry(line: bytes, number: int) -> Entry:
    try:
        told = json.loads(line)
        files = tuple((str(name), str(digest)) for name, digest in told.pop("files"))
        event = Event(told.pop("event"))
        if not all(isinstance(value, str) for value in told.values()):
            raise DamagedError(number)
        return Entry(event=event, files=files, **told)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedError(number) from error


def deciding(record: Iterable[Entry]) -> Mapping[str, Entry]:
    """For each message, by key, the entry that tells where it stands: its last, or what delivered it."""
    found: dict[str, Entry] = {}
    for entry in record:
        if entry.key not in found or STANDINGS[found[entry.key].event] is not Standing.SENT:
            found[entry.key] = entry
    return found


def standing(key: str, record: Mapping[str, Entry]) -> Standing:
    """Where a message stands by the entries that decide."""
    return STANDINGS[record[key].event] if key in record else Standing.DUE
