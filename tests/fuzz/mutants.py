"""Mutants of the seed corpus: the same number gives the same mutant."""

import re
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from msgspec import Struct

from kit.hostile import xls_of, xls_records
from kit.packages import package, parts_of

SEEDS = Path(__file__).with_name("seeds")
NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"2147483648",
    b"4294967296",
    b"18446744073709551616",
    b"1048576",
    b"NaN",
    b"9" * 400,
    b"",
)
BYTES = (b"\0", b"\xff", b"<", b">", b'"', b"&", b"/", b"\xe6")


class Mutant(Struct, frozen=True):
    """A spoiled seed: which, how, its bytes; ``sealed`` where checksums must give away any changed figure."""

    seed: str
    kind: str
    content: bytes
    sealed: bool


def mutant(base: int, number: int) -> Mutant:
    """The mutant of this number."""
    chance = Random(f"{base}-{number}")
    names = sorted(path.name for path in SEEDS.iterdir())
    name = names[number % len(names)]
    content = (SEEDS / name).read_bytes()
    kinds = KINDS_XLS if name.endswith(".xls") else KINDS_ZIP
    kind = list(kinds)[number // len(names) % len(kinds)]
    return Mutant(name, kind, kinds[kind](content, chance), kind in WHOLE_FILE and not name.endswith(".xls"))


def bytes_flipped(content: bytes, chance: Random) -> bytes:
    """One to eight bytes altered."""
    spoiled = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        spoiled[chance.randrange(len(spoiled))] ^= chance.randint(1, 255)
    return bytes(spoiled)


def piece_lost(content: bytes, chance: Random) -> bytes:
    """A piece taken out."""
    start, end = _piece(content, chance)
    return content[:start] + content[end:]


def piece_doubled(content: bytes, chance: Random) -> bytes:
    """A piece there twice."""
    start, end = _piece(content, chance)
    return content[:end] + content[start:]


def piece_zeroed(content: bytes, chance: Random) -> bytes:
    """A piece of zeros, as a disk gives back that was not written to the end."""
    start, end = _piece(content, chance)
    return content[:start] + bytes(end - start) + content[end:]


def _piece(content: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(content))
    return start, min(len(content), start + chance.choice((1, 2, 7, 64, 512, 4096, len(content))))


def in_a_part(change: Callable[[bytes, Random], bytes]) -> Callable[[bytes, Random], bytes]:
    """A change inside one XML part, the package whole again with right checksums."""

    def spoil(content: bytes, chance: Random) -> bytes:
        parts = parts_of(content)
        name = chance.choice(sorted(name for name in parts if name.endswith((".xml", ".rels"))))
        return package(parts | {name: change(parts[name], chance)})

    return spoil


def tag_changed(part: bytes, chance: Random) -> bytes:
    """An element lost, doubled, moved or renamed."""
    tags = list(re.finditer(rb"<[^<>]+>", part))
    first, second = sorted(chance.choices(tags, k=2), key=lambda tag: tag.start())
    piece = part[first.start() : second.end()][:2000]
    return chance.choice(
        (
            part[: first.start()] + part[first.end() :],
            part[: first.end()] + part[first.start() :],
            part[: second.end()] + piece + part[second.end() :],
            part.replace(first[0], second[0], 1),
            part[: first.start()] + part[second.end() :],
            part[: second.start()] + part[first.start() : first.end()] * 500 + part[second.start() :],
        )
    )


def attribute_changed(part: bytes, chance: Random) -> bytes:
    """A count, a place, a repetition, an index or another attribute given another value."""
    values = list(re.finditer(rb'="([^"]*)"', part))
    if not values:
        return part[: len(part) // 2]
    chosen = chance.choice(values)
    others = (
        chance.choice(values)[1],
        chance.choice(NUMBERS),
        b"XFD1048576",
        b"A1:XFD1048576",
        b"x" * 40_000,
    )
    return part[: chosen.start(1)] + chance.choice(others) + part[chosen.end(1) :]


def text_changed(part: bytes, chance: Random) -> bytes:
    """A text or number between tags given another value."""
    values = list(re.finditer(rb">([^<>]+)<", part))
    if not values:
        return part + b"<"
    chosen = chance.choice(values)
    others = (
        chance.choice(values)[1],
        chance.choice(NUMBERS),
        b"&#0;",
        b"\xff\xfe",
        b"1" + b" " * 30_000 + b"x",
    )
    return part[: chosen.start(1)] + chance.choice(others) + part[chosen.end(1) :]


def byte_in_part(part: bytes, chance: Random) -> bytes:
    """One byte of a part altered into one that means something."""
    at = chance.randrange(len(part))
    return part[:at] + chance.choice(BYTES) + part[at + 1 :]


def in_a_record(change: Callable[[bytes, Random], bytes]) -> Callable[[bytes, Random], bytes]:
    """A change inside one record of an .xls, the offsets of its sheets set right again."""

    def spoil(content: bytes, chance: Random) -> bytes:
        records = xls_records(content)
        at = chance.randrange(len(records))
        records[at] = (records[at][0], change(records[at][1], chance))
        return xls_of(records)

    return spoil


def body_flipped(body: bytes, chance: Random) -> bytes:
    """A field of a record given an extreme value, or a byte altered."""
    if not body:
        return b"\xff" * chance.randint(1, 8)
    at = chance.randrange(len(body))
    extreme = chance.choice(
        (struct.pack("<H", 0xFFFF), struct.pack("<I", 0x7FFFFFFF), b"\0", b"\xff", b"\x80")
    )
    return (body[:at] + extreme + body[at + len(extreme) :])[: len(body)]


def body_cut(body: bytes, chance: Random) -> bytes:
    """A record shorter or longer than it should be."""
    return (
        body[: chance.randint(0, len(body))]
        if chance.random() < 0.7
        else body + b"\xff" * chance.randint(1, 300)
    )


def records_shuffled(content: bytes, chance: Random) -> bytes:
    """A record lost, doubled, or of another kind."""
    records = xls_records(content)
    at, other = chance.randrange(len(records)), chance.randrange(len(records))
    how = chance.randrange(3)
    if how == 0:
        del records[at]
    elif how == 1:
        records.insert(other, records[at])
    else:
        records[at] = (records[other][0], records[at][1])
    return xls_of(records)


WHOLE_FILE: Mapping[str, Callable[[bytes, Random], bytes]] = {
    change.__name__: change for change in (bytes_flipped, piece_lost, piece_doubled, piece_zeroed)
}
KINDS_ZIP = WHOLE_FILE | {
    change.__name__: in_a_part(change)
    for change in (tag_changed, attribute_changed, text_changed, byte_in_part)
}
KINDS_XLS = WHOLE_FILE | {
    "body_flipped": in_a_record(body_flipped),
    "body_cut": in_a_record(body_cut),
    "records_shuffled": records_shuffled,
}
