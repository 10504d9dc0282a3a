"""A year's texts: the narrative, and what an agency that counts wrote."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec.structs import replace

from pipeline.check.hygiene import Bodies, check_hygiene
from pipeline.check.narrative import check_narrative
from pipeline.gather import YearInputs
from pipeline.model.consolidation import Consolidation
from pipeline.model.finding import Finding
from pipeline.model.narrative import Narrative
from pipeline.model.submission import Submission
from pipeline.narrate.offered import Offered, offered_narrative
from pipeline.texts import Own, Standard, text_findings

KNOCK_ON = frozenset({"narrative-gap", "sentence-contradicts", "sentence-arithmetic"})
"""Findings about the text that wrong tables bring about by themselves: they wait until those are right."""

MISPLACED = "section-misplaced"
"""What an agency wrote under another section's title stands in the wrong cell."""


def standard(inputs: YearInputs) -> Standard:
    """What every agency's text is held against."""
    return Standard(
        inputs.form,
        inputs.indicators,
        inputs.blemishes,
        inputs.roster,
        inputs.settings.organ,
        inputs.year,
        inputs.catalogue,
    )


def agency_text(
    agency: str, submission: Submission, last_year: Mapping[str, Decimal], held: Standard
) -> Iterator[Finding]:
    """What is amiss with the texts of an agency (its name) that counts, at the cell and paragraph.

    What its own report says of an empty section or a heading is said with that report.
    """
    if not submission.texts:
        return
    offered = Offered(submission.texts, submission.workbook, submission.text_cells)
    narrative, told = offered_narrative(offered, held.form, held.year, held.catalogue)
    yield from (replace(one, agency=agency) for one in told if one.code == MISPLACED)
    yield from text_findings(narrative, Own(agency, submission.values(), last_year), held)


def narrative_text(
    narrative: Narrative, inputs: YearInputs, consolidation: Consolidation
) -> tuple[Finding, ...]:
    """The narrative's numbers held against the tables and each other, and what must not stand in it."""
    settings = inputs.settings
    bodies = Bodies.of_organ((settings.organ, settings.title, settings.compiler), inputs.roster)
    numbers = check_narrative(
        narrative,
        inputs.form,
        consolidation,
        inputs.last_year,
        inputs.indicators,
        year=inputs.year,
        catalogue=inputs.catalogue,
    )
    return (*numbers, *check_hygiene(narrative, inputs.blemishes, bodies, inputs.year, inputs.catalogue))
