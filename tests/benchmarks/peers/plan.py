"""What the naive script has hard-coded: the blank's places, the law's identities, two Word templates."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.peers import word
from kit.office import NARRATIVE
from pipeline.model.document import Document, Paragraph
from pipeline.model.form import StatutoryForm
from pipeline.model.rule import Relation
from pipeline.model.submission import Submission


def write_plan(
    folder: Path, form: StatutoryForm, submission: Submission, agency: Document, city: Document
) -> None:
    """The plan and its templates into a folder: from one submission in the blank's layout and two reports."""
    folder.mkdir(parents=True)
    plan = {
        "organ": city.organ,
        "places": dict(_places(submission)),
        "figures": [*submission.values()],
        "identities": list(_identities(form)),
        "paragraphs": dict(_paragraphs(agency, submission.texts)),
        "narrative": dict(_narrative(city)),
    }
    (folder / "plan.json").write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    (folder / "agency.docx").write_bytes(word.template(agency))
    (folder / "city.docx").write_bytes(word.template(city))


def _places(submission: Submission) -> Iterator[tuple[str, tuple[str, str]]]:
    yield "name", ("封面", "B3")
    yield "code", ("封面", "B4")
    for address, cell in submission.cells.items():
        yield address, (cell.place.sheet, cell.place.a1)
    for section, place in submission.text_cells.items():
        yield f"text.{section}", (place.sheet, place.a1)


def _identities(form: StatutoryForm) -> Iterator[list[list[tuple[int, str]]]]:
    """The equations within one year: the terms of the left side, those of the right."""
    for rule in form.rules:
        for identity in rule.identities:
            if identity.relation is Relation.EQUAL and not any(term.last_year for term in identity.terms):
                yield [
                    [(term.sign, term.address) for term in side] for side in (identity.left, identity.right)
                ]


def _paragraphs(document: Document, texts: Mapping[int, str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Where in the texts each paragraph of an agency's report stands."""
    lines = {
        line: (section, place)
        for section, text in texts.items()
        for place, line in enumerate(text.split("\n"))
    }
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            yield f"p{number}", lines[block.text]


def _narrative(document: Document) -> Iterator[tuple[str, str]]:
    """The city's paragraphs as templates, by their place in its report."""
    alias = ("依申请公开.办理总计.总计", "requests.outcome_total.total")
    written = [line.replace(*alias) for line in NARRATIVE.splitlines() if line.endswith("。")]
    places = [f"p{number}" for number, block in enumerate(document.blocks) if isinstance(block, Paragraph)]
    return zip(places, written, strict=True)
