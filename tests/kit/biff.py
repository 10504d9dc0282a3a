"""A real .xls or .et with some cells typed anew: its own records, those cells' replaced.

Source: [MS-XLS] 2.4. The results of formulas are left out, as by a program that does not work them out.
"""

import struct
from collections.abc import Iterator, Mapping

from kit.compound import compound, record
from pipeline.model.place import row_and_column
from pipeline.workbooks.compound import _directory, _records, _sheet_name, _stream

BOF, BOUNDSHEET, FORMULA, STRING = 0x0809, 0x0085, 0x0006, 0x0207
NUMBER, RK, LABEL, BLANK, ERROR, MULRK, MULBLANK, LABELSST = (
    0x0203, 0x027E, 0x0204, 0x0201, 0x0205, 0x00BD, 0x00BE, 0x00FD,
)  # fmt: skip
SINGLE = {NUMBER, RK, LABEL, BLANK, ERROR, LABELSST, FORMULA}
OFFSETS = {0x020B, 0x00D7, 0x00FF}
"""INDEX, DBCELL, EXTSST: places in the stream that no longer hold; readers do without."""
NO_RESULT = bytes([3, 0, 0, 0, 0, 0, 0xFF, 0xFF])
ERRORS = {"#REF!": 0x17, "#DIV/0!": 0x07, "#N/A": 0x2A, "#VALUE!": 0x0F}


def retyped(content: bytes, cells: Mapping[tuple[str, str], object]) -> bytes:
    """The workbook with cells (by sheet and A1 name) typed anew: a number, a text, an error, None for blank."""
    stream = _stream(content, *_directory(content)["Workbook"])
    wanted = {(sheet, *row_and_column(a1)): value for (sheet, a1), value in cells.items()}
    pieces, names, starts, sheet = [], {}, {}, ""
    for offset, kind, body in _records(stream):
        if kind == BOUNDSHEET:
            names[struct.unpack_from("<I", body)[0]] = _sheet_name(body)
        if kind == BOF:
            sheet = names.get(offset, "")
            starts[offset] = sum(map(len, pieces))
        pieces.extend(_anew(kind, body, sheet, wanted))
    if wanted:
        raise ValueError(f"no such cells: {sorted(wanted)}")
    moved = b"".join(pieces)
    for offset, kind, body in list(_records(moved)):
        if kind == BOUNDSHEET:
            start = struct.pack("<I", starts[struct.unpack_from("<I", body)[0]])
            moved = moved[: offset + 4] + start + moved[offset + 8 :]
    return compound(moved)


def _anew(kind: int, body: bytes, sheet: str, wanted: dict[tuple[str, int, int], object]) -> Iterator[bytes]:
    """The record, or those in its place."""
    if kind in OFFSETS or kind == STRING:
        return
    for one, piece in _parted(kind, body):
        place = _place(one, piece, sheet)
        if place in wanted:
            yield _typed(piece[:6], wanted.pop(place))
        elif one == FORMULA:
            yield record(one, piece[:6] + NO_RESULT + piece[14:])
        else:
            yield record(one, piece)


def _parted(kind: int, body: bytes) -> Iterator[tuple[int, bytes]]:
    """A record of several cells as one for each."""
    size = {MULRK: 6, MULBLANK: 2}.get(kind)
    if size is None:
        yield kind, body
        return
    row, first = struct.unpack_from("<HH", body)
    for number, start in enumerate(range(4, len(body) - 2, size)):
        head = struct.pack("<HH", row, first + number)
        yield (RK if kind == MULRK else BLANK), head + body[start : start + size]


def _place(kind: int, body: bytes, sheet: str) -> tuple[str, int, int] | None:
    if kind not in SINGLE:
        return None
    row, column = struct.unpack_from("<HH", body)
    return sheet, row + 1, column + 1


def _typed(head: bytes, value: object) -> bytes:
    if value is None:
        return record(BLANK, head)
    if isinstance(value, str) and value in ERRORS:
        return record(ERROR, head + bytes([ERRORS[value], 1]))
    if isinstance(value, str):
        return record(LABEL, head + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return record(NUMBER, head + struct.pack("<d", float(value)))
