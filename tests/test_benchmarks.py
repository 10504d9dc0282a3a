"""The bench itself: its ratios and its table, and that the peers do the same work as we do."""

import io
import json
import sys
from collections import Counter
from pathlib import Path

import docx
import pypdfium2
import pytest
from msgspec.structs import replace

from benchmarks import __main__ as bench
from benchmarks import table
from benchmarks.clock import Cost, after, each_of, in_turn, process, warm
from benchmarks.parts import NATION, ROWS
from benchmarks.peers import naive, plain, platypus, typeset, word
from benchmarks.row import Pairs, Rows, at_most, digits, faster, pairs, within
from benchmarks.running import planned
from benchmarks.stage import TODAY, YEAR, Stage, cleared
from kit.invented import AMOUNT, agency, figures
from pipeline.render.word import render_word
from pipeline.run import examine


def row(must, stretch=None, peer="the usual way"):
    rows = Rows()

    @rows.add("a report", peer, must, stretch)
    def a_report(stage):
        return Pairs([])

    return rows[0]


def test_runs_take_turns_and_the_first_round_does_not_count():
    said = []

    def ran(name):
        return after(lambda: said.append(name), lambda: Cost(len(said), 0))

    rounds = in_turn([ran("A"), ran("B")], rounds=2)
    assert said == ["A", "B"] * 3
    assert [[cost.wall for cost in one] for one in rounds] == [[3, 4], [5, 6]]


def test_what_a_run_wrote_is_out_of_the_way_of_the_next_and_takes_no_room(tmp_path):
    report = tmp_path / "city" / "outputs" / "2020" / "report.pdf"
    report.parent.mkdir(parents=True)
    report.write_bytes(b"%PDF")
    cleared(tmp_path / "city")
    cleared(tmp_path / "city")
    assert not list((tmp_path / "city").iterdir())
    assert [path.stat().st_size for path in tmp_path.rglob("*.pdf")] == [0]


def test_the_ratio_is_taken_pair_by_pair_so_that_a_slow_minute_is_shared():
    rounds = [(Cost(0, 1), Cost(0, 10)), (Cost(0, 30), Cost(0, 300)), (Cost(0, 2), Cost(0, 10))]
    assert pairs(rounds).value == pytest.approx(0.1)


def test_each_run_s_figure_is_for_one_of_its_items():
    found = pairs([(Cost(8, 0), Cost(2, 0))], by="wall", each=(1000, 50))
    assert (found.ours, found.peer, found.value) == ([8], [40], 0.2)


def test_a_row_says_how_much_faster_we_are_and_whether_that_is_enough():
    found = Pairs([2, 2], [50, 60])
    assert row(faster(20), faster(80)).cells(found) == [
        "a report",
        "2 ms CPU",
        "the usual way: 55",
        "27.3 × faster",
        "≥ 20 × faster",
        "≥ 80 × faster",
        "met",
    ]
    assert row(faster(30)).verdict(found) == "**missed**"
    assert row(faster(30)).missed(found)
    assert row(faster(20), faster(25)).verdict(found) == "stretch"
    assert not row(None, faster(99)).missed(found)


def test_a_row_without_a_peer_is_held_against_its_own_unit():
    assert row(at_most(15, "KB"), peer="").cells(Pairs([12.5], unit="KB"))[1:] == [
        "12.5 KB",
        "",
        "",
        "≤ 15 KB",
        "",
        "met",
    ]
    assert row(within(1.5)).verdict(Pairs([2], [1])) == "**missed**"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.4567, "0.457"), (12.34, "12.3"), (999.6, "1,000"), (28_812.4, "28,812"), (-3, "-3")],
)
def test_figures_are_shown_to_three_digits_or_whole(value, shown):
    assert digits(value) == shown


def test_a_comparison_that_breaks_is_told_as_missed_and_stops_no_other(capsys):
    def broken(stage):
        raise RuntimeError("no such program")

    rows = Rows()
    rows.add("a report", "", within(1))(broken)
    cells, is_missed = bench._measured(rows[0], Stage(Path(), 1))
    assert (cells[1], is_missed) == ("failed", True)
    assert "no such program" in capsys.readouterr().err


def test_the_table_takes_the_place_between_its_marks_and_no_other():
    text = "before\n<!-- bench -->\nold\n<!-- end of bench -->\nafter\n"
    new = table.written(text, "bench", table.lines([["a", "b", "c", "d", "e", "f", "g"]]))
    assert new.splitlines() == [
        "before",
        "<!-- bench -->",
        "| what | ours | peer | ratio | must | stretch | met |",
        "| --- | ---: | ---: | ---: | --- | --- | --- |",
        "| a | b | c | d | e | f | g |",
        "<!-- end of bench -->",
        "after",
    ]
    with pytest.raises(ValueError, match="bench"):
        table.written("no marks", "bench", [])


def test_the_readme_has_a_place_for_each_part():
    text = bench.README.read_text(encoding="utf-8")
    for part in ("bench", "nation"):
        assert table.written(text, part, []) != text


@pytest.fixture
def bench_of_two(tmp_path, monkeypatch):
    """A bench of a quick report and a slow one, with a README of its own."""
    rows = Rows()
    rows.add("a quick report", "the usual way", faster(2))(lambda stage: Pairs([1], [10]))
    rows.add("a slow report", "the usual way", faster(2))(lambda stage: Pairs([9], [10]))
    named = [replace(row, name=name) for row, name in zip(rows, ("quick", "slow"), strict=True)]
    monkeypatch.setattr(bench, "ROWS", named)
    monkeypatch.setattr(bench, "NATION", [])
    monkeypatch.setattr(bench, "README", tmp_path / "README.md")
    bench.README.write_text("<!-- bench -->\n<!-- end of bench -->\n", encoding="utf-8")

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["benchmarks", *words])
        return bench.main()

    return run


def test_the_bench_writes_all_rows_with_their_circumstances_and_ends_1_where_a_must_is_missed(
    bench_of_two, capsys
):
    assert bench_of_two("--pairs", "7") == 1
    assert capsys.readouterr().err == "missed: slow\n"
    written = bench.README.read_text(encoding="utf-8")
    assert "7 pairs" in written
    assert "openpyxl 3" in written
    assert [line.split(" | ")[0] for line in written.splitlines()[-3:-1]] == [
        "| a quick report",
        "| a slow report",
    ]


def test_some_rows_alone_are_printed_and_leave_the_table_as_it_is(bench_of_two, capsys):
    before = bench.README.read_text(encoding="utf-8")
    assert bench_of_two("--only", "quick") == 0
    assert "| a quick report | 1 ms CPU | the usual way: 10 | 10.0 × faster |" in capsys.readouterr().out
    assert bench.README.read_text(encoding="utf-8") == before


def test_every_row_has_a_name_of_its_own():
    names = [one.name for one in (*ROWS, *NATION)]
    assert len(set(names)) == len(names)


def test_a_whole_process_is_timed_with_its_children_and_must_end_well():
    spin = (
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(3_000_000))'], check=True)"
    )
    cost = process([sys.executable, "-c", spin])()
    assert cost.cpu > warm(lambda: sum(range(1_000_000)))().cpu
    large = bytearray(300 << 20)
    large[:: 1 << 12] = b"x" * len(large[:: 1 << 12])
    assert 5 < process([sys.executable, "-c", spin])().mebibytes < 100, "not what the bench itself holds"
    both = each_of(lambda: Cost(1, 2, 3), lambda: Cost(10, 20, 1))()
    assert both == Cost(11, 22, 3)
    with pytest.raises(RuntimeError, match="ended 3: so it is"):
        process([sys.executable, "-c", "import sys; print('so it is', file=sys.stderr); sys.exit(3)"])()


def word_text(content):
    text = docx.Document(io.BytesIO(content))
    cells = [[cell.text for cell in row.cells] for table in text.tables for row in table.rows]
    return [paragraph.text for paragraph in text.paragraphs], cells


def characters(document):
    written = [*document.lines, *(cell.text for grid in document.grids for cell in grid.cells)]
    return Counter("".join("".join(written).split()))


def printed_characters(content):
    pages = pypdfium2.PdfDocument(content)
    return Counter("".join("".join(page.get_textpage().get_text_range() for page in pages).split()))


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path, 1)


def test_docxtpl_writes_the_same_words_and_tables(stage):
    first, second = stage.documents(2)
    made = word.rendered(word.template(first), word.context(second))
    assert word_text(made) == word_text(render_word(second))


@pytest.mark.parametrize("peer", [platypus, typeset])
def test_the_other_printers_print_every_character(stage, peer):
    platypus.register()
    (document,) = stage.documents(1)
    assert not characters(document) - printed_characters(peer.rendered(document))


@pytest.mark.office
def test_the_naive_script_finds_our_sums_and_writes_our_reports(stage):
    out, city = stage.folder / "naive", stage.city(3)
    naive.main(city / "inputs" / str(YEAR), planned(stage), out)
    told = json.loads((out / "sums.json").read_text(encoding="utf-8"))
    ours = examine(stage.inputs(3), TODAY).consolidation.values()
    assert told["figures"] == {key: int(value) for key, value in ours.items() if key in told["figures"]}
    assert told["figures"][AMOUNT] == sum(figures(number, 6)[AMOUNT] for number in range(3))
    assert (told["agencies"], told["problems"]) == (3, [])
    for document in stage.documents(3):
        assert word_text((out / f"{document.title}.docx").read_bytes()) == word_text(render_word(document))
    assert len(list(out.glob("*.pdf"))) == 4


def test_the_plain_script_prints_the_same_reports_without_libreoffice(stage):
    out, city, documents = stage.folder / "plain", stage.city(3), stage.documents(3)
    plain.ready(planned(stage), documents)
    plain.main(city / "inputs" / str(YEAR), planned(stage), out)
    for document in documents:
        assert word_text((out / f"{document.title}.docx").read_bytes()) == word_text(render_word(document))
        assert not characters(document) - printed_characters((out / f"{document.title}.pdf").read_bytes())
    assert json.loads((out / "sums.json").read_text(encoding="utf-8"))["problems"] == []


def test_the_naive_script_sees_a_total_that_does_not_add_up(stage):
    planned(stage)
    plan = json.loads((planned(stage) / "plan.json").read_text(encoding="utf-8"))
    own = {address: int(value) for address, value in figures(0, 6).items()}
    wrong = naive.pd.DataFrame([own | {"requests.received.total": 999}], index=[agency(0).name])
    assert {name for name, _ in naive.wrong(wrong, plan)} == {agency(0).name}
    assert not naive.wrong(naive.pd.DataFrame([own]), plan)
