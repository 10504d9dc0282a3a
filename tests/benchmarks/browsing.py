"""Rows: the review page in Chromium: how soon it can be used, a click on a figure, a keystroke, its size.

Headless at 1366 × 768, opened from the disk. Opening is ``domInteractive`` after navigation, the median of five after
one uncounted; panel and keystroke are CPU of the page's main thread as Chromium counts it, drawing included, the mean of
twenty figures clicked and ten searches typed.
"""

import random
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from benchmarks.clock import program
from benchmarks.row import Pairs, Rows, at_most
from benchmarks.stage import Stage
from kit.browser import chromium, sized
from kit.findings import found
from kit.invented import TEMPLATES, form, indicators
from kit.offices import roster_of
from kit.review import evidence, page, submissions_of
from pipeline.forms.catalogue import load_catalogue
from pipeline.model.place import CellPlace, a1

ROWS = Rows()
OPENED = "const t = performance.timing; return t.domInteractive - t.navigationStart"
OPEN_FIGURE = "document.querySelectorAll('.grid.requests button.figure')[arguments[0]].click()"
TYPE = """const box = document.getElementById('by-word'); box.value = arguments[0];
box.dispatchEvent(new Event('input'))"""
DRAWN = "const done = arguments[0]; requestAnimationFrame(() => setTimeout(done, 0))"
WORDS = ("第", "第1", "第12", "1", "12", "", "不", "不对", "", "9")
SHEETS = ("依申请公开", "表一", "Sheet1", "附件")


def sample(stage: Stage) -> bytes:
    """The sample year's page, as ``check`` writes it."""
    program(stage.sample, "check", "-q")()
    return (stage.sample / "outputs" / "2020" / "核对报告.html").read_bytes()


def city(size: int, each: int) -> bytes:
    """A page of so many agencies, each with its own lay-out and so many findings."""
    chance, roster = random.Random(1), roster_of(size)
    catalogue = load_catalogue(TEMPLATES / "findings.toml")
    sent = submissions_of(roster, form(), indicators())
    for code, one in sent.items():
        down = chance.randrange(5)
        cells = {
            address: cell._replace(
                place=CellPlace(
                    one.workbook, chance.choice(SHEETS), a1(down + place // 8 + 1, place % 8 + 2)
                ),
            )
            for place, (address, cell) in enumerate(one.cells.items())
        }
        sent[code] = replace(one, cells=cells)
    told = [
        found(
            catalogue,
            "row-total",
            agency.name,
            sent[agency.code].workbook,
            cell=a1(row + 6, 4),
            found=str(row),
        )
        for agency in roster.agencies
        for row in range(each)
    ]
    shown = evidence(form(), indicators(), catalogue, size, sent, roster=roster, findings=told)
    return page(shown, TEMPLATES).encode()


@contextmanager
def opened(folder: Path, content: bytes) -> Iterator[tuple[object, list[float]]]:
    """The browser with the page open, and the seconds each of five openings took."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.html").write_bytes(content)
    with chromium(folder) as browser:
        sized(browser, 1366, 768)
        browser.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        times = []
        for _ in range(6):
            browser.get((folder / "page.html").as_uri())
            times.append(browser.execute_script(OPENED) / 1000)
        yield browser, times[1:]


@cache
def measured(stage: Stage) -> tuple[float, float, float]:
    """Seconds to open the sample year's page; CPU milliseconds of a panel and of a keystroke."""
    with opened(stage.folder / "browser", sample(stage)) as (browser, times):
        panel = _cpu(browser, [(OPEN_FIGURE, number) for number in range(20)])
        browser.execute_script("document.getElementById('close').click()")
        return statistics.median(times), panel, _cpu(browser, [(TYPE, word) for word in WORDS])


def _cpu(browser, actions: list[tuple[str, object]]) -> float:
    """CPU milliseconds of the main thread for one of these actions, drawing included."""
    before = _busy(browser)
    for script, argument in actions:
        browser.execute_script(script, argument)
        browser.execute_async_script(DRAWN)
    return (_busy(browser) - before) / len(actions) * 1000


def _busy(browser) -> float:
    metrics = browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return next(one["value"] for one in metrics if one["name"] == "TaskDuration")


@ROWS.add("review page of the sample year: usable", "", at_most(1, "s"))
def page_opened(stage: Stage) -> Pairs:
    """In Chromium."""
    return Pairs([measured(stage)[0]], unit="s")


@ROWS.add("review page of the sample year: a figure clicked", "", at_most(100, "ms CPU"))
def page_panel(stage: Stage) -> Pairs:
    """In Chromium."""
    return Pairs([measured(stage)[1]])


@ROWS.add("review page of the sample year: a keystroke in the search", "", at_most(100, "ms CPU"))
def page_search(stage: Stage) -> Pairs:
    """In Chromium."""
    return Pairs([measured(stage)[2]])


@ROWS.add("review page of the sample year: size", "", at_most(3000, "KB"))
def page_size(stage: Stage) -> Pairs:
    """Bytes."""
    return Pairs([len(sample(stage)) / 1000], unit="KB")


@ROWS.add("review page of 300 agencies with 6,000 findings: usable", "")
def page_large(stage: Stage) -> Pairs:
    """In Chromium."""
    with opened(stage.folder / "browser-large", city(300, 20)) as (_, times):
        return Pairs(times, unit="s")
