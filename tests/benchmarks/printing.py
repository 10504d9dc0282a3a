"""Rows: one report as DOCX and as PDF, from the same Document; every round prints reports not printed before."""

import io
import pickle
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.clock import OFFICE, Run, after, process, warm
from benchmarks.peers import platypus, typeset, word
from benchmarks.row import Pairs, Rows, at_most, faster, pairs, within
from benchmarks.stage import TODAY, Stage
from kit.invented import TEMPLATES
from kit.soffice import with_faces
from pipeline.gather import load_inputs
from pipeline.model.document import Document
from pipeline.render.pdf import render_pdf
from pipeline.render.word import render_word
from pipeline.renditions import compose
from pipeline.run import examine
from pipeline.workspace import Workspace

ROWS = Rows()
EACH, BATCH = 25, 20


def printed(stage: Stage, ours: Callable[[Document], object], peer: Callable[[Document], object]) -> Pairs:
    """Both print the same reports, others in every round."""
    documents = stage.documents(EACH * (stage.pairs + 1))
    parts = [documents[start : start + EACH] for start in range(0, len(documents), EACH)]
    runs = [_each(iter(parts), way) for way in (ours, peer)]
    return pairs(stage.rounds(*runs), each=(EACH, EACH))


def _each(parts: Iterator[Sequence[Document]], way: Callable[[Document], object]) -> Run:
    return warm(lambda: [way(document) for document in next(parts)])


@ROWS.add("an agency's DOCX", "docxtpl, our DOCX as template", faster(5), faster(20))
def docx(stage: Stage) -> Pairs:
    """A Word file with the same text, tables and parts."""
    form = word.template(stage.documents(1)[0])
    return printed(stage, render_word, lambda document: word.rendered(form, word.context(document)))


@ROWS.add("an agency's DOCX", "its parts ready, zipped (bound)", within(6), within(1.3))
def docx_bound(stage: Stage) -> Pairs:
    """What the standard library needs to deflate the finished parts; both get the Document, its parts made before."""
    ready = {
        document.title: _parts(render_word(document))
        for document in stage.documents(EACH * (stage.pairs + 1))
    }
    return printed(stage, render_word, lambda document: _zipped(ready[document.title]))


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _zipped(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return written.getvalue()


def ours(stage: Stage) -> Callable[[Document], bytes]:
    """Our PDF/A-2a, tagged, with the faces loaded."""
    fonts = stage.fonts
    return lambda document: render_pdf(document, fonts)


@ROWS.add("an agency's PDF/A-2a, tagged", "platypus, no tags", faster(1.5), faster(6))
def pdf_platypus(stage: Stage) -> Pairs:
    """reportlab as usual, two faces instead of five, no tags."""
    platypus.register()
    return printed(stage, ours(stage), platypus.rendered)


@ROWS.add("an agency's PDF/A-2a, tagged", "typst, PDF/A-2a, tagged", within(1.5), within(0.3))
def pdf_typst(stage: Stage) -> Pairs:
    """typst with our faces; CPU of all its threads."""
    typeset.compiler()
    return printed(stage, ours(stage), typeset.rendered)


@ROWS.add("an agency's PDF/A-2a, tagged", "LibreOffice, DOCX to PDF, 20 a start", faster(15), faster(80))
def pdf_office(stage: Stage) -> Pairs:
    """Our PDFs of 20 reports against LibreOffice's conversion of our Word files in one start."""
    documents, folder = stage.documents(BATCH), stage.folder / "office"
    files = [_kept(folder, f"{number}.docx", render_word(one)) for number, one in enumerate(documents)]
    way = ours(stage)
    rounds = stage.rounds(warm(lambda: [way(one) for one in documents]), office(folder, files))
    return pairs(rounds, each=(BATCH, BATCH))


def office(folder: Path, files: Sequence[Path]) -> Run:
    """LibreOffice turning Word files into PDF in one start, our faces at hand (without, it searches for each glyph).

    Its profile is there from the uncounted round on.
    """
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder / "pdf", *files]
    return after(
        lambda: shutil.rmtree(folder / "pdf", ignore_errors=True),
        process(command, surroundings=with_faces(folder / "faces")),
    )


def _kept(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name


PRINT = (
    OFFICE + "import pathlib, pickle; from pipeline.model.typeface import BUNDLED; "
    "from pipeline.render.font import load_fonts; from pipeline.render.pdf import render_pdf; "
    "document = pickle.loads(pathlib.Path(sys.argv[1]).read_bytes()); "
    "fonts = load_fonts(pathlib.Path(sys.argv[3]) / 'fonts', BUNDLED.chosen); "
    "pathlib.Path(sys.argv[2]).write_bytes(render_pdf(document, fonts))"
)
"""A whole process: the faces loaded, one Document printed."""


def city_report(stage: Stage) -> Document:
    """The sample year's report, 8 to 9 pages."""
    return compose(examine(load_inputs(Workspace.at(stage.sample, 2020), TEMPLATES), TODAY))


@ROWS.add("the city's PDF, from process start", "LibreOffice, its DOCX to PDF", faster(6), faster(15))
def city_pdf(stage: Stage) -> Pairs:
    """The sample year's report from a Document on the disk, against LibreOffice from its Word file."""
    document, folder = city_report(stage), stage.folder / "city-report"
    word_file = _kept(folder, "city.docx", render_word(document))
    pickled = _kept(folder, "city.pickle", pickle.dumps(document))
    ours_alone = process([sys.executable, "-c", PRINT, pickled, folder / "city.pdf", TEMPLATES])
    return pairs(stage.rounds(ours_alone, office(folder, [word_file])))


@ROWS.add("size of an agency's DOCX", "", at_most(15, "KB"), at_most(10, "KB"))
def docx_size(stage: Stage) -> Pairs:
    """Bytes."""
    return Pairs([len(render_word(one)) / 1000 for one in stage.documents(5)], unit="KB")


@ROWS.add("size of an agency's PDF", "", at_most(190, "KB"), at_most(150, "KB"))
def pdf_size(stage: Stage) -> Pairs:
    """Bytes."""
    return Pairs([len(ours(stage)(one)) / 1000 for one in stage.documents(5)], unit="KB")
