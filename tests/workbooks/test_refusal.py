"""A refusal carries what its finding says; every code it is raised with is in the catalogue."""

import re
from pathlib import Path

from pipeline import workbooks
from pipeline.workbooks.refusal import RefusalError


def test_a_refusal_keeps_its_code_and_words():
    refusal = RefusalError("workbook-too-large", "有 40 MB", "32 MB")
    assert (refusal.code, refusal.found, refusal.expected) == ("workbook-too-large", "有 40 MB", "32 MB")


def test_every_code_is_in_the_catalogue(catalogue):
    folder = Path(workbooks.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    codes = set(re.findall(r'"((?:workbook|not-a|cell|table|label|column|wrong|macros)-[a-z-]+)"', text))
    assert len(codes) >= 18
    assert codes <= catalogue.kinds.keys()
