"""Where an agency stands."""

from pipeline.model.board import State


def test_an_agency_counts_unless_nothing_usable_came_from_it():
    assert [state.name for state in State if not state.counts] == ["MISSING", "UNUSABLE"]


def test_the_worst_state_comes_first():
    assert list(State) == [State.MISSING, State.UNUSABLE, State.WRONG, State.DOUBTFUL, State.SUBMITTED]
