"""Argdown's layout: comments, front matter, blocks, and how deep a relation lies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from argmap.formats.losses import Losses
from argmap.text import Span

if TYPE_CHECKING:
    from lark import Lark, Token

# `===` alone on the first line that is not empty, up to the next such line.
_FRONT_MATTER = re.compile(
    r"\ufeff?\s*^===[ \t\r]*\n((?:(?!===[ \t\r]*(?:\n|\Z)).*+\n)*+)===[ \t\r]*(?:\n|\Z)", re.M
)
# A double slash after a colon is an address, not a comment (Argdown itself cuts the address off there).
_COMMENT = re.compile(r"/\*|<!--|(?<!:)//")

_LINE_STARTS = frozenset({"SIGN", "NUMBER", "BAR", "HALF_BAR", "ITEM", "HEADING"})
_TITLES = frozenset({"STATEMENT_TITLE", "STATEMENT_NAME", "ARGUMENT_TITLE", "ARGUMENT_NAME"})


def front_matter(text: str) -> Span | None:
    """The place of the front matter with its fences, or None."""
    match = _FRONT_MATTER.match(text)
    return Span(match.start(1), match.end(1)) if match else None


def without_comments(text: str, start: int) -> str:
    """The text with everything before `start` and all comments made blank; every other offset stays as it is.

    A comment with a line to itself takes its line end along, so that it does not part what stands around it.
    """
    pieces = [" " * start]
    position = start
    closers = {"/*": "*/", "<!--": "-->"}
    while match := _COMMENT.search(text, position):
        begin = match.start()
        opener = match.group()
        if opener == "//":
            end = text.find("\n", begin)
            end = len(text) if end < 0 else end
        else:
            closer = closers.get(opener)
            found = text.find(closer, match.end()) if closer else -1
            if closer and found < 0:
                del closers[opener]  # nothing closes any later one either: look no more, and keep the words
            if found < 0:
                pieces.append(text[position : match.end()])
                position = match.end()
                continue
            end = found + len(closer or "")
        before = text[position:begin]
        kept = before.rstrip(" \t")
        line_end = text.find("\n", end)
        alone = kept.endswith("\n") and not text[end : line_end if line_end >= 0 else len(text)].strip()
        if alone:
            kept = kept[:-1].removesuffix("\r")
            before = kept + " " * (len(before) - len(kept))
        pieces.append(before)
        pieces.append(" " * (end - begin))
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def blocks(lark: Lark, text: str) -> Iterator[list[Token]]:
    """The text's tokens, one list a block, without line ends that only lead up to the next line's mark."""
    block: list[Token] = []
    tokens = [token for token in lark.lex(text) if token.type != "TEXT" or token != "\ufeff"]
    for index, token in enumerate(tokens):
        kind = token.type
        if kind == "NEWLINE" and len(token) > 1:
            if block:
                yield block
            block = []
        elif kind == "HEADING":
            if block:
                yield block
            block = [token]
        elif kind == "NEWLINE":
            after = index + 1
            while after < len(tokens) and tokens[after].type == "SPACE":
                after += 1
            upcoming = tokens[after].type if after < len(tokens) else "NEWLINE"
            if block and block[0].type == "HEADING" and upcoming in _TITLES | _LINE_STARTS:
                yield block
                block = []
            elif block and upcoming not in _LINE_STARTS and upcoming != "NEWLINE":
                block.append(token)
        elif kind != "SPACE" or (block and block[-1].type not in _LINE_STARTS):
            block.append(token)
    if block:
        yield block


def lay_out(block: list[Token], losses: Losses) -> Iterator[Token]:
    """The tokens of a block with its depth made plain by `_INDENT` and `_DEDENT`."""
    from lark import Token

    first = block[0].type
    body, listing = first in {"NUMBER", "BAR", "HALF_BAR"}, first == "ITEM"
    levels: list[int] = []
    for index, token in enumerate(block):
        kind = token.type
        if kind == "SIGN":
            place = _span(token)
            if index == 0:
                losses.skipped(
                    "a relation with nothing above it to relate to; read as a statement by itself",
                    place,
                    "Argdown wants no empty line between a statement and its relations",
                )
                continue
            indent = len(token) - len(token.lstrip())
            indent = len(token[:indent].expandtabs(4))
            while len(levels) > 1 and levels[-2] >= indent:
                levels.pop()
                yield Token.new_borrow_pos("_DEDENT", "", token)
            if not levels or indent > levels[-1]:
                if not indent:
                    losses.changed("a relation that is not indented; read as one to the line above", place)
                levels.append(indent)
                yield Token.new_borrow_pos("_INDENT", "", token)
            elif indent < levels[-1]:
                losses.changed("the indentation fits no line above; read as one level up", place)
                levels[-1] = indent
        elif (kind in {"NUMBER", "BAR", "HALF_BAR"} and body) or (kind == "ITEM" and listing):
            while levels:
                levels.pop()
                yield Token.new_borrow_pos("_DEDENT", "", token)
        elif kind in _LINE_STARTS and kind != "HEADING":
            losses.changed(
                f"{token.strip()} begins a line in the middle of a text; read as plain words", _span(token)
            )
            yield Token.new_borrow_pos("SPACE", " ", token)
            token = Token.new_borrow_pos("TEXT", str(token).strip() + " ", token)
        yield token
    for _ in levels:
        yield Token.new_borrow_pos("_DEDENT", "", block[-1])


def _span(token: Token) -> Span:
    start = token.start_pos or 0
    return Span(start + len(token) - len(token.lstrip()), token.end_pos or start)
