"""Quoting: nothing that an author writes may become part of the drawing's language."""

from __future__ import annotations

import re

# What XML cannot hold at all, with the byte-order mark and lone surrogates; bidirectional overrides stay,
# they are text.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff]")
_LINE_ENDS = re.compile("[\t\r\n\x85\u2028\u2029]+")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_NAMES_IN_LABELS = re.compile(r"\\([A-Za-z\\])")
_UNSAFE_IN_ID = re.compile(r"[^\w.-]")


def clean(text: str) -> str:
    """The text without characters that no picture can show."""
    return _UNPRINTABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """The text without characters that no picture can show, and without line ends."""
    if text.isascii() and text.isprintable():
        return text
    return _LINE_ENDS.sub(" ", clean(text))


def html(text: str) -> str:
    """A text as it stands inside an HTML-like label."""
    text = one_line(text).translate(_ESCAPES)
    # Engines put the names of things for `\\N` and the like, however it is spelled, unless it is in two pieces.
    return _NAMES_IN_LABELS.sub(r"&#92;<font>\1</font>", text) if "\\" in text else text


def quoted(text: str) -> str:
    """A text as a quoted string of DOT that no engine reads escapes (`\\N`, `\\l`) in."""
    text = _LINE_ENDS.sub(" ", clean(text))
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def identifier(prefix: str, name: str) -> str:
    """An id for the SVG and a node's name in DOT, out of a statement's id; different ids stay different."""
    plain = (
        _UNSAFE_IN_ID.sub(lambda match: f"_{ord(match[0]):x}_", clean(name)) if not name.isalnum() else name
    )
    return f"{prefix}-{plain}"
