"""What an unlucky user and a stranger do: kill argmap, close its streams, give it other people's settings."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import argmap
from argmap.cli import cli
from argmap.live import LiveFolder, LiveServer
from argmap.model import Contradiction, Fact, Quotation, Section, Step, StepKind

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ARGMAP = [sys.executable, "-m", "argmap"]
SMALL = "(a) Take an umbrella.\n    + (b) It is raining.\n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and shell scripts")


def run(*arguments: str, cwd: Path, **more: object) -> subprocess.CompletedProcess[str]:
    given = {"capture_output": True, "text": True, "check": False, "timeout": 60, "input": "", **more}
    return subprocess.run([*ARGMAP, *arguments], cwd=cwd, **given)  # type: ignore[call-overload, no-any-return]


def until(is_so: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)
    return is_so()


def is_alive(number: str) -> bool:
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{number}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "map.argmap").write_text(SMALL)
    return tmp_path


class TestKilled:
    @pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL])
    def test_leaves_no_dot_running(self, how: signal.Signals, folder: Path) -> None:
        if how == signal.SIGKILL and sys.platform != "linux":
            pytest.skip("only Linux tells a process that its parent has died")
        dot = folder / "dot"
        # A stand-in for the machine's dot, with a process of its own where argmap can still clean up.
        own = "" if how == signal.SIGKILL else ", subprocess.Popen([sys.executable, '-c', SLEEP]).pid"
        dot.write_text(
            f"#!{sys.executable}\nimport os, subprocess, sys, time\nSLEEP = 'import time; time.sleep(60)'\n"
            f"print(os.getpid(){own}, file=open('pids', 'w'), flush=True)\nopen('begun', 'w').close()\nexec(SLEEP)\n"
        )
        dot.chmod(0o755)
        environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
        command = [*ARGMAP, "render", "map.argmap", "--layout", "flow", "--engine", "system"]
        with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE) as process:
            assert until(lambda: (folder / "begun").exists())
            process.send_signal(how)
            assert process.wait(10) in (-how, 128 + how)
            assert process.stderr is not None
            assert b"Traceback" not in process.stderr.read()
        numbers = (folder / "pids").read_text().split()
        assert until(lambda: not any(map(is_alive, numbers)))
        assert not (folder / "map.svg").exists()

    @pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
    @pytest.mark.parametrize("what", ["sandbox.lay_out", "painter.in_thread"])
    def test_stops_laying_out_and_painting_at_once(self, what: str, how: signal.Signals, folder: Path) -> None:
        lines = (f"(a{n}) x\n" + "".join(f"    + (a{(n * k) % 300})\n" for k in range(2, 9)) for n in range(300))
        paints = what == "painter.in_thread"
        text = "(a) x\n" + "    + y\n" * 1000 if paints else "\n".join(lines)
        (folder / "large.argmap").write_text(text)
        options = ["--layout", "hanging", "-o", "large.pdf"] if paints else ["--layout", "flow"]
        program = (
            "import sys\nfrom argmap.engine import painter, sandbox\nfrom argmap.__main__ import main\n"
            f"inner = {what}\n{what} = lambda *given: print('begun', flush=True) or inner(*given)\n"
            f"sys.argv = ['argmap', 'render', 'large.argmap', *{options}]\nmain()\n"
        )
        command = [sys.executable, "-c", program]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"begun\n"
            process.send_signal(how)
            assert process.wait(10) == 128 + how
        assert [path.name for path in folder.glob("large.*")] == ["large.argmap"]

    def test_before_it_has_begun_is_an_interrupt(self, folder: Path) -> None:
        program = (
            "import os, signal, sys\nfrom argmap.__main__ import main\n"
            "class Finder:\n"
            "    def find_spec(self, name, *_):\n"
            "        if name == 'click': os.kill(os.getpid(), signal.SIGINT)\n"
            "sys.meta_path.insert(0, Finder())\nmain()\n"
        )
        result = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
        assert result.returncode == 130
        assert result.stderr == b"argmap: interrupted\n"

    def test_while_it_writes_bars_no_later_write(self, folder: Path) -> None:
        program = (
            "import os, signal, sys\nfrom argmap.project.files import write_bytes\n"
            "os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
            "write_bytes('map.json', b'new')\n"
        )
        (folder / "map.json").write_text("old")
        subprocess.run([sys.executable, "-c", program], cwd=folder, check=False)
        assert (folder / "map.json").read_text() == "old"
        assert run("convert", "map.argmap", "map.json", cwd=folder).returncode == 0
        assert sorted(path.name for path in folder.iterdir()) == ["map.argmap", "map.json"]


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1), (0, 1, 2)])
@pytest.mark.parametrize("command", ["check -", "fmt -", "render - -o x.svg", "convert map.argmap --to json"])
def test_closed_streams_give_a_line(command: str, closed: tuple[int, ...], folder: Path) -> None:
    shell = f"{sys.executable} -m argmap {command} " + " ".join(f"{number}>&-" for number in closed)
    result = subprocess.run(["sh", "-c", shell], cwd=folder, input=SMALL, capture_output=True, text=True, check=False)
    assert "Traceback" not in result.stderr
    assert "bug in argmap" not in result.stderr
    needed = {"c": {1}, "r": {0}}.get(command[0] if command[:2] != "ch" else "x", {0, 1})
    if needed & {*closed}:
        assert result.returncode == 2
        assert 2 in closed or result.stderr == "argmap: standard input or output is closed\n"
    else:
        assert result.returncode == 0
    if (folder / "x.svg").exists():
        assert (folder / "x.svg").read_text().endswith("</svg>\n")


@pytest.mark.parametrize("command", ["new x", "convert map.argmap x.json", "fmt map.argmap"])
def test_a_full_disk_leaves_what_was_there(command: str, folder: Path) -> None:
    (folder / "map.argmap").write_text(SMALL.replace("+", "+   "))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    result = run(
        *command.split(),
        cwd=folder,
        preexec_fn=lambda: (
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
            resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10)),
        ),
        env={**os.environ, "XDG_CACHE_HOME": "relative"},
    )
    assert result.returncode == 2
    assert result.stderr.startswith("argmap: cannot write ")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    "command",
    [
        "convert map.argmap s.txt --to prose",
        "convert map.argmap ./sub/../s.txt --to prose",
        "convert map.argmap map.argmap --to prose",
        "convert map.argmap pyproject.toml --to prose",
        "convert copy.json s.txt --to prose",
        "gallery map.argmap -o s.txt",
        "gallery map.argmap -o argmap.toml",
        "coverage map.argmap --html s.txt",
        "coverage map.argmap --html map.argmap",
        "render map.argmap -o picture.svg",
        "render map.argmap -o link.svg",
    ],
)
def test_nothing_of_the_author_s_is_written_over(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "sub").mkdir()
    (folder / "map.argmap").write_text(f'source: s.txt\nsource: p = picture.svg\n\n{SMALL}    > "words"\n')
    (folder / "s.txt").write_text("Some words of a source.\n")
    (folder / "picture.svg").write_text("A picture with words.\n")
    (folder / "link.svg").symlink_to("picture.svg")
    (folder / "argmap.toml").write_text("ignore = ['AM3']\n")
    (folder / "pyproject.toml").write_text("[tool.argmap]\n")
    assert CliRunner().invoke(cli, ["convert", "map.argmap", "copy.json"]).exit_code == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    result = CliRunner().invoke(cli, command.split())
    assert result.exit_code == 2
    assert "give another name to write to" in result.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    forced = CliRunner().invoke(cli, [*command.split(), "--force"])
    assert forced.exit_code in (0, 1)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} != before


def test_a_stranger_s_settings_run_nothing(folder: Path) -> None:
    dot = folder / "dot"
    dot.write_text(f"#!{sys.executable}\nopen('ran', 'w').close()\n")
    dot.chmod(0o755)
    (folder / "argmap.toml").write_text("engine = 'system'\n")
    result = run("render", "map.argmap", cwd=folder, env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"})
    assert result.returncode == 0
    assert "only --engine system runs a program of this machine" in result.stderr
    assert not (folder / "ran").exists()


@pytest.mark.parametrize(
    "line", ["timeout = inf", "timeout = 1e300", "timeout = " + "9" * 5000, "width = " + "9" * 4000]
)
def test_numbers_without_end_in_settings(line: str, folder: Path) -> None:
    (folder / "argmap.toml").write_text(line + "\n")
    result = run("render", "map.argmap", cwd=folder)
    assert result.returncode == 2
    assert result.stderr.startswith("argmap: ")
    assert len(result.stderr) < 300
    assert "sys.set_int" not in result.stderr


def test_keys_given_twice(folder: Path) -> None:
    (folder / "m.json").write_text('{"argmap": 1, "statements": [{"id": "a", "text": "x", "text": "y"}]}')
    assert "“text” is given twice in one object" in run("check", "m.json", cwd=folder).stderr


def test_threads_and_environments_give_the_same_bytes(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Cold starts: one thread in a plain environment, and eight in one that is strange in every way."""
    (folder / "map.argmap").write_text(SMALL + "\n# Two\n\n(c) x *y* İı日本\n    - (d) שלום {#t}\n", encoding="utf-8")
    program = """
import hashlib, sys, threading
import argmap
from argmap.converting import convert
from argmap.formats import registry
start = threading.Barrier(int(sys.argv[1]))
found = []
def work():
    start.wait()
    map = argmap.parse(open(sys.argv[2], encoding="utf-8").read())
    for layout in ("flow", "hanging"):
        for to in ("png", "svg", "pdf", "html"):
            found.append((layout, to, hashlib.sha256(argmap.render(map, to, layout=layout)).hexdigest()))
    for to in registry.formats():
        if to.write is not None:
            found.append(("convert", to.name, ascii(convert(map, to).text)))
    found.append(("check", "", ascii(argmap.check(map))))
threads = [threading.Thread(target=work) for _ in range(int(sys.argv[1]))]
for thread in threads: thread.start()
for thread in threads: thread.join()
print("\\n".join(sorted(map(ascii, set(found)))))
"""
    plain = {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONUTF8": "1"}
    strange = {"PYTHONHASHSEED": "1", "LC_ALL": "tr_TR", "TZ": "Pacific/Chatham", "PYTHONUTF8": "0"}
    strange |= {"PYTHONCOERCECLOCALE": "0", "COLUMNS": "20", "NO_COLOR": "1"}
    inherited = {name: value for name, value in os.environ.items() if name not in ("HOME", "LANG")}
    answers = [
        subprocess.run(
            [sys.executable, "-c", program, number, str(folder / "map.argmap")],
            cwd=tmp_path_factory.mktemp("elsewhere") if added is strange else folder,
            env={**inherited, **added, "XDG_CACHE_HOME": str(folder / f"cache{number}")},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for number, added in (("1", plain), ("8", strange))
    ]
    assert answers[0].count("\n") > 20
    assert answers[0] == answers[1]


# Each runs something, asks the network for something, or makes an element, if it comes to be markup.
ATTACKS = (
    "<script>window.hit=1;console.log('hit');alert(1)</script>",
    "<img src=https://evil.example/x onerror=window.hit=2>",
    "\"'><svg/onload=window.hit=3><style>@import'https://evil.example/y'</style>",
    "]]></style></script></title></textarea></svg>--!><iframe src=https://evil.example/z>",
    "<a href=javascript:window.hit=4 autofocus onfocus=window.hit=5>x</a><base href=https://evil.example/>",
    "</desc><foreignObject><body xmlns=http://www.w3.org/1999/xhtml onload=window.hit=6>&lt;script&gt;{{7*7}}${7*7}",
    "<meta http-equiv=refresh content=0;url=https://evil.example/r><object data=javascript:window.hit=7>",
    "<link rel=stylesheet href=https://evil.example/c><animate attributeName=href values=javascript:window.hit=8>",
)
FOUND_IN_PAGE = r"""() => {
    const all = [...document.querySelectorAll("*")];
    const events = ["mouseover", "focus", "error", "load", "toggle", "begin"];
    for (const each of all) for (const event of events) each.dispatchEvent(new Event(event));
    const isAddress = (attribute) => /href|src|action|data$/i.test(attribute.name);
    const addresses = all.flatMap((each) => [...each.attributes].filter(isAddress)).map((each) => each.value);
    const live = /^(iframe|object|embed|base|foreignobject|animate|img|form)$/i;
    return {
        hit: window.hit,
        handlers: all.flatMap((each) => each.getAttributeNames().filter((name) => /^on/i.test(name))),
        elements: all.map((each) => each.localName).filter((name) => live.test(name)),
        addresses: addresses.filter((each) => !/^(#|https:\/\/good\.example\/|data:|blob:|mailto:)/.test(each)),
    };
}"""


def attacking() -> argmap.ArgumentMap:
    """A map that attacks with every text it can have."""
    good = "https://good.example/"
    ids = [f"{attack} {number}" for number, attack in enumerate(ATTACKS)]
    statements = [
        argmap.Statement(
            id=id,
            text=attack,
            label=id if number % 2 else None,
            tags=(attack,),
            data=(("url", f"{good}{attack}" if number % 3 else f"javascript:window.hit=9//{attack}"), (attack, attack)),
            quotations=(Quotation(words=attack, where=attack),),
            notes=(attack,),
            section=number,
        )
        for number, (id, attack) in enumerate(zip(ids, ATTACKS, strict=True))
    ]
    kinds = (*StepKind, *StepKind)
    steps = [
        Step(kind=kinds[n], ground=(ids[n + 1],), target=ids[n], exceptions=(ids[-1],) * (n == 2), rule=ATTACKS[n])
        for n in range(len(ids) - 2)
    ]
    stances = [
        argmap.Stance(holder=attack, attitude=argmap.Attitude.ACCEPT, statement=id)
        for id, attack in zip(ids, ATTACKS, strict=True)
    ]
    keys = ("title", "author", "date", "lang", "abstract", "words", "source", ATTACKS[2])
    return argmap.ArgumentMap(
        statements=tuple(statements),
        steps=tuple(steps),
        contradictions=(Contradiction(left=ids[0], right=ids[-1]),),
        stances=tuple(stances),
        sections=tuple(Section(title=attack) for attack in ATTACKS),
        facts=tuple(Fact(key=key, value=attack) for key, attack in zip(keys, ATTACKS, strict=True)),
    )


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that a browser opens of such a map."""
    from argmap import pages
    from argmap.sources.coverage import measure
    from argmap.sources.original import Original

    folder, map = tmp_path_factory.mktemp("attacked"), attacking()

    def write(name: str, text: str | bytes) -> None:
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    for layout in ("flow", "hanging"):
        shown = {"layout": layout, "legend": True, "quotations": True}
        write(f"{layout}.svg", argmap.render(map, "svg", **shown))  # type: ignore[call-overload]
        figure = argmap.render(map, "html", **shown).decode()  # type: ignore[call-overload]
        write(f"figure-{layout}.html", f"<!DOCTYPE html><meta charset=utf-8>{figure}")
    write("arguments.svg", argmap.render(map, "svg", level="arguments", overlay=argmap.status_overlay(map)))
    write("page.html", pages.map_page(map)[0])
    write("gallery.html", pages.gallery_page({ATTACKS[0]: map}, ["print", "dark"]))
    originals = [Original(f"{ATTACKS[0]}.txt", "\n\n".join(ATTACKS))]
    pages.write_page(map, measure(map, originals), folder / "coverage.html")
    argmap.write(map, folder / "live.argmap")
    return folder


@pytest.mark.parametrize(
    "name",
    ["flow.svg", "hanging.svg", "arguments.svg", "figure-flow.html", "figure-hanging.html", "page.html", "gallery.html",
     "coverage.html", "live", "live.argmap"],
)  # fmt: skip
def test_nothing_runs_in_a_browser(name: str, attacked: Path, browser: Browser) -> None:
    with ExitStack() as stack:
        address = (attacked / name).as_uri()
        if name.startswith("live"):
            if not (Path(argmap.__file__).parent / "web" / "page.js").is_file():
                pytest.skip("the page is not built; argmap live builds it")
            (attacked / f"{'x' * 9}<img src=x onerror=window.hit=1>.argmap").write_bytes(
                (attacked / "live.argmap").read_bytes()
            )
            live = LiveFolder(str(attacked)) if name == "live" else str(attacked / name)
            server = stack.enter_context(LiveServer(live))
            thread = threading.Thread(target=server.serve_forever, args=(0.02,))
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            address = server.address
        page = browser.new_page()
        stack.callback(page.close)
        happened: list[str] = []
        page.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: happened.append(message.text))
        page.on("pageerror", lambda error: happened.append(str(error)))
        page.on("popup", lambda _: happened.append("popup"))
        own = address.partition("?")[0].rpartition("/")[0] if name.startswith("live") else address
        page.on("request", lambda request: happened.append(request.url) if not request.url.startswith(own) else None)
        page.goto(address)
        if name == "live.argmap":
            page.wait_for_selector("#stage svg .statement")
            page.hover(".cm-line:nth-child(20)")
            page.keyboard.press("F8")
            page.click("#stage svg .statement")
        page.wait_for_timeout(500)
        found = page.evaluate(FOUND_IN_PAGE)
        assert "evil.example" in page.content() or name == "live"
        assert happened == []
        ours = re.compile(r"page\.(css|js)|\.\./|\d+/")  # of the live page and its list
        found["addresses"] = [each for each in found["addresses"] if not ours.fullmatch(each)]
        assert found == {"hit": None, "handlers": [], "elements": [], "addresses": []}
