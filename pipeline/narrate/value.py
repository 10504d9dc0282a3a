"""What an expression in a narrative may come to: a number or a phrase, each with its origin."""

from decimal import Decimal

from msgspec import Struct

from pipeline.model.number import NumberKind, printed

MONEY = frozenset({NumberKind.YUAN, NumberKind.WAN})


class ExpressionError(Exception):
    """An expression that cannot be computed; its text is the Chinese reason."""


class Phrase(Struct, frozen=True):
    """Text the program wrote (增长103.64%), with the expression and the figures it rests on."""

    text: str
    source: str
    addresses: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        return self.text == (other.text if isinstance(other, Phrase) else other)

    def __ne__(self, other: object) -> bool:  # a struct has one of its own, which does not ask __eq__
        return not self == other

    def __hash__(self) -> int:
        return hash(self.text)


class Value(Struct, frozen=True, eq=False):
    """A number and its origin; ``number`` is None where the figure is known by name but has no value.

    Figures may be added, subtracted and compared in a narrative; a figure of 0 or without value is false in a
    condition, so ``{% if … %}`` says 如有.
    """

    number: Decimal | None
    kind: NumberKind
    source: str
    addresses: tuple[str, ...] = ()
    alias: str = ""
    """Its Chinese name, "" for an expression."""

    @property
    def words(self) -> str:
        """What an office calls it: the Chinese name, or the expression."""
        return self.alias or self.source

    @property
    def text(self) -> str:
        """The number as printed, an amount with its unit; the gap's name in 〔〕 where there is none."""
        if self.number is None:
            return f"〔缺：{self.words}〕"
        # In its table the form's own label gives the unit; a sentence has no label.
        unit = "万元" if self.kind is NumberKind.WAN else ""
        return printed(self.kind, self.number) + unit

    def __add__(self, other: object) -> "Value":
        return _combined(self, "+", value_of(other))

    def __radd__(self, other: object) -> "Value":
        return _combined(value_of(other), "+", self)

    def __sub__(self, other: object) -> "Value":
        return _combined(self, "-", value_of(other))

    def __rsub__(self, other: object) -> "Value":
        return _combined(value_of(other), "-", self)

    def __bool__(self) -> bool:
        return bool(self.number)

    def __eq__(self, other: object) -> bool:
        return self.number is not None and self.number == value_of(other).number

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: object) -> bool:
        return self.number is not None and self.number < _present(other)

    def __le__(self, other: object) -> bool:
        return self.number is not None and self.number <= _present(other)

    def __gt__(self, other: object) -> bool:
        return self.number is not None and self.number > _present(other)

    def __ge__(self, other: object) -> bool:
        return self.number is not None and self.number >= _present(other)

    __hash__ = None  # type: ignore[assignment]  # equal by number alone, so of no use as a key


def value_of(operand: object) -> Value:
    """The operand as a Value: itself, or a number typed in the expression; else ExpressionError."""
    if isinstance(operand, Value):
        return operand
    if isinstance(operand, int | float) and not isinstance(operand, bool):
        return Value(Decimal(str(operand)), NumberKind.DECIMAL, str(operand))
    text = operand.text if isinstance(operand, Phrase) else str(operand)
    raise ExpressionError(f"“{text}”不是数，不能计算或比较大小")


def _present(operand: object) -> Decimal:
    number = value_of(operand).number
    return Decimal("Infinity") if number is None else number


def _combined(left: Value, sign: str, right: Value) -> Value:
    if left.kind is not right.kind and MONEY & {left.kind, right.kind}:
        raise ExpressionError(f"“{left.words}”和“{right.words}”单位不同，不能相加减")
    number = None
    if left.number is not None and right.number is not None:
        number = left.number + right.number if sign == "+" else left.number - right.number
    return Value(
        number,
        left.kind if left.kind is right.kind else NumberKind.DECIMAL,
        f"{left.source} {sign} {_grouped(right.source)}",
        tuple(dict.fromkeys(left.addresses + right.addresses)),
    )


def _grouped(source: str) -> str:
    return f"({source})" if " " in source else source
