"""The faces installed on this computer: which one prints which part of the PDF, and why others do not."""

from collections.abc import Iterator

from pipeline.doctor.diagnosis import Diagnosis, Patient, Verdict
from pipeline.errors import OperatorError
from pipeline.model.typeface import ROLES, RoleChoice

OWN = "先用本机的，本机没有或不能用的用程序自带的。"
INSTEAD = "PDF 里用程序自带的；装上一种能用的，就会改用它。"
BUNDLED = '现在用程序自带的；要用本机的，在 report.toml 里写 fonts = "system"。'


def own_fonts(patient: Patient) -> Iterator[Diagnosis]:
    """A line for each role; 注意 only where the settings ask for a face that cannot be used."""
    from pipeline.typefaces.search import search

    wanted = _wanted(patient)
    found = search(patient.font_folders)
    yield Diagnosis("PDF 的字体", Verdict.GOOD, OWN if wanted else BUNDLED)
    there = "、".join(str(folder) for folder in patient.font_folders if folder.exists())
    yield Diagnosis("找字体的文件夹", Verdict.GOOD, f"{there or '一个也没有'}。")
    for choice in found.choices:
        doubtful = wanted and (choice.face is None or bool(choice.refused))
        words = _words(choice) + ("" if choice.face or not wanted else INSTEAD)
        subject = f"本机的{ROLES[choice.role]}"
        yield Diagnosis(subject, Verdict.CARE if doubtful else Verdict.GOOD, words)
    for one in found.unreadable if wanted else ():
        yield Diagnosis("本机的字体文件", Verdict.CARE, f"{one.path} 没有用：{one.why}。")


def _words(choice: RoleChoice) -> str:
    """The face and where it lies; those before it that cannot be used, with the reason, or are not there."""
    from pipeline.typefaces.wanted import WANTED

    names = [names[0] for names in WANTED[choice.role]]
    used = f"{choice.face.name}（{choice.face.path}）。" if choice.face else ""
    refused = "".join(f"{one.name}（{one.path}）不能用：{one.why}。" for one in choice.refused)
    before = names[: names.index(choice.face.name)] if choice.face else [] if refused else names
    absent = [name for name in before if name not in {one.name for one in choice.refused}]
    return used + refused + (f"没有装 {'、'.join(absent)}。" if absent else "")


def _wanted(patient: Patient) -> bool:
    """Whether the year's settings ask for the computer's own faces; no where there are none to read."""
    from pipeline.workspace import Workspace

    try:
        return Workspace.at(patient.folder, patient.year).settings().fonts == "system"
    except OperatorError:
        return False
