"""The roster as it stands in its workbook, or as an earlier run read it: the same bytes, the same program."""

import sys
from contextlib import suppress

import msgspec
from msgspec.structs import replace

from pipeline.fingerprint import program_digest
from pipeline.model.roster import Agency, Roster
from pipeline.store import Kept, Store
from pipeline.workbooks.roster import read_roster
from pipeline.workspace import InputFile, Workspace


def listed(file: InputFile, workspace: Workspace) -> Roster:
    """The roster in a year's file; OperatorError (input) where it cannot be used."""
    return _looked_up(file.path, file.sha256, workspace) or read_roster(file.content, file.path)


def keep(roster: Roster, path: str, sha256: str, workspace: Workspace) -> None:
    """Keep the roster of this file beside the readings of a year, where it is not kept yet."""
    if not _looked_up(path, sha256, workspace):
        store = Store(workspace.readings_file, _conditions())
        with suppress(UnicodeEncodeError):  # half a character: such a roster is read every time
            store.keep([Kept(path, sha256, msgspec.json.encode(roster))])
        store.tidy([path])


def _looked_up(path: str, sha256: str, workspace: Workspace) -> Roster | None:
    """The roster as it is kept; looking alone begins no file for readings."""
    place = workspace.readings_file
    (record,) = Store(place if place.is_file() else None, _conditions()).records([(path, sha256)])
    return _kept(record) if record else None


def _conditions() -> str:
    return f"roster {program_digest()}"


def _kept(record: bytes) -> Roster | None:
    """The roster in a record; None where it holds anything else."""
    try:
        roster = msgspec.json.decode(record, type=Roster)
    except (ValueError, RecursionError):
        return None
    if msgspec.json.encode(roster) != record:  # what an agency lacks would be as if it had none
        return None
    return Roster(tuple(map(_in_few_groups, roster.agencies)), tuple(map(_in_few_groups, roster.absorbed)))


def _in_few_groups(agency: Agency) -> Agency:
    """The agency, the name of its group once in memory for all."""
    return replace(agency, group=sys.intern(agency.group))
