"""How often objects that only name each other are looked for."""

import atexit
import gc

SELDOM = 10_000
"""After so many new objects they are: a report is made of tens of thousands, nearly all gone by themselves,
and Python's 700 took an eighth of its time."""


def seldom() -> None:
    """Let it be seldom, and not at the end: what is left the system takes back, unsearched."""
    gc.set_threshold(SELDOM)
    atexit.register(gc.freeze)
