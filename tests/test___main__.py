"""``python -m pipeline`` is the program."""

import subprocess
import sys


def test_it_runs_without_its_script():
    ended = subprocess.run(
        [sys.executable, "-m", "pipeline", "--version"], capture_output=True, text=True, check=True
    )
    assert ended.stdout.startswith("make-report ")
