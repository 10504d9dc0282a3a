"""What ``agencies`` says on the screen."""

import datetime

from pipeline.agencies import made, planned
from pipeline.gather import load_inputs
from pipeline.release import release
from pipeline.run import examine
from pipeline.screen_release import released_lines
from pipeline.workspace import Workspace

DAY = datetime.date(2020, 3, 1)


def released(office, templates):
    plan = planned(examine(load_inputs(Workspace.at(office.root, None), templates), DAY))
    return release(plan, made(plan, templates, 1))


def test_the_office_is_told_how_many_stand_and_a_nights_summary_says_the_same_as_before(office, templates):
    first, again = (released(office, templates) for _ in range(2))
    said = "\n".join(released_lines(again, everything=False))
    assert "生成 3 家（其中 3 家没有变，沿用原来的）" in said
    assert "沿用" not in "\n".join(released_lines(first, everything=False))
    assert [*released_lines(again, everything=False, unchanged=False)] == [
        *released_lines(first, everything=False)
    ]
