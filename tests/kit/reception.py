"""Workbooks as they arrive for an organ of three agencies, told by their covers alone."""

from decimal import Decimal

from pipeline.check.roster import receive
from pipeline.check.whose import Awaited
from pipeline.model.place import CellPlace
from pipeline.model.roster import Agency, Roster
from pipeline.model.submission import Arrival, Cell, Cover, Submission

OFFICE = Agency("01", "市政府办公室", "市直机关", ("市政府办",))
BUREAU = Agency("02", "市教育局", "市直机关")
DISTRICT = Agency("03", "海拉尔区人民政府", "旗市区政府", ("海拉尔区",))
ROSTER = Roster((OFFICE, BUREAU, DISTRICT))


def arrival(name, *, number=1, findings=(), **cover):
    """A workbook with one figure, which stands for its digest here, and this on its cover."""
    return Arrival(name, str(number), Cover(**{"year": 2020, **cover}), tuple(findings), "")


def sorted_out(arrivals, expected):
    """These arrivals sorted out, each with its one figure."""

    def fetch(at):
        one = arrivals[at]
        cell = Cell("a", one.sha256, Decimal(one.sha256), CellPlace(one.workbook, "表", "A1"))
        return Submission(one.workbook, one.cover, {"a": cell})

    return receive(arrivals, expected, fetch)


def unread(name, catalogue, code="workbook-password"):
    """A workbook that could not be read."""
    return Arrival(name, "", None, (catalogue.finding(code, year=2020, workbook=name),), "")


def awaited(catalogue, use=None, exclude=None):
    """What is awaited, with what report.toml says of versions."""
    return Awaited(ROSTER, 2020, "某某市", use or {}, catalogue, exclude or {})


def received(catalogue, *arrivals, use=None, exclude=None):
    """These arrivals sorted out, and a workbook in order of each agency unless one of that name is given."""
    everyone = [arrival("办.xlsx", code="01"), arrival("局.xlsx", code="02"), arrival("区.xlsx", code="03")]
    names = {one.workbook for one in arrivals}
    return sorted_out(
        [*arrivals, *(one for one in everyone if one.workbook not in names)], awaited(catalogue, use, exclude)
    )


def codes(reception):
    """The codes of what was found, in order."""
    return [finding.code for finding in reception.findings]


def owner(reception, name):
    """Whose a workbook was taken to be."""
    return next(receipt.agency for receipt in reception.receipts if receipt.arrival.workbook == name)
