"""Words a cell's number format puts around its number: 188710 shown as 188710元, 13 shown as 减13.

A person reads them as part of the figure, the reader we use gives the bare number; so the number is taken
with those words, as if they had been typed (ECMA-376 part 1, 18.8.30 ``numFmt``, 18.8.10 ``cellXfs``).
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from lxml import etree

from pipeline.model.place import row_and_column
from pipeline.workbooks.extent import Position
from pipeline.workbooks.number import raw_text

_TELLING = re.compile("[元万亿千百增减]")
"""Words that change what a number says; 件, 人 and the like do not."""
_SCALING = re.compile(r"""[0#?],+(?=[^0#?,]|$)|[!\\]\.|"\.\"""")
"""A comma behind the digits shows thousands, a point put in as text shows 251000 as 25.1000."""
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|!(.)|_.|\*.|\[[^\]]*\]')
_PLAIN = re.compile(r"(?P<before>[^0#?.,]*)(?P<digits>[#?0,]*0(?:\.[0#?]+)?)(?P<after>[^0#?.,]*)")
_DISPLAYED = re.compile(r"(?P<before>\D*)(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<after>\D*)")
_CELL = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*)>\s*+(?:<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>))?"""
    rb"""\s*+<(?:\w+:)?v>([^<]+)</"""
)
_LONGEST = 1_000
"""Characters of a format that is looked into; spreadsheet programs allow 255."""
_ROW_START = b"<row "
_STYLE = re.compile(rb"""\ss=["']([^"']*)["']""")
_ATTRIBUTE = re.compile(rb"""\s([rst])=["']([^"']*)["']""")


def telling_formats(styles: bytes) -> Mapping[str, str]:
    """The number formats with such words, by the style number a cell names; none where ``styles`` is empty.

    ``lxml.etree.XMLSyntaxError`` where the part is no XML, ValueError where a format goes on and on.
    """
    if not styles:
        return {}
    tree = etree.fromstring(styles, etree.XMLParser(resolve_entities=False, no_network=True))
    codes = {str(one.get("numFmtId")): str(one.get("formatCode", "")) for one in tree.iter("{*}numFmt")}
    if any(len(code) > _LONGEST for code in codes.values()):
        raise ValueError(len(codes))
    telling = {number: code for number, code in codes.items() if _speaks(code)}
    xfs = (xf for table in tree.iter("{*}cellXfs") for xf in table.iter("{*}xf"))
    return {
        str(index): telling[number]
        for index, xf in enumerate(xfs)
        if (number := str(xf.get("numFmtId"))) in telling
    }


def _speaks(code: str) -> bool:
    """Whether a format says more than its number, or shows another one."""
    return bool(_TELLING.search(code) or _SCALING.search(code))


def styles(part: bytes) -> frozenset[str]:
    """The style numbers that cells of a worksheet part name."""
    return frozenset(number.decode("ascii", "replace") for number in set(_STYLE.findall(part)))


def shown_numbers(part: bytes, formats: Mapping[str, str]) -> Iterator[tuple[Position, str]]:
    """The numbers of a worksheet part that such a format dresses, with its words."""
    for attributes, value in _CELL.findall(_rows_in(part, formats)) if formats else ():
        said = _said(attributes)
        if said.get("s") not in formats or said.get("t", "n") != "n" or "r" not in said:
            continue
        if text := shown(raw_text(float(value)), formats[said["s"]]):
            yield row_and_column(said["r"]), text


@lru_cache(maxsize=1024)
def _said(attributes: bytes) -> Mapping[str, str]:
    """What a cell's attributes say of its place, style and type; they come again in every workbook."""
    found = reversed(_ATTRIBUTE.findall(attributes))  # of two alike, which no whole XML has, the first counts
    return {name.decode(): text.decode("ascii", "replace") for name, text in found}


def _rows_in(part: bytes, formats: Mapping[str, str]) -> bytes:
    """The rows of a worksheet part in which a cell may name one of these formats: most rows have none."""
    named = [f"{quote}{number}{quote}".encode() for number in formats for quote in ("'", '"')]
    return _ROW_START.join(row for row in part.split(_ROW_START) if any(map(row.__contains__, named)))


@lru_cache(maxsize=1024)
def shown(number: str, code: str) -> str:
    """A number with the words of its format; with the whole format where that scales or is not plain.

    "" where the format has no words for it.
    """
    sections = code.split(";")
    code = sections[0]
    if number.startswith("-") and len(sections) > 1:
        number, code = number[1:], sections[1]
    elif len(sections) > 2 and float(number) == 0:
        code = sections[2]
    if not _speaks(code):
        return ""
    plain = _PLAIN.fullmatch(_LITERAL.sub(_literal, code))
    if plain is None or _SCALING.search(code):
        return f"{number}（{code}）"
    return f"{plain['before']}{number}{plain['after']}"


def displayed(number: str, text: str) -> str:
    """The same for a format that speaks only by what is displayed: the number 18.871 with "18.9元"; or ""."""
    found = _DISPLAYED.fullmatch(text)
    if not _TELLING.search(text):
        return ""
    if found is None or abs(float(found["digits"].replace(",", "")) - abs(float(number))) >= 1:
        return f"{number}（{text}）"
    return f"{found['before']}{number.removeprefix('-')}{found['after']}"


def _literal(match: re.Match[str]) -> str:
    return "".join(text for text in match.groups() if text)
