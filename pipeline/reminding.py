"""[remind] of report.toml: on which days agencies that have sent nothing are reminded."""

import datetime
import tomllib
from typing import Any

from msgspec import Struct

from pipeline.errors import ExitCode, OperatorError

KEYS = {"days": "截止前几天催，如 [7, 3, 1, 0]", "late_every": "过了截止日期以后每隔几天催一次，0 是不催"}
MOST = 365


class Reminding(Struct, frozen=True):
    """Reminders go ``days`` before the deadline (0: on the day), and after it every ``late_every`` days."""

    deadline: datetime.date
    days: tuple[int, ...] = ()
    late_every: int = 0

    def falls_on(self, day: datetime.date) -> bool:
        """Whether a day is one of them."""
        left = (self.deadline - day).days
        return left in self.days or (left < 0 and self.late_every > 0 and -left % self.late_every == 0)


def read_reminding(content: bytes, file: str) -> Reminding | None:
    """The [remind] of a report.toml that ``read_settings`` has read, None where there is none.

    OperatorError (input) where a key is unknown or wrong, or there is no deadline to count from.
    """
    entries = tomllib.loads(content.decode("utf-8-sig"))
    given = entries.get("remind")
    if given is None:
        return None
    if not isinstance(given, dict) or not set(given) <= set(KEYS):
        raise _refused(file, "的 [remind] 里能写的有：" + "；".join(f"{key}（{KEYS[key]}）" for key in KEYS))
    if "deadline" not in entries:
        raise _refused(file, "写了 [remind]，没有写 deadline（截止日期），不知道哪天催")
    days = given.get("days", [])
    if not isinstance(days, list) or not all(_is_count(day) for day in days):
        raise _refused(file, f"的 [remind] 里 days 应是方括号里的几个整数：{KEYS['days']}")
    if not _is_count(given.get("late_every", 0)):
        raise _refused(file, f"的 [remind] 里 late_every 应是一个整数：{KEYS['late_every']}")
    return Reminding(entries["deadline"], tuple(days), given.get("late_every", 0))


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def _refused(file: str, sentence: str) -> OperatorError:
    return OperatorError(ExitCode.INPUT, f"设置文件 {file} {sentence}。")
