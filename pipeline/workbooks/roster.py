"""The roster of the bodies that must report, from a workbook with one line for each."""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from pipeline.errors import ExitCode, OperatorError
from pipeline.model.finding import some
from pipeline.model.place import a1
from pipeline.model.roster import Agency, Roster
from pipeline.workbooks.bounds import ROSTER
from pipeline.workbooks.label import code_text, key_once, name_text
from pipeline.workbooks.refusal import RefusalError
from pipeline.workbooks.sheet import Sheet, open_workbook

COLUMNS = {
    "单位编码": "code",
    "单位名称": "name",
    "分组": "group",
    "别名": "aliases",
    "邮箱": "email",
    "联系人": "contact",
    "电话": "phone",
    "原名": "formerly",
    "并入": "merged_into",
}
RESERVED = frozenset(
    {"上年", "last_year", "年度", "上年度", "机关", "indicators", "补充指标"}
    | {"proactive", "requests", "disputes", "主动公开", "依申请公开", "复议诉讼"}
)
"""What a narrative's names begin with: a group called so would hide them."""
REQUIRED = ("单位编码", "单位名称", "分组")
_REMEDY = "第一行应是：" + " ".join(list(COLUMNS)[:7]) + "。"
_BETWEEN = re.compile(r"[、，,；;\s]+")


def read_roster(content: bytes, workbook: str) -> Roster:
    """The roster in its own order; ``workbook`` is its path as the sentences of errors name it.

    OperatorError (input) where it is no workbook, lacks a column or any line, two sheets of lines, leaves a
    code, name or group empty, has a code that lost its leading 0, has a code or name twice, or says under
    并入 what is none of the bodies that report.
    """
    try:
        sheets = [sheet for sheet in open_workbook(content, bounds=ROSTER).sheets if sheet.visible]
    except RefusalError as refusal:
        raise _wrong(workbook, _unopened(refusal)) from refusal
    sheet, row, columns = _header(sheets, workbook)
    lines = [(line, _agency(sheet, line, columns, workbook)) for line in _lines(sheet, row, columns)]
    if not lines:
        raise _wrong(workbook, "里一个单位也没有，请每个单位写一行")
    _prove_whole(sheet, columns["code"], lines, workbook)
    _prove_single([(agency.code, row) for row, agency in lines], "单位编码", workbook)
    _prove_single(
        [(key_once(name), row) for row, one in lines for name in set(one.names)], "单位名称或别名", workbook
    )
    return _sorted_out(sheet, columns, lines, workbook)


def _unopened(refusal: RefusalError) -> str:
    if refusal.code == "workbook-too-large":
        return f"太大：工作簿{refusal.found}，最多 {refusal.expected}；请删去多余的行列，或复制到新表里再存"
    why = f"（{refusal.found}）" if refusal.found else ""
    return f"打不开{why}，请用 WPS 或 Excel 另存为不带密码的 .xlsx"


def _wrong(workbook: str, sentence: str) -> OperatorError:
    return OperatorError(ExitCode.INPUT, f"名册 {workbook} {sentence}。")


def _header(sheets: Sequence[Sheet], workbook: str) -> tuple[Sheet, int, Mapping[str, int]]:
    """The sheet, the row of the column labels, and the column of each.

    Of several sheets that would do, the one that has lines; where two have, none can be told to be right.
    """
    headers = [_best_header(sheet) for sheet in sheets]
    whole = [one for one in headers if not _missing(one[2])]
    rosters = [one for one in whole if any(_lines(*one))] or whole[:1]
    if len(rosters) > 1:
        names = "”和“".join(sheet.name for sheet, _, _ in rosters)
        raise _wrong(workbook, f"里有几张表都像名册：“{names}”，分不清用哪张，请只留今年的一张，删去别的")
    if not rosters:
        best = max(headers, key=lambda one: len(one[2]), default=None)
        missing = _missing(best[2] if best else {})
        raise _wrong(workbook, f"缺少“{'”“'.join(missing)}”这一列；{_REMEDY.rstrip('。')}")
    return rosters[0]


def _best_header(sheet: Sheet) -> tuple[Sheet, int, Mapping[str, int]]:
    """The sheet's row with the most column labels; row 0 where it has none."""
    rows = ((row, dict(_labels(sheet, row))) for row in sheet.rows)
    row, columns = max(rows, key=lambda one: len(one[1]), default=(0, {}))
    return sheet, row, columns


def _missing(columns: Mapping[str, int]) -> list[str]:
    return [label for label in REQUIRED if COLUMNS[label] not in columns]


def _labels(sheet: Sheet, row: int) -> Iterator[tuple[str, int]]:
    for column in reversed(sheet.rows[row]):
        name = COLUMNS.get(key_once(sheet.texts.get((row, column), "")))
        if name:
            yield name, column


def _lines(sheet: Sheet, header: int, columns: Mapping[str, int]) -> Iterator[int]:
    for row in sheet.rows:
        if row > header and any((row, column) in sheet.cells for column in columns.values()):
            yield row


def _agency(sheet: Sheet, row: int, columns: Mapping[str, int], workbook: str) -> Agency:
    values = {name: name_text(sheet.cells.get((row, column))) for name, column in columns.items()}
    values["code"] = code_text(values["code"])
    for label in REQUIRED:
        if not values[COLUMNS[label]]:
            place = a1(row, columns[COLUMNS[label]])
            raise _wrong(workbook, f"[{sheet.name}]{place} 的{label}空着，请补上，或删去这一行")
    if values["group"] in RESERVED or "." in values["group"]:
        place = a1(row, columns["group"])
        raise _wrong(
            workbook,
            f"[{sheet.name}]{place} 的分组“{values['group']}”在正文里另有意思，请换一个名称，不带“.”",
        )
    aliases, formerly = (
        _BETWEEN.split(str(sheet.cells.get((row, columns.get(name, 0)), "")))
        for name in ("aliases", "formerly")
    )
    return Agency(
        code=values["code"],
        name=values["name"],
        group=sys.intern(values["group"]),  # few; the table of what is interned never shrinks
        aliases=tuple(dict.fromkeys(alias for alias in aliases if alias not in ("", values["name"]))),
        email=values.get("email", ""),
        contact=values.get("contact", ""),
        phone=code_text(values.get("phone", "")),
        formerly=tuple(dict.fromkeys(filter(None, formerly))),
        merged_into=values.get("merged_into", ""),
    )


def _sorted_out(
    sheet: Sheet, columns: Mapping[str, int], lines: Sequence[tuple[int, Agency]], workbook: str
) -> Roster:
    """Who reports, and who was taken over: by one that reports itself, with no past but its own."""
    agencies = tuple(agency for _, agency in lines if not agency.merged_into)
    if not agencies:
        raise _wrong(workbook, "里每一行都写了并入，没有要报送的单位")
    reporting = {key_once(name): one.name for one in agencies for name in one.names}
    absorbed = []
    for row, agency in lines:
        if not agency.merged_into:
            continue
        place = f"[{sheet.name}]{a1(row, columns['merged_into'])}"
        if key_once(agency.merged_into) not in reporting:
            raise _wrong(
                workbook,
                f"{place} 的并入“{agency.merged_into}”不是名册里今年要报送的单位，请写并入后那一行的单位名称",
            )
        if agency.formerly:
            raise _wrong(workbook, f"第 {row} 行又写了原名又写了并入，说不清上年的数归谁，请只写一个")
        absorbed.append(replace(agency, merged_into=reporting[key_once(agency.merged_into)]))
    return Roster(agencies, tuple(absorbed))


def _prove_whole(sheet: Sheet, column: int, lines: Sequence[tuple[int, Agency]], workbook: str) -> None:
    """A number shorter than the codes beside it, one of which begins with 0, has lost its own 0."""
    texts = {agency.code for row, agency in lines if isinstance(sheet.cells[row, column], str)}
    lengths = {len(code) for code in texts if code.isdecimal()}
    if len(lengths) != 1 or not any(code.startswith("0") for code in texts):
        return
    for row, agency in lines:
        if agency.code.isdecimal() and len(agency.code) < min(lengths):
            whole = agency.code.zfill(min(lengths))
            raise _wrong(
                workbook,
                f"[{sheet.name}]{a1(row, column)} 的单位编码“{agency.code}”像是丢了前面的 0，"
                f"是 {whole} 的请把这一格设为文本再填 {whole}",
            )


def _prove_single(names: Sequence[tuple[str, int]], what: str, workbook: str) -> None:
    counts = Counter(name for name, _ in names)
    for name, count in counts.items():
        if count > 1:
            rows = some([str(row) for other, row in names if other == name], 10)
            raise _wrong(workbook, f"第 {rows} 行的{what}“{name}”重复，请改成各不相同")
