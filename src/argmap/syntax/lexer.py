"""Splits a text into lines, one token a line, with the layout between them; reports what is wrong with either.

Plain text that continues a line is gathered into it. A line that cannot stand where it stands is reported and becomes
a STRAY: it takes its place in the tree, so that what is indented under it keeps a parent, and the rest of the file is
read as if nothing were wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from lark import Lark, Token, UnexpectedInput, UnexpectedToken
from lark.lexer import Lexer

from argmap.diagnostics import Diagnostic, Fix, Label
from argmap.syntax import habits, messages, within
from argmap.syntax.document import ClaimText, Comment, Line
from argmap.syntax.inline import CONTROL, InlineText, has_markup, unescaped
from argmap.syntax.marks import (
    ARROWS,
    BAR_LIKE,
    BLANKS,
    BULLETS,
    COMPOUND_SIGNS,
    DASHES,
    OPENING_SIGNS,
    SIGNS,
    TYPE_OF,
    TYPE_OF_LOOK_ALIKE,
    WORDS,
)
from argmap.text import Source, Span

if TYPE_CHECKING:
    from lark.common import LexerConf

# In the order in which they are tried; a bar or a heading shows in its first characters.
MAX_DIAGNOSTICS = 10_000
"""The most problems that are reported of a file."""

_MARKED = (*WORDS, "QUOTATION", "STANCE", "BAR", "HEADING", "COMMENT")
_CLAIMS = frozenset((*WORDS, "STATEMENT", "STRAY"))
# Lines that deeper plain text continues.
_CONTINUED = frozenset((*_CLAIMS, "REFERENCE", "QUOTATION", "STANCE", "FACT"))
_ALONE = frozenset(("FACT", "HEADING", "STANCE"))
_SILENT = frozenset(("BAR", "HEADING", "QUOTATION", "STANCE"))
_SIGNS = [sign for sign in OPENING_SIGNS if sign != SIGNS["BAR"]]
_LINE_END = r"(?:\r\n|[\r\n]|\Z)"
_INDENT, _DEDENT, _END = (Token(name, "") for name in ("_INDENT", "_DEDENT", "_END"))

# Of each rule for a piece of a line: its tokens, and those after the first colon or quotation.
_WITHIN = {
    "attributes": (("_COMMA", "QUALIFIER", "FLAG", "TAG", "PAIR", "UNKNOWN"), ()),
    "quotation": (("QUOTED", "NOTE"), ("PLACE",)),
    "stance": (("HOLDER", "_COMMA", "_COLON"), ("VERB", "LABEL", "ARROW", "_AND", "_COMMA", "_SEMICOLON")),
}


class Readable(Protocol):
    """What the lexer is given: something that knows how to read itself by the grammar's terminals, once."""

    tokens: Iterator[Token] | None

    def read(self, lexer: LineLexer) -> Iterator[Token]: ...


class LineLexer(Lexer):
    """The patterns of lines and of what stands within them, put together from the grammar's terminals."""

    def __init__(self, conf: LexerConf) -> None:
        self.patterns = {terminal.name: terminal.pattern.to_regexp() for terminal in conf.terminals}
        self.within = cache(self._within)
        self._lines_with = cache(self._lines_with_blanks)

    def lines(self, text: str) -> tuple[re.Pattern[str], ...]:
        """The patterns for the lines of a text: quicker ones where it has no blanks but spaces and tabs.

        Of a line from its first column: group `indent`, then one group named after what the line is. Of what comes
        before the text of a plain line, and of a marked one: group 1 is the label, if there is one. Of a header line.
        """
        return self._lines_with(" \t" if text.isascii() or not any(map(text.__contains__, BLANKS[2:])) else BLANKS)

    def _lines_with_blanks(self, blanks: str) -> tuple[re.Pattern[str], ...]:
        patterns = self.patterns
        label = patterns["REFERENCE"]
        # A label may also be plain text, so plain text is enough to separate lines: Python takes half a millisecond
        # over each set of characters that is as finely drawn as a label's.
        space, others, text = re.findall(r"(?s)\A>(\[[ \t]+([^]]+)\]\+)(.+)", patterns["QUOTATION"])[0]
        claim = patterns["CONDITION"].removeprefix(WORDS["CONDITION"] + space)
        simple = {name: pattern.replace(claim, text) for name, pattern in patterns.items()}
        if blanks != BLANKS:
            simple = {name: pattern.replace(others, "") for name, pattern in simple.items()}
        signs = "|".join(re.escape(sign) + "+" * (sign == SIGNS["HEADING"]) for sign in _SIGNS)
        alternatives = [f"(?P<{name}>{simple[name]})" for name in _MARKED]
        alternatives += [
            rf"(?P<EMPTY>(?:{signs}|{'|'.join(WORDS.values())})(?=[{blanks}]*(?:[\r\n]|\Z)))",
            rf"(?P<REFERENCE>{label})(?=[{blanks}]*{_LINE_END})",
            f"(?P<STATEMENT>{simple['STATEMENT']})",
            r"(?P<BLANK>(?=[\r\n]|\Z))",
        ]
        labelled = rf"(?:\(({label[2:-2]})\)(?=[{blanks}]|\Z))?[{blanks}]*"
        line = rf"(?P<indent>[{blanks}]*)(?:{'|'.join(alternatives)})[{blanks}]*{_LINE_END}"
        fact = rf"(?P<FACT>{simple['FACT']})[{blanks}]*{_LINE_END}"
        return tuple(map(re.compile, (line, labelled, rf"[^{blanks}]+[{blanks}]*{labelled}", fact)))

    def lex(self, data: Readable) -> Iterator[Token]:  # type: ignore[override]  # the simplest of Lark's interfaces
        """The tokens of what is to be read; the same iterator again where parsing resumes after a fault."""
        if data.tokens is None:
            data.tokens = data.read(self)
        return data.tokens

    def _within(self, rule: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
        first, after = (
            re.compile(
                r"\s*(?=\S)(?:" + "|".join(f"(?P<{name}>{self.patterns[name]})" for name in names)
                + r"|(?P<WORD>\([^()\s,;]*\)?|[^\s(),;]+\)?|\S))"
            )
            for names in _WITHIN[rule]
        )  # fmt: skip
        return first, after


@cache
def _suspect() -> re.Pattern[str]:
    """What people type for a mark: each is reported, and read as what it was surely meant for (see `habits`)."""
    ending = rf"(?=[{BLANKS}]*(?:[\r\n]|\Z))"
    rest = rf"(?:[{BLANKS}]+[^\r\n]+|{ending})"
    signs = "".join({*TYPE_OF_LOOK_ALIKE, *BULLETS, *ARROWS})
    # Wide ones and symbols are typed without a space; a dash or a bullet may begin a word.
    glued = "".join(sign for sign in TYPE_OF_LOOK_ALIKE if sign not in DASHES) + "＝"
    compound = "|".join(map(re.escape, sorted(COMPOUND_SIGNS, key=len, reverse=True)))
    return re.compile(
        rf"[{DASHES}{BAR_LIKE}]{{2,}}{rest}|[{signs}]{rest}|[{signs.replace('*', '')}]\([^\r\n]*|[{glued}][^\r\n]*"
        rf"|(?:{compound})(?=[{BLANKS}\r\n]|\Z)[^\r\n]*"
        rf"|(?:{'|'.join(map(re.escape, _SIGNS))})[^{BLANKS}\r\n\-+&~>@=<][^\r\n]*|-{{3,}}[^{BLANKS}\r\n-][^\r\n]*"
        rf"|\#+[^{BLANKS}\r\n\#][^\r\n]*"
        rf"|(?:={{3,}}|_{{3,}}|\*{{3,}}){ending}"
    )


class Reading:
    """One reading of one text.

    `columns` are the open indentations, from the margin inwards; `nested` says of each whether the grammar took it
    for one (a line indented where nothing can be is read as if it were not); `above` is the last line at each that
    it took.
    """

    tokens: Iterator[Token] | None = None

    def __init__(self, source: Source, lark: Lark) -> None:
        self.source = source
        self.lark = lark
        self.diagnostics: list[Diagnostic] = []
        self.comments: list[Comment] = []
        self.form_scanned = 0
        self.form_end = 0  # up to where lines are in standard form with numbers
        self.text = self._without_control_characters(source.text)
        for found in habits.foreign(self.text):
            self._report(found)
            for start, end in ((each.span.start, each.span.end) for each in (found.fix.edits if found.fix else ())):
                self.text = self.text[:start] + re.sub(r"[^\r\n]", " ", self.text[start:end]) + self.text[end:]
        self.columns = [0]
        self.nested = [True]
        self.above: list[Line | None] = [None]
        self.line: Line | None = None  # gathered, not yet given to the parser
        self.line_column = 0
        self.more: list[str] = []  # its lines so far, if more than one
        # The line whose braces are counted, up to where, and whether one is open there.
        self.braces: tuple[Line | None, int, bool] = (None, 0, False)
        self.last: Line | None = None  # the line given to the parser last
        self.facts: dict[str, Line] = {}
        self.block = ""  # the type of the open block's first line
        self.bar: Line | None = None
        self.reported_at = -1
        self.indent_unit = ""

    # -- the lines, one by one --

    def read(self, lexer: LineLexer) -> Iterator[Token]:
        """The lines of the text, each once it is known to be whole, with the layout between them."""
        text = self.text
        match_line, self.split_plain, split_marked, match_fact = (pattern.match for pattern in lexer.lines(text))
        position = 1 if text.startswith("\ufeff") else 0
        length = len(text)
        header, blank = True, False
        label: str | None
        while position < length:
            match = match_line(text, position)
            if header:
                fact = match_fact(text, position)
                if fact is not None and habits.is_fact(fact["FACT"]):
                    match = fact
            # Every line matches: STATEMENT takes what begins with anything, BLANK the rest.
            assert match is not None
            type: str = match.lastgroup  # type: ignore[assignment]
            if type == "BLANK":
                blank = True
                header = header and self.line is None
                if match.end() == position:
                    break
                position = match.end()
                continue
            start, end = match.span(type)
            while text[end - 1] in " \t":
                end -= 1
            if (
                type == "STATEMENT"
                and text[start] != "("
                and not text[start].isalnum()
                and _suspect().match(text, start)
            ):
                type = "SUSPECT"
            if type == "COMMENT":
                self.comments.append(Comment(start, text[start:end]))
                position = match.end()
                continue
            column = start - position
            if column:
                indent = text[position:start]
                if indent != " " * column:
                    column = self._odd_indentation(indent, position)
                elif self.indent_unit != " ":
                    self._spaces_after_tabs(position, start)
            position = match.end()

            if type in WORDS or type == "STATEMENT" or type == "REFERENCE":
                split = (split_marked if type in WORDS else self.split_plain)(text, start, end)
                assert split is not None
                label, begin = split[1], split.end()
                if label is None and type not in WORDS:
                    guess = self._plain(text[start:end], start, column, blank=blank, header=header)
                    if guess is None:
                        blank = False
                        continue
                    type, label, begin = self._guessed(guess, start, end)
            elif type == "QUOTATION" and column == self.line_column and not blank and self._is_quoting():
                begin = end - len(text[start + 1 : end].lstrip(BLANKS))
                if not within.is_open(text[begin]):
                    self._continue(text[begin:end], begin)
                    continue
                type, label, begin = self._other(type, start, end, column)
            elif type in ("SUSPECT", "HEADING") and column > self.line_column and self._in_braces():
                self._continue(text[start:end], start)  # a tag of attributes
                continue
            else:
                type, label, begin = self._other(type, start, end, column)
            header = type == "FACT"

            if self.line is not None:
                yield from self._finish(self.line)
            if column != self.columns[-1]:
                yield from self._layout(type, Span(start, end), column)
            if len(self.above) == 1:
                if self.block and self._ends_block(type, blank):
                    yield _END
                    self.block = ""
                self.block = self.block or type
            label = label and label.replace("’", "'")
            self.line = Line(type, label, text[begin:end], start, begin - start, end - start)
            self.line_column = column
            blank = False
        if self.line is not None:
            yield from self._finish(self.line)
        for _ in self.above[1:]:
            yield _DEDENT
        if self.block:
            yield _END

    def _ends_block(self, type: str, blank: bool) -> bool:
        """Whether the open block at the margin ends before a line of this type."""
        if type == "FACT" and self.block == "FACT":
            return False
        return blank or type in _ALONE or self.block in _ALONE

    def _finish(self, line: Line) -> Iterator[Token]:
        """Give the gathered line to the parser, and then read what it says."""
        if self.more:
            line.text = "\n".join(self.more)
            self.more = []
        if line.text:
            if line.type == "REFERENCE":
                line.type = "STATEMENT"
            if line.type in _CLAIMS:
                fault = habits.misread(line, self.text)
                if fault is None and self.last is not None and line.start > self.last.end:
                    fault = self._below(line, self.last)
                self._report(fault, line.start)
                self._report(habits.note(line))
        self.line = None
        is_bar = line.type == "BAR"
        if is_bar and within.names_premises(line.text):
            line.type = "NAMING"
        yield line  # type: ignore[misc]  # to Lark, whatever has a type is a token
        if is_bar and line.type != "STRAY":
            line.type = "BAR"
        self.last = self.above[-1] = line
        if line.type in _CLAIMS:
            line.content = self._claim(line) if has_markup(line.text) else line.text
        elif line.type == "QUOTATION":
            said = line.content = within.read_quotation(self._inline(line), self.lark, self._report)
            above = self.above[-2] if len(self.above) > 1 else None
            if above is not None and above.type == "STANCE" and not said.is_quoted:
                self._report(messages.fault("note-under-stance", line.span))
        elif line.type == "STANCE":
            lang = str(self.facts["lang"].content)[:2] if "lang" in self.facts else ""
            inline, under = self._inline(line), len(self.above) > 1
            line.content = within.read_stance(inline, self.lark, self._report, under_statement=under, lang=lang)
        elif line.type == "FACT":
            line.content = self._inline(line).text if "\n" in line.text else line.text
            self._check_fact(line, line.label or "")
        else:
            line.content = within.read_bar(self._inline(line)) if line.type == "BAR" else unescaped(line.text)
            if line.type == "BAR":
                self.bar = line

    def _below(self, line: Line, above: Line) -> Diagnostic | None:
        """What is wrong with a line in view of the one right above it."""
        fault, sign = None, SIGNS.get(line.type, "")
        if line.type in habits.OTHER_SIDE and above.type in _CLAIMS and self.text.startswith(sign, line.start):
            place = Span(line.start, line.start + len(sign))
            if habits.goes_on(line, above):
                also = (Label(Span(max(above.text_start, above.end - 12), above.end), "the sentence may go on"),)
                fault = messages.fault("dash-in-a-sentence", place, messages.role(line.type), sign, also=also)
            elif line.type == "OBJECTION" and above.text.endswith(":") and self.above[-1] is None:
                fault = messages.fault("list-under-colon", place)
        elif line.type == "STATEMENT" and line.label is not None and above.type != "BAR" and len(self.above) == 1:
            fault = habits.conclusion_without_bar(line)
        is_next = fault is None or len(re.findall(r"\r\n|[\r\n]", self.text[above.end : line.start])) < 2
        return fault if is_next else None

    def _claim(self, line: Line) -> str | ClaimText:
        if line.label is not None and line.text[0] == "{" and line.text.find("}") == len(line.text) - 1:
            self._report(messages.fault("attributes-of-reference", Span(line.text_start, line.end), line.label))
            line.text, line.lead = "", line.size
            return ""
        return within.read_claim(self._inline(line), self.lark, self._report)

    def _check_fact(self, line: Line, key: str) -> None:
        near, span = habits.near_fact(key), Span(line.start, line.start + len(key))
        if near is not None:
            fix = messages.write(span, near, is_safe=key.lower() == near)
            self._report(messages.fault("misspelled-fact", span, key, near, fix=fix))
        elif key in messages.TYPE_MEANT or key in messages.OTHER_WORDS["claim"]:
            self._report(messages.fault("fact-or-statement", span, key))
        first = self.facts.setdefault(key, line)
        if first is not line and key in habits.SINGLE_FACTS:
            self._report(messages.fault("repeated-fact", line.span, key, also=(Label(first.span, "first given here"),)))

    def _inline(self, line: Line) -> InlineText:
        return InlineText.of(line, self.text, self.source)

    # -- lines that are not what they should be --

    def _other(self, type: str, start: int, end: int, column: int) -> tuple[str, str | None, int]:
        """The type, the label and the beginning of the text of a line that is no claim, or has no true mark."""
        content = self.text[start:end]
        if type == "SUSPECT" and column == 0 and start < self.form_end:
            lead = len(content) - len(content[1:].lstrip(BLANKS))
            return ("STATEMENT", None, start + lead) if content[0] == "∴" else ("BAR", None, end)
        if type == "SUSPECT":
            return self._guessed(habits.read_suspect(content, start, at_margin=column == 0), start, end)
        if type == "EMPTY":
            meant = "HEADING" if content[0] == "#" else TYPE_OF[content]
            self._report(messages.fault("empty-mark", Span(start, end), content, messages.role(meant)), start)
            return "STRAY" if meant in ("QUOTATION", "STANCE") else meant, None, end
        label, rest = None, content[1:]
        if type == "FACT":
            label, _, rest = content.partition(":")
        elif type in ("BAR", "HEADING"):
            rest = content.lstrip(content[0])
        return type, label, end - len(rest.lstrip(BLANKS))

    def _guessed(self, guess: habits.Guess, start: int, end: int) -> tuple[str, str | None, int]:
        """The type, the label and the beginning of the text of a line that was guessed at."""
        self._report(guess.diagnostic, start)
        begin = end - len(guess.text.lstrip(BLANKS))
        if guess.type in _SILENT or guess.type == "FACT":
            return guess.type, guess.key, begin
        split = self.split_plain(self.text, begin, end)
        assert split is not None
        return guess.type, split[1], split.end()

    def _plain(self, content: str, start: int, column: int, *, blank: bool, header: bool) -> habits.Guess | None:
        """What plain text without a label is to be read as; None: it continues the line being gathered."""
        line = self.line
        if column == 0:
            under_side = line is not None and not blank and messages.SIDES.fullmatch(line.text)
            if start >= self.form_scanned and not under_side:
                self.form_scanned, fault = habits.standard_form(self.text, start)
                self.form_end = self.form_scanned if fault is not None else self.form_end
                self._report(fault, start)
            if start < self.form_end:
                return habits.Guess("STATEMENT", habits.without_number(content))
        if header and column == 0 and not blank:
            fact = habits.nearly_fact(content, start, below_fact=line is not None and line.type == "FACT")
            if fact is not None:
                return fact
        if line is None:
            return habits.read_plain(content, start, at_margin=True, beside=False)
        span = Span(start, start + len(content))
        if column > self.line_column and (line.type in _CLAIMS if blank else line.type in _CONTINUED):
            before = self.more[-1] if self.more else line.text
            if not habits.begins_another(content, before, line.type):
                if line.type != "FACT":
                    fault = habits.word_and_colon(content, start)
                    if fault is None and line.type in _CLAIMS:
                        fault = habits.connective(content, start)
                    self._report(fault, start)
                if blank:
                    self.more = [*(self.more or [line.text]), ""]
                self._continue(content, start)
                return None
        elif (
            column == self.line_column
            and not blank
            and line.type in _CLAIMS
            and line.text
            and habits.may_be_wrapped(content, indented=column > 0)
        ):
            # Otherwise what is indented under it would lose its parent to a piece of a sentence.
            self._report(messages.fault("text-out-of-place" if column else "unindented-text", span), start)
            self._continue(content, start)
            return None
        beside = not blank and (line.type in _CONTINUED and line.type != "FACT")
        return habits.read_plain(content, start, at_margin=column == 0, beside=beside)

    def _continue(self, content: str, start: int) -> None:
        """Add a further line of text to the line being gathered."""
        line = self.line
        assert line is not None
        if not self.more and not line.text:
            line.text, line.lead = content, start - line.start
        elif self.more:
            self.more.append(content)
        else:
            self.more = [line.text, content]
        line.size = start + len(content) - line.start

    def _is_quoting(self) -> bool:
        """Whether the line being gathered is a quotation that is not closed yet, with a mark on each of its lines."""
        line = self.line
        return line is not None and line.type == "QUOTATION" and within.is_open(" ".join(self.more) or line.text)

    def _in_braces(self) -> bool:
        """Whether the line being gathered has opened attributes and not closed them."""
        line = self.line
        if line is None or line.type not in _CLAIMS:
            return False
        known, until, is_open = self.braces
        begin = until if known is line else line.start
        opened, closed = self.text.rfind("{", begin, line.end), self.text.rfind("}", begin, line.end)
        is_open = opened > closed or (known is line and is_open and closed < 0)
        self.braces = line, line.end, is_open  # only what is new is looked at for the next line
        return is_open

    def recover(self, error: UnexpectedInput) -> bool:
        """Called by the parser with a token that cannot stand where it stands."""
        assert isinstance(error, UnexpectedToken)
        token: Any = error.token
        feed = error.interactive_parser.feed_token
        if token is _INDENT:
            self.nested[-1] = False
        elif token is _END:
            assert self.bar is not None  # nothing but a bar leaves a run unfinished
            self._report(messages.fault("bar-without-conclusion", self.bar.span))
            stray: Any = Line("STRAY", None, "", self.bar.end, 0, 0)
            feed(stray)
            feed(token)
        else:
            token.type = "BAR" if token.type == "NAMING" else token.type
            if self.reported_at != token.start:
                above = next((line for line in reversed(self.above) if line is not None), None)
                at_margin, is_first = len(self.above) == 1, self.above[-1] is None
                fault = messages.misplaced(token, above, at_margin=at_margin, text=self.text, is_first=is_first)
                self._report(fault)
            if token.type in _SILENT:
                token.text, token.lead = "", token.size  # it says nothing that could be a statement
            token.type = "STRAY"
            feed(token)
        return True

    # -- layout --

    def _layout(self, type: str, span: Span, column: int) -> Iterator[Token]:
        """Open or close levels of indentation, for a line that is indented by `column`."""
        columns = self.columns
        if column > columns[-1]:
            columns.append(column)
            self.nested.append(True)
            yield _INDENT
            if self.nested[-1]:  # the parser did not refuse it
                self.above.append(None)
            elif self.reported_at != span.start:
                self._report(messages.nothing_can_stand_under(span, self.last, self.text), span.start)
        while column < columns[-1]:
            if columns[-2] < column:
                # Between two open levels: read as the deeper one, which keeps its parent.
                if self.reported_at != span.start:
                    self._report(messages.misfit_indentation(type, span, column, columns), span.start)
                break
            columns.pop()
            if self.nested.pop():
                self.above.pop()
                yield _DEDENT

    def _odd_indentation(self, indent: str, position: int) -> int:
        """Report an indentation that is not plain spaces, or not always tabs; its width in columns."""
        start = position + len(indent)
        span = Span(position, start)
        width = 0
        for character in indent:
            width = (width // 4 + 1) * 4 if character == "\t" else width + 1
        if indent.strip(" \t"):
            self._report(messages.odd_blank(span, indent, width), start)
        elif " " in indent or self.indent_unit == " ":
            tabs_first = self.indent_unit == "\t"
            self._report(messages.mixed_indentation(span, width, tabs_first=tabs_first), start)
        else:
            self.indent_unit = "\t"
        return width

    def _spaces_after_tabs(self, position: int, start: int) -> None:
        if self.indent_unit == "\t":
            span = Span(position, start)
            self._report(messages.mixed_indentation(span, start - position, tabs_first=True), start)
        else:
            self.indent_unit = " "

    # -- faults --

    def _report(self, diagnostic: Diagnostic | None, line_start: int | None = None) -> None:
        """Add a diagnostic, if there is one; nothing more is said of the place of a line that was reported."""
        is_of_bar = diagnostic is not None and diagnostic.code in ("AM023", "AM024")
        if diagnostic is not None and is_of_bar and diagnostic.labels[0].span.start < self.form_end:
            return  # one fault of the whole form has been reported
        if diagnostic is not None and len(self.diagnostics) <= MAX_DIAGNOSTICS:
            if len(self.diagnostics) == MAX_DIAGNOSTICS:
                diagnostic = messages.fault("too-large", diagnostic.labels[0].span, f"{MAX_DIAGNOSTICS:,}", "problems")
            self.diagnostics.append(diagnostic)
            if line_start is not None:
                self.reported_at = line_start

    def _without_control_characters(self, text: str) -> str:
        def new_line(match: re.Match[str]) -> Fix:
            margin = re.findall(r"(?:\A|[\r\n])([ \t]*)", text[: match.start()])[-1] + "    "
            line = "\n" if text[match.end() :][:1] in ("", " ", "\t") else "\n" + margin
            return messages.write(Span(*match.span()), line, is_safe=False, title="begin a new line")

        for match in re.finditer("[\u2028\u2029]", text):
            span, code = Span(*match.span()), f"{ord(match[0]):04X}"
            self._report(messages.fault("line-separator", span, code, fix=new_line(match)))
        if CONTROL.search(text) is None:
            return text
        last_line = 0
        for match in CONTROL.finditer(text):
            line, _ = self.source.place(match.start())
            if line != last_line:
                kind = "half of a surrogate pair" if "\ud800" <= match[0] <= "\udfff" else "a control character"
                fix = new_line(match) if match[0] in "\v\f\x85" else None
                found = messages.fault("control-character", Span(*match.span()), kind, f"{ord(match[0]):04X}", fix=fix)
                self._report(found)
                last_line = line
        return CONTROL.sub("\ufffd", text)
