"""Publish a run's files: all at once by swapping the year's folder, or not at all."""

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path, PurePosixPath

from pipeline.disk import exchanged, lying, settle_folder, write_settled
from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.filenames import SET_ASIDE
from pipeline.model.rendition import Written

RUN, FINDINGS, AGENCIES, SLIPS = "run.json", "findings.json", "agencies.json", "slips.json"
REVIEW = "核对报告.html"
REVIEW_PARTS = "核对报告"
"""The sub-folder of the review page's parts, where there are many agencies."""
_PAGE = re.compile(rf"{REVIEW_PARTS}/\d+\.html")
OWN = frozenset({RUN, FINDINGS, AGENCIES, SLIPS, REVIEW})
"""Files the program alone writes, besides the review page's parts: an edited one is not kept."""

LEDGER = "汇总底稿.xlsx"
LEDGER_PARTS = "汇总底稿"
"""The sub-folder of the ledger's parts."""

LEFT = frozenset(f".{name}.new" for name in OWN)
"""What a killed run of version 0.3.0 left among the files."""

RETURNED = "退回单"
"""The sub-folder of what goes back to the agencies."""

BY_THEMSELVES = (RETURNED, REVIEW_PARTS)
"""Sub-folders that can be put in the place of the old ones while the report is open."""


def publish(
    folder: Path, renditions: Sequence[Written], known: Mapping[str, str], outdated: Collection[str] = ()
) -> tuple[str, ...]:
    """Put the renditions into a year's output folder; what else lies there stays.

    Of our own sub-folders one in which nothing lies any more is taken away; a person's own stays.
    ``known`` are the digests of the files the previous run wrote, by name: a file that is about to be
    replaced by another and has not that digest may have been edited by a person, and is kept beside as
    名称（改动备份1）. ``outdated`` files, by name, are moved into 已作废 where they lie.
    Returns the names of the files kept so. The new folder is made ready beside the old one, brought onto the
    disk and exchanged with it, so that a run killed at any moment leaves the old folder or the new one.

    OperatorError (output) where a file is open elsewhere or the disk refuses; the old folder then stands.
    """
    folder = _real(folder)
    if folder.exists() and not folder.is_dir():
        raise OperatorError(ExitCode.OUTPUT, f"{folder} 是一个文件，不是文件夹。请把它改名或移走再运行。")
    others = [*(one.name for one in renditions if not is_own(one.name)), *outdated]
    try:
        recover(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        _refuse_links(folder, others)
        _refuse_open(folder, others)
        _refuse_protected(folder)
        fresh = beside(folder, "new")
        fresh.mkdir()
        kept = tuple(_carry_over(folder, fresh, renditions, known, outdated))
        for rendition in renditions:
            target = fresh / rendition.name
            if target.exists():  # brought along: it says the same
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            write_settled(target, rendition.pieces)
        for inside in _folders(fresh):
            settle_folder(inside)
        _put(folder, fresh, piecewise=all(name.startswith(f"{RETURNED}/") for name in others))
        settle_folder(folder.parent)
    except OSError as error:
        raise refused(folder, error) from error
    for name in (*BY_THEMSELVES, LEDGER_PARTS):
        with suppress(OSError):  # something lies there, or there is none
            (folder / name).rmdir()
    return kept


def is_own(name: str) -> bool:
    """Whether the program alone writes a file of this name."""
    return name in OWN or _PAGE.fullmatch(name) is not None


def refused(folder: Path, error: OSError) -> OperatorError:
    """What to say where the disk refuses, after clearing what was made ready."""
    shutil.rmtree(beside(folder, "new"), ignore_errors=True)
    is_half = beside(folder, "due").is_dir()
    stands = "没有换完的，下次运行先接着换完。" if is_half else "原来的文件没有动。"
    return OperatorError(
        ExitCode.OUTPUT,
        f"写不进 {folder}：{reason(error)}。里面的文件可能正在 Word 或 WPS 里打开，或磁盘已满、没有权限。"
        f"请关上文件再运行；{stands}",
    )


def recover(folder: Path) -> None:
    """Bring to its end what a killed run was in the midst of, and clear what it left beside the folder.

    OSError where the disk refuses.
    """
    folder = _real(folder)
    old, fresh = beside(folder, "old"), beside(folder, "new")
    if old.is_dir() and not folder.exists():
        (fresh if fresh.is_dir() else old).rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(fresh, ignore_errors=True)
    if beside(folder, "due").is_dir():
        _finish(folder)
    if folder.name not in BY_THEMSELVES:
        for name in BY_THEMSELVES:
            recover(folder / name)


def is_unfinished(folder: Path) -> bool:
    """Whether a run was killed, or is, in the midst of a swap that takes more than one step."""
    return beside(folder, "due").is_dir() or (beside(folder, "old").is_dir() and not folder.exists())


def beside(folder: Path, role: str) -> Path:
    """A hidden folder beside an output folder, by what it is for."""
    real = _real(folder)
    return real.with_name(f".{real.name}.{role}")


def _refuse_links(folder: Path, names: Sequence[str]) -> None:
    """What is written into a linked folder would be there at once, over what a person edited."""
    for link in {folder / parent for name in names for parent in PurePosixPath(name).parents}:
        if link != folder and link.is_symlink():
            raise OperatorError(
                ExitCode.OUTPUT,
                f"{link} 是链接，程序不往链接里写。请换成真正的文件夹再运行；原来的文件没有动。",
            )


def _real(folder: Path) -> Path:
    """The folder itself where it is linked to, since it is replaced, not written to."""
    return folder.resolve() if folder.is_symlink() else folder


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


def _refuse_protected(folder: Path) -> None:
    """A folder from which nobody may take a file away could be replaced, but then not be cleared."""
    for path in _folders(folder) if folder.is_dir() else ():
        if not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, "", str(path))


def _folders(folder: Path) -> Iterator[Path]:
    """The folder and all in it, links to folders among them, without asking of each file what it is."""
    yield folder
    for place, names, _ in os.walk(folder):
        yield from (Path(place, name) for name in names)


def _carry_over(
    folder: Path,
    fresh: Path,
    renditions: Sequence[Written],
    known: Mapping[str, str],
    outdated: Collection[str],
) -> Iterator[str]:
    """Bring along what the run does not write or would write the same, and what a person edited; yield the
    latter's new names.
    """
    written = {rendition.name: rendition for rendition in renditions}
    for name, is_folder in lying(folder) if folder.is_dir() else ():
        is_stale = REVIEW in written and name not in written and name not in OWN and is_own(name)
        if is_folder:
            _carry_folder(folder / name, fresh / name)
        elif name in LEFT or is_stale:
            continue
        elif name in outdated:
            _set_aside(folder / name, (fresh / name).parent / SET_ASIDE)
        elif name not in written or not _edited(folder / name, written[name].sha256):
            _link(f"{folder}/{name}", f"{fresh}/{name}")
        elif not is_own(name) and _edited(folder / name, known.get(name, "")):
            backup = _free_name(folder / name, "（改动备份{}）")
            _link(f"{folder}/{name}", f"{(fresh / name).parent}/{backup}")
            yield backup


def _set_aside(path: Path, aside: Path) -> None:
    """Bring a file along into another folder, under a name that none has in the old one's."""
    old = path.parent / aside.name / path.name
    aside.mkdir(exist_ok=True)
    _link(str(path), f"{aside}/{_free_name(old, '（{}）') if old.exists() else old.name}")


def _carry_folder(path: Path, target: Path) -> None:
    """The same folder, which may be empty, or the same link to one, in the new folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        target.symlink_to(path.readlink(), target_is_directory=True)
    else:
        target.mkdir(exist_ok=True)


def _free_name(path: Path, mark: str) -> str:
    """A name beside ``path`` that no file has: its own with a numbered mark before the ending."""
    names = (f"{path.stem}{mark.format(number)}{path.suffix}" for number in count(1))
    return next(name for name in names if not path.with_name(name).exists())


def _edited(path: Path, digest: str) -> bool:
    return hashlib.sha256(path.read_bytes()).hexdigest() != digest


def _link(source: str, target: str) -> None:
    """The same file in the new folder: a hard link where the disk can, else a copy."""
    try:
        os.link(source, target)
    except OSError:
        Path(target).unlink(missing_ok=True)  # never written over: it may be another file's link
        write_settled(Path(target), Path(source).read_bytes())  # among them is the record of what was sent
        shutil.copystat(source, target)


def _put(folder: Path, fresh: Path, *, piecewise: bool) -> None:
    """Put the folder made ready in the year's place.

    Windows does not rename a folder while a file in it is open: where only slips and the program's own files
    are new (``piecewise``), these are then replaced by themselves, so that a check need not wait until the
    report is closed in Word. Once renamed to .due it is brought to its end, by the next run if need be.
    """
    try:
        _swap(folder, fresh)
    except OSError:
        if not piecewise:
            raise
        due = fresh.rename(beside(folder, "due"))
        first = next((name for name in BY_THEMSELVES if (due / name).is_dir()), "")
        try:
            _finish(folder)
        except OSError:
            if first and (due / first).is_dir():  # nothing has been replaced yet
                due.rename(fresh)
            raise


def _finish(folder: Path) -> None:
    """Replace, from the folder that is due, slips and parts, and then the program's own files.

    Each leaves it by being renamed, so that it is known what is still to be done.
    """
    due = beside(folder, "due")
    for name in BY_THEMSELVES:
        if (due / name).is_dir():
            _renamed(folder / name, due / name)
    for name in sorted(OWN):
        if (due / name).is_file():
            (due / name).replace(folder / name)
    shutil.rmtree(due, ignore_errors=True)


def _swap(folder: Path, fresh: Path) -> None:
    if folder.exists() and exchanged(folder, fresh):
        shutil.rmtree(fresh, ignore_errors=True)
    else:
        _renamed(folder, fresh)


def _renamed(folder: Path, fresh: Path) -> None:
    """Put a folder in another's place, in two steps."""
    old = beside(folder, "old")
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
