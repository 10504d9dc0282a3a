"""What is made before all is published waits on the disk, and leaves nothing behind."""

import hashlib

import pytest

from pipeline.errors import ExitCode, OperatorError
from pipeline.model.rendition import Rendition
from pipeline.staging import AT_HAND, held, staging


def test_bytes_wait_beside_the_outputs_until_they_are_asked_for(tmp_path):
    folder = tmp_path / "2020"
    with staging(folder) as keep:
        assert list(tmp_path.iterdir()) == [], "nothing is made where nothing waits"
        one, other = (keep(Rendition("ledger-part", f"{name}.xlsx", name.encode())) for name in "甲乙")
        assert (one.kind, one.name, one.content, other.content) == (
            "ledger-part",
            "甲.xlsx",
            "甲".encode(),
            "乙".encode(),
        )
        assert [path.name for path in tmp_path.iterdir()] == [".2020.parts"]
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_cleared(tmp_path):
    left = tmp_path / ".2020.parts"
    left.mkdir()
    (left / "1").write_bytes(b"old")
    with staging(tmp_path / "2020") as keep:
        assert not left.exists()
        assert keep(Rendition("review-part", "1.html", b"new")).content == b"new"
    assert not left.exists()


def test_a_disk_that_refuses_is_an_operator_s_matter(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OperatorError) as caught, staging(tmp_path / "file" / "2020") as keep:
        keep(Rendition("review-part", "1.html", b"new"))
    assert caught.value.code is ExitCode.OUTPUT


def test_few_files_are_held():
    rendition = Rendition("ledger", "汇总底稿.xlsx", b"")
    assert held(rendition) is rendition
    assert AT_HAND.keep is held


def test_what_waits_is_told_by_what_was_written_and_comes_in_pieces(tmp_path):
    content = b"x" * 600_000
    with staging(tmp_path / "2020") as keep:
        waiting = keep(Rendition("ledger", "a.xlsx", content))
        assert (waiting.size, waiting.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        pieces = list(waiting.pieces)
        assert len(pieces) > 1
        assert b"".join(pieces) == waiting.content == content
