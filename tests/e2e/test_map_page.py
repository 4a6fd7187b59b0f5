"""The page of one map in a real browser: by mouse, by keyboard, without a script, and with a hostile author."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, Browser, chromium

import argmap
from argmap.pages import map_page

EXAMPLES = Path(__file__).parents[2] / "examples"
ANSWER = "document.getElementById('answer').textContent"
FOCUSED = "document.activeElement.closest('.statement')?.id"
TROUBLE = ("Log.entryAdded", "Runtime.exceptionThrown")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("page")


@pytest.fixture
def page(folder: Path) -> Iterator[Browser]:
    file = folder / "withdrawal.html"
    file.write_text(map_page(argmap.load(EXAMPLES / "withdrawal.argmap"))[0], encoding="utf-8")
    with chromium(folder / "profile") as browser:
        browser.open(file)
        yield browser


def events(page: Browser, *methods: str) -> list[dict[str, Any]]:
    return [event for event in page.events if event.get("method") in methods]


def test_a_click_asks_what_falls_with_a_statement(page: Browser) -> None:
    assert len(events(page, "Network.requestWillBeSent")) == 1  # the page itself
    page.click("#light-statement-pact")
    assert page.evaluate(ANSWER) == ("If (pact) fell, (a), (b), (c) and (d) would fall; (leverage) would stand.")
    assert page.evaluate("document.querySelectorAll('.light .badge').length") == 6
    assert page.evaluate("document.querySelector('#light-statement-a .badge').textContent") == "now falls"
    assert page.evaluate("document.querySelector('#s0 > .verdict').textContent") == "now falls"
    page.click("#light-statement-pact")
    assert page.evaluate(ANSWER) == ""
    assert page.evaluate("document.querySelector('#s0 > .verdict').textContent") == "stands"
    assert events(page, *TROUBLE) == []


def test_the_keyboard_travels_along_the_argument(page: Browser) -> None:
    page.evaluate("document.querySelector('.light .statement a').focus()")
    assert page.evaluate(FOCUSED) == "light-statement-a"
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(
        "(a): main claim, stands. Washington has to"
    )
    page.press("ArrowDown", shift=True)
    assert page.evaluate(FOCUSED) == "light-statement-lives"
    page.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(
        "(weaker): reason 2 of 2 for (a), stands."
    )
    page.press("Enter")
    assert "If (weaker) fell" in page.evaluate(ANSWER)
    page.press("Escape")
    assert page.evaluate(ANSWER) == ""
    page.press("ArrowUp", shift=True)
    assert page.evaluate(FOCUSED) == "light-statement-a"
    page.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    for letter in "hostil":
        page.press(letter)
    page.press("Enter")
    assert page.evaluate(FOCUSED) == "light-statement-pact"
    assert page.evaluate(ANSWER) == "1 statement found"
    assert events(page, *TROUBLE) == []


def test_the_picture_grows_and_fits(page: Browser) -> None:
    width = "document.querySelector('.light svg').getBoundingClientRect().width"
    before = page.evaluate(width)
    page.click("#larger")
    assert page.evaluate(width) == pytest.approx(before * 1.25, rel=0.01)
    page.click("#fit")
    assert page.evaluate(width) == pytest.approx(before, rel=0.01)
    page.click("#look")
    shown = "getComputedStyle(document.querySelector('.dark')).display"
    assert page.evaluate(shown) == "block"


def test_without_a_script_picture_and_outline_are_there(page: Browser, folder: Path) -> None:
    text = (folder / "withdrawal.html").read_text(encoding="utf-8")
    silent = folder / "silent.html"
    silent.write_text(text.replace("script-src 'sha256-", "script-src 'sha256-A"), encoding="utf-8")
    page.events.clear()
    page.open(silent)
    tree = page.call("Accessibility.getFullAXTree")["nodes"]
    names = [node.get("name", {}).get("value", "") for node in tree if not node["ignored"]]
    assert any("A broader pact" in name for name in names)
    assert not any(name in ("Fit", "Larger") for name in names)


def test_no_text_becomes_markup_or_script(folder: Path) -> None:
    nasty = "</script><script>document.title='taken'</script><img src=x onerror=document.title='taken'> {{ 7 * 7 }}"
    text = f'title: {nasty}\n\n# {nasty}\n\n(a) {nasty}\n    > "{nasty}"\n    + {nasty}\n\n@ <b>: accept (a)\n'
    map = argmap.parse(text)
    file = folder / "nasty.html"
    file.write_text(map_page(map)[0], encoding="utf-8")
    with chromium(folder / "other") as browser:
        browser.open(file)
        assert browser.evaluate("document.title") == nasty
        assert browser.evaluate("document.querySelectorAll('img, b').length") == 1  # the label
        assert len(events(browser, "Network.requestWillBeSent")) == 1
        browser.click("#light-statement-a")
        assert browser.evaluate(ANSWER).startswith("If (a) fell, nothing else")
        assert events(browser, *TROUBLE) == []
