"""Where an agency stands, and how many findings an entry of the review stands for."""

from kit.findings import blank
from pipeline.model.alike import alike
from pipeline.model.board import State
from pipeline.model.finding import Severity
from pipeline.model.review import Item, Topic


def test_an_agency_counts_unless_nothing_usable_came_from_it():
    assert [state.name for state in State if not state.counts] == ["MISSING", "UNUSABLE"]


def test_the_worst_state_comes_first():
    assert list(State) == [State.MISSING, State.UNUSABLE, State.WRONG, State.DOUBTFUL, State.SUBMITTED]


def test_what_is_said_once_is_counted_as_often_as_it_was_found(catalogue):
    (group,) = alike([blank(catalogue, "D6"), blank(catalogue, "D7"), blank(catalogue, "D8")])
    item = Item(1, group, "依申请公开", ())
    assert item.count == 3
    assert Topic(catalogue.kinds["cell-blank"], Severity.ERROR, False, (item, item)).count == 6
