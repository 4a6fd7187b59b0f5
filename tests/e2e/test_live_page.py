"""The live page in a real browser: writing, faults and fixes, what if, keyboard, and a view that stays."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import CHROMIUM, Browser, chromium

from argmap.live import LiveServer

PAGE = Path(__file__).parents[2] / "src" / "argmap" / "web" / "page.js"
TEXT = """(a) Take an umbrella 🌂.
    + (b) It is raining.
    + (wet) Rain is wet.
    - (c) It is windy.

@ Ann: accept (a)
"""
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
    pytest.mark.skipif(not PAGE.is_file(), reason="the page is not built; argmap live builds it"),
]

BOX = "document.getElementById('map-statement-{}')"
CORNER = f"(() => {{{{ const r = {BOX}.getBoundingClientRect(); return [r.x, r.y].map(Math.round).join() }}}})()"
CARET = "document.querySelector('.cm-activeLine').textContent"
PICTURE = "document.getElementById('stage').textContent"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "map.argmap"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Browser]:
    with LiveServer(str(file)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        browser.events.clear()
        browser.open(server.address)
        browser.until("document.querySelector('#stage svg') && document.querySelector('.am-label') && true")
        yield browser
        # Nothing broke the page's own security policy.
        assert browser.faults() == []
        browser.close()
        server.shutdown()
        thread.join()


def click(page: Browser, id: str) -> None:
    page.evaluate(f"document.getElementById('{id}').click()")


def choose(page: Browser, statement: str) -> None:
    page.evaluate(f"{BOX.format(statement)}.dispatchEvent(new MouseEvent('click', {{bubbles: true}}))")


def write_at_end(page: Browser, text: str) -> None:
    page.evaluate(
        "(() => { const e = document.querySelector('.cm-content'); e.focus(); "
        "getSelection().selectAllChildren(e); getSelection().collapseToEnd() })()"
    )
    page.type(text)


def test_what_is_written_is_drawn_and_the_view_stays(page: Browser) -> None:
    click(page, "larger")
    click(page, "larger")
    write_at_end(page, "\n")
    before = page.evaluate(CORNER.format("c"))
    page.type("\n(d) Take a coat, too.\n")
    page.until(f"{BOX.format('d')} && {PICTURE}.includes('Take a coat')")
    page.until("document.getElementById('stage').getAnimations({subtree: true}).length === 0")
    assert page.evaluate(CORNER.format("c")) == before
    assert page.evaluate(CARET) == ""  # the caret is where the author writes


def test_a_fault_is_underlined_its_fix_is_a_button_and_the_last_good_picture_stays(page: Browser) -> None:
    write_at_end(page, "\n(e) Sun.\n    – (f) Not today.\n    + (nowhere)\n")
    page.until("document.querySelector('.cm-lintRange-error') && true")
    page.until("document.body.classList.contains('stale')")
    assert "It is raining" in page.evaluate(PICTURE)
    assert page.evaluate("getComputedStyle(document.getElementById('stage')).opacity") == "0.4"
    assert "error" in page.evaluate("document.getElementById('faults').textContent")
    click(page, "faults")
    page.until("document.querySelector('.cm-diagnosticAction') && true")
    page.evaluate("document.querySelector('.cm-diagnosticAction').dispatchEvent(new MouseEvent('mousedown'))")
    page.until("document.querySelector('.cm-content').textContent.includes('- (f) Not today.')")
    click(page, "partial")
    page.until(f"{PICTURE}.includes('Not today.')")


def test_a_click_on_a_box_moves_the_caret_and_the_caret_lights_its_box(page: Browser) -> None:
    choose(page, "c")
    assert page.evaluate(CARET) == "    - (c) It is windy."
    page.until("document.getElementById('words').textContent.includes('It is taken as said.')")
    page.evaluate("document.querySelector('.cm-content').focus()")
    page.call("Input.dispatchKeyEvent", type="keyDown", key="ArrowUp", code="ArrowUp", windowsVirtualKeyCode=38)
    page.until(f"{BOX.format('wet')}.classList.contains('lit')")
    assert not page.evaluate(f"{BOX.format('c')}.classList.contains('lit')")


def test_what_if_by_keyboard_alone(page: Browser) -> None:
    page.evaluate(f"{BOX.format('b')}.focus()")
    page.press("ArrowRight")
    page.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "map-statement-c"
    page.press("Enter")
    page.until(f"{PICTURE}.includes('with (c) withdrawn')")
    assert page.evaluate("document.getElementById('sentences').children[0].textContent").startswith(
        "(a): falls → stands."
    )
    assert page.evaluate("document.activeElement.id") == "map-statement-c"  # a new picture, the same place
    page.press("Escape")
    page.until(f"!{PICTURE}.includes('withdrawn')")


def test_a_screen_reader_hears_what_each_box_is(page: Browser) -> None:
    tree = page.call("Accessibility.getFullAXTree")["nodes"]
    named = {node["name"]["value"]: node for node in tree if node["role"].get("value") == "treeitem"}
    assert "(b) It is raining; reason 1 of 2 for (a); stands" in named
    assert "(a) Take an umbrella 🌂; main claim; falls" in named
    assert page.evaluate("document.querySelectorAll('#outline > ul > li > ul > li').length") == 3


def test_the_map_as_a_holder_sees_it(page: Browser) -> None:
    page.evaluate(
        "(() => { const s = document.getElementById('look'); s.value = 'holder:Ann'; "
        "s.dispatchEvent(new Event('change')) })()"
    )
    page.until(f"{PICTURE}.includes('As seen by Ann')")


def test_it_saves_follows_the_file_and_keeps_both_texts_of_a_conflict(page: Browser, file: Path) -> None:
    file.write_text(TEXT.replace("windy", "stormy"), "utf-8")
    page.until(f"{PICTURE}.includes('stormy')")  # nothing unsaved: the page follows
    write_at_end(page, "\n(d) Mine.\n")
    click(page, "save")
    page.until("document.getElementById('save').textContent === 'Saved'")
    assert "(d) Mine." in file.read_text("utf-8")
    write_at_end(page, "(e) Mine, too.\n")
    file.write_text("(z) Theirs.\n", "utf-8")
    page.until("!document.getElementById('conflict').hidden")
    click(page, "save")
    assert page.evaluate("document.getElementById('other').textContent") == "(z) Theirs.\n"
    assert file.read_text("utf-8") == "(z) Theirs.\n"
    click(page, "mine")
    page.until("document.getElementById('save').textContent === 'Saved'")
    assert "(e) Mine, too." in file.read_text("utf-8")


def test_on_a_phone_there_is_one_of_text_and_picture(page: Browser) -> None:
    page.call("Emulation.setDeviceMetricsOverride", width=390, height=800, deviceScaleFactor=1, mobile=True)
    try:
        panes = "[...document.querySelectorAll('main > section')]"
        seen = f"{panes}.filter(e => e.getClientRects().length).map(e => e.id).join()"
        assert page.evaluate(seen) == "text"
        page.evaluate("document.querySelector('#panes [data-pane=picture]').click()")
        assert page.evaluate(seen) == "picture"
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    finally:
        page.call("Emulation.clearDeviceMetricsOverride")
