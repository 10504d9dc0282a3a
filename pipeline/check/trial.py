"""What was tried at one body, and what came of it."""

from msgspec import Struct

from pipeline.model.finding import Finding
from pipeline.model.tally import State


class Trial(Struct, frozen=True):
    """A rule by its code, the outcome, and the finding where it is broken.

    ``times`` is at how many figures it came out so: what was found is one's alone.
    """

    code: str
    state: State
    finding: Finding | None = None
    times: int = 1
