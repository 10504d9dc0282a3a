"""Make the seed corpus anew: ``python tests/fuzz/seeds.py`` (LibreOffice; the files are committed).

One and the same submission of the small office's 市教育局 as openpyxl writes it and as LibreOffice saves it, and
the two other workbooks the program reads: the roster and last year's ledger.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from kit.last_year import last_year  # noqa: E402
from kit.office import AGENCIES, open_office  # noqa: E402
from kit.soffice import saved_anew  # noqa: E402
from pipeline.forms.catalogue import load_indicators  # noqa: E402
from pipeline.forms.editions import load_forms  # noqa: E402

SEEDS = Path(__file__).with_name("seeds")
TEMPLATES = TESTS.parent / "templates"


def main() -> None:
    """Write the seeds."""
    forms = {form.edition: form for form in load_forms(TEMPLATES / "forms")}
    with TemporaryDirectory() as name:
        office = open_office(
            Path(name) / "office", forms["2019"], load_indicators(TEMPLATES / "indicators.toml")
        )
        content = office.laid(AGENCIES[1]).content()
        (SEEDS / "openpyxl.xlsx").write_bytes(content)
        for ending in ("xlsx", "xls", "ods"):
            saved = saved_anew(Path(name) / ending, {"w": content}, ending)
            (SEEDS / f"libreoffice.{ending}").write_bytes(saved["w"])
        (SEEDS / "roster.xlsx").write_bytes((office.inputs / "roster.xlsx").read_bytes())
        (SEEDS / "previous.xlsx").write_bytes(last_year(office))


if __name__ == "__main__":
    main()
