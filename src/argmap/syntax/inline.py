"""What stands inside a line's text: escapes, emphasis, attributes, quotations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator

from attrs import define, frozen

from argmap.diagnostics import Diagnostic, Edit, Fix, Label, Severity
from argmap.syntax.document import Line
from argmap.text import Span
from argmap.text.nearest import nearest

QUALIFIERS = ("certainly", "probably", "presumably", "possibly")
FLAGS = ("implicit", "open")

_SPECIAL = re.compile(r"[\\*{}]")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~–—−•→⇒“”„«»")
_TOKEN = re.compile(r"\\.|\*{1,2}|[{}]", re.DOTALL)
_PIECE = re.compile(r'"(?:\\.|[^"\\])*"|\\.|,|[^,"\\]+|["\\]', re.DOTALL)
_KEY_VALUE = re.compile(r"([^\W\d][\w-]*)[ \t]*:[ \t]*(.*)", re.DOTALL)
_TAG = re.compile(r"#[\w][\w./-]*")
_OPENERS = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "”": "”"}


@define(eq=False, repr=False)
class Inline:
    """The text of a statement, read: plain text, its stressed ranges (start, end, strong), and its attributes."""

    text: str
    emphasis: tuple[tuple[int, int, bool], ...] = ()
    qualifier: str | None = None
    flags: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    data: tuple[tuple[str, str], ...] = ()


def has_markup(text: str, start: int, end: int) -> bool:
    """Whether a range of a text has a character of an escape, of stress or of attributes."""
    return _SPECIAL.search(text, start, end) is not None


def read_inline(line: Line, source: str, found: list[Diagnostic]) -> Inline:
    """Read a statement's text; `source` is the whole text it stands in, and faults go to `found`."""
    raw = line.text
    if "\n" in raw:
        raw = _join(raw)
    if _SPECIAL.search(raw) is None:
        return Inline(raw)
    return _Inline(line, source, found).read(raw)


def plain(raw: str) -> str:
    """Text that has escapes but neither emphasis nor attributes (a note, the words of a quotation, a title)."""
    if "\n" in raw:
        raw = _join(raw)
    return re.sub(r"\\(.)", lambda m: m[1] if m[1] in _PUNCTUATION else m[0], raw) if "\\" in raw else raw


def _join(raw: str) -> str:
    """One string from the lines of a text: lines by a space, paragraphs by a blank line.

    A backslash that only says "this line is text" goes; before punctuation it stays, and escapes that.
    """
    paragraphs: list[list[str]] = [[]]
    for part in raw.split("\n"):
        if not part:
            paragraphs.append([])
            continue
        paragraphs[-1].append(_without_line_escape(part) if len(paragraphs) > 1 or paragraphs[-1] else part)
    return "\n\n".join(" ".join(lines) for lines in paragraphs if lines)


def _without_line_escape(part: str) -> str:
    return part[1:] if part.startswith("\\") and len(part) > 1 and part[1] not in _PUNCTUATION else part


class _Inline:
    def __init__(self, line: Line, source: str, found: list[Diagnostic]) -> None:
        self.line = line
        self.source = source
        self.found = found
        self.places: list[tuple[int, int, int]] | None = None  # worked out for the first fault
        text = line.text  # sliced out of its document at each use: once here, not once a fault
        self.shift = line.text_start + len(text) - len(_without_line_escape(text))

    def read(self, raw: str) -> Inline:
        raw = _without_line_escape(raw)
        tokens = [(m.start(), m.group()) for m in _TOKEN.finditer(raw)]
        body, attributes, at = self._split_attributes(raw, tokens)
        text, emphasis = _emphasis(body, [t for t in tokens if t[0] < len(body)])
        qualifier: str | None = None
        flags: list[str] = []
        tags: list[str] = []
        data: list[tuple[str, str]] = []
        if attributes is not None:
            if not attributes.strip():
                self._fault("AM042", at, at + len(attributes) + 2, "these braces are empty", "delete them")
            for part, offset in _parts(attributes):
                place = (at + 1 + offset, at + 1 + offset + len(part))
                word = part
                if word in QUALIFIERS:
                    if qualifier is not None:
                        self._fault(
                            "AM042",
                            *place,
                            f"`{word}` and `{qualifier}` cannot both qualify a statement",
                            "keep one",
                        )
                    else:
                        qualifier = word
                elif word in FLAGS:
                    flags.append(word)
                elif _TAG.fullmatch(word):
                    tags.append(word[1:])
                elif (pair := _KEY_VALUE.fullmatch(word)) is not None:
                    self._doubt(pair[1], pair[2], place)
                    data.append((pair[1], _value(pair[2])))
                else:
                    near = nearest(word, (*QUALIFIERS, *FLAGS))
                    shown = " ".join(word.split())
                    self._fault(
                        "AM041",
                        *place,
                        f"`{shown if len(shown) <= 40 else shown[:39] + '…'}` is not an attribute",
                        (f"did you mean `{near}`? " if near else "")
                        + "Known are certainly, probably, presumably, possibly, implicit, open, #tag and key: value",
                        near,
                    )
        return Inline(
            text, emphasis, qualifier, tuple(dict.fromkeys(flags)), tuple(dict.fromkeys(tags)), tuple(data)
        )

    def _doubt(self, key: str, value: str, place: tuple[int, int]) -> None:
        """Report a fact of the author's own that is surely meant for something else."""
        if key in QUALIFIERS or key in FLAGS:
            message = f"`{key}` has no value: it stands by itself or not at all"
            self._fault("AM041", *place, message, f"write `{key}`, or leave it out")
        elif value.startswith('"') and (len(value) < 2 or not value.endswith('"')):
            message = f"the value of `{key}` opens with a quotation mark and does not end in one"
            self._fault(
                "AM043", *place, message, 'close it with `"`, or put a backslash before the first one'
            )

    def _split_attributes(self, raw: str, tokens: list[tuple[int, str]]) -> tuple[str, str | None, int]:
        """The text before the attributes, the attributes without their braces, and where their brace opens."""
        opened = -1
        closed = False
        last: tuple[int, int] | None = None
        for position, token in tokens:
            if token == "{":
                opened, closed = position, False
            elif token == "}" and opened >= 0 and not closed:
                closed = True
                if last is not None:
                    self._misplaced(raw, last)
                last = (opened, position)
        if opened >= 0 and not closed:
            self._fault(
                "AM040",
                opened,
                opened + 1,
                "this brace is never closed",
                "close the attributes with `}`; or write `\\{` if a brace is meant",
            )
            if last is not None:
                self._misplaced(raw, last)
            inside = raw[opened + 1 :].strip()
            if inside and all(part in (*QUALIFIERS, *FLAGS) for part, _ in _parts(inside)):
                return raw[:opened].rstrip(), inside, opened
            return raw, None, 0
        if last is None:
            return raw, None, 0
        start, end = last
        if raw[end + 1 :].strip():
            self._misplaced(raw, last)
            return raw, None, 0
        if not raw[:start].strip():
            self._fault(
                "AM042",
                start,
                end + 1,
                "attributes have no statement before them",
                "write them at the end of the statement they speak of",
            )
        return raw[:start].rstrip(), raw[start + 1 : end], start

    def _misplaced(self, raw: str, where: tuple[int, int]) -> None:
        parts = [part for part, _ in _parts(raw[where[0] + 1 : where[1]])]
        if parts and all(p in (*QUALIFIERS, *FLAGS) or _TAG.fullmatch(p) for p in parts):
            self._fault(
                "AM042",
                where[0],
                where[1] + 1,
                "attributes stand at the end of the statement, and text follows these",
                "move them to the end, all in one pair of braces; or write `\\{` if a brace is meant",
            )

    def _fault(
        self, code: str, start: int, end: int, message: str, hint: str, replacement: str | None = None
    ) -> None:
        span = self._span(start, end)
        fix = None
        if replacement is not None and self.source[span.start : span.end].strip():
            fix = Fix(f"write `{replacement}`", (Edit(span, replacement),), safe=False)
        self.found.append(Diagnostic(code, Severity.ERROR, message, (Label(span),), hint, fix))

    def _span(self, start: int, end: int) -> Span:
        """The place in the source of a range of the joined text."""
        line = self.line
        if line.joined is None:
            return Span(self.shift + start, self.shift + end)
        if self.places is None:
            self.places = list(_places(line, self.source))
        joined, begin, length = self.places[bisect_right(self.places, start, key=lambda place: place[0]) - 1]
        at = min(start - joined, length)
        return Span(begin + at, begin + min(at + end - start, length))


def _places(line: Line, source: str) -> Iterator[tuple[int, int, int]]:
    """Of each line of a text: where it begins in the joined text, and in the source, and its length."""
    joined = 0
    gap = 0
    for begin, part in line.pieces(source):
        if not part:
            gap = 2 if joined or gap else 0
            continue
        joined += gap
        shown = len(_without_line_escape(part))
        yield joined, begin + len(part) - shown, shown
        joined += shown
        gap = 1


def split_attributes(raw: str) -> tuple[str, list[str]] | None:
    """A text as written and the attributes at its end, each as written; None where it ends in none."""
    if not raw.endswith("}"):
        return None
    opened = closed = -1
    for token in _TOKEN.finditer(raw):
        if token[0] == "{":
            opened, closed = token.start(), -1
        elif token[0] == "}" and opened >= 0 and closed < 0:
            closed = token.start()
    if opened < 0 or closed != len(raw) - 1:
        return None
    # A line of its own keeps its line break.
    return raw[:opened].rstrip(" \t"), [part for part, _ in _parts(raw[opened + 1 : closed])]


def _parts(attributes: str) -> list[tuple[str, int]]:
    """The attributes between commas, trimmed, each with its offset; a comma in quotation marks does not count."""
    parts: list[tuple[str, int]] = []
    current = ""
    begin = 0
    position = 0
    for token in _PIECE.findall(attributes):
        if token == ",":
            if current.strip():
                parts.append((current.strip(), begin + len(current) - len(current.lstrip())))
            current = ""
            position += 1
            begin = position
            continue
        current += token
        position += len(token)
    if current.strip():
        parts.append((current.strip(), begin + len(current) - len(current.lstrip())))
    return parts


def _value(raw: str) -> str:
    raw = raw.strip()
    if len(raw) >= 2 and raw[0] == raw[-1] == '"':
        raw = raw[1:-1]
    return plain(raw)


def _emphasis(body: str, tokens: list[tuple[int, str]]) -> tuple[str, tuple[tuple[int, int, bool], ...]]:
    """Take escapes and stress marks out of a text; the stressed ranges are offsets into what is left."""
    out: list[str] = []
    length = 0
    at = 0
    ranges: list[tuple[int, int, bool]] = []
    opened: tuple[int, str, int] | None = None  # where in `out` the opening mark stands, the mark, its offset

    def keep(piece: str) -> None:
        nonlocal length
        if piece:
            out.append(piece)
            length += len(piece)

    for position, token in tokens:
        if position < at:
            continue
        keep(body[at:position])
        at = position + len(token)
        if token[0] == "\\":
            keep(token[1] if token[1] in _PUNCTUATION else token)
        elif token[0] == "*":
            before = body[position - 1] if position else " "
            after = body[at] if at < len(body) else " "
            if opened is not None and opened[1] == token and not before.isspace() and not _wordlike(after):
                index, _, begin = opened
                out[index] = ""
                length -= len(token)
                ranges.append((begin, length, token == "**"))
                opened = None
            elif (opened is None or opened[1] != token) and not after.isspace() and not _wordlike(before):
                opened = (len(out), token, length)
                keep(token)
            else:
                keep(token)
        else:
            keep(token)
    keep(body[at:])
    text = "".join(out)
    # An opening mark that was never closed stays as text; ranges after it were measured with it in place.
    return text, tuple(r for r in ranges if r[0] < r[1])


def _wordlike(character: str) -> bool:
    """Whether a letter here would make the star part of a word; scripts without spaces between words do not count."""
    return character.isalnum() and ord(character) < 0x2E80


@frozen(eq=False, repr=False)
class Quoted:
    """A `>` line, read: words of a source and where they are, or a note."""

    text: str
    where: str | None = None
    quoted: bool = True


def read_quotation(line: Line, found: list[Diagnostic]) -> Quoted:
    """Read what follows `>`; an unclosed quotation is reported and taken to its end."""
    raw = _join(line.text) if "\n" in line.text else line.text
    closers = _OPENERS.get(raw[:1])
    if closers is None:
        return Quoted(plain(_without_line_escape(raw)), None, quoted=False)
    closers += '"' if raw[0] != '"' else ""
    found_end = _closing(raw, closers)
    if found_end is not None:
        end, where = found_end
        if raw[0] != '"' or not _escaped(raw, end):
            return Quoted(plain(raw[1:end]).strip(), plain(where).strip() or None)
    elif any(c in raw[1:] for c in closers):
        message = "something stands after this quotation"
        hint = 'only a place in parentheses can follow the closing quotation mark: `> "words" (where)`'
        span = Span(line.text_start, line.end)
        found.append(Diagnostic("AM044", Severity.ERROR, message, (Label(span),), hint))
        return Quoted(plain(raw[1:]).strip(), None)
    message = "this quotation is never closed"
    hint = f"close it with `{closers[0]}`; or put a backslash before the quotation mark if this is a note"
    span = Span(line.text_start, line.text_start + 1)
    found.append(Diagnostic("AM043", Severity.ERROR, message, (Label(span),), hint))
    return Quoted(plain(raw[1:]).strip(), None)


def _closing(raw: str, closers: str) -> tuple[int, str] | None:
    """Where the closing mark of a quotation stands, and what is in the parentheses after it.

    It is the last mark after which there is nothing, or only parentheses that reach to the end.
    """
    text = raw.rstrip(" \t")
    if len(text) > 1 and text[-1] in closers:
        return len(text) - 1, ""
    if not text.endswith(")"):
        return None
    found = deque(re.finditer(rf"[{closers}][ \t]*\(", text[1:]), maxlen=1)
    return (found[0].start() + 1, text[found[0].end() + 1 : -1]) if found else None


def _escaped(raw: str, position: int) -> bool:
    """Whether the character at a place has an odd number of backslashes before it."""
    words = raw[1:position]
    return (len(words) - len(words.rstrip("\\"))) % 2 == 1
