"""A tower of workspaces: townships' workbooks in a county, the county's in a city, the city's in a region."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from msgspec import Struct

from kit.office import NARRATIVE, Office
from kit.workbook import consistent_values, indicator_values
from pipeline.build import build
from pipeline.descent import BELOW
from pipeline.gather import load_inputs
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.roster import Agency
from pipeline.run import examine
from pipeline.workbooks.blank import filled_workbook
from pipeline.workbooks.roster_blank import roster_workbook
from pipeline.workspace import Workspace

LEVELS = ("自治区", "市", "旗", "镇")
"""What the bodies of each level are called."""
TODAY = date(2022, 3, 1)


class Tower(Struct, frozen=True):
    """The law and the templates a tower is built by, and how many bodies stand under each of a level."""

    form: StatutoryForm
    indicators: tuple[Indicator, ...]
    templates: Path
    breadth: Sequence[int]

    def build(self, root: Path, organ: str = LEVELS[0]) -> Office:
        """The workspaces under ``root`` from the foot up, each built and its 上报工作簿 handed up; the top one."""
        level = sum(organ.count(mark) for mark in "市旗")
        office = Office(root, self.form.first_year, self.form, self.indicators)
        office.submissions.mkdir(parents=True)
        office.write(
            "narrative.md", NARRATIVE.replace("，其中市直机关{{ 市直机关.indicators.disclosed_items }}条", "")
        )
        bodies = [
            f"{organ.removeprefix(LEVELS[0])}{n}{LEVELS[level + 1]}"
            for n in range(1, self.breadth[level] + 1)
        ]
        agencies = [Agency(_code(name), name, "下级") for name in bodies]
        codes = [agency.code for agency in agencies]
        office.write("report.toml", f'organ = "{organ}"\ncode = "{_code(organ)}"\nregulations_by = {codes}\n')
        (office.inputs / "roster.xlsx").write_bytes(roster_workbook(agencies, TODAY))
        for agency in agencies:
            (office.submissions / f"{agency.name}.xlsx").write_bytes(self._workbook(root, agency, level))
        inputs = load_inputs(Workspace.at(root, office.year), self.templates)
        built = build(examine(inputs, TODAY), self.templates, dict)
        assert built.record["status"] == "final", built.findings
        return office

    def _workbook(self, root: Path, agency: Agency, level: int) -> bytes:
        """What a body hands up: a township its own workbook, a body above it what its workspace made."""
        if level + 1 < len(self.breadth):
            below = self.build(root / BELOW / agency.name, agency.name)
            return (below.outputs / "上报工作簿.xlsx").read_bytes()
        return self.own_workbook(agency, int(agency.code))

    def own_workbook(self, agency: Agency, first: int) -> bytes:
        """The workbook of a body at the foot, its figures counted from ``first`` on."""
        given = indicator_values(self.indicators, first=first)
        values = consistent_values(self.form, first=first)
        values |= {f"indicators.{name}": Decimal(number) for name, number in given.items()}
        return filled_workbook(
            agency, self.form.first_year, self.form, self.indicators, values=values, texts={}, date=TODAY
        )


def _code(organ: str) -> str:
    return "".join(mark if mark.isdigit() else "0" for mark in organ)
