"""Make the five faces in templates/fonts/ from their published sources. Run once; the results are committed.

    python tools/make_fonts.py WORK_FOLDER [TARGET_FOLDER]

WORK_FOLDER keeps the downloads: the npm packages ``@expo-google-fonts/noto-serif-sc`` and ``-noto-sans-sc``
(OFL 1.1) and the Debian packages ``texlive-lang-chinese`` (Fandol, GPL-3 with font exception) and
``unicode-data`` (field kTGH of Unihan: the 8105 characters of 通用规范汉字表, 2013). Needs npm, apt-get and
dpkg.

Each face is cut to GB 2312, those 8105 characters, Latin-1 and the signs an office uses; renamed (the OFL
reserves the names of its authors, and an altered font may not pass for the original); its dashes and dots set
to one em; its commonest glyphs numbered first. Outlines are not converted: Noto stays TrueType, Fandol stays
CFF, and no glyph of one licence enters a file of the other. Fandol's are drawn with fewer curves
(outlines.py), which takes some minutes.
"""

import bz2
import gzip
import multiprocessing
import shutil
import subprocess
import sys
from pathlib import Path

from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.reorderGlyphs import reorderGlyphs
from msgspec import Struct

from outlines import Contour, contours, draw, simplified

SERIF = "noto-serif-sc/package"
FANDOL = "texlive-lang-chinese/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
FANDOL_LICENCE = "texlive-lang-chinese/usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz"
UNIHAN = "unicode-data/usr/share/unicode/Unihan_OtherMappings.txt.bz2"
KEPT_TABLES = {"head", "hhea", "maxp", "hmtx", "cmap", "OS/2", "name", "post", "CFF ", "glyf", "loca"}
ONE_EM = "—…·"
TOLERANCE = 1.0
"""A thousandth of an em, 0.006 mm in the body of a report."""

SIGNS = " 0123456789，。、；：？（）《》“”〔〕—…·%.+-"
LABELS = (
    "政结第信行息项年公其数果理他开本申请量一二处法计不内三于总正容关复属机十府未条人四诉事要业予制定"
    "审尚性情持收新类纠维规议上件务无求费之五供六决出分办加后和度形律或提构的益目确组织起转部重/作减"
    "增当有服止现由补购采七下为举仍以企会保全八具再况列勾区危卷及反取另只可合商国外大安家密对已强成执"
    "投护报据掌接握文方明期权查案没然版物直相研社禁科秘程稳稽章等系经继续罚自范获认许讼访询过这逾金需"
    "额万中九位元单发废按效用知管纳缴通集"
)
"""What else the tables of templates/forms print, the commonest first: both forms' of November 2026."""
WORDS = (
    "公政的开件信息府年和理一行务项情作文主办全况复中新动有请事定人市是期申时条结在工不其发报要度查本"
    "规上业个众分各议到单对下关目网解内性以位体处提收明答读部他出制布总问题与任及告容录方求站策管范进"
    "门限为没法确等诉二例依准区号实平建意按据机果群见训讼设责三会培式改数整清程统之企决加占台强形把服"
    "标民社级能逐集专予五便入共力后员因国基大媒并成户接更检次照线编表评转过于保取同四地展指旗日核案版"
    "由经计起送通重量需供参可回存审导少层应征得效步点用究考账质了六"
)
"""What running text is made of, the commonest first: the forms' section titles, and what comes most often in
sample_narrative.md, templates/narrative/outline.md and the sentences of tests/kit/invented.py (tags left out)
in November 2026. A copy, so that a new sentence there asks for no new faces."""


class Source(Struct, frozen=True):
    """A published face and the name of what is made from it."""

    path: str
    family: str
    style: str
    common: str = SIGNS + WORDS
    """The characters it prints most, at most 255."""

    @property
    def postscript(self) -> str:
        """The PostScript name, which is also the stem of the file."""
        return f"{self.family.replace(' ', '')}-{self.style}"


SOURCES = (
    Source(f"{SERIF}/700Bold/NotoSerifSC_700Bold.ttf", "Report Song", "Bold"),
    Source(f"{SERIF}/400Regular/NotoSerifSC_400Regular.ttf", "Report Song", "Regular", SIGNS + LABELS),
    Source("noto-sans-sc/package/500Medium/NotoSansSC_500Medium.ttf", "Report Hei", "Medium"),
    Source(f"{FANDOL}/FandolKai-Regular.otf", "Report Kai", "Regular"),
    Source(f"{FANDOL}/FandolFang-Regular.otf", "Report Fang", "Regular"),
)


def run(folder: Path, *command: str) -> None:
    """Run a command in a folder; it stops the script when it fails."""
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603 - the commands below, nothing given from outside


def fetch_npm(name: str, folder: Path) -> None:
    """Unpack an npm package of @expo-google-fonts into ``folder/name``."""
    if (folder / name).exists():
        return
    run(folder, "npm", "pack", f"@expo-google-fonts/{name}")
    (folder / name).mkdir()
    (archive,) = folder.glob(f"expo-google-fonts-{name}-*.tgz")
    run(folder, "tar", "xzf", archive.name, "-C", name)


def fetch_debian(name: str, folder: Path) -> None:
    """Unpack a Debian package into ``folder/name``."""
    if (folder / name).exists():
        return
    run(folder, "apt-get", "download", name)
    (archive,) = folder.glob(f"{name}_*.deb")
    run(folder, "dpkg", "-x", archive.name, name)


def characters(unihan: Path) -> set[int]:
    """The code points to keep: GB 2312, 通用规范汉字表, Latin-1 and the signs an office uses."""
    kept = {*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2030), *range(0x2460, 0x2500)}
    kept |= {ord(sign) for sign in "€℃№㎡㎥℡↗↘﹝﹞〜﹏☑☐√⑳〇"} | set(range(0x2160, 0x217C))
    for first in range(0xA1, 0xF8):
        for second in range(0xA1, 0xFF):
            kept.update(map(ord, bytes([first, second]).decode("gb2312", "ignore")))
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        fields = [line.split("\t") for line in lines if not line.startswith("#")]
    return kept | {int(field[0][2:], 16) for field in fields if field[1:2] == ["kTGH"]}


def cut(font: TTFont, kept: set[int]) -> None:
    """Keep these characters' glyphs, without hints or layout features (Chinese set level needs none)."""
    options = Options(
        hinting=False, layout_features=[], notdef_outline=True, name_IDs=["*"], name_languages=["*"]
    )
    options.drop_tables += [tag for tag in font.keys() if tag not in KEPT_TABLES and tag != "GlyphOrder"]  # noqa: SIM118 - TTFont has no other listing
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)


def order_glyphs(font: TTFont, common: str) -> None:
    """Give these characters' glyphs the lowest numbers after .notdef; the others keep their order.

    pdfium, which reads a report back, keeps a glyph's box only for codes below 256 and loads the others'
    outlines again each time; a PDF's tables of widths and places are shorter, too.
    """
    names, cmap = font.getGlyphOrder(), font.getBestCmap()
    first = [cmap[ord(character)] for character in common if ord(character) in cmap]
    reorderGlyphs(font, list(dict.fromkeys([names[0], *first, *names])))


def number_glyphs(font: TTFont) -> None:
    """Give a CID-keyed CFF face the identity charset: in a PDF code, CID and glyph number are then one."""
    for tag in font.keys():  # noqa: SIM118 - TTFont has no other listing
        _ = font[tag]  # parsed now, while the old names still hold
    new = {
        old: f"cid{number:05d}" if number else ".notdef" for number, old in enumerate(font.getGlyphOrder())
    }
    top = font["CFF "].cff.topDictIndex[0]
    strings = top.CharStrings
    strings.charStrings = {new[old]: place for old, place in strings.charStrings.items()}
    top.charset = list(new.values())
    top.ROS = ("Adobe", "Identity", 0)
    for table in font["cmap"].tables:
        table.cmap = {point: new[old] for point, old in table.cmap.items()}
    font["hmtx"].metrics = {new[old]: metric for old, metric in font["hmtx"].metrics.items()}
    font.setGlyphOrder(list(new.values()))


def simplify(font: TTFont) -> None:
    """Draw a CFF face with fewer curves, none farther than TOLERANCE from what they stand for.

    Fandol's were traced, with some 90 curves a character; a report's 仿宋 was half of its PDF.
    """
    strings = font["CFF "].cff.topDictIndex[0].CharStrings
    names = font.getGlyphOrder()
    drawn = [RecordingPen() for _ in names]
    for name, pen in zip(names, drawn, strict=True):
        strings[name].draw(pen)
    with multiprocessing.Pool() as pool:
        redrawn = pool.map(_fewer, map(contours, drawn))
    for name, glyph in zip(names, redrawn, strict=True):
        old = strings[name]
        usual = old.width == old.private.defaultWidthX
        pen = T2CharStringPen(None if usual else old.width - old.private.nominalWidthX, None)
        for contour in glyph:
            draw(contour, pen)
        strings[name] = pen.getCharString(old.private, old.globalSubrs)


def _fewer(glyph: list[Contour]) -> list[Contour]:
    return [simplified(contour, TOLERANCE) for contour in glyph]


def widen(font: TTFont) -> None:
    """Make — … · one em wide (GB/T 15834): the dash is stretched so that two join, the dot centred."""
    em, names = font["head"].unitsPerEm, font.getBestCmap()
    for sign in ONE_EM:
        name = names[ord(sign)]
        advance, _ = font["hmtx"][name]
        if advance == em:
            continue
        glyph = font["glyf"][name]
        stretch, shift = (em / advance, 0.0) if sign == "—" else (1.0, (em - advance) / 2)
        points = [(round(x * stretch + shift), y) for x, y in glyph.coordinates]
        glyph.coordinates = type(glyph.coordinates)(points)
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (em, glyph.xMin)


def rename(font: TTFont, source: Source) -> None:
    """Replace the names the authors reserve; copyright and licence lines stay."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in {0, 13, 14}]
    texts = {1: source.family, 2: source.style, 3: source.postscript, 4: f"{source.family} {source.style}"}
    for number, text in {**texts, 6: source.postscript}.items():
        names.setName(text, number, 3, 1, 0x409)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [source.postscript]
        cff.topDictIndex[0].FullName = source.postscript
        cff.topDictIndex[0].FamilyName = source.family


def make(source: Source, kept: set[int], folder: Path, target: Path) -> None:
    """Make one face; its file is named by its PostScript name."""
    font = TTFont(folder / source.path, recalcTimestamp=False)
    cut(font, kept)
    order_glyphs(font, source.common)
    if "CFF " in font:
        number_glyphs(font)
        simplify(font)
    else:
        widen(font)
    rename(font, source)
    font["post"].formatType = 3.0
    font.save(target / f"{source.postscript}{Path(source.path).suffix}")


def main(folder: Path, target: Path) -> None:
    """Fetch what is not there yet, make the faces, copy the licences."""
    for name in ("noto-serif-sc", "noto-sans-sc"):
        fetch_npm(name, folder)
    for name in ("texlive-lang-chinese", "unicode-data"):
        fetch_debian(name, folder)
    kept = characters(folder / UNIHAN)
    for source in SOURCES:
        make(source, kept, folder, target)
    shutil.copy(folder / "noto-sans-sc/package/LICENSE_FONT", target / "OFL.txt")
    (target / "COPYING").write_bytes(gzip.decompress((folder / FANDOL_LICENCE).read_bytes()))


if __name__ == "__main__":
    here = Path(__file__).resolve().parent.parent
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else here / "templates" / "fonts")
