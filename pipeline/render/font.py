"""The faces of the printed page: parsed once, one chosen for each character."""

import re
import string
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import uharfbuzz as hb
from msgspec import Struct, field

from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.model.typeface import FaceFile

LATIN = frozenset(string.ascii_letters + string.digits + "%.,:/+-@_")

NONE: Mapping[str, FaceFile] = MappingProxyType({})
"""No face of the user's own."""
LONGEST_NAME = 48
POSTSCRIPT_NAME = hb.OTNameIdPredefined.POSTSCRIPT_NAME
LATIN_SIZE = 0.9
"""How large 宋体's digits and letters stand among 仿宋: half an em wide, as 仿宋_GB2312 has its own."""

EM = 1000
"""The width of a Chinese character, in thousandths of an em."""
OFTEN = {"TrueType": 12, "CFF": 80}
"""A face that is cut so many times is prepared for it: so many cuts cost what preparing does."""

SUBSTITUTE = "〓"
"""What compositors set where a sort is wanting; it stands for every character no face has."""


class _Glyphs(dict[int, int]):
    """Glyph numbers by code point; each is looked for once."""

    def __init__(self, font: hb.Font) -> None:
        self._font = font

    def __missing__(self, point: int) -> int:
        found = self[point] = self._font.get_nominal_glyph(point) or 0
        return found


class _Widths(dict[int, int]):
    """Glyphs' widths in thousandths of an em, by number; each is measured once."""

    def __init__(self, face: "Face") -> None:
        self._face = face

    def __missing__(self, glyph: int) -> int:
        found = self[glyph] = round(self._face.advance(glyph) * EM)
        return found


class Face:
    """An OpenType face, TrueType or CFF, by a file's content and its number there in a collection.

    ``name`` is what the PDF calls it: letters, digits, - and _, and no other face of the run the same.
    """

    def __init__(self, name: str, content: bytes | hb.Blob, index: int = 0) -> None:
        self.name = name
        self.opentype = hb.Face(hb.Blob(content) if isinstance(content, bytes) else content, index)
        self._font = hb.Font(self.opentype)
        self.glyphs = _Glyphs(self._font)
        """Glyph numbers by code point, as ``str.translate`` asks for them; 0 where the face has none."""
        self.widths = _Widths(self)
        self._cuts = 0
        self._to_cut = self.opentype

    def glyph(self, character: str) -> int:
        """The character's glyph number; 0 where the face has none."""
        return self.glyphs[ord(character)]

    def advance(self, glyph: int) -> float:
        """The glyph's width in em."""
        return float(self._font.get_glyph_h_advance(glyph)) / float(self.opentype.upem)

    def to_cut(self) -> hb.Face:
        """The face for a cut; for one that is cut often it is prepared, which gives the same cuts faster.

        Preparing takes 10 ms, for CFF 70, and up to 10 MB; a cut then takes 0.1 ms instead of 1.
        """
        self._cuts += 1
        if self._cuts == OFTEN["CFF" if self.is_cff else "TrueType"]:
            self._to_cut = hb.subset_preprocess(self.opentype)
        return self._to_cut

    def table(self, tag: str) -> bytes:
        """A table of the file as it stands there; empty where there is none."""
        return bytes(self.opentype.reference_table(tag).data)

    @cached_property
    def is_cff(self) -> bool:
        """Whether the outlines are PostScript's (CFF) and not TrueType's."""
        return "CFF " in self.opentype.table_tags


class FaceChain(Struct, frozen=True, eq=False):
    """The faces for one role in order of preference: the first that has a character prints it.

    It is the key of much that is kept, and so is compared as the very same: a run has one for each role.

    Where ``latin`` is given it goes first for Latin letters, digits and what stands among them, and sets them
    at LATIN_SIZE.
    """

    faces: tuple[Face, ...]
    latin: Face | None = None
    _chosen: dict[str, tuple[Face, float]] = field(default_factory=dict)

    def has(self, character: str) -> bool:
        """Whether any face prints the character; white space of any kind prints as a space."""
        return character.isspace() or any(face.glyph(character) for face in self.faces)

    def of(self, character: str) -> tuple[Face, float]:
        """The face for a printable character and its width there in em."""
        found = self._chosen.get(character)
        if found is None:
            order = (self.latin, *self.faces) if self.latin and character in LATIN else self.faces
            face = next((face for face in order if face.glyph(character)), self.faces[0])
            width = face.advance(face.glyph(character)) * self.size_of(character)
            found = self._chosen[character] = (face, width)
        return found

    def size_of(self, character: str) -> float:
        """The size at which the character is set among the others, in em."""
        return LATIN_SIZE if self.latin and character in LATIN else 1.0

    def printable(self, text: str) -> str:
        """The text with white space of any kind (but the full-width) as a space, 〓 for what no face has."""
        return "".join(map(self._printed, text))

    def _printed(self, character: str) -> str:
        if character in self._chosen:
            return character
        if character.isspace():
            return character if character == "\u3000" else " "
        return character if self.has(character) else SUBSTITUTE


class Fonts(Struct, frozen=True):
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


def load_fonts(folder: Path, own: Mapping[str, FaceFile] = NONE) -> Fonts:
    """The five faces in ``folder``, and before them the user's ``own`` by role.

    OperatorError (dependency) where a face is missing or no font.

    Fandol's digits are bolder than its characters, so among the bundled 仿宋 and 楷体 宋体 prints them; a
    user's own 仿宋 and 楷体 have the digits an office expects.

    Nothing is parsed here, and of the bundled files only what is printed is read, later.
    """
    bundled = {role: _bundled_face(folder / name) for role, name in FILES.items()}
    names = {face.name for face in bundled.values()}
    users = {role: _own_face(role, file, names) for role, file in own.items()}
    song = (*_only(users, "song"), bundled["song"])
    chains = {
        role: FaceChain(
            (*_only(users, role), bundled[role], *song),
            latin=song[0] if bundled[role].is_cff and role not in users else None,
        )
        for role in FILES
        if role != "song"
    }
    return Fonts(**chains, song=FaceChain(song))


def _only(faces: Mapping[str, Face], role: str) -> tuple[Face, ...]:
    return (faces[role],) if role in faces else ()


def _bundled_face(path: Path) -> Face:
    """A committed face; tools/make_fonts.py names each file by the face's PostScript name."""
    try:
        face = Face(path.stem, _mapped(path))
    except OSError as error:
        raise OperatorError(
            ExitCode.DEPENDENCY,
            f"找不到或打不开字体文件 {path}。请重新安装本程序，或从安装包中恢复 templates/fonts 文件夹。",
        ) from error
    if not face.glyph("中"):
        raise OperatorError(ExitCode.DEPENDENCY, f"字体文件 {path} 已损坏，不能使用。请重新安装本程序。")
    return face


def _mapped(path: Path) -> hb.Blob:
    """A file's content, read where it is looked at, as the system reads a program's own; else at once."""
    try:
        return hb.Blob.from_file_path(path)
    except hb.HarfBuzzError:
        return hb.Blob(path.read_bytes())


def _own_face(role: str, file: FaceFile, names: set[str]) -> Face:
    """A user's own face, under a name of its own, which is then one of ``names``."""
    try:
        content = file.path.read_bytes()
    except OSError as error:
        raise OperatorError(
            ExitCode.DEPENDENCY, f"字体文件 {file.path} 读不出来：{reason(error)}。请再运行一次。"
        ) from error
    name = _pdf_name(hb.Face(hb.Blob(content), file.index), role, names)
    names.add(name)
    return Face(name, content, file.index)


def _pdf_name(face: hb.Face, role: str, names: set[str]) -> str:
    """The face's PostScript name, without what a PDF's names cannot hold; not one that is taken."""
    languages = [one.language for one in face.list_names() if one.name_id == POSTSCRIPT_NAME]
    own = face.get_name(POSTSCRIPT_NAME, languages[0]) if languages else None
    name = re.sub("[^A-Za-z0-9_-]", "", own or "")[:LONGEST_NAME] or f"System-{role}"
    while name in names:
        name += f"-{role}"
    return name
