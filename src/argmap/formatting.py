"""The formatter: one canonical layout for a document, with its meaning checked before anything is given back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from argmap.diagnostics import Severity
from argmap.errors import DocumentError, FormattingError
from argmap.syntax import Comment, Document, Line, parse
from argmap.syntax.document import ClaimText, StanceText
from argmap.syntax.marks import BLANKS, SIGNS, WORDS
from argmap.text import Source

INDENT = "    "
_BLANK_LINE = re.compile(rf"(?:\r\n|\n|\r(?!\n))[{BLANKS}]*(?:\r|\n)")

Marks = Literal["keep", "signs", "words"]


def format_text(text: str, *, marks: Marks = "keep") -> str:
    """The same document in the canonical layout.

    Four spaces a level, one space after a mark and a label, header values in one column, one blank line where the
    author left any and around headings. The author's line breaks inside a text stay where they are, and so do the
    author's choice of signs or words, every comment, the byte-order mark and the kind of line end.
    `format_text(format_text(x)) == format_text(x)`.

    Args:
        text: A document without syntax errors; unknown and repeated labels do not matter.
        marks: `signs` turns every mark that has a sign into it, `words` into its word.

    Raises:
        DocumentError: the document has a syntax error, so its layout cannot be trusted.
        FormattingError: the result would not mean the same (a bug in argmap; nothing is lost).

    Example:
        >>> format_text("(a)   Take an umbrella.\\n  + (b)  It is raining.")
        '(a) Take an umbrella.\\n    + (b) It is raining.\\n'
    """
    document = parse(Source("<text>", text))
    # An empty file (AM003) has a layout too.
    if any(d.severity is Severity.ERROR and d.code != "AM003" for d in document.diagnostics):
        raise DocumentError("the document has errors; fix them before formatting")
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    lines = list(_Layout(document, marks).lines())
    formatted = "\n".join(lines) + "\n" if lines else ""
    if _meaning(parse(Source("<formatted>", formatted))) != _meaning(document):
        raise FormattingError("formatting would have changed what the document says, so it was left as it is")
    end = re.search(r"\r\n|\n|\r", text)
    if end is not None and end[0] != "\n":
        formatted = formatted.replace("\n", end[0])
    return bom + formatted


def _meaning(document: Document) -> list[Any]:
    """All that a document says, apart from its layout."""
    return [
        [len(part) if isinstance(part, tuple) else 0 for part in document.parts],
        [
            (depth, line.type, line.label, line.content, document.level(line) if line.type == "HEADING" else 0)
            for line, depth in document.lines()
        ],
        [comment.text for comment in document.comments],
        len(document.diagnostics),
    ]


class _Layout:
    """Lays out a document, line by line, in the order of its text."""

    def __init__(self, document: Document, marks: Marks) -> None:
        self.document = document
        self.text = document.source.text
        self.marks = marks
        self.comments = iter(document.comments)
        self.comment = next(self.comments, None)  # the next to be laid out
        self.position = 1 if self.text.startswith("\ufeff") else 0
        self.begun = False

    def lines(self) -> Iterator[str]:
        document = self.document
        width = max((len(fact.label or "") for fact in document.facts), default=0) + 2
        first_of_part = {id(part[0] if isinstance(part, tuple) else part): part for part in document.parts}
        previous: Line | None = None  # the first line of the part before
        for line, depth in document.lines():
            if line.type == "FACT":
                first, *rest = line.text.split("\n")
                own = [f"{line.label + ':' if line.label else '':<{width}}{first}".rstrip(" ")]
                yield from self._item(line, "", [*own, *(" " * width + piece for piece in rest)], wants_blank=False)
                previous = line
                continue
            # Runs are separated by the blank line that the author left; headings and the header get theirs.
            part = first_of_part.get(id(line))
            wants_blank = (
                part is not None
                and previous is not None
                and (
                    isinstance(part, tuple)
                    or line.type == "HEADING"
                    or previous.type in ("HEADING", "FACT")
                    or (line.type == "STANCE" and previous.type != "STANCE")
                )
            )
            yield from self._item(line, INDENT * depth, self._own_lines(line), wants_blank=wants_blank)
            previous = line if part is not None else previous
        yield from self._comments_until(len(self.text), "")

    def _item(self, line: Line, indent: str, own: list[str], *, wants_blank: bool) -> Iterator[str]:
        """The comments and the blank line before a line, then the line itself."""
        has_gap = self._has_gap(line.start)
        # A comment right below the line above belongs to that line: the author's blank line after it will do.
        if wants_blank and self.begun and not has_gap:
            yield ""
        yield from self._comments_until(line.start, indent)
        if self._has_gap(line.start) and self.begun:
            yield ""
        self.begun = True
        first, *rest = own
        yield indent + first
        deeper = indent + INDENT if line.type != "FACT" else ""
        has_comments = self._comment_before(line.end) is not None
        places = [at for at, _ in line.pieces(self.document.text)][1:] if has_comments else []
        for number, piece in enumerate(rest):
            while piece and places and self._comment_before(places[number]) is not None:
                yield deeper + self._take_comment().text
            yield deeper + piece if piece else ""
        self.position = line.end

    def _comment_before(self, end: int) -> Comment | None:
        return self.comment if self.comment is not None and self.comment.start < end else None

    def _take_comment(self) -> Comment:
        comment = self.comment
        assert comment is not None
        self.comment = next(self.comments, None)
        return comment

    def _comments_until(self, end: int, indent: str) -> Iterator[str]:
        while self._comment_before(end) is not None:
            comment = self._take_comment()
            if self._has_gap(comment.start) and self.begun:
                yield ""
            self.position = comment.span.end
            self.begun = True
            yield indent + comment.text

    def _has_gap(self, end: int) -> bool:
        """Whether the author left a blank line between what was last laid out and here."""
        return _BLANK_LINE.search(self.text, self.position, end) is not None

    # -- one line --

    def _own_lines(self, line: Line) -> list[str]:
        """A line in canonical spelling, with the lines that continue it, without indentation."""
        label = f"({line.label})" if line.label is not None else ""
        body = self._with_attributes(line).split("\n")
        body[0] = " ".join(piece for piece in (self._mark(line), label, body[0]) if piece)
        return body

    def _mark(self, line: Line) -> str:
        sign, word = SIGNS.get(line.type), WORDS.get(line.type)
        if line.type == "HEADING":
            return "#" * self.document.level(line)
        if sign is None or word is None:
            return sign or word or ""
        if self.marks == "keep":
            return word if self.text.startswith(word, line.start) else sign
        return sign if self.marks == "signs" else word

    def _with_attributes(self, line: Line) -> str:
        """The text of a line; its attributes, if it has any, spaced alike."""
        is_stance = isinstance(line.content, StanceText)
        if not isinstance(line.content, (ClaimText, StanceText)) or not line.content.attributes:
            return _stance(line.text) if is_stance else line.text
        written = self.document.text
        attributes = [written[a.span.start : a.span.end] for a in line.content.attributes]
        from_end = line.end - line.content.attributes[0].span.start
        opened = line.text.rfind("{", 0, max(len(line.text) - from_end, 0))
        kept = line.text[:opened].rstrip(" \t\n")
        rest = line.text[len(kept) :]
        if "\n" in rest.lstrip() or re.search(r"[\r\n]", written[line.end - from_end : line.end]):
            return line.text  # the author's line breaks stay, and a comment may stand between them
        if any(attribute.endswith("\\") for attribute in attributes):
            return line.text  # its backslash has a space after it, and would escape the comma
        gap = rest[: len(rest) - len(rest.lstrip())]
        # A line break before the attributes stays; and glued to the text they stay glued, since a space might make a
        # mark of that text.
        kept = _stance(kept) if is_stance else kept
        return f"{kept}{gap if chr(10) in gap else ' ' if gap else ''}{{{', '.join(attributes)}}}"


def _stance(text: str) -> str:
    """A stance with single spaces, none before its commas and colons and one after; its line breaks stay."""
    if text[0] in '"“„«' or re.search(r",\s*[\"“„«]", text):  # a quoted name stays as it is
        return text
    names, colon, held = re.sub(r"[ \t]+", " ", text).partition(":")
    names = re.sub(r" ?,(?=([^\s,])?)", lambda match: ", " if match[1] else ",", names).rstrip(" ")
    held = re.sub(r" ?([,;])", r"\1", re.sub(r"^(?=\S)", " ", held))
    held = re.sub(r"(?<=\S)=>", " =>", re.sub(r"=>(?=\S)", "=> ", held))
    return names + colon + re.sub(r"([,;])(?=\S)", r"\1 ", held)
