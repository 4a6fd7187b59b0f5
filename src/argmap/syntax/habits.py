"""Lines in another notation's style, or with a small slip: what they are read as, and what is reported.

These functions see one line at a time; the lexer knows the layout.
"""

from __future__ import annotations

import re

from attrs import frozen

from argmap.diagnostics import Diagnostic, Edit, Fix
from argmap.syntax import messages
from argmap.syntax.document import Line
from argmap.syntax.marks import (
    BULLETS,
    DASHES,
    OPENING_SIGNS,
    SIGNS,
    TYPE_OF,
    TYPE_OF_LOOK_ALIKE,
    TYPE_OF_WORD,
    WORD_MEANT,
    WORDS,
)
from argmap.text import Span
from argmap.text.words import nearest

KNOWN_FACTS = ("title", "author", "date", "source", "lang")
SINGLE_FACTS = ("title", "author", "date", "lang")

_WORD_COLON = re.compile(r"([^\W\d_]+)[ \t]?:(?=\s|\Z)")
_WORD = re.compile(rf"({'|'.join(TYPE_OF_WORD)})[ \t]+(?=(\([^\s()]+\)(?:\s|\Z))?)", re.I)
# A label with no space after it, or with the colon or full stop that other notations put there.
_GLUED_LABEL = re.compile(r"(\([\w.\-]+\))([:.]?)(?=([^\W\d_]|(?<=[:.])[ \t]))")
_ODD_LABEL = re.compile(r"\(([^\s()]+)\)(?=\s|\Z)")
_ARGDOWN_LABEL = re.compile(r"(?:\[[^\]\n]+\]|<[^>\n]+>):(?=\s|\Z)")
_NUMBERED = re.compile(r"(?:\d{1,2}[.)]|\[[ xX]?\])(?=[ \t])")
_NEARLY_FACT = re.compile(r"([^\W\d][\w-]*(?:[ \t]+[\w-]+){0,3})[ \t]*:([ \t]*)(?=\S|\Z)")
_REPEATED = (SIGNS["BAR"], SIGNS["HEADING"])
_SENTENCE_END = tuple(".?!…”\"')}")
OTHER_SIDE = {
    "REASON": ("OBJECTION", "CONCESSION"),
    "OBJECTION": ("REASON",),
    "CONCESSION": ("REASON",),
}
MISREAD = frozenset("([<").union(WORDS[type][0] for types in OTHER_SIDE.values() for type in types)
"""How a text begins that `misread` has something to say about."""


@frozen(eq=False, repr=False)
class Guess:
    """What a line is read as: its type, its text (the end of the line), of a header line its key."""

    type: str
    text: str
    diagnostic: Diagnostic | None = None
    key: str | None = None


# -- the header --


def is_fact(content: str) -> bool:
    """Whether a line at the top is a header line: not a mark's word, and not a sentence that has a colon."""
    key = content.partition(":")[0]
    if key.lower() in TYPE_OF_WORD:
        return False
    return key[0].islower() or not key[0].isupper() or near_fact(key) is not None


def near_fact(key: str) -> str | None:
    """The known header key that this one is surely meant for, if it is not one itself."""
    if key in KNOWN_FACTS:
        return None
    if key.lower() in KNOWN_FACTS:
        return key.lower()
    near = nearest(key, KNOWN_FACTS)
    return near if near and abs(len(near) - len(key)) <= 1 and len(key) > 3 else None


def nearly_fact(content: str, start: int, *, below_fact: bool) -> Guess | None:
    """A line in the header that is meant for a header line."""
    match = _NEARLY_FACT.match(content)
    if match is None:
        return None
    key, gap = match[1], match[2]
    one_word = " " not in key and "\t" not in key
    if not below_fact:
        if key not in KNOWN_FACTS or gap:
            return None
    elif key.lower() in TYPE_OF_WORD or (gap and one_word):
        return None
    colon = start + match.end()
    fix = Fix("add a space", (Edit(Span(colon, colon), " "),)) if one_word and not gap else None
    fault = messages.malformed_fact(Span(start, start + len(key)), key, fix)
    return Guess("FACT", content[match.end() :], fault, key)


# -- plain text --


def word_and_colon(content: str, start: int) -> Diagnostic | None:
    """The fault of a text that begins with a word and a colon, as marks do."""
    match = _WORD_COLON.match(content)
    if match is None:
        return None
    word = match[1]
    near = WORD_MEANT.get(word.lower()) or nearest(word, list(WORDS.values()))
    return messages.no_such_mark(Span(start, start + match.end()), word, near)


def begins_another(content: str, above: str, type: str) -> bool:
    """Whether plain text below a line of this type does not continue it: an item of a list, or nearly a mark."""
    worded = _WORD_COLON.match(content)
    if worded is not None:
        return worded[1].lower() in TYPE_OF_WORD
    if type in ("FACT", "QUOTATION", "STANCE"):
        return False
    if _NUMBERED.match(content):
        return True
    match = _WORD.match(content)
    return match is not None and (bool(match[2]) or (match[1].islower() and above.endswith(_SENTENCE_END)))


def may_be_wrapped(content: str, *, indented: bool) -> bool:
    """Whether plain text right below other text, at the same indentation, can be the rest of it."""
    if content.startswith("(") or _WORD_COLON.match(content):
        return False
    return not (indented and (_WORD.match(content) or _NUMBERED.match(content)))


def read_plain(content: str, start: int, *, at_margin: bool, beside: bool) -> Guess:
    """What plain text is that does not continue the line above it.

    Args:
        beside: At the margin, whether it stands right under a statement, a quotation or a stance.
    """
    whole = Span(start, start + len(content))
    worded = _WORD_COLON.match(content)
    if worded:
        span = Span(start, start + worded.end())
        type = TYPE_OF_WORD.get(worded[1].lower())
        if type is not None:
            fault = messages.misspelled_mark(span, worded[0], WORDS[type])
            return Guess("STRAY" if at_margin else type, content[worded.end() :], fault)
        if not at_margin:
            return Guess("STRAY", content, word_and_colon(content, start))
        if worded[1].lower() in KNOWN_FACTS and is_fact(content):
            return Guess("STRAY", content, messages.fact_below_header(span, worded[1]))
    if at_margin:
        if beside:
            return Guess("STRAY", content, messages.unindented_text(whole))
        if content.startswith("(") and content.endswith(")") and content.count("(") == 1 and " " in content:
            return Guess("STRAY", content, messages.blank_in_label(whole, content))
        return Guess("STATEMENT", content)
    number = _NUMBERED.match(content)
    if number:
        return Guess("STRAY", content, messages.no_mark(Span(start, start + number.end()), number[0]))
    word = _WORD.match(content)
    if word:
        type = TYPE_OF_WORD[word[1].lower()]
        fault = messages.misspelled_mark(Span(start, start + word.end(1)), word[1], WORDS[type])
        return Guess(type, content[word.end() :], fault)
    return Guess("STRAY", content, messages.text_out_of_place(whole))


# -- marks --


def read_suspect(content: str, start: int, *, at_margin: bool) -> Guess:
    """A line that begins with something like a mark, read as what it was surely meant for."""
    first, *further = content.split(None, 1)
    rest = further[0] if further else ""
    if first[1:2] == "(" and first[0] in (*TYPE_OF_LOOK_ALIKE, *BULLETS):  # a dash or a bullet, and a label
        first, rest = content[0], content[1:]
    span = Span(start, start + len(first))
    if len(first) > 1 and set(first) <= set(DASHES):
        return Guess("BAR", rest, messages.dashes_for_bar(span, first))
    type = TYPE_OF_LOOK_ALIKE.get(first)
    if type is not None:
        if not rest:
            is_bar = at_margin and type == "OBJECTION"
            fault = messages.lone_dash(span, first) if is_bar else messages.look_alike(span, first, type)
            return Guess("STRAY", rest, fault)
        gap = "" if content[len(first)].isspace() else " "
        fault = messages.look_alike(span, first, type, SIGNS[type] + gap)
        return Guess("STRAY" if at_margin else type, rest, fault)
    for sign in OPENING_SIGNS:
        glued = first.lstrip(sign[0]) if sign in _REPEATED else first.removeprefix(sign)
        if first.startswith(sign) and glued and (glued[0] not in "-+=<>~&@!" or sign in _REPEATED):
            mark = first.removesuffix(glued)
            certain = glued[0].isalpha() or glued[0] in '("“„«'
            type = TYPE_OF[sign] if certain else "STRAY"
            fault = messages.glued_mark(Span(start, start + len(mark)), mark, glued, is_safe=certain)
            return Guess("STRAY" if at_margin and type in WORDS else type, content[len(mark) :], fault)
    return Guess("STRAY", rest, messages.no_mark(span, first))


def misread(line: Line, document: str) -> Diagnostic | None:
    """What is wrong with a text without a label that begins like a label, or with the word of another mark."""
    text, start = line.text, line.text_start
    if text[0] not in "([<":
        word = text.partition(" ")[0]
        other = TYPE_OF_WORD.get(word)
        if other not in OTHER_SIDE.get(line.type, ()) or not document.startswith(
            SIGNS[line.type], line.start
        ):
            return None
        mark = Span(line.start, line.start + len(SIGNS[line.type]))
        return messages.two_marks(mark, line.type, Span(start, start + len(word)), word, other)
    if text[0] != "(":
        written = _ARGDOWN_LABEL.match(text)
        return messages.label_of_argdown(Span(start, start + written.end()), written[0]) if written else None
    if ")" not in text:
        return messages.unclosed_label(Span(start, start + 1))
    if odd := _ODD_LABEL.match(text):
        first = next((c for c in odd[1] if not c.isalnum() and c not in "-_."), odd[1])
        return messages.odd_label(Span(start, start + odd.end()), odd[1], first)
    if (glued := _GLUED_LABEL.match(text)) and not glued[3].islower():
        after = Span(start + glued.start(2), start + glued.end(2))
        return messages.glued_label(Span(start, after.start), after, glued[1])
    return None
