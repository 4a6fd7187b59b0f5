"""The coverage page in a real browser: whole, offline, by keyboard, and as a screen reader is told it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import CHROMIUM, Browser, chromium

from argmap.pages import measure_file, write_page

EXAMPLES = Path(__file__).parents[2] / "examples"

LOST_LINKS = """[...document.querySelectorAll('a')].filter(
  a => !document.getElementById(decodeURIComponent(a.getAttribute('href').slice(1)))).length"""
REPEATED_IDS = """(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  return ids.length - new Set(ids).size })()"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("page")
    for name in ("declaration.argmap", "declaration.txt"):
        shutil.copy(EXAMPLES / name, folder)
    source = folder / "declaration.argmap"
    map, coverages, _ = measure_file(source)
    write_page(map, coverages, folder / "page.html")
    with chromium(folder / "profile") as browser:
        browser.open(folder / "page.html")
        yield browser


def test_it_is_one_file_that_asks_for_nothing_and_breaks_no_rule_of_its_own(page: Browser) -> None:
    asked = [
        event["params"]["request"]["url"] for event in page.events if event.get("method") == "Network.requestWillBeSent"
    ]
    assert len(asked) == 1
    assert [
        event for event in page.events if event.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown")
    ] == []
    # The style got through the page's own security policy.
    assert page.evaluate("getComputedStyle(document.querySelector('.number')).position") == "absolute"


def test_every_link_leads_somewhere_on_the_page(page: Browser) -> None:
    assert page.evaluate(LOST_LINKS) == 0
    assert page.evaluate("document.querySelectorAll('mark').length") >= 40
    assert page.evaluate("document.querySelectorAll('svg g.statement > a').length") == page.evaluate(
        "document.querySelectorAll('ol > li').length"
    )
    assert page.evaluate(REPEATED_IDS) == 0


def test_the_keyboard_reaches_a_passage_its_statement_and_the_passage_again(page: Browser) -> None:
    page.evaluate("location.hash = ''; document.body.tabIndex = -1; document.body.focus()")
    page.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0  # it shows when focused
    page.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text0"
    page.press("Tab")
    assert page.evaluate("document.activeElement.className") == "passage"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    words = page.evaluate("document.activeElement.textContent")
    page.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "LI"
    assert page.evaluate("location.hash").startswith("#s")
    page.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "in the map"
    page.press("Tab")
    page.press("Enter")
    target = "document.querySelector(location.hash).nextElementSibling.textContent"
    assert page.evaluate(target) == words


def test_the_map_can_be_seen_whole_or_in_its_own_size(page: Browser) -> None:
    wide = "document.querySelector('.drawing svg').getBoundingClientRect().width"
    fitted = page.evaluate(wide)
    assert fitted <= page.evaluate("document.querySelector('.drawing').clientWidth")
    page.evaluate("document.querySelector('#actual').focus()")
    page.press(" ")
    assert page.evaluate(wide) > 2 * fitted
    page.press(" ")


def test_a_screen_reader_is_told_the_parts_and_what_links_are(page: Browser) -> None:
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    told = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]]
    roles = {role for role, _ in told}
    assert {"banner", "main", "region", "heading", "link", "list", "checkbox"} <= roles
    regions = [name for role, name in told if role == "region"]
    expected = ["The text: declaration.txt", "The map", "The drawing, which scrolls", "The statements"]
    assert sorted(regions) == sorted(expected)
    links = [name for role, name in told if role == "link"]
    assert "" not in links
    assert any(name.startswith("(tyranny) The present King's reign") for name in links)
    assert sum(role == "heading" for role, _ in told) == 4
    everything = page.evaluate("document.body.textContent")
    assert everything.count("(passed over)") == 2


def test_nothing_sticks_out_of_a_narrow_window(page: Browser) -> None:
    page.call("Emulation.setDeviceMetricsOverride", width=360, height=700, deviceScaleFactor=1, mobile=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.call("Emulation.clearDeviceMetricsOverride")
