"""Readings kept for the next run: found again, refused when anything is amiss, and never in the way."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline.store
from pipeline.store import APPLICATION, KEPT, SCHEMA, TOGETHER, Kept, Store

ONE, OTHER = Kept("甲.xlsx", "a" * 64, b"first"), Kept("乙.xlsx", "b" * 64, b"second")
WANTED = [one[:2] for one in (ONE, OTHER)]


@pytest.fixture
def place(tmp_path):
    return tmp_path / ".2020.readings"


@pytest.fixture
def full(place):
    store = Store(place, "now")
    store.keep([ONE, OTHER])
    store.tidy([ONE.path, OTHER.path])
    return place


def found(place, conditions="now"):
    return list(Store(place, conditions).records(WANTED))


def altered(place, *statements):
    connection = sqlite3.connect(place)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_what_was_kept_is_found_by_another_run(full):
    assert Store(full, "now").holds_any()
    assert found(full) == [b"first", b"second"]


def test_which_are_held_is_told_without_reading_them(full):
    wanted = {ONE.path: ONE.sha256, OTHER.path: ONE.sha256, "丙.xlsx": ONE.sha256}
    assert Store(full, "now").held(wanted) == {ONE.path}
    assert Store(full, "later").held(wanted) == set()
    assert Store(None, "now").held(wanted) == set()
    altered(full, "UPDATE reading SET seal = x'00'")
    assert Store(full, "now").held(wanted) == {ONE.path}
    full.write_bytes(b"no store")
    assert Store(full, "now").held(wanted) == set()


def test_names_of_workbooks_are_no_longer_in_memory_once_they_were_looked_up(place):
    store, path = Store(place, "now"), "inputs/2020/submissions/甲.xlsx"
    before = sys.getsizeof(path)
    store.keep([Kept(path, "a" * 64, b"first")])
    assert list(store.records([(path, "a" * 64)])) == [b"first"]
    assert sys.getsizeof(path) == before


@pytest.mark.parametrize("count", [1, TOGETHER, TOGETHER + 1, 3 * TOGETHER - 1])
def test_of_many_each_is_found_in_the_order_in_which_they_are_asked_for(place, count):
    many = [Kept(f"{number}.xlsx", f"{number:064}", f"of {number}".encode()) for number in range(count)]
    Store(place, "now").keep(many[::2])
    wanted = [one[:2] for one in reversed(many)] + [many[0][:2], (many[0].path, "f" * 64), ("", "0" * 64)]
    kept = [one.record if number % 2 == 0 else None for number, one in enumerate(many)]
    assert list(Store(place, "now").records(wanted)) == [*reversed(kept), many[0].record, None, None]


def test_another_content_or_another_path_is_not_known(full):
    assert list(Store(full, "now").records([(ONE.path, OTHER.sha256), ("丙.xlsx", ONE.sha256)])) == [
        None,
        None,
    ]


def test_under_other_conditions_nothing_is_known(full):
    assert not Store(full, "later").holds_any()
    assert found(full, "later") == [None, None]


def test_two_versions_of_the_program_keep_their_own_beside_each_other(full):
    later = Store(full, "later")
    later.keep([Kept(ONE.path, ONE.sha256, b"read otherwise")])
    later.tidy([ONE.path, OTHER.path])
    assert found(full) == [b"first", b"second"]
    assert found(full, "later") == [b"read otherwise", None]


def test_only_the_latest_versions_are_kept(full):
    for number in range(KEPT):
        Store(full, str(number)).tidy([])
    assert found(full) == [None, None]


def test_a_workbook_that_is_gone_is_dropped_and_one_sent_anew_replaced(full):
    store = Store(full, "now")
    store.keep([Kept(ONE.path, "c" * 64, b"third")])
    store.tidy([ONE.path])
    assert list(store.records([(ONE.path, "c" * 64), *WANTED])) == [b"third", None, None]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reading SET record = x'66697273' WHERE path = '甲.xlsx'",
        "UPDATE reading SET record = 'first' WHERE path = '甲.xlsx'",
        "UPDATE reading SET seal = '' WHERE path = '甲.xlsx'",
        "UPDATE reading SET record = (SELECT record FROM reading WHERE path = '乙.xlsx') WHERE path = '甲.xlsx'",
    ],
)
def test_an_altered_record_is_not_relied_on(full, statement):
    altered(full, statement)
    assert found(full) == [None, b"second"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda place: place.write_bytes(b"this is no database, and long enough to be taken for one" * 40),
        lambda place: place.write_bytes(place.read_bytes()[:5000]),
        lambda place: place.write_bytes(place.read_bytes().replace(b"CREATE TABLE", b"CREATE \xa0ABLE")),
        lambda place: place.write_bytes(place.read_bytes().replace(b"reading", b"read\xa0ng")),
        lambda place: altered(place, "DROP TABLE turn"),
        lambda place: altered(place, "CREATE TABLE more (x)"),
        lambda place: altered(place, "CREATE TRIGGER t AFTER INSERT ON reading BEGIN DELETE FROM turn; END"),
        lambda place: altered(place, f"PRAGMA user_version = {SCHEMA + 1}"),
        lambda place: altered(place, f"PRAGMA application_id = {APPLICATION + 1}"),
    ],
    ids=[
        "no database",
        "cut off",
        "a word that is no text",
        "a name that is no text",
        "a table gone",
        "a table more",
        "a trigger",
        "a later layout",
        "another's",
    ],
)
def test_a_damaged_or_foreign_store_is_begun_anew(full, spoil):
    spoil(full)
    store = Store(full, "now")
    assert list(store.records(WANTED)) == [None, None]
    store.keep([ONE])
    store.keep([ONE])
    assert found(full) == [b"first", None]


def test_a_path_that_is_no_text_any_more_is_that_of_no_workbook_and_the_others_are_found(full):
    content = full.read_bytes()
    assert ONE.path.encode() in content
    full.write_bytes(content.replace(ONE.path.encode(), b"\xa0" * len(ONE.path.encode())))
    store = Store(full, "now")
    assert list(store.records(WANTED)) == [None, b"second"]
    store.keep([ONE])
    store.tidy([ONE.path, OTHER.path])
    assert found(full) == [b"first", b"second"]


def test_pages_overwritten_in_the_middle_are_noticed_and_the_store_mends_itself(place):
    store = Store(place, "now")
    many = [Kept(f"{number}.xlsx", "a" * 64, bytes([number]) * 3000) for number in range(200)]
    store.keep(many)
    content = bytearray(place.read_bytes())
    content[8192:] = os.urandom(len(content) - 8192)
    place.write_bytes(content)
    wanted = [one[:2] for one in many]
    assert set(Store(place, "now").records(wanted)) <= {None, *(one.record for one in many)}
    for _ in range(2):
        Store(place, "now").keep(many)
    assert list(Store(place, "now").records(wanted)) == [one.record for one in many]


def test_a_store_that_another_holds_is_done_without(full, monkeypatch):
    monkeypatch.setattr(pipeline.store, "PATIENCE", 0)
    holder = sqlite3.connect(full, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    store = Store(full, "now")
    assert not store.holds_any()
    assert list(store.records(WANTED)) == [None, None]
    store.keep([ONE])
    store.tidy([])
    holder.close()
    assert found(full) == [b"first", b"second"]


@pytest.mark.parametrize("unusable", ["no folder", "a folder", "none"])
def test_without_a_place_to_write_nothing_is_kept_and_nothing_fails(tmp_path, unusable):
    (tmp_path / "folder").mkdir()
    place = {"no folder": tmp_path / "不在" / "x", "a folder": tmp_path / "folder", "none": None}[unusable]
    store = Store(place, "now")
    store.keep([ONE])
    store.tidy([])
    assert list(store.records(WANTED)) == [None, None]
    assert (tmp_path / "folder").is_dir()


KILLED = """
import os, sys
from pathlib import Path
from pipeline.store import Kept, Store
store = Store(Path(sys.argv[1]), "now")
store.keep([Kept("甲.xlsx", "a" * 64, b"first")])

def endless():
    yield ("now", "乙.xlsx", "b" * 64, b"", b"half")
    os._exit(9)

import sqlite3
connection = sqlite3.connect(sys.argv[1])
connection.executemany("INSERT INTO reading VALUES (?, ?, ?, ?, ?)", endless())
"""


def test_a_record_that_would_fill_the_memory_is_not_unpacked(full, monkeypatch):
    Store(full, "now").keep([Kept(ONE.path, ONE.sha256, b"0" * 10**6)])
    monkeypatch.setattr(pipeline.store, "LARGEST", 10**5)
    assert found(full) == [None, b"second"]


def test_a_run_killed_while_it_writes_leaves_what_was_kept_before(place):
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, place], cwd=Path(pipeline.store.__file__).parents[1], check=False
    )
    assert ended.returncode == 9
    assert found(place) == [b"first", None]
    Store(place, "now").keep([OTHER])
    assert found(place) == [b"first", b"second"]
