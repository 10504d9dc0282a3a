"""What moved between two states of the same figures."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct


class Move(Struct, frozen=True):
    """A figure that is not what it was.

    ``agency`` is whose it is, "" for the consolidated figure; ``words`` the figure as an office reads it;
    ``before`` and ``after`` are None where there was, or is, none.
    """

    address: str
    words: str
    agency: str
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """How much more it is now; None where either is not known."""
        return None if self.before is None or self.after is None else self.after - self.before


class Submitted(Struct, frozen=True):
    """An agency whose workbook counted: its code and name, the workbook, its digest, and its figures."""

    code: str
    agency: str
    workbook: str
    sha256: str
    values: Mapping[str, Decimal]


class Snapshot(Struct, frozen=True):
    """The figures of a run, in all and by agency; ``addresses`` are all that could have a value in it."""

    addresses: tuple[str, ...]
    figures: Mapping[str, Decimal]
    submitted: tuple[Submitted, ...]

    def has_figures_of(self, other: "Snapshot") -> bool:
        """Whether no figure of either is another in the other, whatever file it came in."""
        return self._numbers == other._numbers

    @property
    def _numbers(self) -> tuple[object, ...]:
        whose = {(one.code, one.agency): one.values for one in self.submitted}
        return set(self.addresses), self.figures, whose


class Changes(Struct, frozen=True):
    """What is not the same in two snapshots.

    An agency that counts in one of them only is named, not moved figure by figure; so is an address.
    """

    moves: tuple[Move, ...] = ()
    joined: tuple[str, ...] = ()
    """Agencies that count only in the later one."""
    left: tuple[str, ...] = ()
    """Agencies that count only in the earlier one."""
    resent: tuple[tuple[Submitted, Submitted], ...] = ()
    """Agencies whose workbook has another content now, whatever its name."""
    renamed: tuple[tuple[Submitted, Submitted], ...] = ()
    """Agencies known by their code alone, since their name is another now: a person should see that."""
    gone: tuple[str, ...] = ()
    """Addresses of the earlier one only: another edition's form."""
    fresh: tuple[str, ...] = ()
    """Addresses of the later one only."""


Words = Callable[[str], str]
"""An address as an office reads it."""


def changes(before: Snapshot, after: Snapshot, words: Words) -> Changes:
    """What moved: the consolidated figures in the form's order, then each agency's, in the roster's.

    Figures are compared by address and agencies by name, else by code, never by where they stand in a list.
    """
    pairs = paired(before.submitted, after.submitted)
    known = set(before.addresses)
    shared = [address for address in after.addresses if address in known]
    moves = list(_moves(before.figures, after.figures, shared, "", words))
    for earlier, later in pairs:
        if earlier.values != later.values:
            moves += _moves(earlier.values, later.values, shared, later.agency, words)
    stayed = {earlier.code for earlier, _ in pairs}
    known_before = {later.code for _, later in pairs}
    return Changes(
        moves=tuple(moves),
        joined=tuple(one.agency for one in after.submitted if one.code not in known_before),
        left=tuple(one.agency for one in before.submitted if one.code not in stayed),
        resent=tuple(pair for pair in pairs if pair[0].sha256 != pair[1].sha256),
        renamed=tuple(pair for pair in pairs if pair[0].agency != pair[1].agency),
        gone=tuple(address for address in before.addresses if address not in set(after.addresses)),
        fresh=tuple(address for address in after.addresses if address not in known),
    )


def paired(
    before: tuple[Submitted, ...], after: tuple[Submitted, ...]
) -> tuple[tuple[Submitted, Submitted], ...]:
    """The same agency in both, in the later order: by name, else by a code whose name nobody else has now."""
    named = {one.agency: one for one in before}
    taken = {one.agency for one in after if one.agency in named}
    coded = {one.code: one for one in before if one.agency not in taken}
    both = ((named.get(one.agency) or coded.get(one.code), one) for one in after)
    return tuple((earlier, later) for earlier, later in both if earlier)


def _moves(
    before: Mapping[str, Decimal], after: Mapping[str, Decimal], shared: list[str], agency: str, words: Words
) -> Iterator[Move]:
    earlier, later = dict(before.items()), dict(after.items())  # a line of figures makes all of them for each
    for address in shared:
        was, now = earlier.get(address), later.get(address)
        if was != now:
            yield Move(address, words(address), agency, was, now)
