"""From the rules of a form file to their identities: placeholders bound, wildcards spread, all proved."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pipeline.model.rule import Identity, Relation, Rule, Scope, Term

LAST_YEAR = "last."


def spread(pattern: str, addresses: Collection[str]) -> tuple[str, ...]:
    """The addresses a pattern with ``*`` names, in the form's order; ValueError where it names none."""
    if "*" not in pattern:
        found = (pattern,) * (pattern in addresses)
    else:
        expression = re.compile(re.escape(pattern).replace(r"\*", r"[a-z_]+"))
        found = tuple(address for address in addresses if expression.fullmatch(address))
    if not found:
        raise ValueError(f"“{pattern}”在表里一个格也没有对上")
    return found


def rule(entry: Mapping[str, Any], addresses: Collection[str]) -> Rule:
    """A rule from its entry in a form file.

    ``{row}`` and ``{column}`` run over the ids for which the first left term names a cell. ValueError, in
    Chinese, where an id names no cell, a wildcard matches nothing, or an identity counts a cell twice.
    """
    left, right = entry["left"], entry["right"]
    identities = tuple(
        _identity(
            [pattern.format_map(bound) for pattern in left],
            Relation(entry["relation"]),
            [pattern.format_map(bound) for pattern in right],
            addresses,
        )
        for bound in _bindings(left[0], addresses)
    )
    return Rule(
        id=entry["id"],
        reference=entry["reference"],
        scope=Scope(entry.get("scope", "all")),
        computes=entry.get("computes", False),
        identities=identities,
    )


def _bindings(pattern: str, addresses: Collection[str]) -> list[dict[str, str]]:
    expression = re.compile(
        re.escape(pattern)
        .replace(r"\{row\}", r"(?P<row>[a-z_]+)")
        .replace(r"\{column\}", r"(?P<column>[a-z_]+)")
    )
    found = [match.groupdict() for address in addresses if (match := expression.fullmatch(address))]
    if not found:
        raise ValueError(f"“{pattern}”在表里一个格也没有对上")
    return found


def _identity(
    left: Sequence[str], relation: Relation, right: Sequence[str], addresses: Collection[str]
) -> Identity:
    identity = Identity(_terms(left, addresses), relation, _terms(right, addresses))
    counted = Counter((term.address, term.last_year) for term in identity.terms)
    twice = [address for (address, _), times in counted.items() if times > 1]
    if twice:
        raise ValueError(f"“{twice[0]}”在同一条关系里算了两次")
    return identity


def _terms(patterns: Sequence[str], addresses: Collection[str]) -> tuple[Term, ...]:
    terms: list[Term] = []
    for pattern in patterns:
        sign = -1 if pattern.startswith("-") else 1
        unsigned = pattern.removeprefix("-")
        last_year = unsigned.startswith(LAST_YEAR)
        named = spread(unsigned.removeprefix(LAST_YEAR), addresses)
        terms += (Term(address, sign, last_year) for address in named)
    return tuple(terms)


def subtotal_cells(entry: Mapping[str, Any], column: str, addresses: Collection[str]) -> tuple[str, ...]:
    """The addresses a subtotal adds up in one column; ValueError as for a rule."""
    patterns = [f"{entry['table']}.{row}.{column}" for row in entry["rows"]]
    found = [address for pattern in patterns for address in spread(pattern, addresses)]
    if len(set(found)) < len(found):
        raise ValueError(f"合计“{entry['id']}”把一个格算了两次")
    return tuple(found)
