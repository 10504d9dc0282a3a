"""LibreOffice as an office would use it: open files, let it work out the formulas, save them anew."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

LIMIT = 120


def saved_anew(folder: Path, files: Mapping[str, bytes], extension: str) -> dict[str, bytes]:
    """The files (by name without extension), each opened and saved in another format, in one start."""
    source, target = folder / "source", folder / extension
    source.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (source / f"{name}.xlsx").write_bytes(content)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            extension,
            "--outdir",
            str(target),
            *(str(source / f"{name}.xlsx") for name in files),
        ],
        check=True,
        capture_output=True,
        timeout=LIMIT,
    )
    return {name: (target / f"{name}.{extension}").read_bytes() for name in files}
