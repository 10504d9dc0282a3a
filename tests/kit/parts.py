"""A small office whose ledger is divided all the same, written and ready to be spoilt."""

import datetime
import io
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace
from openpyxl import load_workbook

from kit.offices import consolidated, filled_values, roster_of, submission_of
from pipeline.model.consolidation import Consolidation
from pipeline.model.division import Part, Sizes, divide
from pipeline.model.roster import Roster
from pipeline.model.submission import Submission
from pipeline.workbooks.ledger import Volume
from pipeline.workbooks.ledger_parts import Binding, DividedLedger, part_file

SMALL = Sizes(at_once=6, each=5)
"""From 12 agencies: a group that stays whole, and one in two parts."""
DAY = datetime.date(2021, 3, 1)


class Divided(Struct):
    """The files of a ledger: the main file's bytes, the parts' by name; and what went into them."""

    main: bytes
    files: dict[str, bytes]
    sums: Consolidation
    submissions: Mapping[str, Submission]
    parts: tuple[Part, ...]

    def edit(self, name: str, change) -> None:
        """Open a file as a person would, change it and save it; "" is the main file."""
        book = load_workbook(io.BytesIO(self.files[name] if name else self.main))
        change(book)
        buffer = io.BytesIO()
        book.save(buffer)
        if name:
            self.files[name] = buffer.getvalue()
        else:
            self.main = buffer.getvalue()


def divided_ledger(
    form, indicators, roster: Roster | None = None, year: int = 2020, sizes: Sizes = SMALL
) -> Divided:
    """The ledger of an office."""
    roster = roster or roster_of(12)
    asked = [one for one in indicators if not one.over]
    submissions = {
        agency.code: submission_of(agency, filled_values(form, asked, number))
        for number, agency in enumerate(roster.agencies)
    }
    sums = consolidated(roster, submissions, indicators)
    parts = divide(roster, sizes)
    volume = Volume.of(form, indicators, organ="某市", year=year, date=DAY)
    optional = tuple(one.address for one in indicators if not one.required)
    binding = Binding(volume, optional, main="汇总底稿.xlsx")
    names = {part.number: f"汇总底稿/{part.number}.xlsx" for part in parts}
    ledger = DividedLedger(binding, parts, sums, names)
    made = [part_file(binding, ledger.leaves(part, _of(part, submissions))) for part in parts]
    files = {f"{part.number}.xlsx": content for part, (content, _) in zip(parts, made, strict=True)}
    return Divided(ledger.main_file([each for _, each in made]), files, sums, submissions, parts)


def _of(part: Part, submissions: Mapping[str, Submission]) -> Mapping[str, Submission]:
    return {agency.code: submissions[agency.code] for agency in part.agencies}


def without_groups(size: int) -> Roster:
    """A roster that knows no groups."""
    return Roster(tuple(replace(agency, group="") for agency in roster_of(size).agencies))
