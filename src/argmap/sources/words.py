"""A text as a run of words and signs, so that two printings of the same words compare equal.

Spacing and line breaks are no words at all; all quotation marks are one sign, all dashes another, three
dots and
`…` a third; the marks of Markdown emphasis, soft hyphens and zero-width characters are left out; words are in
Unicode's compatibility form (NFKC), so that an `é` or a ligature is the same however it is encoded. Letter
case counts: it is part of what somebody wrote.
"""

from __future__ import annotations

import re
import unicodedata

from attrs import frozen

QUOTE, DASH, CUT = "'", "-", "…"

_TOKEN = re.compile(
    r"(?P<cut>…|\.(?:[ \u00a0]?\.){2,3})"
    r"|(?P<dash>[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]+)"
    "|(?P<quote>[\"'‘’‚‛“”„‟«»‹›´′″「」『』]+)"
    # A letter or digit, with combining marks and invisible characters that belong to the word.
    r"|(?P<word>[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff])*)"
    r"|(?P<sign>[^\s*_`~\\\u00ad\u200b-\u200d\u2060\ufeff])"
)
# Scripts that put no space between words: every character is a word of its own.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x200E), 0x2060, 0xFEFF])
_LINE_BREAK = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t]*")


@frozen
class Words:
    """Words and signs in order: `keys[i]` was written at `starts[i]:ends[i]` (code points)."""

    keys: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.keys)


def split(text: str) -> Words:
    """The words and signs of a text. Linear in its length."""
    found: list[tuple[str, int, int]] = []
    for match in _TOKEN.finditer(text):
        kind, start, end = match.lastgroup, match.start(), match.end()
        if kind == "word":
            key = match[0]
            if not key.isascii():
                if _UNSPACED.search(key):
                    found += [(character, at, at + 1) for at, character in enumerate(key, start)]
                    continue
                key = unicodedata.normalize("NFKC", key.translate(_INVISIBLE))
        else:
            key = match[0] if kind == "sign" else {"cut": CUT, "dash": DASH, "quote": QUOTE}[kind or ""]
        found.append((key, start, end))
    return _words(found)


def _words(found: list[tuple[str, int, int]]) -> Words:
    keys, starts, ends = zip(*found, strict=True) if found else ((), (), ())
    return Words(list(keys), list(starts), list(ends))


def rejoined(words: Words, text: str) -> Words | None:
    """The words with those that a hyphen divides at a line's end made whole, or None where there are none."""
    found: list[tuple[str, int, int]] = []
    joined = False
    position, count = 0, len(words)
    while position < count:
        key, end = words.keys[position], words.ends[position]
        start = words.starts[position]
        while (
            position + 2 < count
            and words.keys[position + 1] == DASH
            and words.starts[position + 1] == end
            and key[-1].isalpha()
            and words.keys[position + 2][0].islower()
            and _LINE_BREAK.fullmatch(text, words.ends[position + 1], words.starts[position + 2])
        ):
            joined = True
            position += 2
            key += words.keys[position]
            end = words.ends[position]
        found.append((key, start, end))
        position += 1
    return _words(found) if joined else None


def is_word(key: str) -> bool:
    """Whether a key is a word or number, not a sign."""
    return key[0].isalnum()
