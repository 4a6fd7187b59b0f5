"""The formatter: one canonical layout for a document, with its meaning checked before anything is given back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from argmap.diagnostics import Severity
from argmap.errors import ArgmapError, DocumentError
from argmap.model import ArgumentMap
from argmap.model.resolve import resolve
from argmap.syntax import Comment, Document, Line, parse
from argmap.syntax.document import ODD_BLANK
from argmap.syntax.inline import split_attributes
from argmap.syntax.marks import SIGNS, WORDS
from argmap.text import Source

INDENT = "    "
# Atomic, so that one CRLF is never taken for two line ends.
_BLANK_LINE = re.compile(rf"(?>\r\n|\n|\r)[ \t{ODD_BLANK}]*(?:\r|\n)")

Marks = Literal["keep", "signs", "words"]


class FormattingError(ArgmapError):
    """Formatting would have changed what a document says; nothing was changed. This is a fault of argmap."""


def format_text(text: str, *, marks: Marks = "keep") -> str:
    """The same document in the canonical layout.

    Four spaces a level, one space after a mark and a label, header values in one column, one blank line where the
    author left any and around headings. The author's line breaks inside a text stay where they are, and so do the
    author's choice of signs or words, every comment, the byte-order mark and the kind of line end.
    `format_text(format_text(x)) == format_text(x)`.

    Args:
        text: A document without syntax errors; unknown and repeated labels are no hindrance.
        marks: `signs` turns every mark that has a sign into it, `words` into its word.

    Raises:
        DocumentError: the document has a syntax error, so its layout cannot be trusted.
        FormattingError: the result would not mean the same (a fault of argmap; nothing is lost).
    """
    source = Source("<text>", text)
    document = parse(source)
    before = resolve(document)
    # Names that are not found are no hindrance (AM1xx), and an empty file has a layout too.
    if any(
        d.severity is Severity.ERROR and d.code.startswith("AM0") and d.code != "AM003"
        for d in before.diagnostics
    ):
        raise DocumentError("the document has errors; mend them first, then format")
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    lines = list(_Layout(document, marks).lines())
    formatted = "\n".join(lines) + "\n" if lines else ""
    _check(document, before, formatted)
    end = re.search(r"\r\n|\n|\r", text)
    if end is not None and end[0] != "\n":
        formatted = formatted.replace("\n", end[0])
    return bom + formatted


def _check(document: Document, before: ArgumentMap, formatted: str) -> None:
    """Refuse a result that says anything else than what was given."""
    after = parse(Source("<formatted>", formatted))
    same = (
        resolve(after) == before
        and [comment.text for comment in after.comments] == [comment.text for comment in document.comments]
        and len(after.diagnostics) == len(document.diagnostics)
    )
    if not same:
        raise FormattingError("formatting would have changed what the document says, so it was left as it is")


class _Layout:
    """Lays out a document, line by line, in the order of its text."""

    def __init__(self, document: Document, marks: Marks) -> None:
        self.document = document
        self.text = document.source.text
        self.marks = marks
        self.comments = document.comments
        self.next_comment = 0
        self.position = 1 if self.text.startswith("\ufeff") else 0
        self.begun = False

    def lines(self) -> Iterator[str]:
        facts = self.document.facts
        width = max((len(fact.label or "") for fact in facts), default=0) + 2
        for fact in facts:
            yield from self._item(fact, 0, [*_fact(fact, width)], force_blank=False)
        previous = facts[-1] if facts else None
        for part in self.document.parts:
            first = part[0] if isinstance(part, list) else part
            # Runs are parted by the blank line that the author left; headings and the header get theirs.
            force = previous is not None and (
                first.type == "HEADING" or previous.type in ("HEADING", "FACT") or isinstance(part, list)
            )
            force = force or (previous is not None and first.type == "STANCE" and previous.type != "STANCE")
            for line in part if isinstance(part, list) else [part]:
                yield from self._tree(line, force)
                force = False
            previous = first
        yield from self._comments_until(len(self.text), "")

    def _tree(self, root: Line, force_blank: bool) -> Iterator[str]:
        stack: list[tuple[Line, int]] = [(root, 0)]
        while stack:
            line, depth = stack.pop()
            yield from self._item(
                line, depth, self._own_lines(line), force_blank=force_blank and line is root
            )
            if line.children:
                stack.extend((child, depth + 1) for child in reversed(line.children))

    def _item(self, line: Line, depth: int, own: list[str], *, force_blank: bool) -> Iterator[str]:
        """The comments and the blank line before a line, then the line itself."""
        indent = INDENT * depth
        wanted = force_blank and self.begun
        comment = self._peek_comment(line.start)
        if wanted and not self._gap_until(comment.start if comment else line.start):
            between = self.text[self.position : line.start]
            # A comment that belongs to what is above it keeps its place; the blank line comes after it.
            if comment is None or not _BLANK_LINE.search(between):
                yield ""
        yield from self._comments_until(line.start, indent)
        if self._gap_until(line.start) and self.begun:
            yield ""
        self.begun = True
        inner = self._peek_comment(line.end)
        first, rest = own[0], own[1:]
        yield indent + first
        deeper = indent + INDENT if line.type != "FACT" else ""
        if inner is None:
            for piece in rest:
                yield deeper + piece if piece else ""
        else:
            yield from self._with_inner_comments(line, rest, deeper)
        self.position = line.end

    def _with_inner_comments(self, line: Line, rest: list[str], indent: str) -> Iterator[str]:
        """The further lines of a text that has comments between them."""
        pieces = line.pieces(self.document.text)
        next(pieces)
        for (at, raw), piece in zip(pieces, rest, strict=True):
            if not raw:
                yield ""
                continue
            self.position = at
            while (comment := self._peek_comment(at)) is not None:
                self.next_comment += 1
                yield indent + comment.text
            yield indent + piece

    def _peek_comment(self, before: int) -> Comment | None:
        if self.next_comment < len(self.comments) and self.comments[self.next_comment].start < before:
            return self.comments[self.next_comment]
        return None

    def _comments_until(self, end: int, indent: str) -> Iterator[str]:
        while (comment := self._peek_comment(end)) is not None:
            if self._gap_until(comment.start) and self.begun:
                yield ""
            self.next_comment += 1
            self.position = comment.start + len(comment.text)
            self.begun = True
            yield indent + comment.text

    def _gap_until(self, end: int) -> bool:
        """Whether the author left a blank line between what was last laid out and here."""
        return _BLANK_LINE.search(self.text, self.position, end) is not None

    # -- one line --

    def _own_lines(self, line: Line) -> list[str]:
        """A line in canonical spelling, with the lines that go on with it, without indentation."""
        mark = self._mark(line)
        label = f"({line.label})" if line.label is not None else ""
        if line.type == "STANCE":
            body = _stance(line.text).split("\n")
        elif line.type in ("QUOTATION", "BAR", "HEADING"):
            body = line.text.split("\n")
        else:
            body = _with_attributes(line).split("\n")
        body[0] = " ".join(piece for piece in (mark, label, body[0]) if piece)
        return body

    def _mark(self, line: Line) -> str:
        if line.type == "BAR":
            return "---"
        if line.type == "HEADING":
            head = self.text[line.start : line.end]
            return head[: len(head) - len(head.lstrip("#"))]
        sign, word = SIGNS.get(line.type), WORDS.get(line.type)
        if sign is None or word is None:
            return sign or word or ""
        if self.marks == "keep":
            return word if self.text.startswith(word, line.start) else sign
        return sign if self.marks == "signs" else word


def _fact(fact: Line, width: int) -> Iterator[str]:
    first, *rest = fact.text.split("\n")
    yield f"{fact.label + ':' if fact.label else '':<{width}}{first}".rstrip(" ")
    for piece in rest:
        yield " " * width + piece


def _stance(part: str) -> str:
    """A stance with single spaces, none before its commas and colons and one after; its line breaks stay."""
    names, colon, held = re.sub(r"[ \t]+", " ", part).partition(":")
    names = re.sub(r" ?,(?=([^\s,])?)", lambda match: ", " if match[1] else ",", names).rstrip(" ")
    return (
        names
        + colon
        + re.sub(r"([,;])(?=\S)", r"\1 ", re.sub(r" ?([,;])", r"\1", re.sub(r"^(?=\S)", " ", held)))
    )


def _with_attributes(line: Line) -> str:
    """The text of a statement, its attributes spaced alike."""
    split = split_attributes(line.text)
    if split is None:
        return line.text
    text, attributes = split
    kept = text.rstrip(" \t\n")
    rest = line.text[len(kept) :]
    if "\n" in rest.lstrip() or not attributes:
        return line.text  # the author's line breaks stay, and a comment may stand between them
    if any(attribute.endswith("\\") for attribute in attributes):
        return line.text  # its backslash has a space after it, and would escape the comma
    gap = rest[: len(rest) - len(rest.lstrip())]
    # A line break before the attributes stays; and glued to the text they stay glued, since a space might make a
    # mark of that text.
    return f"{kept}{gap if chr(10) in gap else ' ' if gap else ''}{{{', '.join(attributes)}}}"
