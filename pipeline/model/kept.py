"""Figures of many agencies, kept small: as numbers those of 30,000 would take a gigabyte."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

_BETWEEN = ","


class KeptFigures(Mapping[str, Mapping[str, Decimal]]):
    """Each agency's figures, by its code and by address; numbers are made when they are asked for.

    Some 600 bytes an agency; what is read is equal to what was kept, digit for digit.
    """

    def __init__(self, agencies: Mapping[str, Mapping[str, Decimal]] | None = None) -> None:
        self._heads: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._kept: dict[str, tuple[tuple[str, ...], bytes]] = {}
        for code, figures in (agencies or {}).items():
            self.keep(code, figures)

    def keep(self, code: str, figures: Mapping[str, Decimal]) -> None:
        """Keep an agency's figures, in the place of those it had."""
        addresses = tuple(figures)
        head = self._heads.setdefault(addresses, addresses)
        self._kept[code] = head, _BETWEEN.join(map(str, figures.values())).encode("ascii")

    def __getitem__(self, code: str) -> dict[str, Decimal]:
        """An agency's figures; KeyError where there are none."""
        addresses, told = self._kept[code]
        if not addresses:
            return {}
        return dict(zip(addresses, map(Decimal, told.decode("ascii").split(_BETWEEN)), strict=True))

    def __iter__(self) -> Iterator[str]:
        """The codes, in the order in which they were kept."""
        return iter(self._kept)

    def __len__(self) -> int:
        """How many agencies there are."""
        return len(self._kept)

    def __contains__(self, code: object) -> bool:
        """Whether an agency's figures are here; none are made."""
        return code in self._kept
