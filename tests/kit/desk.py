"""A clerk at the keyboard: run the program as a person does, in its own process or in this one."""

import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from unittest import mock

from msgspec import Struct

from pipeline.cli import main


class Said(Struct, frozen=True):
    """What the program said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        """What it gave a program."""
        return json.loads(self.out)


def make_report(*words: str | Path) -> Said:
    """Run the program in this process with these words after its name."""
    out, err = StringIO(), StringIO()
    with (
        mock.patch.object(sys, "argv", ["make-report", *map(str, words)]),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Said(code, out.getvalue(), err.getvalue())
