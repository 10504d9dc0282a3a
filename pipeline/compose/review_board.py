"""The status board: every agency of the roster, what it sent and how much of it is wrong."""

from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.model.board import BoardLine, Version, state_of
from pipeline.model.finding import Finding, Severity
from pipeline.model.review import Item
from pipeline.model.roster import Roster
from pipeline.model.submission import Receipt


def board(roster: Roster, receipts: Sequence[Receipt], found: Iterable[Item]) -> tuple[BoardLine, ...]:
    """One line an agency, in the roster's order. An accepted finding weighs nothing."""
    errors, warnings, accepted = Counter[str](), Counter[str](), Counter[str]()
    for item in found:
        for finding in item.alike.findings:
            weights = accepted if item.approval else _weights(finding, errors, warnings)
            weights[finding.agency] += 1
    by_code: dict[str, list[Receipt]] = {}
    for receipt in receipts:
        if receipt.agency:
            by_code.setdefault(receipt.agency.code, []).append(receipt)
    lines = []
    for agency in roster.agencies:
        sent = by_code.get(agency.code, [])
        lines.append(
            BoardLine(
                agency=agency.name,
                group=agency.group,
                state=state_of(sent, errors[agency.name], warnings[agency.name]),
                errors=errors[agency.name],
                warnings=warnings[agency.name],
                accepted=accepted[agency.name],
                versions=tuple(map(_version, sent)),
            )
        )
    return tuple(lines)


def strangers(receipts: Iterable[Receipt]) -> tuple[Version, ...]:
    """The files that could not be given to any agency."""
    return tuple(_version(one) for one in receipts if one.agency is None)


def _weights(finding: Finding, errors: Counter[str], warnings: Counter[str]) -> Counter[str]:
    if finding.is_error:
        return errors
    return warnings if finding.severity is Severity.WARNING else Counter()


def _version(receipt: Receipt) -> Version:
    return Version(receipt.arrival.workbook, receipt.counted, receipt.reason, receipt.excluded)
