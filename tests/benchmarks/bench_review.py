"""Measure the review page in Chromium: its size, how soon it can be used, a click on a figure, a keystroke.

``make bench``. The sample year, and made-up cities of 300 agencies whose workbooks are each laid out in their own
way, with few and with many findings. CPU milliseconds of the page's main thread as Chromium counts them; opening
is ``domInteractive`` after navigation. One opening uncounted, then five; twenty panels, ten keystrokes.
"""

import datetime
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kit.browser import chromium, sized
from kit.findings import found
from kit.offices import roster_of
from kit.review import evidence, page, submissions_of
from pipeline.forms.catalogue import load_catalogue, load_indicators
from pipeline.forms.editions import load_forms
from pipeline.gather import load_inputs
from pipeline.model.place import CellPlace, a1
from pipeline.review import review_pages
from pipeline.run import examine
from pipeline.workspace import Workspace, templates_folder

ROOT = Path(__file__).parents[2]

OPENED = "const t = performance.timing; return t.domInteractive - t.navigationStart"
OPEN_FIGURE = "document.querySelectorAll('.grid.requests button.figure')[arguments[0]].click()"
TYPE = """const box = document.getElementById('by-word'); box.value = arguments[0];
box.dispatchEvent(new Event('input'))"""
DRAWN = "const done = arguments[0]; requestAnimationFrame(() => setTimeout(done, 0))"
SHEETS = ("依申请公开", "表一", "Sheet1", "附件")
SECOND, LAG, LARGEST = 1.0, 0.1, 3_000_000
"""At most for the sample year: seconds until it can be used; CPU seconds of a panel; bytes."""


def sample() -> str:
    """The sample year's page."""
    templates = templates_folder()
    inputs = load_inputs(Workspace.at(ROOT, 2020), templates)
    examination = examine(inputs, datetime.date(2021, 3, 1))
    return review_pages(examination, examination.findings, templates)[0].content.decode()


def city(size: int, each: int) -> str:
    """A page of so many agencies, each with its own lay-out and so many findings."""
    templates, chance = templates_folder(), random.Random(1)
    form = next(form for form in load_forms(templates / "forms") if form.edition == "2019")
    indicators = load_indicators(templates / "indicators.toml")
    catalogue = load_catalogue(templates / "findings.toml")
    roster = roster_of(size)
    sent = submissions_of(roster, form, indicators)
    for code, one in sent.items():
        down = chance.randrange(5)
        cells = {
            address: replace(
                cell,
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
    return page(evidence(form, indicators, catalogue, size, sent, roster=roster, findings=told), templates)


def measured(browser, file: Path) -> tuple[float, float, float]:
    """Median seconds to open it; CPU seconds of the main thread for a panel and for a keystroke."""
    opened = []
    for _ in range(6):
        browser.get(file.as_uri())
        opened.append(browser.execute_script(OPENED) / 1000)
    panel = cpu(browser, ((OPEN_FIGURE, number) for number in range(20)))
    browser.execute_script("document.getElementById('close').click()")
    key = cpu(browser, ((TYPE, word) for word in ("第", "第1", "第12", "1", "12", "", "不", "不对", "", "9")))
    return statistics.median(opened[1:]), panel, key


def cpu(browser, actions: Iterator[tuple[str, object]]) -> float:
    """CPU seconds of the main thread for one of these actions, drawing included."""
    before, count = _busy(browser), 0
    for count, (script, argument) in enumerate(actions, 1):  # noqa: B007
        browser.execute_script(script, argument)
        browser.execute_async_script(DRAWN)
    return (_busy(browser) - before) / count


def _busy(browser) -> float:
    metrics = browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return next(one["value"] for one in metrics if one["name"] == "TaskDuration")


def main() -> None:
    """Measure, print the table, and end 1 where the sample year's page passes a limit."""
    pages = {
        "sample year, 52 agencies": sample,
        "300 agencies, 600 findings": lambda: city(300, 2),
        "300 agencies, 6,000 findings": lambda: city(300, 20),
        "300 agencies, 30,000 findings": lambda: city(300, 100),
    }
    print("| page | MB | made s | usable after s | panel CPU ms | keystroke CPU ms |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    beyond = []
    with tempfile.TemporaryDirectory() as name, chromium(Path(name)) as browser:
        sized(browser, 1366, 768)
        browser.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        for words, make in pages.items():
            start = time.process_time()
            content = make().encode()
            made = time.process_time() - start
            file = Path(name) / "核对报告.html"
            file.write_bytes(content)
            opened, panel, key = measured(browser, file)
            size = len(content)
            print(
                f"| {words} | {size / 1e6:.2f} | {made:.2f} | {opened:.2f} | {panel * 1000:.0f} | {key * 1000:.0f} |"
            )
            if make is sample and (opened > SECOND or panel > LAG or size > LARGEST):
                beyond.append(words)
    if beyond:
        sys.exit(f"beyond its limit: {', '.join(beyond)}")


if __name__ == "__main__":
    main()
