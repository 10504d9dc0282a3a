"""Every agency's report and the city's, printed and written but not read back: ``python -m benchmarks.unproved``.

Reading back is part of every command of the program; this is the same run without it, for comparison with scripts
that do not check their own files.
"""

import datetime
import sys
from functools import partial
from pathlib import Path

from pipeline import garbage
from pipeline.agencies import planned, shared_by
from pipeline.agency import Copy, Press, Shared, agency_document, press
from pipeline.execution import Work, over_all, values
from pipeline.gather import load_inputs
from pipeline.model.document import Document
from pipeline.model.typeface import Typefaces
from pipeline.render.pdf import render_pdf
from pipeline.render.word import render_word
from pipeline.renditions import compose
from pipeline.run import examine
from pipeline.workspace import Workspace

TODAY = datetime.date(2021, 3, 1)
TEMPLATES = Path(__file__).parents[2] / "templates"


def ready(out: Path, shared: Shared, own: Typefaces, city: Document) -> Press:
    """A press, on which the city's report is printed first: forked workers then have all that made it ready."""
    tools = press(shared, TEMPLATES, own)
    written(out, "report", city, tools)
    return tools


def printed(out: Path, tools: Press, copy: Copy) -> int:
    """One agency's two files, written; their size."""
    document, _ = agency_document(tools.shared, copy)
    return written(out, Path(copy.stem).name, document, tools)


def written(out: Path, stem: str, document: Document, tools: Press) -> int:
    """A report's two files, written; their size."""
    contents = {".docx": render_word(document), ".pdf": render_pdf(document, tools.fonts)}
    return sum((out / f"{stem}{ending}").write_bytes(content) for ending, content in contents.items())


def main(folder: Path, jobs: int) -> None:
    """All of a workspace's reports into its outputs."""
    garbage.seldom()
    workspace = Workspace.at(folder, None)
    inputs = load_inputs(workspace, TEMPLATES)
    out = workspace.outputs / "printed"
    out.mkdir(parents=True)
    plan = planned(examine(inputs, TODAY, jobs))
    prepare = partial(ready, out, shared_by(inputs), plan.own, compose(plan.examination))
    made = list(values(over_all(Work(prepare, partial(printed, out)), plan.ready, jobs)))
    if len(made) != len(inputs.roster.agencies):
        sys.exit("not every agency has a report")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
