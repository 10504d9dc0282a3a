"""Time and memory of ``make-report check`` over what may arrive in place of a workbook: ``make bench``.

Each in a process of its own in the small office of three: CPU seconds and peak memory as Linux tells them, the
whole process with its start. Ends 1 where one passes 2 s or 300 MiB.
"""

import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from kit.arrivals import ARRIVALS, MEASURED_LIMITS, Odd, measured, replace_submission  # noqa: E402
from kit.hostile import good  # noqa: E402
from kit.office import open_office  # noqa: E402
from pipeline.forms.catalogue import load_indicators  # noqa: E402
from pipeline.forms.editions import load_forms  # noqa: E402

TEMPLATES = TESTS.parent / "templates"


def main() -> int:
    """Measure the ordinary workbook and those marked as worst."""
    seconds_allowed, mebibytes_allowed = MEASURED_LIMITS
    form = next(form for form in load_forms(TEMPLATES / "forms") if form.edition == "2019")
    over = 0
    with tempfile.TemporaryDirectory() as name:
        office = open_office(Path(name), form, load_indicators(TEMPLATES / "indicators.toml"))
        print("| what arrived | file KB | finding | CPU s | peak MiB |\n| --- | ---: | --- | ---: | ---: |")
        for odd in (Odd("一份普通的工作簿", good, ""), *(odd for odd in ARRIVALS if odd.worst)):
            size = replace_submission(office, odd)
            _, mebibytes, seconds = measured(office)
            over += seconds > seconds_allowed or mebibytes > mebibytes_allowed
            print(f"| {odd.what} | {size // 1024} | {odd.code} | {seconds:.2f} | {mebibytes} |", flush=True)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
