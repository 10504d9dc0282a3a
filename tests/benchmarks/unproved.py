"""Every agency's report and the city's, printed and written but not read back: ``python -m benchmarks.unproved``.

Reading back is part of every command of the program; this is the same run without it, for comparison with scripts
that do not check their own files.
"""

import datetime
import sys
from functools import partial
from pathlib import Path

from pipeline.agencies import planned, shared_by
from pipeline.agency import Copy, Press, agency_document, press
from pipeline.execution import Work, over_all, values
from pipeline.gather import load_inputs
from pipeline.render.pdf import render_pdf
from pipeline.render.word import render_word
from pipeline.renditions import compose, faces
from pipeline.run import examine
from pipeline.workspace import Workspace

TODAY = datetime.date(2021, 3, 1)
TEMPLATES = Path(__file__).parents[2] / "templates"


def printed(out: Path, tools: Press, copy: Copy) -> int:
    """One agency's two files, written; their size."""
    document, _ = agency_document(tools.shared, copy)
    return sum(
        (out / f"{Path(copy.stem).name}{ending}").write_bytes(content)
        for ending, content in {
            ".docx": render_word(document),
            ".pdf": render_pdf(document, tools.fonts),
        }.items()
    )


def main(folder: Path, jobs: int) -> None:
    """All of a workspace's reports into its outputs."""
    workspace = Workspace.at(folder, None)
    inputs = load_inputs(workspace, TEMPLATES)
    out = workspace.outputs / "printed"
    out.mkdir(parents=True)
    plan = planned(examine(inputs, TODAY, jobs))
    work = Work(partial(press, shared_by(inputs), TEMPLATES, plan.own), partial(printed, out))
    made = list(values(over_all(work, plan.ready, jobs)))
    report = compose(plan.examination)
    (out / "report.docx").write_bytes(render_word(report))
    (out / "report.pdf").write_bytes(render_pdf(report, faces(TEMPLATES, plan.own)))
    if len(made) != len(inputs.roster.agencies):
        sys.exit("not every agency has a report")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
