"""Figures of many agencies, kept small: as numbers those of 30,000 would take a gigabyte."""

from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView
from dataclasses import dataclass, field
from decimal import Decimal

_BETWEEN = ","


class FigureLine(Mapping[str, Decimal]):
    """One body's figures as a line of text, in the order of ``addresses``, which many lines share.

    Nothing stands between two commas where there is no figure. Numbers are made anew whenever they are asked
    for: take ``items`` rather than one after the other. ValueError or InvalidOperation, then, where the line
    is none of these addresses.
    """

    __slots__ = ("addresses", "text")

    def __init__(self, addresses: tuple[str, ...], text: str) -> None:
        self.addresses = addresses
        self.text = text

    def _figures(self) -> dict[str, Decimal]:
        pairs = zip(self.addresses, self.text.split(_BETWEEN), strict=True)
        return {address: Decimal(text) for address, text in pairs if text}

    def __eq__(self, other: object) -> bool:
        """Whether all figures are equal: lines that are written alike need no numbers to tell."""
        if isinstance(other, FigureLine) and (self.text, self.addresses) == (other.text, other.addresses):
            return True
        return super().__eq__(other)

    __hash__ = None  # type: ignore[assignment]  # as of every mapping

    def __getitem__(self, address: str) -> Decimal:
        """The figure of an address; KeyError where there is none."""
        return self._figures()[address]

    def __iter__(self) -> Iterator[str]:
        """The addresses that have a figure."""
        return iter(self._figures())

    def __len__(self) -> int:
        """How many figures there are."""
        return len(self._figures())

    def items(self) -> ItemsView[str, Decimal]:
        """All figures by address."""
        return self._figures().items()

    def values(self) -> ValuesView[Decimal]:
        """All figures."""
        return self._figures().values()


@dataclass(eq=False)
class KeptFigures(Mapping[str, Mapping[str, Decimal]]):
    """Each agency's figures, by its code and by address; numbers are made when they are asked for.

    Some 600 bytes an agency; what is read is equal to what was kept, digit for digit. ``heads`` are the
    addresses that agencies have figures of, each row once; ``kept`` has by code its number and the figures.
    """

    heads: list[tuple[str, ...]] = field(default_factory=list)
    kept: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    @classmethod
    def of(cls, agencies: Mapping[str, Mapping[str, Decimal]], codes: Iterable[str]) -> "KeptFigures":
        """The figures of those of these agencies that are there, one agency after the other."""
        some = cls()
        for code in codes:
            if code not in agencies:
                continue
            if isinstance(agencies, cls):  # as they are kept there: no numbers are made for it
                number, told = agencies.kept[code]
                some._keep(code, agencies.heads[number], told)
            else:
                some.keep(code, agencies[code])
        return some

    def keep(self, code: str, figures: Mapping[str, Decimal]) -> None:
        """Keep an agency's figures, in the place of those it had."""
        self._keep(code, tuple(figures), _BETWEEN.join(map(str, figures.values())).encode("ascii"))

    def _keep(self, code: str, addresses: tuple[str, ...], told: bytes) -> None:
        if addresses not in self.heads:  # there are few: of a year's form and indicators one
            self.heads.append(addresses)
        self.kept[code] = self.heads.index(addresses), told

    def __getitem__(self, code: str) -> dict[str, Decimal]:
        """An agency's figures; KeyError where there are none."""
        number, told = self.kept[code]
        addresses = self.heads[number]
        if not addresses:
            return {}
        return dict(zip(addresses, map(Decimal, told.decode("ascii").split(_BETWEEN)), strict=True))

    def __iter__(self) -> Iterator[str]:
        """The codes, in the order in which they were kept."""
        return iter(self.kept)

    def __len__(self) -> int:
        """How many agencies there are."""
        return len(self.kept)

    def __contains__(self, code: object) -> bool:
        """Whether an agency's figures are here; none are made."""
        return code in self.kept
