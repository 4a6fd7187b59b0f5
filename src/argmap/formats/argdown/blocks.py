"""From an Argdown text to its blocks: comments, front matter, layout, and the grammar; a fault costs a line.

The grammar (`grammars/argdown.lark`) reads one block at a time. The tokens are Lark's; here they are split
into blocks, and `_INDENT` and `_DEDENT` are put around relations that lie deeper than what they are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from attrs import define, field, frozen
from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedToken

from argmap.formats.argdown.data import NOTHING, Extras, extras_of
from argmap.formats.losses import Losses
from argmap.text import Span

if TYPE_CHECKING:
    from lark.parsers.lalr_interactive_parser import InteractiveParser

# Shortcodes for signs that are hard to type: those of Argdown's guide.
_SIGNS = {
    "~": "¬", "A": "∀", "E": "∃", "->": "→", "<->": "↔", "^": "∧", "v": "∨", "v_": "⊻", "<>": "◇", "[]": "◻",
    "O": "𝗢", "P": "𝗣", "?": "❓", "question": "❓", "heart": "❤", "star": "⭐", "y": "✔", "agree": "✔", "n": "❌",
    "disagree": "❌", "up": "👍", "down": "👎", "+1": "👍", "-1": "👎", "happy": "😀", "smile": "☺️", "smiley": "☺",
    "laugh": "😆", "lol": "😆", "rofl": "🤣", "joy": "😂", "love": "😍", "wink": "😉", "shush": "🤫", "meh": "😐",
    "eye-roll": "🙄", "sad": "😢", "disappointed": "😞", "scream": "😱", "think": "🤔",
}  # fmt: skip
SHORTCODE = re.compile(rf"([.:])({'|'.join(map(re.escape, _SIGNS))})\1")

_LINE_LEVEL = frozenset({"SIGN", "NUMBER", "BAR", "LINE_BAR", "HALF_BAR", "ITEM", "_DEDENT", "$END"})
_SPACES = frozenset({"SPACE", "NEWLINE", "DATA"})

# `===` alone on the first line that is not empty, up to the next such line.
_EQUALS = r"[ \t]*===[ \t\r]*(?:\n|\Z)"
_FRONT_MATTER = re.compile(rf"\ufeff?\s*^{_EQUALS}((?:(?!{_EQUALS}).*+\n)*){_EQUALS}", re.M)
# A double slash after a colon is an address, not a comment (Argdown itself cuts the address off there).
_COMMENT = re.compile(r"/\*|<!--|(?<!:)//")

_INCLUDE = re.compile(r"@include\([^()\n]+\)")
_FENCE = re.compile(r"^(`{3,}|~{3,})[ \t]*argdown\b[^\n]*\n(.*?)^\1", re.M | re.S)

_LINE_STARTS = frozenset({"SIGN", "NUMBER", "BAR", "LINE_BAR", "HALF_BAR", "ITEM", "HEADING"})
_TITLES = frozenset({"STATEMENT_TITLE", "STATEMENT_NAME", "ARGUMENT_TITLE", "ARGUMENT_NAME"})


class BodyPart(Enum):
    """Where a statement is written."""

    ALONE = "top-level-statement"
    RELATED = "relation-statement"
    PREMISE = "premise"
    STEP = "intermediary-conclusion"
    CONCLUSION = "main-conclusion"

    @property
    def concluded(self) -> bool:
        return self in (BodyPart.STEP, BodyPart.CONCLUSION)


@frozen
class Content:
    """Words as a reader reads them, and what was marked in them; offsets into `text`.

    Attributes:
        words: The length of the text without the tags that end it.
        emphasis: Start, end, and whether strong.
        tags: In order, with repetitions.
        mentions: Whether of an argument, the title, start, end.
        links: The address, start, end.
        extras: What the pairs of braces in it held.
        start, end: The place in the source.
    """

    text: str = ""
    words: int = 0
    emphasis: tuple[tuple[int, int, bool], ...] = ()
    tags: tuple[str, ...] = ()
    mentions: tuple[tuple[bool, str, int, int], ...] = ()
    links: tuple[tuple[str, int, int], ...] = ()
    extras: Extras = NOTHING
    start: int = 0
    end: int = 0


@define(eq=False)
class Member:
    """A statement or an argument where it is written.

    Attributes:
        title: None where it has none.
        part: As what it is written; a later pass knows it.
        reference: Whether it is only named: `[title]` or `<title>`, perhaps with tags and data.
        relations: What is written under it: the sign (`+`, `<-`, `><` …) and what comes after it.
    """

    argument: bool
    title: str | None
    reference: bool
    content: Content
    start: int
    end: int
    relations: list[tuple[str, Member]] = field(factory=list)
    part: BodyPart | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@define(eq=False)
class Bar:
    """An inference line, with its rules where it is the open kind."""

    rules: Content
    relations: list[tuple[str, Member]]
    span: Span


@define(eq=False)
class Body:
    """A premise-conclusion structure: numbered statements and the bars between them."""

    items: list[tuple[int, Member] | Bar]
    span: Span


@define(eq=False)
class Heading:
    level: int
    content: Content


@define(eq=False)
class Listing:
    members: list[Member]


Block = Heading | Listing | Body | Member


def parse(text: str, start: int, losses: Losses) -> list[Block]:
    """The blocks of an Argdown text from `start` on (where its front matter ends)."""
    tokens = _lark().lex(_without_includes(_without_comments(text, start), losses))
    blocks = (_parse_block(each, losses) for each in _split(tokens))
    return [block for block in blocks if block is not None]


@cache
def _lark() -> Lark:
    from importlib.resources import files

    grammar = files("argmap.grammars").joinpath("argdown.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", transformer=_Builder())


def _parse_block(tokens: list[Token], losses: Losses) -> Block | None:
    parser = _lark().parse_interactive("")
    skipping: str | None = None
    depth = 0
    for token in _lay_out(tokens, losses):
        if skipping == "line" and token.type not in _LINE_LEVEL and token.type != "_INDENT":
            continue
        if skipping == "depth":
            depth += (token.type == "_INDENT") - (token.type == "_DEDENT")
            if not depth:
                skipping = None
            continue
        skipping = None
        try:
            parser.feed_token(token)
        except UnexpectedToken:
            skipping = _recover(parser, token, losses)
            depth = 1
    last = tokens[-1]
    for more in ((), ("TEXT",)):
        try:
            for kind in more:
                parser.feed_token(Token.new_borrow_pos(kind, "", last))
            return cast("Block", parser.feed_token(Token.new_borrow_pos("$END", "", last)))
        except UnexpectedToken:
            continue
    losses.skipped("this block has no sense in Argdown; it was left out", _extent(tokens))
    return None


def _recover(parser: InteractiveParser, token: Token, losses: Losses) -> str | None:
    """Goes on after a token that cannot stand where it does; says how much of what follows to skip."""
    place, shown = _extent([token]), str(token).strip()

    def feed(*tokens: Token) -> bool:
        try:
            for each in tokens:
                parser.feed_token(each)
        except UnexpectedToken:
            return False
        return True

    if token.type == "_INDENT":
        losses.skipped("relations where none can stand were left out", place)
        return "depth"
    if token.type in _LINE_LEVEL:
        # A mark with nothing after it: put an empty text where its statement should be.
        if feed(Token.new_borrow_pos("TEXT", "", token), token):
            losses.skipped("a mark with nothing after it", place)
            return None
        losses.skipped(f"{shown} cannot stand here; the line was left out", place)
        return "line"
    if token.type in _TITLES and feed(Token.new_borrow_pos("TEXT", str(token), token)):
        losses.changed(f"{shown} in the middle of a text; read as plain words", place)
        return None
    losses.skipped("words after a name that only refers; the rest of the line was left out", place,
                   "a colon after the name makes it a definition")  # fmt: skip
    return "line"


def _extent(tokens: list[Token]) -> Span:
    return Span(tokens[0].start_pos or 0, tokens[-1].end_pos or 0) if tokens else Span(0, 0)


class _Builder(Transformer[Token, Any]):
    """Makes the nodes as the parser reduces, so that depth costs no recursion."""

    def heading(self, children: list[Any]) -> Heading:
        mark, content = children
        return Heading(len(mark.strip()), content)

    def listing(self, children: list[Any]) -> Listing:
        return Listing([child for child in children if isinstance(child, Member)])

    def argument_body(self, children: list[Any]) -> Body:
        first, last = (item if isinstance(item, Bar) else item[1] for item in (children[0], children[-1]))
        return Body(children, Span(first.span.start, last.span.end))

    def numbered(self, children: list[Any]) -> tuple[int, Member]:
        mark, member = children
        return int(mark.strip()[1:-1]), member

    def bar(self, children: list[Any]) -> Bar:
        rules = next((child for child in children if isinstance(child, Content)), Content())
        return Bar(rules, children[-1] if type(children[-1]) is list else [], _extent(children[:1]))

    named_bar = bar

    def line_bar(self, children: list[Any]) -> Bar:
        line = children[0]
        inner = line.strip().strip("-")
        start = line.start_pos + line.index(inner)
        mark = "\\."  # so that nothing in it stands at the beginning of a line
        tokens = list(_lark().lex(mark + inner))[1:]
        for token in tokens:
            token.start_pos += start - len(mark)
            token.end_pos += start - len(mark)
        return self.bar([line, _content(tokens), *children[1:]])

    def statement_tree(self, children: list[Any]) -> Member:
        member: Member = children[0]
        if len(children) > 1:
            member.relations = children[1]
        return member

    argument_tree = statement_tree

    def relations(self, children: list[Any]) -> list[tuple[str, Member]]:
        return children

    def relation(self, children: list[Any]) -> tuple[str, Member]:
        sign, member = children
        return sign.strip(), member

    def statement_text(self, children: list[Any]) -> Member:
        content: Content = children[0]
        return Member(False, None, False, content, content.start, content.end)

    def statement_definition(self, children: list[Any]) -> Member:
        head, *content = children
        return self._member(head, head[1:-2], content[0] if content else Content(), reference=False)

    def statement_reference(self, children: list[Any]) -> Member:
        head, content = children
        return self._member(head, head[1:-1], content, reference=True)

    argument_definition, argument_reference = statement_definition, statement_reference

    def _member(self, head: Token, title: str, content: Content, *, reference: bool) -> Member:
        start, end = head.start_pos or 0, max(head.end_pos or 0, content.end)
        return Member(head[0] == "<", " ".join(title.split()), reference, content, start, end)

    def content(self, tokens: list[Any]) -> Content:
        return _content(tokens)

    extras = content


def _content(tokens: list[Token]) -> Content:
    """Joins the words of a text and notes what is marked in them."""
    pieces: list[str] = []
    length = words = 0
    emphasis: list[tuple[int, int, bool]] = []
    tags: list[str] = []
    mentions: list[tuple[bool, str, int, int]] = []
    links: list[tuple[str, int, int]] = []
    data: list[tuple[str, Span]] = []
    closing = _pair_emphasis(tokens)
    opening = {close: open for open, close in closing.items()}
    opened: dict[int, int] = {}  # where in the text an opening mark stands
    space = False  # whether white space is due before the next word

    for index, token in enumerate(tokens):
        kind, word = token.type, str(token)
        if not word:
            continue
        if kind in {"SPACE", "NEWLINE"}:
            space = bool(pieces)
            continue
        if kind == "DATA":
            data.append((word, _extent([token])))
            continue
        if index in opening:
            emphasis.append((opened[opening[index]], length, len(word) == 2))
            continue
        if space:
            pieces.append(" ")
            length += 1
            space = False
        if index in closing:
            opened[index] = length
            continue
        if kind == "ESCAPE":
            word = word[1:]
        elif kind == "SHORTCODE":
            word = _SIGNS[word[1:-1]]
        elif kind == "LINK":
            label, _, address = word[1:-1].partition("](")
            word = " ".join(label.split())
            links.append((address, length, length + len(word)))
        elif kind in {"STATEMENT_MENTION", "ARGUMENT_MENTION"}:
            word = "@" + " ".join(word[1:].split())
            title = " ".join(word[2:-1].split())
            mentions.append((kind[0] == "A", title, length, length + len(word)))
        elif kind == "TAG":
            tags.append(word[2:-1].strip() if word.startswith("#(") else word[1:])
        pieces.append(word)
        length += len(word)
        if kind != "TAG":
            words = length

    place = _extent(tokens)
    return Content(
        "".join(pieces), words, tuple(sorted(emphasis, key=_outer_first)), tuple(tags), tuple(mentions), tuple(links),
        extras_of(data) if data else NOTHING, place.start, place.end,
    )  # fmt: skip


def _outer_first(one: tuple[int, int, bool]) -> tuple[int, int, bool]:
    return one[0], -one[1], not one[2]


def _pair_emphasis(tokens: list[Token]) -> dict[int, int]:
    """Which marks open emphasis, and which close it; the others are plain characters."""
    pairs: dict[int, int] = {}
    open_: list[tuple[int, int]] = []  # the index of a mark, and how many words came before it
    words = 0
    for index, token in enumerate(tokens):
        if token.type != "EMPHASIS":
            words += token.type not in _SPACES
            continue
        before = tokens[index - 1] if index else None
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        follows = before is not None and before.type not in _SPACES
        leads = after is not None and after.type not in _SPACES
        # As in Markdown, an underscore inside a word is only an underscore.
        if token[0] == "_" and follows and leads and _is_word(before, -1) and _is_word(after, 0):
            continue
        inner = open_ and tokens[open_[-1][0]]
        if follows and after and len(token) == 2 and inner == after == token[0]:  # the `***` that ends `**a *b***`
            tokens[index : index + 2] = [Token.new_borrow_pos("EMPHASIS", each, token) for each in (after, token)]
            token = tokens[index]
        same = next((at for at in reversed(range(len(open_))) if tokens[open_[at][0]] == token), None)
        if same is not None and follows and open_[same][1] < words:
            pairs[open_[same][0]] = index
            del open_[same:]
        elif leads and len(open_) < 8:
            open_.append((index, words))
    return pairs


def _is_word(token: Token | None, at: int) -> bool:
    return token is not None and token.type != "EMPHASIS" and (token[at].isalnum() or token[at] == "_")


# Layout.


def fenced(text: str) -> str:
    """Of a Markdown page with Argdown in it only that: everything else is blank, and every offset stays as it is."""
    pieces: list[str] = []
    position = 0
    for fence in _FENCE.finditer(text):
        pieces += [re.sub(r"[^\n]", " ", text[position : fence.start(2)]), fence[2]]
        position = fence.end(2)
    return "".join([*pieces, re.sub(r"[^\n]", " ", text[position:])]) if pieces else text


def front_matter(text: str) -> Span | None:
    """The place of the front matter with its fences, or None."""
    match = _FRONT_MATTER.match(text)
    return Span(match.start(1), match.end(1)) if match else None


def _without_comments(text: str, start: int) -> str:
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


def _without_includes(text: str, losses: Losses) -> str:
    def blank(include: re.Match[str]) -> str:
        losses.left_out(f"{include[0]}: only this file is read", Span(*include.span()), "convert that file too")
        return " " * len(include[0])

    return _INCLUDE.sub(blank, text)


def _split(found: Iterator[Token]) -> Iterator[list[Token]]:
    """The text's tokens, one list a block, without line ends that only lead up to the next line's mark."""
    block: list[Token] = []
    tokens = [token for token in found if token.type != "TEXT" or token != "\ufeff"]
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


def _lay_out(block: list[Token], losses: Losses) -> Iterator[Token]:
    """The tokens of a block with its depth made plain by `_INDENT` and `_DEDENT`."""
    first = block[0].type
    body, listing = first in {"NUMBER", "BAR", "LINE_BAR", "HALF_BAR"}, first == "ITEM"
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
            depth = len(levels)
            while len(levels) > 1 and levels[-1] > indent:
                levels.pop()
                yield Token.new_borrow_pos("_DEDENT", "", token)
            if not levels or (indent > levels[-1] and len(levels) == depth):
                if not indent:
                    losses.changed("a relation that is not indented; read as one to the line above", place)
                levels.append(indent)
                yield Token.new_borrow_pos("_INDENT", "", token)
            elif indent != levels[-1]:
                losses.changed("the indentation fits no line above; read as one level up", place)
                levels[-1] = min(indent, levels[-1])
        elif (kind in {"NUMBER", "BAR", "LINE_BAR", "HALF_BAR"} and body) or (kind == "ITEM" and listing):
            while levels:
                levels.pop()
                yield Token.new_borrow_pos("_DEDENT", "", token)
        elif kind in _LINE_STARTS and kind != "HEADING":
            losses.changed(f"{token.strip()} begins a line in the middle of a text; read as plain words", _span(token))
            yield Token.new_borrow_pos("SPACE", " ", token)
            token = Token.new_borrow_pos("TEXT", str(token).strip() + " ", token)
        yield token
    for _ in levels:
        yield Token.new_borrow_pos("_DEDENT", "", block[-1])


def _span(token: Token) -> Span:
    start = token.start_pos or 0
    return Span(start + len(token) - len(token.lstrip()), token.end_pos or start)
