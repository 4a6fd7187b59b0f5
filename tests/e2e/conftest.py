"""A real browser for tests: Chromium of this machine, driven by Playwright, which never downloads one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from time import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    api = pytest.importorskip("playwright.sync_api", reason="no Playwright here: pip install 'argmap[dev]'")
    api.expect.set_options(timeout=30_000)  # the machine may have much else to do
    options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    with api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page. A script's exception or a breach of its security policy fails the test."""
    context = browser.new_context()
    context.set_default_timeout(20_000)
    page, faults = context.new_page(), []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


Touch = Callable[..., None]


@pytest.fixture
def phone(browser: Browser) -> Iterator[tuple[Page, Touch]]:
    """A phone's page, and what puts fingers on it: the places of all fingers, and those again where they move to.

    The fingers are as fast as the clock in their events says, however slow this machine is.
    """
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    context.set_default_timeout(20_000)
    page = context.new_page()
    session, clock = context.new_cdp_session(page), count(time(), 0.03)

    def touch(*moves: list[tuple[int, int]]) -> None:
        for number, points in enumerate((*moves, [])):
            kind = "touchEnd" if not points else "touchMove" if number else "touchStart"
            touches = [{"x": x, "y": y, "id": id} for id, (x, y) in enumerate(points)]
            event = {"type": kind, "touchPoints": touches, "timestamp": next(clock)}
            session.send("Input.dispatchTouchEvent", event)

    yield page, touch
    context.close()
