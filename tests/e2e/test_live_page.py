"""The live page in a real browser: writing, faults and fixes, what if, keyboard, and a view that stays."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="no Playwright here: pip install 'argmap[dev]'")
from playwright.sync_api import Browser, Page, Route, expect

from argmap.live import EditedMap, LiveFolder, LiveMap, LiveServer

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


@contextmanager
def serving(map: LiveMap | LiveFolder | str) -> Iterator[str]:
    """The address of the page of a map."""
    with LiveServer(map) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server.address
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def address(file: Path, page: Page) -> Iterator[str]:
    with serving(str(file)) as found:
        yield found
        page.close()  # before the server goes, which the page would say


@pytest.fixture
def live(page: Page, address: str) -> Page:
    opened(page, address)
    return page


def opened(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#stage svg")).to_be_attached()
    expect(page.locator(".am-label").first).to_be_attached()


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
    expect(live.get_by_role("tree").get_by_role("img")).to_have_count(0)
    live.get_by_text("The map as a list").click()
    expect(live.locator("#outline > ul > li > ul > li")).to_have_count(3)


def test_the_map_as_a_holder_sees_it(live: Page) -> None:
    live.select_option("#look", "as seen by Ann")
    expect(live.locator("#stage")).to_contain_text("As seen by Ann")
    expect(live.locator("#sentences")).to_have_text("No clashes and no debts.")


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
    expect(live.locator("#other mark")).to_contain_text("Theirs")
    assert file.read_text("utf-8") == "(z) Theirs.\n"
    live.click("#mine")
    expect(saved).to_be_visible()
    assert "(e) Mine, too." in file.read_text("utf-8")


def test_on_a_phone_there_is_one_of_text_and_picture(live: Page) -> None:
    live.set_viewport_size({"width": 390, "height": 800})
    text, picture = live.locator("main > #text"), live.locator("main > #picture")
    expect(text).to_be_visible()
    expect(picture).to_be_hidden()
    write_at_end(live, "\n(d) Take a coat, too.\n")
    expect(live.locator(box("d"))).to_be_attached()
    live.get_by_role("button", name="Picture", exact=True).click()
    expect(live.locator(box("d"))).to_be_in_viewport()
    width = live.evaluate("document.querySelector('#stage svg').getBoundingClientRect().width")
    assert 300 < width < 390
    expect(text).to_be_hidden()
    expect(picture).to_be_visible()
    assert live.evaluate("document.documentElement.scrollWidth") <= 390


def test_hovering_lights_what_bears_on_a_statement(live: Page) -> None:
    live.hover(box("b"))
    bears = re.compile(r"\bbears\b")
    for statement, is_lit in (("a", True), ("b", True), ("c", False)):
        found = expect(live.locator(box(statement)))
        found.to_have_class(bears) if is_lit else found.not_to_have_class(bears)
    live.hover("#look")
    expect(live.locator("g.bears")).to_have_count(0)


def test_a_second_click_asks_and_any_set_can_be_withdrawn_and_assumed(live: Page) -> None:
    stage = live.locator("#stage")
    live.focus(".cm-content")
    live.keyboard.press("Control+End")  # its box is the one of the caret already
    live.click(box("c"))
    expect(live.locator(".cm-activeLine")).to_contain_text("(c) It is windy.")
    live.click(box("c"))
    expect(stage).to_contain_text("with (c) withdrawn")
    live.click(box("b"))
    live.click("#stands")
    live.click(box("wet"))
    live.click("#falls")
    expect(stage).to_contain_text("with (c) and (wet) withdrawn and (b) assumed")
    expect(live.locator("#supposed button")).to_have_count(3)
    live.get_by_role("button", name="(c) withdrawn ×").click()
    expect(stage).to_contain_text("with (wet) withdrawn and (b) assumed")
    expect(live.locator("#heard")).to_contain_text("(a) Take an umbrella 🌂; main claim; falls")


def test_faults_are_announced(live: Page) -> None:
    write_at_end(live, "\n(e) Sun.\n    + (nowhere)\n")
    expect(live.locator("#heard")).to_have_text(re.compile("1 error.*no statement has the label"))


def test_a_branch_is_folded_and_unfolded(live: Page) -> None:
    live.click(box("a"))
    live.click("#fold")
    expect(live.locator(box("b"))).to_have_count(0)
    expect(live.locator(box("a"))).to_contain_text("3")  # how many are folded
    live.click("#unfold")
    expect(live.locator(box("b"))).to_be_attached()


@pytest.mark.parametrize(
    ("button", "name", "start"),
    [
        ("SVG", "map.svg", b"<?xml"),
        ("PNG", "map.png", b"\x89PNG"),
        ("PDF", "map.pdf", b"%PDF-"),
        ("Page to send", "map.html", b"<!DOCTYPE html>"),
    ],
)
def test_the_picture_is_taken_along(live: Page, button: str, name: str, start: bytes) -> None:
    live.get_by_text("Export", exact=True).click()
    with live.expect_download() as download:
        live.get_by_role("button", name=button, exact=True).click()
    assert download.value.suggested_filename == name
    assert Path(download.value.path()).read_bytes().startswith(start)


def test_the_map_is_saved_in_standard_form_as_it_is_in_the_editor(live: Page) -> None:
    write_at_end(live, "\n(d) Take a coat, too.\n")
    live.get_by_text("Export", exact=True).click()
    with live.expect_download() as download:
        live.select_option("#write", "standard form")
    assert "Take a coat, too." in Path(download.value.path()).read_text("utf-8")


def test_the_picture_is_copied(live: Page) -> None:
    live.context.grant_permissions(["clipboard-read", "clipboard-write"])
    live.get_by_text("Export", exact=True).click()
    live.get_by_role("button", name="Copy the picture").click()
    expect(live.get_by_text("The picture is copied.")).to_be_visible()
    size = live.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          const picture = await createImageBitmap(await item.getType("image/png"));
          return picture.width / picture.height;
        }"""
    )
    box = live.evaluate("(({ width, height }) => width / height)(document.querySelector('#stage svg').viewBox.baseVal)")
    assert size == pytest.approx(box, rel=0.02)


def test_printed_is_the_picture_alone(live: Page, tmp_path: Path) -> None:
    from pypdf import PdfReader

    live.pdf(path=tmp_path / "printed.pdf")
    pages = PdfReader(tmp_path / "printed.pdf").pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    assert "It is raining" in text
    assert "Export" not in text
    assert "@ Ann" not in text


def test_nothing_moves_where_motion_is_unwanted(live: Page) -> None:
    watch = """() => {
      const { animate } = Element.prototype;
      Element.prototype.animate = function (...how) { window.moved += 1; return animate.apply(this, how); };
    }"""
    live.evaluate(watch)
    for motion, is_moving in (("reduce", False), ("no-preference", True)):
        live.emulate_media(reduced_motion=motion)
        live.evaluate("window.moved = 0")
        write_at_end(live, f"\n({motion}) Something long enough to make room for.\n")
        expect(live.locator(box(motion))).to_be_attached()
        assert (live.evaluate("window.moved") > 0) == is_moving


def test_a_large_map_opens_with_its_main_points(page: Page, file: Path, address: str) -> None:
    file.write_text("".join(f"({c}) Claim.\n" + f"    + Reason {c}.\n" * 20 for c in "abcdef"), "utf-8")
    opened(page, address)
    boxes = page.locator("#stage g.statement")
    expect(boxes).to_have_count(6)
    expect(boxes.first).to_contain_text("20")
    page.click("#unfold")
    expect(boxes).to_have_count(126)


def test_a_new_map_is_written_from_nothing(page: Page, file: Path, address: str) -> None:
    file.unlink()
    page.goto(address)
    expect(page.locator("#faults")).to_have_text("No faults")
    page.focus(".cm-content")
    page.keyboard.insert_text("(a) Take an umbrella.\n    + It is raining.\n")
    expect(page.locator("#stage g.statement")).to_have_count(2)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("button", name="Saved", exact=True)).to_be_visible()
    assert file.read_text("utf-8").startswith("(a) Take an umbrella.")


def test_in_a_circle_every_box_can_be_reached(live: Page, file: Path) -> None:
    file.write_text("(a) One.\n    + (b) Two.\n        + (a)\n", "utf-8")
    expect(live.locator(box("wet"))).to_have_count(0)
    live.click(box("a"))
    live.keyboard.press("Shift+ArrowDown")
    live.keyboard.press("Shift+ArrowDown")
    live.get_by_text("The map as a list").click()
    expect(live.locator("#outline li")).to_have_count(2)


def test_a_page_follows_an_editor_and_leads_back_to_it(page: Page) -> None:
    shown = []
    edited = EditedMap("/nowhere/map.argmap", lambda *place: shown.append(place))
    edited.follow(TEXT)
    with serving(edited) as address:
        page.goto(address)
        expect(page.locator("#stage svg")).to_be_visible()
        expect(page.locator("#editor")).to_be_hidden()
        expect(page.locator("#save")).to_be_hidden()

        edited.follow(TEXT, (3, 12))
        expect(page.locator(box("c"))).to_have_class(re.compile("lit"))
        page.click(box("b"))
        expect(page.locator("#about")).to_have_attribute("data-statement", "b")
        page.keyboard.press("Space")  # goes to the text

        edited.follow(TEXT + "\n(d) Take a coat, too.\n    + (nowhere)\n", (6, 2))
        expect(page.locator("body")).to_have_class(re.compile("stale"))
        edited.follow(TEXT + "\n(d) Take a coat, too.\n", (7, 2))
        expect(page.locator(box("d"))).to_have_class(re.compile("lit"))
        expect(page.locator("body")).not_to_have_class(re.compile("stale"))
        page.close()
    assert shown == [(1, 4, False), (1, 4, True)]


def test_the_last_good_picture_stays_while_there_are_errors(live: Page) -> None:
    live.focus(".cm-content")
    live.keyboard.press("Control+End")
    live.keyboard.type("\n(e) One two three four five six.")
    expect(live.locator(box("e"))).to_contain_text("One two three four five six.")
    live.keyboard.type("\n    because no colon")
    expect(live.locator("#faults")).to_contain_text("1 error")
    expect(live.locator(box("e"))).to_contain_text("One two three four five six.")
    live.click("#partial")
    expect(live.locator("#stage")).to_contain_text("no colon")
    live.click(".cm-content")
    live.keyboard.press("Control+End")
    live.keyboard.type(" at all")
    expect(live.locator("#stage")).to_contain_text("no colon at all")  # what was asked for stays
    live.keyboard.press("Control+a")
    live.keyboard.press("Delete")
    expect(live.locator("#stage")).to_be_hidden()
    expect(live.locator("#faults")).to_have_text("No faults")


def test_the_page_is_used_by_keyboard_alone(live: Page) -> None:
    focused = live.locator(":focus")
    live.keyboard.press("Escape")
    live.keyboard.press("Tab")  # out of the text, to the box of its statement
    expect(focused).to_have_role("treeitem")
    live.keyboard.press("Tab")
    expect(focused).to_have_text("What if it fell?")
    live.keyboard.press("Enter")
    expect(live.locator("#stage")).to_contain_text("with (a) withdrawn")
    live.keyboard.press("/")
    expect(focused).to_have_id("find")
    live.keyboard.type("windy")
    live.keyboard.press("Enter")
    expect(live.locator(box("c"))).to_have_class(re.compile("lit"))
    live.keyboard.press("Tab")
    expect(focused).to_have_text("Look")
    live.keyboard.press("Enter")
    live.keyboard.press("Tab")
    expect(focused).to_have_id("theme")
    live.keyboard.press("Escape")
    expect(live.locator("#theme")).to_be_hidden()
    expect(focused).to_have_text("Look")


def test_the_picture_is_dragged_zoomed_fitted_and_searched(live: Page) -> None:
    fitted = corner(live, "b")
    frame = live.locator("#frame").bounding_box()
    assert frame is not None
    x, y = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] - 10
    live.mouse.move(x, y)
    live.mouse.down()
    live.mouse.move(x - 30, y - 20, steps=3)
    live.mouse.up()
    assert corner(live, "b") == [fitted[0] - 30, fitted[1] - 20]
    width = "document.querySelector('#stage svg').getBoundingClientRect().width"
    before = live.evaluate(width)
    live.keyboard.down("Control")
    live.mouse.wheel(0, -100)
    live.keyboard.up("Control")
    live.wait_for_function(f"before => {width} > before * 1.2", arg=before)
    live.click("#fit")
    assert corner(live, "b") == fitted
    live.fill("#find", "rain")
    expect(live.locator("#notice")).to_have_text("2 found")
    expect(live.locator("g.found")).to_have_count(2)


def test_by_night_page_and_picture_are_dark(live: Page) -> None:
    ground = live.locator("#stage svg > g > rect").first
    expect(ground).to_have_attribute("fill", "#ffffff")
    live.emulate_media(color_scheme="dark")
    expect(ground).not_to_have_attribute("fill", "#ffffff")
    live.get_by_text("Look", exact=True).click()
    live.select_option("#theme", "default")
    expect(ground).to_have_attribute("fill", "#ffffff")
    live.uncheck("#legend")
    expect(live.locator("#stage")).not_to_contain_text("green: for the claim")


def test_very_fast_typing_does_not_skip_the_last_good_text(live: Page) -> None:
    live.focus(".cm-content")
    live.keyboard.press("Control+End")
    held: list[Route] = []
    is_held = True
    # While the page waits for an answer, it asks for none of these texts.
    live.route("**/*", lambda route: held.append(route) if is_held else route.continue_())
    for words in ("\n(e) One", " two", " three.", "\n* no"):
        live.keyboard.insert_text(words)
        expect(live.locator(".cm-content")).to_contain_text(words.strip())
    is_held = False
    for route in held:
        route.continue_()
    expect(live.locator("#faults")).to_contain_text("error")
    expect(live.locator("body")).to_have_class("stale")
    expect(live.locator(box("e"))).to_contain_text("One two three.")


def test_what_is_undone_is_good_again(live: Page) -> None:
    write_at_end(live, "\n    + (nowhere)\n")
    expect(live.locator("body")).to_have_class("stale")
    live.keyboard.press("Control+z")
    expect(live.locator("#faults")).to_have_text("1 note")
    expect(live.locator("body")).not_to_have_class("stale")
    expect(live.locator("#stale")).to_be_hidden()


def test_what_was_never_good_is_drawn_as_it_is_understood(page: Page, file: Path, address: str) -> None:
    file.write_text("(a) One.\n    + (b) Two.\n    + (nowhere)\n", "utf-8")
    page.goto(address)
    expect(page.locator("#stage g.statement")).to_have_count(3)
    write_at_end(page, "    + (c) Three.\n")
    expect(page.locator(box("c"))).to_contain_text("Three.")
    expect(page.locator("#stale-words")).to_have_text("The text has errors. This is what was understood of it.")
    expect(page.locator("body")).not_to_have_class("stale")


def test_a_notice_goes_with_the_next_edit_and_nothing_stays_of_a_text_that_is_gone(live: Page) -> None:
    write_at_end(live, "\n    + (nowhere)\n")
    live.click("#format")
    expect(live.locator("#notice")).to_contain_text("errors")
    live.focus(".cm-content")
    live.keyboard.press("Control+a")
    live.keyboard.press("Delete")
    expect(live.locator("#notice")).to_be_hidden()
    expect(live.locator("#stage svg")).to_have_count(0)
    expect(live.locator("#chosen")).to_be_empty()
    expect(live.locator("body")).not_to_have_class("stale")
    live.keyboard.insert_text("(z) Another.\n")
    expect(live.locator(box("z"))).to_be_in_viewport(ratio=1)  # fitted anew


def test_another_layout_is_seen_whole(live: Page) -> None:
    for _ in range(4):
        live.click("#larger")
    live.get_by_text("Look", exact=True).click()
    for layout in ("flow", "hanging"):
        live.select_option("#layout", layout)
        expect(live.locator(f"#stage {box('c')}")).to_be_in_viewport(ratio=1)
        expect(live.locator(f"#stage {box('b')}")).to_be_in_viewport(ratio=1)
    live.get_by_role("button", name="Main points only").click()
    expect(live.locator("#notice")).to_contain_text("small enough to be seen whole")


def test_a_reload_keeps_what_was_not_saved_and_undo_leads_back(live: Page, file: Path) -> None:
    live.on("dialog", lambda dialog: dialog.accept())
    write_at_end(live, "\n(d) Mine.\n")
    expect(live.locator(box("d"))).to_be_attached()
    live.reload()
    expect(live.locator(box("d"))).to_be_attached()
    expect(live.get_by_role("button", name="Save", exact=True)).to_be_visible()
    file.write_text("(z) Theirs.\n", "utf-8")
    live.reload()
    expect(live.locator("#conflict")).to_be_visible()
    live.click("#theirs")
    expect(live.locator(box("z"))).to_be_attached()
    expect(live.locator(":focus")).to_have_class(re.compile("cm-content"))


def test_a_holder_and_what_if_are_not_shown_at_once(live: Page) -> None:
    live.focus(box("c"))
    live.keyboard.press("Enter")
    expect(live.locator("#stage")).to_contain_text("with (c) withdrawn")
    live.select_option("#look", "as seen by Ann")
    expect(live.locator("#stage")).to_contain_text("As seen by Ann")
    expect(live.locator("#supposed")).to_be_empty()
    live.focus(box("b"))
    live.keyboard.press("Enter")
    expect(live.locator("#stage")).to_contain_text("with (b) withdrawn")
    expect(live.locator("#look")).to_have_value("")


def test_what_is_withdrawn_is_called_by_its_first_words_also_where_it_is_folded(live: Page) -> None:
    write_at_end(live, "\n(d) Stay at home.\n    + The sofa is far more comfortable today.\n")
    sofa = live.get_by_role("treeitem", name=re.compile("^The sofa"))
    sofa.press("Enter")
    expect(live.locator("#supposed")).to_have_text("“The sofa is far…” withdrawn ×")
    live.focus(box("d"))
    live.click("#fold")
    expect(sofa).to_have_count(0)
    expect(live.locator("#supposed")).to_have_text("“The sofa is far…” withdrawn ×")
    live.focus(box("b"))
    expect(live.locator("#fold")).to_be_hidden()  # nothing is under it


def test_a_fault_has_its_line_and_the_first_error_is_announced(live: Page) -> None:
    write_at_end(live, "\n(lonely) Sun.\n\n(d) One.\n    + (nowhere)\n")
    expect(live.locator("#heard")).to_have_text(re.compile(r"^1 error.*no statement has the label"))
    live.click("#faults")
    expect(live.locator(".cm-panel-lint li", has_text="no statement has")).to_contain_text("line 10")


def test_completions_do_not_cover_what_is_written(live: Page) -> None:
    live.locator(".cm-line", has_text="(b)").click()
    live.keyboard.press("Home")
    live.keyboard.press("Delete")
    live.keyboard.type("-")
    expect(live.locator(box("b"))).to_have_attribute("aria-label", re.compile("objection 1 of 2"))
    expect(live.locator(".cm-tooltip-autocomplete")).to_have_count(0)
    live.keyboard.press("Control+ ")
    expect(live.locator(".cm-tooltip-autocomplete")).to_be_visible()  # who asks is answered


def test_with_errors_the_last_good_picture_is_taken_along_and_said_so(live: Page) -> None:
    write_at_end(live, "\n    + (nowhere)\n")
    expect(live.locator("body")).to_have_class("stale")
    live.get_by_text("Export", exact=True).click()
    for button in ("SVG", "Page to send"):
        with live.expect_download() as download:
            live.get_by_role("button", name=button, exact=True).click()
        text = Path(download.value.path()).read_text("utf-8")
        assert "It is raining" in text
        assert "nowhere" not in text
        expect(live.locator("#notice")).to_have_text("The text has errors, so this is the last good picture.")
    live.select_option("#write", "prose")
    expect(live.locator("#notice")).to_contain_text("the map has errors; correct them first")


def test_fingers_drag_and_tap_twice_and_write(phone: tuple[Page, Callable[..., None]], address: str) -> None:
    page, touch = phone
    opened(page, address)
    page.locator(".cm-line", has_text="(c)").tap()
    page.get_by_role("button", name="Indent", exact=True).tap()
    expect(page.locator(box("c"))).to_have_attribute("aria-label", re.compile(r"to \(wet\)"))
    page.get_by_role("button", name="Undo", exact=True).tap()
    expect(page.locator(box("c"))).to_have_attribute("aria-label", re.compile(r"to \(a\)"))
    page.get_by_role("button", name="Picture", exact=True).tap()
    expect(page.locator("#frame")).to_be_visible()
    fitted = corner(page, "b")
    touch([(200, 500)], [(190, 490)], [(160, 470)])
    assert corner(page, "b") == [fitted[0] - 40, fitted[1] - 30]
    page.get_by_role("button", name="Fit").tap()
    width = "document.querySelector('#stage svg').getBoundingClientRect().width"
    before = page.evaluate(width)
    touch([(160, 400), (200, 400)], [(150, 400), (210, 400)], [(140, 400), (220, 400)])
    assert page.evaluate(width) == pytest.approx(2 * before, rel=0.05)
    page.get_by_role("button", name="Fit").tap()
    for is_larger in (True, False):
        touch([(380, 200)])
        touch([(380, 200)])
        page.wait_for_function(f"width => ({width} > width * 1.3) === {str(is_larger).lower()}", arg=before)


def test_what_is_found_is_near_enough_to_read(live: Page, file: Path) -> None:
    file.write_text("".join(f"({c}) Claim.\n" + f"    + Reason {c}.\n" * 9 for c in "abcdef"), "utf-8")
    expect(live.locator("#stage g.statement")).to_have_count(60)
    live.click("#fit")
    live.fill("#find", "reason e")
    live.keyboard.press("Enter")
    expect(live.locator("g.statement.lit")).to_be_in_viewport(ratio=1)
    assert live.evaluate("parseFloat(document.getElementById('stage').style.transform.split('scale(')[1])") > 0.7
    live.locator(box("e")).click()
    live.click("#fold")
    expect(live.locator("#stage g.statement")).to_have_count(51)
    live.fill("#find", "reason e")
    expect(live.locator("#notice")).to_have_text("0 found, not counting what is folded")


def test_a_file_that_is_no_text_says_so_and_leads_back(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "bad.argmap").write_bytes(b"\xff\xfe")
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    with serving(LiveFolder(str(tmp_path))) as address:
        page.goto(address)
        page.get_by_role("link", name="bad.argmap").click()
        expect(page.locator("#notice")).to_contain_text("is not UTF-8 text")
        page.keyboard.press("Control+s")
        page.get_by_role("link", name="All maps").click()
        expect(page.get_by_role("link", name="bad.argmap")).to_be_visible()
    page.context.close()
    assert faults == []
    assert (tmp_path / "bad.argmap").read_bytes() == b"\xff\xfe"


def test_the_tree_is_read_in_the_order_of_the_argument(live: Page) -> None:
    write_at_end(live, "\n(p) One.\n(q) Two.\n--- so\n(r) Three.\n")  # drawn from right to left
    expect(live.locator(box("r"))).to_be_attached()
    session = live.context.new_cdp_session(live)

    def heard() -> list[tuple[str, int, bool | None]]:
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        by_id = {node["nodeId"]: node for node in nodes}
        found = []

        def walk(node: dict[str, Any]) -> None:
            said = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
            if node.get("role", {}).get("value") == "treeitem":
                found.append((node["name"]["value"].split(" ")[0], said["level"], said.get("expanded")))
            for child in node.get("childIds", []):
                walk(by_id[child])

        walk(nodes[0])
        return found

    below = [("(b)", 2, None), ("(wet)", 2, None), ("(c)", 2, None)]
    rest = [("(r)", 1, True), ("(p)", 2, None), ("(q)", 2, None)]
    assert heard() == [("(a)", 1, True), *below, *rest]
    live.focus(box("a"))
    live.click("#fold")
    expect(live.locator(box("b"))).to_have_count(0)
    assert heard() == [("(a)", 1, False), *rest]


def test_in_the_readers_own_colours_what_is_chosen_is_seen(live: Page) -> None:
    live.emulate_media(forced_colors="active")
    live.click(box("c"))
    ground = "getComputedStyle(document.getElementById('falls')).backgroundColor"
    before = live.evaluate(ground)
    live.click("#falls")
    expect(live.locator("#falls")).to_have_attribute("aria-pressed", "true")
    assert live.evaluate(ground) != before
    live.focus(".cm-content")
    live.keyboard.press("Control+a")
    expect(live.locator(".cm-selectionBackground").first).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_every_part_of_the_page_is_reached_by_tab_and_seen_to_be(live: Page) -> None:
    write_at_end(live, "\n(x) Seen.\n    => (a)\n")  # drawn with a tag
    expect(live.locator(box("x"))).to_be_attached()
    at = """() => {
      const at = document.activeElement;
      const isText = at.matches(".cm-content");
      const { outlineStyle } = getComputedStyle(at);
      const path = at.querySelector(":scope > path");
      const isSeen = outlineStyle !== "none" || (path && getComputedStyle(path).strokeWidth === "4px");
      const isBody = at === document.body;
      return [isText ? "text" : isBody ? "" : at.id || at.textContent, isSeen || isText || isBody];
    }"""
    parts = """() => {
      for (const each of document.querySelectorAll("details")) each.open = true;
      document.activeElement.blur();
      return [...document.querySelectorAll("button, select, input")]
        .filter((each) => each.checkVisibility() && !each.closest("#outline")).map((each) => each.id);
    }"""
    wanted, seen, name = set(live.evaluate(parts)), set[str](), ""
    while not wanted <= seen:
        if name == "text":
            live.keyboard.press("Escape")  # it keeps Tab for itself, until then
        live.keyboard.press("Tab")
        name, is_seen = live.evaluate(at)
        assert is_seen, name
        assert not name or name not in seen, f"only {seen} of {wanted}"
        seen.add(name)
    assert [name for name in seen if name.startswith("map-")] == ["map-statement-x"]  # one box, and no tag


def test_what_went_wrong_for_a_moment_is_not_said_for_ever(page: Page, file: Path, address: str) -> None:
    opened(page, address)
    file.write_bytes(b"\xff\xfe")
    expect(page.locator("#notice")).to_contain_text("is not UTF-8 text")
    file.write_text(TEXT + "\n(d) Back.\n", "utf-8")
    expect(page.locator(box("d"))).to_be_attached()
    expect(page.locator("#notice")).to_be_hidden()


def test_what_if_can_be_asked_before_a_new_text_is_checked(live: Page) -> None:
    held: list[Route] = []
    is_held = True
    live.route("**/check", lambda route: held.append(route) if is_held else route.continue_())
    write_at_end(live, "\n(d) One.\n    + (e) Two.\n")
    live.locator(box("e")).press("Enter")
    expect(live.locator("#stage")).to_contain_text("with (e) withdrawn")
    is_held = False
    for route in held:
        route.continue_()
    expect(live.locator("#supposed")).to_have_text("(e) withdrawn ×")


def test_the_caret_on_a_label_lights_the_box_of_that_statement(live: Page) -> None:
    live.locator(".cm-line", has_text="(c)").click()
    expect(live.locator(box("c"))).to_have_class(re.compile(r"\blit\b"))
    live.locator(".cm-line", has_text="@ Ann: accept (a)").click()
    live.keyboard.press("End")
    expect(live.locator(box("a"))).to_have_class(re.compile(r"\blit\b"))
    expect(live.locator("#chosen")).to_contain_text("(a) Take an umbrella")


def test_who_pastes_an_article_reads_what_a_map_is(live: Page) -> None:
    write_at_end(live, "\n" + "".join(f"Paragraph {n} of my column goes on and on.\n" for n in range(12)))
    expect(live.locator("#notice")).to_contain_text("This is running text.")
    expect(live.get_by_text("Joined with the reason or objection above")).to_be_visible()
    live.keyboard.insert_text("More.\n")
    expect(live.locator("#faults")).to_contain_text("13 errors")
    expect(live.locator("#notice")).to_be_hidden()  # said once
