"""The workbooks beside the report: the ledger of all agencies, and the consolidation to submit upward."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.filenames import legal_name
from pipeline.model.division import Part, divide
from pipeline.model.rendition import Rendition, Written
from pipeline.model.roster import Agency
from pipeline.outputs import LEDGER, LEDGER_PARTS
from pipeline.parts import Trade, made_parts
from pipeline.run import Examination
from pipeline.staging import AT_HAND, Manner

KIND, PART_KIND, UPWARD = "ledger", "ledger-part", "upward"
"""What run.json calls the ledger, a part of it, and the workbook for the level above."""


def further_workbooks(examination: Examination, manner: Manner = AT_HAND) -> tuple[Written, ...]:
    """The ledger, divided where there are many agencies, and the workbook to submit upward."""
    parts = divide(examination.inputs.roster, manner.sizes)
    ledger = _divided(examination, parts, manner) if parts else iter((_whole(examination),))
    return (*ledger, _upward(examination))


def _whole(examination: Examination) -> Rendition:
    from pipeline.workbooks.ledger import ledger_workbook

    inputs = examination.inputs
    content = ledger_workbook(
        examination.consolidation,
        examination.reception.counted,
        inputs.roster,
        inputs.form,
        inputs.indicators,
        organ=inputs.settings.organ,
        year=inputs.year,
        date=inputs.settings.published(inputs.year),
    )
    return Rendition(KIND, LEDGER, content)


def _divided(examination: Examination, parts: tuple[Part, ...], manner: Manner) -> Iterator[Written]:
    """The main file, then the parts."""
    from pipeline.workbooks.ledger import Volume
    from pipeline.workbooks.ledger_parts import Binding, DividedLedger, Leaves, part_file

    inputs = examination.inputs
    volume = Volume.of(
        inputs.form,
        inputs.indicators,
        organ=inputs.settings.organ,
        year=inputs.year,
        date=inputs.settings.published(inputs.year),
    )
    optional = tuple(one.address for one in inputs.indicators if not one.required)
    binding = Binding(volume, optional, main=LEDGER)
    files = {part.number: part_path(part) for part in parts}
    ledger = DividedLedger(binding, parts, examination.consolidation, files)

    def leaves(numbers: Sequence[int]) -> Iterator[Leaves]:
        some = [parts[at] for at in numbers]
        shares = examination.reception.shares(part.agencies for part in some)
        return (ledger.leaves(part, share.counted) for part, share in zip(some, shares, strict=True))

    trade = Trade(PART_KIND, binding, part_file, dict[str, Decimal])
    made = list(made_parts(trade, list(files.values()), leaves, manner))
    yield Rendition(KIND, LEDGER, ledger.main_file([sums for _, sums in made]))
    yield from (written for written, _ in made)


def part_path(part: Part) -> str:
    """Where a part of the ledger lies in the year's output folder."""
    digits = max(3, len(str(part.count)))
    return f"{LEDGER_PARTS}/{legal_name(f'{part.number:0{digits}}-{part.words}')}.xlsx"


def _upward(examination: Examination) -> Rendition:
    from pipeline.workbooks.blank import filled_workbook

    inputs = examination.inputs
    settings = inputs.settings
    content = filled_workbook(
        Agency(settings.code, settings.organ, "", contact=settings.contact),
        inputs.year,
        inputs.form,
        inputs.indicators,
        values=examination.consolidation.values(),
        texts={},
        date=settings.published(inputs.year),
    )
    return Rendition(UPWARD, "上报工作簿.xlsx", content)
