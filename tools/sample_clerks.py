"""How each agency's clerk works: the file's name and format, typing habits, what was done to the tables."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from pipeline.model.roster import Agency

CLERKS = Path(__file__).with_name("sample_clerks.toml")


class Clerk(Struct, frozen=True):
    """One agency's way of filling in; the defaults are the blank workbook, filled in as asked.

    ``file`` is the workbook's path in the folder of submissions; its ending decides the format. ``resaved``
    says that LibreOffice saved it last, so that totals have results. ``tables`` is how the tables were
    retyped: empty for the blank as it came, else some of ``stacked``, ``renamed``, ``blank-row``,
    ``subtotal``, ``half-width``. ``earlier`` names the versions sent before ``file``, oldest first.
    """

    file: str = "{name}2020年政府信息公开年报报送表.xlsx"
    ways: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    resaved: bool = False
    earlier: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    satisfaction: str = ""

    @property
    def versions(self) -> int:
        """How many times the agency sent its workbook."""
        return len(self.earlier) + 1

    def path(self, agency: Agency, version: int) -> str:
        """The path of a version, counted from 1, in the folder of submissions."""
        file = (*self.earlier, self.file)[version - 1]
        return file.format(name=agency.name, code=agency.code, alias=agency.aliases[-1])


def load_clerks(path: Path = CLERKS) -> dict[str, Clerk]:
    """The clerks with habits of their own, by agency code."""
    with path.open("rb") as file:
        entries = tomllib.load(file)
    return {code: _clerk(entry) for code, entry in entries.items()}


def _clerk(entry: Mapping[str, object]) -> Clerk:
    return Clerk(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})  # type: ignore[arg-type]  # the file's keys are the fields
