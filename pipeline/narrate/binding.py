"""Bind the names in a parsed narrative to figures, and refuse whatever else Jinja2 could do.

Only what stands in ``ALLOWED`` may occur: printing, ``if``, names, functions, plus, minus and comparisons.
There is no loop, no assignment, no filter, no attribute of any object, so a narrative always ends and reads
nothing but figures. Every dotted name becomes one look-up in the table of figures.
"""

from collections.abc import Collection

from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from msgspec import Struct, field

from pipeline.narrate.names import Names
from pipeline.narrate.value import Phrase, Value

FIGURES, FUNCTIONS, QUOTED_GROUP = "figures", "functions", "分组"
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.CondExpr,
    nodes.Const,
    nodes.Add,
    nodes.Sub,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)
COMPARISONS = frozenset({"eq", "ne", "lt", "lteq", "gt", "gteq"})


class Problem(Struct, frozen=True):
    """What is wrong with an expression: the template's line (one a paragraph, from 1) and the reason."""

    line: int
    reason: str


class Binder(NodeTransformer, Struct):
    """Turns a parsed template's names into look-ups, gathering the figures used and every problem."""

    names: Names
    functions: Collection[str]
    figures: dict[str, Value | Phrase] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def visit(self, node: nodes.Node, *args: object, **kwargs: object) -> nodes.Node:
        """The node to stand in this one's place: a look-up for a name, an allowed node as it is."""
        match node:
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                return self._dotted(node)
            case nodes.Call():
                return self._call(node)
            case nodes.Compare() if any(operand.op not in COMPARISONS for operand in node.ops):
                return self._refused(node)
            case _ if isinstance(node, ALLOWED):
                return self.generic_visit(node, *args, **kwargs)
        return self._refused(node)

    def _call(self, node: nodes.Call) -> nodes.Node:
        """A call of one of the functions; its text arguments are names of figures."""
        plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if not (isinstance(node.node, nodes.Name) and node.node.name in self.functions and plain):
            known = "、".join(self.functions)
            return self._problem(node, f'只能调用{known}，写作 同比("名字")、占比("名字", "名字")')
        arguments = [
            self._look_up(given, given.value)
            if isinstance(given, nodes.Const) and isinstance(given.value, str)
            else self.visit(given)
            for given in node.args
        ]
        line = nodes.Const(node.lineno, lineno=node.lineno)
        return nodes.Call(
            _item(FUNCTIONS, node.node.name, node), [line, *arguments], [], None, None, lineno=node.lineno
        )

    def _dotted(self, node: nodes.Node) -> nodes.Node:
        name = _dotted_name(node)
        return self._refused(node) if name is None else self._look_up(node, name)

    def _look_up(self, node: nodes.Node, name: str) -> nodes.Node:
        name = name.removeprefix(f"{QUOTED_GROUP}.")
        value = self.names.value(name)
        if value is None:
            nearest = "、".join(self.names.nearest(name))
            hint = f"；相近的名字：{nearest}" if nearest else ""
            return self._problem(node, f"没有“{name}”这个名字{hint}")
        self.figures[name] = value
        return _item(FIGURES, name, node)

    def _refused(self, node: nodes.Node) -> nodes.Node:
        return self._problem(node, "花括号里只能写名字、同比、占比、加减和 if 条件，别的写法不支持")

    def _problem(self, node: nodes.Node, reason: str) -> nodes.Node:
        problem = Problem(node.lineno, reason)
        if problem not in self.problems:
            self.problems.append(problem)
        return node


def _dotted_name(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        step: object = node.attr
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        step = node.arg.value
    else:
        return None
    before = _dotted_name(node.node)
    return None if before is None else f"{before}.{step}"


def _item(mapping: str, key: str, at: nodes.Node) -> nodes.Getitem:
    where = at.lineno
    return nodes.Getitem(
        nodes.Name(mapping, "load", lineno=where), nodes.Const(key, lineno=where), "load", lineno=where
    )
