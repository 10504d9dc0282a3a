"""A year's texts are examined: each at its cell, and sentences wait until the tables they speak of are right."""

from kit.office import AGENCIES, TEXTS, TODAY
from pipeline.gather import load_inputs
from pipeline.run import add_up, examine
from pipeline.textcheck import agency_text, standard
from pipeline.workspace import Workspace

BUREAU = AGENCIES[1]
OWN = {**TEXTS, 5: "收到政府信息公开申请99999件。欢迎光临188比分直播。"}


def test_what_is_amiss_with_an_agency_s_text_is_said_at_its_cell(office, templates):
    office.submit(BUREAU, texts=OWN)
    inputs = load_inputs(Workspace.at(office.root, None), templates)
    submission = add_up(inputs)[0].counted[BUREAU.code]
    told = list(agency_text(BUREAU.name, submission, {}, standard(inputs)))
    assert {(one.agency, one.code) for one in told} == {
        ("市教育局", "sentence-contradicts"),
        ("市教育局", "text-injected"),
    }
    assert all(one.sheet == "文字材料" and one.cell for one in told)


def test_an_agency_s_wrong_sentence_waits_where_its_tables_are_in_doubt(office, templates):
    office.submit(BUREAU, {"requests.received.business": 777}, texts=OWN)
    told = examine(load_inputs(Workspace.at(office.root, None), templates), TODAY).findings
    own = {one.code for one in told if one.sheet == "文字材料"}
    assert own == {"text-injected"}
