"""How much text an old binary workbook unfolds to: its cells share strings ([MS-XLS] 2.4.265 SST, 2.5.293).

A string may run on in a CONTINUE record, which then begins with a new flag for the width of its characters.
"""

import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import tee

from pipeline.workbooks.bounds import MAX_TEXT
from pipeline.workbooks.refusal import RefusalError

_SST, _CONTINUE, _LABELSST = 0x00FC, 0x003C, 0x00FD
_WIDE, _FAR_EASTERN, _RICH = 1, 4, 8
LONGEST = 0xFFFF * 3
"""Bytes of one string in UTF-8 at most."""


def check_texts(records: Iterable[tuple[int, bytes]], cells: int) -> None:
    """RefusalError where the shared strings, told once for each of so many cells, come to too much.

    ``records`` are the workbook's, kind and body. ValueError, struct.error where the strings do not hold
    together.
    """
    if cells * LONGEST <= MAX_TEXT:
        return
    for_strings, for_cells = tee(records)
    pieces = list(_shared(for_strings))
    if cells * min(LONGEST, 3 * sum(map(len, pieces))) <= MAX_TEXT:
        return
    lengths = list(_lengths(pieces))
    times = Counter(struct.unpack_from("<I", body, 6)[0] for kind, body in for_cells if kind == _LABELSST)
    whole = sum(3 * lengths[index] * count for index, count in times.items() if index < len(lengths))
    if whole > MAX_TEXT:
        raise RefusalError(
            "workbook-too-large",
            f"里的文字重复展开有 {whole // 1_000_000} MB",
            f"{MAX_TEXT // 1_000_000} MB",
        )


def _shared(records: Iterable[tuple[int, bytes]]) -> Iterator[bytes]:
    """The bodies of the SST record and of what continues it."""
    inside = False
    for kind, body in records:
        inside = kind == _SST or (inside and kind == _CONTINUE)
        if inside:
            yield body


def _lengths(pieces: list[bytes]) -> Iterator[int]:
    """The characters of each string."""
    piece, at = 0, 8
    while piece < len(pieces):
        if at >= len(pieces[piece]):
            piece, at = piece + 1, at - len(pieces[piece])
            continue
        count, flags = struct.unpack_from("<HB", pieces[piece], at)
        at += 3
        behind = 0
        if flags & _RICH:
            behind += 4 * struct.unpack_from("<H", pieces[piece], at)[0]
            at += 2
        if flags & _FAR_EASTERN:
            behind += struct.unpack_from("<I", pieces[piece], at)[0]
            at += 4
        yield count
        left = count
        while True:
            width = 1 + (flags & _WIDE)
            here = min(left, max(0, len(pieces[piece]) - at) // width)
            left -= here
            at += here * width
            if not left or piece + 1 >= len(pieces):
                break
            piece, at = piece + 1, 1
            flags = pieces[piece][0]
        at += behind
