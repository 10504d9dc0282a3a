"""Evidence for a review page: an office of any size on paper, in order, to spoil one thing at a time."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from kit.offices import filled_values, roster_of, submission_of
from pipeline.compose.review import Evidence, compose_review
from pipeline.consolidate import consolidate
from pipeline.model.consolidation import LastYear
from pipeline.model.finding import Catalogue
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.narrative import Narrative, Passage, Run
from pipeline.model.review import Review
from pipeline.model.roster import Agency, Roster
from pipeline.model.submission import Arrival, Cell, Receipt, Submission
from pipeline.render.review import Pieces, render_review

YEAR = 2020
TEXT = "inputs/2020/narrative.docx"
RECEIVED = "requests.received.total"
KEYS = (RECEIVED, "disputes.reconsideration.total", "proactive.rules.in_force", "indicators.disclosed_items")

NARRATIVE = Narrative(
    TEXT,
    (
        Passage(0, 0, (Run("本报告依法编制。"),), "第1段"),
        Passage(1, 2, (Run("（一）依申请公开"),), "第2段"),
        Passage(
            1,
            0,
            (
                Run("收到申请"),
                Run("42", RECEIVED, (RECEIVED,)),
                Run("件，占"),
                Run("50%", f'占比("市直机关.{RECEIVED}", "{RECEIVED}")', (f"市直机关.{RECEIVED}", RECEIVED)),
                Run("，上年"),
                Run("40", f"last_year.{RECEIVED}", (f"last_year.{RECEIVED}",)),
                Run("件，手写41件。"),
            ),
            "第3段",
        ),
    ),
)


def submissions_of(
    roster: Roster, form: StatutoryForm, indicators: Sequence[Indicator]
) -> dict[str, Submission]:
    """Every agency's submission, each with figures of its own; the path of its file as in a workspace."""
    made = {}
    for number, agency in enumerate(roster.agencies):
        one = submission_of(agency, filled_values(form, indicators, number % 11))
        made[agency.code] = filed(one, f"inputs/{YEAR}/submissions/{agency.name}.xlsx")
    return made


def filed(submission: Submission, path: str) -> Submission:
    """The submission as it lies in a file of another name."""
    cells = {
        address: cell._replace(place=cell.place._replace(workbook=path))
        for address, cell in submission.cells.items()
    }
    return replace(submission, workbook=path, cells=cells)


def typed(submission: Submission, address: str, raw: str, value: Decimal | None) -> Submission:
    """The submission with one cell typed otherwise."""
    cell: Cell = submission.cells[address]._replace(raw=raw, value=value)
    return replace(submission, cells={**submission.cells, address: cell})


def receipt(
    agency: Agency | None, submission: Submission | None, reason: str = "", path: str = ""
) -> Receipt:
    """What became of a file: it counts unless there is a reason why not."""
    workbook = submission.workbook if submission else path
    return Receipt(
        Arrival(workbook, "0" * 64, submission.cover if submission else None, (), ""),
        agency,
        not reason,
        reason,
    )


def evidence(
    form: StatutoryForm,
    indicators: tuple[Indicator, ...],
    catalogue: Catalogue,
    size: int = 3,
    sent: Mapping[str, Submission] | None = None,
    **odd: object,
) -> Evidence:
    """An office in order; ``sent`` are the submissions by code where not all did send, ``odd`` is what else differs."""
    roster = odd.pop("roster", None) or roster_of(size)
    submissions = submissions_of(roster, form, indicators) if sent is None else sent
    sums = consolidate(form, indicators, roster, submissions)
    before = {agency.code: {RECEIVED: Decimal(10)} for agency in roster.agencies}
    last = LastYear(YEAR - 1, "inputs/2020/previous.xlsx", before, {RECEIVED: Decimal(10 * size)}, {})
    usual = {
        "organ": "某某市",
        "year": YEAR,
        "deadline": "2021-01-15",
        "hurdles": (),
        "form": form,
        "indicators": indicators,
        "catalogue": catalogue,
        "roster": roster,
        "receipts": [receipt(a, submissions[a.code]) for a in roster.agencies if a.code in submissions],
        "submissions": submissions,
        "read": lambda _: submissions.values(),
        "consolidation": sums,
        "last_year": last,
        "findings": (),
        "approval": lambda _: None,
        "narrative": NARRATIVE,
        "narrative_file": TEXT,
        "keys": KEYS,
    }
    return Evidence(**{**usual, **odd})


def pieces(templates) -> Pieces:
    """The page's own pieces as they are shipped."""
    names = ("page.html", "page.css", "page.js")
    return Pieces(*((templates / "review" / name).read_text(encoding="utf-8") for name in names))


def page(told: Evidence | Review, templates) -> str:
    """The page of some evidence."""
    review = compose_review(told) if isinstance(told, Evidence) else told
    return render_review(review, pieces(templates)).decode()
