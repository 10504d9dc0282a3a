"""All checks in order, and what comes of them: lines for a person, entries for a program, an exit code."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.doctor.diagnosis import Check, Diagnosis, Patient, Verdict, caught
from pipeline.doctor.folders import folders
from pipeline.doctor.own_fonts import own_fonts
from pipeline.doctor.program import bundled_fonts, cluster, packages, templates, versions
from pipeline.errors import ExitCode
from pipeline.jsonfile import as_json

CHECKS: Mapping[str, Check] = {
    "程序": versions,
    "程序包": packages,
    "集群": cluster,
    "模板": templates,
    "自带的字体": bundled_fonts,
    "本机的字体": own_fonts,
    "工作文件夹": folders,
}
"""In order, from the program outwards."""


def diagnose(patient: Patient) -> tuple[Diagnosis, ...]:
    """Every check's lines, in order, whatever is broken."""
    return tuple(line for subject, check in CHECKS.items() for line in caught(subject, check(patient)))


def exit_code(lines: Iterable[Diagnosis]) -> ExitCode:
    """The code of the first line that is 不行: what stands first is what the others rest on."""
    return next((line.code for line in lines if line.verdict is Verdict.BAD), ExitCode.OK)


def doctor_lines(lines: Sequence[Diagnosis]) -> Iterator[str]:
    """The diagnosis as a person reads it."""
    yield from (f"{line.verdict:　<2}　{line.subject}：{line.words}" for line in lines)
    bad, care, good = (sum(line.verdict is one for line in lines) for one in reversed(Verdict))
    yield f"检查完毕：不行 {bad}，注意 {care}，好 {good}。"


def diagnosis_json(lines: Iterable[Diagnosis]) -> str:
    """The diagnosis for a program."""
    told = tuple(lines)
    checks = [
        {"subject": line.subject, "verdict": line.verdict.name.lower(), "words": line.words} for line in told
    ]
    content = {"checks": checks, "exit_code": int(exit_code(told))}
    return as_json(content).decode().rstrip()
