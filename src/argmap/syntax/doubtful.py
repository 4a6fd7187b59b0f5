"""Lines that look like something they are not: what they are read as, and what is to be said of them.

Nothing here knows of the lines around but what it is told; the reader knows the layout.
"""

from __future__ import annotations

import re

from attrs import frozen

from argmap.diagnostics import Diagnostic, Edit, Fix
from argmap.syntax import faults, header_faults
from argmap.syntax.grammar import grammar
from argmap.syntax.marks import TYPE_OF_WORD, WORDS
from argmap.text import Span

_WORD_COLON = re.compile(r"([^\W\d_]+)[ \t]?:(?=\s|\Z)")
_WORD = re.compile(
    r"(because|and|but|although|then|contradicts|unless|provided)[ \t]+(?=(\([^\s()]+\)(?:\s|\Z))?)", re.I
)
# A label that something follows at once: a letter, or the colon or full stop that other notations have there.
_GLUED_LABEL = re.compile(r"(\([\w.\-]+\))([:.]?)(?=([^\W\d_]|(?<=[:.])[ \t]))")
_ODD_LABEL = re.compile(r"\(([^\s()]+)\)(?=\s|\Z)")
_ARGDOWN_LABEL = re.compile(r"(?:\[[^\]\n]+\]|<[^>\n]+>):(?=\s|\Z)")
_NUMBERED = re.compile(r"(?:\d{1,2}[.)]|\[[ xX]?\])(?=[ \t])")
# A line of the header that is not quite one.
_NEARLY_FACT = re.compile(r"([^\W\d][\w-]*(?:[ \t]+[\w-]+){0,3})[ \t]*:([ \t]*)(?=\S|\Z)")
_SENTENCE_END = tuple(".?!…”\"')}")


@frozen(eq=False, repr=False)
class Reading:
    """What a line is read as: its type, its label and its text, which is the end of what it says.

    `told` is what is to be said of it; `at` where the line is then known to be reported, if not at that place.
    """

    type: str
    label: str | None
    text: str
    told: Diagnostic | None = None
    at: int | None = None


def is_fact(content: str) -> bool:
    """Whether a line at the top is a header line: not a mark's word, and not a sentence that has a colon."""
    key = content.partition(":")[0]
    if key.lower() in TYPE_OF_WORD:
        return False
    return key[0].islower() or not key[0].isupper() or header_faults.near_fact(key) is not None


def nearly_fact(content: str, start: int, below_fact: bool) -> tuple[str, int, Diagnostic] | None:
    """Of a line in the header that is meant for a header line: the key, where its value begins, and what is wrong."""
    match = _NEARLY_FACT.match(content)
    if match is None:
        return None
    key, gap = match[1], match[2]
    one_word = " " not in key and "\t" not in key
    if not below_fact:
        if key not in header_faults.KNOWN_FACTS or gap:
            return None
    elif key.lower() in TYPE_OF_WORD or (gap and one_word):
        return None
    colon = start + match.end()
    fix = Fix("add a space", (Edit(Span(colon, colon), " "),)) if one_word and not gap else None
    return key, match.end(), header_faults.malformed_fact(Span(start, start + len(key)), key, fix)


def word_and_colon(content: str) -> tuple[str, int] | None:
    """The word at the start of a text that a colon follows, as a mark in words has it, and where the colon ends."""
    match = _WORD_COLON.match(content)
    return (match[1], match.end()) if match else None


def is_mark(word: str) -> bool:
    """Whether a word is that of a mark, whatever its case."""
    return word.lower() in TYPE_OF_WORD


def begins_another(content: str, above: str) -> bool:
    """Whether plain text below other text (`above`) is rather an item of a list, or a mark that lacks its colon."""
    if _NUMBERED.match(content):
        return True
    match = _WORD.match(content)
    if match is None or match[1].lower() not in TYPE_OF_WORD:
        return False
    return bool(match[2]) or (match[1].islower() and above.endswith(_SENTENCE_END))


def may_be_wrapped(content: str, indented: bool) -> bool:
    """Whether plain text right below other text, and as far in, can be the rest of it."""
    if content.startswith("(") or _WORD_COLON.match(content):
        return False
    return not (indented and (_WORD.match(content) or _NUMBERED.match(content)))


def read_plain(content: str, start: int, *, at_margin: bool, beside: bool) -> Reading:
    """What plain text is that does not go on with the line above it.

    Args:
        beside: At the margin, whether it stands right under a statement, a quotation or a stance.
    """
    whole = Span(start, start + len(content))
    worded = _WORD_COLON.match(content)
    if worded:
        span = Span(start, start + worded.end())
        type = TYPE_OF_WORD.get(worded[1].lower())
        if type is not None:
            told = faults.mark_misspelled(span, worded[1], WORDS[type])
            return _told(claim(type, content[worded.end() :], at_margin), told)
        if not at_margin:
            return Reading("STRAY", None, content, faults.no_such_mark(span, worded[1]), start)
        if worded[1].lower() in header_faults.KNOWN_FACTS and is_fact(content):
            return Reading("STRAY", None, content, header_faults.fact_below_header(span, worded[1]))
    if at_margin:
        if beside:
            return Reading("STRAY", None, content, faults.unindented_text(whole))
        if content.startswith("(") and content.endswith(")") and content.count("(") == 1 and " " in content:
            return Reading("STRAY", None, content, faults.blank_in_label(whole, content))
        return Reading("STATEMENT", None, content)
    number = _NUMBERED.match(content)
    if number:
        return Reading("STRAY", None, content, faults.numbered(Span(start, start + number.end()), number[0]))
    word = _WORD.match(content)
    if word:
        type = TYPE_OF_WORD[word[1].lower()]
        told = faults.mark_misspelled(Span(start, start + word.end(1)), word[1], WORDS[type])
        return _told(claim(type, content[word.end() :], at_margin), told)
    return Reading("STRAY", None, content, faults.text_out_of_place(whole))


def read_suspect(content: str, start: int, at_margin: bool) -> Reading:
    """A line that begins with something like a mark, read as what was surely meant."""
    told, type, rest = faults.suspect(content, start, at_margin)
    return _told(claim(type, rest, at_margin), told, start)


def claim(type: str, rest: str, at_margin: bool) -> Reading:
    """What follows a mark of this type."""
    rest = rest.strip(" \t")
    if type in ("BAR", "HEADING", "QUOTATION", "STANCE"):
        return Reading(type, None, rest)
    split = grammar().claim.match(rest)
    assert split is not None
    if at_margin and type not in ("STATEMENT", "REFERENCE"):
        type = "STRAY"
    return Reading(type, split[1], rest[split.end() :])


def _told(reading: Reading, told: Diagnostic, at: int | None = None) -> Reading:
    return Reading(reading.type, reading.label, reading.text, told, at)


_OTHER_SIDE = {"REASON": ("but", "although"), "OBJECTION": ("because",), "CONCESSION": ("because",)}


def two_marks(type: str, text: str, mark: Span, start: int) -> Diagnostic | None:
    """What is to be said of a sign whose text begins with the word of a mark on the other side: `- because …`."""
    word = text.partition(" ")[0]
    if word not in _OTHER_SIDE.get(type, ()):
        return None
    return faults.two_marks(mark, type, Span(start, start + len(word)), word, TYPE_OF_WORD[word])


def label_gone_wrong(text: str, start: int) -> Diagnostic | None:
    """What is to be said of a text without a label that begins as if it had one, in our notation or in Argdown's."""
    if text[0] != "(":
        written = _ARGDOWN_LABEL.match(text)
        return faults.label_of_argdown(Span(start, start + written.end()), written[0]) if written else None
    if ")" not in text:
        return faults.unclosed_label(Span(start, start + 1))
    if odd := _ODD_LABEL.match(text):
        first = next((c for c in odd[1] if not c.isalnum() and c not in "-_."), odd[1])
        return faults.odd_label(Span(start, start + odd.end()), odd[1], first)
    if (glued := _GLUED_LABEL.match(text)) and not glued[3].islower():
        after = Span(start + glued.start(2), start + glued.end(2))
        return faults.glued_label(Span(start, after.start), after, glued[1])
    return None
