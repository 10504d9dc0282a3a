"""What starts the batch every night: a systemd timer, a crontab line, a task of Windows; text and files."""

import datetime
import shlex
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from subprocess import list2cmdline
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from msgspec import Struct

from pipeline.errors import ExitCode, OperatorError, reason

SYSTEMD, CRON, WINDOWS = "systemd", "cron", "windows"
KINDS = (SYSTEMD, CRON, WINDOWS)
NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
"""Task Scheduler's schema [MS-TSCH] 2.5.1, version 1.2."""
LONGEST = "PT6H"
"""How long Windows lets a batch run."""


class Task(Struct, frozen=True):
    """What is to be started every day: the program with its first words, for which folder and year, when."""

    program: tuple[str, ...]
    folder: Path
    year: int | None
    first: datetime.datetime
    """The first day, and the time of every day."""

    @property
    def name(self) -> str:
        """A name of ASCII that no other folder's task has."""
        return f"make-report-{sha256(str(self.folder).encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"

    @property
    def command(self) -> tuple[str, ...]:
        """Program and arguments."""
        year = () if self.year is None else ("-y", str(self.year))
        return (*self.program, "batch", "-q", "-w", str(self.folder), *year, "--only-if-changed")


class Plan(Struct, frozen=True):
    """What one system needs: files by name, in which folder of the user's, and what to run then."""

    folder: Path
    files: Mapping[str, bytes]
    next: tuple[str, ...]

    @property
    def texts(self) -> dict[str, str]:
        """The files' texts, by name."""
        return {name: content.decode(_encoding(name)) for name, content in self.files.items()}


def _encoding(name: str) -> str:
    return "utf-16" if name.endswith(".xml") else "utf-8"


def planned(kind: str, task: Task, environment: Mapping[str, str], home: Path) -> Plan:
    """The files and commands for a system. OperatorError (usage) for a path that cannot be written there."""
    for word in task.command:
        if not word.isprintable():
            raise OperatorError(
                ExitCode.USAGE, f"路径 {word!r} 里有换行或看不见的字符，定时任务写不了，请把文件夹改名。"
            )
    return {SYSTEMD: _systemd, CRON: _cron, WINDOWS: _windows}[kind](task, environment, home)


def _systemd(task: Task, environment: Mapping[str, str], home: Path) -> Plan:
    config = Path(environment.get("XDG_CONFIG_HOME", "") or home / ".config")
    return Plan(
        config / "systemd" / "user",
        {
            f"{task.name}.service": f"{mark(task)}\n{service(task)}".encode(),
            f"{task.name}.timer": f"{mark(task)}\n{timer(task)}".encode(),
        },
        (
            "systemctl --user daemon-reload",
            f"systemctl --user enable --now {task.name}.timer",
            "loginctl enable-linger",
        ),
    )


def mark(task: Task) -> str:
    """The line by which a file is known as this folder's own."""
    return f"# make-report schedule -w {task.folder} #"


def service(task: Task) -> str:
    """The unit that runs the batch. ``:`` keeps systemd from replacing ``$``; ``%`` it would replace."""
    words = " ".join(map(_systemd_word, task.command))
    return (
        "[Unit]\n"
        f"Description=make-report batch -w {_percent(str(task.folder))} #\n\n"
        "[Service]\n"
        "Type=oneshot\n"
        "Environment=PYTHONUTF8=1\n"
        "Nice=10\n"
        f"ExecStart=:{words}\n"
    )


def _systemd_word(word: str) -> str:
    escaped = _percent(word).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _percent(word: str) -> str:
    return word.replace("%", "%%")


def timer(task: Task) -> str:
    """The unit that starts it, also after a night on which the computer was off."""
    return (
        "[Unit]\n"
        f"Description=make-report batch -w {_percent(str(task.folder))} #\n\n"
        "[Timer]\n"
        f"OnCalendar=*-*-* {task.first:%H:%M}:00\n"
        "Persistent=true\n\n"
        "[Install]\n"
        "WantedBy=timers.target\n"
    )


def _cron(task: Task, environment: Mapping[str, str], home: Path) -> Plan:
    folder = Path(environment.get("XDG_CONFIG_HOME", "") or home / ".config") / "make-report"
    path = shlex.quote(str(folder / f"{task.name}.cron"))
    add = f"(crontab -l 2>/dev/null | grep -v -F {task.name}; cat {path}) | crontab -"
    return Plan(folder, {f"{task.name}.cron": f"{mark(task)} {task.name}\n{crontab(task)}".encode()}, (add,))


def crontab(task: Task) -> str:
    """The line for a crontab: quoted for sh, ``%`` escaped, since cron ends the command there."""
    command = shlex.join(task.command).replace("%", "\\%")
    return f"{task.first.minute} {task.first.hour} * * * PYTHONUTF8=1 {command} # {task.name}\n"


def _windows(task: Task, environment: Mapping[str, str], home: Path) -> Plan:
    local = environment.get("LOCALAPPDATA", "")
    folder = (Path(local) if local else home / "AppData" / "Local") / "make-report"
    name = f"{task.name}.xml"
    words = ["schtasks", "/Create", "/TN", f"make-report\\{task.name}", "/XML", str(folder / name)]
    return Plan(folder, {name: task_xml(task)}, (list2cmdline(words),))


def task_xml(task: Task) -> bytes:
    """The task for ``schtasks /XML``, which wants UTF-16 with its mark at the beginning."""
    root = Element("Task", {"version": "1.2", "xmlns": NAMESPACE})
    _put(root, "RegistrationInfo", {"Description": mark(task)})
    trigger = SubElement(SubElement(root, "Triggers"), "CalendarTrigger")
    SubElement(trigger, "StartBoundary").text = f"{task.first:%Y-%m-%dT%H:%M}:00"
    _put(trigger, "ScheduleByDay", {"DaysInterval": "1"})
    principal = {"LogonType": "InteractiveToken", "RunLevel": "LeastPrivilege"}
    _put(SubElement(root, "Principals"), "Principal", principal).set("id", "Author")
    _put(
        root,
        "Settings",
        {
            "MultipleInstancesPolicy": "IgnoreNew",
            "DisallowStartIfOnBatteries": "false",
            "StopIfGoingOnBatteries": "false",
            "StartWhenAvailable": "true",
            "ExecutionTimeLimit": LONGEST,
        },
    )
    actions = SubElement(root, "Actions", {"Context": "Author"})
    program, *arguments = task.command
    _put(actions, "Exec", {"Command": program, "Arguments": list2cmdline(arguments)})
    indent(root)
    text = '<?xml version="1.0" encoding="UTF-16"?>\n' + tostring(root, encoding="unicode") + "\n"
    return b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le")


def _put(parent: Element, tag: str, entries: Mapping[str, str]) -> Element:
    element = SubElement(parent, tag)
    for name, text in entries.items():
        SubElement(element, name).text = text
    return element


def install(plan: Plan, task: Task) -> Sequence[Path]:
    """Write the files into the user's folder; those written.

    OperatorError (output) where the disk refuses, or a file of that name is not this folder's: nothing is
    then written.
    """
    paths = {plan.folder / name: content for name, content in plan.files.items()}
    try:
        for path in paths:
            if path.is_symlink() or (path.exists() and not _is_own(path, task)):
                raise OperatorError(
                    ExitCode.OUTPUT,
                    f"{path} 已经有了，不是这个工作文件夹的定时任务，没有动它。请看清是谁的，移走再运行。",
                )
        plan.folder.mkdir(parents=True, exist_ok=True)
        for path, content in paths.items():
            new = path.with_name(f".{path.name}.new")
            new.write_bytes(content)
            new.replace(path)
    except OSError as error:
        raise OperatorError(
            ExitCode.OUTPUT, f"写不进 {plan.folder}：{reason(error)}。请检查这个文件夹。"
        ) from error
    return list(paths)


def _is_own(path: Path, task: Task) -> bool:
    try:
        text = path.read_bytes().decode(_encoding(path.name))
    except UnicodeError:
        return False
    return _marked(text, task)


def _marked(text: str, task: Task) -> bool:
    """Whether the mark stands in a text as it was written: in XML, escaped."""
    own = Element("Description")
    own.text = mark(task)
    lines = text.splitlines()
    return tostring(own, encoding="unicode") in map(str.strip, lines) or any(
        line == mark(task) or line == f"{mark(task)} {task.name}" for line in lines
    )
