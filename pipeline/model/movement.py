"""What moved between two states of the same figures."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Move:
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
