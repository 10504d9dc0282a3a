"""Which edition of the form governs a reporting year."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import ExitCode, OperatorError
from pipeline.forms.load import load_form
from pipeline.model.form import StatutoryForm


def load_forms(folder: Path) -> tuple[StatutoryForm, ...]:
    """Every edition in a folder of form files, oldest first; OperatorError (template) where one is wrong."""
    forms = [load_form(path) for path in sorted(folder.glob("*.toml"))]
    if not forms:
        raise OperatorError(
            ExitCode.TEMPLATE, f"文件夹 {folder} 里没有表样文件（*.toml），请重新安装本程序。"
        )
    return tuple(sorted(forms, key=lambda form: form.first_year))


def form_for(year: int, forms: Sequence[StatutoryForm], edition: str = "") -> StatutoryForm:
    """The form that governs ``year``, or the named edition; OperatorError (input) where there is none."""
    for form in forms:
        if form.edition == edition or (not edition and form.governs(year)):
            return form
    known = "、".join(form.edition for form in forms)
    if edition:
        sentence = (
            f"report.toml 里写的版本 edition = “{edition}” 不存在；现有版本：{known}。"
            "删去这一行就按年度自动选用。"
        )
    else:
        sentence = (
            f"{year} 年没有适用的表样：统一的年度报告格式从 {forms[0].first_year} 年起施行。"
            "请检查年度是否写错。"
        )
    raise OperatorError(ExitCode.INPUT, sentence)
