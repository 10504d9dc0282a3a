"""What was read comes back as it was, digit for digit; a record of unknown origin is refused."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gather import load_inputs
from pipeline.model.finding import Finding, Severity
from pipeline.model.place import CellPlace
from pipeline.model.submission import Cell, Cover, Order, Submission
from pipeline.packing import PARTING, DamagedError, Reading, announced, numerals, packed, proved, unpacked
from pipeline.run import take_in
from pipeline.workspace import Workspace

BOOK = "inputs/2020/submissions/局.xlsx"
ORDER = Order(("a.x", "a.y", "b.x"))
TEXT = st.text(max_size=12)
NUMBER = st.none() | st.decimals(allow_nan=False, allow_infinity=False) | st.integers().map(Decimal)


@st.composite
def readings(draw):
    addresses = draw(st.sampled_from([ORDER.addresses, (), ("b.x", "a.x")]))
    cells = {
        address: Cell(
            address,
            draw(TEXT),
            draw(NUMBER),
            CellPlace(BOOK, draw(TEXT), draw(st.sampled_from(["", "D6", "XFD1048576"]))),
            draw(st.sampled_from(["", "按公式计算", "全角数字"])),
        )
        for address in addresses
    }
    cover = Cover(
        draw(TEXT), draw(TEXT), draw(st.none() | st.integers()), version=draw(st.none() | st.integers(0, 9))
    )
    texts = draw(st.dictionaries(st.integers(1, 6), TEXT, max_size=3))
    places = {number: CellPlace(BOOK, draw(TEXT), "B2") for number in texts}
    told = (
        Finding(Severity.WARNING, "cell-blank", "", 2020, BOOK, draw(TEXT), "D6", draw(TEXT), "", "", "a.x"),
    )
    return Reading(draw(st.none() | st.just(Submission(BOOK, cover, cells, texts, places))), told)


@given(readings())
def test_a_reading_comes_back_as_it_was(reading):
    record = packed(reading, ORDER)
    back = proved(unpacked(record, ORDER))
    assert back == reading
    assert announced(record) == (reading.submission.cover if reading.submission else None, reading.findings)
    if reading.submission:
        assert numerals(record, ORDER) == reading.submission.numerals == back.submission.numerals
        assert str(back.submission.values()) == str(reading.submission.values())
        assert list(back.submission.cells.items()) == list(reading.submission.cells.items())
        assert [back.submission.value(one) for one in ORDER.addresses] == [
            reading.submission.value(one) for one in ORDER.addresses
        ]
        assert list(back.submission.texts) == list(reading.submission.texts)


def test_half_a_character_comes_back_as_it_was():
    finding = Finding(Severity.ERROR, "c", "局\udc80", 2020, BOOK, "", "", "\ud800", "", "")
    cells = {"a.x": Cell("a.x", "1\ud800", None, CellPlace(BOOK, "\udfff", "D6"))}
    reading = Reading(Submission(BOOK, Cover("局\ud800", year=2020), cells, {1: "\ud800"}), (finding,))
    record = packed(reading, ORDER)
    assert proved(unpacked(record, ORDER)) == reading
    assert announced(record) == (reading.submission.cover, reading.findings)
    forged = record.replace(b"2020", b"true")
    for look in (announced, lambda one: unpacked(one, ORDER)):
        with pytest.raises(DamagedError):
            look(forged)


def sound():
    cells = {one: Cell(one, "12", Decimal(12), CellPlace(BOOK, "表", "D6")) for one in ORDER.addresses}
    record = packed(Reading(Submission(BOOK, Cover(year=2020), cells), ()), ORDER)
    head, addresses, line, body = record.split(PARTING)
    cover, findings = json.loads(head)
    return (
        {"cover": cover, "findings": findings},
        {"addresses": json.loads(addresses)},
        {"numerals": line.decode()},
        json.loads(body),
    )


def refused(head, addresses, line, body):
    told = [head["cover"], head["findings"]]
    parts = json.dumps(told), json.dumps(addresses["addresses"]), line["numerals"], json.dumps(body)
    with pytest.raises(DamagedError):
        proved(unpacked(PARTING.join(map(str.encode, parts)), ORDER))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("numerals", "1,2"),
        ("numerals", "1,2,多"),
        ("numerals", "1,2,NaN"),
        ("numerals", "1,2,１"),
        ("numerals", "1,2,٣"),
        ("numerals", "1,2,Infinity"),
        ("numerals", ""),
        ("numerals", "1,2,3\n"),
        ("places", "D6"),
        ("sheets", [["表", 2]]),
        ("sheets", [["表", "3"]]),
        ("raws", {"x": [3]}),
        ("raws", {"x": [-1]}),
        ("raws", []),
        ("raws", {"x": [True]}),
        ("raws", {"x": ["1"]}),
        ("texts", [["1", "文字"]]),
        ("texts", [[1, "文字", ""]]),
        ("text_cells", [[True, "表", "B2"]]),
        ("readings", {"x": 1}),
        ("addresses", [1, 2, 3]),
        ("addresses", ["a.x"]),
        ("cover", []),
        ("cover", [1] * 11),
        ("cover", ["局", "01", "2020", "", None, "", "", "", "", "", None]),
        ("cover", ["局", "01", True, "", None, "", "", "", "", "", None]),
        ("cover", ["局", "01", 2020.0, "", None, "", "", "", "", "", None]),
        ("cover", ["局", "01", 2020, "", None, "", "", "", "", ""]),
        ("cover", ["局", "01", 2020, "", None, "", "", "", "", "", None, ""]),
        ("cover", {"agency": "局"}),
        ("texts", [["一", "文字"]]),
        ("texts", [[1, 2]]),
        ("text_cells", [[1, "表"]]),
        ("findings", [["fatal"]]),
        ("findings", [["fatal", "c", "", 2020, *[""] * 7]]),
        ("findings", [["error", "c", "", "2020", *[""] * 7]]),
        ("findings", [["error", "c", "", 2020, *[""] * 6]]),
        ("findings", [["error", "c", "", 2020, *[""] * 8]]),
        ("findings", None),
        ("workbook", None),
    ],
)
def test_a_record_that_says_anything_else_is_refused(key, value):
    parts = sound()
    next(part for part in parts if key in part)[key] = value
    refused(*parts)


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"{}\n{}",
        b"cos\nsystem\n",
        b"[" * 100_000,
        b"null",
        b"null\nnull",
        b'"\xed\xa0\x80"\n',
        b"[" * 100_000 + b'"\xed\xa0\x80"',
    ],
)
def test_what_is_no_record_is_refused(record):
    for look in (announced, lambda one: unpacked(one, ORDER), lambda one: numerals(one, ORDER)):
        with pytest.raises(DamagedError):
            look(record)


def test_a_submission_takes_a_few_kilobytes(office, templates):
    gathered = load_inputs(Workspace.at(office.root, None), templates)
    for submission in take_in(gathered).counted.values():
        assert len(packed(Reading(submission, ()), gathered.asked.order)) < 4000
