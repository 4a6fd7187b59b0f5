"""Loads the grammar file: its parse table, and the regular expression that tells one line from another."""

from __future__ import annotations

import re
from functools import cache
from pkgutil import get_data

from argmap.syntax import table_cache
from argmap.syntax.document import ODD_BLANK
from argmap.syntax.marks import WORDS

# In the order in which they are tried; a bar or a heading can be told from its first characters.
_MARKED = (
    "REASON", "OBJECTION", "JOIN", "CONCESSION", "COROLLARY", "CONTRADICTION", "EXCEPTION", "CONDITION",
    "QUOTATION", "STANCE", "BAR", "HEADING", "COMMENT",
)  # fmt: skip

# What people type for a mark; each is refused with its mend (see `suspects`).
_SUSPECT = (
    r"[–—−‒―]{2,}(?:[ \t]+[^\r\n]+|(?=[ \t]*(?:[\r\n]|\Z)))"
    r"|[–—−‒―*•·‣◦▪●⁃＋－→⇒➔➜](?:[ \t]+[^\r\n]+|(?=[ \t]*(?:[\r\n]|\Z)))|[–—−‒―•·‣◦▪●⁃＋－→⇒➔➜]\([^\r\n]*"
    r"|(?:->|→|\+-|-\+|\+>|<\+|<-|=+>|-->|<>|<=>|>>|--|==|\+\+|~~|&&|!=)(?=[ \t\r\n]|\Z)[^\r\n]*"
    r"|(?:=>|><|[-+&~>@])[^\s\-+&~>@=<][^\r\n]*"
    r"|-{3,}[^\s-][^\r\n]*|\#+[^\s\#][^\r\n]*|(?:={3,}|_{3,}|\*{3,})(?=[ \t]*(?:[\r\n]|\Z))"
)
_EMPTY_MARK = rf"(?:=>|><|[-+&~>@]|\#+|{'|'.join(WORDS.values())})(?=[ \t]*(?:[\r\n]|\Z))"
_LINE_END = r"(?:\r\n|[\r\n]|\Z)"


class Grammar:
    """The parse table and the line patterns; one is enough for a process.

    Attributes:
        line: Matches one line from its first column: group `indent`, then one group named after what the line is.
        claim: Matches what comes before the text of a plain line: group 1 is the label in it, if there is one.
        marked_claim: Likewise of a marked line, with the mark.
    """

    def __init__(self) -> None:
        text = get_data("argmap.grammars", "argmap.lark")
        assert text is not None, "the grammar file is not installed"
        self.table = table_cache.load(text.decode("utf-8"))
        patterns = self.table.patterns
        label = patterns["REFERENCE"]
        # What may be a label may also be plain text, so that to tell lines apart any parenthesis will do: Python
        # takes half a millisecond over each set of characters that is as finely drawn as a label's.
        simple = {name: pattern.replace(label, r"\([^\s()]+\)") for name, pattern in patterns.items()}
        alternatives = [f"(?P<{name}>{simple[name]})" for name in _MARKED]
        alternatives += [
            f"(?P<EMPTY>{_EMPTY_MARK})",
            f"(?P<SUSPECT>{_SUSPECT})",
            rf"(?P<REFERENCE>{label})(?=[ \t]*{_LINE_END})",
            f"(?P<STATEMENT>{simple['STATEMENT']})",
            r"(?P<BLANK>(?=[\r\n]|\Z))",
        ]
        self.line = re.compile(
            f"(?P<indent>[ \\t{ODD_BLANK}]*)(?:{'|'.join(alternatives)})[ \\t]*{_LINE_END}"
        )
        labelled = rf"(?:\(({label[2:-2]})\)(?=[ \t]|\Z))?[ \t]*"
        self.claim = re.compile(labelled)
        self.marked_claim = re.compile(rf"\S+[ \t]*{labelled}")
        self.fact = re.compile(rf"(?P<FACT>{patterns['FACT']})[ \t]*{_LINE_END}")
        self.label = re.compile(label)


@cache
def grammar() -> Grammar:
    """The grammar, loaded at first use."""
    return Grammar()
