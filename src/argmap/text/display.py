"""How a line of anybody's text is shown in a terminal: harmless, and with a known width.

Tabs become spaces; what would steer the terminal or hide from the eye becomes something visible; everything
else is left to the terminal and measured in its columns.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from argmap.text.words import lazy

TAB_STOP = 4

# Controls, format characters that reorder or hide text, line separators, lone surrogates. The joiners U+200C
# and U+200D stay, being part of ordinary Persian words and of emoji, and so do the variation selectors.
_HARMFUL = lazy(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e00ff]"
)
# Latin, Greek and Cyrillic letters and common punctuation take one column each. Anything else is measured.
_NOT_PLAIN = lazy("[^ -~\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\xa0]")
_RIGHT_TO_LEFT = lazy("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


# Of these, what steers a terminal or reorders a line, and no author needs; tabs and line ends stay.
_STEERING = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?!\n)")
# What GitHub's runner obeys in a log: `##[…]` anywhere, `::…` at the start of a line.
_COMMAND = lazy(r"##(?=\[)|^[^\S\n]*:(?=:)", re.MULTILINE)


def harmless(text: str) -> str:
    """The text with everything that could steer a terminal shown instead of obeyed (tabs too)."""
    return text if text.isascii() and text.isprintable() else _HARMFUL.sub(lambda match: visible(match[0]), text)


def inert(text: str) -> str:
    """Lines with what steers a terminal or reorders text shown instead of obeyed; everything else as it is."""
    return _STEERING.sub(lambda match: visible(match[0]), text)


_CLOSED_BY = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
_OVERRIDES = "\u202d\u202e"
_DIRECTION = lazy("[\u202a-\u202e\u2066-\u2069]")


def hiding(text: str) -> list[int]:
    """Where a text hides its order: overrides, and other marks of direction that are not closed inside it."""
    opened: list[int] = []
    found: list[int] = []
    for match in _DIRECTION.finditer(text):
        at = match.start()
        if match[0] in _CLOSED_BY:
            opened.append(at)
        elif opened and _CLOSED_BY[text[opened[-1]]] == match[0]:
            begin = opened.pop()
            if text[begin] in _OVERRIDES:
                found += (begin, at)
        else:
            found.append(at)
    return sorted(found + opened)


def settled(text: str, instead: str = "\ufffd") -> str:
    """The text with something else for each character that hides its order, so it can stand beside other text."""
    if text.isascii() or not (places := hiding(text)):
        return text
    starts = [0, *(place + 1 for place in places)]
    return instead.join(text[start:end] for start, end in zip(starts, [*places, None], strict=True))


def cleaned(text: str) -> str:
    """The text with U+FFFD for each control character, and `settled`."""
    return settled(_STEERING.sub(lambda match: match[0] if _DIRECTION.match(match[0]) else "\ufffd", text))


def without_commands(text: str) -> str:
    """Lines in which a build server's log finds no command: a space comes between its signs."""
    return _COMMAND.sub(r"\g<0> ", text) if "::" in text or "##" in text else text


def as_json(data: object, indent: int = 2) -> str:
    """Data as JSON for people and programs; what could steer what shows it is escaped."""
    import json

    text = json.dumps(data, ensure_ascii=False, indent=indent).replace("##[", "##\\u005b")
    return _HARMFUL.sub(lambda match: match[0] if match[0] == "\n" else json.dumps(match[0])[1:-1], text)


@lru_cache(maxsize=256)
def visible(character: str) -> str:
    """A sign for a character that must not be printed as it is."""
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"<U+{code:04X}>"


def width(text: str) -> int:
    """Columns that a text takes in a terminal; the text must be `harmless`."""
    if not _NOT_PLAIN.search(text):
        return len(text)
    from wcwidth import wcswidth, wcwidth

    columns = wcswidth(text)
    # Unassigned characters have no known width; terminals mostly give them one column.
    return columns if columns >= 0 else sum(one if (one := wcwidth(each)) >= 0 else 1 for each in text)


def has_right_to_left(text: str) -> bool:
    """Whether some terminals will show this text in another order than it is written in."""
    return _RIGHT_TO_LEFT.search(text) is not None


def expand(line: str, column: int = 0) -> str:
    """A line as it is shown when it begins at this column: tabs filled with spaces, the rest `harmless`."""
    parts: list[str] = []
    for number, part in enumerate(line.split("\t")):
        if number:
            gap = TAB_STOP - column % TAB_STOP
            parts.append(" " * gap)
            column += gap
        shown = harmless(part)
        parts.append(shown)
        column += width(shown)
    return "".join(parts)


def cluster(line: str, start: int, end: int) -> tuple[int, int]:
    """The range widened so that it cuts no letter from its marks and no emoji into its parts."""
    least, most = max(0, start - 32), min(len(line), end + 32)
    while least < start < len(line) and _joins(line[start - 1], line[start]):
        start -= 1
    while start < end < most and _joins(line[end - 1], line[end]):
        end += 1
    return start, end


def _joins(before: str, character: str) -> bool:
    return (
        "\u200d" in (before, character)
        or unicodedata.combining(character) > 0
        or "\ufe00" <= character <= "\ufe0f"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )
