"""The commands that write what an office settles: a new year's folder."""

from pathlib import Path
from typing import Any

import click

from pipeline.commands.options import Options, command, today, with_options


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
    year = options.year or today().year - 1
    workspace = options.folder / directory
    made = start_year(workspace, year, organ, templates_folder())
    options.say(
        [
            f"已建好 {made}。接下来填 roster.xlsx（名册）和 report.toml（设置），再运行：",
            f"  make-report blank -w {workspace} -y {year}",
        ]
    )
    options.give({"made": made.as_posix(), "year": year})
