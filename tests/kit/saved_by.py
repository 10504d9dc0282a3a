"""Our blank workbook, filled in, as different programs save it: a plate of each to print synthetic returns from.

``openpyxl``: written by openpyxl and never opened since: strings in the cells, totals without results.
``libreoffice``, ``xls``, ``ods``: saved anew by LibreOffice 7.4, kept in ``plates/`` (``python -m kit.saved_by``
makes them again). ``excel`` and ``wps``: the same with what those programs write differently; their own files were
not at hand, so these follow the published formats and examples.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from kit.invented import AMOUNT, SECTIONS, form, indicators, plain_texts
from kit.plate import Plate, cast
from pipeline.archive import repacked
from pipeline.model.roster import Agency
from pipeline.model.submission import Cover
from pipeline.workbooks.blank import filled_workbook
from sample_office import resaved
from sample_split import completed

YEAR = 2020
FILLED_IN = datetime.date(2021, 1, 8)
PLATES = Path(__file__).with_name("plates")
NAME, CODE = "乾坤县样机局", "987654321"
COMPUTERS = 12
"""No two offices' computers write quite the same: so many ways of each program's."""
ENDINGS = dict.fromkeys(("openpyxl", "libreoffice", "excel", "wps"), "xlsx") | {"xls": "xls", "ods": "ods"}


def marks() -> dict[str, str]:
    """What stands in the marked workbook for each figure, and for name, code and texts."""
    found = written({address: Decimal(number) for address, number in _numbers().items()})
    found |= {"name": NAME, "code": CODE} | {
        f"text.{section}": mark for section, mark in _text_marks().items()
    }
    if len(set(found.values())) < len(found):
        raise ValueError("two marks are alike")
    return found


def _text_marks() -> dict[int, str]:
    return {section: f"样机文字第{'一二三四五六'[section - 1]}处" for section in SECTIONS}


def _numbers() -> dict[str, int]:
    """A number for each figure, as large as nobody has, that keeps the identities."""
    known = {address: 700_000_001 + 2_002 * place for place, address in enumerate(form().inputs)}
    known = completed(known, form())
    for column in {cell.column.id for cell in form().cells.values() if cell.table == "requests"}:
        outcome, carried, brought = (
            known[f"requests.{row}.{column}"]
            for row in ("outcome_total", "carried_forward", "brought_forward")
        )
        known[f"requests.received.{column}"] = outcome + carried - brought
    extra = [one for one in indicators() if one.required and not one.over]
    known |= {one.address: 800_000_001 + 2_002 * place for place, one in enumerate(extra)}
    for one in extra:
        if one.parts:
            known[one.address] = sum(known[f"indicators.{part}"] for part in one.parts)
    return known


def written(values: Mapping[str, Decimal]) -> dict[str, str]:
    """Figures as the clerk types them: plain numbers, the one amount in 万元; and as .ods shows what rose or fell."""
    typed = {
        address: f"{value / 10_000:.4f}" if address == AMOUNT else str(value)
        for address, value in values.items()
    }
    shown = {
        f"shown.{address}": f"{'增' if value > 0 else '减'}{abs(value)}" if value else "0"
        for address, value in values.items()
        if address.endswith(".change")
    }
    return typed | shown


def totals() -> set[str]:
    """What the blank works out by formulas."""
    return set(form().computed) | {one.address for one in indicators() if one.parts}


def marked(words: Mapping[int, str]) -> bytes:
    """Our workbook with a mark in every place, as openpyxl writes it."""
    values = {address: Decimal(number) for address, number in _numbers().items()}
    cover = Cover(version=1, filled_by="样例填报人", reviewed_by="样例审核人", phone="0470-8200000")
    return filled_workbook(
        Agency(CODE, NAME, ""),
        YEAR,
        form(),
        indicators(),
        values=values,
        texts=words,
        date=FILLED_IN,
        cover=cover,
    )


@cache
def plate(flavour: str, computer: int = 0) -> Plate:
    """The plate of one of ENDINGS' flavours, as one of COMPUTERS computers has it."""
    if flavour == "openpyxl":
        return cast(marked(_text_marks()), _marks_but("shown", *totals()))
    content = (PLATES / f"marked.{ENDINGS[flavour]}").read_bytes()
    own = (
        _on_computer(REWRITTEN.get(flavour, bytes)(content), computer)
        if ENDINGS[flavour] == "xlsx"
        else content
    )
    return cast(own, _marks_but(*ABSENT.get(flavour, ())))


def _on_computer(content: bytes, number: int) -> bytes:
    """The same from a computer where the texts are numbered otherwise and the rows have other heights."""

    def moved(found: re.Match[bytes]) -> bytes:
        return b't="s"><v>%d</v>' % (int(found[1]) + number)

    def higher(found: re.Match[bytes]) -> bytes:
        return b' ht="%.2f"' % (float(found[1]) + number * 0.15)

    return _rewritten(
        content,
        (rb't="s"><v>(\d+)</v>', moved),
        (rb' ht="([\d.]+)"', higher),
        (rb"(<sst [^>]*>)", rb"\1" + b'<si><t xml:space="preserve">\xe5\xa4\x87</t></si>' * number),
    )


def _marks_but(*absent: str) -> dict[str, str]:
    """The marks without those of these keys or kinds (``text``)."""
    return {key: mark for key, mark in marks().items() if not {key, key.partition(".")[0]} & {*absent}}


def _as_excel(content: bytes) -> bytes:
    """As Excel 2016 writes it: rows with their span and descent, its own name."""
    return _rewritten(
        content,
        (
            rb'<row r="(\d+)" [^>]*?ht="([\d.]+)"[^>]*>',
            rb'<row r="\1" spans="1:8" ht="\2" customHeight="1" x14ac:dyDescent="0.25">',
        ),
        (
            rb"<worksheet ",
            b'<worksheet mc:Ignorable="x14ac" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" ',
        ),
        (rb"<Application>[^<]*", b"<Application>Microsoft Excel"),
        (rb'appName="Calc"', b'appName="xl" lastEdited="6" lowestEdited="6" rupBuild="14420"'),
        (rb' t="n"', b""),
    )


def _as_wps(content: bytes) -> bytes:
    """As WPS writes it: rows with their span, its own name and build."""
    return _rewritten(
        content,
        (rb'<row r="(\d+)" [^>]*?ht="([\d.]+)"[^>]*>', rb'<row r="\1" ht="\2" customHeight="1" spans="1:8">'),
        (rb"<Application>[^<]*", "<Application>WPS 表格".encode()),
        (rb'appName="Calc"', b'appName="xl" lastEdited="3" lowestEdited="5" rupBuild="9302"'),
        (rb"(<property [^>]*pid=\"2\" name=)\"[^\"]*\"", rb'\1"KSOProductBuildVer"'),
        (rb' t="n"', b""),
    )


ABSENT = {"xls": ("shown", "text"), "libreoffice": ("shown",), "excel": ("shown",), "wps": ("shown",)}
REWRITTEN: dict[str, Callable[[bytes], bytes]] = {"excel": _as_excel, "wps": _as_wps}


Change = tuple[bytes, bytes | Callable[[re.Match[bytes]], bytes]]
"""What is looked for, and what stands there instead."""


def _rewritten(content: bytes, *changes: Change) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            for old, new in changes:
                part = re.sub(old, new, part)
            target.writestr(name, part)
    return repacked(written.getvalue())


def main() -> None:
    """Save the marked workbook anew by LibreOffice, into ``plates/``."""
    PLATES.mkdir(exist_ok=True)
    words = _text_marks()
    for ending in ("xlsx", "ods", "xls"):
        source = marked(plain_texts(NAME) if ending == "xls" else words)
        (PLATES / f"marked.{ending}").write_bytes(resaved({"marked": source}, ending)["marked"])


if __name__ == "__main__":
    main()
