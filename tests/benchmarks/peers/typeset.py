"""PDF by typst: the same content in our faces, tagged, as PDF/A-2a where ``standard`` says so."""

import json
from functools import cache
from pathlib import Path

import typst

from pipeline.model.document import Document, Heading, Table

FONTS = Path(__file__).parents[3] / "templates" / "fonts"
SOURCE = Path(__file__).with_name("report.typ")


@cache
def compiler() -> typst.Compiler:
    """The compiler with our faces loaded, once a process."""
    return typst.Compiler(str(SOURCE), font_paths=[str(FONTS)], ignore_system_fonts=True)


def rendered(document: Document, standard: str = "a-2a") -> bytes:
    """The PDF."""
    given = {"report": json.dumps(described(document), ensure_ascii=False)}
    return compiler().compile(format="pdf", sys_inputs=given, pdf_standards=[standard])


def described(document: Document) -> dict[str, object]:
    """The document as the typst source reads it."""
    return {
        "title": document.title,
        "lines": document.title_lines,
        "organ": document.organ,
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: object) -> dict[str, object]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Table):
        grid = block.grid
        cells = [[one.row, one.column, one.rows, one.columns, one.text] for one in grid.cells]
        return {"kind": "table", "widths": grid.widths, "head": grid.head, "cells": cells}
    return {"kind": "paragraph", "text": "\n".join(block.lines)}
