"""A trial is what came of one rule at one body; only a broken one has something to say."""

from pipeline.check.trial import Trial
from pipeline.model.tally import State


def test_what_holds_has_no_finding():
    assert Trial("magnitude-jump", State.HELD).finding is None
