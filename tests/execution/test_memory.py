"""A process that bounds its memory gets no more than it asked for."""

import subprocess
import sys

from pipeline.execution.memory import bound_memory

PROGRAM = """
from pipeline.execution.memory import bound_memory
bounded, again = bound_memory(64), bound_memory(64)
small = len(bytearray(16 << 20))
try:
    bytearray(256 << 20)
    print(bounded, again, "had it")
except MemoryError:
    print(bounded, again, "had it not")
"""


def test_more_than_the_bound_is_refused_where_the_system_keeps_to_one():
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, check=True, text=True
    ).stdout.strip()
    assert said == ("True True had it not" if sys.platform == "linux" else "False False had it")


def test_a_system_without_bounds_is_left_alone(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert bound_memory(1) is False
