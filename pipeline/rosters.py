"""The roster as it stands in its workbook, or as an earlier run read it: the same bytes, the same program."""

from pipeline.fingerprint import program_digest
from pipeline.model.roster import Roster
from pipeline.store import Kept, Store
from pipeline.valuejson import as_text, from_text
from pipeline.workbooks.roster import read_roster
from pipeline.workspace import InputFile, Workspace


def listed(file: InputFile, workspace: Workspace) -> Roster:
    """The roster in a year's file; OperatorError (input) where it cannot be used.

    It is kept beside the readings, where there are any: a command that reads no workbooks writes nothing.
    """
    place, digest = workspace.readings_file, file.sha256
    store = Store(place if place.is_file() else None, f"roster {program_digest()}")
    (record,) = store.records([(file.path, digest)])
    kept = _kept(record) if record else None
    if kept:
        return kept
    roster = read_roster(file.content, file.path)
    store.keep([Kept(file.path, digest, as_text(roster).encode("utf-8", "surrogatepass"))])
    store.tidy([file.path])
    return roster


def _kept(record: bytes) -> Roster | None:
    """The roster in a record; None where it holds anything else."""
    try:
        roster: Roster = from_text(Roster, record.decode("utf-8", "surrogatepass"))
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        return None
    return roster
