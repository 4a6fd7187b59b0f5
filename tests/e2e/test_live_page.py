"""The live page in a real browser: writing, faults and fixes, what if, keyboard, and a view that stays."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="no Playwright here: pip install 'argmap[dev]'")
from playwright.sync_api import Page, expect

from argmap.live import LiveServer

PAGE = Path(__file__).parents[2] / "src" / "argmap" / "web" / "page.js"
TEXT = """(a) Take an umbrella 🌂.
    + (b) It is raining.
    + (wet) Rain is wet.
    - (c) It is windy.

@ Ann: accept (a)
"""
pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason="the page is not built; argmap live builds it")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "map.argmap"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def live(page: Page, file: Path) -> Iterator[Page]:
    with LiveServer(str(file)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        page.goto(server.address)
        expect(page.locator("#stage svg")).to_be_visible()
        expect(page.locator(".am-label").first).to_be_visible()
        yield page
        page.close()
        server.shutdown()
        thread.join()


def box(statement: str) -> str:
    return f"#map-statement-{statement}"


def write_at_end(live: Page, text: str) -> None:
    live.focus(".cm-content")
    live.keyboard.press("Control+End")
    live.keyboard.insert_text(text)


def corner(live: Page, statement: str) -> list[int]:
    """Where a box is on the screen, when nothing moves any more."""
    script = """async (selector) => {
      const stage = document.getElementById("stage");
      await Promise.all(stage.getAnimations({ subtree: true }).map((each) => each.finished));
      const { x, y } = document.querySelector(selector).getBoundingClientRect();
      return [Math.round(x), Math.round(y)];
    }"""
    found: list[int] = live.evaluate(script, box(statement))
    return found


def test_what_is_written_is_drawn_and_the_view_stays(live: Page) -> None:
    live.click("#larger")
    live.click("#larger")
    write_at_end(live, "\n")
    before = corner(live, "c")
    live.keyboard.insert_text("\n(d) Take a coat, too.\n")
    expect(live.locator(box("d"))).to_contain_text("Take a coat")
    assert corner(live, "c") == before
    expect(live.locator(".cm-activeLine")).to_have_text("")  # the caret is where the author writes


def test_a_fault_is_underlined_its_fix_is_a_button_and_the_last_good_picture_stays(live: Page) -> None:
    write_at_end(live, "\n(e) Sun.\n    – (f) Not today.\n    + (nowhere)\n")
    expect(live.locator(".cm-lintRange-error").first).to_be_visible()
    expect(live.locator("body")).to_have_class("stale")
    stage = live.locator("#stage")
    expect(stage).to_contain_text("It is raining")
    expect(stage).to_have_css("opacity", "0.4")
    expect(live.locator("#faults")).to_contain_text("error")
    live.click("#faults")
    live.locator(".cm-diagnosticAction").first.click()
    expect(live.locator(".cm-content")).to_contain_text("- (f) Not today.")
    live.click("#partial")
    expect(stage).to_contain_text("Not today.")


def test_a_click_on_a_box_moves_the_caret_and_the_caret_lights_its_box(live: Page) -> None:
    live.click(box("c"))
    expect(live.locator(".cm-activeLine")).to_have_text("    - (c) It is windy.")
    expect(live.locator("#words")).to_contain_text("It is taken as said.")
    live.focus(".cm-content")
    live.keyboard.press("ArrowUp")
    expect(live.locator(box("wet"))).to_have_class(re.compile(r"\blit\b"))
    expect(live.locator(box("c"))).not_to_have_class(re.compile(r"\blit\b"))


def test_what_if_by_keyboard_alone(live: Page) -> None:
    focused, stage = live.locator(":focus"), live.locator("#stage")
    live.focus(box("b"))
    live.keyboard.press("ArrowRight")
    live.keyboard.press("ArrowRight")
    expect(focused).to_have_id("map-statement-c")
    live.keyboard.press("Enter")
    expect(stage).to_contain_text("with (c) withdrawn")
    expect(live.locator("#sentences li").first).to_have_text(re.compile(r"^\(a\): falls → stands\."))
    expect(focused).to_have_id("map-statement-c")  # a new picture, the same place
    live.keyboard.press("Escape")
    expect(stage).not_to_contain_text("withdrawn")


def test_a_screen_reader_hears_what_each_box_is(live: Page) -> None:
    for name in ("(b) It is raining; reason 1 of 2 for (a); stands", "(a) Take an umbrella 🌂; main claim; falls"):
        expect(live.get_by_role("treeitem", name=name, exact=True)).to_have_count(1)
    live.get_by_text("The map as a list").click()
    expect(live.locator("#outline > ul > li > ul > li")).to_have_count(3)


def test_the_map_as_a_holder_sees_it(live: Page) -> None:
    live.select_option("#look", "as seen by Ann")
    expect(live.locator("#stage")).to_contain_text("As seen by Ann")


def test_it_saves_follows_the_file_and_keeps_both_texts_of_a_conflict(live: Page, file: Path) -> None:
    saved = live.get_by_role("button", name="Saved", exact=True)
    file.write_text(TEXT.replace("windy", "stormy"), "utf-8")
    expect(live.locator("#stage")).to_contain_text("stormy")  # nothing unsaved: the page follows
    write_at_end(live, "\n(d) Mine.\n")
    live.click("#save")
    expect(saved).to_be_visible()
    assert "(d) Mine." in file.read_text("utf-8")
    write_at_end(live, "(e) Mine, too.\n")
    file.write_text("(z) Theirs.\n", "utf-8")
    expect(live.locator("#conflict")).to_be_visible()
    live.click("#save")
    expect(live.locator("#other")).to_have_text("(z) Theirs.\n")
    assert file.read_text("utf-8") == "(z) Theirs.\n"
    live.click("#mine")
    expect(saved).to_be_visible()
    assert "(e) Mine, too." in file.read_text("utf-8")


def test_on_a_phone_there_is_one_of_text_and_picture(live: Page) -> None:
    live.set_viewport_size({"width": 390, "height": 800})
    text, picture = live.locator("main > #text"), live.locator("main > #picture")
    expect(text).to_be_visible()
    expect(picture).to_be_hidden()
    live.get_by_role("button", name="Picture", exact=True).click()
    expect(text).to_be_hidden()
    expect(picture).to_be_visible()
    assert live.evaluate("document.documentElement.scrollWidth") <= 390
