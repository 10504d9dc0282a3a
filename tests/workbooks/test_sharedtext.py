"""Long strings that many cells of an old workbook share are counted for each of them."""

import struct

import pytest

from kit.hostile import seed, xls_records
from pipeline.workbooks.refusal import RefusalError
from pipeline.workbooks.sharedtext import _lengths, _shared, check_texts

LONG = struct.pack("<HB", 30_000, 0) + b"x" * 8_000
REST = b"\0" + b"x" * 8_000, b"\0" + b"x" * 8_000, b"\1" + "很".encode("utf-16-le") * 6_000


def cells(index, count):
    return [(0x00FD, struct.pack("<HHHI", row, 0, 0, index)) for row in range(count)]


def test_strings_are_measured_across_records_and_widths():
    rich = struct.pack("<HBH", 2, 1 | 8, 1) + "表格".encode("utf-16-le") + b"\0" * 4
    pieces = [struct.pack("<II", 3, 3) + rich + LONG, *REST[:2], REST[2] + struct.pack("<HB", 1, 0) + b"y"]
    assert list(_lengths(pieces)) == [2, 30_000, 1]


def test_the_strings_of_a_file_saved_by_a_program_are_all_found():
    records = xls_records(seed("libreoffice.xls"))
    (count,) = (struct.unpack_from("<I", body, 4)[0] for kind, body in records if kind == 0x00FC)
    assert len(list(_lengths(list(_shared(records))))) == count


def test_what_unfolds_to_too_much_is_refused_and_what_does_not_is_not():
    sst = [(0x00FC, struct.pack("<II", 2, 2) + LONG), *((0x003C, rest) for rest in REST)]
    sst.append((0x003C, struct.pack("<HB", 1, 0) + b"y"))
    with pytest.raises(RefusalError) as refused:
        check_texts([*sst, *cells(0, 3_000)], 3_000)
    assert refused.value.code == "workbook-too-large"
    check_texts([*sst, *cells(1, 3_000)], 3_000)
