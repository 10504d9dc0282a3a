"""The roster as it stands in its workbook, or as an earlier run read it: the same bytes, the same program."""

import json
import sys
from typing import Any

from pipeline.fingerprint import program_digest
from pipeline.model.roster import Agency, Roster
from pipeline.store import Kept, Store
from pipeline.valuejson import as_text
from pipeline.workbooks.roster import read_roster
from pipeline.workspace import InputFile, Workspace


def listed(file: InputFile, workspace: Workspace) -> Roster:
    """The roster in a year's file; OperatorError (input) where it cannot be used."""
    return _looked_up(file.path, file.sha256, workspace) or read_roster(file.content, file.path)


def keep(roster: Roster, path: str, sha256: str, workspace: Workspace) -> None:
    """Keep the roster of this file beside the readings of a year, where it is not kept yet."""
    if not _looked_up(path, sha256, workspace):
        store = Store(workspace.readings_file, _conditions())
        store.keep([Kept(path, sha256, as_text(roster).encode("utf-8", "surrogatepass"))])
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
        agencies, absorbed = json.loads(record.decode("utf-8", "surrogatepass"))
        return Roster(tuple(map(_agency, agencies)), tuple(map(_agency, absorbed)))
    except (ValueError, TypeError, RecursionError):
        return None


def _agency(told: Any) -> Agency:
    """The agency in a record; ValueError or TypeError where it is none."""
    code, name, group, aliases, email, contact, phone, formerly, merged_into = told
    texts = code, name, group, *aliases, email, contact, phone, *formerly, merged_into
    if set(map(type, texts)) != {str} or (type(aliases), type(formerly)) != (list, list):
        raise TypeError(told)
    group = sys.intern(group)  # few
    return Agency(code, name, group, tuple(aliases), email, contact, phone, tuple(formerly), merged_into)
