"""The faces of the printed page: parsed once, one chosen for each character."""

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import uharfbuzz as hb

from pipeline.errors import ExitCode, OperatorError

LATIN = frozenset(string.ascii_letters + string.digits + "%.,:/+-@_")

SUBSTITUTE = "〓"
"""What compositors set where a sort is wanting; it stands for every character no face has."""


class Face:
    """An OpenType face, TrueType or CFF; OSError where its file cannot be read.

    The file is read by Python: on Windows HarfBuzz may fail on a path with Chinese in it.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        """The PostScript name; tools/make_fonts.py names each file by it."""
        self.opentype = hb.Face(hb.Blob(path.read_bytes()))
        self._font = hb.Font(self.opentype)

    def glyph(self, character: str) -> int:
        """The character's glyph number; 0 where the face has none."""
        return self._font.get_nominal_glyph(ord(character)) or 0

    def advance(self, glyph: int) -> float:
        """The glyph's width in em."""
        return float(self._font.get_glyph_h_advance(glyph)) / float(self.opentype.upem)

    def table(self, tag: str) -> bytes:
        """A table of the file as it stands there; empty where there is none."""
        return bytes(self.opentype.reference_table(tag).data)

    @cached_property
    def is_cff(self) -> bool:
        """Whether the outlines are PostScript's (CFF) and not TrueType's."""
        return "CFF " in self.opentype.table_tags


@dataclass(frozen=True)
class FaceChain:
    """The faces for one role in order of preference: the first that has a character prints it.

    Where ``latin`` is given it goes first for Latin letters, digits and what stands among them.
    """

    faces: tuple[Face, ...]
    latin: Face | None = None
    _chosen: dict[str, tuple[Face, float]] = field(default_factory=dict, repr=False, compare=False)

    def has(self, character: str) -> bool:
        """Whether any face prints the character; white space of any kind prints as a space."""
        return character.isspace() or any(face.glyph(character) for face in self.faces)

    def of(self, character: str) -> tuple[Face, float]:
        """The face for a printable character and its width there in em."""
        found = self._chosen.get(character)
        if found is None:
            order = (self.latin, *self.faces) if self.latin and character in LATIN else self.faces
            face = next((face for face in order if face.glyph(character)), self.faces[0])
            found = self._chosen[character] = (face, face.advance(face.glyph(character)))
        return found

    def printable(self, text: str) -> str:
        """The text with white space of any kind (but the full-width) as a space, 〓 for what no face has."""
        return "".join(map(self._printed, text))

    def _printed(self, character: str) -> str:
        if character in self._chosen:
            return character
        if character.isspace():
            return character if character == "\u3000" else " "
        return character if self.has(character) else SUBSTITUTE


@dataclass(frozen=True)
class Fonts:
    """The faces by their role on an official page (GB/T 9704—2012): 小标宋, 黑体, 楷体, 仿宋, 宋体."""

    title: FaceChain
    hei: FaceChain
    kai: FaceChain
    fang: FaceChain
    song: FaceChain

    @property
    def faces(self) -> Mapping[str, Face]:
        """Every face by name."""
        chains = (self.title, self.hei, self.kai, self.fang, self.song)
        return {face.name: face for chain in chains for face in chain.faces}


FILES = {
    "title": "ReportSong-Bold.ttf",
    "hei": "ReportHei-Medium.ttf",
    "kai": "ReportKai-Regular.otf",
    "fang": "ReportFang-Regular.otf",
    "song": "ReportSong-Regular.ttf",
}
"""The committed faces (templates/fonts/); the last one stands in where another lacks a character."""


def load_fonts(folder: Path) -> Fonts:
    """The five faces in ``folder``; OperatorError (dependency) where one is missing or no font.

    Fandol's digits are bolder than its characters, so among 仿宋 and 楷体 宋体 prints them.

    Reads 21 MB and parses next to nothing (about 20 ms): call it once a process.
    """
    faces = {role: _load_face(folder / name) for role, name in FILES.items()}
    song = faces.pop("song")
    chains = {
        role: FaceChain((face, song), latin=song if face.is_cff else None) for role, face in faces.items()
    }
    return Fonts(**chains, song=FaceChain((song,)))


def _load_face(path: Path) -> Face:
    try:
        face = Face(path)
    except OSError as error:
        raise OperatorError(
            ExitCode.DEPENDENCY,
            f"找不到或打不开字体文件 {path}。请重新安装本程序，或从安装包中恢复 templates/fonts 文件夹。",
        ) from error
    if not face.glyph("中"):
        raise OperatorError(ExitCode.DEPENDENCY, f"字体文件 {path} 已损坏，不能使用。请重新安装本程序。")
    return face
