"""The sample's agencies: who they are, and how much of each kind of work falls to them."""

import csv
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from pipeline.model.roster import Agency, Roster

AGENCIES = Path(__file__).with_name("sample_agencies.csv")


class Sharer(Struct, frozen=True):
    """An agency, and its weight (a whole number) in each kind of work: ``requests``, ``licences``, …"""

    agency: Agency
    weights: Mapping[str, int]


def load_sharers(path: Path = AGENCIES) -> tuple[Sharer, ...]:
    """The agencies in the roster's order."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_sharer(number, line) for number, line in enumerate(csv.DictReader(file), start=1))


def roster(sharers: tuple[Sharer, ...]) -> Roster:
    """The roster of these agencies."""
    return Roster(tuple(sharer.agency for sharer in sharers))


def _sharer(number: int, line: dict[str, str]) -> Sharer:
    """One line; the contact is plainly made up, the address is in a domain that cannot exist (RFC 2606)."""
    agency = Agency(
        code=line.pop("code"),
        name=line.pop("name"),
        group=line.pop("group"),
        aliases=tuple(line.pop("aliases").split()),
        email=f"agency{number:02d}@example.invalid",
        contact=f"样例联系人{number:02d}",
        phone=f"0470-00000{number:02d}",
    )
    return Sharer(agency, {kind: int(weight) for kind, weight in line.items()})
