"""Load what else the law and the office put in data: finding codes and supplementary indicators."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.model.finding import Catalogue, FindingKind, Severity
from pipeline.model.indicator import Aggregation, Indicator
from pipeline.model.number import NumberKind


def load_catalogue(path: Path) -> Catalogue:
    """Every finding code of templates/findings.toml; OperatorError (template) where the file is wrong."""
    entries = entries_of(path)
    try:
        kinds = {
            code: FindingKind(code, **{**entry, "severity": Severity(entry["severity"])})
            for code, entry in entries.items()
        }
    except (KeyError, ValueError, TypeError) as error:
        raise OperatorError(ExitCode.TEMPLATE, f"问题目录 {path.name} 写得不对：{error}。") from error
    return Catalogue(kinds)


def load_indicators(path: Path) -> tuple[Indicator, ...]:
    """The indicators of templates/indicators.toml, in the sheet's order.

    OperatorError (template) where the file is wrong or a total or ratio names an indicator that is not there.
    """
    entries = entries_of(path)
    try:
        indicators = tuple(_indicator(name, entry) for name, entry in entries.items())
    except (KeyError, ValueError, TypeError) as error:
        raise OperatorError(ExitCode.TEMPLATE, f"补充指标文件 {path.name} 写得不对：{error}。") from error
    for indicator in indicators:
        unknown = [name for name in (*indicator.parts, *indicator.over) if name not in entries]
        if unknown:
            raise OperatorError(
                ExitCode.TEMPLATE,
                f"补充指标文件 {path.name}：指标“{indicator.id}”用到的“{unknown[0]}”不存在。",
            )
    return indicators


def _indicator(name: str, entry: Mapping[str, Any]) -> Indicator:
    indicator = Indicator(
        id=name,
        label=entry["label"],
        unit=entry["unit"],
        kind=NumberKind(entry.get("kind", "count")),
        aggregation=Aggregation(entry.get("aggregation", "sum")),
        required=entry.get("required", True),
        parts=tuple(entry.get("parts", ())),
        over=tuple(entry.get("over", ())),
        alias=entry.get("alias", ""),
    )
    if (indicator.aggregation is Aggregation.RATIO) != (len(indicator.over) == 2):
        raise ValueError(f"“{name}”：比率指标要在 over 里写分子、分母两个指标，其他指标不写")
    return indicator


def entries_of(path: Path) -> dict[str, Any]:
    """What a data file says; OperatorError (template) where it cannot be read or is no TOML."""
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise OperatorError(ExitCode.TEMPLATE, f"文件 {path.name} 读不出来：{reason(error)}。") from error
    except tomllib.TOMLDecodeError as error:
        raise OperatorError(ExitCode.TEMPLATE, f"文件 {path.name} 不是正确的 TOML：{error}。") from error
