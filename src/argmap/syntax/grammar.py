"""Loads the grammar file: Lark's parse table, and the regular expression that tells one line from another."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from pkgutil import get_data
from typing import Any

from lark import Lark, Transformer
from lark.lexer import Lexer, Token

from argmap.syntax.document import ODD_BLANK, Line

# In the order in which they are tried; a bar or a heading can be told from its first characters.
_MARKED = (
    "REASON", "OBJECTION", "JOIN", "CONCESSION", "COROLLARY", "CONTRADICTION", "EXCEPTION", "CONDITION",
    "QUOTATION", "STANCE", "BAR", "HEADING", "COMMENT",
)  # fmt: skip

SIGNS = {
    "REASON": "+", "JOIN": "&", "OBJECTION": "-", "CONCESSION": "~", "COROLLARY": "=>", "CONTRADICTION": "><",
    "QUOTATION": ">", "STANCE": "@", "HEADING": "#",
}  # fmt: skip
WORDS = {
    "REASON": "because:", "JOIN": "and:", "OBJECTION": "but:", "CONCESSION": "although:", "COROLLARY": "then:",
    "CONTRADICTION": "contradicts:", "EXCEPTION": "unless:", "CONDITION": "provided:",
}  # fmt: skip

# What people type for a mark; each is refused with its mend (see `suspects`).
_SUSPECT = (
    r"[–—−‒―*•·‣◦▪●⁃＋－→⇒➔➜](?:[ \t]+[^\r\n]+|(?=[ \t]*(?:[\r\n]|\Z)))"
    r"|(?:->|→|\+-|-\+|\+>|<\+|<-|=+>|-->|<>|<=>|>>|--|==|\+\+|~~|&&|!=)(?=[ \t\r\n]|\Z)[^\r\n]*"
    r"|(?:=>|><|[-+&~>@])[^\s\-+&~>@=<][^\r\n]*"
    r"|-{3,}[^\s-][^\r\n]*|\#+[^\s\#][^\r\n]*|(?:={3,}|_{3,}|\*{3,})(?=[ \t]*(?:[\r\n]|\Z))"
)
_EMPTY_MARK = rf"(?:=>|><|[-+&~>@]|\#+|{'|'.join(WORDS.values())})(?=[ \t]*(?:[\r\n]|\Z))"
_LINE_END = r"(?:\r\n|[\r\n]|\Z)"


class _Unused(Lexer):
    """Stands in for Lark's lexer: the reader makes the tokens, since only it knows the layout."""

    def __init__(self, lexer_conf: Any) -> None:
        pass

    def lex(self, *args: Any) -> Iterator[Token]:
        yield from ()


class _Build(Transformer[Any, Any]):
    """Hangs what is indented under a line on that line, as the parser reduces."""

    def document(self, parts: list[Any]) -> list[Any]:
        return parts

    run = body = document

    def claim(self, parts: list[Any]) -> Line:
        line: Line = parts[0]
        if len(parts) > 1:
            line.children = parts[1]
        return line

    ground = joined = corollary = gate = contradiction = stray = claim

    def bar(self, parts: list[Any]) -> Line:
        line: Line = parts[0]
        if len(parts) > 1:
            line.children = parts[1:]
        return line


def _cache_file() -> str | None:
    """A file of the user's own for Lark's tables: reading a shared temporary folder would run a stranger's pickle."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if not base or not os.path.isabs(base):
        return None
    folder = Path(base) / "argmap"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if hasattr(os, "getuid") and folder.stat().st_uid != os.getuid():
            return None
    except OSError:
        return None
    if not os.access(folder, os.W_OK):
        return None
    return str(folder / f"grammar-{sys.version_info[0]}.{sys.version_info[1]}.pickle")


class Grammar:
    """The parse table and the line patterns; one is enough for a process.

    Attributes:
        line: Matches one line from its first column: group `indent`, then one group named after what the line is.
        claim: Splits the text of a plain line into (label, text).
        marked_claim: Splits a marked line likewise, after its mark.
    """

    def __init__(self) -> None:
        text = get_data("argmap.grammars", "argmap.lark")
        assert text is not None, "the grammar file is not installed"
        self.lark = _load(text.decode("utf-8"))
        patterns = {terminal.name: terminal.pattern.to_regexp() for terminal in self.lark.terminals}
        label = patterns["REFERENCE"]
        # What may be a label may also be plain text, so that to tell lines apart any parenthesis will do: Python
        # takes half a millisecond over each set of characters that is as finely drawn as a label's.
        simple = {name: pattern.replace(label, r"\([^\s()]+\)") for name, pattern in patterns.items()}
        alternatives = [f"(?P<{name}>{simple[name]})" for name in _MARKED]
        alternatives += [
            f"(?P<EMPTY>{_EMPTY_MARK})",
            f"(?P<SUSPECT>{_SUSPECT})",
            rf"(?P<REFERENCE>{label})(?=[ \t]*{_LINE_END})",
            f"(?P<STATEMENT>{simple['STATEMENT']})",
            r"(?P<BLANK>(?=[\r\n]|\Z))",
        ]
        self.line = re.compile(
            f"(?P<indent>[ \\t{ODD_BLANK}]*)(?:{'|'.join(alternatives)})[ \\t]*{_LINE_END}"
        )
        self.claim = re.compile(rf"({label}(?=[ \t]|\Z))?[ \t]*(.*)", re.DOTALL)
        self.marked_claim = re.compile(rf"\S+[ \t]*({label}(?=[ \t]|\Z))?[ \t]*(.*)", re.DOTALL)
        self.fact = re.compile(rf"(?P<FACT>{patterns['FACT']})[ \t]*{_LINE_END}")
        self.label = re.compile(label)


def _load(text: str) -> Lark:
    options: dict[str, Any] = {
        "start": "document", "parser": "lalr", "lexer": _Unused, "transformer": _Build(),
    }  # fmt: skip
    cache_file = _cache_file()
    if cache_file is not None:
        try:
            return Lark(text, cache=cache_file, **options)
        except Exception:  # a damaged cache must never stop a parse: any failure means doing without
            pass
    return Lark(text, **options)


@cache
def grammar() -> Grammar:
    """The grammar, loaded at first use."""
    return Grammar()
