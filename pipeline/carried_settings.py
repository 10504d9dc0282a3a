"""report.toml for a new year, from last year's: dates moved, what was said of last year's files left out.

The file's own lines are kept, comments too. What comes out is read again and must be what was meant: a file
written in a way that these few changes do not fit is refused, not guessed at.
"""

import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.errors import ExitCode, OperatorError
from pipeline.settings import read_settings

DATES = ("date", "deadline", "correct_by")
LEFT_OUT = ("use", "exclude", "rules")
"""Tables about last year's workbooks and findings: each year decides on its own."""
KEY = re.compile(r"(?P<key>[A-Za-z_]+)\s*=\s*")
IDLE = re.compile(rf"#\s*(?:title|{'|'.join(DATES)})\s*=")
"""A key that is only there to be used one day, with last year's example."""
TABLE = re.compile(r"\s*\[+\s*(?P<name>[A-Za-z_]+)")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def carried_settings(content: bytes, file: str, year: int) -> tuple[bytes, tuple[str, ...]]:
    """The settings of ``year`` from those of the year before, and what was changed, a sentence each.

    OperatorError (input) where the file is wrong, or cannot be changed line by line.
    """
    read_settings(content, file)
    text = content.decode("utf-8-sig")
    meant, told = _meant(tomllib.loads(text), year)
    lines = "".join(_lines(text, meant, year))
    try:
        became = tomllib.loads(lines)
    except tomllib.TOMLDecodeError:
        became = {}
    if {key: value for key, value in became.items() if key not in LEFT_OUT or value} != meant:
        raise OperatorError(
            ExitCode.INPUT,
            f"设置文件 {file} 没法逐行改成 {year} 年的：日期、title、edition 要各写一行，"
            "[use]、[exclude]、[rules] 要各写成一段。请改好再运行，或不用 --from。",
        )
    return lines.encode("utf-8"), tuple(told)


def _meant(entries: Mapping[str, Any], year: int) -> tuple[dict[str, Any], list[str]]:
    """The settings as they should be read in the new year, and what differs, in words."""
    meant, told = dict(entries), []
    for key in DATES:
        if key in entries:
            meant[key] = _a_year_later(entries[key])
            told.append(f"{key} 由 {entries[key]} 改为 {meant[key]}，是不是工作日请看一下")
    title = entries.get("title", "")
    if str(year - 1) in title:
        meant["title"] = title.replace(str(year - 1), str(year))
        told.append(f"title 里的 {year - 1} 改为 {year}：{meant['title']}")
    if entries.get("edition"):
        del meant["edition"]
        told.append(f"edition = “{entries['edition']}”没有带过来，表样版本按年度自动选用")
    for name in LEFT_OUT:
        if entries.get(name):
            told += [
                f"[{name}] 里的 {key} = “{value}”没有带过来（前面加了 #）"
                for key, value in entries[name].items()
            ]
        meant.pop(name, None)
    return meant, told


def _a_year_later(date: datetime.date) -> datetime.date:
    try:
        return date.replace(year=date.year + 1)
    except ValueError:  # 29 February
        return datetime.date(date.year + 1, 2, 28)


def _lines(text: str, meant: Mapping[str, Any], year: int) -> Iterator[str]:
    table = ""
    for number, line in enumerate(text.splitlines(keepends=True)):
        header, entry = TABLE.match(line), KEY.match(line)
        if header:
            table = header["name"]
        if number == 0 and line.startswith("#"):
            yield re.sub(rf"(?<!\d){year - 1}(?!\d)", str(year), line)
        elif table in LEFT_OUT and not header and line.strip() and not line.startswith("#"):
            yield f"# {line}"
        elif not table and IDLE.match(line):
            yield re.sub(rf"(?<!\d)(?:{year - 1}|{year})(?!\d)", lambda old: str(int(old[0]) + 1), line)
        elif table or entry is None:
            yield line
        elif entry["key"] == "edition" and "edition" not in meant:
            yield f"# {line}"
        elif entry["key"] in DATES and entry["key"] in meant:
            yield DATE.sub(str(meant[entry["key"]]), line, count=1)
        elif entry["key"] == "title":
            value, comment = line.split("#", 1) if "#" in line else (line, "")
            yield value.replace(str(year - 1), str(year)) + (f"#{comment}" if comment else "")
        else:
            yield line
