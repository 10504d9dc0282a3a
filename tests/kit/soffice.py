"""LibreOffice as an office would use it: open files, let it work out the formulas, save or print them."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

LIMIT = 120
FONTS = Path(__file__).parents[2] / "templates" / "fonts"
OFFICIAL = {
    "仿宋_GB2312": "Report Fang",
    "楷体_GB2312": "Report Kai",
    "黑体": "Report Hei",
    "宋体": "Report Song",
}
"""The faces a Word report names, and those of ours that stand in for them."""


def saved_anew(
    folder: Path, files: Mapping[str, bytes], extension: str, kind: str = "xlsx"
) -> dict[str, bytes]:
    """The files of a kind (by name without extension), each opened and saved in a format, in one start."""
    return _converted(folder, files, kind, extension, os.environ)


def as_pdf(folder: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Word files as LibreOffice prints them where the official faces are installed: under their names, ours."""
    return _converted(folder, files, "docx", "pdf", os.environ | with_faces(folder))


def with_faces(folder: Path) -> dict[str, str]:
    """What to add to the environment so that programs find our faces under the official names, and no others."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "fonts.conf"
    settings.write_text(_font_settings(folder / "cache"), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(settings)}


def _converted(
    folder: Path, files: Mapping[str, bytes], kind: str, extension: str, environment: Mapping[str, str]
) -> dict[str, bytes]:
    source, target = folder / "source", folder / extension
    source.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (source / f"{name}.{kind}").write_bytes(content)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            extension,
            "--outdir",
            str(target),
            *(str(source / f"{name}.{kind}") for name in files),
        ],
        check=True,
        capture_output=True,
        timeout=LIMIT,
        env=environment,
    )
    return {name: (target / f"{name}.{extension}").read_bytes() for name in files}


def _font_settings(cache: Path) -> str:
    """Our faces only, found under the official names; 小标宋 is our 宋体 in bold, and 宋体 has what 仿宋 lacks."""
    aliases = "".join(
        f"<alias binding='same'><family>{name}</family><prefer><family>{ours}</family>"
        "<family>Report Song</family></prefer></alias>"
        for name, ours in OFFICIAL.items()
    )
    return (
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'>"
        f"<fontconfig><dir>{FONTS}</dir><cachedir>{cache}</cachedir>{aliases}"
        "<match target='pattern'><test name='family'><string>方正小标宋简体</string></test>"
        "<edit name='family' mode='assign' binding='same'><string>Report Song</string></edit>"
        "<edit name='weight' mode='assign'><const>bold</const></edit></match></fontconfig>"
    )
