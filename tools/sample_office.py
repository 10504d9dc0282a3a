"""LibreOffice at work: the same workbook in another program's format, as other offices save it."""

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods:calc8"}
BIFF = {"et": "xls"}
"""WPS's .et is BIFF8, the format of .xls, under another name."""
PATIENCE = 300
"""Seconds."""


def resaved(workbooks: Mapping[str, bytes], ending: str) -> dict[str, bytes]:
    """Each workbook (.xlsx) saved anew by LibreOffice in the format that goes by ``ending``.

    Needs ``soffice``; CalledProcessError where it fails, FileNotFoundError where it made no file.
    """
    if not workbooks:
        return {}
    kind = BIFF.get(ending, ending)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "made").mkdir()
        sources = {key: folder / f"{number}.xlsx" for number, key in enumerate(workbooks)}
        for key, path in sources.items():
            path.write_bytes(workbooks[key])
        _convert(folder, FILTERS[kind], list(sources.values()))
        return {key: (folder / "made" / f"{path.stem}.{kind}").read_bytes() for key, path in sources.items()}


def _convert(folder: Path, target: str, paths: list[Path]) -> None:
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", target]
    command += ["--outdir", str(folder / "made"), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)  # noqa: S603 - our own files
