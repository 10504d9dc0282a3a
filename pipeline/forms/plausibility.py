"""Load templates/plausibility.toml, or refuse it in words an office can use."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.errors import ExitCode, OperatorError
from pipeline.forms.catalogue import entries
from pipeline.forms.rules import spread
from pipeline.model.number import NumberKind
from pipeline.model.plausibility import Comparison, FeeWords, Likeness, Limit, Plausibility, Quiet

KEYS = {
    "magnitude-jump": ("cells", "count", "yuan", "wan"),
    "unit-mixed": ("cells", "yuan", "wan"),
    "group-outlier": ("cells", "bodies", "count", "yuan", "wan"),
    "group-extreme": ("cells", "bodies", "count", "yuan", "wan"),
    "identical-bodies": ("filled", "largest"),
    "disputes-without-requests": ("disputes", "requests"),
    "no-decisions": ("cells",),
    "fee-unstated": ("cells", "mentions", "none", "explained"),
}
"""The sections of the file, named by finding codes, and what each must say."""
LIMIT = {"ratio", "least", "most"}


def load_plausibility(path: Path, addresses: Collection[str]) -> Plausibility:
    """The limits in the file; ``addresses`` are every edition's cells and the indicators.

    OperatorError (template) where the file cannot be read, a section, key, number or pattern is wrong, or a
    pattern names no cell of any edition.
    """
    written = entries(path)
    for code in (*written, *KEYS):
        if code not in KEYS or code not in written:
            raise _refused(path, code, "这一段不认识" if code in written else "这一段没有写")
        odd = set(written[code]) ^ set(KEYS[code])
        if odd:
            word = sorted(odd)[0]
            raise _refused(path, code, f"里{'不认识' if word in written[code] else '没有写'}“{word}”")
    try:
        return _plausibility(written, addresses)
    except (KeyError, ValueError, TypeError, re.error) as error:
        raise OperatorError(
            ExitCode.TEMPLATE, f"合理性核对的界限文件 {path.name} 写得不对：{error}。"
        ) from error


def _refused(path: Path, code: str, sentence: str) -> OperatorError:
    return OperatorError(ExitCode.TEMPLATE, f"合理性核对的界限文件 {path.name} 的 [{code}] {sentence}。")


def _plausibility(entries: Mapping[str, Any], addresses: Collection[str]) -> Plausibility:
    likeness, quiet, fees = (
        entries[code] for code in ("identical-bodies", "disputes-without-requests", "fee-unstated")
    )
    return Plausibility(
        magnitude_jump=_comparison(entries["magnitude-jump"], addresses),
        unit_mixed=_comparison(entries["unit-mixed"], addresses),
        group_outlier=_comparison(entries["group-outlier"], addresses),
        group_extreme=_comparison(entries["group-extreme"], addresses),
        identical_bodies=Likeness(int(_number(likeness["filled"])), _number(likeness["largest"])),
        disputes_without_requests=Quiet(
            _cells(quiet["disputes"], addresses), _cells(quiet["requests"], addresses)
        ),
        no_decisions=_cells(entries["no-decisions"]["cells"], addresses),
        fee_unstated=FeeWords(
            _cells(fees["cells"], addresses),
            *(re.compile("|".join(_texts(fees[word]))) for word in ("mentions", "none", "explained")),
        ),
    )


def _comparison(entry: Mapping[str, Any], addresses: Collection[str]) -> Comparison:
    limits = {kind: _limit(entry[kind]) for kind in NumberKind if kind in entry}
    return Comparison(_cells(entry["cells"], addresses), limits, int(_number(entry.get("bodies", 0))))


def _limit(entry: Mapping[str, Any]) -> Limit:
    odd = set(entry) - LIMIT
    if odd:
        raise ValueError(f"不认识“{min(odd)}”")
    limit = Limit(**{word: _number(number) for word, number in entry.items()})
    if limit.ratio <= 1:
        raise ValueError(f"ratio = {limit.ratio} 要大于 1")
    return limit


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise ValueError(f"“{value}”应是不小于 0 的数")
    return Decimal(str(value))


def _cells(patterns: object, addresses: Collection[str]) -> tuple[str, ...]:
    """The addresses the patterns name, in order, each once."""
    return tuple(dict.fromkeys(found for one in _texts(patterns) for found in spread(one, addresses)))


def _texts(values: object) -> list[str]:
    if not isinstance(values, list) or not values or not all(isinstance(one, str) and one for one in values):
        raise ValueError(f"“{values}”应是方括号里的一串文字")
    return values
