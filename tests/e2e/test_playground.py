"""The playground: the live page as one file from a disk, with the network off, and argmap itself in it."""

from __future__ import annotations

import re
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from gzip import decompress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile
from zlib import DEFLATED, compressobj

import pytest

pytest.importorskip("playwright.sync_api", reason="no Playwright here: pip install 'argmap[dev]'")
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "src" / "argmap" / "web" / "playground.html"
EXAMPLES = sorted((ROOT / "examples").glob("*.argmap"))
TEXT = "(a) Take an umbrella 🌂.\n    + (b) It is raining.\n    - (c) It is windy.\n\n@ Ann: accept (a)\n"
pytestmark = pytest.mark.skipif(not BUILT.is_file(), reason="the page is not built; argmap live builds it")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("playground")
    (folder / "rain.argmap").write_text(TEXT, "utf-8")
    (folder / "argmap.toml").write_text('select = ["teaching"]\n[themes.ours]\ntext = "#123456"\n', "utf-8")
    argmap("playground", folder / "rain.argmap", "-o", folder / "rain.html")
    return folder / "rain.html"


def argmap(*arguments: object) -> bytes:
    return subprocess.run(
        [sys.executable, "-m", "argmap", *map(str, arguments)], check=True, capture_output=True
    ).stdout


@pytest.fixture(scope="module")
def playground(browser: Browser, file: Path) -> Iterator[Page]:
    """One page for all tests: to start argmap takes seconds."""
    context = browser.new_context(offline=True, accept_downloads=True)
    context.set_default_timeout(30_000)
    page, faults, asked = context.new_page(), [], []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(file.as_uri(), wait_until="commit")
    # Long before argmap is there, the text can be written and its lines lead to their places.
    page.get_by_role("button", name="+ (b) It is raining.").click()
    assert "Ready" not in page.inner_text("#progress")
    expect(page.locator(".cm-activeLine")).to_have_text("    + (b) It is raining.")
    expect(page.locator("body[data-ready]")).to_be_attached(timeout=60_000)
    yield page
    assert [fault for fault in faults if "argmap.invalid" not in fault] == []
    # No request leaves the page, not even to be blocked; `blob:` is its own worker.
    assert {url.partition(":")[0] for url in asked} == {"file", "blob"}
    context.close()


def write(page: Page, text: str) -> None:
    page.focus(".cm-content")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


def choose(page: Page, select: str, option: str) -> None:
    page.locator(select).select_option(label=option)


def test_it_is_one_small_file_that_asks_for_nothing(file: Path) -> None:
    assert file.stat().st_size < 12_000_000
    page = file.read_text("utf-8")
    assert "connect-src 'none'" in page
    assert "unsafe-inline" not in page
    assert "src=" not in page.partition("<script")[0]


def test_a_request_would_be_refused(playground: Page) -> None:
    asked = """() => new Promise((done) => {
      addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective), { once: true });
      new WebSocket("wss://argmap.invalid/");
    })"""
    assert playground.evaluate(asked) == "connect-src"
    [worker] = playground.workers
    assert worker.evaluate(asked) == "connect-src"


def test_the_settings_of_the_folder_go_with_it(playground: Page) -> None:
    checked = playground.evaluate("argmap.ask('check', {text: '(a) We should swim.\\n    + (b) It is warm.\\n'})")
    assert "AM301" in [each["code"] for each in checked["diagnostics"]]
    drawn = playground.evaluate("argmap.ask('draw', {text: '(a) A.', theme: 'ours'})")
    assert "#123456" in drawn["drawing"]["svg"]


def test_a_map_is_checked_and_drawn(playground: Page) -> None:
    write(playground, TEXT)
    expect(playground.locator("#stage")).to_contain_text("It is windy.")
    write(playground, TEXT + "\n(d) Sun.\n    – (e) Not today.\n")
    expect(playground.locator("#faults")).to_contain_text("1 error")
    playground.click("#fix")
    expect(playground.locator("#stage")).to_contain_text("Not today.")
    playground.locator("#map-statement-c").press("Enter")
    expect(playground.locator("#sentences li").first).to_contain_text("(a): falls → stands.")
    playground.locator("#map-statement-c").press("Escape")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_its_pictures_are_the_commands_byte_for_byte(playground: Page, example: Path) -> None:
    asked = {"text": example.read_text("utf-8"), "file": True}
    drawn = playground.evaluate("asked => argmap.ask('draw', asked)", asked)["drawing"]["svg"]
    assert f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn}'.encode() == argmap("render", example, "-o", "-")


def test_what_can_be_taken_along(playground: Page, tmp_path: Path) -> None:
    write(playground, TEXT)
    expect(playground.locator("#stage")).to_contain_text("It is windy.")
    (tmp_path / "rain.argmap").write_text(TEXT, "utf-8")

    def taken(act: Callable[[], object]) -> tuple[str, bytes]:
        with playground.expect_download() as found:
            act()
        return found.value.suggested_filename, Path(found.value.path()).read_bytes()

    playground.get_by_text("Export", exact=True).click()
    assert taken(lambda: playground.click("#svg")) == (
        "rain.svg",
        argmap("render", tmp_path / "rain.argmap", "-o", "-"),
    )
    name, data = taken(lambda: playground.click("#png"))
    assert (name, data[:8]) == ("rain.png", b"\x89PNG\r\n\x1a\n")
    assert taken(lambda: playground.click("#save")) == ("rain.argmap", TEXT.encode())
    playground.get_by_text("Export", exact=True).click()
    for format, name in (
        ("standard-form-text", "rain.standard-form.txt"),
        ("argdown", "rain.argdown"),
        ("json", "rain.argmap.json"),
    ):
        there = argmap("convert", tmp_path / "rain.argmap", "--to", format)
        assert taken(lambda format=format: playground.locator("#write").select_option(format)) == (name, there)
    argmap("render", tmp_path / "rain.argmap", "-o", tmp_path / "rain.html")
    assert taken(lambda: playground.click("#html")) == ("rain.html", (tmp_path / "rain.html").read_bytes())
    expect(playground.locator("#pdf")).to_be_hidden()  # typst is too large: the browser prints


def test_a_link_holds_the_map_and_a_long_one_is_not_offered(playground: Page, file: Path) -> None:
    write(playground, TEXT)
    playground.click("#share")
    expect(playground.locator("#sharing")).to_be_visible()
    expect(playground.locator("#link-words")).to_contain_text("characters")
    expect(playground.locator("#link")).to_have_value(re.compile(re.escape(f"{file.as_uri()}#name=rain.argmap&map=")))
    link = playground.input_value("#link")
    expect(playground.locator("#link-words")).to_contain_text(f"{len(link):,} characters")
    playground.click("#close")
    write(playground, "(z) Another.\n")
    playground.evaluate("link => { location.hash = link.split('#')[1] }", link)
    expect(playground.locator("#stage")).to_contain_text("It is windy.")
    assert playground.evaluate("argmap.text()") == TEXT
    playground.evaluate("link => { location.hash = link.split('#')[1].slice(0, -9) }", link)
    expect(playground.locator("#notice")).to_contain_text("cut off")
    assert playground.evaluate("argmap.text()") == TEXT  # and the map stays
    write(playground, " ".join(sha256(bytes([n])).hexdigest() for n in range(250)))
    playground.click("#share")
    expect(playground.locator("#link-words")).to_contain_text("Save the file and send that")
    expect(playground.locator("#link")).to_be_hidden()
    playground.click("#close")


def test_a_reload_keeps_what_was_written_into_the_map_of_a_link(playground: Page) -> None:
    write(playground, TEXT)
    playground.click("#share")
    expect(playground.locator("#link")).to_have_value(re.compile("#name="))
    link = playground.input_value("#link")
    playground.click("#close")
    playground.evaluate("link => { location.hash = link.split('#')[1] }", link)
    expect(playground.locator("#save")).to_have_text("Save")
    write(playground, TEXT + "\n(d) Written here.\n")
    playground.reload()
    expect(playground.locator(".cm-content")).to_contain_text("Written here.")
    expect(playground.locator("body[data-ready]")).to_be_attached(timeout=60_000)
    expect(playground.locator("#stage")).to_contain_text("Written here.")


BAD = '<script>window.reached = 1</script><img src=x onerror="window.reached = 1"> [x](javascript:window.reached=1)'
HOSTILE = {
    "script": f'title: {BAD}\n\n# {BAD}\n\n(a) {BAD} {{url: javascript:window.reached=1}}\n    > "{BAD}" (http://argmap.invalid/)\n'
    "    + (b) <iframe src=//argmap.invalid></iframe> {url: https://argmap.invalid/}\n\n@ <b>Ann</b>: accept (a)\n",
    "names": "(__proto__) x\n    + (constructor) y\n    - (toString) z\n\n@ __proto__: accept (toString)\n",
    "order": "(a) \u202eabc \u2066def\n    + \u202d x\n",
    "controls": "(a) x\0y\n    + \x1b]52;c;aGk=\x07 z\n",
    "deep": "".join(f"{' ' * n}+ x{n}\n" for n in range(300)),
    "many lines": "\n" * 300_000,
    "many faults": "(a) x\n" + "  - + (q) z {:}\n" * 300,
}


def packed(text: str | bytes) -> str:
    squeeze = compressobj(9, DEFLATED, -15)
    data = squeeze.compress(text if isinstance(text, bytes) else text.encode()) + squeeze.flush()
    return urlsafe_b64encode(data).decode().rstrip("=")


def still_works(page: Page) -> None:
    """It answers, and no script has run; the fixture sees to it that nothing was asked for."""
    assert page.evaluate("argmap.ask('check', {text: '(a) A.\\n    +'}).then(said => said.diagnostics.length > 0)")
    assert page.evaluate("window.reached") is None


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_maps_in_links(playground: Page, name: str) -> None:
    playground.evaluate("hash => { location.hash = hash }", f"name=x.argmap&map={packed(HOSTILE[name])}")
    playground.wait_for_timeout(300)
    still_works(playground)
    assert playground.locator("#stage script, #stage iframe, #stage img, a[href^='javascript' i]").count() == 0


def test_a_small_map_opened_while_a_large_one_is_checked_is_shown_whole(playground: Page) -> None:
    large = "(a) All.\n" + "".join(f"    + (r{number}) Reason {number}.\n" for number in range(3000))
    playground.evaluate("hash => { location.hash = hash }", f"map={packed(large)}")
    playground.wait_for_function("() => argmap.text().length > 10000")
    playground.evaluate("hash => { location.hash = hash }", f"map={packed(TEXT)}")
    expect(playground.locator("#stage")).to_contain_text("It is windy.")


@pytest.mark.parametrize(
    "hash", ["map=%%%", "map=AAAA", "map=", f"map={packed(b'a' * 50_000_000)}", f"map={packed(bytes([255]))}"]
)
def test_a_link_that_holds_no_map_changes_nothing(playground: Page, hash: str) -> None:
    playground.evaluate("hash => { location.hash = hash }", f"map={packed(TEXT)}")
    expect(playground.locator("#stage")).to_contain_text("It is windy.")
    playground.evaluate("hash => { location.hash = hash }", hash)
    expect(playground.locator("#notice")).to_contain_text("cannot be read")
    assert playground.evaluate("argmap.text()") == TEXT
    still_works(playground)


def test_the_name_in_a_link_is_shown_as_it_is_read(playground: Page) -> None:
    name = "\u202egpj.exe/../<b>" + "y" * 50_000 + ".argmap"
    playground.evaluate("hash => { location.hash = hash }", f"name={quote(name)}&map={packed('(n) Named.')}")
    expect(playground.locator("#stage")).to_contain_text("Named.")
    assert re.fullmatch(r"y{93}\.argmap", playground.inner_text("#name"))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("deep.json", "[" * 100_000 + "]" * 100_000, "too deep"),
        ("objects.json", '{"a":' * 50_000 + "1" + "}" * 50_000, "too deep"),
        ("twice.json", '{"argmap":1,"argmap":2}', "given twice"),
        ("digits.json", '{"argmap":1,"statements":' + "9" * 6000 + "}", "too many digits"),
        ("deep.xml", "<a>" * 50_000, "too deep"),
        ("entities.xml", '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><arggraph>&b;</arggraph>', "entities"),
        (
            "link.argdown",
            "[A]: <script>window.reached = 1</script>\n  + [B](javascript:window.reached=1)\n",
            "javascript:",
        ),
    ],
)
def test_hostile_files_that_are_opened(playground: Page, tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with playground.expect_file_chooser() as chooser:
        playground.click("#open")
    chooser.value.set_files(tmp_path / name)
    expect(playground.locator("#notice")).to_contain_text(words)
    still_works(playground)


def test_lessons_and_examples_are_inside_and_files_can_be_opened(playground: Page, tmp_path: Path) -> None:
    choose(playground, "#given", "2-objections")
    expect(playground.locator("#stage")).to_contain_text("Pupils look words up")
    assert playground.inner_text("#name") == "2-objections.argmap"
    expect(playground.locator("#about")).to_contain_text("(phones) Phones should stay out of the classroom.")
    choose(playground, "#given", "A new map")
    expect(playground.locator("#stage svg")).to_have_count(0)
    assert playground.evaluate("argmap.text()") == ""
    path = tmp_path / "mine.argmap"
    path.write_bytes(b"\xef\xbb\xbf(m) Mine.\r\n")
    with playground.expect_file_chooser() as chooser:
        playground.click("#open")
    chooser.value.set_files(path)
    expect(playground.locator("#stage")).to_contain_text("Mine.")
    assert playground.evaluate("argmap.text()") == "(m) Mine.\n"
    path.write_bytes(b"\xff\xfe\x00")
    kialo = tmp_path / "swim.txt"
    kialo.write_text("Discussion Title: Swim\n\n1. We should swim.\n1.1. Pro: It is warm.\n", "utf-8")
    with playground.expect_file_chooser() as chooser:
        playground.click("#open")
    chooser.value.set_files(kialo)
    expect(playground.locator("#stage")).to_contain_text("It is warm.")
    assert playground.evaluate("argmap.text()") == "title: Swim\n\n(1) We should swim.\n    + (1.1) It is warm.\n"
    assert playground.inner_text("#name") == "swim.argmap"
    with playground.expect_file_chooser() as chooser:
        playground.click("#open")
    chooser.value.set_files(path)
    expect(playground.locator("#notice")).to_contain_text("is not a map")


def test_a_lesson_is_chosen_by_keyboard_and_not_before_enter(playground: Page) -> None:
    choose(playground, "#given", "A new map")
    playground.focus("#given")
    for _ in range(4):  # the first opens the list
        playground.keyboard.press("ArrowDown")
    assert playground.evaluate("argmap.text()") == ""
    playground.keyboard.press("Enter")
    expect(playground.locator("#name")).to_have_text("2-objections.argmap")
    expect(playground.locator("#stage")).to_contain_text("Pupils look words up")


def test_a_damaged_file_says_so_and_can_be_written_in(browser: Browser, file: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.html"
    start, wasm, rest = file.read_text("utf-8").partition('id="wasm">')
    damaged.write_text(start + wasm + rest[9000:], "utf-8")
    page = browser.new_page()
    page.goto(damaged.as_uri())
    expect(page.locator("#progress")).to_contain_text(
        "argmap cannot start in this browser: the file is damaged", timeout=30_000
    )
    expect(page.locator("#progress")).to_contain_text("download it again")
    write(page, "(n) New.\n")
    with page.expect_download():
        page.click("#save")
    page.context.close()


def test_a_folder_for_a_web_server_has_the_parts_as_files(tmp_path: Path) -> None:
    argmap("playground", "-o", f"{tmp_path / 'site'}/")
    names = sorted(path.name for path in (tmp_path / "site").iterdir())
    assert names == ["argmap.gz", "index.html", "library.gz", "wasm.gz", "worker.gz"]
    page = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert len(page) < 800_000
    assert "connect-src 'self'" in page
    with ZipFile(BytesIO(decompress((tmp_path / "site" / "argmap.gz").read_bytes()))) as inside:
        assert {"argmap/live.py", "argmap/grammars/argmap.lark", "lark/lark.py"} <= set(inside.namelist())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing.argmap", "-o", "x.html"], "missing.argmap is not a map"),
        (["-o", "homework.argmap"], "neither a page nor a folder"),
    ],
)
def test_a_wrong_file_is_refused(arguments: list[str], words: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "argmap", "playground", *arguments], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 2
    assert words in done.stderr
    assert not any(tmp_path.iterdir())
