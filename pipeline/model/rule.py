"""A statutory rule as data: linear relations between figures of this year and of last year."""

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct


class Relation(StrEnum):
    """How the left sum stands to the right sum."""

    EQUAL = "="
    AT_MOST = "<="
    AT_LEAST = ">="

    def holds(self, left: Decimal, right: Decimal) -> bool:
        """Whether ``left`` stands in this relation to ``right``."""
        if self is Relation.EQUAL:
            return left == right
        return left <= right if self is Relation.AT_MOST else left >= right


class Scope(StrEnum):
    """Whom a rule concerns."""

    ALL = "all"
    """Every agency's submission and the consolidated figures alike."""
    ORDINARY = "ordinary"
    """Bodies that may not make 规章: every agency that report.toml does not name under ``regulations_by``."""


class Term(Struct, frozen=True):
    """One signed figure of a sum, of this year or of last year."""

    address: str
    sign: int = 1
    last_year: bool = False


Lookup: TypeAlias = Callable[[Term], Decimal | None]
"""Finds a term's figure, unsigned; None where there is none."""


class Identity(Struct, frozen=True):
    """One relation between named figures: left sum, relation, right sum; an empty sum is 0.

    ``focus`` is the address at which a breach is shown: the first term of the left side.
    """

    left: tuple[Term, ...]
    relation: Relation
    right: tuple[Term, ...]

    @property
    def focus(self) -> str:
        """The address at which a breach is shown."""
        return self.left[0].address

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, left then right."""
        return self.left + self.right

    def sums(self, lookup: Lookup) -> tuple[Decimal, Decimal] | None:
        """Both sides' sums; None where any term's figure is missing (its own finding says so)."""
        left, right = total(self.left, lookup), total(self.right, lookup)
        return None if left is None or right is None else (left, right)


def total(terms: tuple[Term, ...], lookup: Lookup) -> Decimal | None:
    """The signed sum of the terms' figures, or None where one is missing."""
    found = Decimal(0)
    for term in terms:
        value = lookup(term)
        if value is None:
            return None
        found += term.sign * value
    return found


class Rule(Struct, frozen=True):
    """A rule of the form: its id is the finding code, ``reference`` its number in FORMS.md (H1, S2).

    ``computes`` says that each identity's left side is a single cell which the identity defines (a total):
    blank workbooks carry it as a live formula, and the reader recomputes it where a workbook holds none.
    """

    id: str
    reference: str
    scope: Scope
    computes: bool
    identities: tuple[Identity, ...]
