"""The year's folder: is it one, can inputs be read and outputs be written, does another run hold it."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from pipeline.doctor.diagnosis import Diagnosis, Patient, Verdict, caught
from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.workspace import Workspace

LONGEST_WINDOWS_PATH = 259
LONGEST_OUTPUT = 100
"""Characters that a file of ours may add to the path of the year's outputs, its folder there included."""
DISLIKED = frozenset('<>"|?*') | frozenset(map(chr, range(32)))
"""What Windows and its programs take badly in the name of a folder."""

Part: TypeAlias = Callable[[Workspace, Patient], Iterable[Diagnosis]]


def folders(patient: Patient) -> Iterator[Diagnosis]:
    """The workspace and what is in it; outside of one, unless a person named it, only that it is none."""
    try:
        workspace = Workspace.at(patient.folder, patient.year)
    except OperatorError:
        if patient.named:
            raise
        words = f"{patient.folder.resolve()} 不是工作文件夹，只检查程序本身。要检查年报，加 -w 文件夹。"
        yield Diagnosis("工作文件夹", Verdict.CARE, words)
        return
    yield Diagnosis("工作文件夹", Verdict.GOOD, f"{workspace.root.resolve()}，{workspace.year} 年。")
    for part, check in WITHIN.items():
        yield from caught(part, check(workspace, patient))


def _inputs(workspace: Workspace, patient: Patient) -> Iterator[Diagnosis]:
    from pipeline.gather import load_inputs

    inputs = load_inputs(workspace, patient.templates)
    expected, arrived = len(inputs.roster.agencies), len(inputs.submissions)
    words = f"设置、名册都读得出来；名册 {expected} 家，收到 {arrived} 个文件。"
    yield Diagnosis("报送材料", Verdict.GOOD, words)


def _outputs(workspace: Workspace, _: Patient) -> Iterator[Diagnosis]:
    outputs = workspace.outputs
    place = next(path for path in (outputs, *outputs.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            yield Diagnosis("输出文件夹", Verdict.GOOD, f"{outputs.absolute()} 可以写。")
    except OSError as error:
        words = f"{place.absolute()} 写不进去：{reason(error)}。请检查权限和磁盘。"
        yield Diagnosis("输出文件夹", Verdict.BAD, words, ExitCode.OUTPUT)


def _lock(workspace: Workspace, _: Patient) -> Iterator[Diagnosis]:
    from filelock import FileLock, Timeout

    path = workspace.lock_file
    if path.exists():
        try:
            with FileLock(path, timeout=0):
                pass
        except Timeout:
            words = f"{workspace.year} 年另有一次运行正在进行，等它结束再生成。"
            yield Diagnosis("运行锁", Verdict.CARE, words)
            return
    yield Diagnosis("运行锁", Verdict.GOOD, "没有别的运行。")


def _path(workspace: Workspace, _: Patient) -> Iterator[Diagnosis]:
    path = workspace.outputs.absolute()
    disliked = [
        part for part in path.parts[1:] if DISLIKED & set(part) or part != part.strip() or part.endswith(".")
    ]
    if disliked:
        words = (
            f"“{disliked[0]}”里有 Windows 不认的字符，或首尾有空格、句点，拷到别的电脑可能打不开。请改名。"
        )
        yield Diagnosis("路径", Verdict.CARE, words)
    elif len(str(path)) > LONGEST_WINDOWS_PATH - LONGEST_OUTPUT:
        words = (
            f"{path} 有 {len(str(path))} 个字符，太长，Windows 可能打不开里面的文件。请移到浅一些的文件夹。"
        )
        yield Diagnosis("路径", Verdict.CARE, words)
    else:
        yield Diagnosis("路径", Verdict.GOOD, "不长，也没有 Windows 不认的字符。")


def _mail(workspace: Workspace, patient: Patient) -> Iterable[Diagnosis]:
    from pipeline.doctor.mail import mail

    return mail(workspace, patient)


WITHIN: Mapping[str, Part] = {
    "报送材料": _inputs,
    "输出文件夹": _outputs,
    "运行锁": _lock,
    "路径": _path,
    "邮件": _mail,
}
"""What is examined of a workspace that is there."""
