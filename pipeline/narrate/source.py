"""Read a narrative's file, .docx or .md, into plain paragraphs; nothing of its format is kept."""

import re
from collections.abc import Iterable

from msgspec import Struct

from pipeline.errors import ExitCode, OperatorError

HALF_WIDTH_NUMBER = re.compile(r"^\s*\(([一二三四五六七八九十]+|\d{1,2})\)")


class SourceParagraph(Struct, frozen=True):
    """A paragraph as written: where it stands (第12段, empty ones not counted), its text, its outline level.

    ``level`` is 0 unless the paragraph has a Word heading style or outline level.
    """

    origin: str
    text: str
    level: int = 0


class Source(Struct, frozen=True):
    """The paragraphs of a narrative, and how many tables and unsettled revisions the file holds.

    ``ignored`` names what else was left out (文本框, 公式, …), each with how often it occurs.
    """

    paragraphs: tuple[SourceParagraph, ...]
    tables: int = 0
    revisions: int = 0
    ignored: tuple[tuple[str, int], ...] = ()


def read_source(content: bytes, file: str) -> Source:
    """The narrative in a file's bytes; OperatorError (template) where it is not what its name says.

    Word: every paragraph of the body, automatic numbers written out, tracked changes read as accepted. Tables
    and what :mod:`pipeline.narrate.leftout` names are left out and counted. Markdown: one paragraph a line,
    leading ``#`` marks dropped.
    """
    if file.lower().endswith(".md"):
        return Source(counted((line.lstrip("# \t"), 0) for line in _decoded(content, file).split("\n")))
    from pipeline.narrate.wordfile import UNREADABLE, read_word

    try:
        written = read_word(content)
    except UNREADABLE as error:
        raise OperatorError(
            ExitCode.TEMPLATE,
            f"正文 {file} 不是能读的 Word 文件；请用 Word 或 WPS 打开，另存为 .docx。",
        ) from error
    return Source(counted(written.lines), written.tables, written.revisions, written.ignored)


def counted(lines: Iterable[tuple[str, int]]) -> tuple[SourceParagraph, ...]:
    """Lines with their outline levels as paragraphs, numbered without the empty ones."""
    written = [(text.strip(), level) for text, level in lines if text.strip()]
    return tuple(
        SourceParagraph(f"第{number}段", HALF_WIDTH_NUMBER.sub(r"（\1）", text), level)
        for number, (text, level) in enumerate(written, 1)
    )


def _decoded(content: bytes, file: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OperatorError(
            ExitCode.TEMPLATE, f"正文 {file} 不是 UTF-8 编码，读不出来；请用记事本另存为 UTF-8。"
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
