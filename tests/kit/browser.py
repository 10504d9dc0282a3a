"""Chromium as a visitor or an editor of the portal uses it: headless, without a network, in a profile of its own."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import ActionChains, Chrome, ChromeOptions, ChromeService, Keys
from selenium.webdriver.remote.webelement import WebElement

FACES = Path(__file__).parents[2] / "templates" / "fonts"
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{faces}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",  # the gate runs as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


@contextmanager
def chromium(folder: Path) -> Iterator[Chrome]:
    """A browser that sees the bundled faces and no network; it ends with the block."""
    fonts = folder / "fonts.conf"
    fonts.write_text(FONTS.format(faces=FACES, cache=folder / "cache"), encoding="utf-8")
    options = ChromeOptions()
    for argument in (*ARGUMENTS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    browser = Chrome(options, ChromeService(shutil.which("chromedriver"), env=environment))
    try:
        yield browser
    finally:
        browser.quit()


def sized(browser: Chrome, width: int, height: int) -> None:
    """Make the window's inside so large, in CSS pixels; a phone's is narrower than a window may be."""
    screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)


def requests(browser: Chrome) -> list[str]:
    """The addresses asked for since last asked."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = [one["params"] for one in messages if one["method"] == "Network.requestWillBeSent"]
    return [one["request"]["url"] for one in sent]


def copied(browser: Chrome, page: Path) -> None:
    """Open a page, mark all of it and copy it, as a person does with the keyboard."""
    browser.get(page.as_uri())
    _keys(browser, "a", "c")


def pasted(browser: Chrome, into: WebElement) -> None:
    """Paste what was copied."""
    into.click()
    _keys(browser, "v")


def _keys(browser: Chrome, *keys: str) -> None:
    ActionChains(browser).key_down(Keys.CONTROL).send_keys(*keys).key_up(Keys.CONTROL).perform()
