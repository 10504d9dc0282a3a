"""What a file is and what was read back from it are plain values."""

import pickle

from pipeline.model.rendition import ReadBack, Rendition


def test_both_can_be_sent_to_another_process():
    for value in (Rendition("ledger", "汇总底稿.xlsx", b"x"), ReadBack(("题",), (("1",),))):
        assert pickle.loads(pickle.dumps(value)) == value
