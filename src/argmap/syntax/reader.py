"""Turns a text into a Document: reads its lines and their layout, and asks the grammar what may stand where.

A line that cannot be read, or stands where it cannot, is reported and kept as a STRAY: it takes its place in the
tree, so that what is indented under it keeps a parent and the rest of the file is read as if nothing were wrong.
"""

from __future__ import annotations

import re

from argmap.diagnostics import Diagnostic, in_source
from argmap.syntax import doubtful, faults
from argmap.syntax.document import Comment, Document, Line
from argmap.syntax.grammar import grammar
from argmap.syntax.marks import TYPE_OF, WORDS
from argmap.syntax.table import Automaton
from argmap.text import Source, Span

# Characters that no text has a use for; each is read as U+FFFD, so that places stay true.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_PLAIN = frozenset(("STATEMENT", "REFERENCE"))
_MARKED = frozenset(WORDS)
# Lines that plain text deeper than them goes on with.
_GOES_ON = frozenset((*WORDS, "STATEMENT", "REFERENCE", "STRAY", "QUOTATION", "STANCE", "FACT"))
_CLAIMS = frozenset((*WORDS, "STATEMENT", "STRAY"))


def parse(source: Source) -> Document:
    """Read a document. Never raises on its content: faults are in the document's `diagnostics`."""
    return _Reader(source).read()


class _Reader:
    """The state of one reading.

    `columns` are the open indentations, from the margin inwards; `fed` says of each but the margin whether the
    grammar was told of it (a line indented where nothing can be is read as if it were not); `levels` are the lists
    that the lines of those it was told of go to.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = ""
        self.diagnostics: list[Diagnostic] = []
        self.comments: list[Comment] = []
        self.facts: list[Line] = []
        self.parts: list[Line | list[Line]] = []
        self.accept = Automaton.begin(grammar().table).accept
        self.columns = [0]
        self.fed = [True]
        self.levels: list[list[Line]] = []
        self.line: Line | None = None  # gathered, not yet given to the grammar
        self.line_column = 0
        self.more: list[str] = []
        self.last: Line | None = None  # the line given to the grammar last
        self.run: list[Line] | None = None  # the unbroken run at the margin
        self.braces: tuple[Line | None, int, bool] = (None, 0, False)
        self.reported_at = -1
        self.indent_unit = ""
        self.bar: Line | None = None

    # -- the lines, one by one --

    def read(self) -> Document:
        text = self.text = self._without_control_characters(self.source.text)
        match_line = grammar().line.match
        match_fact = grammar().fact.match
        split_plain = grammar().claim.match
        split_marked = grammar().marked_claim.match
        position = 1 if text.startswith("\ufeff") else 0
        length = len(text)
        header = True
        blank = False
        label: str | None
        while position < length:
            match = match_line(text, position)
            if header:
                fact = match_fact(text, position)
                if fact is not None and doubtful.is_fact(fact["FACT"]):
                    match = fact
            # Every line matches: STATEMENT takes what begins with anything, BLANK the rest.
            assert match is not None
            type: str = match.lastgroup  # type: ignore[assignment]
            if type == "BLANK":
                blank = True
                header = header and self.line is None
                position = match.end()
                if match.end() == match.start():
                    break
                continue
            start, end = match.span(type)
            while text[end - 1] in " \t":
                end -= 1
            if type == "COMMENT":
                self.comments.append(Comment(start, text[start:end]))
                position = match.end()
                continue
            column = start - position
            if column:
                indent = text[position:start]
                if indent != " " * column:
                    column = self._odd_indent(indent, position, column)
                elif self.indent_unit != " ":
                    self._spaces_after_tabs(position, start)
            position = match.end()

            if type in _MARKED:
                split = split_marked(text, start, end)
                assert split is not None
                label, lead = split[1], split.end() - start
            elif type in _PLAIN:
                split = split_plain(text, start, end)
                assert split is not None
                label, lead = split[1], split.end() - start
                if header and column == 0 and not blank:
                    below = self.line is not None and self.line.type == "FACT"
                    near = doubtful.nearly_fact(text[start:end], start, below)
                    if near is not None:
                        self._report(near[2])
                        self._begin(Line("FACT", near[0], text, start, near[1], end - start), column, blank)
                        continue
                if label is None:
                    content = text[start:end]
                    if self._goes_on(content, start, column, blank):
                        blank = False
                        continue
                    if not blank and self._wrapped(content, start, column):
                        continue
                    reading = self._plain(content, start, column, blank)
                    type, label, lead = self._as_read(reading, content)
            elif type in ("SUSPECT", "HEADING") and column > self.line_column and self._in_braces():
                self._go_on(self.line, text[start:end], start)  # type: ignore[arg-type]  # a tag of attributes
                continue
            else:
                type, label, lead = self._other(type, text[start:end], start, column)
            header = type == "FACT"
            self._begin(Line(type, label, text, start, lead, end - start), column, blank)
            blank = False
        return self._finish()

    def _other(self, type: str, content: str, start: int, column: int) -> tuple[str, str | None, int]:
        """The type, the label and the lead of a line that makes no claim, or whose mark is wrong or empty."""
        label = None
        if type == "SUSPECT":
            return self._as_read(doubtful.read_suspect(content, start, column == 0), content)
        if type == "FACT":
            label, _, rest = content.partition(":")
            rest = rest.lstrip(" \t")
        elif type == "EMPTY":
            rest = ""
            type = TYPE_OF.get(content, "STRAY" if not content.startswith("#") else "HEADING")
            self._report(faults.empty_mark(Span(start, start + len(content)), content))
            if type in ("QUOTATION", "STANCE"):
                type = "STRAY"
        elif type in ("BAR", "HEADING"):
            rest = content.lstrip(content[0]).lstrip(" \t")
        else:
            rest = content[1:].lstrip(" \t")
        return type, label, len(content) - len(rest)

    def _as_read(self, reading: doubtful.Reading, content: str) -> tuple[str, str | None, int]:
        if reading.told is not None:
            self._report(reading.told, reading.at)
        return reading.type, reading.label, len(content) - len(reading.text)

    def _begin(self, line: Line, column: int, blank: bool) -> None:
        """Give the line before to the grammar, tell it the layout, and hold this line until the next."""
        if self.line is not None:
            self._flush()
        top = self.columns[-1]
        if column > top:
            self._indent(line, column)
        elif column < top:
            self._dedent(line, column)
        if self.run is not None and not self.levels and (blank or line.type in ("HEADING", "STANCE")):
            self._end_run()
        self.line = line
        self.line_column = column

    def _goes_on(self, content: str, start: int, column: int, blank: bool) -> bool:
        """Whether plain text goes on with the line being gathered; if so, it is added to it."""
        line = self.line
        if line is None or column <= self.line_column or line.type not in _GOES_ON:
            return False
        named = doubtful.word_and_colon(content)
        if named is not None:
            if doubtful.is_mark(named[0]):
                return False
            if line.type != "FACT":
                self._report(faults.no_such_mark(Span(start, start + named[1]), named[0]))
        elif line.type in (*WORDS, "STATEMENT", "REFERENCE", "STRAY") and doubtful.begins_another(
            content, self.more[-1] if self.more else line.text
        ):
            return False
        if blank:
            if line.type not in (*WORDS, "STATEMENT", "STRAY"):
                return False
            if not self.more:
                self.more.append(line.text)
            self.more.append("")
        self._go_on(line, content, start)
        return True

    def _go_on(self, line: Line, content: str, start: int) -> None:
        """Add a further line of text to the one being gathered."""
        if not self.more and line.lead == line.size:
            line.lead = start - line.start
        else:
            if not self.more:
                self.more.append(line.text)
            self.more.append(content)
        line.size = start + len(content) - line.start

    def _flush(self) -> None:
        """Give the gathered line to the grammar, and put it in its place."""
        line = self.line
        assert line is not None
        if self.more:
            line.joined = "\n".join(self.more)
            self.more = []
        if line.lead != line.size:
            if line.type == "REFERENCE":
                line.type = "STATEMENT"
            if line.label is None and line.type in _CLAIMS and self.text[line.start + line.lead] in "([<ab":
                self._doubt(line)
        self.line = None
        self.last = line
        if not self.accept(line.type):
            self._refuse(line)
        if self.levels:
            self.levels[-1].append(line)
        elif line.type == "FACT":
            self.facts.append(line)
        elif line.type in ("HEADING", "STANCE"):
            self.parts.append(line)
        else:
            if self.run is None:
                self.run = []
                self.parts.append(self.run)
            self.run.append(line)
            if line.type == "BAR":
                self.bar = line

    def _doubt(self, line: Line) -> None:
        """A text that begins like a label or like a mark."""
        if self.text[line.start + line.lead] in "([<":
            told = doubtful.label_gone_wrong(line.text, line.text_start)
        else:
            mark = Span(line.start, line.start + 1)
            told = doubtful.two_marks(line.type, line.text, mark, line.text_start)
            if (
                told is not None and self.text[line.start].isalpha()
            ):  # the mark is a word too: told where it stands
                told = None
        if told is not None:
            self._report(told, line.start)

    def _refuse(self, line: Line) -> None:
        """This line cannot stand where it stands: say why, and keep it as a stray."""
        if self.reported_at != line.start:
            self._report(faults.misplaced(line, self._above(), not self.levels, self.source))
        if line.type in ("BAR", "HEADING", "QUOTATION", "STANCE"):
            line.joined, line.lead = None, line.size  # it says nothing that could be a statement
        line.type = "STRAY"
        self.accept("STRAY")

    def _above(self) -> Line | None:
        """The line above the refused one: at its own level, or else the one that it is under."""
        for level in reversed(self.levels):
            if level:
                return level[-1]
        if self.parts:
            last = self.parts[-1]
            return last[-1] if isinstance(last, list) else last
        return self.facts[-1] if self.facts else None

    def _finish(self) -> Document:
        if self.line is not None:
            self._flush()
        for _ in self.levels:
            self.accept("_DEDENT")
        self.levels = []
        if self.run is not None:
            self._end_run()
        if not self.diagnostics and not any(isinstance(part, list) for part in self.parts):
            self._report(faults.empty_document(len(self.source.text)))
        found = sorted(self.diagnostics, key=lambda d: d.labels[0].span.start)
        return Document(
            self.source, self.text, self.facts, self.parts, self.comments, in_source(found, self.source)
        )

    # -- layout --

    def _indent(self, line: Line, column: int) -> None:
        fed = self.accept("_INDENT")
        if fed:
            assert self.last is not None  # the grammar begins with nothing indented
            self.last.children = []
            self.levels.append(self.last.children)
        elif self.reported_at != line.start:
            self._report(faults.nothing_can_stand_under(line, self.last, self.source))
        self.columns.append(column)
        self.fed.append(fed)

    def _dedent(self, line: Line, column: int) -> None:
        columns = self.columns
        while column < columns[-1]:
            if columns[-2] < column:
                # Between two open levels: read as the deeper one, which keeps its parent.
                if self.reported_at != line.start:
                    self._report(faults.misfit_indentation(line, column, columns))
                break
            columns.pop()
            if self.fed.pop():
                self.levels.pop()
                self.accept("_DEDENT")

    def _end_run(self) -> None:
        run, self.run = self.run, None
        if self.accept("_END"):
            return
        bar = self.bar
        assert bar is not None  # nothing but a bar leaves a run unfinished
        assert run is not None
        self._report(faults.bar_without_conclusion(bar.span))
        stray = Line("STRAY", None, self.text, bar.end, 0, 0)
        run.append(stray)
        self.accept("STRAY")
        self.accept("_END")

    def _odd_indent(self, indent: str, position: int, column: int) -> int:
        """Report an indentation that is not plain spaces, or not always tabs; its width in columns."""
        span = Span(position, position + column)
        width = 0
        for character in indent:
            width = (width // 4 + 1) * 4 if character == "\t" else width + 1
        if indent.strip(" \t"):
            self._report(faults.odd_blank(span, indent, width), position + column)
        elif " " in indent or self.indent_unit == " ":
            self._report(
                faults.mixed_indentation(span, width, tabs_first=self.indent_unit == "\t"), position + column
            )
        else:
            self.indent_unit = "\t"
        return width

    def _spaces_after_tabs(self, position: int, start: int) -> None:
        if self.indent_unit == "\t":
            self._report(
                faults.mixed_indentation(Span(position, start), start - position, tabs_first=True), start
            )
        else:
            self.indent_unit = " "

    # -- plain text that is not what it seems --

    def _in_braces(self) -> bool:
        """Whether the line being gathered has opened attributes and not closed them."""
        line = self.line
        if line is None or line.type not in _CLAIMS:
            return False
        known, until, open = self.braces
        begin, end = (until if known is line else line.start), line.start + line.size
        opened, closed = self.text.rfind("{", begin, end), self.text.rfind("}", begin, end)
        open = opened > closed or (known is line and open and closed < 0)
        self.braces = line, end, open  # only what is new is looked at for the next line
        return open

    def _wrapped(self, content: str, start: int, column: int) -> bool:
        """Whether this is the text of the line right above it, gone on at the same depth; told, and read as such.

        Otherwise what is indented under it would lose its parent to a line that is a piece of a sentence.
        """
        line = self.line
        if line is None or column != self.line_column or line.type not in _CLAIMS or line.lead == line.size:
            return False
        if not doubtful.may_be_wrapped(content, column > 0):
            return False
        span = Span(start, start + len(content))
        self._report(faults.text_out_of_place(span) if column else faults.unindented_text(span))
        self._go_on(line, content, start)
        return True

    def _plain(self, content: str, start: int, column: int, blank: bool) -> doubtful.Reading:
        """What plain text that does not go on with the line above is to be read as."""
        above = self.line or self.last
        beside = (
            above is not None
            and not blank
            and (self.run is not None or self.line is not None)
            and above.type in ("STATEMENT", "REFERENCE", "STRAY", *WORDS, "QUOTATION", "STANCE")
        )
        return doubtful.read_plain(content, start, at_margin=column == 0 or above is None, beside=beside)

    # -- faults --

    def _report(self, diagnostic: Diagnostic, at: int | None = None) -> None:
        self.diagnostics.append(diagnostic)
        self.reported_at = diagnostic.labels[0].span.start if at is None else at

    def _without_control_characters(self, text: str) -> str:
        if _CONTROL.search(text) is None:
            return text
        last_line = 0
        for match in _CONTROL.finditer(text):
            line, _ = self.source.place(match.start())
            if line != last_line:
                self._report(faults.control_character(Span(match.start(), match.end()), match.group()))
                last_line = line
        return _CONTROL.sub("\ufffd", text)
