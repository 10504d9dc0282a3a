"""Publish a run's files: all at once by swapping the year's folder, or not at all."""

import hashlib
import os
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.model.rendition import Rendition

ILLEGAL = re.compile(r'[<>:"/\\\\|?*\x00-\x1f]')
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of marks that a file name shows nothing of."""
DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for itself, whatever stands behind a point."""

RUN, FINDINGS, AGENCIES, SLIPS = "run.json", "findings.json", "agencies.json", "slips.json"
REVIEW = "核对报告.html"
OWN = frozenset({RUN, FINDINGS, AGENCIES, SLIPS, REVIEW})
"""Files the program alone writes: an edited one is not kept."""

RETURNED = "退回单"
"""The sub-folder of what goes back to the agencies: swapped by itself, so that a check need not wait until
the report is closed in Word."""

SET_ASIDE = "已作废"
"""The sub-folder into which reports go that hold no longer."""

LONGEST = 60
"""Characters of a name: Linux allows 255 bytes, a Chinese character takes three, and there has to be room
behind for （草稿）（网页粘贴用）（改动备份1）.html."""


def legal_name(name: str) -> str:
    """A file name that Windows and Linux accept, as near to ``name`` as can be; never a path.

    Marks that cannot be seen are left out: U+202E would show xcod.docx as docx.docx.
    """
    seen = "".join(map(_shown, ILLEGAL.sub("_", name)))
    cut = seen.strip(" .~")[:LONGEST]
    while len(cut.encode()) > 3 * LONGEST:
        cut = cut[:-1]
    cut = cut.rstrip(" .")
    return f"_{cut}" if not cut or DEVICE.fullmatch(cut) else cut


def _shown(mark: str) -> str:
    category = unicodedata.category(mark)
    return " " if category == "Zs" else "" if category in UNSEEN else mark


def distinct_names(names: Mapping[str, str]) -> dict[str, str]:
    """A legal file name for each code, no two alike, even to a system that does not tell case.

    Names that would be alike get the code before them, and a number where that does not do.
    """
    often = Counter(legal_name(name).casefold() for name in names.values())
    taken = {name for name, times in often.items() if times == 1}
    found = {}
    for code, wanted in names.items():
        name = legal_name(wanted)
        if often[name.casefold()] > 1:
            coded = legal_name(code + wanted)
            numbered = (coded, *(f"{coded}（{number}）" for number in range(2, len(names) + 2)))
            name = next(one for one in numbered if one.casefold() not in taken)
            taken.add(name.casefold())
        found[code] = name
    return found


def publish(
    folder: Path, renditions: Sequence[Rendition], known: Mapping[str, str], outdated: Collection[str] = ()
) -> tuple[str, ...]:
    """Put the renditions into a year's output folder; what else lies there stays.

    ``known`` are the digests of the files the previous run wrote, by name: a file that is about to be
    replaced by another and has not that digest may have been edited by a person, and is kept beside as
    名称（改动备份1）. ``outdated`` files, by name, are moved into 已作废 where they lie.
    Returns the names of the files kept so. The new folder is made ready beside the old one and swapped in by
    renaming, so that a run killed at any moment leaves the old folder or the new one. Where nothing but
    退回单 and the program's own records is concerned, only that sub-folder is swapped, and the records are
    then replaced in place, one by one: a check need not wait until the report is closed in Word.

    OperatorError (output) where a file is open elsewhere or the disk refuses; the old folder then stands.
    """
    if folder.exists() and not folder.is_dir():
        raise OperatorError(ExitCode.OUTPUT, f"{folder} 是一个文件，不是文件夹。请把它改名或移走再运行。")
    try:
        recover(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        others = [*(one.name for one in renditions if one.name not in OWN), *outdated]
        if all(name.startswith(f"{RETURNED}/") for name in others):
            kept = _swap_returned(folder, renditions, known, outdated) if others else ()
            _replace(folder, [one for one in renditions if one.name in OWN])
            return kept
        _refuse_open(folder, [*(rendition.name for rendition in renditions), *outdated])
        fresh = _beside(folder, "new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        kept = tuple(_carry_over(folder, fresh, renditions, known, outdated))
        for rendition in renditions:
            target = fresh / rendition.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(rendition.content)
        _swap(folder, fresh)
    except OSError as error:
        shutil.rmtree(_beside(folder, "new"), ignore_errors=True)
        raise OperatorError(
            ExitCode.OUTPUT,
            f"写不进 {folder}：{reason(error)}。"
            "里面的文件可能正在 Word 或 WPS 里打开，或磁盘已满、没有权限。"
            "请关上文件再运行；原来的文件没有动。",
        ) from error
    return kept


def _swap_returned(
    folder: Path, renditions: Sequence[Rendition], known: Mapping[str, str], outdated: Collection[str]
) -> tuple[str, ...]:
    """Publish what goes back to the agencies as a folder of its own."""
    start = f"{RETURNED}/"
    inside = [
        replace(one, name=one.name.removeprefix(start)) for one in renditions if one.name.startswith(start)
    ]
    digests = {name.removeprefix(start): digest for name, digest in known.items() if name.startswith(start)}
    return publish(folder / RETURNED, inside, digests, tuple(name.removeprefix(start) for name in outdated))


def _replace(folder: Path, renditions: Sequence[Rendition]) -> None:
    folder.mkdir(exist_ok=True)
    for rendition in renditions:
        fresh = folder / f".{rendition.name}.new"
        fresh.write_bytes(rendition.content)
        fresh.replace(folder / rendition.name)


def recover(folder: Path) -> None:
    """Put the year's folder back where a run was killed between the two renames, and clear what it left.

    Likewise the folder of slips inside it.
    """
    old, fresh = _beside(folder, "old"), _beside(folder, "new")
    if old.is_dir() and not folder.exists():
        (fresh if fresh.is_dir() else old).rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(fresh, ignore_errors=True)
    if folder.name != RETURNED:
        recover(folder / RETURNED)


def _beside(folder: Path, role: str) -> Path:
    return folder.with_name(f".{folder.name}.{role}")


def _refuse_open(folder: Path, names: Sequence[str]) -> None:
    """Word, Excel, WPS and LibreOffice leave a lock file beside a file they hold open."""
    for name in names:
        path = folder / name
        locks = [
            path.with_name(lock) for lock in (f"~${path.name[2:]}", f"~${path.name}", f".~lock.{path.name}#")
        ]
        found = next((lock for lock in locks if lock.exists()), None)
        if found is not None:
            raise OperatorError(
                ExitCode.OUTPUT,
                f"{path} 正在 Word、WPS 或 LibreOffice 里打开，请关上再运行；原来的文件没有动。"
                f"确实没有打开的，删去同一文件夹里的 {found.name} 再运行。",
            )


def _carry_over(
    folder: Path,
    fresh: Path,
    renditions: Sequence[Rendition],
    known: Mapping[str, str],
    outdated: Collection[str],
) -> Iterator[str]:
    """Bring along what the run does not write, and what a person edited; yield the latter's new names."""
    written = {rendition.name: rendition.content for rendition in renditions}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            continue
        if name in outdated:
            aside = path.parent / SET_ASIDE / path.name
            free = _free_name(aside, "（{}）") if aside.exists() else aside.name
            _link(path, (fresh / name).parent / SET_ASIDE / free)
        elif name not in written:
            _link(path, fresh / name)
        elif name not in OWN and _edited(path, known.get(name, ""), written[name]):
            backup = _free_name(path, "（改动备份{}）")
            _link(path, (fresh / name).with_name(backup))
            yield backup


def _free_name(path: Path, mark: str) -> str:
    """A name beside ``path`` that no file has: its own with a numbered mark before the ending."""
    names = (f"{path.stem}{mark.format(number)}{path.suffix}" for number in count(1))
    return next(name for name in names if not path.with_name(name).exists())


def _edited(path: Path, digest: str, content: bytes) -> bool:
    now = path.read_bytes()
    return now != content and hashlib.sha256(now).hexdigest() != digest


def _link(source: Path, target: Path) -> None:
    """The same file in the new folder: a hard link where the disk can, else a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _swap(folder: Path, fresh: Path) -> None:
    old = _beside(folder, "old")
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
