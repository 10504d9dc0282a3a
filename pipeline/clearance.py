"""What may leave the house: the final, proved and unaltered report, each agency's own slip, its own blank."""

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct, field

from pipeline.addressing import Parcel
from pipeline.arrived import ArrivedFile
from pipeline.build import BLANKS_ZIP, handed_out
from pipeline.deliver.enclosure import Enclosure
from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.gather import YearInputs, load_inputs
from pipeline.jsonfile import as_json
from pipeline.model.acceptance import State
from pipeline.model.finding import Severity
from pipeline.model.roster import Agency, Roster
from pipeline.outputs import FINDINGS, RUN, SLIPS
from pipeline.record import files_read, listed, read_record
from pipeline.renditions import blank_path, brought_forward
from pipeline.slip_order import KIND
from pipeline.workbooks.read import Reader
from pipeline.workspace import InputFile, Workspace

SENT = {"docx": "report-docx", "pdf": "report-pdf"}
"""What goes out of a report, by the format's name in ``verified``: its kind."""
PASSING = ("timing", "standing")
"""Keys of run.json that say nothing of the run's own result."""


class Parcels(Struct, frozen=True):
    """Each agency's files, by code, and in words why an agency's cannot go, by code."""

    ready: Mapping[str, Parcel] = field(default_factory=dict)
    held: Mapping[str, str] = field(default_factory=dict)


def cleared_report(workspace: Workspace, today: datetime.date, *, with_warnings: bool) -> Parcel:
    """The report's Word and PDF files. OperatorError (undelivered) where they must not leave.

    They may where the last build is final and was proved by reading back, nothing it rests on has changed
    since, every acceptance it rests on still holds, no warning waits for a person (unless ``with_warnings``),
    and the files are as they were written.
    """
    record = read_record(workspace.outputs / RUN)
    if not record:
        raise _held("还没有生成报告，请先运行 make-report build")
    if record.get("status") != "final" or not _is_proved(record):
        raise _held("最近一次 build 没有出正式报告，或回读核对不符，请先改正，再运行 make-report build")
    changed = next(_changed(record, workspace), "")
    if changed:
        raise _held(f"{changed} 在生成报告之后改过，请再运行一次 make-report build")
    over = next(_run_out(record, today), "")
    if over:
        raise _held(f"{over}，现在过期了，请再运行一次 make-report build")
    waiting = _unaccepted(record, workspace)
    if waiting and not with_warnings:
        raise _held(
            f"有 {waiting} 处待核的问题还没有人确认。请改正或写进 accepted.toml，再运行 make-report build；"
            "确实要发，加 --with-warnings"
        )
    entries = {entry["kind"]: entry for entry in listed(record, "renditions")}
    if not entries.keys() >= set(SENT.values()):
        raise _held("run.json 里没有记下 Word 和 PDF 报告，请再运行一次 make-report build")
    files = tuple(_unaltered(entries[kind], workspace) for kind in SENT.values())
    lasting = {key: value for key, value in record.items() if key not in PASSING}
    return Parcel(files, sha256(as_json(lasting)).hexdigest())


def _is_proved(record: Mapping[str, Any]) -> bool:
    """Whether reading back found every cell and some passages in each file that goes out."""
    verified = record.get("verified")
    if not isinstance(verified, dict):
        return False
    cells = verified.get("cells", 0)
    return bool(cells and verified.get("passages")) and all(verified.get(name) == cells for name in SENT)


def _changed(record: Mapping[str, Any], workspace: Workspace) -> Iterator[str]:
    """Inputs that are not what the run read: altered, gone, or come since."""
    read = files_read(record)
    single = (workspace.accepted(), workspace.narrative(), workspace.previous())
    held = [workspace.settings_file(), workspace.roster(), *(file for file in single if file)]
    now: list[InputFile | ArrivedFile] = [*held, *workspace.submissions()]
    yield from (file.path for file in now if read.get(file.path) != file.sha256)
    before = {file.path for file in now}
    for path, wanted in read.items():
        if path not in before and _digest_of(path, workspace) != wanted:
            yield path


def _digest_of(path: str, workspace: Workspace) -> str:
    try:
        return sha256((workspace.root / path).read_bytes()).hexdigest()
    except (OSError, ValueError):
        return ""


def _run_out(record: Mapping[str, Any], today: datetime.date) -> Iterator[str]:
    """The acceptances that held when the run was made, and whose time is over since, in words."""
    listing = record.get("acceptances")
    for one in listing if isinstance(listing, list) else ():
        if isinstance(one, dict) and one.get("state") == State.HOLDS:
            until = str(one.get("until", ""))
            if "" < until < today.isoformat():
                whose = f"（{one['agency']}）" if one.get("agency") else ""
                yield f"accepted.toml 里对 {one.get('code')}{whose}的确认只到 {until}"


def _unaccepted(record: Mapping[str, Any], workspace: Workspace) -> int:
    """Warnings that nobody stands by. OperatorError (undelivered) where findings.json is another run's."""
    listing = _listing(workspace.outputs / FINDINGS)
    warnings = [one for one in listing if one.get("severity") == Severity.WARNING]
    counts = record.get("findings")
    if not isinstance(counts, dict) or len(warnings) != counts.get("warning"):
        raise _held("findings.json 与 run.json 不是同一次生成的，请再运行一次 make-report build")
    return sum(one.get("accepted") is not True for one in warnings)


def _listing(path: Path) -> list[Mapping[str, Any]]:
    try:
        listing = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise _held("findings.json 读不出来，请再运行一次 make-report build") from None
    return [one for one in listing if isinstance(one, dict)] if isinstance(listing, list) else []


def cleared_slips(workspace: Workspace, roster: Roster, part: str = "") -> Parcels:
    """Each agency's slip files, by the code that stands beside each in slips.json: no other agency gets them.

    ``part`` leaves only those whose slip is called so: 退回单 or 催报单.

    OperatorError (undelivered) where there are none, they are about other inputs than there are now, or a
    file does not say whose it is.
    """
    record = read_record(workspace.outputs / SLIPS)
    entries = [
        entry
        for entry in (*listed(record, "renditions"), *listed(record, "standing"))
        if entry["kind"] == KIND
    ]
    if not record:
        raise _held("没有退回单：还没有核对过的，请先运行 make-report check；核对过的，各单位都没有要退回的")
    changed = next(_changed(record, workspace), "")
    if changed:
        raise _held(f"{changed} 在写退回单之后改过，请再运行一次 make-report check")
    stray = [entry["path"] for entry in entries if roster.by_code(str(entry.get("agency", ""))) is None]
    if stray:
        raise _held(f"slips.json 没有写明 {stray[0]} 是哪个单位的，请再运行一次 make-report check")
    meant = {str(one["agency"]) for one in entries if PurePosixPath(one["path"]).stem.endswith(part)}
    files: dict[str, list[Enclosure | str]] = {}
    for entry in entries:
        files.setdefault(str(entry["agency"]), []).append(_read(entry, workspace))
    chosen = {code: own for code, own in files.items() if code in meant}
    return _parcels(chosen, sha256(as_json(record)).hexdigest())


def cleared_blanks(workspace: Workspace, templates: Path) -> Parcels:
    """Each agency's blank workbook.

    OperatorError (undelivered) where no blanks were made, or one is of another form or holds other figures of
    last year than there are now; (input) where the year's inputs cannot be used.
    """
    known = handed_out(workspace.outputs / BLANKS_ZIP)
    if not known:
        raise _held("还没有空白表，请先运行 make-report blank")
    inputs = load_inputs(workspace, templates)
    reader = Reader(inputs.asked)
    files: dict[str, list[Enclosure | str]] = {}
    for agency in inputs.roster.agencies:
        path = blank_path(agency, workspace.year)
        entry = {"path": workspace.relative(workspace.outputs / path), "sha256": known.get(path, "")}
        blank = _read(entry, workspace)
        if isinstance(blank, Enclosure) and not _is_filled_in(blank, agency, inputs, reader):
            raise _held(
                f"{entry['path']} 的表样或预填的上年结转和现在的对不上：做空白表以后改过，"
                "请再运行一次 make-report blank"
            )
        files[agency.code] = [blank]
    return _parcels(files, known[BLANKS_ZIP])


def _is_filled_in(blank: Enclosure, agency: Agency, inputs: YearInputs, reader: Reader) -> bool:
    """Whether a blank is of the year's form, and all that is filled in is what last year now says."""
    submission, _ = reader.read(blank.content, blank.name)
    if not submission or not submission.cells:
        return False
    values, totals = submission.values(), reader.asked.totals
    filled_in = {address: value for address, value in values.items() if address not in totals}
    return filled_in == brought_forward(agency, inputs)


def _parcels(files: Mapping[str, Sequence[Enclosure | str]], occasion: str) -> Parcels:
    """An agency's files go together or not at all."""
    held = {code: next((one for one in own if isinstance(one, str)), "") for code, own in files.items()}
    return Parcels(
        {
            code: Parcel(tuple(one for one in own if isinstance(one, Enclosure)), occasion)
            for code, own in files.items()
            if not held[code]
        },
        {code: why for code, why in held.items() if why},
    )


def _unaltered(entry: Mapping[str, Any], workspace: Workspace) -> Enclosure:
    file = _read(entry, workspace)
    if isinstance(file, str):
        raise _held(f"{file}。要发改过的，请先用 make-report verify 核对，再自己用邮箱发")
    return file


def _read(entry: Mapping[str, Any], workspace: Workspace) -> Enclosure | str:
    """A recorded file; in words, why not, where it is gone or not what was recorded."""
    path = workspace.root / entry["path"]
    try:
        file = Enclosure(path.name, path.read_bytes())
    except ValueError:
        return f"{entry['path']} 不是文件名"
    except OSError as error:
        return f"{entry['path']} 读不出来：{reason(error)}"
    if file.sha256 != entry["sha256"]:
        return f"{entry['path']} 在生成之后改过，和核对过的不一样"
    return file


def _held(why: str) -> OperatorError:
    return OperatorError(ExitCode.UNDELIVERED, f"一封也没有发：{why}。")
