"""A figure followed down the tower: one level's 上报工作簿 is a submission of the next.

A county's workspace made the workbook that the city counts; the city's made the one that the region counts.
Which workspace made a workbook is told by its digest alone: a name or an organ could be anybody's.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.gather import YearInputs, load_inputs
from pipeline.inquire import Traced, traced
from pipeline.model.consolidation import Contribution
from pipeline.model.finding import some
from pipeline.model.number import plain
from pipeline.model.roster import Agency
from pipeline.outputs import RUN
from pipeline.record import files_read, listed, read_record, recorded
from pipeline.workspace import Workspace

BELOW = "下级"
"""The folder of a workspace in which those of the bodies below it lie, each in a folder of its own."""
UPWARD = "upward"
"""The kind of 上报工作簿 in a record."""
AGAIN = "请让它重新上报，或找回报送时的工作簿。"


class Descent(Struct, frozen=True):
    """A figure of one workspace, and what lies below each of its contributions.

    ``below`` and ``stopped`` are by the number of the contribution: the same figure in the workspace that its
    workbook comes from, or, in a sentence, why it goes no deeper there. One in neither is a body's own cell.
    """

    organ: str
    folder: str
    """Where its workspace lies, seen from the top one; "" for the top one itself."""
    traced: Traced
    below: Mapping[int, "Descent"] = field(default_factory=dict)
    stopped: Mapping[int, str] = field(default_factory=dict)

    def cells(self) -> Iterator[Contribution]:
        """The cells at the foot, where nothing lies below."""
        for number, one in enumerate(self.traced.contributions):
            if number in self.below:
                yield from self.below[number].cells()
            else:
                yield one

    def entry(self) -> dict[str, Any]:
        """The answer for a program: that of ``Traced``, each contribution with what lies below it."""
        entry = self.traced.entry()
        for number, one in enumerate(entry["contributions"]):
            if number in self.below:
                one["below"] = self.below[number].entry()
            elif number in self.stopped:
                one["stopped"] = self.stopped[number]
        return {"organ": self.organ, "workspace": self.folder, **entry}


def descend(inputs: YearInputs, name: str, templates: Path, folders: Sequence[Path] = ()) -> Descent:
    """Where a figure comes from, down to the cells of the bodies at the foot.

    The workspaces below lie in a workspace's own folder 下级, and in ``folders`` those of any level.
    OperatorError as for ``traced``, and (input) where one of ``folders`` is not there; what is wrong further
    down only stops there.
    """
    for folder in folders:
        if not folder.is_dir():
            raise OperatorError(ExitCode.INPUT, f"没有文件夹 {folder}。请检查 --below 后面的路径。")
    tower = _Tower(inputs.workspace.root, templates, tuple(folders))
    return tower.descent(inputs, _digests(inputs), name, ())


def _digests(inputs: YearInputs) -> Mapping[str, str]:
    """The digest of every workbook that arrived, by path."""
    return {file.path: file.sha256 for file in inputs.submissions}


class _Tower(Struct, frozen=True):
    top: Path
    templates: Path
    folders: tuple[Path, ...]
    lowers: dict[Path, "_Lower"] = field(default_factory=dict)
    """The workspaces looked into: those of ``folders`` are asked for at every level."""

    def descent(
        self, inputs: YearInputs, digests: Mapping[str, str], name: str, above: tuple[Path, ...]
    ) -> Descent:
        workspace, found = inputs.workspace, traced(inputs, name)
        neighbours = self._below(workspace)
        deeper: Descent | str
        below: dict[int, Descent] = {}
        stopped: dict[int, str] = {}
        for number, one in enumerate(found.contributions):
            digest = digests[one.place.workbook]
            makers = [lower for lower in neighbours if digest in lower.handed_up]
            # A copy of a workspace hands up the same workbook: any in which nothing has changed will do.
            tries = [self._deeper(maker, digest, one, (*above, workspace.root)) for maker in makers]
            deeper = next(
                (found for found in tries if isinstance(found, Descent)),
                tries[0] if tries else self._gap(one, neighbours),
            )
            if isinstance(deeper, Descent):
                below[number] = deeper
            elif deeper:
                stopped[number] = deeper
        return Descent(inputs.settings.organ, self._seen(workspace), found, below, stopped)

    def _below(self, workspace: Workspace) -> list["_Lower"]:
        """The workspaces of the same year below a workspace; OperatorError (input) where we may not in."""
        folders = (workspace.root / BELOW, *self.folders)
        try:
            roots = [
                root for folder in folders if folder.is_dir() for root in (folder, *sorted(folder.iterdir()))
            ]
            found = (Workspace(root, workspace.year) for root in roots)
            return [self._lower(lower) for lower in found if lower.inputs.is_dir()]
        except OSError as error:
            words = f"下级的文件夹 {error.filename} 打不开：{reason(error)}。请检查权限，或把它移走。"
            raise OperatorError(ExitCode.INPUT, words) from error

    def _lower(self, workspace: Workspace) -> "_Lower":
        if workspace.root not in self.lowers:
            self.lowers[workspace.root] = _Lower.of(workspace)
        return self.lowers[workspace.root]

    def _gap(self, one: Contribution, neighbours: Sequence["_Lower"]) -> str:
        """Why a workbook is nobody's below, where a workspace bears its agency's name; "" where none does."""
        named = next((lower.workspace for lower in neighbours if lower.is_called(one.agency)), None)
        if named is None:
            return ""
        return (
            f"{self._seen(named)} 生成的上报工作簿不是这一份（后来改过，或还没有生成），没有往下追。"
            "请换成它最后的上报工作簿。"
        )

    def _deeper(
        self, maker: "_Lower", digest: str, one: Contribution, above: tuple[Path, ...]
    ) -> Descent | str:
        """The same figure in the workspace that made a workbook; in a sentence, why it is not followed."""
        where = self._seen(maker.workspace)
        if maker.workspace.root in above:
            return f"{where} 报来的工作簿又是它自己的报送件，没有往下追。"
        try:
            inputs = load_inputs(maker.workspace, self.templates)
            digests = _digests(inputs)
            deeper = self.descent(inputs, digests, one.address, above)
        except OperatorError as error:
            return f"{where} 里追不下去：{error.message}"
        if deeper.traced.value != plain(one.value):
            return (
                f"{where} 里这个数现在是 {deeper.traced.value}，报来的是 {plain(one.value)}："
                f"报送以后那里改过。{AGAIN}"
            )
        read = maker.read_for(digest)
        if read is None:
            return (
                f"{where} 上报以后又生成过一次，没有出正式报告，现在的来源未必是报送时的，没有往下追。"
                "请先在那里运行 make-report build。"
            )
        now = {cell.place.workbook for cell in deeper.traced.contributions}
        others = sorted(workbook for workbook in now if digests[workbook] not in read)
        if others:
            return f"{where} 里这个数没有变，{some(others)} 报送以后却换过，没有往下追。{AGAIN}"
        return deeper

    def _seen(self, workspace: Workspace) -> str:
        """A workspace's folder from the top one, or whole where it lies elsewhere."""
        if workspace.root == self.top:
            return ""
        inside = workspace.root.is_relative_to(self.top)
        return (workspace.root.relative_to(self.top) if inside else workspace.root).as_posix()


class _Lower(Struct, frozen=True):
    """A workspace below: its organ and code, and the digests of the workbooks it made to submit upward."""

    workspace: Workspace
    organ: str
    code: str
    handed_up: frozenset[str]

    @classmethod
    def of(cls, workspace: Workspace) -> "_Lower":
        try:
            settings = workspace.settings()
            organ, code = settings.organ, settings.code
        except OperatorError:
            organ = code = ""  # what is wrong there, a trace from there will say
        made = (str(entry["sha256"]) for entry in recorded(workspace, UPWARD))
        return cls(workspace, organ, code, frozenset(made))

    def is_called(self, agency: Agency) -> bool:
        """Whether its organ is this agency: by name, or by code where one name is part of the other."""
        if self.organ in agency.names:
            return True
        alike = any(self.organ in name or name in self.organ for name in agency.names)
        return bool(self.code) and self.code == agency.code and alike

    def read_for(self, digest: str) -> frozenset[str] | None:
        """The digests of what the workbook of this digest was made from.

        None where that is not known, since a later run has made none.
        """
        record = read_record(self.workspace.outputs / RUN)
        made = [entry["sha256"] for entry in listed(record, "renditions") if entry["kind"] == UPWARD]
        return frozenset(files_read(record).values()) if digest in made else None
