"""The live page's server: what it answers, and what it refuses to whoever is not the page."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from argmap.live import MOST_BYTES, LiveFolder, LiveServer

TEXT = "(a) Take an umbrella 🌂.\n    + (b) It is raining.\n    - (c) It is windy.\n\n@ Ann: accept (a)\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "map.argmap"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def server(file: Path) -> Iterator[LiveServer]:
    with LiveServer(str(file), patience=1.0) as found:
        thread = threading.Thread(target=found.serve_forever, args=(0.02,))
        thread.start()
        yield found
        found.shutdown()
        thread.join()


def request(
    server: LiveServer,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> tuple[int, dict[str, str], bytes]:
    """The status, the headers and the body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=30)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), answer.read()
    finally:
        connection.close()


def ask(server: LiveServer, question: str, headers: dict[str, str] | None = None, **data: Any) -> Any:
    """The answer to a question of the page."""
    wanted = {"Content-Type": "application/json", "Origin": f"http://{server.host}", **(headers or {})}
    status, _, body = request(server, "POST", f"/{server.token}/{question}", json.dumps(data).encode(), wanted)
    return json.loads(body) if status == 200 else status


# -- what it answers --


def test_a_page_opens_the_map_checks_it_and_draws_it(server: LiveServer) -> None:
    opened = ask(server, "open")
    assert (opened["name"], opened["text"]) == ("map.argmap", TEXT)
    checked = ask(server, "check", text=TEXT)
    assert checked["ok"]
    assert checked["holders"] == ["Ann"]
    assert checked["diagnostics"][0]["severity"] == "note"
    drawn = ask(server, "draw", text=TEXT, withdraw=["c"])["drawing"]
    assert drawn["sentences"][0].startswith("(a): falls → stands.")
    [b] = [each for each in drawn["elements"] if each["statement"] == "b"]
    units = TEXT.encode("utf-16-le")
    assert units[2 * b["span"]["from"] : 2 * b["span"]["to"]].decode("utf-16-le") == "+ (b) It is raining."


def test_places_count_as_the_page_counts(server: LiveServer) -> None:
    at = len(TEXT[: TEXT.index("(b)") + 1].encode("utf-16-le")) // 2
    assert ask(server, "hover", text=TEXT, at=at)["hover"]["lines"][0] == "(b) It is raining."
    assert ask(server, "place", text=TEXT, at=at)["definition"] == {"from": at - 1, "to": at + 2}
    assert [edit["replacement"] for edit in ask(server, "rename", text=TEXT, at=at, label="rain")["edits"]] == ["rain"]


def test_what_cannot_be_answered_says_why(server: LiveServer) -> None:
    assert "errors" in ask(server, "draw", text="    + what")["error"]
    assert "error" not in ask(server, "draw", text="(a) A\n    + (nowhere)", partial=True)
    assert "no label" in ask(server, "rename", text="A", at=0, label="x")["error"]


def test_a_broken_text_is_formatted_by_nobody(server: LiveServer) -> None:
    assert ask(server, "format", text="(a)  A")["text"] == "(a) A\n"
    assert "errors" in ask(server, "format", text="    + A")["error"]
    assert ask(server, "fix", text="(a) A\n    – B")["text"] == "(a) A\n    - B"


def test_a_folder_is_a_list_of_its_maps_with_the_state_of_each(file: Path) -> None:
    (file.parent / "inner").mkdir()
    (file.parent / "inner" / "<b>.argmap").write_text("(a) A\n    + (nowhere)\n", "utf-8")
    (file.parent / "binary.argmap").write_bytes(b"\xff\xfe\x00")
    with LiveServer(LiveFolder(str(file.parent))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        token = server.token
        page = request(server, "GET", f"/{token}/")[2].decode()
        entries = dict(re.findall(r'<a href="\d+/">(.*?)</a> <span>(.*?)</span>', page))
        assert entries["map.argmap"] == "3 statements, 1 note"
        assert entries["inner/&lt;b&gt;.argmap"] == "2 statements, 1 error"
        assert "not UTF-8 text" in entries["binary.argmap"]
        assert entries["map-2.argmap"] == "a new map"
        number = re.findall(r'"(\d+)/">map.argmap<', page)[0]
        opened = ask(server, f"{number}/open")
        assert (opened["text"], opened["listed"]) == (TEXT, True)
        assert ask(server, f"{number}/save", text="(a) A.\n", stamp=opened["stamp"])["stamp"]
        assert file.read_text("utf-8") == "(a) A.\n"
        for asked in ("99/", "-1/", "²/", "../", "1", "x/open", f"{number}/../", f"{number}/{number}/"):
            assert request(server, "GET", f"/{token}/{quote(asked)}")[0] == 404, asked
        assert ask(server, "open") == 404
        server.shutdown()
        thread.join()


def test_the_map_in_another_format(server: LiveServer) -> None:
    written = ask(server, "export", text="(a) A *b*.\n    + (c) C.\n", format="prose")
    assert written["suffix"] == ".prose.md"
    assert written["text"].startswith("A b")
    assert "no format called" in ask(server, "export", text=TEXT, format="nonsense")["error"]


# -- saving --


def test_it_saves_and_keeps_line_ends_and_byte_order_mark(server: LiveServer, file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf(a) One.\r\n")
    opened = ask(server, "open")
    assert opened["text"] == "(a) One.\n"
    saved = ask(server, "save", text="(a) Two.\n", stamp=opened["stamp"])
    assert file.read_bytes() == b"\xef\xbb\xbf(a) Two.\r\n"
    assert ask(server, "poll", stamp=saved["stamp"]) == {}


def test_a_change_made_elsewhere_is_never_overwritten(server: LiveServer, file: Path) -> None:
    opened = ask(server, "open")
    file.write_text("(a) Theirs.\n", "utf-8")
    assert ask(server, "poll", stamp=opened["stamp"])["text"] == "(a) Theirs.\n"
    found = ask(server, "save", text="(a) Mine.\n", stamp=opened["stamp"])
    assert found["conflict"]["text"] == "(a) Theirs.\n"
    assert file.read_text("utf-8") == "(a) Theirs.\n"
    ask(server, "save", text="(a) Mine.\n", stamp=found["conflict"]["stamp"])
    assert file.read_text("utf-8") == "(a) Mine.\n"


def test_a_deleted_file_is_a_change_too(server: LiveServer, file: Path) -> None:
    opened = ask(server, "open")
    file.unlink()
    assert ask(server, "save", text="(a) Mine.\n", stamp=opened["stamp"]) == {"conflict": {"text": "", "stamp": ""}}
    assert not file.exists()
    assert "stamp" in ask(server, "save", text="(a) Mine.\n", stamp="")
    assert file.read_text("utf-8") == "(a) Mine.\n"


def test_of_many_who_save_at_once_one_does(server: LiveServer, file: Path) -> None:
    stamp = ask(server, "open")["stamp"]
    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(lambda n: ask(server, "save", text=f"(a) {n}.\n", stamp=stamp), range(20)))
    assert sum("conflict" not in each for each in found) == 1
    [written] = [n for n, each in enumerate(found) if "conflict" not in each]
    assert file.read_text("utf-8") == f"(a) {written}.\n"


# -- what it refuses --


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1", "[::1]", ""])
def test_a_foreign_host_is_refused(server: LiveServer, host: str) -> None:
    assert ask(server, "open", headers={"Host": host}) == 403
    assert request(server, "GET", f"/{server.token}/", headers={"Host": host})[0] == 403


@pytest.mark.parametrize("token", ["", "x", "../x", "A" * 32, "%00", "é"])
def test_without_the_token_nothing_is_served(server: LiveServer, token: str) -> None:
    for path in (f"/{token}/open", f"/{token}/", f"/{token}", "/", f"//{token}/open"):
        raw = path.encode("utf-8").decode("latin-1")
        asked = f"POST {raw} HTTP/1.1\r\nHost: {server.host}\r\nContent-Length: 2\r\n\r\n{{}}"
        assert b" 403 " in spoken(server, asked.encode("latin-1")).split(b"\r\n")[0]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_pages_are_refused(server: LiveServer, headers: dict[str, str]) -> None:
    assert ask(server, "open", headers=headers) == 403


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data", ""])
def test_a_form_is_no_question(server: LiveServer, kind: str, file: Path) -> None:
    assert ask(server, "save", headers={"Content-Type": kind}, text="", stamp="") == 415
    assert file.read_text("utf-8") == TEXT


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "map.argmap",
        "%2e%2e/x",
        "page.js/..",
        "page.js?x",
        "\\x",
        "web/page.js",
        "answer",
        "__init__",
    ],
)
def test_no_path_leads_to_a_file(server: LiveServer, path: str) -> None:
    assert request(server, "GET", f"/{server.token}/{path}")[0] == 404
    assert ask(server, path) == 404


def test_a_name_in_a_request_is_no_file(server: LiveServer, file: Path) -> None:
    ask(server, "save", text="x", stamp="", path="other.argmap", name="other.argmap")
    ask(server, "draw", text="(a) A", format=str(file.parent / "out.svg"))
    assert [path.name for path in file.parent.iterdir()] == ["map.argmap"]
    assert file.read_text("utf-8") == TEXT


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"1", b"\xff", b"[" * 100_000, b'{"text": 1}', b'{"text": null}'])
def test_what_is_no_question_is_refused(server: LiveServer, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    assert request(server, "POST", f"/{server.token}/check", body, headers)[0] == 400


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fold", 1),
        ("withdraw", {}),
        ("theme", []),
        ("holder", [1]),
        ("keep", 1),
        ("keep", {"scale": "1"}),
        ("keep", {"cuts": [{"after": "a"}]}),
        ("keep", {"layout": "round"}),
    ],
)
def test_data_of_the_wrong_kind_are_refused(server: LiveServer, name: str, value: object) -> None:
    assert ask(server, "draw", text=TEXT, **{name: value}) == 400


@pytest.mark.parametrize("value", ["nowhere", "", "\x00", "a" * 10_000])
def test_data_that_mean_nothing_are_an_error(server: LiveServer, value: str) -> None:
    for name, given in (("fold", [value]), ("withdraw", [value]), ("theme", value), ("layout", value)):
        assert "error" in ask(server, "draw", text=TEXT, **{name: given})


def spoken(server: LiveServer, *pieces: bytes, pause: float = 0.0) -> bytes:
    """What is answered to bytes that are sent piece by piece."""
    with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=30) as connection:
        answer = b""
        try:
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(pause)
            while data := connection.recv(1 << 16):
                answer += data
        except OSError:
            pass
        return answer


def head(server: LiveServer, length: str, *more: str) -> bytes:
    lines = [f"POST /{server.token}/check HTTP/1.1", f"Host: {server.host}", "Content-Type: application/json"]
    return "\r\n".join([*lines, f"Content-Length: {length}", *more, "", ""]).encode()


def test_huge_bodies_are_refused_unread(server: LiveServer) -> None:
    for length in (str(MOST_BYTES + 1), "9" * 5000, "0" * 30 + "999999999"):
        assert b" 413 " in spoken(server, head(server, length)).split(b"\r\n")[0]


@pytest.mark.parametrize("length", ["-1", "x", "1e3", "²", ""])
def test_a_length_must_be_one(server: LiveServer, length: str) -> None:
    answer = spoken(server, head(server, length.encode().decode("latin-1")))
    assert b" 411 " in answer.split(b"\r\n")[0]


def test_chunks_are_refused(server: LiveServer) -> None:
    assert b" 411 " in spoken(server, head(server, "5", "Transfer-Encoding: chunked")).split(b"\r\n")[0]


def test_slow_clients_are_left_and_keep_nobody_waiting(server: LiveServer) -> None:
    ends = []
    for slow in (
        [b"POST"],
        [head(server, "5"), b"{"],
        [b"GET / HTTP/1.1\r\n", *[b"X: y\r\n"] * 100],  # each piece in good time, but never an end
    ):
        thread = threading.Thread(target=lambda pieces=slow: ends.append(spoken(server, *pieces, pause=0.05)))
        thread.start()
        assert ask(server, "open")["text"] == TEXT
        thread.join(20)
        assert not thread.is_alive()
    assert ends == [b"", b"", b""]


def test_fifty_clients_at_once_are_served(server: LiveServer) -> None:
    with ThreadPoolExecutor(50) as pool:
        found = list(pool.map(lambda n: ask(server, "check", text=f"({n}) A\n"), range(50)))
    assert [each["ids"] for each in found] == [[str(n)] for n in range(50)]


def test_answers_may_not_be_kept_framed_or_read_by_others(server: LiveServer) -> None:
    for path in ("/", f"/{server.token}/nothing", f"/{server.token}/"):
        _, headers, _ = request(server, "GET", path)
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'; script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in headers


def test_each_session_has_a_token_and_a_port_of_its_own(server: LiveServer, file: Path) -> None:
    with LiveServer(str(file)) as other:
        assert other.token != server.token
        assert other.server_address[1] != server.server_address[1]
        assert len(other.token) >= 32
        assert other.server_address[0] == "127.0.0.1"


# -- the command --


def live(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "argmap", "live", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_kill_while_it_saves_leaves_the_old_text_or_the_new(file: Path) -> None:
    script = (
        "import sys; from argmap.live import LiveMap; live = LiveMap(sys.argv[1]); stamp = live.open({})['stamp']\n"
        "print('ready', flush=True)\n"
        "for n in range(10**6): stamp = live.save({'text': f'{n % 10}' * 100_000, 'stamp': stamp})['stamp']"
    )
    for pause in (0.0, 0.01, 0.05):
        process = subprocess.Popen([sys.executable, "-c", script, str(file)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(pause)
        process.kill()
        process.communicate()
        text = file.read_text("utf-8")
        assert text == TEXT or (len(text) == 100_000 and len(set(text)) == 1)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bad.argmap", b"(a) \xff", "is not UTF-8"),
        ("map.json", b"{}", "another format"),
        ("no/where.argmap", None, "no such folder"),
    ],
)
def test_what_cannot_be_edited_is_not_opened(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    process = live(tmp_path, name, "--no-browser")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert words in said or "live page" in said
    assert "Traceback" not in said


def test_the_command_prints_its_address_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    process = live(tmp_path, "--no-browser")
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    if not address:
        _, said = process.communicate(timeout=60)
        assert "live page" in said
        pytest.skip("the page is not built, and there is no npm here")
    assert address.startswith("http://127.0.0.1:")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "map.argmap (a new map) is open" in said
    assert said.endswith("argmap: stopped\n")
    assert os.listdir(tmp_path) == []
