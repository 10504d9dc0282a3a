"""The table in README.md, between its two marker lines."""

import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HEAD = ("what", "ours", "peer", "ratio", "must", "stretch", "met")
TOLD = [
    "openpyxl",
    "python-calamine",
    "pandas",
    "numpy",
    "docxtpl",
    "python-docx",
    "reportlab",
    "rl_accel",
    "typst",
    "dask",
    "distributed",
    "lxml",
    "pikepdf",
    "aiosmtpd",
    "click",
]


def lines(rows: Iterable[Sequence[str]]) -> list[str]:
    """The table as Markdown."""
    return [_line(HEAD), _line(["---", *["---:"] * 3, *["---"] * 3]), *map(_line, rows)]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def written(text: str, part: str, content: Sequence[str]) -> str:
    """The text with new content between the marker lines of a part; ValueError where they are not there once."""
    begin, end = f"<!-- {part} -->", f"<!-- end of {part} -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise ValueError(f"README.md must have {begin} and {end} once")
    before, rest = text.split(begin)
    return f"{before}{begin}\n" + "\n".join(content) + f"\n{end}{rest.split(end)[1]}"


def circumstances(day: str, pairs: int) -> list[str]:
    """When, on what machine and with which versions it was measured."""
    found = [f"{name} {shown}" for name in TOLD if (shown := _version(name))]
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    machine = f"{os.cpu_count()} cores ({_processor()}), {_memory()} GiB, {platform.platform()}"
    return [
        f"Measured {day}: {machine}, CPython {platform.python_version()}, load {load:.1f} at the end, {pairs} pairs.",
        f"Versions: {', '.join([*found, _office()])}.",
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    named = about.read_text(encoding="utf-8") if about.exists() else ""
    names = [line.partition(":")[2].strip() for line in named.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _memory() -> int:
    return (
        round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
        if sys.platform != "win32"
        else 0
    )


def _office() -> str:
    try:
        said = subprocess.run(
            ["soffice", "--version"], capture_output=True, text=True, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return "no LibreOffice"
    return " ".join(said.stdout.split()[:2])
