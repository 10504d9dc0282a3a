"""The parts of last year's divided ledger, proved against its main file: none lacks, none is another's.

The main file's sums are proved to be those of its lines, each part's to be those of its agencies; here each
line is proved to be its part's sum. Parts are read one after the other, and only agencies' figures kept.
"""

from collections.abc import Iterable
from decimal import Decimal

from pipeline.model.kept import KeptFigures
from pipeline.model.number import plain
from pipeline.model.place import a1
from pipeline.workbooks.previous_file import LedgerFile
from pipeline.workbooks.previous_sheet import LedgerLine, LedgerPage
from pipeline.workbooks.previous_sums import agree


class Gathered:
    """What a ledger's files say: agencies' figures, names and groups by code; sums by group, "" for all."""

    def __init__(self) -> None:
        self.agencies = KeptFigures()
        self.names: dict[str, str] = {}
        self.grouping: dict[str, str] = {}
        self.sums: dict[str, dict[str, Decimal]] = {}

    def add(self, file: LedgerFile) -> None:
        """The agencies of a file."""
        figures: dict[str, dict[str, Decimal]] = {}
        for page in file.pages:
            for line in page.agencies:
                figures.setdefault(line.code, {}).update(line.figures)
                self.names[line.code] = line.name
                self.grouping[line.code] = line.group
        for code, told in figures.items():
            self.agencies.keep(code, told)

    def add_sums(self, file: LedgerFile, *, whole: bool) -> None:
        """A file's sums of groups; with ``whole`` those of all agencies too."""
        for page in file.pages:
            for line in page.sums:
                if line.whose or whole:
                    self.sums.setdefault(line.whose or "", {}).update(line.figures)


def gather_parts(main: LedgerFile, files: Iterable[LedgerFile]) -> Gathered:
    """All that a main file and its parts say; OperatorError (input) for the first that does not fit."""
    found, seen = Gathered(), dict[int, str]()
    found.add_sums(main, whole=True)
    in_groups: dict[str, str] = {}
    for file in files:
        number = _number(main, file, seen)
        seen[number] = file.workbook
        divided = _prove_lines(main, file, f"第{number}册")
        for page in file.pages:
            _prove_apart(page, found, in_groups, file, divided)
        found.add(file)
        found.add_sums(file, whole=False)
    lacking = [f"第{number}册" for number in range(1, main.parts + 1) if number not in seen]
    if lacking:
        some = "、".join(lacking[:10]) + ("等" if len(lacking) > 10 else "")
        raise main.refused(
            f"分成 {main.parts} 册，previous 文件夹里缺 {len(lacking)} 册（{some}）；"
            "上年的“汇总底稿”文件夹要整个复制过来，改名为 previous"
        )
    return found


def _number(main: LedgerFile, file: LedgerFile, seen: dict[int, str]) -> int:
    """Which part a file is."""
    if file.place is None:
        raise file.refused(f"不是 {main.workbook} 的分册")
    number, count = file.place
    if count != main.parts or number > count:
        raise file.refused(f"写的是第{number}册、共{count}册，{main.workbook} 分成 {main.parts} 册")
    if number in seen:
        raise file.refused(f"和 {seen[number]} 都是第{number}册，请删去多余的那份")
    return number


def _prove_lines(main: LedgerFile, file: LedgerFile, label: str) -> str:
    """Hold a part's sums against its lines in the main file; the divided group it belongs to, "" for none."""
    pages = {frozenset(page.columns): page for page in file.pages}
    group = ""
    for page in main.pages:
        line = next((line for line in page.agencies if line.code == label), None)
        own = pages.pop(frozenset(page.columns), None)
        if line is None or own is None:
            raise file.refused(f"和 {main.workbook} [{page.name}] 对不上：一边有的统计表或册，另一边没有")
        total = next(one for one in own.sums if one.whose == "")
        _prove_line(page, line, own, total)
        group = line.group
    if pages:
        raise file.refused(f"比 {main.workbook} 多出统计表 {next(iter(pages.values())).name}")
    return group


def _prove_line(page: LedgerPage, line: LedgerLine, own: LedgerPage, total: LedgerLine) -> None:
    for address, column in own.columns.items():
        here, there = total.figures.get(address), line.figures.get(address)
        if not agree(here, there):
            shown = ["空着" if one is None else plain(one) for one in (here, there)]
            place = f"[{page.name}]{a1(line.row, page.columns[address] + 1)}"
            raise own.refused(
                a1(total.row, column + 1),
                f"合计是 {shown[0]}，{page.workbook} {place} 记的这一册合计是 {shown[1]}（地址 {address}）。"
                "两份不是一次生成的，或有一份改动过。请换成没有改动过的上年底稿；没有的，都移走，跨年的核对就略过。",
            )


def _prove_apart(
    page: LedgerPage,
    found: Gathered,
    in_groups: dict[str, str],
    file: LedgerFile,
    divided: str,
) -> None:
    """No agency stands in two parts, and no group but a divided one."""
    for line in page.agencies:
        if line.code in found.agencies:
            raise page.refused(
                f"第 {line.row} 行",
                f"编码 {line.code} 的单位在另一册里也有，分不清用哪个。请删去多余的那行。",
            )
        if divided and line.group != divided:
            raise page.refused(f"第 {line.row} 行", f"分组是“{line.group}”，这一册只有“{divided}”的单位。")
        if line.group and not divided and in_groups.setdefault(line.group, file.workbook) != file.workbook:
            raise page.refused(
                f"第 {line.row} 行",
                f"分组“{line.group}”在 {in_groups[line.group]} 里也有，小计不全。",
            )
