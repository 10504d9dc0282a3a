"""Disks that refuse: full, small, read only, without the right to write; each for as long as a block lasts."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT_MAY_ALL = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
"""Takes from root what lets it write where nobody may."""


def _mounted(words: list[str], place: Path) -> None:
    """Mount something there, where this user may."""
    tried = (
        subprocess.run(["mount", *words, place], capture_output=True, check=False)
        if shutil.which("mount")
        else None
    )
    if tried is None or tried.returncode:
        pytest.skip("this user may not mount")


@contextmanager
def small_disk(outputs: Path) -> Iterator[None]:
    """The outputs on a disk of their own that has room for them once and hardly more."""
    size = sum(path.stat().st_size // 4096 + 2 for path in outputs.rglob("*")) * 4 + 40
    kept = shutil.move(outputs, outputs.with_name("kept"))
    outputs.mkdir()
    _mounted(["-t", "tmpfs", "-o", f"size={size}k", "none"], outputs)
    shutil.copytree(kept, outputs, dirs_exist_ok=True)
    try:
        yield
    finally:
        subprocess.run(["umount", outputs], check=True)


def enlarge(outputs: Path) -> None:
    """Make room on the small disk."""
    subprocess.run(["mount", "-o", "remount,size=32m", outputs], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder on a disk that can only be read."""
    _mounted(["--bind", str(folder)], folder)
    try:
        _mounted(["-o", "remount,ro,bind"], folder)
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def protected(folder: Path) -> Iterator[None]:
    """The folder without the right to write in it."""
    folder.chmod(0o555)
    try:
        yield
    finally:
        folder.chmod(0o755)


def as_anybody(*words: object) -> subprocess.CompletedProcess[str]:
    """The program as a user whom rights bind."""
    prefix = ROOT_MAY_ALL if os.geteuid() == 0 else []
    if prefix and not shutil.which(prefix[0]):
        pytest.skip("root may write everywhere")
    program = [sys.executable, "-c", "from pipeline.cli import main; main()", *map(str, words)]
    return subprocess.run([*prefix, *program], capture_output=True, text=True, check=False)
