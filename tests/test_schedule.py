"""What starts the batch every night: each system's own checker reads it, quotes hold, nobody's file is lost."""

import ctypes
import datetime
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from croniter import croniter
from lxml import etree

from pipeline.errors import ExitCode, OperatorError
from pipeline.schedule import (
    CRON,
    KINDS,
    NAMESPACE,
    SYSTEMD,
    WINDOWS,
    Task,
    crontab,
    install,
    planned,
    service,
    task_xml,
    timer,
)

FIRST = datetime.datetime(2021, 1, 8, 2, 30, tzinfo=datetime.UTC)
FOLDERS = [
    "/srv/年报",
    "/srv/年 报 2020/市政务服务局",
    "/srv/100%完成/$HOME",
    '/srv/it\'s "本局"',
    "/srv/back\\slash\\",
    "/srv/a;b&c|d #e",
]
XSD = Path(__file__).parent / "kit" / "task.xsd"


def task(folder="/srv/年 报", year=None, program="/opt/make report/bin/make-report"):
    return Task((program,), Path(folder), year, FIRST)


def arguments_by_windows(line):
    """A command line as Windows itself parts it: backslashes count only before a quotation mark."""
    words, word, quoted, slashes, begun = [], "", False, 0, False
    for mark in [*line, " "]:
        if mark == "\\":
            slashes += 1
            continue
        if mark == '"':
            word += "\\" * (slashes // 2)
            if slashes % 2:
                word += '"'
            else:
                quoted = not quoted
            begun, slashes = True, 0
            continue
        word += "\\" * slashes
        begun, slashes = begun or bool(word), 0
        if mark in " \t" and not quoted:
            words += [word] if begun else []
            word, begun = "", False
        else:
            word, begun = word + mark, True
    return words


def words_of_systemd(text):
    """ExecStart's words by systemd.syntax: C escapes within quotation marks, specifiers doubled."""
    (line,) = [one for one in text.splitlines() if one.startswith("ExecStart=")]
    assert line.startswith("ExecStart=:")
    words, rest = [], line.removeprefix("ExecStart=:")
    while rest:
        assert rest[0] == '"'
        word, place = "", 1
        while rest[place] != '"':
            if rest[place] in "\\%":
                place += 1
                assert rest[place] in '\\"%'
            word += rest[place]
            place += 1
        words.append(word)
        rest = rest[place + 1 :].lstrip(" ")
    return words


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_system_reads_the_words_back_as_they_were(folder):
    one = task(folder, 2020)
    assert words_of_systemd(service(one)) == list(one.command)
    minute, hour, *_, command = crontab(one).rstrip("\n").split(" ", 5)
    assert (minute, hour) == ("30", "2")
    assert "%" not in command.replace("\\%", "")
    words = shlex.split(command.replace("\\%", "%"), comments=True)
    assert words == ["PYTHONUTF8=1", *one.command]
    tree = etree.fromstring(task_xml(one))
    program = tree.findtext(f".//{{{NAMESPACE}}}Command")
    given = tree.findtext(f".//{{{NAMESPACE}}}Arguments")
    assert [program, *arguments_by_windows(given)] == list(one.command)


@pytest.mark.skipif(sys.platform != "win32", reason="Windows' own parser")
@pytest.mark.parametrize("folder", FOLDERS)
def test_windows_itself_parts_the_words_so(folder):
    one = task(folder)
    given = etree.fromstring(task_xml(one)).findtext(f".//{{{NAMESPACE}}}Arguments")
    count = ctypes.c_int()
    part = ctypes.windll.shell32.CommandLineToArgvW
    part.restype = ctypes.POINTER(ctypes.c_wchar_p)
    assert [*part(f"x {given}", ctypes.byref(count))[1 : count.value]] == list(one.command[1:])


@pytest.mark.parametrize("folder", FOLDERS)
def test_sh_runs_the_line_of_the_crontab_with_these_words(folder, tmp_path):
    program = tmp_path / "程 序" / "make-report"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    one = task(folder, program=str(program))
    command = crontab(one).split(" ", 5)[5].replace("\\%", "%")
    ended = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines() == list(one.command[1:])


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
@pytest.mark.parametrize("folder", FOLDERS)
def test_systemd_accepts_the_units(folder, tmp_path):
    one = task(folder, program="/bin/true")
    for path in install(planned(SYSTEMD, one, {"XDG_CONFIG_HOME": str(tmp_path)}, tmp_path), one):
        ended = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(path)],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"},
        )
        complaints = [line for line in ended.stderr.splitlines() if one.name in line]
        assert (complaints, ended.returncode) == ([], 0)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_means_every_day_at_that_time():
    (when,) = [line for line in timer(task()).splitlines() if line.startswith("OnCalendar=")]
    words = ["systemd-analyze", "calendar", "--iterations=2", when.removeprefix("OnCalendar=")]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert "Normalized form: *-*-* 02:30:00" in told
    assert "Persistent=true" in timer(task())


def test_cron_means_every_day_at_that_time():
    when = " ".join(crontab(task()).split(" ")[:5])
    nights = croniter(when, FIRST)
    assert [nights.get_next(datetime.datetime) for _ in range(2)] == [
        FIRST + datetime.timedelta(days=number) for number in (1, 2)
    ]
    assert crontab(task()).count("\n") == 1


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_task_is_what_the_task_scheduler_s_schema_asks_for(folder):
    content = task_xml(task(folder))
    assert content.startswith(b"\xff\xfe")
    assert content.decode("utf-16").startswith('<?xml version="1.0" encoding="UTF-16"?>\r\n')
    schema = etree.XMLSchema(etree.parse(XSD))
    schema.assertValid(etree.fromstring(content))
    assert not schema.validate(
        etree.fromstring(content.decode("utf-16").replace("ScheduleByDay", "Daily").encode("utf-16"))
    )


def test_it_runs_every_day_from_now_and_makes_up_for_a_night_the_computer_was_off():
    tree = etree.fromstring(task_xml(task()))
    told = {etree.QName(one).localname: one.text for one in tree.iter()}
    assert told["StartBoundary"] == "2021-01-08T02:30:00"
    assert told["DaysInterval"] == "1"
    assert told["StartWhenAvailable"] == "true"
    assert told["MultipleInstancesPolicy"] == "IgnoreNew"
    assert told["RunLevel"] == "LeastPrivilege"


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_written_into_the_user_s_own_folder_alone_and_again_without_a_fuss(kind, tmp_path):
    home = tmp_path / "家"
    one = task()
    plan = planned(kind, one, {}, home)
    for _ in range(2):
        paths = install(plan, one)
    later = Task(one.program, one.folder, None, FIRST.replace(hour=4))
    paths = install(planned(kind, later, {}, home), later)
    assert sorted(path.name for path in plan.folder.iterdir()) == sorted(path.name for path in paths)
    assert all(home in path.parents for path in paths)
    assert [path for path in tmp_path.iterdir() if path != home] == []
    assert any(one.name in line for line in plan.next)


def test_the_folders_the_system_names_are_used(tmp_path):
    plan = planned(SYSTEMD, task(), {"XDG_CONFIG_HOME": "/c"}, tmp_path)
    assert plan.folder == Path("/c/systemd/user")
    assert planned(CRON, task(), {"XDG_CONFIG_HOME": "/c"}, tmp_path).folder == Path("/c/make-report")
    assert planned(WINDOWS, task(), {"LOCALAPPDATA": "/l"}, tmp_path).folder == Path("/l/make-report")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("content", ["", "# 别人的\n", "\ufffe别人的"])
def test_what_another_put_there_stays_and_nothing_is_written(kind, content, tmp_path):
    one = task()
    plan = planned(kind, one, {}, tmp_path)
    plan.folder.mkdir(parents=True)
    last = plan.folder / list(plan.files)[-1]
    last.write_text(content, encoding="utf-8")
    with pytest.raises(OperatorError, match="没有动它") as refused:
        install(plan, one)
    assert refused.value.code is ExitCode.OUTPUT
    assert last.read_text(encoding="utf-8") == content
    assert [path.name for path in plan.folder.iterdir()] == [last.name]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_is_another_s_too(tmp_path):
    one = task()
    plan = planned(CRON, one, {}, tmp_path)
    plan.folder.mkdir(parents=True)
    (plan.folder / next(iter(plan.files))).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OperatorError, match="没有动它"):
        install(plan, one)


def test_two_folders_have_two_tasks():
    assert task("/srv/a").name != task("/srv/b").name
    assert task("/srv/年 报").name.isascii()


@pytest.mark.parametrize("folder", ["/srv/a\nb", "/srv/a\x1bb", "/srv/a\u202eb"])
def test_a_folder_whose_name_has_an_unseen_mark_is_refused(folder, tmp_path):
    with pytest.raises(OperatorError, match="看不见的字符") as refused:
        planned(CRON, task(folder), {}, tmp_path)
    assert refused.value.code is ExitCode.USAGE


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / ".config").write_text("", encoding="utf-8")
    with pytest.raises(OperatorError) as refused:
        install(planned(CRON, task(), {}, tmp_path), task())
    assert refused.value.code is ExitCode.OUTPUT
