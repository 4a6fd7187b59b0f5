"""Plain text as the notation writes it: escaped, stressed, and broken into lines that read back the same."""

from __future__ import annotations

import re

from argmap.model import Emphasis
from argmap.syntax import habits
from argmap.syntax.inline import CONTROL, is_letter, is_unspaced
from argmap.syntax.marks import BLANKS, TYPE_OF_WORD
from argmap.syntax.messages import TYPE_MEANT

WIDTH = 80
"""Where lines are broken; deep down they keep at least `NARROWEST` columns."""
NARROWEST = 40

_SPECIAL = re.compile(r"[\\{}]|\*")
_PARAGRAPH = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*(?:(?:\r\n|\r|\n)[ \t]*)+")
_LINE = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*")
_HEADER = re.compile(r"\w[\w-]*[ \t]?:")
_QUOTE = "[\"“”‘’'„«]?"
_MARK_WORDS = "|".join(TYPE_OF_WORD)
_COLON = r"[^\W\d_]+[ \t]?:(?:\s|\Z)"
# A line that begins so is plain text whatever stands above it: a number, or a word that is no mark's and no numeral.
_SAFE = re.compile(
    rf"(?!(?:{_MARK_WORDS})(?:\W|\Z)|{_COLON}|(?:[^\W\d_]?\d{{0,3}}|[ivxlcdm]+)[.):])(?:{_QUOTE}[^\W_]|…)",
    re.IGNORECASE,
)
# A line is broken only before a word that begins such a line, is no other notation's mark, and no letter or numeral.
_OTHERS = f"{_MARK_WORDS}|{'|'.join(TYPE_MEANT)}"
_WORD = re.compile(
    rf"(?!(?:{_OTHERS})(?:\W|\Z)|{_COLON}|in[ \t]+(?:{_OTHERS}|pro|con)\b){_QUOTE}"
    r"(?:[^\W\d_]{5}|[^\W\d_]{2,}[’'\s,;-])",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """A text as the notation has it: no control characters, lines by a space, paragraphs by a blank line."""
    if CONTROL.search(text) is not None:
        text = CONTROL.sub("\ufffd", text)
    text = text.strip(" \t\r\n")
    if "\n" in text or "\r" in text:
        paragraphs = _PARAGRAPH.split(text)
        text = "\n\n".join(_LINE.sub(" ", paragraph) for paragraph in paragraphs)
    return text


def tidy_line(text: str) -> str:
    """As `tidy`, on one line."""
    text = tidy(text).strip()
    return text.replace("\n\n", " ") if "\n" in text else text


def escaped(text: str, emphasis: tuple[Emphasis, ...] = ()) -> tuple[str, tuple[Emphasis, ...]]:
    """A statement's text with its escapes and stress marks, and the stressed ranges that cannot be marked."""
    if not emphasis:
        return _escape(text), ()
    pieces: list[str] = []
    refused: list[Emphasis] = []
    at = 0
    stressed = -1
    for stress in emphasis:
        if not _can_stress(text, stress) or stress.start <= stressed:
            refused.append(stress)
            continue
        mark = "**" if stress.strong else "*"
        pieces += [_escape(text[at : stress.start], text[at - 1 : at], "x")]
        pieces += [mark, _escape(text[stress.start : stress.end], "x", "x"), mark]
        at = stressed = stress.end
    pieces.append(_escape(text[at:], "x" if at else " "))
    return "".join(pieces), tuple(refused)


def _escape(text: str, before: str = " ", after: str = " ") -> str:
    if _SPECIAL.search(text) is None:
        return text

    def escape(match: re.Match[str]) -> str:
        if match[0] == "*":
            left = text[match.start() - 1] if match.start() else before
            right = text[match.end()] if match.end() < len(text) else after
            if left.isspace() and right.isspace():
                return "*"
        return "\\" + match[0]

    return _SPECIAL.sub(escape, text)


def _can_stress(text: str, stress: Emphasis) -> bool:
    inside = text[stress.start : stress.end]
    if not inside or inside[0].isspace() or inside[-1].isspace():
        return False
    around = (text[stress.start - 1] if stress.start else " ", (text + " ")[stress.end])
    return not any(map(is_letter, around))


def escaped_words(text: str, also: str = "") -> str:
    """A text that knows escapes but no stress (a note, a title, quoted words), with `also` escaped."""
    text = text.replace("\\", "\\\\")
    for character in also:
        text = text.replace(character, "\\" + character)
    return text


def guarded(text: str, *, at_margin: bool, labelled: bool) -> str:
    """The text with a backslash before it where its first words would be taken for something else."""
    if at_margin and not labelled and (not _is_plain(text) or _HEADER.match(text)):
        return _backslash(text)
    return _backslash(text) if text[:1] in BLANKS or habits.is_doubtful(text, labelled=labelled) else text


def _is_plain(text: str) -> bool:
    begun = _SAFE.match(text)
    return begun is not None and (begun[0][-1].isalpha() or begun[0][-1] in "0123456789…")


def _backslash(text: str) -> str:
    return text if text.startswith("\\") else "\\" + text


def wrapped(head: str, text: str, indent: int) -> list[str]:
    """`head` and the text on lines that go on with it, `indent` columns deep; paragraphs apart by an empty
    line.

    Lines are broken only where the next one is sure to be read as going on, and never right after `head`.
    """
    width = max(WIDTH, indent + NARROWEST)
    margin = " " * indent
    lines: list[str] = []
    line = head
    least = len(head)
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            lines += [line, ""]
            least = indent
            begins = _is_plain(paragraph) and not (habits.item_sign(paragraph) or habits.connective(paragraph, 0))
            line = margin + (paragraph if begins else _backslash(paragraph))
        else:
            line += paragraph
        while len(line) > width:
            cut = _break(line, max(least, indent) + 1, width)
            if cut < 0:
                break
            lines.append(line[:cut])
            line = margin + line[cut + 1 :]
            least = indent
    lines.append(line)
    return lines


def _break(line: str, least: int, width: int) -> int:
    """The last place from `least` on at which a line can be broken to fit, or else the first after that; -1: none."""
    at = line.rfind(" ", least, width + 1)
    while at >= 0:
        if _can_break(line, at):
            return at
        at = line.rfind(" ", least, at)
    at = line.find(" ", width)
    while at >= 0:
        if _can_break(line, at):
            return at
        at = line.find(" ", at + 1)
    return -1


def _can_break(line: str, at: int) -> bool:
    if line[at - 1] in BLANKS:
        return False
    word = _WORD.match(line, at + 1)
    plain = word is not None and word[0].lstrip("\"“”‘’'„«")[0].isalpha()
    return plain and not is_unspaced(line[at - 1] + line[at + 1])
