"""Garbage is looked for seldom; at the end what is left is not looked through at all."""

import subprocess
import sys

from pipeline.garbage import SELDOM

PROGRAM = """
import atexit, gc
atexit.register(lambda: print(gc.get_freeze_count() > 1000))  # the last to be called
from pipeline.garbage import seldom
seldom()
print(gc.get_threshold()[0], gc.get_freeze_count())
"""


def test_a_process_that_asked_for_it():
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True, text=True)
    assert ended.stdout.split() == [str(SELDOM), "0", "True"]
