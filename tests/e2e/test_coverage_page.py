"""The coverage page in a real browser: whole, offline, by keyboard, and as a screen reader hears it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="no Playwright here: pip install 'argmap[dev]'")
from playwright.sync_api import Page, expect

from argmap.pages import measure_file, write_page

EXAMPLES = Path(__file__).parents[2] / "examples"

LOST_LINKS = """[...document.querySelectorAll('a')].filter(
  a => !document.getElementById(decodeURIComponent(a.getAttribute('href').slice(1)))).length"""
REPEATED_IDS = """(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  return ids.length - new Set(ids).size })()"""
WIDTH = "document.querySelector('.drawing svg').getBoundingClientRect().width"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    for name in ("declaration.argmap", "declaration.txt"):
        shutil.copy(EXAMPLES / name, folder)
    map, coverages, _ = measure_file(folder / "declaration.argmap")
    write_page(map, coverages, folder / "page.html")
    return folder / "page.html"


@pytest.fixture
def coverage(page: Page, file: Path) -> Page:
    page.goto(file.as_uri())
    return page


def test_it_is_one_file_that_asks_for_nothing(page: Page, file: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    # The style got through the page's own security policy.
    expect(page.locator(".number").first).to_have_css("position", "absolute")


def test_every_link_leads_somewhere_on_the_page(coverage: Page) -> None:
    assert coverage.evaluate(LOST_LINKS) == 0
    assert coverage.locator("mark").count() >= 40
    assert coverage.locator("svg g.statement > a").count() == coverage.locator("ol > li").count()
    assert coverage.evaluate(REPEATED_IDS) == 0


def test_the_keyboard_reaches_a_passage_its_statement_and_the_passage_again(coverage: Page) -> None:
    focused = coverage.locator(":focus")
    coverage.keyboard.press("Tab")
    expect(focused).to_have_text("Skip to the text")
    assert coverage.evaluate("document.activeElement.getBoundingClientRect().left") >= 0  # it shows when focused
    coverage.keyboard.press("Enter")
    expect(focused).to_have_id("text0")
    coverage.keyboard.press("Tab")
    expect(focused).to_have_class("passage")
    expect(focused).to_have_css("outline-style", "solid")
    words = focused.text_content()
    coverage.keyboard.press("Enter")
    expect(coverage).to_have_url(re.compile("#s"))
    assert coverage.evaluate("document.activeElement.tagName") == "LI"
    coverage.keyboard.press("Tab")
    expect(focused).to_have_text("in the map")
    coverage.keyboard.press("Tab")
    coverage.keyboard.press("Enter")
    assert coverage.evaluate("document.querySelector(location.hash).nextElementSibling.textContent") == words


def test_the_map_can_be_seen_whole_or_in_its_own_size(coverage: Page) -> None:
    fitted = coverage.evaluate(WIDTH)
    assert fitted <= coverage.evaluate("document.querySelector('.drawing').clientWidth")
    coverage.focus("#actual")
    coverage.keyboard.press("Space")
    assert coverage.evaluate(WIDTH) > 2 * fitted


def test_a_screen_reader_hears_the_parts_and_what_links_are(coverage: Page) -> None:
    for role in ("banner", "main", "heading", "link", "list", "checkbox"):
        assert coverage.get_by_role(role).count(), role
    for name in ("The text: declaration.txt", "The map", "The drawing, which scrolls", "The statements"):
        expect(coverage.get_by_role("region", name=name, exact=True)).to_have_count(1)
    expect(coverage.get_by_role("region")).to_have_count(4)
    assert coverage.get_by_role("link", name=re.compile(r"^\(tyranny\) The present King's reign")).count()
    expect(coverage.get_by_role("link", name=re.compile("^$"))).to_have_count(0)
    expect(coverage.get_by_role("heading")).to_have_count(4)
    assert coverage.evaluate("document.body.textContent").count("(passed over)") == 2


def test_nothing_sticks_out_of_a_narrow_window(coverage: Page) -> None:
    coverage.set_viewport_size({"width": 360, "height": 700})
    assert coverage.evaluate("document.documentElement.scrollWidth") <= 360
