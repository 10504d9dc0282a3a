"""The review page: one HTML file that opens from disk, whole in itself, script and style allowed by hash."""

import base64
import hashlib
from pathlib import Path
from string import Template

from msgspec import Struct

from pipeline.model.review import Review
from pipeline.render import review_board, review_findings, review_parts, review_tables
from pipeline.render.review_accounts import accounts_script
from pipeline.render.review_text import Names, chapters, shown


class Pieces(Struct, frozen=True):
    """The page's own pieces, from templates/review/: its frame with $names, its style, its script."""

    page: str
    style: str
    script: str

    @classmethod
    def of(cls, folder: Path, role: str = "") -> "Pieces":
        """The pieces of a page; of a divided review's ``overview``, or of a ``part``, where that is its role.

        What such a page does otherwise stands in a script of its own and is said last, inside the page's: of
        two functions of one name the later one counts.
        """

        def piece(name: str) -> str:
            return (folder / name).read_text(encoding="utf-8")

        page, style, script = piece("page.html"), piece("page.css"), piece("page.js")
        if not role:
            return cls(page, style, script)
        page = piece("part.html") if role == "part" else page
        return cls(page, style + piece("parts.css"), script.removesuffix(END) + piece(f"{role}.js") + END)


END = "})();\n"
"""The last line of page.js, with which its one function ends."""


def render_review(review: Review, pieces: Pieces) -> bytes:
    """The page in UTF-8; the same review gives the same bytes."""
    return _filled(review, pieces)


def render_overview(review: Review, pieces: Pieces) -> bytes:
    """The overview of a divided review: the whole, its parts, a few findings and agencies of each kind."""
    names = Names.of(review)
    return _filled(
        review,
        pieces,
        division=review_parts.division(review),
        board=review_parts.parts(review) + review_parts.board(review, names),
    )


def render_part(review: Review, pieces: Pieces) -> bytes:
    """The page of a part of a divided review."""
    return _filled(review, pieces, **review_parts.part(review, names=Names.of(review)))


def _filled(review: Review, pieces: Pieces, **otherwise: str) -> bytes:
    """The frame filled in; ``otherwise`` is what a page says in the place of the usual."""
    names = Names.of(review)
    style = pieces.style + review_tables.column_rules(review)
    told = {
        "style_hash": _hashed(style),
        "first": FIRST,
        "first_hash": _hashed(FIRST),
        "script_hash": _hashed(pieces.script),
        "style": style,
        "script": pieces.script,
        "title": shown(f"{review.organ}{review.year}年政府信息公开工作年度报告"),
        "edition": shown(review.edition),
        **_overview(review, names),
        **_findings(review, names),
        **_figures(review, names),
        "chapters": chapters(review, names) or NO_TEXT,
        "narrative": shown(review.narrative),
        "figures": accounts_script(review, names),
    }
    return Template(pieces.page).substitute({**told, **otherwise}).encode()


def _overview(review: Review, names: Names) -> dict[str, str]:
    return {
        "division": "",
        "verdict": review_board.verdict(review),
        "tiles": review_board.tiles(review),
        "tally": review_board.tally(review),
        "deadline": shown(review.deadline),
        "folder": shown(names.folder),
        "board": review_board.board(review, names),
        "agency_count": str(sum(review.states.values())),
        "strangers": review_board.strangers(review, names),
    }


def _findings(review: Review, names: Names) -> dict[str, str]:
    accepted = review_findings.count(review, accepted=True)
    return {
        **review_findings.choices(review),
        "open": review_findings.findings(review, names, accepted=False) or NOTHING_FOUND,
        "open_count": str(review_findings.count(review, accepted=False)),
        "accepted": review_findings.findings(review, names, accepted=True) or NOTHING_ACCEPTED,
        "accepted_count": str(accepted),
    }


def _figures(review: Review, names: Names) -> dict[str, str]:
    more = max(0, len(review.moves) - review_findings.MOVES)
    return {
        "statutory": review_tables.statutory(review, names),
        "incomplete": _incomplete(review),
        "compared": review_tables.compared(review, names),
        "last_year": shown(review.last_year) or "没有上年的数",
        "moves": review_findings.moves(review, names) or NOTHING_MOVED,
        "news": review_findings.news(review, names),
        "moves_count": f"共 {len(review.moves)} 处" + (f"，另有 {more} 处没有列出" if more else ""),
        "keys": review_tables.key_figures(review, names),
    }


FIRST = 'document.documentElement.classList.add("js");'
"""Says before anything is drawn that there is a script: what needs one shows, what comes later does not."""

NOTHING_FOUND = "<p>没有发现问题。</p>"
NOTHING_ACCEPTED = "<p>没有。</p>"
NOTHING_MOVED = "<p>没有变动，或没有上一次的记录。</p>"
NO_TEXT = "<p>正文还不能用，见“问题”。</p>"


def _incomplete(review: Review) -> str:
    """The warning that the sums are of those alone who have reported."""
    lacking = sum(number for state, number in review.states.items() if not state.counts)
    if not lacking:
        return ""
    return f'<p class="caution">还缺 {lacking} 家，下面各数只是已采用的各单位相加，不是全部的合计。</p>'


def _hashed(content: str) -> str:
    """A source for the content security policy (CSP 3, 2.3.1)."""
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"'sha256-{digest}'"
