"""What the rows are measured on: cities and reports, made once and kept while the bench runs."""

import datetime
import os
import shutil
from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp

from benchmarks.clock import Cost, Run, in_turn
from kit.city import write_city
from kit.invented import TEMPLATES, agency, figures, form, texts
from kit.saved_by import YEAR
from pipeline.compose.report import Imprint, compose_report
from pipeline.compose.tables import filled_grids
from pipeline.forms.catalogue import load_catalogue
from pipeline.gather import YearInputs, load_inputs
from pipeline.model.document import Document
from pipeline.model.typeface import BUNDLED
from pipeline.narrate.offered import Offered, offered_narrative
from pipeline.render.font import Fonts
from pipeline.renditions import faces
from pipeline.workspace import Workspace

ROOT = Path(__file__).parents[2]
SAVED: Mapping[str, int] = {"excel": 45, "wps": 40, "libreoffice": 15}
"""Workbooks as people save them, which openpyxl reads too: strings shared, totals with their results."""
TODAY = datetime.date(YEAR + 1, 3, 1)
SEED = 6


class Stage:
    """The folder, how many pairs are counted, which rows are asked for, and what has been made so far."""

    def __init__(self, folder: Path, pairs: int, names: Collection[str] = ()) -> None:
        self.folder, self.pairs, self._names = folder, pairs, names

    def asked(self, name: str) -> bool:
        """Whether the row of this name is to be measured."""
        return name in self._names

    def rounds(self, *runs: Run, uncounted: int = 1) -> list[tuple[Cost, ...]]:
        """The costs of the runs in turn."""
        return in_turn(runs, self.pairs, uncounted)

    def city(self, size: int) -> Path:
        """The workspace of a city of this size, made at the first call; without outputs."""
        root = self.folder / f"city-{size}"
        if not root.exists():
            write_city(root, size, seed=SEED, flavours=SAVED, jobs=2)
        cleared(root)
        return root

    def contents(self, size: int) -> list[bytes]:
        """The workbooks of a city."""
        return [path.read_bytes() for path in sorted(self.city(size).rglob("submissions/*/*.xlsx"))]

    def inputs(self, size: int) -> YearInputs:
        """A city's inputs, loaded."""
        return load_inputs(Workspace.at(self.city(size), YEAR), TEMPLATES)

    @cached_property
    def sample(self) -> Path:
        """The sample year, in a workspace of its own."""
        shutil.copytree(ROOT / "inputs", self.folder / "sample" / "inputs")
        return self.folder / "sample"

    @cached_property
    def fonts(self) -> Fonts:
        """Our faces, loaded once."""
        return faces(TEMPLATES, BUNDLED)

    def documents(self, size: int) -> list[Document]:
        """Agencies' reports before any format."""
        catalogue = load_catalogue(TEMPLATES / "findings.toml")
        return [_document(number, catalogue) for number in range(size)]


def cleared(root: Path) -> None:
    """A workspace without outputs."""
    set_aside(root / "outputs")


def set_aside(folder: Path) -> None:
    """What a run wrote, out of the way of the next, its files emptied.

    Removed it would slow the next down: ext4 gives no file the place of one that was removed in the last minutes,
    and searches all of those for each that is made (1.8 ms after a thousand).
    """
    if not folder.exists():
        return
    for path in folder.rglob("*"):
        if path.is_file():
            os.truncate(path, 0)
    folder.rename(Path(mkdtemp(prefix="aside-", dir=folder.parents[1])) / folder.name)


def _document(number: int, catalogue) -> Document:
    own, name = figures(number, SEED), agency(number).name
    narrative, _ = offered_narrative(Offered(texts(number, SEED, own), ""), form(), YEAR, catalogue)
    return compose_report(form(), filled_grids(form(), own), narrative, Imprint(name, name, YEAR, "", TODAY))
