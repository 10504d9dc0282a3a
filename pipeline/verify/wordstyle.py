"""What the styles of a Word file say of a run, written out at the run itself (ECMA-376 part 1, 17.7.2).

Text is judged hidden by what stands at its run; a style may hide it as well.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import TypeAlias, cast

from lxml import etree
from msgspec import Struct

from pipeline.verify.wordname import NAMESPACES, qn
from pipeline.verify.wordtext import ON, UNSHOWN_SETTINGS

Settings: TypeAlias = Mapping[str, etree._Element]
"""The settings of a run by their tags."""

TOGGLES = frozenset(map(qn, ("w:vanish", "w:strike", "w:dstrike")))
JUDGED = TOGGLES | {qn("w:color"), qn("w:sz")}
_HIDES = etree.XPath(f"boolean(parent::*[{UNSHOWN_SETTINGS}])", namespaces=NAMESPACES)
_IS_ON = etree.XPath(f"boolean(self::*{ON})", namespaces=NAMESPACES)
_RUNS = etree.XPath(".//w:r | .//m:r", namespaces=NAMESPACES)
_HAS_TEXT = etree.XPath("boolean(ancestor::w:p[1][.//w:r or .//m:r])", namespaces=NAMESPACES)
_PARAGRAPH_STYLE = qn("w:pStyle")
_STATED = (_PARAGRAPH_STYLE, qn("w:tblStyle"), qn("w:rStyle"))
_VAL, _RUN = qn("w:val"), qn("w:rPr")


class Styles(Struct, frozen=True):
    """The settings that each style gives, those of the styles it is based on among them."""

    named: Mapping[str, Settings]
    default: str
    everywhere: Settings
    hiding: frozenset[str]
    """The styles that hide what is set in them."""

    @classmethod
    def of(cls, root: etree._Element) -> "Styles":
        """The styles of a styles part."""
        named = {str(style.get(qn("w:styleId"))): style for style in root.iterchildren(qn("w:style"))}
        default = (
            name
            for name, style in named.items()
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in {"1", "true", "on"}
        )
        everywhere = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
        settings = {name: _resolved(name, named) for name in named}
        hiding = frozenset(name for name, stated in settings.items() if any(map(_HIDES, stated.values())))
        return cls(settings, next(default, ""), _settings(everywhere), hiding)

    def write_out(self, body: etree._Element) -> None:
        """Put to each run of ``body`` what it inherits of ``JUDGED`` and does not say itself.

        Where no style in use hides anything, as in what the program writes, nothing inherited matters.
        """
        if not self._hide(body):
            return
        for run in cast("list[etree._Element]", _RUNS(body)):
            own = run.find(_RUN)
            said = _settings(run)
            if own is None:
                own = etree.SubElement(run, _RUN)
            own.extend(deepcopy(setting) for tag, setting in self._inherited(run).items() if tag not in said)

    def _hide(self, body: etree._Element) -> bool:
        """Whether a style that text in ``body`` is set in hides it, or the defaults do."""
        if self.default in self.hiding or any(map(_HIDES, self.everywhere.values())):
            return True
        hidden = (stated for stated in body.iter(*_STATED) if stated.get(_VAL) in self.hiding)
        return any(stated.tag != _PARAGRAPH_STYLE or _HAS_TEXT(stated) for stated in hidden)

    def _inherited(self, run: etree._Element) -> Settings:
        """From the defaults to the run's own style; what any of them switches on no other switches off."""
        settings = dict(self.everywhere)
        for name in self._styles_of(run):
            for tag, setting in self.named.get(name, {}).items():
                if tag not in TOGGLES or tag not in settings or not _IS_ON(settings[tag]):
                    settings[tag] = setting
        return settings

    def _styles_of(self, run: etree._Element) -> Iterator[str]:
        """Its table's, its paragraph's and its own."""
        table = next(run.iterancestors(qn("w:tbl")), None)
        if table is not None:
            yield _style(table, "w:tblPr", "w:tblStyle")
        paragraph = next(run.iterancestors(qn("w:p")), None)
        yield (_style(paragraph, "w:pPr", "w:pStyle") if paragraph is not None else "") or self.default
        yield _style(run, "w:rPr", "w:rStyle")


def _style(element: etree._Element, properties: str, name: str) -> str:
    stated = element.find(f"{qn(properties)}/{qn(name)}")
    return "" if stated is None else str(stated.get(_VAL))


def _resolved(name: str, named: Mapping[str, etree._Element]) -> Settings:
    """A style's own settings before those it is based on."""
    settings: dict[str, etree._Element] = {}
    seen: set[str] = set()
    while name in named and name not in seen:
        seen.add(name)
        settings = {**_settings(named[name]), **settings}
        base = named[name].find(qn("w:basedOn"))
        name = "" if base is None else str(base.get(_VAL))
    return settings


def _settings(holder: etree._Element | None) -> Settings:
    """The settings of ``JUDGED`` that a run, a style or the defaults state."""
    stated = None if holder is None else holder.find(_RUN)
    return {} if stated is None else {str(one.tag): one for one in stated if one.tag in JUDGED}
