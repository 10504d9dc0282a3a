"""The commands: parse, call, say, exit. The only module that knows click."""

import gettext
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.errors import ExitCode, OperatorError

if TYPE_CHECKING:
    from pipeline.gather import YearInputs

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

LOCALE = "zh_CN"


@dataclass(frozen=True)
class Options:
    """The options every command takes."""

    folder: Path
    year: int | None
    json: bool
    quiet: bool
    verbose: bool

    @classmethod
    def taken(cls, given: Mapping[str, Any]) -> "Options":
        """Picked from a command's parameters."""
        return cls(**{name: given[name] for name in cls.__dataclass_fields__})

    def inputs(self) -> "YearInputs":
        """The year's inputs, loaded; OperatorError where they cannot be."""
        from pipeline.gather import load_inputs
        from pipeline.typefaces.folders import font_folders
        from pipeline.workspace import Workspace, templates_folder

        folders = font_folders(os.environ, Path.home())
        return load_inputs(Workspace.at(self.folder, self.year), templates_folder(), folders)

    def say(self, lines: Iterable[str]) -> None:
        """Words for a person: to stdout, or to stderr where stdout carries JSON; none with -q."""
        if not self.quiet:
            for line in lines:
                _echo(line, err=self.json)

    @property
    def watched(self) -> bool:
        """Whether somebody sits before a terminal and wants words."""
        return not self.quiet and sys.stderr.isatty()

    def working(self, words: str) -> AbstractContextManager[object]:
        """Show on a terminal that work goes on; nothing in a pipe."""
        if not self.watched:
            return nullcontext()
        from rich.console import Console

        return Console(stderr=True).status(words)

    def give(self, content: object) -> None:
        """JSON for a program, where it was asked for."""
        if self.json:
            from pipeline.record import as_json

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


@click.group(invoke_without_command=True, options_metavar="[选项]", subcommand_metavar="[命令]")
@click.version_option(package_name="make-report", message="make-report %(version)s", help="显示版本号。")
@with_options
@click.pass_context
def commands(context: click.Context, /, **given: Any) -> None:
    """汇总各单位报来的工作簿，生成《政府信息公开工作年度报告》。

    不写命令就是 build。例：make-report -y 2020
    """
    # Options before the command's name hold for the command: make-report -y 2020 check.
    before = {name: given[name] for name in given if _was_typed(context, name)}
    context.default_map = dict.fromkeys(commands.commands, before)
    if context.invoked_subcommand is None:
        _build(Options.taken(given))


command = partial(commands.command, options_metavar="[选项]")


def _was_typed(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE


@command()
@click.option("--draft", is_flag=True, help="有错误也印一份草稿：缺的数写明，每页印“草稿”。")
@with_options
def build(*, draft: bool, **given: Any) -> None:
    """汇总、核对、生成报告（Word 和 PDF），并回读核对每一格。

    例：make-report build -y 2020
    """
    _build(Options.taken(given), draft=draft)


def _build(options: Options, *, draft: bool = False) -> None:
    from pipeline.build import build as build_year
    from pipeline.build import locked
    from pipeline.screen import built_lines
    from pipeline.workspace import templates_folder

    started, clock = datetime.now(UTC).astimezone(), time.perf_counter()
    inputs = options.inputs()
    with locked(inputs.workspace), options.working("正在汇总、生成、回读核对……"):
        built = build_year(
            inputs,
            templates_folder(),
            started.date(),
            lambda: {
                "started": started.isoformat(timespec="seconds"),
                "seconds": round(time.perf_counter() - clock, 3),
            },
            draft=draft,
        )
    options.say(built_lines(built, everything=options.verbose))
    options.give(built.record)
    if built.examination.stopped:
        raise built.examination.stopped
    sys.exit(built.exit_code)


@command()
@click.argument("agencies", nargs=-1, metavar="[单位…]")
@with_options
def check(agencies: tuple[str, ...], **given: Any) -> None:
    """只核对，不生成报告；可以只看几个单位。

    例：make-report check 市教育局
    """
    from pipeline.build import check as check_year
    from pipeline.build import locked
    from pipeline.inquire import concerning
    from pipeline.record import findings_record
    from pipeline.screen import checked_lines
    from pipeline.workspace import templates_folder

    options, today = Options.taken(given), _today()
    inputs = options.inputs()
    with locked(inputs.workspace), options.working("正在核对……"):
        examination = check_year(inputs, templates_folder(), today)
    findings = concerning(examination, agencies)
    options.say(checked_lines(examination, findings, everything=options.verbose))
    options.give(findings_record(findings, examination))
    if examination.stopped and not agencies:
        raise examination.stopped
    wrong = any(finding.is_error and not examination.accepted(finding) for finding in findings)
    sys.exit(ExitCode.FINDINGS if wrong else ExitCode.OK)


@command()
@click.argument("names", nargs=-1, metavar="[单位…]")
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="同时用几个进程；不写就用这台电脑的全部核心。"
)
@with_options
def agencies(names: tuple[str, ...], jobs: int | None, **given: Any) -> None:
    """各单位自己的报告（Word 和 PDF），由它报来的表和文字材料生成；可以只要几个单位的。

    例：make-report agencies 市教育局
    """
    from pipeline.agencies import made, planned
    from pipeline.build import locked
    from pipeline.execution import cores
    from pipeline.release import release
    from pipeline.screen import released_lines
    from pipeline.workspace import templates_folder

    options, workers = Options.taken(given), jobs or cores()
    inputs = options.inputs()
    with locked(inputs.workspace):
        if options.watched:  # in a plain line: processes are not to start while a spinner's thread runs
            click.echo("正在读报送件……", err=True)
        plan = planned(inputs, names, _today(), workers)
        with click.progressbar(
            made(plan, templates_folder(), workers),
            length=len(plan.ready),
            label="分单位报告",
            file=sys.stderr,
            hidden=not options.watched,
        ) as bar:
            released = release(plan, bar)
    options.say(released_lines(released, everything=options.verbose))
    options.give(released.record)
    for one in released.unmade:
        if one.traceback:
            click.echo(f"{one.agency.name}：\n{one.traceback}", err=True)
    sys.exit(released.exit_code)


@command()
@with_options
def status(**given: Any) -> None:
    """谁报了、采用哪一份、谁没报、离截止还有几天。

    例：make-report status
    """
    from pipeline.inquire import standings
    from pipeline.screen import status_lines

    options = Options.taken(given)
    inputs = options.inputs()
    rows = standings(inputs)
    deadline = inputs.settings.deadline
    days = (deadline - _today()).days if deadline else None
    options.say(status_lines(rows, days))
    options.give({"agencies": [row.entry() for row in rows], "days": days})


@command()
@with_options
def blank(**given: Any) -> None:
    """每个单位一份空白表，放进 空白表 文件夹，另打一个压缩包。

    例：make-report blank -y 2020
    """
    from pipeline.build import locked, publish_blanks
    from pipeline.screen import kept_lines

    options = Options.taken(given)
    inputs = options.inputs()
    with (
        locked(inputs.workspace),
        click.progressbar(
            inputs.roster.agencies, label="空白表", file=sys.stderr, hidden=not options.watched
        ) as bar,
    ):
        names, kept = publish_blanks(inputs, bar)
    options.say(kept_lines(kept))
    options.say(
        [f"{len(inputs.roster.agencies)} 份空白表在 {inputs.workspace.outputs / '空白表'}，压缩包在旁边。"]
    )
    options.give({"renditions": names})


@command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[文件…]")
@with_options
def verify(files: tuple[Path, ...], **given: Any) -> None:
    """回读报告文件，逐格逐段与数据比较，改过的文字逐段列出；不写文件名就核对已生成的报告。

    例：make-report verify
    """
    from pipeline.record import verified_record
    from pipeline.screen import verified_lines
    from pipeline.verification import verify_files

    options = Options.taken(given)
    inputs = options.inputs()
    reports = verify_files(inputs, files, _today())
    for proved in reports:
        options.say(verified_lines(proved, inputs.catalogue, everything=options.verbose))
    options.give([entry for proved in reports for entry in verified_record(proved)])
    sys.exit(ExitCode.UNVERIFIED if any(proved.is_wrong for proved in reports) else ExitCode.OK)


@command()
@click.argument("word", default="", metavar="[词]")
@with_options
def figures(word: str, **given: Any) -> None:
    """正文里能用的名字和它们现在的值；写一个词就只列有关的。

    例：make-report figures 结转
    """
    from pipeline.inquire import named
    from pipeline.screen import named_lines

    options = Options.taken(given)
    listing = named(options.inputs(), word)
    options.say(named_lines(listing))
    options.give({"figures": [asdict(one) for one in listing.figures], "missing": listing.missing})


@command()
@click.argument("address", metavar="地址")
@with_options
def trace(address: str, **given: Any) -> None:
    """一个数从哪些单位的哪一格来，印在报告哪里。

    例：make-report trace requests.received.total，或 make-report trace 依申请公开.新收.总计
    """
    from pipeline.inquire import traced
    from pipeline.screen import trace_lines

    options = Options.taken(given)
    found = traced(options.inputs(), address)
    options.say(trace_lines(found))
    options.give(found.entry())


@command()
@click.argument("code", default="", metavar="[代码]")
@with_options
def explain(code: str, **given: Any) -> None:
    """一个问题代码是什么意思、怎么改；不写代码就全部列出。

    例：make-report explain row-total
    """
    from pipeline.forms.catalogue import load_catalogue
    from pipeline.inquire import explained
    from pipeline.screen import explain_lines
    from pipeline.workspace import templates_folder

    options = Options.taken(given)
    kinds = explained(load_catalogue(templates_folder() / "findings.toml"), code)
    options.say(explain_lines(kinds, whole=bool(code)))
    options.give([asdict(kind) for kind in kinds])


@command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="文件夹")
@click.option("--organ", default="某某市", metavar="名称", help="谁的报告，例如 呼伦贝尔市。")
@with_options
def init(directory: Path, organ: str, **given: Any) -> None:
    """新建一年的文件夹：设置、名册样表、正文提纲、放报送件的空文件夹。不写年度就是上一年。

    例：make-report init 年报 -y 2021 --organ 呼伦贝尔市
    """
    from pipeline.start import start_year
    from pipeline.workspace import templates_folder

    options = Options.taken(given)
    year = options.year or _today().year - 1
    workspace = options.folder / directory
    made = start_year(workspace, year, organ, templates_folder())
    options.say(
        [
            f"已建好 {made}。接下来填 roster.xlsx（名册）和 report.toml（设置），再运行：",
            f"  make-report blank -w {workspace} -y {year}",
        ]
    )
    options.give({"made": made.as_posix(), "year": year})


@command()
@with_options
def doctor(**given: Any) -> None:
    """检查程序、字体、文件夹好不好用，写明每一项的原因。

    例：make-report doctor
    """
    from pipeline.doctor.diagnosis import Patient
    from pipeline.doctor.examination import as_json, diagnose, doctor_lines, exit_code
    from pipeline.typefaces.folders import font_folders
    from pipeline.workspace import templates_folder

    options = Options.taken(given)
    folders = font_folders(os.environ, Path.home())
    lines = diagnose(Patient(templates_folder(), folders, options.folder, options.year))
    options.say(doctor_lines(lines))
    if options.json:
        click.echo(as_json(lines))
    sys.exit(exit_code(lines))


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _echo(words: str, *, err: bool) -> None:
    """Print words, in which others' may stand: nothing in them governs the terminal."""
    from pipeline.model.finding import visible

    click.echo("\n".join(map(visible, words.split("\n"))), err=err)


def main() -> None:
    """The program: run a command, and turn what stops it into a sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a test's stream
    _speak_chinese()
    try:
        commands.main(prog_name="make-report", standalone_mode=False)
    except OperatorError as error:
        _echo(f"做不下去：{error.message}", err=True)
        sys.exit(error.code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断；原来的文件没有动。", err=True)
        sys.exit(ExitCode.INTERRUPTED)
    except Exception:  # a bug keeps its traceback, and says what to do with it
        traceback.print_exc()
        click.echo("程序出错了，不是您的操作问题。原来的文件没有动；请把上面的文字发给维护者。", err=True)
        sys.exit(ExitCode.BUG)


def _speak_chinese() -> None:
    """click takes its words from gettext: give it ours, whatever the system's language."""
    from pipeline.workspace import templates_folder

    os.environ["LANGUAGE"] = LOCALE
    gettext.bindtextdomain("messages", templates_folder() / "locale")
    gettext.textdomain("messages")
