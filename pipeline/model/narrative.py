"""The narrative: an office's text, each figure in it still tied to its name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a passage. ``source`` is the expression that printed it ("requests.received.total",
    '同比("requests.received.total")'), "" for text typed by hand; ``addresses`` the figures it rests on."""

    text: str
    source: str = ""
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph. ``level`` is 0 for body text, 2 for （一）, 3 for 1., 4 for （1）; ``section`` 0 for the
    words before section one, else 1 to 6; ``origin`` says where it stands in the file (第12段)."""

    section: int
    level: int
    runs: tuple[Run, ...]
    origin: str

    @property
    def text(self) -> str:
        """The passage as printed."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Narrative:
    """The passages in order, without the section titles (those are the form's)."""

    file: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A name for use in a narrative: address, Chinese alias, label, printed value ("" for none)."""

    address: str
    alias: str
    label: str
    printed: str
