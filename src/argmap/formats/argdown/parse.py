"""Argdown's blocks, parsed by its grammar; a fault costs a line, never the file."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedToken

from argmap.formats.argdown import scan
from argmap.formats.argdown.nodes import Bar, Block, Body, Content, Heading, Listing, Member
from argmap.formats.losses import Losses
from argmap.text import Span

if TYPE_CHECKING:
    from lark.parsers.lalr_interactive_parser import InteractiveParser

_Relations = list[tuple[str, Member]]

# Shortcodes for signs that are hard to type: those of Argdown's guide that stand for logic, and a few others.
_SIGNS = {
    "~": "¬", "A": "∀", "E": "∃", "->": "→", "<->": "↔", "^": "∧", "v": "∨", "v_": "⊻", "<>": "◇", "[]": "◻",
    "O": "𝗢", "P": "𝗣", "heart": "❤", "star": "⭐", "check": "✔", "cross": "❌", "question": "❓",
    "smile": "☺️", "up": "👍", "down": "👎", "+1": "👍", "-1": "👎",
}  # fmt: skip
SHORTCODE = re.compile(rf"(?<!\w)([.:])({'|'.join(map(re.escape, _SIGNS))})\1(?!\w)")

# What may not stand where it stands but can be read as the words it is made of.
_WORDS = frozenset({"STATEMENT_TITLE", "STATEMENT_NAME", "ARGUMENT_TITLE", "ARGUMENT_NAME"})
_LINE_LEVEL = frozenset({"SIGN", "NUMBER", "BAR", "HALF_BAR", "ITEM", "_DEDENT", "$END"})


def parse(text: str, start: int, losses: Losses) -> list[Block]:
    """The blocks of an Argdown text from `start` on (where its front matter ends)."""
    lark = _lark()
    return [
        block
        for tokens in scan.blocks(lark, scan.without_comments(text, start))
        if (block := _parse_block(lark, tokens, losses)) is not None
    ]


@cache
def _lark() -> Lark:
    from importlib.resources import files

    grammar = files("argmap.grammars").joinpath("argdown.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", transformer=_Builder())


def _parse_block(lark: Lark, tokens: list[Token], losses: Losses) -> Block | None:
    parser = lark.parse_interactive("")
    skipping: str | None = None
    depth = 0
    for token in scan.lay_out(tokens, losses):
        if skipping == "line" and token.type not in _LINE_LEVEL and token.type != "_INDENT":
            continue
        if skipping == "depth":
            depth += (token.type == "_INDENT") - (token.type == "_DEDENT")
            if depth:
                continue
            skipping = None
            continue
        skipping = None
        try:
            parser.feed_token(token)
        except UnexpectedToken:
            skipping = _recover(parser, token, losses)
            depth = 1
    last = tokens[-1]
    end = Token.new_borrow_pos("$END", "", last)
    for attempt in (end, Token.new_borrow_pos("TEXT", "", last)):
        try:
            result = parser.feed_token(attempt)
            if attempt is not end:
                result = parser.feed_token(end)
            return cast("Block", result)
        except UnexpectedToken:
            continue
    losses.skipped("this block has no sense in Argdown; passed over", _extent(tokens))
    return None


def _recover(parser: InteractiveParser, token: Token, losses: Losses) -> str | None:
    """Goes on after a token that cannot stand where it does; says how much of what follows to skip."""
    place = Span(token.start_pos or 0, token.end_pos or 0)
    shown = str(token).strip()
    if token.type == "_INDENT":
        losses.skipped("relations where none can stand; passed over", place)
        return "depth"
    if token.type in _LINE_LEVEL:
        # A mark with nothing after it: put an empty text where its statement should be.
        try:
            parser.feed_token(Token.new_borrow_pos("TEXT", "", token))
            parser.feed_token(token)
        except UnexpectedToken:
            losses.skipped(f"{shown} cannot stand here; the line is passed over", place)
            return "line"
        losses.skipped("a mark with nothing after it", place)
        return None
    if token.type in _WORDS:
        try:
            parser.feed_token(Token.new_borrow_pos("TEXT", str(token), token))
        except UnexpectedToken:
            pass
        else:
            losses.changed(f"{shown} in the middle of a text; read as plain words", place)
            return None
    losses.skipped("words after a name that only refers; the rest of the line is passed over", place,
                   "a colon after the name makes it a definition")  # fmt: skip
    return "line"


def _extent(tokens: list[Token]) -> Span:
    return Span(tokens[0].start_pos or 0, tokens[-1].end_pos or 0)


class _Builder(Transformer[Token, Any]):
    """Makes the nodes as the parser reduces, so that depth costs no recursion."""

    def heading(self, children: list[Any]) -> Heading:
        mark, content = children
        return Heading(len(mark.strip()), content)

    def listing(self, children: list[Any]) -> Listing:
        return Listing([child for child in children if isinstance(child, Member)])

    def argument_body(self, children: list[Any]) -> Body:
        return Body(children, _start(children[0]), _end(children[-1]))

    def numbered(self, children: list[Any]) -> tuple[int, Member]:
        mark, member = children
        return int(mark.strip()[1:-1]), member

    def bar(self, children: list[Any]) -> Bar:
        line, *relations = children
        return Bar(Content(), relations[0] if relations else [], line.start_pos, line.end_pos)

    def named_bar(self, children: list[Any]) -> Bar:
        rules = next((child for child in children if isinstance(child, Content)), Content())
        relations: _Relations = children[-1] if type(children[-1]) is list else []
        return Bar(rules, relations, children[0].start_pos, children[0].end_pos)

    def statement_tree(self, children: list[Any]) -> Member:
        member: Member = children[0]
        if len(children) > 1:
            member.relations = children[1]
        return member

    argument_tree = statement_tree

    def relations(self, children: list[Any]) -> _Relations:
        return children

    def relation(self, children: list[Any]) -> tuple[str, Member]:
        sign, member = children
        return sign.strip(), member

    def statement_definition(self, children: list[Any]) -> Member:
        return _member(False, children, reference=False)

    def statement_reference(self, children: list[Any]) -> Member:
        return _member(False, children, reference=True)

    def statement_text(self, children: list[Any]) -> Member:
        content: Content = children[0]
        return Member(False, None, False, content, content.start, content.end)

    def argument_definition(self, children: list[Any]) -> Member:
        return _member(True, children, reference=False)

    def argument_reference(self, children: list[Any]) -> Member:
        return _member(True, children, reference=True)

    def content(self, children: list[Any]) -> Content:
        return _content(children)

    extras = content


def _member(argument: bool, children: list[Any], *, reference: bool) -> Member:
    head: Token = children[0]
    title = (
        " ".join(str(head)[1:-1].removesuffix("]" if not argument else ">").split())
        if not reference
        else None
    )
    if reference:
        title = " ".join(str(head)[1:-1].split())
    content: Content = children[1] if len(children) > 1 else Content()
    start = head.start_pos or 0
    end = max(head.end_pos or 0, content.end)
    return Member(argument, title, reference, content, start, end)


def _start(item: tuple[int, Member] | Bar) -> int:
    return item.start if isinstance(item, Bar) else item[1].start


def _end(item: tuple[int, Member] | Bar) -> int:
    return item.end if isinstance(item, Bar) else item[1].end


def _content(tokens: list[Token]) -> Content:
    """Joins the words of a text and notes what was marked in them."""
    pieces: list[str] = []
    length = words = 0
    emphasis: list[tuple[int, int, bool]] = []
    open_marks: list[tuple[str, int, int]] = []  # the mark, where it opens in the text, its index in pieces
    plain_marks: list[tuple[str, int, int]] = []  # those that nothing closes
    tags: list[str] = []
    mentions: list[tuple[bool, str, int, int]] = []
    links: list[tuple[str, int, int]] = []
    data: list[tuple[str, Span]] = []
    space = False  # whether white space is due before the next word

    for index, token in enumerate(tokens):
        kind = token.type
        if kind in {"SPACE", "NEWLINE"}:
            space = bool(pieces)
            continue
        if kind == "DATA":
            data.append((str(token), Span(token.start_pos or 0, token.end_pos or 0)))
            continue
        if kind == "EMPHASIS":
            mark = str(token)
            before = tokens[index - 1] if index else None
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            spaced = before is None or before.type in {"SPACE", "NEWLINE", "DATA"}
            spaced_after = after is None or after.type in {"SPACE", "NEWLINE", "DATA"}
            # As in Markdown, an underscore inside a word is only an underscore.
            inside = (
                mark[0] == "_"
                and not spaced
                and not spaced_after
                and _wordlike(before, -1)
                and _wordlike(after, 0)
            )
            matching = next(
                (at for at in range(len(open_marks) - 1, -1, -1) if open_marks[at][0] == mark), None
            )
            if matching is not None and not spaced and not inside and open_marks[matching][1] < length:
                _, begin, _ = open_marks[matching]
                plain_marks += open_marks[matching + 1 :]
                del open_marks[matching:]
                emphasis.append((begin, length, len(mark) == 2))
                continue
            if not spaced_after and not inside and len(open_marks) < 8:
                if space and pieces:
                    pieces.append(" ")
                    length += 1
                space = False
                pieces.append("")
                open_marks.append((mark, length, len(pieces) - 1))
                continue
            word = mark
        elif kind == "ESCAPE":
            word = token[1:]
        elif kind == "TEXT":
            word = str(token)
            if "." in word or ":" in word:
                word = SHORTCODE.sub(lambda match: _SIGNS[match[2]], word)
        elif kind == "LINK":
            label, _, address = token[1:-1].partition("](")
            word = " ".join(label.split())
        elif kind in {"STATEMENT_MENTION", "ARGUMENT_MENTION"}:
            word = "@" + " ".join(token[1:].split())
        else:
            word = str(token)
        if not word:
            continue
        if space:
            pieces.append(" ")
            length += 1
            space = False
        begin = length
        pieces.append(word)
        length += len(word)
        if kind == "TAG":
            tags.append(word[2:-1].strip() if word.startswith("#(") else word[1:])
            continue
        words = length
        if kind == "LINK":
            links.append((address, begin, length))
        elif kind in {"STATEMENT_MENTION", "ARGUMENT_MENTION"}:
            mentions.append((kind[0] == "A", " ".join(token[2:-1].split()), begin, length))

    for mark, begin, at in sorted(plain_marks + open_marks, key=lambda mark: mark[2], reverse=True):
        # Put it back as the plain character it is, and move along what lies behind it.
        by = len(mark)
        pieces[at] = mark
        words += by if words > begin else 0
        emphasis = [(s + by * (s >= begin), e + by * (e > begin), strong) for s, e, strong in emphasis]
        mentions = [(a, t, s + by * (s >= begin), e + by * (e > begin)) for a, t, s, e in mentions]
        links = [(u, s + by * (s >= begin), e + by * (e > begin)) for u, s, e in links]
    start = (tokens[0].start_pos or 0) if tokens else 0
    end = (tokens[-1].end_pos or 0) if tokens else 0
    return Content(
        "".join(pieces), words, tuple(sorted(emphasis)), tuple(tags), tuple(mentions), tuple(links),
        tuple(data), start, end,
    )  # fmt: skip


def _wordlike(token: Token | None, at: int) -> bool:
    return token is not None and (token[at].isalnum() or token[at] == "_")
