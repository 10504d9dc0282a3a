"""A figure that moved says from what to what."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.movement import Changes, Move, Snapshot, Submitted, changes


def test_a_move_knows_its_change_where_both_numbers_are_known():
    five, three = Decimal(5), Decimal(3)
    assert Move("requests.received.total", "新收·总计", "市教育局", five, three).change == -2
    assert Move("requests.received.total", "新收·总计", "市教育局", None, three).change is None
    assert Move("requests.received.total", "新收·总计", "市教育局", five, None).change is None


RECEIVED, ANSWERED = "requests.received.total", "requests.answered.total"


def words(address):
    return {RECEIVED: "新收", ANSWERED: "答复"}.get(address, address)


def body(code, agency, sha256="1", **figures):
    values = {address: Decimal(figures[name]) for name, address in NAMES.items() if name in figures}
    return Submitted(code, agency, f"{agency}.xlsx", sha256, values)


NAMES = {"received": RECEIVED, "answered": ANSWERED}


def snapshot(*bodies, addresses=(RECEIVED, ANSWERED)):
    sums = {
        address: sum(one.values[address] for one in bodies)
        for address in addresses
        if all(address in one.values for one in bodies)
    }
    return Snapshot(addresses, sums, bodies)


def told(moves):
    return [(move.agency, move.words, move.before, move.after) for move in moves]


def test_what_moved_is_said_of_the_sum_first_and_then_of_the_agency():
    before = snapshot(
        body("01", "办公室", received=3, answered=3), body("02", "教育局", received=5, answered=4)
    )
    after = snapshot(
        body("01", "办公室", received=3, answered=3), body("02", "教育局", "2", received=7, answered=4)
    )
    found = changes(before, after, words)
    assert told(found.moves) == [("", "新收", 8, 10), ("教育局", "新收", 5, 7)]
    assert [(was.sha256, now.sha256, now.agency) for was, now in found.resent] == [("1", "2", "教育局")]
    assert changes(after, after, words) == Changes()


def test_an_agency_that_comes_or_goes_is_named_and_not_moved_figure_by_figure():
    before = snapshot(body("01", "办公室", received=3), addresses=(RECEIVED,))
    after = snapshot(body("02", "教育局", received=3), addresses=(RECEIVED,))
    found = changes(before, after, words)
    assert (found.moves, found.joined, found.left) == ((), ("教育局",), ("办公室",))


def test_a_body_is_known_by_its_name_and_only_then_by_its_code():
    """The office's code went to the bureau: its figures are not the bureau's of before."""
    before = snapshot(body("01", "办公室", received=3), body("02", "教育局", received=50))
    after = snapshot(body("01", "教育局", received=50), body("03", "财政局", received=9))
    found = changes(before, after, words)
    assert told(found.moves) == [("", "新收", 53, 59)]
    assert (found.joined, found.left) == (("财政局",), ("办公室",))
    renamed = snapshot(body("01", "政府办", received=4), body("02", "教育局", received=50))
    found = changes(before, renamed, words)
    assert told(found.moves)[1:] == [("政府办", "新收", 3, 4)]
    assert [(was.agency, now.agency) for was, now in found.renamed] == [("办公室", "政府办")]


def test_a_new_body_under_an_old_number_is_new():
    """The office is numbered anew, and its old number given to a body that was not there."""
    before = snapshot(body("01", "办公室", received=3))
    after = snapshot(body("09", "办公室", received=3), body("01", "财政局", received=9))
    found = changes(before, after, words)
    assert told(found.moves) == [("", "新收", 3, 12)]
    assert (found.joined, found.left) == (("财政局",), ())


def test_figures_of_another_form_are_named_apart_and_not_held_against_others():
    before = snapshot(body("01", "办公室", received=3, answered=1))
    other = "requests.other.total"
    after = Snapshot(
        (other, RECEIVED), {other: Decimal(1), RECEIVED: Decimal(3)}, (body("01", "办公室", received=3),)
    )
    found = changes(before, after, words)
    assert (found.moves, found.gone, found.fresh) == ((), (ANSWERED,), (other,))


def test_no_figure_is_not_nought():
    before = snapshot(body("01", "办公室", received=0), addresses=(RECEIVED,))
    after = snapshot(body("01", "办公室"), addresses=(RECEIVED,))
    assert told(changes(before, after, words).moves) == [("", "新收", 0, None), ("办公室", "新收", 0, None)]


NUMBERS = st.dictionaries(st.sampled_from(sorted(NAMES)), st.integers(0, 9))


@given(st.lists(NUMBERS, max_size=4), st.lists(NUMBERS, max_size=4))
def test_what_moved_there_moves_back_the_other_way(earlier, later):
    before, after = (
        snapshot(*(body(str(number), f"{number}局", **figures) for number, figures in enumerate(bodies)))
        for bodies in (earlier, later)
    )
    there, back = changes(before, after, words), changes(after, before, words)
    assert {(m.agency, m.address, m.before, m.after) for m in there.moves} == {
        (m.agency, m.address, m.after, m.before) for m in back.moves
    }
    assert (there.joined, there.left) == (back.left, back.joined)
    assert before.has_figures_of(after) == (there == Changes())
