"""A year's texts: the narrative, and what every agency that counts wrote."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from pipeline.check.hygiene import Bodies, check_hygiene
from pipeline.check.narrative import check_narrative
from pipeline.check.roster import Reception
from pipeline.gather import YearInputs
from pipeline.model.consolidation import Consolidation
from pipeline.model.finding import Finding
from pipeline.model.narrative import Narrative
from pipeline.narrate.offered import Offered, offered_narrative
from pipeline.texts import Own, Standard, text_findings

KNOCK_ON = frozenset({"narrative-gap", "sentence-contradicts", "sentence-arithmetic"})
"""Findings about the text that wrong tables bring about by themselves."""

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


def agency_texts(
    inputs: YearInputs, reception: Reception, consolidation: Consolidation, doubtful: Collection[str]
) -> Iterator[Finding]:
    """What is amiss with the texts of the agencies that count, at the cell and paragraph.

    Sentences of the ``doubtful``, whose tables have errors nobody stands by, wait until those are right. What
    their own reports say of an empty section or a heading is said with those reports.
    """
    held = standard(inputs)
    for agency in consolidation.counted:
        submission = reception.counted[agency.code]
        if not submission.texts:
            continue
        offered = Offered(submission.texts, submission.workbook, submission.text_cells)
        narrative, told = offered_narrative(offered, inputs.form, inputs.year, inputs.catalogue)
        own = Own(agency.name, submission.values(), inputs.last_year.agencies.get(agency.code, {}))
        yield from (replace(one, agency=agency.name) for one in told if one.code == MISPLACED)
        for finding in text_findings(narrative, own, held):
            if agency.name not in doubtful or finding.code not in KNOCK_ON:
                yield finding


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
