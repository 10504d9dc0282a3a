"""Our live formulas: totals, and check lines that say in words what does not balance.

Plain functions only (IF, AND, SUM, COUNT, COUNTA), which Excel, WPS and LibreOffice work out alike.
"""

from collections.abc import Mapping, Sequence

from pipeline.model.form import FormTable, StatutoryForm
from pipeline.model.number import NumberKind
from pipeline.model.place import a1
from pipeline.model.rule import Identity, Relation, Term
from pipeline.workbooks.areas import Area, areas

BALANCED = "勾稽关系全部相符"
COMPLETE = "应填的都已填上"

_BREACH = {
    Relation.EQUAL: "不相等",
    Relation.AT_MOST: "前者不应大于后者",
    Relation.AT_LEAST: "前者不应小于后者",
}


def sum_of(terms: Sequence[Term], places: Mapping[str, Area]) -> str:
    """The signed sum of terms, without ``=``."""
    added = [places[term.address] for term in terms if term.sign > 0]
    taken = [places[term.address] for term in terms if term.sign < 0]
    return f"SUM({areas(added)})" + (f"-SUM({areas(taken)})" if taken else "")


def live_identities(form: StatutoryForm, table: FormTable) -> tuple[Identity, ...]:
    """The identities a clerk can see broken on this sheet: errors between this year's cells of this table.

    Left out are those that define a total (the sheet's own formulas keep them) and those of a totals' column
    or row, which cannot break unless another does. Rules numbered H are the errors (FORMS.md).
    """
    own = {cell.address for cell in table.cells}
    return tuple(
        identity
        for rule in form.rules
        if rule.reference.startswith("H") and not rule.computes
        for identity in rule.identities
        if identity.focus not in form.computed
        and all(term.address in own and not term.last_year for term in identity.terms)
    )


def breach_line(form: StatutoryForm, identity: Identity, places: Mapping[str, Area]) -> str:
    """A formula: empty while the identity holds or has an empty term, else a sentence with both sums."""
    terms = [places[term.address] for term in identity.terms]
    left, right = sum_of(identity.left, places), sum_of(identity.right, places)
    where, names = _words(form, identity)
    before = "＋".join(names[: len(identity.left)])
    after = "＋".join(names[len(identity.left) :])
    silent = f"COUNT({areas(terms)})<{len(terms)},1,{left}{identity.relation.value}{right}"
    words = f'"{where}{before}＝"&{left}&"，{after}＝"&{right}&"，{_BREACH[identity.relation]}"'
    return f'=IF(IF({silent}),"",{words})'


def _words(form: StatutoryForm, identity: Identity) -> tuple[str, list[str]]:
    """The column the identity is about, and its terms' names within it; whole names where it has not one."""
    cells = [form.cells[term.address] for term in identity.terms]
    columns = {cell.column.alias for cell in cells}
    if len(columns) == 1:
        return f"{columns.pop()}这一列：", [cell.row.alias for cell in cells]
    return "", [cell.alias for cell in cells]


def state_line(
    places: Mapping[str, Area], kinds: Mapping[str, NumberKind], breaches: range, done: str
) -> str:
    """A formula: ``done``, or how many cells are empty, are no numbers, and how many sums differ.

    ``places`` are the cells that must be filled, one at least, ``kinds`` what each holds; ``breaches`` the
    rows in whose column A the breach lines stand.
    """
    counts = [place for address, place in places.items() if kinds[address] is NumberKind.COUNT]
    empty = f"({len(places)}-COUNTA({areas(places.values())}))"
    words = f"(COUNTA({areas(counts)})-COUNT({areas(counts)}))" if counts else "(0)"
    differing = "(" + ("+".join(f'IF({a1(row, 1)}="",0,1)' for row in breaches) or "0") + ")"
    return (
        f'=IF(AND({empty}=0,{words}=0,{differing}=0),"{done}",'
        f'IF({empty}>0,"尚有 "&{empty}&" 格未填，没有发生的填 0。","")'
        f'&IF({words}>0,"有 "&{words}&" 格不是纯数字，请只填阿拉伯数字。","")'
        f'&IF({differing}>0,"有 "&{differing}&" 处不相符，见下面各行。",""))'
    )
