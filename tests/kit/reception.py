"""Workbooks as they arrive for an organ of three agencies, told by their covers alone."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from pipeline.check.roster import Counted, Reception, receive
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

    def submission(one):
        if one.cover is None:
            return None
        cell = Cell("a", one.sha256, Decimal(one.sha256), CellPlace(one.workbook, "表", "A1"))
        return Submission(one.workbook, one.cover, {"a": cell})

    return receive(arrivals, expected, Laid(tuple(map(submission, arrivals))))


class Laid(Struct, frozen=True):
    """Submissions that lie in memory, None for what could not be read."""

    submissions: Sequence[Submission | None]

    def submission(self, at):
        """That of a number."""
        return self.submissions[at]

    def numerals(self, at):
        """The numbers of one."""
        return self.submissions[at].numerals

    def of(self, numbers):
        """Those of these numbers."""
        return Laid(tuple(self.submissions[at] for at in numbers))


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


def reception_of(evidence):
    """What a review's evidence rests on, as it came in."""
    by_workbook = {one.workbook: one for one in evidence.submissions.values()}
    shelf = Laid([by_workbook.get(one.arrival.workbook) for one in evidence.receipts])
    counting = {one.agency.code: at for at, one in enumerate(evidence.receipts) if one.counted and one.agency}
    return Reception(tuple(evidence.receipts), (), Counted(counting, shelf), shelf)
