"""report.toml: what an office sets for one year's report."""

import datetime
import difflib
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from pipeline.errors import ExitCode, OperatorError
from pipeline.model.finding import Severity

LATER = frozenset({"mail", "remind"})
"""Tables of report.toml that belong to sending; read by ``send`` and ``batch``."""

FONTS = ("bundled", "system")


class Settings(Struct, frozen=True):
    """report.toml, read. Field names are its keys; only ``organ`` must be given."""

    organ: str
    title: str = ""
    compiler: str = ""
    code: str = ""
    """The organ's own code, for the workbook it submits upward."""
    contact: str = ""
    website: str = ""
    date: datetime.date | None = None
    """Date of publication; without it the deadline, else 31 March of the following year (条例 Art. 50)."""
    deadline: datetime.date | None = None
    """The day by which agencies must submit."""
    correct_by: datetime.date | None = None
    """The day by which agencies must send corrections; without it the deadline."""
    edition: str = ""
    charts: bool = False
    """Whether the report shows requests as pictures."""
    contents: bool = False
    """Whether the report has a list of contents."""
    attach_figures: bool = False
    """Whether the PDF carries its figures as files (PDF/A-3a)."""
    fonts: str = "bundled"
    """Whose faces the PDF is set in: the program's own, or ``system``, those installed on this computer."""
    regulations_by: tuple[str, ...] = ()
    """Codes of the agencies that report the organ's own 规章 (rule S3)."""
    county_groups: tuple[str, ...] = ()
    """The roster's groups that are county-level governments (rule S9)."""
    rules: Mapping[str, Severity] = field(default_factory=dict)
    use: Mapping[str, str] = field(default_factory=dict)
    """Agency code to the path of the workbook that counts, where an agency sent several."""
    exclude: Mapping[str, str] = field(default_factory=dict)
    """The path of a workbook that is not to count, to the reason why."""

    def published(self, year: int) -> datetime.date:
        """The date that stands in the report's properties."""
        return self.date or self.deadline or datetime.date(year + 1, 3, 31)


def has_mail(content: bytes) -> bool:
    """Whether a report.toml that ``read_settings`` has read has a [mail]."""
    return "mail" in tomllib.loads(content.decode("utf-8-sig"))


def read_settings(content: bytes, file: str) -> Settings:
    """The settings in a report.toml. OperatorError (input) where it is no TOML, a key unknown or wrong."""
    try:
        entries = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _refused(file, "不是 UTF-8 编码，请用记事本“另存为”选 UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise _refused(file, f"写得不对：{error}") from error
    _refuse_unknown(entries, file)
    if not isinstance(entries.get("organ"), str) or not entries["organ"].strip():
        raise _refused(file, '里没有写 organ（谁的报告），例如 organ = "某某市"')
    return _settings(entries, file)


def _settings(entries: Mapping[str, Any], file: str) -> Settings:
    given = {key: value for key, value in entries.items() if key not in LATER}
    for key, value in given.items():
        wanted = _wanted(key)
        if not isinstance(value, wanted) or (
            wanted is datetime.date and isinstance(value, datetime.datetime)
        ):
            raise _refused(file, f"里的 {key} = {value!r} 写得不对，应是{_WORDS[wanted]}")
        if isinstance(value, str):
            _refuse_invisible(key, value, file)
    if given.get("fonts", FONTS[0]) not in FONTS:
        raise _refused(
            file, f"里的 fonts = {given['fonts']!r} 写得不对，只能是 bundled（自带的）、system（本机的）"
        )
    given["regulations_by"] = tuple(str(code) for code in given.get("regulations_by", ()))
    given["county_groups"] = tuple(str(group) for group in given.get("county_groups", ()))
    given["use"] = {str(code): str(path) for code, path in given.get("use", {}).items()}
    given["exclude"] = dict(_reasons(given.get("exclude", {}), file))
    given["rules"] = {code: _severity(code, value, file) for code, value in given.get("rules", {}).items()}
    return Settings(**given)


def _reasons(entries: Mapping[str, Any], file: str) -> Iterator[tuple[str, str]]:
    """The workbooks left out and why: a workbook is not left out without a reason."""
    for name, why in entries.items():
        if not isinstance(why, str) or not why.strip():
            raise _refused(
                file, f'的 [exclude] 里没有写“{name}”为什么不采用，例如 "{name}" = "单位来函说明作废"'
            )
        _refuse_invisible(f"[exclude] {name}", why, file)
        yield name, why.strip()


def _refuse_invisible(key: str, value: str, file: str) -> None:
    """A character that cannot be seen comes along with pasted text; no file of the report may hold it."""
    for place, mark in enumerate(value):
        if not mark.isprintable() and unicodedata.category(mark) != "Zs":
            before = f"在“{value[:place]}”的后面" if value[:place].isprintable() and place else "在开头"
            raise _refused(
                file,
                f"里的 {key} 有看不见的字符（U+{ord(mark):04X}），{before}，请删去，重新用键盘输入这一处",
            )


_WORDS: Mapping[type, str] = {
    str: '引号里的文字，如 "某某市"',
    bool: "true 或 false",
    datetime.date: "日期，如 2021-01-26，不加引号",
    list: '方括号里的一串文字，如 ["150701"]',
    dict: "一段，如 [rules]",
}
_KINDS: Mapping[str, type] = {
    "date": datetime.date,
    "deadline": datetime.date,
    "correct_by": datetime.date,
    "regulations_by": list,
    "county_groups": list,
    "charts": bool,
    "contents": bool,
    "attach_figures": bool,
    "rules": dict,
    "use": dict,
    "exclude": dict,
}


def _wanted(key: str) -> type:
    return _KINDS.get(key, str)


def _severity(code: str, value: object, file: str) -> Severity:
    try:
        return Severity(str(value))
    except ValueError as error:
        raise _refused(
            file, f"的 [rules] 里 {code} = {value!r} 写得不对，只能是 error、warning、notice、off"
        ) from error


def _refuse_unknown(entries: Mapping[str, Any], file: str) -> None:
    known = [*Settings.__struct_fields__, *sorted(LATER)]
    for key in entries:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"，是不是想写 {near[0]}？" if near else f"；能写的有：{'、'.join(known)}"
            raise _refused(file, f"里不认识“{key}”{hint}")


def _refused(file: str, sentence: str) -> OperatorError:
    return OperatorError(ExitCode.INPUT, f"设置文件 {file} {sentence}。".replace("？。", "？"))
