"""Load templates/hygiene.toml: what must not stand in a text that is published."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import ExitCode, OperatorError
from pipeline.forms.catalogue import entries
from pipeline.model.hygiene import CONDITIONS, FLAGS, Blemish, Once

KEYS = frozenset(
    {"code", "what", "words", "patterns", "unless", "opening", "past", "masked", "agencies", "once"},
)


def load_hygiene(path: Path, codes: Collection[str]) -> tuple[Blemish, ...]:
    """The sections in their order; ``codes`` are those of the catalogue.

    OperatorError (template) that names the section where a key or code is unknown, a list is none, or a
    pattern does not compile, could match nothing at all, or has a condition that is not known.
    """
    blemishes = []
    for name, entry in entries(path).items():
        try:
            blemishes.append(_blemish(name, entry, codes))
        except (KeyError, ValueError, TypeError, re.error) as error:
            raise OperatorError(
                ExitCode.TEMPLATE, f"文字检查文件 {path.name} 的 [{name}] 写得不对：{_reason(error)}。"
            ) from error
    return tuple(blemishes)


def _blemish(name: str, entry: Mapping[str, Any], codes: Collection[str]) -> Blemish:
    unknown = set(entry) - KEYS
    if unknown:
        raise ValueError(f"不认识“{min(unknown)}”")
    if entry["code"] not in codes:
        raise ValueError(f"没有“{entry['code']}”这个问题代码")
    words, patterns = _listed(entry, "words"), _listed(entry, "patterns")
    for pattern in patterns:
        _refuse_unfit(pattern)
    if not words and not patterns:
        raise ValueError("words 和 patterns 至少写一项")
    return Blemish(
        name=name,
        code=entry["code"],
        what=str(entry["what"]),
        patterns=_together(words, patterns),
        unless=_listed(entry, "unless"),
        opening=_switch(entry, "opening"),
        past=_switch(entry, "past"),
        masked=_switch(entry, "masked"),
        agencies=_switch(entry, "agencies"),
        once=Once(entry.get("once", Once.EACH)),
    )


def _listed(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    given = entry.get(key, [])
    if not isinstance(given, list) or not all(isinstance(one, str) and one for one in given):
        raise ValueError(f"{key} 要写成一列不空的文字")
    return tuple(given)


def _switch(entry: Mapping[str, Any], key: str) -> bool:
    given = entry.get(key, False)
    if not isinstance(given, bool):
        raise ValueError(f"{key} 只能是 true 或 false")
    return given


def _refuse_unfit(pattern: str) -> None:
    compiled = re.compile(pattern, FLAGS)
    unknown = set(compiled.groupindex) - CONDITIONS
    if unknown or len(compiled.groupindex) > 1:
        raise ValueError(f"“{pattern}”里的分组名只能是 {'、'.join(sorted(CONDITIONS))} 中的一个")
    if compiled.match(""):
        raise ValueError(f"“{pattern}”什么都不写也算，会处处报错")


def _together(words: tuple[str, ...], patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The words as one expression, the longest first, and the patterns."""
    joined = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return (joined, *patterns) if joined else patterns


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"缺 {error.args[0]}"
    return f"正则表达式{error}" if isinstance(error, re.error) else str(error)
