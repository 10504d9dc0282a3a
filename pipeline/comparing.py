"""What is not the same in two runs, by their records: figures, agencies, findings, acceptances."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct, field
from msgspec.structs import asdict

from pipeline.acceptances import KEYS
from pipeline.changes import SNAPSHOT, read_snapshot
from pipeline.errors import ExitCode, OperatorError
from pipeline.forms.catalogue import load_indicators
from pipeline.forms.editions import load_forms
from pipeline.model.indicator import words_of
from pipeline.model.movement import Changes, Move, Snapshot, Words, changes
from pipeline.model.number import plain
from pipeline.outputs import FINDINGS, RUN
from pipeline.record import cell_in_words, files_read, read_findings, read_record
from pipeline.workspace import YEAR

Identity: TypeAlias = tuple[str, str, str]
"""What a finding is known by in two runs: its code, its agency or workbook, its address or cell."""


class Told(Struct, frozen=True):
    """A finding only one of the runs has: its identity, and its sentence where that is still to be had."""

    code: str
    body: str
    place: str
    message: str


class Difference(Struct, frozen=True):
    """What is not the same in two runs. Each head has ``path year edition organ status``.

    ``files`` are inputs of one year that came, went or are others now, each with a word. Without
    ``by_agency`` a record is too old to hold the agencies' figures, without ``by_finding`` its findings.
    """

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    changes: Changes
    files: tuple[tuple[str, str], ...]
    appeared: tuple[Told, ...]
    vanished: tuple[Told, ...]
    accepted: tuple[Mapping[str, Any], ...]
    withdrawn: tuple[Mapping[str, Any], ...]
    by_agency: bool
    by_finding: bool
    names: Mapping[str, str] = field(default_factory=dict)
    """In words, the addresses that only one of the runs has."""

    def entry(self) -> dict[str, Any]:
        """The answer for a program."""
        moved = self.changes
        return {
            "before": self.before,
            "after": self.after,
            "moves": [move_entry(move) for move in moved.moves],
            "joined": moved.joined,
            "left": moved.left,
            "resent": [
                {"agency": now.agency, "before": was.workbook, "after": now.workbook}
                for was, now in moved.resent
            ],
            "renamed": [
                {"code": now.code, "before": was.agency, "after": now.agency} for was, now in moved.renamed
            ],
            "addresses": {"gone": moved.gone, "fresh": moved.fresh},
            "files": [{"path": path, "change": word} for path, word in self.files],
            "appeared": [asdict(one) for one in self.appeared],
            "vanished": [asdict(one) for one in self.vanished],
            "accepted": self.accepted,
            "withdrawn": self.withdrawn,
            "by_agency": self.by_agency,
            "by_finding": self.by_finding,
        }


def move_entry(move: Move) -> dict[str, str | None]:
    """A move for a program; a figure that was not, or is not, there is null."""
    was, now = (None if value is None else plain(value) for value in (move.before, move.after))
    return {
        "address": move.address, "words": move.words, "agency": move.agency, "before": was, "after": now
    }  # fmt: skip


def record_of(word: str, root: Path) -> Path:
    """The run.json that a person means: its path, the folder it lies in, or a year of the workspace.

    OperatorError (input) where there is none.
    """
    path = Path(word)
    if YEAR.fullmatch(word) and not path.exists():
        path = root / "outputs" / word
    if path.is_dir():
        path = path / RUN
    if not path.is_file():
        raise OperatorError(
            ExitCode.INPUT, f"没有找到 {path}。请写 run.json 的路径、它所在的文件夹，或者生成过报告的年度。"
        )
    return path


def compare_runs(old: Path, new: Path, templates: Path) -> Difference:
    """Two runs' records held against each other; OperatorError (input) where one is no run.json."""
    before, after = _record(old), _record(new)
    words = _words([str(one.get("edition")) for one in (after, before)], templates)
    whole = [read_snapshot(one.get(SNAPSHOT)) for one in (before, after)]
    if whole[0] and whole[1]:
        moved = changes(whole[0], whole[1], words)
    else:
        moved = changes(*_sums_alone(before, after), words)
    first, second = _findings(before), _findings(after)
    known = first is not None and second is not None
    sentences = {**_sentences(old), **_sentences(new)}
    return Difference(
        before=_head(before, old),
        after=_head(after, new),
        changes=moved,
        files=_files(before, after),
        appeared=_only(second, first, sentences) if known else (),
        vanished=_only(first, second, sentences) if known else (),
        accepted=_acceptances_only(after, before),
        withdrawn=_acceptances_only(before, after),
        by_agency=None not in whole,
        by_finding=known,
        names={address: words(address) for address in (*moved.gone, *moved.fresh)},
    )


def _record(path: Path) -> Mapping[str, Any]:
    record = read_record(path)
    if record.get("schema") != 1 or not isinstance(record.get("figures"), dict):
        raise OperatorError(
            ExitCode.INPUT, f"{path} 不是一次运行的记录（run.json），或者已经损坏。请换一份再比。"
        )
    return record


def _head(record: Mapping[str, Any], path: Path) -> dict[str, Any]:
    return {"path": str(path), **{key: record.get(key) for key in ("year", "edition", "organ", "status")}}


def _words(editions: Sequence[str], templates: Path) -> Words:
    """Addresses in words, by the later run's form and then the earlier one's."""
    forms = {form.edition: form for form in load_forms(templates / "forms")}
    indicators = load_indicators(templates / "indicators.toml")
    speakers = [words_of(forms[edition], indicators) for edition in editions if edition in forms]

    def words(address: str) -> str:
        return next((said for speak in speakers if (said := speak(address)) != address), address)

    return words


def _sums_alone(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Snapshot, Snapshot]:
    """The consolidated figures of records of which one does not hold the agencies'.

    Under one edition a figure that one of them lacks is one that could not be added up.
    """
    sums = [_decimals({**one["figures"], **_mapping(one.get("indicators"))}) for one in (before, after)]
    both = tuple(dict.fromkeys(address for figures in sums for address in figures))
    same = before.get("edition") == after.get("edition")
    first, second = (Snapshot(both if same else tuple(figures), figures, ()) for figures in sums)
    return first, second


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _decimals(figures: Mapping[str, Any]) -> dict[str, Decimal]:
    with suppress(InvalidOperation):
        numbers = {address: Decimal(str(value)) for address, value in figures.items()}
        if all(number.is_finite() for number in numbers.values()):
            return numbers
    raise OperatorError(ExitCode.INPUT, "记录里的汇总数有的不是数，比不了。请换一份再比。")


def _files(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Inputs that came, went or are others now; of different years nothing, for all of them are."""
    if before.get("year") != after.get("year"):
        return ()
    was, now = files_read(before), files_read(after)
    return (
        *((path, "新到") for path in now if path not in was),
        *((path, "换了内容") for path in now if path in was and now[path] != was[path]),
        *((path, "没有了") for path in was if path not in now),
    )


def _findings(record: Mapping[str, Any]) -> Counter[Identity] | None:
    """How often a record has each finding; None where it does not say, as older ones, or is damaged."""
    found: Any = record.get("found")
    try:
        return Counter(
            (str(code), str(body), str(place))
            for code, bodies in found.items()
            for body, places in bodies.items()
            for place in places
        )
    except (AttributeError, TypeError):
        return None


def _only(
    these: Counter[Identity] | None, those: Counter[Identity] | None, sentences: Mapping[Identity, str]
) -> tuple[Told, ...]:
    more = (these or Counter()) - (those or Counter())
    return tuple(Told(*one, sentences.get(one, "")) for one in sorted(more.elements()))


def _sentences(path: Path) -> dict[Identity, str]:
    """The findings' sentences, from the findings.json beside a record, if it is there."""
    try:
        listed = read_findings(path.with_name(FINDINGS))
        return {
            (
                one["code"],
                one["agency"] or one["workbook"],
                one["address"] or cell_in_words(one["sheet"], one["cell"]),
            ): one["message"]
            for one in listed
        }
    except (KeyError, TypeError):
        return {}


def _acceptances_only(record: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """The acceptances that only the first of two records has, whatever they did on its day."""

    def identity(one: Mapping[str, Any]) -> tuple[object, ...]:
        return tuple(str(one.get(key, "")) for key in KEYS)

    known = {identity(one) for one in _entries(other, "acceptances")}
    return tuple(one for one in _entries(record, "acceptances") if identity(one) not in known)


def _entries(record: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """The entries a record lists under a key; what somebody made something else of is not there."""
    listed = record.get(key)
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
