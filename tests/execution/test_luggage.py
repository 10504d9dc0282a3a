"""What may travel to another computer, and what becomes of it there."""

from pathlib import Path

import pytest

from pipeline.errors import ExitCode, OperatorError
from pipeline.execution import luggage
from pipeline.execution.luggage import packed, unpacked
from pipeline.installed import templates_folder


def test_what_travels_arrives_as_it_was():
    assert unpacked(packed({"a": [1, "二"]})) == {"a": [1, "二"]}


def test_the_templates_are_the_other_computer_s_own(monkeypatch):
    travelling = packed([templates_folder()])
    assert str(templates_folder()).encode() not in travelling
    monkeypatch.setattr(luggage, "templates_folder", lambda: Path("/elsewhere/templates"))
    assert unpacked(travelling) == [Path("/elsewhere/templates")]


def test_a_file_of_this_computer_s_does_not_travel():
    with pytest.raises(OperatorError, match="simsun.ttc.*bundled") as refused:
        packed({"song": Path("/usr/share/fonts/simsun.ttc")})
    assert refused.value.code is ExitCode.INPUT
