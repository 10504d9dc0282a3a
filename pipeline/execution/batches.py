"""How many items make a batch: as many as are worth their way there and back, by the time items take."""

from msgspec import Struct

MOST = 256
"""Items of a batch at most: a lost batch is done again, and times may change."""
GROWTH = 4
"""How many times as large as the largest one timed a batch may be: the first items may have been easy."""


class Batches(Struct):
    """Sizes of batches of ``least`` to ``most`` seconds of work; single items until the first are timed."""

    least: float
    most: float
    _each: float = 0.0
    _timed: int = 0

    def size(self, rest: int, hands: int) -> int:
        """How many items the next batch takes, where ``rest`` are known to be left for so many hands.

        Near the end the rest is shared out, as far as a batch is then still worth its way; 0 is not known.
        """
        if not self._each:
            return 1
        fair = -(-rest // hands) if rest else MOST
        wanted = max(int(self.most / self._each), 1), max(fair, int(self.least / self._each) + 1)
        return min(*wanted, self._timed * GROWTH, MOST)

    def learn(self, seconds: float, count: int) -> None:
        """A batch of so many items took so long; the newest weighs as much as all before."""
        each = max(seconds / count, 1e-6)
        self._each = (self._each + each) / 2 if self._each else each
        self._timed = max(self._timed, count)
