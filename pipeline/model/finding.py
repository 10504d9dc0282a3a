"""What is wrong with the data: a value, never raised."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.place import CellPlace


class Severity(StrEnum):
    """How much a finding weighs (DESIGN §3)."""

    ERROR = "error"
    """错误: no final report."""
    WARNING = "warning"
    """待核: does not stop ``build``; stops ``send`` until accepted."""
    NOTICE = "notice"
    """提示."""
    OFF = "off"
    """Switched off by report.toml; such findings are dropped by the run."""

    @property
    def rank(self) -> int:
        """0 for the heaviest, error."""
        return _RANKS[self.value]

    @property
    def word(self) -> str:
        """The Chinese word on every screen and page."""
        return {"error": "错误", "warning": "待核", "notice": "提示", "off": "关闭"}[self.value]


_RANKS = {severity.value: rank for rank, severity in enumerate(Severity)}


class Finding(Struct, frozen=True):
    """One thing found. Where it has no workbook, sheet, cell, agency or address, that field is empty.

    ``message`` is the whole sentence for the office; ``found`` and ``expected`` are its two values apart.
    """

    severity: Severity
    code: str
    agency: str
    year: int
    workbook: str
    sheet: str
    cell: str
    message: str
    found: str
    expected: str
    address: str = ""

    @property
    def is_error(self) -> bool:
        """Whether it keeps a final report from being made."""
        return self.severity is Severity.ERROR

    def where(self) -> str:
        """The place in words: workbook [sheet]cell, as far as it is known."""
        sheet = f" [{visible(self.sheet)}]" if self.sheet else " " if self.cell else ""
        return f"{self.workbook}{sheet}{self.cell}"


class FindingKind(Struct, frozen=True):
    """A code's entry in templates/findings.toml: severity, title, wording and remedy.

    ``wording`` is a sentence with ``{names}``: always ``{found}``, ``{expected}`` and ``{hint}`` (where to
    look first, "" where nobody can tell), and what else its check gives.
    """

    code: str
    severity: Severity
    title: str
    wording: str
    remedy: str
    example: str = ""
    """The message of the code's case in the gallery, word for word."""
    slip: str = ""
    """The remedy as the agency is told it on its slip, where that is not the office's."""
    acceptable: bool = True
    """Whether a person may stand by such a finding (accepted.toml); what is no file to rely on, none may."""
    reference: str = ""
    """Its number in the law's list (S5), for a rule that stands in no form file."""
    relates: str = ""
    """What the rule relates, in words; "" for a code that is no rule."""
    fixed: str = ""
    """Why report.toml cannot change its severity, in a sentence; "" where it can."""


def heard(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that the office has not switched off, in order."""
    return tuple(finding for finding in findings if finding.severity is not Severity.OFF)


def by_code(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of each code, in order."""
    found: dict[str, list[Finding]] = {}
    for one in findings:
        found.setdefault(one.code, []).append(one)
    return found


QUOTED = 200
"""Characters of an agency's own text that a message quotes."""


def visible(text: str) -> str:
    """The text in one line, what cannot be seen shown by its code: U+202E would turn the line round."""
    return text if text.isprintable() else "".join(map(_seen, text))


def _seen(mark: str) -> str:
    if mark.isprintable() or unicodedata.category(mark) == "Zs":
        return mark
    return " " if mark.isspace() else f"〔U+{ord(mark):04X}〕"


def quoted(text: str) -> str:
    """Text of others as a message quotes it: one line, all of it to be seen, cut where it is long."""
    line = text
    if not text.isprintable():  # few are: of what prints, only the space is white
        line = visible("".join(" " if mark.isspace() else mark for mark in text))
    return line if len(line) <= QUOTED else f"{line[:QUOTED]}……"


NAMED = 3
"""How many names stand in a sentence before 等."""


def some(names: Sequence[str], most: int = NAMED, counted: str = "") -> str:
    """The first few names, and 等 where there are more; 等 5 家 where they are ``counted`` in 家."""
    if len(names) <= most:
        return "、".join(names)
    return "、".join(names[:most]) + (f"等 {len(names)} {counted}" if counted else "等")


class Catalogue(Struct, frozen=True):
    """Every finding code with its wording. A stage is handed it and asks it for findings."""

    kinds: Mapping[str, FindingKind]

    def finding(
        self,
        code: str,
        *,
        year: int,
        agency: str = "",
        place: CellPlace | None = None,
        workbook: str = "",
        found: str = "",
        expected: str = "",
        address: str = "",
        lead: str = "",
        **names: object,
    ) -> Finding:
        """A finding of this code, worded from the catalogue; KeyError for an unknown code or name.

        ``place`` gives workbook, sheet and cell; ``workbook`` alone serves a finding about a whole file.
        ``lead`` stands before the sentence: which paragraph of a cell it is about.
        """
        kind = self.kinds[code]
        place = place or CellPlace(workbook, "", "")
        said = {"found": found, "expected": expected, "agency": agency, "hint": "", **names}
        return Finding(
            severity=kind.severity,
            code=code,
            agency=agency,
            year=year,
            workbook=place.workbook,
            sheet=place.sheet,
            cell=place.a1,
            message=lead + kind.wording.format(**{name: quoted(str(text)) for name, text in said.items()}),
            found=quoted(found),
            expected=quoted(expected),
            address=address,
        )

    def weighed(self, severities: Mapping[str, Severity]) -> "Catalogue":
        """The catalogue with severities replaced (report.toml, ``[rules]``); KeyError for an unknown code."""
        kinds = dict(self.kinds)
        for code, severity in severities.items():
            kinds[code] = replace(kinds[code], severity=severity)
        return Catalogue(kinds)
