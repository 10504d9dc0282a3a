"""The roster: who must report."""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct


class Agency(Struct, frozen=True):
    """A line of the roster. ``code`` is unique; ``aliases`` are old and short names it may sign with.

    ``formerly`` names the bodies of last year that became it; ``merged_into`` is the name of the one
    that took it over, "" for a body that still reports.
    """

    code: str
    name: str
    group: str
    aliases: tuple[str, ...] = ()
    email: str = ""
    contact: str = ""
    phone: str = ""
    formerly: tuple[str, ...] = ()
    merged_into: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


class Roster(Struct, frozen=True, dict=True):
    """The agencies in the roster's order; ``absorbed`` were taken over by one of them and report no more."""

    agencies: tuple[Agency, ...]
    absorbed: tuple[Agency, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups in order of first appearance."""
        return tuple(dict.fromkeys(agency.group for agency in self.agencies))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names and aliases of all agencies."""
        return tuple(name for agency in self.agencies for name in agency.names)

    def named(self, name: str) -> Agency | None:
        """The agency of exactly this name, or None."""
        return self._by_name.get(name)

    def by_code(self, code: str) -> Agency | None:
        """The agency with this code, or None."""
        return self._by_code.get(code)

    @cached_property
    def _by_name(self) -> Mapping[str, Agency]:
        return {agency.name: agency for agency in reversed(self.agencies)}

    @cached_property
    def _by_code(self) -> Mapping[str, Agency]:
        return {agency.code: agency for agency in reversed(self.agencies)}
