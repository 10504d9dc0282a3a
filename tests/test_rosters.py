"""The roster is read from its workbook once, and again as soon as anything is another."""

import json

import pytest
from msgspec import to_builtins
from msgspec.structs import replace

import pipeline.rosters
from kit.desk import make_report
from kit.office import AGENCIES, TODAY
from pipeline.errors import ExitCode, OperatorError
from pipeline.fingerprint import program_digest
from pipeline.model.roster import Roster
from pipeline.rosters import keep, listed
from pipeline.store import Kept, Store
from pipeline.workbooks.roster import read_roster
from pipeline.workbooks.roster_blank import roster_workbook
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = AGENCIES


@pytest.fixture
def roster(office, monkeypatch):
    """The office's roster as a run has it, and how often its workbook was opened for it."""
    opened = []

    def watched(content, path):
        opened.append(path)
        return read_roster(content, path)

    monkeypatch.setattr(pipeline.rosters, "read_roster", watched)
    workspace = Workspace.at(office.root, None)

    def now():
        opened.clear()
        return listed(workspace.roster(), workspace), len(opened)

    return now


def rewrite(office, *agencies):
    path = office.inputs / "roster.xlsx"
    path.write_bytes(roster_workbook(agencies, TODAY))


def test_before_a_year_has_run_the_workbook_is_read_each_time_and_nothing_written(office, roster):
    assert [roster()[1], roster()[1]] == [1, 1]
    assert not (office.root / "outputs").exists()


def test_once_a_year_has_run_the_roster_is_not_opened_again_and_is_the_same(office, roster):
    make_report("check", "-w", office.root)
    found, opened = roster()
    assert opened == 0
    assert found == read_roster((office.inputs / "roster.xlsx").read_bytes(), "")


def test_a_line_that_was_mended_counts_at_once(office, roster):
    make_report("check", "-w", office.root)
    moved = replace(
        DISTRICT, name="海拉尔新区人民政府", aliases=("新区", "海区"), formerly=("海拉尔区人民政府",)
    )
    gone = replace(BUREAU, code="04", name="市商务局", aliases=(), merged_into=OFFICE.name)
    rewrite(office, OFFICE, BUREAU, gone, moved)
    for times in (1, 0):
        found, opened = roster()
        assert opened == times
        assert (found.agencies[-1].name, found.agencies[-1].formerly) == (moved.name, moved.formerly)
        assert [one.code for one in found.absorbed] == [gone.code]
        make_report("check", "-w", office.root)


def test_what_only_looks_keeps_nothing(office, roster):
    make_report("check", "-w", office.root)
    rewrite(office, OFFICE, BUREAU)
    kept = Workspace.at(office.root, None).readings_file.read_bytes()
    assert [roster()[1], roster()[1]] == [1, 1]
    assert Workspace.at(office.root, None).readings_file.read_bytes() == kept


def test_a_roster_that_cannot_be_used_is_refused_each_time(office, roster):
    make_report("check", "-w", office.root)
    rewrite(office, OFFICE, replace(BUREAU, code=OFFICE.code))
    for _ in range(2):
        with pytest.raises(OperatorError, match="重复") as raised:
            roster()
        assert raised.value.code is ExitCode.INPUT


def test_another_program_reads_it_anew(office, roster, monkeypatch):
    make_report("check", "-w", office.root)
    monkeypatch.setattr(pipeline.rosters, "program_digest", lambda: "another")
    assert roster()[1] == 1


def rekeep(office, record):
    """Put this record in the place of the roster's."""
    workspace = Workspace.at(office.root, None)
    file = workspace.roster()
    store = Store(workspace.readings_file, f"roster {program_digest()}")
    store.keep([Kept(file.path, file.sha256, record)])
    return workspace


def altered(change):
    """The office's roster as it is kept, but for a change that somebody sealed anew."""
    told = to_builtins(Roster(AGENCIES))
    change(told)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def test_as_it_is_kept_it_serves(office, roster):
    make_report("check", "-w", office.root)
    rekeep(office, altered(lambda told: told["agencies"][0].update(contact="李四")))
    found, opened = roster()
    assert (found.agencies[0].contact, opened) == ("李四", 0)


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"[]",
        b"[[],[]]",
        b"\xff",
        b"[" * 10**5,
        altered(lambda told: told["agencies"][0].update(code=1)),
        altered(lambda told: told["agencies"][0].update(aliases="ab")),
        altered(lambda told: told["agencies"][0].update(aliases=[1])),
        altered(lambda told: told["agencies"][0].update(email=None)),
        altered(lambda told: told["agencies"][0].pop("merged_into")),
        altered(lambda told: told["agencies"][0].update(other="")),
        altered(lambda told: told.pop("absorbed")),
        altered(lambda told: None).replace(b'"code":"01"', b'"code":"01","code":"02"'),
        altered(lambda told: None) + b" ",
    ],
)
def test_what_was_damaged_is_read_anew(office, roster, record):
    make_report("check", "-w", office.root)
    sound = roster()[0]
    workspace = rekeep(office, record)
    assert roster() == (sound, 1)
    make_report("check", "-w", office.root)
    assert roster() == (sound, 0)
    workspace.readings_file.write_bytes(b"rubbish" * 1000)
    assert roster()[0] == sound


def test_a_name_with_half_a_character_is_read_every_time(office, roster):
    make_report("check", "-w", office.root)
    workspace = Workspace.at(office.root, None)
    keep(Roster((replace(OFFICE, contact="\ud800"),)), "another.xlsx", "0" * 64, workspace)
    assert roster()[1] == 0
