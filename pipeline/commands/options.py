"""What every command takes, and how it says what it has to say."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

if TYPE_CHECKING:
    from pipeline.execution import Hands
    from pipeline.gather import YearInputs

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Options(NamedTuple):
    """The options every command takes. No Struct: whoever asks for help need not wait for msgspec."""

    folder: Path
    year: int | None
    json: bool
    quiet: bool
    verbose: bool

    @classmethod
    def taken(cls, given: Mapping[str, Any]) -> "Options":
        """Picked from a command's parameters."""
        return cls(**{name: given[name] for name in cls._fields})

    def inputs(self) -> "YearInputs":
        """The year's inputs, loaded; OperatorError where they cannot be.

        Where a run was killed in the midst of replacing the outputs, that is first brought to its end.
        """
        from pipeline.gather import load_inputs
        from pipeline.installed import templates_folder
        from pipeline.outputs import is_unfinished
        from pipeline.typefaces.folders import font_folders
        from pipeline.workspace import Workspace

        workspace = Workspace.at(self.folder, self.year)
        if is_unfinished(workspace.outputs):
            from pipeline.locking import locked

            with locked(workspace):
                pass
        folders = font_folders(os.environ, Path.home())
        return load_inputs(workspace, templates_folder(), folders)

    def say(self, lines: Iterable[str]) -> None:
        """Words for a person: to stdout, or to stderr where stdout carries JSON; none with -q."""
        if not self.quiet:
            for line in lines:
                echo(line, err=self.json)

    @property
    def watched(self) -> bool:
        """Whether somebody sits before a terminal and wants words."""
        return not self.quiet and sys.stderr.isatty()

    def working(self, words: str) -> None:
        """Say on a terminal that work goes on; nothing in a pipe. No spinner: none may turn where we fork."""
        if self.watched:
            click.echo(words, err=True)

    def give(self, content: object) -> None:
        """JSON for a program, where it was asked for."""
        if self.json:
            from pipeline.jsonfile import as_json

            click.echo(as_json(content).decode("utf-8"), nl=False)


OPTIONS = (
    click.option(
        "-w",
        "--workspace",
        "folder",
        type=click.Path(path_type=Path),
        default=".",
        metavar="文件夹",
        help="工作文件夹（里面有 inputs）；不写就用当前文件夹。",
    ),
    click.option("-y", "--year", type=int, metavar="年度", help="不写就用最近的一年（init 是上一年）。"),
    click.option("--json", is_flag=True, help="给程序看的 JSON 写到标准输出，文字写到标准错误。"),
    click.option("-q", "--quiet", is_flag=True, help="不显示文字，只看退出码。"),
    click.option("-v", "--verbose", is_flag=True, help="列出全部，不省略。"),
)


def with_options(function: Decorated) -> Decorated:
    """Give a command the options of ``Options``."""
    for option in reversed(OPTIONS):
        function = option(function)
    return function


def _scheduler(_: click.Context, __: click.Parameter, address: str) -> str:
    if address and not SCHEDULER.fullmatch(address):
        raise click.BadParameter("要写成 tcp://地址:端口，例如 tcp://10.0.0.5:8786。")
    return address


SCHEDULER = re.compile(r"tcp://(?:[\w.-]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}", re.ASCII)

HANDS = (
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="同时用几个进程；不写就用这台电脑的全部核心。",
    ),
    click.option(
        "--cluster",
        default="",
        metavar="地址",
        callback=_scheduler,
        help="交给 Dask 集群去算，例如 tcp://10.0.0.5:8786；只用在信得过的内网里。",
    ),
)


def with_hands(function: Decorated) -> Decorated:
    """Give a command the options of ``hands``."""
    for option in reversed(HANDS):
        function = option(function)
    return function


@contextmanager
def hands(jobs: int | None = None, cluster: str = "") -> Iterator["Hands"]:
    """Who does the work, as long as the command runs: all of this computer's cores where nothing is said."""
    if not cluster:
        from pipeline.execution import cores

        yield jobs or cores()
        return
    if jobs:
        raise click.UsageError("--jobs 和 --cluster 只能写一个：集群有几个工作进程，就用几个。")
    from pipeline.execution.cluster import joined
    from pipeline.fingerprint import identity

    with joined(cluster, identity) as workers:
        yield workers


command = partial(click.command, options_metavar="[选项]")
"""A command whose help speaks Chinese throughout."""


def today() -> date:
    """The day, where this computer stands."""
    return datetime.now(UTC).astimezone().date()


def echo(words: str, *, err: bool) -> None:
    """Print words, in which others' may stand: nothing in them governs the terminal."""
    from pipeline.model.finding import visible

    click.echo("\n".join(map(visible, words.split("\n"))), err=err)
