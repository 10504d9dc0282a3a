"""A blemish is a value that goes to a worker and back."""

import pickle

from pipeline.model.hygiene import Blemish, Once


def test_a_blemish_is_said_at_each_place_unless_it_says_otherwise_and_can_be_sent():
    blemish = Blemish("injected", "text-injected", "词", ("甲",))
    assert blemish.once is Once.EACH
    assert {blemish.opening, blemish.past, blemish.masked, blemish.agencies} == {False}
    assert pickle.loads(pickle.dumps(blemish)) == blemish
