"""Author's text in Markdown: nothing in it is markup, whatever it looks like."""

from __future__ import annotations

import re

from argmap.model import Statement

# What CommonMark and its common extensions give a meaning to, wherever it stands in a line.
_SPECIAL = re.compile(
    r"[\\`*_\[\]<>&#|~$^{}]|^(?=[-+=](?:\s|\Z))|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])|!(?=\[)", re.MULTILINE
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BARE_LINK = re.compile(r"(?i)\b(https?|ftp|mailto)(:)|\b(www)(\.)")


def escape(text: str) -> str:
    """A text on one line, escaped."""
    return _escape(" ".join(_CONTROL.sub("\ufffd", text.replace("\n", " ").replace("\t", " ")).split(" ")))


def stressed(statement: Statement) -> str:
    """A statement's text, escaped, with its stress as Markdown has it; paragraphs apart by a blank line."""
    text = statement.text
    pieces: list[str] = []
    at = 0
    for stress in statement.emphasis:
        mark = "**" if stress.strong else "*"
        pieces += [_clean(text[at : stress.start]), mark, _clean(text[stress.start : stress.end]), mark]
        at = stress.end
    pieces.append(_clean(text[at:]))
    paragraphs = re.split(r"\n\s*\n", "".join(pieces))
    return "\n\n".join(" ".join(paragraph.split("\n")) for paragraph in paragraphs)


def _clean(text: str) -> str:
    return _escape(_CONTROL.sub("\ufffd", text.replace("\t", " ")))


def _escape(text: str) -> str:
    text = _SPECIAL.sub(_entity, text)
    return _BARE_LINK.sub(lambda m: f"{m[1]}&#58;" if m[1] else f"{m[3]}&#46;", text)


def _entity(match: re.Match[str]) -> str:
    character = match[0]
    if character in ("<", ">", "&"):
        return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}[character]
    return "\\" + character
