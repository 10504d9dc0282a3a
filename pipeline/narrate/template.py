"""The template side of a narrative: paragraphs with names in braces become paragraphs of bound runs."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, nodes
from jinja2.sandbox import SandboxedEnvironment
from msgspec import Struct, field

from pipeline.errors import ExitCode, OperatorError
from pipeline.model.narrative import Run
from pipeline.narrate.binding import FIGURES, FUNCTIONS, Binder, Problem
from pipeline.narrate.functions import functions
from pipeline.narrate.names import Names
from pipeline.narrate.seams import Seam, seam
from pipeline.narrate.source import SourceParagraph
from pipeline.narrate.value import ExpressionError, Phrase, Value

TAG = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}")
BRACES = re.compile(r"\{\{|\}\}|\{%|%\}")
SINGLE = re.compile(r"[{｛]\s*([^{}｛｝%#]{1,60}?)\s*[}｝]")
RAW = re.compile(r"\{%[-+]?\s*(?:end)?raw\b")
"""Would print braces as they stand, so that a name nobody filled in could reach the report."""
WIDE_BRACES = str.maketrans("｛｝", "{}")
TYPOGRAPHIC = str.maketrans("“”„‘’。", '"""\'\'.')
"""Marks that Word and Chinese keyboards put where an expression wants plain ones."""
UNPRINTABLE = re.compile("[\x00-\x08\x0a-\x1f\x7f\ue000-\uf8ff\ufffe\uffff]")
"""Taken out of the text: controls, which no Word file may hold and which would shift the template's lines,
and Unicode's private use area, which marks the printed runs on their way through Jinja2."""
RUN_MARK, PARAGRAPH_MARK = "\ue000{}\ue001", "\ue002{}\ue003"
RUN, PARAGRAPH = re.compile("\ue000(\\d+)\ue001"), re.compile("\ue002(\\d+)\ue003")
EXCERPT = 16
"""Characters of a paragraph quoted in a message, so that it is found without counting."""


class BoundParagraph(Struct, frozen=True):
    """A paragraph as it will be printed, still beside the one it was written as."""

    written: SourceParagraph
    runs: tuple[Run, ...]
    gaps: tuple[Value, ...] = ()
    """The figures it needs that have no value."""
    seams: tuple[Seam, ...] = ()
    """Where what a name printed does not go with the words typed around it."""


class Printer(Struct):
    """Keeps what is printed in braces, leaving a mark in its place, and what could not be computed."""

    printed: list[Value | Phrase] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def mark(self, value: object) -> str:
        """What Jinja2 writes for a printed expression: a mark for a figure, text typed by hand as it is."""
        if isinstance(value, Undefined):
            return ""
        if not isinstance(value, Value | Phrase):
            return UNPRINTABLE.sub("", str(value))
        self.printed.append(value)
        return RUN_MARK.format(len(self.printed) - 1)

    def guarded(self, function: Callable[..., Value | Phrase]) -> Callable[..., Value | Phrase]:
        """The function taking its template line first; what it cannot compute is kept with that line."""

        def call(line: int, *arguments: object) -> Value | Phrase:
            try:
                return function(*arguments)
            except TypeError:
                self.problems.append(Problem(line, "同比要写一个名字，占比要写两个"))
            except ExpressionError as error:
                self.problems.append(Problem(line, str(error)))
            except ArithmeticError:
                self.problems.append(Problem(line, "数太大，算不出"))
            return Phrase("", "")

        return call


def bound(paragraphs: Sequence[SourceParagraph], names: Names, file: str) -> tuple[BoundParagraph, ...]:
    """The paragraphs with every name filled in and the conditions decided; empty ones are left out.

    OperatorError (template), naming every paragraph at fault, where a name is not known, an expression is
    wrong or cannot be computed.
    """
    lines = [_plain(paragraph.text) for paragraph in paragraphs]
    problems = _unpaired(lines) or _single(lines, names)
    printer = Printer()
    text = "" if problems else _rendered(lines, names, printer, problems)
    if problems:
        raise OperatorError(ExitCode.TEMPLATE, _report(problems, paragraphs, file))
    found = [_paragraph(*piece, paragraphs, printer.printed) for piece in _pieces(text)]
    return tuple(paragraph for paragraph in found if paragraph.runs)


def _plain(text: str) -> str:
    """A paragraph as a template line: expressions in plain marks, no private characters."""
    text = UNPRINTABLE.sub("", text)
    for wide in ("｛｛", "｝｝", "｛%", "%｝", "｛％", "％｝", "{％", "％}"):
        text = text.replace(wide, wide.translate(WIDE_BRACES).replace("％", "%"))
    return TAG.sub(lambda tag: unicodedata.normalize("NFKC", tag[0]).translate(TYPOGRAPHIC), text)


def _unpaired(lines: Sequence[str]) -> list[Problem]:
    return [
        Problem(number, "花括号不成对：{{ 名字 }}、{% if 名字 %} 要写在同一段里，不用 raw")
        for number, line in enumerate(lines, 1)
        if BRACES.search(TAG.sub("", line)) or RAW.search(line)
    ]


def _single(lines: Sequence[str], names: Names) -> list[Problem]:
    """Names in one brace only, which would be printed as they stand."""
    return [
        Problem(number, f"“{{{name}}}”只有一层花括号，要写成 {{{{ {name} }}}}")
        for number, line in enumerate(lines, 1)
        for name in SINGLE.findall(TAG.sub("", line))
        if names.value(name) is not None
    ]


def _environment(printer: Printer) -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        undefined=StrictUndefined, finalize=printer.mark, optimized=False, cache_size=0
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


def _rendered(lines: Sequence[str], names: Names, printer: Printer, problems: list[Problem]) -> str:
    environment = _environment(printer)
    callables = functions(names)
    binder = Binder(names, tuple(callables))
    try:
        tree = _parsed(environment, lines)
        binder.visit(tree)
        problems += binder.problems
        if problems:
            return ""
        guarded = {name: printer.guarded(function) for name, function in callables.items()}
        template = environment.from_string(tree)
        return template.render({FIGURES: binder.figures, FUNCTIONS: guarded})
    except TemplateSyntaxError as error:
        problems += _misspelt(environment, lines) or [
            Problem(error.lineno, "条件不成对：每个 {% if … %} 要有一个 {% endif %}")
        ]
    except ExpressionError as error:
        problems.append(Problem(_line_of(error), str(error)))
    except TypeError as error:
        problems.append(Problem(_line_of(error), "花括号里把文字（机关、同比、占比）当成数来计算了"))
    except (RecursionError, SyntaxError, ValueError, OverflowError):
        problems.append(Problem(0, "花括号里写得太长或套得太深，请分开写"))
    finally:
        problems += printer.problems
    return ""


def _parsed(environment: SandboxedEnvironment, lines: Sequence[str]) -> nodes.Template:
    marked = [PARAGRAPH_MARK.format(number) + line for number, line in enumerate(lines, 1)]
    return environment.parse("\n".join(marked))


def _misspelt(environment: SandboxedEnvironment, lines: Sequence[str]) -> list[Problem]:
    """Every expression that does not parse by itself."""
    found = []
    for number, line in enumerate(lines, 1):
        for tag in TAG.findall(line):
            opened = tag.startswith("{%") and tag.strip("{%- }").startswith("if")
            alone = tag + "{% endif %}" if opened else tag
            if tag.startswith("{{") or opened:
                try:
                    environment.parse(alone)
                except TemplateSyntaxError:
                    found.append(Problem(number, f"“{tag}”写得不对"))
            elif tag.startswith("{%") and not re.match(r"\{%-?\s*(else|elif|endif)\b", tag):
                found.append(Problem(number, f"“{tag}”不支持，只能用 if、elif、else、endif"))
    return found


def _line_of(error: BaseException) -> int:
    """The template line an error came from: Jinja2 gives the template's frame the template's line."""
    step, line = error.__traceback__, 0
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            line = step.tb_lineno
        step = step.tb_next
    return line


def _report(problems: Sequence[Problem], paragraphs: Sequence[SourceParagraph], file: str) -> str:
    lines = [f"正文 {file} 有 {len(problems)} 处写得不对，请改好再运行（make-report figures 列出全部名字）："]
    for problem in sorted(problems, key=lambda problem: problem.line):
        if problem.line:
            paragraph = paragraphs[min(problem.line, len(paragraphs)) - 1]
            excerpt = paragraph.text[:EXCERPT]
            lines.append(f"  {paragraph.origin}（{excerpt}…）：{problem.reason}。")
        else:
            lines.append(f"  {problem.reason}。")
    return "\n".join(lines)


def _pieces(text: str) -> list[tuple[int, str]]:
    """The rendered text cut at the paragraph marks: (paragraph number from 1, text)."""
    _, *parts = PARAGRAPH.split(text)
    return [(int(number), part.strip()) for number, part in zip(parts[::2], parts[1::2], strict=True)]


def _paragraph(
    number: int, text: str, paragraphs: Sequence[SourceParagraph], printed: Sequence[Value | Phrase]
) -> BoundParagraph:
    runs: list[Run] = []
    gaps: list[Value] = []
    seams: list[Seam] = []
    parts = RUN.split(text)
    for index, part in enumerate(parts):
        if index % 2 == 0:
            runs += [Run(part)] if part else []
            continue
        value = printed[int(part)]
        if isinstance(value, Value) and value.number is None:
            gaps.append(value)
        runs += [Run(UNPRINTABLE.sub("", value.text), value.source, value.addresses)] if value.text else []
        found = seam(parts[index - 1], value, parts[index + 1])
        seams += [found] if found else []
    return BoundParagraph(paragraphs[number - 1], tuple(runs), tuple(gaps), tuple(seams))
