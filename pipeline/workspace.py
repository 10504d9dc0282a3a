"""The workspace: where a year's inputs lie, and their bytes; ``outputs`` writes what comes of them."""

import datetime
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from pipeline.arrived import ArrivedFile, arrival, arrivals, readable
from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.filenames import SET_ASIDE
from pipeline.settings import Settings, read_settings

YEAR = re.compile(r"2\d{3}", re.ASCII)
NARRATIVES = ("narrative.docx", "narrative.md")
PREVIOUS, PREVIOUS_PARTS = "previous.xlsx", "previous"
"""Last year's ledger, and the folder of its parts where it is divided."""
EARLIEST = (10, 1)
"""Month and day of the year itself before which no deadline lies: it would be last year's, or a slip."""
ELSEWHERE = "用 make-report init 另建一个文件夹，从那里复制过来。"
"""Where to get a file that a year's folder lacks: ``init`` leaves a folder that is there alone."""


class InputFile(Struct, frozen=True):
    """An input file's path relative to the workspace (with ``/``) and its bytes."""

    path: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest of its bytes, in hex."""
        return hashlib.sha256(self.content).hexdigest()


class Workspace(Struct, frozen=True):
    """One year of a workspace folder: inputs/<year>/ and outputs/<year>/."""

    root: Path
    year: int

    @classmethod
    def at(cls, root: Path, year: int | None) -> "Workspace":
        """The workspace in a folder, for a year or the latest year in inputs/.

        OperatorError (input) where the folder, its inputs/ or the year is not there.
        """
        inputs = root / "inputs"
        if not inputs.is_dir():
            raise OperatorError(
                ExitCode.INPUT,
                f"文件夹 {root.resolve()} 里没有 inputs，不是工作文件夹。"
                "请换到正确的文件夹，或用 -w 指定；新建用 make-report init 文件夹名。",
            )
        years = sorted(
            int(path.name) for path in inputs.iterdir() if path.is_dir() and YEAR.fullmatch(path.name)
        )
        if not years:
            raise OperatorError(
                ExitCode.INPUT, f"{inputs} 里还没有哪一年的文件夹。请先运行 make-report init。"
            )
        if year is not None and year not in years:
            have = "、".join(map(str, years))
            raise OperatorError(
                ExitCode.INPUT, f"{inputs} 里没有 {year} 年；现有：{have}。请检查 -y 后面的年度。"
            )
        return cls(root, years[-1] if year is None else year)

    @property
    def inputs(self) -> Path:
        """The year's folder of inputs."""
        return self.root / "inputs" / str(self.year)

    @property
    def outputs(self) -> Path:
        """The year's folder of outputs, which need not exist yet."""
        return self.root / self.outputs_path

    @property
    def outputs_path(self) -> str:
        """That folder as records name it."""
        return f"outputs/{self.year}"

    @property
    def lock_file(self) -> Path:
        """The file that a run locks while it works on the year."""
        return self.outputs.with_name(f".{self.year}.lock")

    @property
    def readings_file(self) -> Path:
        """The file in which readings of workbooks are kept for the next run; safe to delete at any time."""
        return self.outputs.with_name(f".{self.year}.readings")

    @property
    def opinions_file(self) -> Path:
        """The file in which what was found in agencies' figures and texts is kept; safe to delete too."""
        return self.outputs.with_name(f".{self.year}.opinions")

    def settings_file(self) -> InputFile:
        """report.toml; OperatorError (input) where it is missing."""
        return self._required("report.toml", f"请从上一年的文件夹复制，或{ELSEWHERE}")

    def settings(self) -> Settings:
        """report.toml, read; OperatorError (input) where it is missing or wrong, or of another year."""
        file = self.settings_file()
        settings = read_settings(file.content, file.path)
        deadline = settings.deadline
        if deadline and not (
            datetime.date(self.year, *EARLIEST) <= deadline and deadline.year <= self.year + 2
        ):
            raise OperatorError(
                ExitCode.INPUT,
                f"设置文件 {file.path} 的 deadline = {deadline}，不像 {self.year} 年的截止日期（多半在 "
                f"{self.year + 1} 年 1 月）。请改好年份再运行。",
            )
        return settings

    def roster(self) -> InputFile:
        """roster.xlsx; OperatorError (input) where it is missing."""
        return self._required("roster.xlsx", f"名册一行一个单位，请从上一年的文件夹复制，或{ELSEWHERE}")

    def submissions(self) -> tuple[ArrivedFile, ...]:
        """Every file that arrived, by path; OperatorError (input) where the folder is missing."""
        folder = self.inputs / "submissions"
        if not folder.is_dir():
            raise OperatorError(
                ExitCode.INPUT, f"没有文件夹 {folder}。请新建它，把各单位报来的工作簿放进去。"
            )
        at = self.relative(folder)
        return tuple(arrival(f"{at}/{readable(inside)}", place) for inside, place in arrivals(folder))

    def _whole(self, path: Path) -> InputFile:
        return InputFile(self.relative(path), path.read_bytes())

    def narrative(self) -> InputFile | None:
        """narrative.docx or narrative.md, None where there is neither; OperatorError (input) for both."""
        found = [path for name in NARRATIVES if (path := self.inputs / name).is_file()]
        if len(found) > 1:
            raise OperatorError(
                ExitCode.INPUT, f"{self.inputs} 里 narrative.docx 和 narrative.md 都有，请只留一个。"
            )
        return self._read(found[0]) if found else None

    def previous(self) -> InputFile | None:
        """Last year's ledger, previous.xlsx; None where there is none."""
        path = self.inputs / PREVIOUS
        return self._read(path) if path.is_file() else None

    def previous_parts(self) -> Iterator[InputFile]:
        """What lies in the folder previous, the parts of a divided ledger: by name, one after the other.

        What had been put aside in the folder of outputs that it was, is not looked at.
        """
        folder = self.inputs / PREVIOUS_PARTS
        for inside, place in arrivals(folder) if folder.is_dir() else ():
            if SET_ASIDE not in inside.split("/"):
                yield self._read(Path(place))

    def accepted(self) -> InputFile | None:
        """accepted.toml; None where nothing was accepted."""
        path = self.inputs / "accepted.toml"
        return self._read(path) if path.is_file() else None

    def year_before(self) -> "Workspace | None":
        """The same workspace a year earlier, where its inputs are still there."""
        before = Workspace(self.root, self.year - 1)
        return before if (before.inputs / "submissions").is_dir() else None

    def relative(self, path: Path) -> str:
        """A path as findings and records name it: relative to the workspace, with ``/``."""
        try:
            inside = path.relative_to(self.root)
        except ValueError:  # one of them begins at the top, the other where we are
            try:
                inside = path.absolute().relative_to(self.root.absolute())
            except ValueError:
                return readable(path.name)
        return readable(inside.as_posix())

    def _required(self, name: str, remedy: str) -> InputFile:
        path = self.inputs / name
        if not path.is_file():
            raise OperatorError(ExitCode.INPUT, f"没有找到 {path}。{remedy}")
        return self._read(path)

    def _read(self, path: Path) -> InputFile:
        try:
            return self._whole(path)
        except OSError as error:
            raise OperatorError(
                ExitCode.INPUT, f"文件 {path} 读不出来：{reason(error)}。请检查权限，或是否被别的程序占用。"
            ) from error
