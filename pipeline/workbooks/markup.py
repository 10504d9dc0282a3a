"""The XML of a workbook, checked before anything looks into it: whole, of bearable length, without entities.

What comes after reads the same bytes with regular expressions, lxml and the spreadsheet reader. All three
are quick on well-formed XML; on XML that is not, or that multiplies itself, each can run for hours.
"""

from collections.abc import Collection, Mapping
from xml.parsers import expat

from pipeline.workbooks.refusal import RefusalError

MAX_TAGS = 1_500_000
"""Tags of all parts: some 350 000 cells, which take about 100 MB and a second; a submission has 10 000."""
MAX_LENGTH = 32 * 1024 * 1024
"""Bytes of all parts."""


def check_markup(parts: Mapping[str, bytes], whole: Collection[str] = ()) -> None:
    """RefusalError where a part is no whole XML, declares entities, or all are too long.

    Those named in ``whole`` are known to be whole and only counted.
    """
    tags = length = 0
    few = sum(map(len, parts.values())) <= MAX_TAGS
    for name, part in parts.items():
        if b"\0" in part[:256]:
            raise RefusalError("workbook-unreadable", "内容不是 UTF-8 编码")
        length += len(part)
        if length > MAX_LENGTH:
            raise RefusalError("workbook-too-large", f"内容有 {length >> 20} MB", f"{MAX_LENGTH >> 20} MB")
        tags += 0 if few else part.count(b"<")
        if tags > MAX_TAGS:
            raise RefusalError(
                "workbook-too-large", f"内容有 {tags // 10_000} 万个标记", f"{MAX_TAGS // 10_000} 万个标记"
            )
        if name not in whole:
            check_part(part)


def check_part(part: bytes) -> None:
    """RefusalError where one part is no whole XML, or declares entities."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_declarations
    try:
        parser.Parse(part, True)  # noqa: FBT003 - expat's own: this is all of it
    except (expat.ExpatError, LookupError, ValueError) as error:  # the latter two for an encoding of its own
        raise RefusalError("workbook-damaged", "工作表的内容不完整") from error


def _refuse_declarations(*_declared: object) -> None:
    """No spreadsheet program writes a document type; entities are how a few bytes become gigabytes."""
    raise RefusalError("workbook-unreadable", "里面夹带了实体声明，表格软件存的文件没有这个")
