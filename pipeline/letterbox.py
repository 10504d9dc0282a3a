"""发件箱 on the disk: the record of what was sent, safe line by line, and drafts to look at.

The record has a copy outside the outputs, which an office may delete: a record that was deleted or cut, or an
older one from a backup, is made whole from it, so that what went does not go again.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import count
from pathlib import Path

from pipeline.deliver.outbox import (
    DamagedError,
    Entry,
    Standing,
    as_line,
    deciding,
    entries,
    leading,
    standing,
    whole_lines,
)
from pipeline.disk import settle, settle_folder
from pipeline.errors import ExitCode, OperatorError, reason

FOLDER = "发件箱"
"""The folder's name in a year's output folder."""
RECORD = "发件记录.jsonl"
DRAFTS = ".样信.json"
"""Digests of the drafts the program wrote, so that one a person edited is known."""


class Letterbox:
    """The folder 发件箱 of a year's outputs, and the record's ``copy`` among the workspace's inputs.

    Who writes to it holds the year's lock.
    """

    def __init__(self, outputs: Path) -> None:
        self.folder = outputs / FOLDER
        self._record = self.folder / RECORD
        self.copy = outputs.parent.parent / "inputs" / f".{outputs.name}.{RECORD}"

    def record(self) -> tuple[Entry, ...]:
        """What was tried so far; OperatorError (input) where the record was altered: nothing is guessed."""
        own, copied = self._own(), leading(_content(self.copy, lenient=True))
        if copied[: len(own)] == own:
            return copied
        if own[: len(copied)] == copied:
            return own
        raise OperatorError(
            ExitCode.INPUT,
            f"发件记录 {self._record} 和程序另存的一份 {self.copy} 对不上，"
            "不知道哪些信发过，所以一封也不发。"
            "多半是两台电脑各发了一部分，或有人改过。请维护者看，把两份合成一份，另一份移走再运行。",
        )

    def _own(self) -> tuple[Entry, ...]:
        try:
            return entries(_content(self._record))
        except OSError as error:
            raise OperatorError(
                ExitCode.INPUT, f"发件记录 {self._record} 读不出来：{reason(error)}。请检查权限。"
            ) from error
        except DamagedError as error:
            raise OperatorError(
                ExitCode.INPUT,
                f"发件记录 {self._record} 的第 {error.line} 行被改坏了，不知道哪些信发过，所以一封也不发。"
                f"请从备份恢复这个文件，或请维护者看；程序另存的一份是 {self.copy}。",
            ) from error

    def unknown(self) -> list[Entry]:
        """Messages, of any run, of which nobody knows whether they arrived."""
        record = deciding(self.record())
        return [entry for key, entry in record.items() if standing(key, record) is Standing.UNKNOWN]

    @contextmanager
    def writing(self) -> Iterator[Callable[[Entry], None]]:
        """Gives what appends an entry and comes back when it is on the disk, whatever befalls the machine.

        A piece of a line that a killed program left is cut off first, and lines that were lost are put back.
        OperatorError (output) where the disk refuses.
        """
        known = self.record()
        with self._refusals():
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._record.open("a+b") as file:
                file.seek(0)
                file.truncate(whole_lines(file.read()))
                file.writelines(map(as_line, known[len(self._own()) :]))
                settle(file)
                settle_folder(self.folder)
                settle_folder(self.folder.parent)
                self._renew_copy(known)

                def append(entry: Entry) -> None:
                    with self._refusals():
                        file.write(as_line(entry))
                        settle(file)
                    with suppress(OSError), self.copy.open("ab") as copy:
                        copy.write(as_line(entry))

                yield append

    def _renew_copy(self, known: Sequence[Entry]) -> None:
        """Have the copy tell what the record tells; where it cannot be written, the record is enough."""
        content = b"".join(map(as_line, known))
        if _content(self.copy, lenient=True) != content:
            new = self.copy.with_name(f"{self.copy.name}.new")
            with suppress(OSError):
                new.write_bytes(content)
                new.replace(self.copy)

    def put_drafts(self, drafts: Mapping[str, Sequence[bytes]]) -> tuple[str, ...]:
        """Write the drafts, by name, in place of the last ones; one that a person edited is kept beside.

        Returns the names of those kept. OperatorError (output) where the disk refuses.
        """
        with self._refusals():
            self.folder.mkdir(parents=True, exist_ok=True)
            for left in self.folder.glob(".*.new"):  # by a killed run
                left.unlink()
            known = self._known()
            fresh = {name: _digest(pieces) for name, pieces in drafts.items()}
            both = {name: [*known.get(name, ()), fresh.get(name, "")] for name in {**known, **fresh}}
            self._know(both)
            kept = tuple(self._cleared(both, fresh))
            for name, pieces in drafts.items():
                new = self.folder / f".{sha256(name.encode()).hexdigest()[:16]}.new"
                with new.open("wb") as file:
                    file.writelines(pieces)
                new.replace(self.folder / name)
            self._know({name: [digest] for name, digest in fresh.items()})
            return kept

    def _cleared(self, known: Mapping[str, Sequence[str]], fresh: Mapping[str, str]) -> Iterator[str]:
        """Take away earlier drafts; what a person edited stays, under another name where a new one comes."""
        for name in sorted({path.name for path in self.folder.glob("*.eml")} & {*known, *fresh}):
            path = self.folder / name
            if sha256(path.read_bytes()).hexdigest() in known[name]:
                path.unlink()
            elif name in fresh:
                names = (f"{path.stem}（改动备份{number}）.eml" for number in count(1))
                free = next(one for one in names if not (self.folder / one).exists())
                path.rename(self.folder / free)
                yield free

    def _known(self) -> dict[str, list[str]]:
        try:
            known = json.loads((self.folder / DRAFTS).read_text(encoding="utf-8"))
            return {str(name): list(map(str, digests)) for name, digests in known.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}

    def _know(self, digests: Mapping[str, Sequence[str]]) -> None:
        new = self.folder / f"{DRAFTS}.new"
        new.write_text(json.dumps(digests, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        new.replace(self.folder / DRAFTS)

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OperatorError(
                ExitCode.OUTPUT, f"写不进 {self.folder}：{reason(error)}。请检查磁盘和权限再运行。"
            ) from error


def _content(path: Path, *, lenient: bool = False) -> bytes:
    """A file's bytes; none where it is not there or, if ``lenient``, cannot be read."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError:
        if lenient:
            return b""
        raise


def _digest(pieces: Sequence[bytes]) -> str:
    whole = sha256()
    for piece in pieces:
        whole.update(piece)
    return whole.hexdigest()
