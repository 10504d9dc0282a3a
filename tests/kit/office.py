"""A small office: a workspace of three agencies on disk, whole and consistent, to spoil one thing at a time."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from msgspec import Struct

from kit.workbook import Laid, consistent_values, full, typed
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.roster import Agency
from pipeline.workbooks.roster_blank import roster_workbook

TODAY = datetime.date(2022, 3, 1)

AGENCIES = (
    Agency("01", "市政府办公室", "市直机关", ("市政府办",)),
    Agency("02", "市教育局", "市直机关"),
    Agency("03", "海拉尔区人民政府", "旗市区政府", ("海拉尔区",)),
)

SETTINGS = """organ = "某某市"
compiler = "市政务服务局"
code = "00"
date = {year}-03-26
regulations_by = ["01", "02", "03"]
"""

NARRATIVE = """本报告根据《中华人民共和国政府信息公开条例》编制。

一、总体情况

（一）主动公开

全市主动公开政府信息{{ indicators.disclosed_items }}条，其中市直机关{{ 市直机关.indicators.disclosed_items }}条。

（二）依申请公开

收到政府信息公开申请{{ requests.received.total }}件，办理{{ 依申请公开.办理总计.总计 }}件。

二、主动公开政府信息情况

三、收到和处理政府信息公开申请情况

四、政府信息公开行政复议、行政诉讼情况

五、存在的主要问题及改进情况

公开内容还不够丰富，下一步将继续改进。

六、其他需要报告的事项

按规定收取信息处理费。

无。
"""

TEXTS = {
    1: "（一）主动公开\n按时公开各类信息。",
    5: "公开内容还不够丰富，下一步将继续改进。",
    6: "按规定收取信息处理费。\n无。",
}
"""What each agency writes for the sections that have no table."""


class Office(Struct, frozen=True):
    """A workspace folder with one year's inputs of three agencies, and what went into them."""

    root: Path
    year: int
    form: StatutoryForm
    indicators: tuple[Indicator, ...]

    @property
    def inputs(self) -> Path:
        """The year's inputs."""
        return self.root / "inputs" / str(self.year)

    @property
    def submissions(self) -> Path:
        """Where workbooks arrive."""
        return self.inputs / "submissions"

    @property
    def outputs(self) -> Path:
        """The year's outputs."""
        return self.root / "outputs" / str(self.year)

    def values(self, agency: Agency) -> dict[str, Decimal]:
        """An agency's consistent figures: each agency's differ."""
        return consistent_values(self.form, first=int(agency.code))

    def laid(self, agency: Agency, values: Mapping[str, object] | None = None, **odd: object) -> Laid:
        """An agency's workbook; ``values`` by address replace its own, the other words are for ``kit.workbook``."""
        given = {**typed(self.form, self.values(agency)), **(values or {})}
        cover = {
            "单位名称": agency.name,
            "单位编码": agency.code,
            "年度": self.year,
            "版本": self.form.edition,
            "报送次数": 1,
        }
        return full(
            self.form, self.year, self.indicators, **{"values": given, "cover": cover, "texts": TEXTS, **odd}
        )

    def submit(
        self, agency: Agency, values: Mapping[str, object] | None = None, name: str = "", **odd: object
    ) -> Path:
        """Put an agency's workbook into submissions/."""
        return self.deliver(self.laid(agency, values, **odd), name or f"{agency.name}.xlsx")

    def deliver(self, laid: Laid, name: str) -> Path:
        """Put a workbook into submissions/ under a name."""
        path = self.submissions / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(laid.content())
        return path

    def write(self, name: str, text: str) -> Path:
        """Write a text file among the year's inputs."""
        path = self.inputs / name
        path.write_text(text, encoding="utf-8")
        return path


def open_office(
    root: Path, form: StatutoryForm, indicators: tuple[Indicator, ...], year: int | None = None
) -> Office:
    """A whole office in ``root``: settings, roster, narrative and three consistent submissions."""
    office = Office(root, year or form.first_year, form, indicators)
    office.submissions.mkdir(parents=True)
    office.write("report.toml", SETTINGS.format(year=office.year + 1))
    office.write("narrative.md", NARRATIVE)
    (office.inputs / "roster.xlsx").write_bytes(roster_workbook(AGENCIES, TODAY))
    for agency in AGENCIES:
        office.submit(agency)
    return office
