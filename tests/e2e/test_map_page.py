"""The page of one map in a real browser: by mouse, by keyboard, without a script, and with a hostile author."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="no Playwright here: pip install 'argmap[dev]'")
from playwright.sync_api import Browser, Page, expect

import argmap
from argmap.pages import map_page

EXAMPLES = Path(__file__).parents[2] / "examples"
FOCUSED = "document.activeElement.closest('.statement')?.id"


def written(folder: Path, map: argmap.ArgumentMap) -> str:
    file = folder / "map.html"
    file.write_text(map_page(map)[0], encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("page"), argmap.load(EXAMPLES / "withdrawal.argmap"))


@pytest.fixture
def sent(page: Page, address: str) -> Page:
    page.goto(address)
    return page


def test_a_click_asks_what_falls_with_a_statement(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    answer = page.locator("#answer")
    page.click("#light-statement-pact")
    expect(answer).to_have_text("If (pact) fell, (a), (b), (c) and (d) would fall; (leverage) would stand.")
    expect(page.locator(".light .badge")).to_have_count(6)
    expect(page.locator("#light-statement-a .badge")).to_have_text("now falls")
    expect(page.locator("#s0 > .verdict")).to_have_text("now falls")
    page.click("#light-statement-pact")
    expect(answer).to_be_empty()
    expect(page.locator("#s0 > .verdict")).to_have_text("stands")
    assert asked == [address]


def test_the_keyboard_travels_along_the_argument(sent: Page) -> None:
    press, answer, focused = sent.keyboard.press, sent.locator("#answer"), sent.locator(":focus")
    sent.locator(".light .statement a").first.focus()
    assert sent.evaluate(FOCUSED) == "light-statement-a"
    expect(focused).to_have_attribute("aria-label", re.compile(r"^\(a\): main claim, stands\. Washington has to"))
    press("Shift+ArrowDown")
    assert sent.evaluate(FOCUSED) == "light-statement-lives"
    press("ArrowRight")
    expect(focused).to_have_attribute("aria-label", re.compile(r"^\(weaker\): reason 2 of 2 for \(a\), stands\."))
    press("Enter")
    expect(answer).to_contain_text("If (weaker) fell")
    press("Escape")
    expect(answer).to_be_empty()
    press("Shift+ArrowUp")
    assert sent.evaluate(FOCUSED) == "light-statement-a"
    press("/")
    expect(focused).to_have_id("find")
    sent.keyboard.type("hostil")
    press("Enter")  # again, it would go to the next one
    press("Tab")
    assert sent.evaluate(FOCUSED) == "light-statement-pact"
    expect(answer).to_have_text("1 statement found")


def test_enter_goes_from_one_found_statement_to_the_next_and_tab_to_its_box(sent: Page) -> None:
    sent.fill("#find", "iran")
    expect(sent.locator("#answer")).to_contain_text("statements found")
    seen = []
    for _ in range(3):
        sent.keyboard.press("Enter")
        seen.append(sent.locator(".light .lit").get_attribute("id"))
    expect(sent.locator("#find")).to_be_focused()
    expect(sent.locator("#answer")).to_contain_text("statements found")  # and asked nothing
    assert len(set(seen)) == 3
    sent.keyboard.press("Tab")
    assert sent.evaluate(FOCUSED) == seen[-1]
    sent.keyboard.press("Tab")
    assert sent.evaluate(FOCUSED) is None  # one stop in the picture


def test_the_picture_grows_and_fits(sent: Page) -> None:
    width = "document.querySelector('.light svg').getBoundingClientRect().width"
    before = sent.evaluate(width)
    sent.click("#larger")
    assert sent.evaluate(width) == pytest.approx(before * 1.25, rel=0.01)
    sent.click("#fit")
    assert sent.evaluate(width) == pytest.approx(before, rel=0.01)
    sent.set_viewport_size({"width": 640, "height": 800})
    sent.wait_for_function(f"{width} <= document.getElementById('picture').clientWidth")
    sent.set_viewport_size({"width": 1280, "height": 720})
    sent.wait_for_function(f"before => Math.abs({width} - before) < 2", arg=before)
    sent.click("#look")
    expect(sent.locator(".dark")).to_be_visible()


def test_fingers_pinch_drag_and_tap_twice(phone: tuple[Page, Callable[..., None]], address: str) -> None:
    page, touch = phone
    page.goto(address)
    width = "document.querySelector('.light svg').getBoundingClientRect().width"
    place = "document.getElementById('picture').scrollLeft"
    fitted = page.evaluate(width)
    touch([(160, 300), (200, 300)], [(150, 300), (210, 300)], [(120, 300), (240, 300)])
    assert page.evaluate(width) == pytest.approx(3 * fitted, rel=0.02)
    assert page.evaluate("visualViewport.scale") == 1  # the picture grows, not the page
    before = page.evaluate(place)
    touch([(300, 300)], *([(300 - 20 * step, 300)] for step in range(1, 8)))
    page.wait_for_function(f"before => {place} > before + 80", arg=before)
    assert page.evaluate(width) == pytest.approx(3 * fitted, rel=0.02)
    expect(page.locator("#answer")).to_be_empty()  # to drag asks nothing
    for is_fitted in (True, False):
        touch([(200, 300)])
        touch([(200, 300)])
        page.wait_for_function(f"fitted => (Math.abs({width} - fitted) < 2) === {str(is_fitted).lower()}", arg=fitted)


def test_without_a_script_picture_and_outline_are_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".light svg")).to_be_visible()
    expect(page.get_by_role("navigation").get_by_text("A broader pact", exact=False).first).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    context.close()


def test_no_text_becomes_markup_or_script(page: Page, tmp_path: Path) -> None:
    nasty = "</script><script>document.title='taken'</script><img src=x onerror=document.title='taken'> {{ 7 * 7 }}"
    text = f'title: {nasty}\n\n# {nasty}\n\n(a) {nasty}\n    > "{nasty}"\n    + {nasty}\n\n@ <b>: accept (a)\n'
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(written(tmp_path, argmap.parse(text)))
    assert page.title() == nasty
    expect(page.locator("img, b")).to_have_count(1)  # the label
    page.click("#light-statement-a")
    expect(page.locator("#answer")).to_contain_text("If (a) fell, nothing else")
    assert len(asked) == 1


def test_the_gates_of_a_bar_are_under_its_conclusion(page: Page, tmp_path: Path) -> None:
    page.goto(written(tmp_path, argmap.parse("(p) One.\n(q) Two.\n--- a rule\n    unless: (g) Gate.\n(c) So.\n")))
    expect(page.locator("#outline > ul > li")).to_have_count(3)
    under = page.locator("#outline > ul > li", has_text="therefore, by a rule, (c) So.").locator("li")
    expect(under).to_contain_text("unless (g) Gate.")
