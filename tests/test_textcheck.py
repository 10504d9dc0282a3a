"""A year's texts are examined: each at its cell, and sentences wait until the tables they speak of are right."""

from kit.office import AGENCIES, TEXTS
from pipeline.gather import load_inputs
from pipeline.run import add_up
from pipeline.textcheck import agency_texts
from pipeline.workspace import Workspace

WRONG = "收到政府信息公开申请99999件。"


def test_an_agency_s_wrong_sentence_waits_where_its_tables_are_in_doubt(office, templates):
    office.submit(AGENCIES[1], texts={**TEXTS, 5: f"{WRONG}欢迎光临188比分直播。"})
    inputs = load_inputs(Workspace.at(office.root, None), templates)
    reception, sums = add_up(inputs)
    told = list(agency_texts(inputs, reception, sums, ()))
    assert {(one.agency, one.code) for one in told} == {
        ("市教育局", "sentence-contradicts"),
        ("市教育局", "text-injected"),
    }
    assert all(one.sheet == "文字材料" and one.cell for one in told)
    waiting = list(agency_texts(inputs, reception, sums, {"市教育局"}))
    assert [one.code for one in waiting] == ["text-injected"]
