"""呼伦贝尔市 2020 as a narrative sees it: the published figures it speaks of, every other cell 0."""

import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import docx

from pipeline.forms.catalogue import load_catalogue, load_indicators
from pipeline.forms.editions import load_forms
from pipeline.forms.hygiene import load_hygiene
from pipeline.model.consolidation import Consolidation, Figure, LastYear
from pipeline.model.narrative import Narrative, Passage, Run
from pipeline.model.roster import Agency
from pipeline.narrate.facts import Facts

TEMPLATES = Path(__file__).parents[2] / "templates"
FORMS = {form.edition: form for form in load_forms(TEMPLATES / "forms")}
INDICATORS = load_indicators(TEMPLATES / "indicators.toml")
CATALOGUE = load_catalogue(TEMPLATES / "findings.toml")
BLEMISHES = load_hygiene(TEMPLATES / "hygiene.toml", CATALOGUE.kinds)
SPOKEN_OF = {
    "proactive.procurement.amount": 3117000000,
    "proactive.licences.change": 12,
    "requests.received.natural_person": 193,
    "requests.received.total": 224,
    "requests.brought_forward.total": 1,
    "requests.disclosed.total": 55,
    "requests.partial.total": 96,
    "requests.withheld_state_secret.total": 2,
    "requests.withheld_internal.total": 5,
    "requests.withheld_process.total": 3,
    "requests.unavailable_not_held.total": 40,
    "requests.unavailable_not_ready.total": 6,
    "requests.unavailable_unclear.total": 3,
    "requests.unprocessed_petition.total": 3,
    "requests.other.total": 10,
    "requests.outcome_total.total": 223,
    "requests.carried_forward.total": 2,
    "disputes.reconsideration.upheld": 12,
    "disputes.reconsideration.total": 12,
    "disputes.litigation_after.upheld": 4,
    "disputes.litigation_after.total": 4,
    "indicators.disclosed_items": 103615,
    "indicators.interpretations": 441,
    "indicators.non_text_interpretations": 271,
    "indicators.non_text_share": Decimal("61.45"),
    "indicators.new_media": 603,
    "indicators.trainings": 98,
}
GROUPS = {
    "市直机关": {"indicators.disclosed_items": 33649, "requests.received.total": 80},
    "旗市区政府": {"indicators.disclosed_items": 69966, "requests.received.total": 144},
}
LAST_YEAR = {
    "requests.received.total": 110,
    "indicators.disclosed_items": 103615,
    "indicators.trainings": 112,
}


def numbers(given: Mapping[str, int | Decimal]) -> dict[str, Decimal]:
    """The numbers as Decimals."""
    return {address: Decimal(number) for address, number in given.items()}


def figures(given: Mapping[str, int | Decimal]) -> dict[str, Figure]:
    """Consolidated figures of these numbers."""
    return {address: Figure(address, number, ()) for address, number in numbers(given).items()}


def consolidation(edition: str = "2019", **changed: int | Decimal) -> Consolidation:
    """The city's figures; ``changed`` by address, dots written as two underscores."""
    given = dict.fromkeys(FORMS[edition].cells, 0) | {
        address: number for address, number in SPOKEN_OF.items() if not address.startswith("proactive")
    }
    if edition == "2019":
        given |= SPOKEN_OF
    given |= {name.replace("__", "."): number for name, number in changed.items()}
    counted = (Agency("150702", "海拉尔区", "旗市区政府"), Agency("150700-01", "市财政局", "市直机关"))
    return Consolidation(
        figures(given), {group: figures(share) for group, share in GROUPS.items()}, counted, ()
    )


def last_year(given: Mapping[str, int | Decimal] = LAST_YEAR) -> LastYear:
    """2019, as far as the narrative speaks of it."""
    groups = {"市直机关": numbers({"indicators.disclosed_items": 30000})}
    return LastYear(2019, "inputs/2020/previous.xlsx", {}, numbers(given), groups if given else {})


def facts(edition: str = "2019", before: LastYear | None = None, **changed: int | Decimal) -> Facts:
    """What the narrative of 2020 may speak of."""
    return Facts(
        2020,
        "呼伦贝尔市",
        FORMS[edition],
        INDICATORS,
        consolidation(edition, **changed),
        before or last_year(),
    )


def markdown(*paragraphs: str, sections: bool = True) -> bytes:
    """A narrative.md of the paragraphs under 一、, the other five sections saying 无。"""
    titles = FORMS["2019"].sections
    rest = [line for title in titles[1:] for line in (title, "无。")]
    lines = [titles[0], *paragraphs, *rest] if sections else paragraphs
    return "\n\n".join(lines).encode()


def word(paragraphs: Iterable[str | tuple[str, ...]]) -> docx.document.Document:
    """A Word document; a tuple is one paragraph cut into several runs."""
    document = docx.Document()
    for paragraph in paragraphs:
        written = document.add_paragraph()
        for piece in (paragraph,) if isinstance(paragraph, str) else paragraph:
            written.add_run(piece)
    return document


def saved(document: docx.document.Document) -> bytes:
    """The document's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def narrative(*passages: str | tuple[Run, ...]) -> Narrative:
    """A narrative of section one: text typed by hand, or ready runs."""
    return Narrative(
        "inputs/2020/narrative.docx",
        tuple(
            Passage(1, 0, (Run(text),) if isinstance(text, str) else text, f"第{number}段")
            for number, text in enumerate(passages, 1)
        ),
    )
