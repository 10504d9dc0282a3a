"""Text of others that would break a page if any of it were taken as markup, script or direction."""

from decimal import Decimal

from msgspec.structs import replace

from kit.findings import found
from kit.offices import filled_values, submission_of
from kit.review import RECEIVED, evidence, filed, typed
from pipeline.model.consolidation import LastYear
from pipeline.model.movement import Move
from pipeline.model.narrative import Narrative, Passage, Run
from pipeline.model.review import Approval
from pipeline.model.roster import Agency, Roster

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>",
    "]]>--><svg onload=alert(1)>",
    "\"'><b>粗</b>",
    "\u2028alert(1)\u2029",
    "\u202e倒着\u2066写\u2069",
    "${organ} $organ {{ 7*7 }}",
    "\\u003cscript\\u003e",
    "\x00\x07\ud800",
)

ALL = "".join(HOSTILE)


def hostile_evidence(form, indicators, catalogue):
    """An office in which every text of others is an attack."""
    agencies = tuple(
        Agency(f"{number:02}", f"{text}局{number}", f"{text}组") for number, text in enumerate(HOSTILE)
    )
    sent = {}
    for agency in agencies:
        made = filed(submission_of(agency, filled_values(form, indicators)), f"in/{agency.name}.xlsx")
        sent[agency.code] = typed(made, RECEIVED, f"5{ALL}", Decimal(5))
    told = found(
        catalogue, "row-total", agencies[0].name, f"in/{ALL}", ALL, "D6", f"这里{ALL}。", ALL, ALL, RECEIVED
    )
    in_text = replace(told, workbook="in/文.docx", sheet="", cell="第1段", address="")
    passage = Passage(
        1, 0, (Run(ALL), Run("5", f'占比("{ALL}")', (RECEIVED, "requests.other.total"))), "第1段"
    )
    return evidence(
        form,
        indicators,
        catalogue,
        sent=sent,
        roster=Roster(agencies),
        organ=ALL,
        hurdles=(ALL,),
        findings=(told, in_text, replace(told, code="cell-blank")),
        approval=lambda one: Approval(ALL, ALL, "") if one.code == "cell-blank" else None,
        narrative=Narrative("in/文.docx", (passage,)),
        narrative_file="in/文.docx",
        last_year=LastYear(2019, f"in/{ALL}", {}, {}, {}),
        moves=(Move(RECEIVED, ALL, ALL, None, Decimal(1)),),
    )
