"""The commands that make files: blanks, the report, each agency's report, and the checks of both."""

import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.options import Options, command, hands, today, with_hands, with_options
from pipeline.errors import ExitCode

if TYPE_CHECKING:
    from pipeline.execution import Failure, Hands


@command()
@click.option("--draft", is_flag=True, help="有错误也印一份草稿：缺的数写明，每页印“草稿”。")
@with_hands
@with_options
def build(*, draft: bool, jobs: int | None, cluster: str, **given: Any) -> None:
    """汇总、核对、生成报告（Word 和 PDF），并回读核对每一格。

    例：make-report build -y 2020
    """
    with hands(jobs, cluster) as workers:
        build_report(Options.taken(given), workers, draft=draft)


def build_report(options: Options, workers: "Hands", *, draft: bool = False) -> None:
    """What ``build`` does, and the program without a command."""
    from pipeline.build import build as build_year
    from pipeline.installed import templates_folder
    from pipeline.locking import locked
    from pipeline.run import examine
    from pipeline.screen import built_lines

    started, clock = datetime.now(UTC).astimezone(), time.perf_counter()
    inputs = options.inputs()
    with locked(inputs.workspace):
        options.working("正在汇总、生成、回读核对……")
        built = build_year(
            examine(inputs, started.date(), workers),
            templates_folder(),
            lambda: {
                "started": started.isoformat(timespec="seconds"),
                "seconds": round(time.perf_counter() - clock, 3),
            },
            draft=draft,
            hands=workers,
        )
    options.say(built_lines(built, everything=options.verbose))
    options.give(built.record)
    _echo_bugs(built.returned.unmade)
    if built.examination.stopped:
        raise built.examination.stopped
    sys.exit(built.exit_code)


def _echo_bugs(unmade: Iterable[tuple[str, "Failure"]]) -> None:
    """The tracebacks of bugs met over one agency's slip; the others' are made."""
    for agency, failure in unmade:
        if failure.code is ExitCode.BUG:
            click.echo(f"{agency}：\n{failure.words}", err=True)


@command()
@click.argument("agencies", nargs=-1, metavar="[单位…]")
@with_hands
@with_options
def check(agencies: tuple[str, ...], jobs: int | None, cluster: str, **given: Any) -> None:
    """只核对，不生成报告，有问题的单位各出一份退回单；可以只看几个单位。

    例：make-report check 市教育局
    """
    from pipeline.build import check as check_year
    from pipeline.inquire import agencies_named, concerning
    from pipeline.installed import templates_folder
    from pipeline.locking import locked
    from pipeline.record import findings_record
    from pipeline.run import examine
    from pipeline.screen import checked_lines

    options, day = Options.taken(given), today()
    inputs = options.inputs()
    named = agencies_named(agencies, inputs) if agencies else ()
    with locked(inputs.workspace), hands(jobs, cluster) as workers:
        options.working("正在核对……")
        checked = check_year(examine(inputs, day, workers), templates_folder(), named, workers)
    examination = checked.examination
    findings = concerning(examination, agencies)
    options.say(checked_lines(checked, findings, everything=options.verbose))
    options.give(findings_record(findings, examination))
    _echo_bugs(checked.returned.unmade)
    if examination.stopped and not agencies:
        raise examination.stopped
    wrong = any(finding.is_error and not examination.accepted(finding) for finding in findings)
    sys.exit(ExitCode.FINDINGS if wrong else checked.returned.exit_code)


@command()
@click.argument("names", nargs=-1, metavar="[单位…]")
@with_hands
@with_options
def agencies(names: tuple[str, ...], jobs: int | None, cluster: str, **given: Any) -> None:
    """各单位自己的报告（Word 和 PDF），由它报来的表和文字材料生成；可以只要几个单位的。

    例：make-report agencies 市教育局
    """
    from pipeline.agencies import made, planned
    from pipeline.inquire import agencies_named
    from pipeline.installed import templates_folder
    from pipeline.locking import locked
    from pipeline.release import release
    from pipeline.run import examine
    from pipeline.screen_release import released_lines

    options = Options.taken(given)
    inputs = options.inputs()
    with locked(inputs.workspace), hands(jobs, cluster) as workers:
        options.working("正在读报送件……")
        named = agencies_named(names, inputs) if names else ()
        plan = planned(examine(inputs, today(), workers), named)
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
def blank(**given: Any) -> None:
    """每个单位一份空白表，放进 空白表 文件夹，另打一个压缩包。

    例：make-report blank -y 2020
    """
    from pipeline.build import publish_blanks
    from pipeline.locking import locked
    from pipeline.screen_findings import kept_lines

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
    from pipeline.run import examine
    from pipeline.screen import verified_lines
    from pipeline.verification import verify_files

    options = Options.taken(given)
    inputs = options.inputs()
    reports = verify_files(examine(inputs, today()), files)
    for proved in reports:
        options.say(verified_lines(proved, inputs.catalogue, everything=options.verbose))
    options.give([entry for proved in reports for entry in verified_record(proved)])
    sys.exit(ExitCode.UNVERIFIED if any(proved.is_wrong for proved in reports) else ExitCode.OK)
