"""Old binary workbooks: what kind of compound file it is, how far it reaches, which cells are errors."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.compound import compound, error, failed_formula, number, record, workbook_stream
from pipeline.workbooks.compound import check_compound
from pipeline.workbooks.refusal import RefusalError

ERRORS = error(4, 2, 0x17) + failed_formula(6, 0, 0x07)
GOOD = workbook_stream([("主动公开", number(0, 0)), ("依申请公开", ERRORS)])


def refusal(content):
    with pytest.raises(RefusalError) as refused:
        check_compound(content)
    return refused.value.code


@pytest.mark.parametrize("padding", [b"", record(0x00FC, b"x" * 8000)])
def test_error_values_are_found_by_sheet_in_small_and_large_streams(padding):
    stream = workbook_stream([("主动公开", number(0, 0)), ("依申请公开", ERRORS)], padding)
    found = check_compound(compound(stream))
    assert {name: flaws.errors for name, flaws in found.hidden.items()} == {
        "依申请公开": {(5, 3): "#REF!", (7, 1): "#DIV/0!"}
    }


def test_a_workbook_without_errors_hides_nothing():
    assert check_compound(compound(workbook_stream([("甲", number(0, 0))]))).hidden == {}


def test_a_far_cell_is_refused():
    assert refusal(compound(workbook_stream([("甲", number(65535, 255))]))) == "workbook-too-large"
    assert refusal(compound(workbook_stream([("甲", number(3, 256))]))) == "workbook-damaged"
    many = [(f"表{index}", number(9000, 40)) for index in range(6)]
    assert refusal(compound(workbook_stream(many))) == "workbook-too-large"


def test_passwords_are_seen_inside_and_around():
    assert refusal(compound(workbook_stream([("甲", b"")], record(0x002F, b"\1\0")))) == "workbook-password"
    assert refusal(compound(b"secret", "EncryptedPackage")) == "workbook-password"


def test_other_documents_are_named():
    with pytest.raises(RefusalError) as refused:
        check_compound(compound(b"text", "WordDocument"))
    assert (refused.value.code, refused.value.found) == ("not-a-workbook", "Word 文档")
    assert refusal(compound(b"mail", "__properties")) == "not-a-workbook"


def test_a_chain_of_sectors_that_bites_its_tail_is_damage():
    stream = workbook_stream([("甲", b"")], record(0x00FC, b"x" * 8000))
    assert refusal(compound(stream, looped=True)) == "workbook-damaged"


def test_a_directory_that_did_not_arrive_is_a_file_not_sent_whole():
    directory_at_the_end = compound(GOOD)[:512] + b"\0" * 512
    assert refusal(directory_at_the_end) in ("workbook-unreadable", "workbook-damaged")


def test_three_hundred_sheets_are_too_many_and_two_of_one_piece_are_damage():
    assert refusal(compound(workbook_stream([("表", b"")] * 300))) == "workbook-too-large"
    twice = record(0x0085, b"\0" * 6 + b"\1\0A") * 2
    assert refusal(compound(workbook_stream([("甲", b"")], twice))) == "workbook-damaged"


def test_what_a_sheet_says_of_its_size_is_not_passed_on():
    lie = record(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFE, 0, 0xFFFE, 0))
    assert lie not in check_compound(compound(workbook_stream([("甲", lie)]))).content


def test_macros_are_seen_and_left_out():
    plain = compound(workbook_stream([("甲", number(0, 0))]))
    named = "Root Entry".encode("utf-16-le")
    with_macros = compound(workbook_stream([("甲", number(0, 0))]), macros=True)
    assert (check_compound(plain).macros, check_compound(with_macros).macros) == (False, True)
    assert named in check_compound(with_macros).content
    assert "_VBA_PROJECT_CUR".encode("utf-16-le") not in check_compound(with_macros).content


@pytest.mark.parametrize("kept", [8, 40, 600, 1100, 1600])
def test_a_file_cut_short_is_damage(kept):
    assert refusal(compound(GOOD)[:kept]) == "workbook-damaged"


@given(st.integers(0, 2600), st.integers(0, 255))
def test_any_altered_byte_is_refused_or_read(at, byte):
    content = bytearray(compound(GOOD))
    content[at % len(content)] = byte
    try:
        check_compound(bytes(content))
    except RefusalError as refused:
        assert refused.code  # noqa: PT017 - either outcome is right; anything but a refusal is a bug
