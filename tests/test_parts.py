"""Parts are made by whoever has a hand free, in order, and stand where nothing they follow from is another."""

from functools import partial

import pytest
from msgspec import Struct

from pipeline.errors import ExitCode, OperatorError
from pipeline.parts import Trade, kept_in, made_parts
from pipeline.staging import Manner, Standing, staging
from pipeline.workspace import Workspace

NAMES = ["册/1", "册/2", "册/3", "册/4"]


class Words(Struct, frozen=True):
    text: str


def words_of(texts, numbers):
    """What the parts of these numbers are made from."""
    return (Words(texts[at]) for at in numbers)


def made(shared, words):
    return f"{shared}{words.text}".encode(), (words.text, len(words.text))


def refused(_shared, _words):
    raise OperatorError(ExitCode.OUTPUT, "磁盘满了")


def parts(tmp_path, texts, hands=0, shared="甲", make=made, workspace=True):
    """The parts made of these texts; published, as a run would."""
    year = Workspace(tmp_path, 2020)
    trade = Trade("part", shared, make, tuple[str, int])
    year.outputs.mkdir(parents=True, exist_ok=True)
    with staging(year.outputs) as keep:
        manner = Manner(keep, hands=hands, workspace=year if workspace else None)
        sources = partial(words_of, texts)
        found = list(made_parts(trade, NAMES[: len(texts)], sources, manner))
        for file, _ in found:
            path = year.outputs / file.name
            content = file.content
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return found


def stood(found):
    return [isinstance(file, Standing) for file, _ in found]


@pytest.mark.parametrize("hands", [0, 2])
def test_each_is_made_and_told_in_order(tmp_path, hands):
    found = parts(tmp_path, "abcd", hands)
    assert [(file.name, file.kind, told) for file, told in found] == [
        (name, "part", (text, 1)) for name, text in zip(NAMES, "abcd", strict=True)
    ]
    assert [(tmp_path / "outputs/2020" / name).read_text() for name in NAMES] == ["甲a", "甲b", "甲c", "甲d"]


def test_those_of_which_nothing_changed_stand_and_say_the_same(tmp_path):
    first = parts(tmp_path, "abcd")
    again = parts(tmp_path, "abXd")
    assert stood(again) == [True, True, False, True]
    assert [told for _, told in again] == [("a", 1), ("b", 1), ("X", 1), ("d", 1)]
    same = [(file.sha256, file.size) for file, _ in first]
    assert [(file.sha256, file.size) for file, _ in parts(tmp_path, "abcd")] == same


def test_none_stands_where_what_they_share_is_another(tmp_path):
    parts(tmp_path, "abcd")
    assert stood(parts(tmp_path, "abcd", shared="乙")) == [False] * 4


def test_none_stands_where_the_program_is_another(tmp_path, monkeypatch):
    parts(tmp_path, "abcd")
    monkeypatch.setattr("pipeline.parts.program_digest", lambda: "another")
    assert stood(parts(tmp_path, "abcd")) == [False] * 4


def test_none_stands_without_a_workspace(tmp_path):
    parts(tmp_path, "abcd")
    assert stood(parts(tmp_path, "abcd", workspace=False)) == [False] * 4


@pytest.mark.parametrize(
    "change", [lambda _: b"other", lambda content: content[:-1], lambda content: content + b" "]
)
def test_a_file_that_is_not_as_it_was_written_is_made_anew(tmp_path, change):
    parts(tmp_path, "abcd")
    path = tmp_path / "outputs/2020" / NAMES[1]
    path.write_bytes(change(path.read_bytes()))
    assert stood(parts(tmp_path, "abcd")) == [True, False, True, True]
    assert path.read_text() == "甲b"


def test_two_files_that_changed_places_are_made_anew(tmp_path):
    parts(tmp_path, "abcd")
    one, other = (tmp_path / "outputs/2020" / name for name in NAMES[:2])
    contents = one.read_bytes(), other.read_bytes()
    other.write_bytes(contents[0])
    one.write_bytes(contents[1])
    assert stood(parts(tmp_path, "abcd")) == [False, False, True, True]


def test_what_was_kept_and_cannot_be_understood_does_not_stand(tmp_path):
    parts(tmp_path, "ab")
    year = Workspace(tmp_path, 2020)
    kept_in(year).write_bytes(b"rubbish" * 99)
    assert stood(parts(tmp_path, "ab")) == [False, False]
    trade = Trade("part", "甲", made, tuple[int, str])
    with staging(year.outputs) as keep:
        found = list(made_parts(trade, NAMES[:2], partial(words_of, "ab"), Manner(keep, workspace=year)))
    assert stood(found) == [False, False], "told something else"


def test_what_stops_one_stops_all(tmp_path):
    with pytest.raises(OperatorError) as raised:
        parts(tmp_path, "ab", make=refused)
    assert raised.value.message == "磁盘满了"
