"""What a workbook says of itself: 封面 and lines like it, and the hidden sheet of our own blank workbooks."""

import datetime
import re
from collections.abc import Collection, Mapping, Sequence

from pipeline.model.submission import Cover
from pipeline.workbooks.extent import Position
from pipeline.workbooks.label import code_text, key, name_text
from pipeline.workbooks.sheet import Sheet

TITLE, HIDDEN = "封面", "_make_report"
LABELS = {
    "agency": ("单位名称", "填报单位", "报送单位", "填报单位名称"),
    "code": ("单位编码", "单位代码"),
    "year": ("年度", "报告年度", "统计年度", "填报年度", "年份", "报告年份"),
    "edition": ("版本", "表样版本"),
    "version": ("报送次数", "报送版次"),
    "filled_by": ("填报人", "经办人"),
    "reviewed_by": ("审核人",),
    "phone": ("电话", "联系电话"),
}
LONGEST_LINE = 200
_FIELD = {key(label): name for name, labels in LABELS.items() for label in labels}
_CODED_NAME = re.compile(r"(.+?)\s*[(（]([0-9A-Za-z-]+)[)）]")
_SEAL = re.compile(r"\s*[(（](?:盖?章|公章|加盖公章)[)）]$")
_LINE = re.compile(r"(?<![^\s:：])([^\s:：]+)\s*[:：]\s*(\S+)")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_YEARS = re.compile(r"(?<!\d)20\d\d年?度?[-—–~至到](?:1[3-9]|[2-9]\d)(?!\d)")
"""Two years, the second one shortened: 2018-19. A month, as in 2018-12, is none."""
_WORDED_YEAR = re.compile("二[〇○◯零0O][〇○◯零一二三四五六七八九0O]{2}")
_DIGITS = str.maketrans("〇○◯零O一二三四五六七八九", "00000123456789")


def read_cover(sheets: Sequence[Sheet], editions: Collection[str]) -> Cover:
    """The cover; "" or None for whatever is not said. ``editions`` are the known ones.

    What a person sees wins over the hidden sheet, except for the edition, which a person does not choose.
    """
    said: dict[str, object] = {}
    for sheet in sorted((sheet for sheet in sheets if sheet.visible), key=lambda sheet: sheet.name != TITLE):
        for name, value in {**_lines(sheet), **_fields(sheet)}.items():
            said.setdefault(name, value)
    hidden = _hidden(sheets)
    edition = _edition(hidden.get("edition"), editions) or _edition(said.get("edition"), editions)
    texts = {name: name_text(value) for name, value in said.items()}
    year = _year(said["year"] if "year" in said else hidden.get("year"))
    return Cover(
        agency=_SEAL.sub("", texts.get("agency") or name_text(hidden.get("name"))),
        code=code_text(said.get("code")) or code_text(hidden.get("code")),
        year=year,
        edition=edition,
        version=_version(said.get("version")),
        made_for=code_text(hidden.get("code")),
        made_in=_year(hidden.get("year")),
        filled_by=texts.get("filled_by", ""),
        reviewed_by=texts.get("reviewed_by", ""),
        phone=texts.get("phone", ""),
        year_text="" if year else texts.get("year", ""),
    )


def _fields(sheet: Sheet) -> dict[str, object]:
    """Labels with their values in the first column to the right that holds any value."""
    labels: dict[Position, str] = {}
    for place, text in sheet.texts.items():
        name = _FIELD.get(key(text))
        if name and name not in labels.values():
            labels[place] = name
    found: dict[str, object] = {}
    for column in {place[1] for place in labels}:
        mine = {place[0]: name for place, name in labels.items() if place[1] == column}
        at = min((c for row in mine for c in sheet.rows[row] if c > column), default=0)
        for row, name in mine.items():
            value = sheet.cells.get((row, at))
            if value is not None and (row, at) not in labels:
                found[name] = value
    return found


def _lines(sheet: Sheet) -> dict[str, object]:
    """填报单位：某某（编码）　年度：2020, all in one cell."""
    found: dict[str, object] = {}
    for text in sheet.texts.values():
        for label, value in _pairs(text):
            name = _FIELD.get(key(label))
            coded = _CODED_NAME.fullmatch(value) if name == "agency" else None
            if coded:
                found.setdefault("agency", coded[1])
                found.setdefault("code", coded[2])
            elif name:
                found.setdefault(name, value)
    return found


def says_something(text: str) -> bool:
    """Whether a text is a label of the cover, or a line with one in it."""
    return key(text) in _FIELD or any(key(label) in _FIELD for label, _ in _pairs(text))


def _pairs(text: str) -> list[tuple[str, str]]:
    """The labels and values in one text."""
    return _LINE.findall(text) if len(text) <= LONGEST_LINE and (":" in text or "：" in text) else []


def _hidden(sheets: Sequence[Sheet]) -> Mapping[str, object]:
    sheet = next((sheet for sheet in sheets if sheet.name == HIDDEN and not sheet.visible), None)
    if sheet is None:
        return {}
    return {
        text.strip(): sheet.cells[row, 2]
        for (row, column), text in sheet.texts.items()
        if column == 1 and (row, 2) in sheet.cells
    }


def _year(value: object) -> int | None:
    """The one year a value speaks of, however it is written; None where there is none, or more than one."""
    if isinstance(value, datetime.date):
        return value.year if 2000 <= value.year < 2100 else None
    text = code_text(value)
    if isinstance(value, int | float):
        return int(text) if _YEAR.fullmatch(text) else None
    digits = _WORDED_YEAR.sub(lambda worded: worded[0].translate(_DIGITS), text)
    years = set(_YEAR.findall(digits))
    return int(years.pop()) if len(years) == 1 and not _YEARS.search(digits) else None


def _edition(value: object, editions: Collection[str]) -> str:
    """A known edition: 2019, 2019版, 2019年版."""
    text = code_text(value)
    return next(
        (name for name in editions if re.fullmatch(rf"{re.escape(name)}年?版?(表样|式样)?", text)), ""
    )


def _version(value: object) -> int | None:
    match = re.fullmatch(r"第?([1-9]\d{0,3})[次版]?", code_text(value))
    return int(match[1]) if match else None
