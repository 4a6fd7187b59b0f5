"""The server behind the live page: one map, for browsers on this machine only.

Nothing that a request says names a file. Everything asked needs the token, which is in the address that the user opens;
the page is served to nobody else. What a map means is the business of `argmap.service`.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
import threading
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import Enum
from functools import cached_property
from hashlib import sha256
from hmac import compare_digest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import define, evolve, field, fields

from argmap.converting import convert, parse
from argmap.diagnostics.fixes import apply_fixes
from argmap.diagnostics.terminal import counted, format_counts
from argmap.drawing.options import Choices
from argmap.drawing.theme import themes
from argmap.errors import ArgmapError, DocumentError, FileError
from argmap.formats.registry import by_name, for_reading
from argmap.pages import fill, map_page
from argmap.project.decoding import decode
from argmap.project.files import maps_in, read_bytes, write_bytes
from argmap.project.settings import find_settings
from argmap.rendering import draw
from argmap.service import OVERVIEW_FROM, OpenDocument
from argmap.structuring import structured
from argmap.text import Source, Span, Utf16

if TYPE_CHECKING:
    from argmap.project.settings import Settings

HOST = "127.0.0.1"
MOST_BYTES = 8 * 1024 * 1024
"""The largest request: far past any map that a page can show."""
PATIENCE = 15.0
"""Seconds that a client may take over a request, and may keep a connection without one."""
MOST_THREADS = 256
"""A client takes two: one to answer it, and a clock."""
_PAGE = {"": "text/html", "page.js": "text/javascript", "page.css": "text/css"}
_QUESTIONS = frozenset(("open", "poll", "check", "good", "draw", "hover", "complete", "place", "rename"))
_QUESTIONS |= {"format", "fix", "convert", "export"}
_LOOK = ("theme", "layout", "shape", "direction", "width", "font")
_ASKED = {"theme": str, "layout": str, "overview": bool, "legend": bool}
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{}'; connect-src 'self'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

Data = Mapping[str, Any]


class RefusedError(Exception):
    """A request that is not answered: its status and why."""


@define(eq=False)
class LiveMap:
    """The map that a page edits, and its file. The page's text has plain line ends and no byte-order mark.

    Attributes:
        questions: What a page may ask.
        path: Where it is saved; the file need not be there yet.
        is_listed: Whether it is one of a folder, whose list is a level up.
    """

    questions: ClassVar[frozenset[str]] = _QUESTIONS | {"save"}
    path: str
    is_listed: bool = field(default=False, kw_only=True)
    _saving: threading.Lock = field(factory=threading.Lock, init=False)
    _drawing: threading.Lock = field(factory=threading.Lock, init=False)
    _last: OpenDocument | None = field(default=None, init=False)

    @cached_property
    def settings(self) -> Settings:
        return find_settings(self.path)

    def read(self) -> tuple[str, str]:
        """The text of the file, and a stamp that changes with it; both empty where there is none.

        Raises:
            FileError: the file cannot be read, or is not text.
        """
        if not os.path.lexists(self.path):
            return "", ""
        data = read_bytes(self.path)
        source, faults = decode(data, self.path)
        if faults:
            raise FileError(f"{self.path} is not UTF-8 text, and saving it would lose something; save it as UTF-8")
        return source.text.removeprefix("\ufeff"), sha256(data).hexdigest()

    def reply(self, question: str, data: Data) -> bytes:
        """The answer to a question of the page, as JSON; or why there is none.

        Raises:
            RefusedError: there is no such question, or its data are not what they should be.
        """
        if question not in self.questions:
            raise RefusedError(404, "there is nothing here")
        try:
            answer: Data = getattr(self, question)(data)
        except ArgmapError as error:
            answer = {"error": str(error)}
        return as_json(answer, str(data.get("text", "")))

    def state(self) -> str:
        """How large the map is and what is wrong with it, in words."""
        if not os.path.lexists(self.path):
            return "a new map"
        try:
            document = self._document({"text": self.read()[0]})
        except ArgmapError as error:
            return str(error)
        return f"{counted(len(document.map.statements), 'statement')}, {format_counts(document.diagnostics)}"

    # -- the file --

    def open(self, data: Data) -> Data:
        text, stamp = self.read()
        return {
            "name": os.path.basename(self.path),
            "text": _plain(text),
            "stamp": stamp,
            "themes": [*themes(), *self.settings.themes],
            "overview": OVERVIEW_FROM,
            "follows": "reveal" in self.questions,
            "listed": self.is_listed,
            "pdf": find_spec("typst") is not None,
        }

    def poll(self, data: Data) -> Data:
        """Whether the file is another than the page knows, and its text."""
        text, stamp = self.read()
        return {} if stamp == _get(data, "stamp", str) else {"text": _plain(text), "stamp": stamp}

    def save(self, data: Data) -> Data:
        """Write the file, unless it is another than the page knows."""
        with self._saving:
            old, stamp = self.read()
            if stamp != _get(data, "stamp", str):
                return {"conflict": {"text": _plain(old), "stamp": stamp}}
            text = _get(data, "text", str)
            written = read_bytes(self.path) if stamp else b""
            if b"\r\n" in written:
                text = text.replace("\n", "\r\n")
            bom = b"\xef\xbb\xbf" if written.startswith(b"\xef\xbb\xbf") else b""
            new = bom + text.encode("utf-8", "replace")
            write_bytes(self.path, new)
            return {"stamp": sha256(new).hexdigest()}

    # -- the map --

    def _document(self, data: Data) -> OpenDocument:
        text = _plain(_get(data, "text", str))
        last = self._last
        if last is None or last.text != text:
            last = self._last = OpenDocument(text, self.path, self.settings)
        return last

    def check(self, data: Data) -> Data:
        document = self._document(data)
        return {
            "ok": document.map.ok,
            "ids": [each.id for each in document.map.statements if not each.missing],
            "holders": document.map.holders,
            **{name: getattr(document, name) for name in ("diagnostics", "folds")},
        }

    def good(self, data: Data) -> Data:
        """Which of some texts is the first without errors."""
        texts = enumerate(_get(data, "texts", list))
        return next(({"number": number} for number, text in texts if self._document({"text": text}).map.ok), {})

    def _look(self, data: Data) -> dict[str, Any]:
        """How the picture is to look: what the page asks for, then what the settings say."""
        wanted = {name: value for name in _LOOK if (value := getattr(self.settings, name)) is not None}
        wanted |= {name: _get(data, name, kind) for name, kind in _ASKED.items() if name in data}
        if data.get("keep") is not None:
            wanted["keep"] = structured(data["keep"], Choices, lambda _: RefusedError(400, "keep is not choices"))
        return {
            **wanted,
            "fold": _names(data, "fold"),
            "themes": self.settings.themes,
            "engine": self.settings.safe_engine or "auto",
        }

    def draw(self, data: Data) -> Data:
        document = self._document(data)
        if not document.map.ok and not data.get("partial"):
            raise DocumentError("the map has errors")
        with self._drawing:
            id_prefix = "" if data.get("file") is True else "map-"
            drawing = document.draw(id_prefix=id_prefix, **self._supposed(data), **self._look(data))
        # Of what is drawn, the page uses boxes and what stands for them.
        elements = tuple(each for each in drawing.elements if each.statement is not None)
        return {"drawing": evolve(drawing, elements=elements)}

    def _supposed(self, data: Data) -> dict[str, Any]:
        return {
            "withdraw": _names(data, "withdraw"),
            "assume": _names(data, "assume"),
            "holder": _get(data, "holder", str) if data.get("holder") else None,
            "show_standing": data.get("standing") is True,
        }

    def hover(self, data: Data) -> Data:
        return {"hover": self._document(data).hover(self._at(data), _names(data, "withdraw"), _names(data, "assume"))}

    def complete(self, data: Data) -> Data:
        return {"completions": self._document(data).complete(self._at(data))}

    def place(self, data: Data) -> Data:
        """Where the statement at a place is written."""
        return {"definition": self._document(data).definition(self._at(data))}

    def rename(self, data: Data) -> Data:
        return {"edits": self._document(data).rename(self._at(data), _get(data, "label", str))}

    def format(self, data: Data) -> Data:
        return {"text": self._document(data).formatted()}

    def fix(self, data: Data) -> Data:
        document = self._document(data)
        return {"text": apply_fixes(document.text, document.diagnostics)[0]}

    def convert(self, data: Data) -> Data:
        """A file, by its name and content in any format, as a map in the notation; and what was lost."""
        source = Source(_get(data, "name", str), _get(data, "text", str))
        if (format := for_reading(source).name) == "argmap":
            return {"text": source.text, "losses": []}
        written = convert(parse(source.text, source.name, format=format), by_name("argmap"))
        return {"text": written.text, "losses": [each.message for each in written.diagnostics]}

    def export(self, data: Data) -> Data:
        """The map in another format, and what could not be carried over; or its picture, or page, as base64."""
        name, document, look = _get(data, "format", str), self._document(data), self._look(data)
        if name == "pdf":
            look["overlay"], _ = document.supposed(**self._supposed(data))
            made = draw(document.map, name, **look).data
        elif name == "html":
            made = map_page(document.map, **look)[0].encode()
        else:
            format = by_name(name)
            written = convert(document.map, format)
            losses = written.diagnostics[len(document.map.diagnostics) :]
            return {"text": written.text, "suffix": format.suffixes[0], "losses": [each.message for each in losses]}
        return {"base64": b64encode(made).decode(), "suffix": f".{name}", "losses": []}

    def _at(self, data: Data) -> int:
        return _units(data).offset(_get(data, "at", int))


@define(eq=False)
class EditedMap(LiveMap):
    """A map whose text an editor has. The page follows it, and asks the editor to show places.

    Attributes:
        show: Called with a line and a column as editors count them, and whether the editor should take the focus.
    """

    questions: ClassVar[frozenset[str]] = _QUESTIONS | {"reveal"}
    show: Callable[[int, int, bool], object]
    _now: tuple[str, str] = field(default=("", ""), init=False)
    _caret: int = field(default=0, init=False)
    _news: threading.Condition = field(factory=threading.Condition, init=False)

    def read(self) -> tuple[str, str]:
        return self._now

    def follow(self, text: str, place: tuple[int, int] | None = None) -> None:
        """Take the editor's text, and the place of its caret where that is known."""
        text = _plain(text.removeprefix("\ufeff"))
        with self._news:
            self._now = text, sha256(text.encode("utf-8", "replace")).hexdigest()
            if place is not None:
                units = Utf16(Source("", text))
                self._caret = units.units(units.offset_at(*place))
            self._news.notify_all()

    def poll(self, data: Data) -> Data:
        """What the editor has done since, as soon as it does something; at once if `now` is set."""
        known = _get(data, "stamp", str), data.get("caret")
        with self._news:
            if not data.get("now"):
                self._news.wait_for(lambda: (self._now[1], self._caret) != known, PATIENCE / 2)
            return {**super().poll(data), "caret": self._caret}

    def reveal(self, data: Data) -> Data:
        """Show a place in the editor."""
        self.show(*_units(data).position(self._at(data)), data.get("focus") is True)
        return {}


def as_json(answer: Data, text: str) -> bytes:
    """An answer as the page reads it: places in a text as it counts them, enumerations by their values."""
    units = Utf16(Source("", text)).units

    def plain(thing: Any) -> Any:
        match thing:
            case Span(start, end):
                return {"from": units(start), "to": units(end)}
            case Enum():
                return thing.value
        return {each.name: getattr(thing, each.name) for each in fields(type(thing))}

    return json.dumps(answer, default=plain).encode()


def _get(data: Data, name: str, kind: type) -> Any:
    value = data.get(name)
    if type(value) is not kind and not (kind is float and type(value) is int):
        raise RefusedError(400, f"{name} is missing, or not what it should be")
    return value


def _units(data: Data) -> Utf16:
    return Utf16(Source("", _get(data, "text", str)))


def _names(data: Data, name: str) -> list[str]:
    return [str(each) for each in _get(data, name, list)] if name in data else []


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


@define(eq=False)
class LiveFolder:
    """The maps in a folder and those within, and a new one. Requests name them by numbers.

    Attributes:
        path: The folder, as an absolute path.
    """

    path: str
    _maps: dict[str, LiveMap] = field(factory=dict, init=False)

    def map(self, number: str) -> LiveMap:
        """A map of the list that was served last.

        Raises:
            RefusedError: there is no such number.
        """
        with suppress(ValueError, IndexError):
            if number.isdigit():
                return [*self._maps.values()][int(number)]
        raise RefusedError(404, "there is nothing here")

    def page(self) -> bytes:
        """The list, with the state of each map."""
        paths = [*maps_in([self.path]), new_path(self.path)]
        self._maps |= {path: LiveMap(path, is_listed=True) for path in paths if path not in self._maps}
        numbers = {path: number for number, path in enumerate(self._maps)}
        maps = [(numbers[path], os.path.relpath(path, self.path), self._maps[path].state()) for path in paths]
        return fill("folder.html", folder=os.path.basename(self.path), maps=maps).encode()


def new_path(folder: str = "") -> str:
    """A path in a folder that a new map can be saved under."""
    names = ("map.argmap", *(f"map-{number}.argmap" for number in range(2, 1000)))
    return next(path for name in names if not os.path.lexists(path := os.path.join(folder, name)))


class LiveServer(ThreadingHTTPServer):
    """Serves one map, or those of a folder, on a port of its own.

    Attributes:
        live: The map, or the folder.
        address: What the user opens; it holds the token.
    """

    daemon_threads = True
    allow_reuse_address = False  # Windows would let another program have the same port
    request_queue_size = 64

    def __init__(self, live: LiveMap | LiveFolder | str, patience: float = PATIENCE) -> None:
        self.live = LiveMap(live) if isinstance(live, str) else live
        if isinstance(self.live, LiveMap):
            self.live.read()  # raises where it cannot be read
        self.patience = patience
        self.token = secrets.token_urlsafe(24)
        super().__init__((HOST, 0), _Handler)
        self.host = f"{HOST}:{self.server_address[1]}"
        self.address = f"http://{self.host}/{self.token}/"

    def verify_request(self, request: Any, client_address: Any) -> bool:
        return threading.active_count() < MOST_THREADS

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # a bug; a client that goes away is no news


class _Handler(BaseHTTPRequestHandler):
    server: LiveServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # it holds answers back for 40 ms
    server_version, sys_version = "argmap", ""

    def handle_one_request(self) -> None:
        self.clock = threading.Timer(self.server.patience, self._leave)
        self.clock.start()
        super().handle_one_request()
        self.clock.cancel()

    def _leave(self) -> None:
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def do_GET(self) -> None:
        self._respond(self._page)

    def do_POST(self) -> None:
        self._respond(self._answer)

    def _respond(self, make: Callable[[str], tuple[bytes, str]]) -> None:
        try:
            status, (body, kind) = 200, make(self._asked())
        except RefusedError as error:
            # What was not read of a request would be taken for the next one.
            self.close_connection = True
            status, why = error.args
            body, kind = as_json({"error": why}, ""), "application/json"
        self.connection.settimeout(self.server.patience)
        nonce = secrets.token_urlsafe(16)
        if kind == "text/html":
            body = body.replace(b"NONCE", nonce.encode())
        headers = {**_HEADERS, "Content-Type": f"{kind}; charset=utf-8", "Content-Length": str(len(body))}
        self.send_response(status)
        for name, value in {**headers, "Content-Security-Policy": _POLICY.format(nonce)}.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def _asked(self) -> str:
        """What is asked for, if whoever asks may."""
        # Another name may have been led here (DNS rebinding), or another page may ask.
        headers, own = self.headers, f"http://{self.server.host}"
        if headers.get_all("Host") != [self.server.host] or headers.get("Origin", own) != own:
            raise RefusedError(403, "this is served under its own address only")
        if headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise RefusedError(403, "this is not for other pages")
        token, slash, asked = self.path[1:].partition("/")
        if not slash or not compare_digest(token.encode(), self.server.token.encode()):
            raise RefusedError(403, "open the address that argmap live printed")
        return asked

    def _find(self, asked: str) -> tuple[LiveMap | None, str]:
        """The map that is asked about, and what is asked of it; no map for the list of a folder."""
        live = self.server.live
        if isinstance(live, LiveMap):
            return live, asked
        number, slash, rest = asked.partition("/")
        return (live.map(number), rest) if slash else (None, asked)

    def _page(self, asked: str) -> tuple[bytes, str]:
        live, asked = self._find(asked)
        if live is None and not asked and isinstance(self.server.live, LiveFolder):
            return self.server.live.page(), "text/html"
        if asked not in _PAGE:
            raise RefusedError(404, "there is nothing here")
        try:
            return files("argmap").joinpath("web", asked or "page.html").read_bytes(), _PAGE[asked]
        except FileNotFoundError:
            raise RefusedError(503, "the page is not built") from None

    def _answer(self, asked: str) -> tuple[bytes, str]:
        if self.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            raise RefusedError(415, "questions are JSON")
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or "Transfer-Encoding" in self.headers:
            raise RefusedError(411, "the length is missing")
        if len(length) > 10 or int(length) > MOST_BYTES:
            raise RefusedError(413, "this is too large")
        try:
            data = json.loads(self.rfile.read(int(length)))
            self.clock.cancel()
        except (ValueError, RecursionError):
            raise RefusedError(400, "this is not JSON") from None
        if not isinstance(data, dict):
            raise RefusedError(400, "this is not a question")
        live, question = self._find(asked)
        if live is None:
            raise RefusedError(404, "there is nothing here")
        return live.reply(question, data), "application/json"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the terminal is the user's."""
