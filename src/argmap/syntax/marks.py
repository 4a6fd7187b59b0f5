"""The one table of marks: what each line begins with, what it says, and what people write in its place.

The lexer, the writer, the formatter, messages and completion take signs and words from here. A new mark is a row in
this table and a line in the grammar. The patterns by which editors colour a text are made from it too. This file needs
nothing but Python, so that the page can be built before argmap is installed.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple


class Mark(NamedTuple):
    """A type of line, and the mark that it begins with.

    Attributes:
        type: The terminal of the grammar.
        role: What such a line is, as a message says it.
        sign, word: The two spellings of the mark, if it has them; a word ends in a colon.
        meaning: What the mark says of its line and the line above.
        look_alikes: Characters that are surely meant for the sign.
    """

    type: str
    role: str
    sign: str | None = None
    word: str | None = None
    meaning: str = ""
    look_alikes: str = ""


BLANKS = (
    " \t\u00a0\u1680\u180e" + "".join(map(chr, range(0x2000, 0x200C))) + "\u202f\u205f\u2060\u2800\u3000\u3164\ufeff"
)
"""What separates a mark from its text. In an indentation only the first two are not reported."""
DASHES = "–—−‒―"

MARKS = (
    Mark("REASON", "a reason", "+", "because:", "speaks for the statement above", "＋➕"),
    Mark("JOIN", "a joined premise", "&", "and:", "counts together with the line above, as one reason or objection",
         "＆"),
    Mark("OBJECTION", "an objection", "-", "but:", "speaks against the statement above until it is answered",
         f"{DASHES}－➖"),
    Mark("CONCESSION", "a granted point", "~", "although:",
         "speaks against the statement above; the author grants it and outweighs it", "～"),
    Mark("COROLLARY", "a corollary", "=>", "then:",
         "follows from the statement above: to accept the one is to accept the other", "⇒⟹∴"),
    Mark("EXCEPTION", "an exception", None, "unless:", "where it holds, the step or the statement above does not"),
    Mark("CONDITION", "a condition", None, "provided:", "the step or the statement above needs it"),
    Mark("CONTRADICTION", "a contradiction", "><", "contradicts:", "cannot be true together with the statement above"),
    Mark("QUOTATION", "a quotation", ">", None, "words of a source that the statement above rests on, or a note", "＞"),
    Mark("STANCE", "a stance", "@", None, "who accepts, doubts or rejects which statements", "＠"),
    Mark("BAR", "an inference bar", "---", None, "the statements above it together give the one below it", DASHES),
    Mark("HEADING", "a heading", "#", None, "begins a section", "＃"),
    Mark("COMMENT", "a comment", "//", None, "is not read"),
    Mark("FACT", "a header line"),
    Mark("STATEMENT", "a statement"),
    Mark("REFERENCE", "a reference"),
    Mark("STRAY", "this line"),
)  # fmt: skip

BY_TYPE = {mark.type: mark for mark in MARKS}
SIGNS = {mark.type: mark.sign for mark in MARKS if mark.sign}
WORDS = {mark.type: mark.word for mark in MARKS if mark.word}
OPENING_SIGNS = tuple(sorted((sign for type, sign in SIGNS.items() if type != "COMMENT"), key=len, reverse=True))
"""The signs that a space follows, the longest first."""
TYPE_OF = {spelling: mark.type for mark in MARKS for spelling in (mark.sign, mark.word) if spelling}
CLAIM_MARKS = "|".join(re.escape(spelling) for spelling, type in TYPE_OF.items() if type in WORDS)
"""A pattern of the marks that a statement follows."""
TYPE_OF_WORD = {word.rstrip(":"): type for type, word in WORDS.items()}
"""As `TYPE_OF`, for words without their colon."""
TYPE_OF_LOOK_ALIKE = {sign: mark.type for mark in MARKS if mark.type != "BAR" for sign in mark.look_alikes}

BAR_LIKE = "─━═＿_－"
"""With `DASHES`, what people draw a line with."""

QUALIFIERS = ("certainly", "probably", "presumably", "possibly")
FLAGS = ("implicit", "open", "unproved")
VERBS = ("accept", "doubt", "reject", "retract")
"""With `QUALIFIERS` and `FLAGS`, the words that stand within a line."""

# Signs of other tools and habits, which may mean more than one thing here: what is offered for each.
BULLETS = "*•·‣◦▪●⁃・"
ARROWS = "→➔➜"
# fmt: off
COMPOUND_SIGNS = (
    "->", "<-", "-->", "+>", "<+", "==>", "===>", "<>", "<=>", ">>", "+-", "-+", "--", "==", "++", "~~", "&&", "!=",
)
# fmt: on
_USUAL = ("REASON", "OBJECTION", "COROLLARY")


def offer(sign: str) -> str:
    """What the author of a sign that is no mark may have wanted to write."""
    if sign in ("->", "-->", "==>", "===>", *ARROWS):
        return usual("COROLLARY", "REASON")
    if sign in ("<>", "<=>", "vs", "vs."):
        return usual("CONTRADICTION")
    if set(sign) <= set("-=_*") and (len(sign) > 1 or sign == "_"):
        return f"write `{SIGNS['BAR']}` for {BY_TYPE['BAR'].role}, `{SIGNS['COMMENT']}` for a comment"
    return usual()


def usual(*types: str) -> str:
    """The marks of these types, or the three that a beginner needs, as a hint says them."""
    return "write " + ", ".join(f"`{SIGNS[type]}` for {BY_TYPE[type].role}" for type in types or _USUAL)


# -- highlighting --


class Context(NamedTuple):
    """A stretch of text, with its rules in the order in which they are tried at each place.

    Attributes:
        rules: A pattern, the kinds of its groups (which together are all of it), and the context that begins after it.
        end: What ends the context.
        kind: Of all text that no rule takes.
    """

    rules: tuple[tuple[str, tuple[str, ...], str], ...]
    end: str
    kind: str


KINDS = {
    "mark": ("operator", "Operator", "keyword.control"),
    "label": ("variable", "Name.Label", "variable.other.enummember"),
    "key": ("property", "Name.Attribute", "support.type.property-name"),
    "heading": ("namespace", "Generic.Subheading", "markup.heading"),
    "attribute": ("decorator", "Name.Decorator", "storage.modifier"),
    "holder": ("class", "Name.Class", "entity.name.type"),
    "verb": ("keyword", "Keyword", "keyword.control"),
    "quotation": ("string", "Literal.String", "string.quoted"),
    "note": ("comment", "Literal.String.Doc", "comment.block"),
    "comment": ("comment", "Comment.Single", "comment.line"),
}
"""The pieces of a text, and what the Language Server Protocol, Pygments and TextMate call them."""


def highlighting(table: dict[str, Any]) -> dict[str, Context]:
    """How to colour a text without reading it: begin in `header`, then go on in `line`.

    The patterns mean the same in Python, JavaScript, PCRE and Oniguruma. What no rule takes is passed over word by
    word.

    Args:
        table: What `highlighting.toml` says, where words such as <MARK> stand for patterns.
    """
    pieces = table["pieces"] | {
        "B": f"[{BLANKS}]",
        "MARK": CLAIM_MARKS,
        "MARK_WORD": "|".join(WORDS.values()),
        "ATTRIBUTE": "|".join((*QUALIFIERS, *FLAGS)),
        "VERB": "|".join(VERBS),
    }

    def filled(pattern: str) -> str:
        made = re.sub("<([A-Z_]+)>", lambda found: pieces[found[1]], pattern)
        return made if made == pattern else filled(made)

    return {
        name: Context(
            tuple(
                (filled(pattern), tuple(kinds), after)
                for pattern, kinds, after in [table["comment"], *context["rules"]]
            ),
            filled(context.get("end", "<END>")),
            context.get("kind", ""),
        )
        for name, context in table["contexts"].items()
    }
