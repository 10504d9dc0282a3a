"""Section six says nothing of fees, or that there were none, while a table tells of one left unpaid (S7)."""

import unicodedata
from collections.abc import Iterator

from pipeline.check.body import Body
from pipeline.check.plausibility import Watch
from pipeline.check.trial import Trial
from pipeline.model.number import plain
from pipeline.model.plausibility import FeeWords
from pipeline.model.tally import State


def check_fees(body: Body, watch: Watch) -> Iterator[Trial]:
    """What a body's section six says beside its figures; nothing in an edition that has no such figure.

    A body that writes no section six at all is not asked here.
    """
    code, words = "fee-unstated", watch.limits.fee_unstated
    for address in words.cells:
        if address not in watch.book.kinds or not watch.heard(code):
            continue
        unpaid, said = body.sure(address), _fault(body.closing, words)
        if unpaid is None or not body.closing:
            yield Trial(code, State.WITHOUT_FIGURE)
        elif unpaid and said:
            yield watch.broken(code, body, address, plain(unpaid), said)
        else:
            yield Trial(code, State.HELD)


def _fault(text: str, words: FeeWords) -> str:
    """What is wrong with the text beside an unpaid fee, in words; "" where it fits."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    if words.explained.search(folded):
        return ""
    if not words.mentions.search(folded):
        return "没有写收取信息处理费的情况"
    none = words.none.search(folded)
    return f"写的是“{none[0]}”" if none else ""
