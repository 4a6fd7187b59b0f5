"""How a statement's words are written in Argdown: escapes, stress, tags, titles."""

from __future__ import annotations

import re
from collections.abc import Iterable

from argmap.formats.argdown.parse import SHORTCODE, parse
from argmap.formats.labels import Labels, is_label
from argmap.formats.losses import Losses
from argmap.model import Emphasis, Statement

_SPECIAL = re.compile(r"[\\\[\]<>*_#@{}]|(?<=/)[/]|(?<=<)!")
# What would be a mark, a list or a number at the beginning of a line.
_FIRST = re.compile(r"-+|[+=~(]|\d+(?=\.)")
_TAG = re.compile(r"[^\W_](?:[\w-]*\w)?")
_TAG_IN_PARENTHESES = re.compile(r"[^()\n]+")
_OURS = re.compile(r"Untitled \d+")
_TITLE = re.compile(r"[^\[\]<>\n\\{}]+")


def escaped(text: str) -> str:
    """Words on one line that Argdown reads as just these words."""
    text = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    text = SHORTCODE.sub(r"\\\g<0>", text)
    return _begun(text)


def _begun(text: str) -> str:
    first = _FIRST.match(text)
    if first is None:
        return text
    rest = text[first.end() :]
    if first[0].isdigit():
        return f"{first[0]}\\{rest}"
    return "".join(f"\\{sign}" for sign in first[0]) + rest


def worded(statement: Statement, losses: Losses) -> tuple[str, list[str]]:
    """A statement's text on one line with its stress marked, and where a space was the end of a paragraph."""
    text, emphasis, breaks = _one_line(statement)
    plain = escaped(text)
    if not emphasis:
        return plain, breaks
    stressed = _stressed(text, emphasis)
    expected = tuple((one.start, one.end, one.strong) for one in emphasis)
    read = parse(stressed, 0, Losses())
    content = getattr(read[0], "content", None) if len(read) == 1 else None
    if content is not None and (content.text, content.emphasis) == (text, expected):
        return stressed, breaks
    losses.left_out(f"the stress in {statement.name}; Argdown cannot mark these words", statement)
    return plain, breaks


def _one_line(statement: Statement) -> tuple[str, list[Emphasis], list[str]]:
    text = statement.text
    if not statement.emphasis and not any(sign in text for sign in "\n\r\t") and "  " not in text:
        return text.strip(), [], []
    moved: list[int] = []  # where each code point of the old text comes to stand
    pieces: list[str] = []
    breaks: list[str] = []
    length = position = 0
    for match in re.finditer(r"\s+", text):
        moved += range(length, length + match.start() - position)
        pieces.append(text[position : match.start()])
        length += match.start() - position
        position = match.end()
        kept = match.start() > 0 and match.end() < len(text)
        moved += [length] + [length + kept] * (match.end() - match.start() - 1)
        if kept:
            if match.group().count("\n") > 1:
                breaks.append(str(length))
            pieces.append(" ")
            length += 1
    pieces.append(text[position:])
    moved += range(length, length + len(text) - position + 1)
    emphasis = [Emphasis(moved[one.start], moved[one.end], one.strong) for one in statement.emphasis]
    return "".join(pieces), [one for one in emphasis if one.start < one.end], breaks


def _stressed(text: str, emphasis: Iterable[Emphasis]) -> str:
    pieces: list[str] = []
    position = 0
    for one in emphasis:
        mark = "**" if one.strong else "*"
        pieces += [_inside(text, position, one.start), mark, _inside(text, one.start, one.end), mark]
        position = one.end
    pieces.append(_inside(text, position, len(text)))
    return _begun("".join(pieces))


def _inside(text: str, start: int, end: int) -> str:
    return SHORTCODE.sub(r"\\\g<0>", _SPECIAL.sub(r"\\\g<0>", text[start:end]))


def tagged(statement: Statement, losses: Losses) -> str:
    """The tags as they follow the text, each with a space before it."""
    found = []
    for tag in statement.tags:
        if _TAG.fullmatch(tag):
            found.append(f" #{tag}")
        elif _TAG_IN_PARENTHESES.fullmatch(tag) and tag == " ".join(tag.split()):
            found.append(f" #({tag})")
        else:
            losses.left_out(f"the tag {tag} of {statement.name}; Argdown cannot write it", statement)
    return "".join(found)


def title_for(statement: Statement, label: str) -> str:
    """A title that comes back as this label: the title it came with, or the label with spaces for hyphens."""
    for title in (dict(statement.data).get("title", ""), label.replace("-", " ")):
        plain = title == " ".join(title.split()) and _TITLE.fullmatch(title) and not _OURS.fullmatch(title)
        if plain and Labels().named(title, title) == label:
            return title
    assert is_label(label)
    return label
