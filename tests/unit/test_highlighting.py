"""Colours by the table of patterns are those of the parser, wherever the text has no fault."""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import plistlib
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from argmap.highlighting import TOKENS, ArgmapLexer
from argmap.service import OpenDocument
from argmap.syntax.marks import KINDS, MARKS, highlighting

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
GUIDE = (ROOT / "docs" / "notation.md").read_text(encoding="utf-8")
TABLE = tomllib.loads((ROOT / "src/argmap/syntax/highlighting.toml").read_text(encoding="utf-8"))
TRICKY = """title: Rain ☂
    and umbrellas
// a comment
lang: en

Title: of no header any more.

(a) Take an 🌂 \\{umbrella\\}, as (b) says. {probably,
        #wet/rain, by: "me, myself"}
    + (b) It is raining: but: not much {here} of it,
        - not a mark, only the second line of a sentence.
        > "It rains,
          it pours." (p. 3)
        // between
        > note that (a) is no label here
    because: (c)
    & (d) Wide text. ｛no｝ {colour: blue}
    - Plain, with no label.

    @ Ann, "Smith, Jr.", von der Leyen: accept (a), (b); doubt (a) => (b) {date: 2007, by: Bob}
        > "I said so."

(1) One.
(2) Two.
--- modus ponens, from (1) and (2)
(3) Three.
    => (4) Four.
----
(5) Five, from (1).
--- from (1), (5) by (3)
(ünï) Ünï.
---- from here on
(6) Six.
    unless: (7) It is not.
    ><  (8) Eight.
    because: (9) Links. {url:
        https://example.org/a?b=c,
        #tag, title: "two
        lines", open}
@ Me: accept (me-accept-1)
## A title with (a) label: accept
\\# no heading
"""


def texts() -> dict[str, str]:
    files = [*ROOT.glob("examples/*.argmap"), *ROOT.glob("src/argmap/cli/starters/*.argmap")]
    found = {path.name: path.read_text(encoding="utf-8") for path in files}
    blocks = re.findall(r"```argmap\n(.*?)```", GUIDE, re.DOTALL)
    found |= {f"guide {number}": block for number, block in enumerate(blocks) if OpenDocument(block).map.ok}
    return {**found, "tricky": TRICKY}


TEXTS = texts()


def painted(text: str, pieces: Iterable[tuple[int, int, str]]) -> str:
    """A text with the kind of each stretch of signs: `mark|+ label|(b)`; blanks have no colour."""
    kinds = [""] * len(text)
    for start, end, kind in pieces:
        kinds[start:end] = [kind] * (end - start)
    words = [[f"{kinds[at]}|{text[at]}" for at in range(*word.span())] for word in re.finditer(r"\S+", text)]
    return "\n".join(" ".join(word) for word in words)


def by_the_parser(text: str) -> str:
    return painted(text, ((each.span.start, each.span.end, each.kind) for each in OpenDocument(text).highlights))


@pytest.mark.parametrize("name", TEXTS)
def test_pygments_colours_as_the_parser_does(name: str) -> None:
    text = TEXTS[name]
    kind_of = {token: kind for kind, token in TOKENS.items()}
    found = [(at, at + len(piece), kind_of[token]) for at, token, piece in ArgmapLexer().get_tokens_unprocessed(text)]
    assert "".join(text[start:end] for start, end, _ in found) == text
    assert painted(text, found) == by_the_parser(text)


def test_every_mark_and_every_kind_has_a_colour() -> None:
    text = "".join(
        f"{mark.sign or mark.word} {'(b)' if mark.word else 'words'}\n\n" for mark in MARKS if mark.sign or mark.word
    )
    shown = {(kind, piece) for kind, piece in ArgmapLexer().get_tokens(text)}
    for mark in MARKS:
        if mark.word or mark.type in ("QUOTATION", "STANCE", "BAR"):
            assert (TOKENS["mark"], mark.sign or mark.word) in shown
    kinds = {each.kind for text in TEXTS.values() for each in OpenDocument(text).highlights}
    assert kinds == set(KINDS)
    assert kinds >= {
        kind for context in highlighting(TABLE).values() for _, kinds, _ in context.rules for kind in kinds
    } - {""}


def test_pygments_is_shown_the_lexer() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (place,) = project["entry-points"]["pygments.lexers"].values()
    module, _, name = place.partition(":")
    assert getattr(importlib.import_module(module), name) is ArgmapLexer


def test_a_broken_text_is_coloured_too() -> None:
    text = "@\n+ {\n@ a b\n    > “\n(\n---x\n\\\n{" * 3
    assert "".join(piece for _, _, piece in ArgmapLexer().get_tokens_unprocessed(text)) == text


needs_node = pytest.mark.skipif(
    shutil.which("node") is None or not (WEB / "node_modules/vscode-textmate").is_dir(),
    reason="needs npm install in web/",
)


@needs_node
@pytest.mark.parametrize("tool", ["textmate", "codemirror"])
def test_other_tools_colour_as_the_parser_does(tool: str, tmp_path: Path) -> None:
    grammar = tmp_path / "grammar.json"
    subprocess.run([sys.executable, ROOT / "editors/grammars.py", tool, grammar], check=True)
    done = subprocess.run(
        ["node", WEB / "tokens.mjs", tool, grammar],
        input=json.dumps([*TEXTS.values()]), capture_output=True, text=True, check=True,
    )  # fmt: skip
    for text, found in zip(TEXTS.values(), json.loads(done.stdout), strict=True):
        units = text.encode("utf-16-le")
        pieces = [
            (*(len(units[: 2 * place].decode("utf-16-le")) for place in (start, end)), kind)
            for start, end, kind in found
        ]
        assert painted(text, pieces) == by_the_parser(text)


@needs_node
def test_blocks_of_markdown_are_coloured(tmp_path: Path) -> None:
    for kind in ("textmate", "markdown"):
        subprocess.run([sys.executable, ROOT / "editors/grammars.py", kind, tmp_path / kind], check=True)
    fence = "# Heading\n\n(a) No map.\n\n{}argmap\n(a) One.\n    + (b) Two. {{probably}}\n{}\n\n- (c) No map.\n"
    texts = [fence.format("```", "```"), fence.format("  ~~~~ ", "  ~~~~")]
    done = subprocess.run(
        ["node", WEB / "tokens.mjs", "textmate", tmp_path / "textmate", tmp_path / "markdown"],
        input=json.dumps(texts), capture_output=True, text=True, check=True,
    )  # fmt: skip
    for text, found in zip(texts, json.loads(done.stdout), strict=True):
        pieces = [(text[start:end], kind) for start, end, kind in found if kind in KINDS]
        assert pieces == [("(a)", "label"), ("+", "mark"), ("(b)", "label"), ("probably", "attribute")]


class Spans(HTMLParser):
    """The pieces of a page of Kate's highlighter, each with the colour that it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.pieces, self.colours = "", [], [""]
        self.feed(page[page.index("<pre>") + 6 : page.index("</pre>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        style = re.search(r"color:#0000(\d\d)", dict(attrs).get("style") or "")
        self.colours.append(style[1] if style else "")

    def handle_endtag(self, tag: str) -> None:
        self.colours.pop()

    def handle_data(self, data: str) -> None:
        if self.colours[-1]:
            self.pieces.append((len(self.text), len(self.text) + len(data), [*KINDS][int(self.colours[-1]) - 10]))
        self.text += data


@pytest.mark.skipif(shutil.which("kate-syntax-highlighter") is None, reason="no KSyntaxHighlighting here")
@pytest.mark.parametrize("name", ["tricky", "jaw-jaw.argmap", "lesson.argmap"])
def test_kate_colours_as_the_parser_does(name: str, tmp_path: Path) -> None:
    grammar = tmp_path / "org.kde.syntax-highlighting/syntax/argmap.xml"
    subprocess.run([sys.executable, ROOT / "editors/grammars.py", "kate", grammar], check=True)
    marked = grammar.read_text(encoding="utf-8")
    for number, kind in enumerate(KINDS, 10):
        marked = marked.replace(f'<itemData name="{kind}"', f'<itemData name="{kind}" color="#0000{number}"')
    grammar.write_text(marked, encoding="utf-8")
    file = tmp_path / "map.argmap"
    file.write_text(TEXTS[name], encoding="utf-8")
    done = subprocess.run(
        ["kate-syntax-highlighter", "-s", "argmap", file], capture_output=True, encoding="utf-8", check=True,
        env={"XDG_DATA_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "PATH": os.environ["PATH"]},
    )  # fmt: skip
    found = Spans(done.stdout)
    assert found.text.rstrip("\n") == TEXTS[name].rstrip("\n")
    assert painted(TEXTS[name], found.pieces) == by_the_parser(TEXTS[name])


@pytest.fixture(scope="module")
def tree_sitter(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A parser of Tree-sitter with the grammar, built as an editor's user builds it, and the queries."""
    module = pytest.importorskip("tree_sitter")
    if shutil.which("cc") is None:
        pytest.skip("no compiler of C here")
    made = tmp_path_factory.mktemp("grammar")
    subprocess.run([sys.executable, ROOT / "editors/grammars.py", "treesitter", made], check=True)
    options = ["-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"]
    subprocess.run(["cc", *options, "-o", made / "argmap.so", made / "src/parser.c"], check=True)
    of_c = ctypes.CDLL(str(made / "argmap.so")).tree_sitter_argmap
    of_c.restype = ctypes.c_void_p
    capsule = ctypes.pythonapi.PyCapsule_New
    capsule.restype, capsule.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
    language = module.Language(capsule(of_c(), b"tree_sitter.Language", None))
    query = module.Query(language, (made / "queries/argmap/highlights.scm").read_text(encoding="utf-8"))
    assert query.pattern_count == len(KINDS)
    return module.Parser(language)


def nodes(tree: Any, text: str) -> list[tuple[int, int, str]]:
    data = text.encode()
    assert not tree.root_node.has_error
    return [
        (len(data[: each.start_byte].decode()), len(data[: each.end_byte].decode()), each.type)
        for each in tree.root_node.children
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_tree_sitter_colours_as_the_parser_does(name: str, tree_sitter: Any) -> None:
    text = TEXTS[name]
    assert painted(text, nodes(tree_sitter.parse(text.encode()), text)) == by_the_parser(text)
    lines = text.replace("\n", "\r\n")
    assert painted(lines, nodes(tree_sitter.parse(lines.encode()), lines)).split() == by_the_parser(text).split()


def test_tree_sitter_colours_what_an_edit_changed(tree_sitter: Any) -> None:
    def place(before: str) -> tuple[int, int]:
        return before.count("\n"), len(before.rpartition("\n")[2].encode())

    for at in range(0, len(TRICKY), 7):
        for cut, put in ((1, ""), (0, "\n"), (0, '"'), (3, "{é: "), (0, "    ")):
            left, old, right = TRICKY[:at], TRICKY[at : at + cut], TRICKY[at + cut :]
            before = tree_sitter.parse(TRICKY.encode())
            places = [place(left), place(left + old), place(left + put)]
            before.edit(*(len(each.encode()) for each in (left, left + old, left + put)), *places)
            text = left + put + right
            assert nodes(tree_sitter.parse(text.encode(), before), text) == nodes(
                tree_sitter.parse(text.encode()), text
            )


@pytest.mark.parametrize("sign", ["x", "(", '"', "{a: \\\\", "(a) ", '{"', "\\", "\t", "@ a, ", "é🌂", "\n\n    "])
def test_tree_sitter_survives_any_line(sign: str, tree_sitter: Any) -> None:
    for text in (sign * 4000, f"(a) x {sign * 4000}", f"@ A: accept {sign * 4000}", f"(a) x {{a: {sign * 4000}"):
        tree = tree_sitter.parse(text.encode())
        assert not tree.root_node.has_error
        assert tree.root_node.end_byte == len(text.encode())


BAT = shutil.which("bat") or shutil.which("batcat")


@pytest.fixture(scope="module")
def bat(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[tuple[int, int, str]]]:
    """The pieces of a text as `bat` colours them, by Sublime Text's grammar and a theme with a colour a kind."""
    if BAT is None:
        pytest.skip("no bat here")
    home = tmp_path_factory.mktemp("bat")
    made = home / "bat/syntaxes/argmap.sublime-syntax"
    subprocess.run([sys.executable, ROOT / "editors/grammars.py", "sublime", made], check=True)
    colours = [
        {"scope": f"{scope}.{kind}.argmap", "settings": {"foreground": f"#0000{number}"}}
        for number, (kind, (_, _, scope)) in enumerate(KINDS.items(), 10)
    ]
    (home / "bat/themes").mkdir()
    theme = {"name": "kinds", "settings": [{"settings": {"foreground": "#ffffff"}}, *colours]}
    (home / "bat/themes/kinds.tmTheme").write_bytes(plistlib.dumps(theme))
    folders = {"XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "HOME": str(home)}
    settings = {**os.environ, **folders, "COLORTERM": "truecolor"}
    subprocess.run([BAT, "cache", "--build"], check=True, env=settings, stdout=subprocess.DEVNULL)
    options = ["--theme=kinds", "--language=argmap", "--color=always", "--plain", "--paging=never", "--tabs=0"]

    def pieces(text: str) -> list[tuple[int, int, str]]:
        done = subprocess.run([BAT, *options], input=text, env=settings, capture_output=True, text=True, check=True)
        found, at, kind = [], 0, ""
        for part in re.split("(\033\\[[0-9;]*m)", done.stdout):
            if part.startswith("\033"):
                number = re.search(r"38;2;0;0;(\d+)m", part)
                kind = [*KINDS][int(f"{int(number[1]):x}") - 10] if number else ""
            else:
                found.append((at, at := at + len(part), kind))
        return found

    return pieces


@pytest.mark.parametrize("name", TEXTS)
def test_bat_colours_as_the_parser_does(name: str, bat: Callable[[str], list[tuple[int, int, str]]]) -> None:
    assert painted(TEXTS[name], bat(TEXTS[name])) == by_the_parser(TEXTS[name])


def test_vs_code_shows_the_servers_tokens_in_the_colours_of_the_grammar() -> None:
    package = json.loads((ROOT / "editors" / "vscode" / "package.json").read_text(encoding="utf-8"))
    (scopes,) = package["contributes"]["semanticTokenScopes"]
    for kind, (token, _, scope) in KINDS.items():
        if kind != "note":  # shares its token with comments, and the beginning of its scope
            assert scopes["scopes"][token] == [f"{scope}.{kind}.argmap"]
