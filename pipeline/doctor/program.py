"""The program's own part: versions, packages, templates, the faces it brings along.

Whatever may be broken is loaded inside the one check that needs it.
"""

import importlib.util
import platform
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

from pipeline import __version__
from pipeline.doctor.diagnosis import Diagnosis, Patient, Verdict
from pipeline.errors import ExitCode, reason

OLDEST_PYTHON = (3, 11)
PACKAGES = {
    "click": "click",
    "filelock": "filelock",
    "fonttools": "fontTools.ttLib",
    "Jinja2": "jinja2",
    "lxml": "lxml.etree",
    "msgspec": "msgspec",
    "openpyxl": "openpyxl",
    "pypdfium2": "pypdfium2",
    "python-calamine": "python_calamine",
    "python-docx": "docx",
    "reportlab": "reportlab.lib.rl_accel",
    "rich": "rich.console",
    "selectolax": "selectolax.lexbor",
    "uharfbuzz": "uharfbuzz",
}
"""The packages the program runs on, as setup.cfg requires them, each with what of it must load."""
CLUSTER = "distributed"
"""What the extra [cluster] brings."""


def versions(_: Patient) -> Iterator[Diagnosis]:
    """The program's version, Python's and the system's."""
    python = platform.python_version()
    words = f"make-report {__version__}，Python {python}，{platform.system()} {platform.release()}。"
    if sys.version_info < OLDEST_PYTHON:
        words += "Python 要 3.11 或更新的，请重新安装。"
        yield Diagnosis("程序", Verdict.BAD, words, ExitCode.DEPENDENCY)
    else:
        yield Diagnosis("程序", Verdict.GOOD, words)


def packages(_: Patient) -> Iterator[Diagnosis]:
    """Whether every package is there and loads."""
    broken = {name: why for name, module in PACKAGES.items() if (why := _not_loading(module))}
    for name, why in broken.items():
        words = f"{name} 用不了（{why}）。请重新安装本程序。"
        yield Diagnosis("程序包", Verdict.BAD, words, ExitCode.DEPENDENCY)
    whole = "、".join(f"{name} {_version(name)}" for name in PACKAGES if name not in broken)
    yield Diagnosis("程序包", Verdict.GOOD, f"{whole}。")


def _not_loading(module: str) -> str:
    try:
        importlib.import_module(module)
    except Exception as error:  # a package may fail to load in any way
        return f"{type(error).__name__}：{error}"
    return ""


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "（版本不明）"


def cluster(_: Patient) -> Iterator[Diagnosis]:
    """Whether work can be given to a Dask cluster, which nobody needs who does not say ``--cluster``."""
    if importlib.util.find_spec(CLUSTER) is None:
        yield Diagnosis("集群", Verdict.GOOD, "没有装 Dask；不用 --cluster 就不需要。")
    elif why := _not_loading(CLUSTER):
        words = f'Dask 用不了（{why}），不能加 --cluster。请重新安装："make-report[cluster]"。'
        yield Diagnosis("集群", Verdict.CARE, words)
    else:
        yield Diagnosis("集群", Verdict.GOOD, f"Dask {_version(CLUSTER)}，可以用 --cluster。")


def templates(patient: Patient) -> Iterator[Diagnosis]:
    """Whether the law, the findings and the indicators can be read."""
    from pipeline.forms.catalogue import load_catalogue, load_indicators
    from pipeline.forms.editions import load_forms

    forms = load_forms(patient.templates / "forms")
    kinds = load_catalogue(patient.templates / "findings.toml").kinds
    indicators = load_indicators(patient.templates / "indicators.toml")
    editions = "、".join(form.edition for form in forms)
    words = f"表样 {editions} 版，{len(kinds)} 种问题，{len(indicators)} 项补充指标。"
    yield Diagnosis("模板", Verdict.GOOD, words)


def bundled_fonts(patient: Patient) -> Iterator[Diagnosis]:
    """Whether the faces that came with the program are whole."""
    from pipeline.render.font import FILES
    from pipeline.typefaces.fitness import flaw

    folder = patient.templates / "fonts"
    broken = {name: why for name in FILES.values() if (why := _read_or(folder / name, flaw))}
    for name, why in broken.items():
        words = f"{folder / name} {why}。请重新安装本程序，或从安装包中恢复 templates/fonts 文件夹。"
        yield Diagnosis("自带的字体", Verdict.BAD, words, ExitCode.DEPENDENCY)
    if not broken:
        yield Diagnosis("自带的字体", Verdict.GOOD, f"{len(FILES)} 个都完好。")


def _read_or(path: Path, judged: Callable[[bytes], str]) -> str:
    try:
        return judged(path.read_bytes())
    except OSError as error:
        return reason(error)
