"""What an office asks of a year: who stands where, which names there are, where a figure comes from."""

import datetime
import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from pipeline.check.roster import Reception
from pipeline.consolidate import contributions
from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import YearInputs
from pipeline.model.acceptance import covering
from pipeline.model.board import state_of
from pipeline.model.consolidation import Consolidation, Contribution, Figure
from pipeline.model.finding import Catalogue, Finding, FindingKind
from pipeline.model.narrative import NamedFigure, Narrative
from pipeline.model.number import plain
from pipeline.model.roster import Agency
from pipeline.model.submission import Receipt
from pipeline.narrate.names import Names, named_figures, usages
from pipeline.narrate.value import Value
from pipeline.run import Examination, add_up, facts, narrated

LAST_YEAR = "上年"


class Standing(Struct, frozen=True):
    """Where one agency stands: its state in a word, the workbook that counts and why it does, of several.

    ``unused`` are the paths of its other workbooks, each with why it does not count.
    """

    agency: Agency
    state: str
    workbook: str
    errors: int
    reason: str = ""
    unused: tuple[tuple[str, str], ...] = ()

    def entry(self) -> dict[str, Any]:
        """The line for a program."""
        return {
            "code": self.agency.code,
            "agency": self.agency.name,
            "group": self.agency.group,
            "state": self.state,
            "workbook": self.workbook,
            "others": len(self.unused),
            "reason": self.reason,
            "unused": [{"workbook": workbook, "reason": reason} for workbook, reason in self.unused],
            "errors": self.errors,
        }


def standings(inputs: YearInputs, reception: Reception, today: datetime.date) -> tuple[Standing, ...]:
    """One line an agency, in the roster's order: 已报, 有误 (counts, with errors), 不能用, 未报.

    The errors are those of reading that nobody stands by today.
    """
    wrong = Counter(
        one.agency
        for one in reception.findings
        if one.is_error and one.workbook and not covering(one, inputs.acceptances, today)
    )
    sent: dict[str, list[Receipt]] = {}
    for receipt in reception.receipts:
        if receipt.agency:
            sent.setdefault(receipt.agency.code, []).append(receipt)
    return tuple(
        _standing(agency, sent.get(agency.code, []), wrong[agency.name]) for agency in inputs.roster.agencies
    )


def unclaimed(reception: Reception) -> tuple[tuple[str, str], ...]:
    """Files that are no agency's, as far as can be told: each path with the reason why it does not count."""
    return tuple((one.arrival.workbook, one.reason) for one in reception.receipts if one.agency is None)


def _standing(agency: Agency, receipts: Sequence[Receipt], errors: int) -> Standing:
    counted = next((receipt for receipt in receipts if receipt.counted), None)
    unused = tuple((one.arrival.workbook, one.reason) for one in receipts if not one.counted)
    state = state_of(receipts, errors).value
    if counted is None:
        return Standing(agency, state, "", errors, unused=unused)
    return Standing(agency, state, counted.arrival.workbook, errors, counted.reason, unused)


def concerning(examination: Examination, names: Sequence[str]) -> tuple[Finding, ...]:
    """The findings of some agencies, by name, alias or code; of all without names.

    OperatorError (usage) for a name that is not in the roster.
    """
    if not names:
        return examination.findings
    wanted = {agency.name for agency in agencies_named(names, examination.inputs)}
    return tuple(finding for finding in examination.findings if finding.agency in wanted)


def agencies_named(names: Sequence[str], inputs: YearInputs) -> tuple[Agency, ...]:
    """The agencies of these names, aliases or codes, each once, in the roster's order.

    OperatorError (usage) for a name that is not in the roster.
    """
    wanted = [_agency(name, inputs) for name in names]
    return tuple(agency for agency in inputs.roster.agencies if agency in wanted)


def _agency(name: str, inputs: YearInputs) -> Agency:
    for agency in inputs.roster.agencies:
        if name in (agency.code, *agency.names):
            return agency
    known = [known for agency in inputs.roster.agencies for known in agency.names]
    raise OperatorError(ExitCode.USAGE, f"名册里没有“{name}”。{_nearest(name, known)}")


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"相近的有：{'、'.join(near)}。" if near else ""


class Listing(Struct, frozen=True):
    """Names a narrative may use with their values now, what else may stand in braces, and who is missing."""

    figures: tuple[NamedFigure, ...]
    phrasings: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


def named(inputs: YearInputs, word: str) -> Listing:
    """The names that hold ``word`` in any part; a group's name or 上年 stands for all with that prefix."""
    _, sums = add_up(inputs)
    known = facts(inputs, sums)
    prefix = word if word in (*sums.groups, LAST_YEAR) else ""
    figures = tuple(
        one
        for one in named_figures(known, prefix)
        if prefix or word in f"{one.address} {one.alias} {one.label} {one.printed}"
    )
    return Listing(figures, () if word else usages(known), _names(sums.missing))


def _names(agencies: Sequence[Agency]) -> tuple[str, ...]:
    return tuple(agency.name for agency in agencies)


class Traced(Struct, frozen=True):
    """A figure traced: name, value, formula ("" for a plain sum), contributions, where it is printed."""

    name: NamedFigure
    value: str
    formula: str
    contributions: tuple[Contribution, ...]
    printed_at: tuple[str, ...]
    missing: tuple[str, ...]
    """Agencies that do not count yet: the value is then the sum without them."""

    def entry(self) -> dict[str, Any]:
        """The answer for a program."""
        return {
            "address": self.name.address,
            "alias": self.name.alias,
            "value": self.value,
            "formula": self.formula,
            "contributions": [
                {
                    "agency": one.agency.name,
                    "code": one.agency.code,
                    "workbook": one.place.workbook,
                    "sheet": one.place.sheet,
                    "cell": one.place.a1,
                    "raw": one.raw,
                    "reading": one.reading,
                    "value": plain(one.value),
                }
                for one in self.contributions
            ],
            "printed_at": list(self.printed_at),
            "missing": list(self.missing),
        }


def traced(inputs: YearInputs, name: str) -> Traced:
    """Where a figure comes from, by address or alias, a group's and a subtotal's too.

    OperatorError (usage) for an unknown name, (input) for a figure that has no value now.
    """
    reception, sums = add_up(inputs)
    names = Names(facts(inputs, sums))
    value = names.value(name)
    if not isinstance(value, Value) or not value.addresses:
        near = "、".join(names.nearest(name))
        hint = f"相近的有：{near}。" if near else "运行 make-report figures 看有哪些名字。"
        raise OperatorError(ExitCode.USAGE, f"没有“{name}”这个数。{hint}")
    if value.number is None:
        raise OperatorError(
            ExitCode.INPUT, f"“{name}”现在没有数：有单位没报，或报的数还有疑问。请先运行 make-report check。"
        )
    known = next(one for one in names.figures if value.source.endswith(one.address))
    group, figures = _figures(value.addresses, sums)
    agencies = [one for one in sums.counted if figures and group in (None, one.group)]
    try:
        narrative, _ = narrated(inputs, sums)
    except OperatorError:
        narrative = None  # a fault in the text does not hide where a figure comes from
    label = _prefix(value.source, known.address) + known.label
    return Traced(
        name=NamedFigure(value.source, known.alias, label, value.text),
        value=plain(value.number),
        formula=_formula(value.addresses, figures, inputs),
        contributions=contributions(figures, agencies, reception.counted),
        printed_at=() if sums.missing else tuple(_printings(value, narrative, inputs)),
        missing=_names(sums.missing),
    )


def _prefix(source: str, address: str) -> str:
    """What stands before a figure's own address, as a reader says it."""
    return source.removesuffix(address).replace("last_year.", f"{LAST_YEAR}.").replace(".", "·")


def _figures(addresses: Sequence[str], sums: Consolidation) -> tuple[str | None, list[Figure]]:
    """The figures of addresses that may name one group before them, and that group; none for last year's."""
    named = (group for group in sums.groups if all(one.startswith(f"{group}.") for one in addresses))
    group = next(named, None)
    if group is None:
        return None, [sums.figures[one] for one in addresses if one in sums.figures]
    own = [one.removeprefix(f"{group}.") for one in addresses]
    return group, [sums.groups[group][one] for one in own if one in sums.groups[group]]


def _formula(addresses: Sequence[str], figures: Sequence[Figure], inputs: YearInputs) -> str:
    if not figures:
        return f"取自 {inputs.last_year.workbook}"
    return " + ".join(addresses) if len(addresses) > 1 else figures[0].formula


def _printings(value: Value, narrative: Narrative | None, inputs: YearInputs) -> Iterator[str]:
    cell = inputs.form.cells.get(value.source)
    if cell:
        table = next(table for table in inputs.form.tables if table.id == cell.table)
        yield f"表“{table.grid.caption}”的 {cell.words}"
    for passage in narrative.passages if narrative else ():
        for run in passage.runs:
            if value.source == run.source or set(value.addresses) <= set(run.addresses):
                yield f"正文{passage.origin}：“{run.text}”（{{{{ {run.source} }}}}）"


def explained(catalogue: Catalogue, code: str) -> tuple[FindingKind, ...]:
    """The kind of a code, or all without one; OperatorError (usage) for an unknown code."""
    if not code:
        return tuple(catalogue.kinds.values())
    if code not in catalogue.kinds:
        raise OperatorError(ExitCode.USAGE, f"没有“{code}”这个问题代码。{_nearest(code, catalogue.kinds)}")
    return (catalogue.kinds[code],)
