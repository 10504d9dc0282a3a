"""A finding as a slip tells it to the agency: where, what was found, what it should be, what to do."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from pipeline.model.alike import Alike
from pipeline.model.finding import Catalogue, Finding, visible
from pipeline.model.rule import Identity, Relation, Rule
from pipeline.model.slip import Pointer, SlipLine

BLANK = "（空）"
NO_ONE_VALUE = "—"
RELATIONS = {Relation.EQUAL: "等于", Relation.AT_MOST: "不大于", Relation.AT_LEAST: "不小于"}


class Wording(Struct, frozen=True):
    """What a line is worded from: remedies by code, the rules, and each address in words."""

    catalogue: Catalogue
    rules: Sequence[Rule]
    words: Mapping[str, str]

    def identity(self, finding: Finding) -> Identity | None:
        """The identity whose breach a finding tells; None where it is of another kind."""
        rule = next((rule for rule in self.rules if rule.id == finding.code), None)
        found = (one for one in rule.identities if one.focus == finding.address) if rule else iter(())
        return next(found, None)


def _is_of_several(identity: Identity) -> bool:
    """Whether its left side is several figures together, which are no one cell's value."""
    return len(identity.left) > 1


def slip_line(group: Alike, wording: Wording) -> SlipLine:
    """A line for findings alike; of those in cells it names the cells, as ranges."""
    first = group.first
    kind = wording.catalogue.kinds[first.code]
    remedy = kind.slip or kind.remedy
    what = kind.title if first.found or first.expected or first.cell else first.message
    return SlipLine(
        is_error=first.is_error,
        workbook=first.workbook,
        sheet=first.sheet,
        cells=tuple(finding.cell for finding in group.findings if group.cells),
        where=_where(group, wording),
        found=_found(first, wording),
        expected=_expected(first, wording),
        remedy=f"{what.rstrip('。')}。{remedy}",
        message=_without_folder(first.message, first),
        findings=len(group.findings),
    )


def pointed_line(pointer: Pointer, wording: Wording) -> SlipLine:
    """A line for several findings that one wrong figure explains: it points at that figure."""
    titles = dict.fromkeys(wording.catalogue.kinds[one.code].title for one in pointer.findings)
    place = pointer.place
    return SlipLine(
        is_error=any(one.is_error for one in pointer.findings),
        workbook=place.workbook,
        sheet=place.sheet,
        cells=(place.a1,),
        where=visible(f"{place.sheet} {place.a1}：{wording.words.get(pointer.address, '')}"),
        found=pointer.found,
        expected=pointer.expected,
        remedy=f"{'、'.join(titles)}。改这一格就都对上；确是别的数错了，请改别的数。",
        message="".join(one.message for one in pointer.findings),
        findings=len(pointer.findings),
    )


def _where(group: Alike, wording: Wording) -> str:
    first, number = group.first, len(group.findings)
    cells = (group.cells or first.cell).replace("、", " ")  # a line may end at a blank, and not inside a name
    place = " ".join(part for part in (first.sheet, cells) if part)
    words = wording.words.get(first.address, "")
    if number > 1:
        words = f"{words}等 {number} 格" if words else f"共 {number} 格"
    return visible("：".join(part for part in (place, words) if part)) or "整个工作簿"


def _found(finding: Finding, wording: Wording) -> str:
    identity = wording.identity(finding)
    if identity and _is_of_several(identity):
        return f"{len(identity.left)} 格相加是 {finding.found}"
    return _without_folder(finding.found, finding) or (BLANK if finding.cell else NO_ONE_VALUE)


def _without_folder(text: str, finding: Finding) -> str:
    """A text about files without the folder in which the office keeps them."""
    folder = finding.workbook.rpartition("/")[0]
    return text.replace(f"{folder}/", "") if folder else text


def _expected(finding: Finding, wording: Wording) -> str:
    """The value the cell should have; where it is no one value, how the figures must stand to each other."""
    identity = wording.identity(finding)
    if identity is None:
        return finding.expected or NO_ONE_VALUE
    if _is_of_several(identity):
        return f"相加{RELATIONS[identity.relation]} {finding.expected}"
    if identity.relation is not Relation.EQUAL:
        return f"{RELATIONS[identity.relation]} {finding.expected}"
    return finding.expected
