"""The search: every font file in the folders asked its name, and for each role the best face that is fit."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from stat import S_ISREG

from pipeline.errors import reason
from pipeline.model.typeface import FaceFile, Refusal, RoleChoice, Typefaces
from pipeline.typefaces.fitness import flaw
from pipeline.typefaces.names import NamedFace, faces_in
from pipeline.typefaces.wanted import WANTED, key

SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
LARGEST = 200_000_000
"""Bytes; the largest collections of Chinese faces have 130 million."""


def search(folders: Sequence[Path]) -> Typefaces:
    """The user's own faces by role, from these folders; what cannot be read is told and stops nothing.

    The same folders with the same files give the same choice.
    """
    faces: list[NamedFace] = []
    unreadable: list[Refusal] = []
    for folder in folders:
        for path in _font_files(folder, unreadable):
            try:
                faces.extend(_asked(path))
            except OSError as error:
                unreadable.append(Refusal(path, reason(error)))
            except Exception:  # a damaged font may break its reader in any way
                unreadable.append(Refusal(path, "读不出字体名称，文件不是字体或已损坏"))
    return Typefaces(tuple(_choice(role, faces) for role in WANTED), tuple(unreadable))


def _font_files(folder: Path, unreadable: list[Refusal]) -> Iterator[Path]:
    """The font files under a folder in a fixed order, by links too, but no folder twice."""

    def closed(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            unreadable.append(Refusal(Path(error.filename), reason(error)))

    seen: set[Path] = set()
    for place, subfolders, files in os.walk(folder, onerror=closed, followlinks=True):
        real = Path(place).resolve()
        subfolders[:] = () if real in seen else sorted(subfolders)
        if real not in seen:
            seen.add(real)
            yield from (
                Path(place, name) for name in sorted(files) if Path(name).suffix.casefold() in SUFFIXES
            )


def _asked(path: Path) -> tuple[NamedFace, ...]:
    """The faces of a file; none of a pipe or a device, which opening might wait for without end."""
    return tuple(faces_in(path)) if S_ISREG(path.stat().st_mode) else ()


def _choice(role: str, faces: Sequence[NamedFace]) -> RoleChoice:
    refused: list[Refusal] = []
    for names in WANTED[role]:
        keys = frozenset(map(key, names))
        alike = sorted((face for face in faces if face.names & keys), key=lambda face: not face.plain)
        for face in alike:
            why = _why_not(face)
            if not why:
                return RoleChoice(role, FaceFile(names[0], face.path, face.index), tuple(refused))
            refused.append(Refusal(face.path, why, names[0]))
    return RoleChoice(role, None, tuple(refused))


def _why_not(face: NamedFace) -> str:
    try:
        if face.path.stat().st_size > LARGEST:
            return f"文件超过 {LARGEST // 1_000_000} MB，不读"
        return flaw(face.path.read_bytes(), face.index)
    except OSError as error:
        return reason(error)
