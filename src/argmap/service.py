"""An open document: everything that an editor or a page shows of a map while it is written.

    >>> document = OpenDocument("(a) Take an umbrella.\\n    + (b) It is raining.\\n")
    >>> document.diagnostics
    ()
    >>> document.hover(2).lines
    ('(a) Take an umbrella.', 'stands', 'The reason (b) goes through.')
    >>> document.draw(withdraw=["b"]).sentences
    ('(a): stands → falls. The reason (b) is blocked: (b) falls.', '(b): stands → falls. It is withdrawn.')

A document does not change: each edit makes a new one, since a text is read in less time than it takes to draw. Places
are code points of its text; `argmap.text.Utf16` converts them for clients that count otherwise. No client is known
here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from attrs import field, frozen

from argmap.checking import check
from argmap.converting import parse
from argmap.diagnostics import Diagnostic
from argmap.diagnostics.diagnostic import Edit
from argmap.errors import DocumentError, InvalidValueError
from argmap.formatting import format_text
from argmap.project.settings import Settings
from argmap.syntax.document import BarText, ClaimText, QuotationText, StanceText
from argmap.syntax.habits import KNOWN_FACTS
from argmap.syntax.marks import BY_TYPE, CLAIM_MARKS, FLAGS, MARKS, QUALIFIERS, SIGNS, VERBS, WORDS
from argmap.syntax.within import needs_quotes
from argmap.text import Span

if TYPE_CHECKING:
    from argmap.analysis.standing import StatusReport
    from argmap.drawing.options import Choices, OptionValues
    from argmap.drawing.overlay import Overlay
    from argmap.drawing.scene import Part
    from argmap.model import ArgumentMap, Statement
    from argmap.syntax import Document, Line
    from argmap.syntax.document import LabelUse

OVERVIEW_FROM = 60
"""A map of more statements than these is better seen from above first: readers tire."""

_HOLDER = re.compile(r':|"[^"]*"(?=\s*[,:])|[“„«][^“”»"]*[“”»"](?=\s*[,:])|[^\s,:](?:[^,:]*[^\s,:])?')
_VERB = re.compile(rf"(?<![^\s:;])(?:{'|'.join(VERBS)})(?![^\s(,;])|{SIGNS['COROLLARY']}")
# In longer ones nothing is completed: the patterns go back and forth over the line
_LONGEST_LINE = 5_000
# Of each kind of place, what stands before it on its line; the group is the word that is begun there.
_PLACES = {
    "holder": re.compile(r'\s*@(?:(?:"[^"]*"|[^:"])*,)?\s*("[^"]*|[^\s:",][^:",]*|)'),
    "attribute": re.compile(r".*\{(?:[^}]*,)?\s*([^\s{},][^{},]*|)"),
    "label": re.compile(rf"\s*(?:@.*|---+.*\bfrom\b.*|(?:{CLAIM_MARKS})\s+|)\(([^()\s]*)"),
    "reference": re.compile(rf"\s*(?:@.*(?:[:;]\s*(?:{'|'.join(VERBS)})|,|=>)|---+.*\bfrom(?:\s.*,)?)\s+()"),
    "verb": re.compile(r"\s*@.*[:;]\s*(\w*)"),
    "mark": re.compile(r"\s*(\S*)"),
}
_FLAGS = {
    "implicit": "left unsaid in the source",
    "open": "put forward, not asserted",
    "unproved": "claimed only with a proof",
}
_AT_MARGIN = frozenset(("HEADING", "FACT"))
_NOT_AT_MARGIN = frozenset((*WORDS, "QUOTATION"))


@frozen
class Symbol:
    """A section or a statement, for an outline.

    Attributes:
        kind: The mark's role, such as `a reason`.
        span: Where it is written.
        extent: From there to the end of all that is under it.
        depth: How deep it lies, from 0.
    """

    name: str
    text: str
    kind: str
    span: Span
    extent: Span
    depth: int


@frozen
class Completion:
    """Something that may be written at the caret: `text` in place of `span`; `detail` says what it is."""

    text: str
    detail: str
    kind: str
    span: Span


@frozen
class Hover:
    """What is known of a place, as lines of plain text."""

    span: Span
    lines: tuple[str, ...]


@frozen
class Highlight:
    """A stretch of text of one of the kinds of `argmap.syntax.marks.KINDS`."""

    span: Span
    kind: str


@frozen
class Element:
    """Something drawn, and where it is written.

    Attributes:
        id: Of its group in the SVG.
        statement: The id of the statement that it is, or that a tag stands for.
        name: What a screen reader says of a statement's box: `(b) It is raining; reason 1 of 2 for (a); stands`.
        parent: The id of the statement above it, where there is one.
        is_folded: Whether statements under it are not drawn.
    """

    id: str
    kind: str
    span: Span | None
    statement: str | None = None
    name: str = ""
    parent: str | None = None
    is_folded: bool = False


@frozen
class Drawing:
    """The picture, what is drawn where, and what is to be said beside it.

    Attributes:
        choices: What was chosen for it; given as `keep`, the picture keeps still when the map is edited.
    """

    svg: str
    choices: Choices
    elements: tuple[Element, ...]
    sentences: tuple[str, ...] = ()
    notices: tuple[Diagnostic, ...] = ()


@frozen(eq=False)
class OpenDocument:
    """A text in the notation, with everything that can be asked about it.

    Attributes:
        name: The file that it is from, or a name in angle brackets.
        settings: Which diagnostics are wanted, and where sources may lie.
    """

    text: str
    name: str = "<document>"
    settings: Settings = field(factory=Settings)

    # -- what the text says --

    @cached_property
    def map(self) -> ArgumentMap:
        """What could be understood of the text."""
        return parse(self.text, self.name)

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every error, warning and note, with its fix."""
        wanted = self.settings
        return check(self.map, select=wanted.select, ignore=wanted.ignore, allow_outside=wanted.outside)

    @cached_property
    def standing(self) -> StatusReport | None:
        """What stands and what falls; None while a label is unknown."""
        return self._status((), ())

    def _status(self, withdraw: Sequence[str], assume: Sequence[str]) -> StatusReport | None:
        from argmap.analysis.standing import status

        try:
            return status(self.map, withdraw, assume)
        except DocumentError:
            return None

    @cached_property
    def _document(self) -> Document:
        document = self.map.document
        assert document is not None  # the map was read from a text
        return document

    @cached_property
    def _lines(self) -> list[tuple[Line, int]]:
        return list(self._document.lines())

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line, _ in self._lines]

    @cached_property
    def _extents(self) -> list[int]:
        """Where each line ends, with all that is under it."""
        ends = [line.end for line, _ in self._lines]
        open_: list[tuple[int, float]] = []  # number and level; headings lie above all else
        for number, (line, depth) in enumerate(self._lines):
            level = -1 / self._document.level(line) if line.type == "HEADING" else depth
            while open_ and open_[-1][1] >= level:
                ends[open_.pop()[0]] = ends[number - 1]
            open_.append((number, level))
        while open_:
            ends[open_.pop()[0]] = ends[-1]
        return ends

    @cached_property
    def _written(self) -> dict[Span, Statement]:
        """The statements by where they are written."""
        return {each.span: each for each in self.map.statements if each.span and not each.missing}

    # -- places --

    def statement_at(self, offset: int) -> Statement | None:
        """The statement that a place speaks of: by a label, by its own line, or by a line under it."""
        if (use := self._use_at(offset)) is not None:
            return self.map.by_id.get(use.label)
        number = self._number_at(offset)
        while number is not None:
            line, depth = self._lines[number]
            if line.span in self._written:
                return self._written[line.span]
            if line.type == "REFERENCE":
                return self.map.by_id.get(line.label or "")
            above = (other for other in range(number - 1, -1, -1) if self._lines[other][1] < depth)
            number = next(above, None) if depth else None
        return None

    def _use_at(self, offset: int) -> LabelUse | None:
        return next((use for use in self._uses if use.span.start <= offset <= use.span.end), None)

    @cached_property
    def _uses(self) -> list[LabelUse]:
        return list(self._document.label_uses())

    def _number_at(self, offset: int) -> int | None:
        number = bisect_right(self._starts, offset) - 1
        return number if number >= 0 and offset <= self._lines[number][0].end else None

    def definition(self, offset: int) -> Span | None:
        """Where the statement at a place is written: its label, or its line."""
        found = self.statement_at(offset)
        if found is None or found.span is None or found.missing:
            return None
        return self._document.label_span(self._lines[self._starts.index(found.span.start)][0]) or found.span

    def references(self, offset: int) -> tuple[Span, ...]:
        """Everywhere that the label of the statement at a place is written, with its parentheses."""
        label = self._label_of(offset)
        return tuple(use.span for use in self._uses if use.label == label)

    def _label_of(self, offset: int) -> str | None:
        found = self._use_at(offset) or self.statement_at(offset)
        return found.label if found is not None else None

    def rename(self, at: int | str, label: str) -> tuple[Edit, ...]:
        """The edits that give a statement, by a place or its label, another label; they touch nothing but the label.

        Raises:
            InvalidValueError: there is no label here, or the new one is none or is taken.
        """
        from argmap.formats.labels import is_label

        old = at if isinstance(at, str) else self._label_of(at)
        if old is None:
            raise InvalidValueError("there is no label here to rename")
        if not is_label(label):
            raise InvalidValueError(f"“{label}” is no label: use letters, digits, `-`, `_`, `.`")
        if label != old and label in self.map.by_id:
            raise InvalidValueError(f"another statement has the label ({label})")
        spans = (use.span for use in self._uses if use.label == old)
        return tuple(Edit(Span(span.start + 1, span.end - 1, span.source), label) for span in spans)

    def hover(self, offset: int, withdraw: Sequence[str] = (), assume: Sequence[str] = ()) -> Hover | None:
        """The words of the statement at a place, what becomes of it and why; on a mark, what the mark means.

        Args:
            withdraw, assume: Ids of statements that are made to fall and to stand.
        """
        number = self._number_at(offset)
        line = self._lines[number][0] if number is not None else None
        found, use = self.statement_at(offset), self._use_at(offset)
        lines: list[str] = []
        place = line.span if line is not None else Span(offset, offset)
        mark = self._document.mark_span(line) if line is not None else None
        if line is not None and mark is not None and mark.start <= offset < mark.end:
            lines.append(f"{BY_TYPE[line.type].role}: {BY_TYPE[line.type].meaning}")
            place = mark
        if found is not None and not found.missing:
            lines += self._about(found, withdraw, assume)
        return Hover(use.span if use is not None else place, tuple(lines)) if lines else None

    def _about(self, statement: Statement, withdraw: Sequence[str], assume: Sequence[str]) -> Iterator[str]:
        from argmap.analysis.printing import answer_words
        from argmap.drawing.captions import stance_text, tooltip

        held = [stance_text(self.map, each) for each in self.map.stances if each.ids[-1] == statement.id]
        yield from tooltip(statement, held, 0, ()).split("\n")
        report = self.standing if not (withdraw or assume) else self._status(withdraw, assume)
        if report is not None:
            answer = report[statement.id]
            yield answer_words(self.map, answer)
            yield answer.why

    # -- the text as an editor shows it --

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        """The sections and statements in the order of the text."""
        found = []
        section = 0
        for (line, depth), end in zip(self._lines, self._extents, strict=True):
            extent = Span(line.start, end, self._document.source)
            if line.type == "HEADING":
                section = self._document.level(line)
                found.append(Symbol(str(line.content), "", "a section", line.span, extent, section - 1))
            elif line.span in self._written:
                statement = self._written[line.span]
                words, kind = " ".join(statement.text.split()), BY_TYPE[line.type].role
                found.append(Symbol(statement.name, words, kind, line.span, extent, section + depth))
        return tuple(found)

    @cached_property
    def folds(self) -> tuple[Span, ...]:
        """What can be folded: from the beginning of a line to the end of what is under it, over several lines."""
        source = self._document.source
        spans = (Span(line.start, end) for (line, _), end in zip(self._lines, self._extents, strict=True))
        return tuple(span for span in spans if source.place(span.start)[0] < source.place(span.end)[0])

    @cached_property
    def highlights(self) -> tuple[Highlight, ...]:
        """What the text is made of, in order of place; none is inside another."""
        found = [Highlight(comment.span, "comment") for comment in self._document.comments]
        for line, _ in self._lines:
            found += (Highlight(span, kind) for span, kind in self._pieces(line) if span.start < span.end)
        found += (Highlight(use.span, "label") for use in self._uses)
        return tuple(sorted(found, key=lambda each: each.span.start))

    def _pieces(self, line: Line) -> Iterator[tuple[Span, str]]:
        if line.type in ("FACT", "HEADING", "BAR"):
            kind = {"FACT": "key", "HEADING": "heading", "BAR": "mark"}[line.type]
            end = line.start + len(line.label or "") + 1 if line.type == "FACT" else line.end
            at = line.start
            for use in line.content.premises if isinstance(line.content, BarText) else ():
                yield Span(at, use.span.start), kind
                at = use.span.end
            yield Span(at, end), kind
            return
        mark = self._document.mark_span(line)
        if mark is not None:
            yield mark, "mark"
        text_start, content = line.text_start, line.content
        if isinstance(content, QuotationText):
            yield Span(text_start, line.end), "quotation" if content.is_quoted else "note"
        if isinstance(content, ClaimText | StanceText):
            yield from ((attribute.span, "attribute") for attribute in content.attributes)
        if isinstance(content, StanceText):
            text, end = self._document.text, min((each.span.start for each in content.attributes), default=line.end)
            held = end
            for name in _HOLDER.finditer(text, text_start, end):
                if name[0] == ":":
                    held = name.end()
                    break
                yield Span(*name.span()), "holder"
            for word in _VERB.finditer(text, held, end):
                yield Span(*word.span()), "mark" if word[0] == SIGNS["COROLLARY"] else "verb"

    def formatted(self) -> str:
        """The text in the canonical layout.

        Raises:
            DocumentError: the text has a syntax error.
        """
        return format_text(self.text)

    # -- completion --

    def complete(self, offset: int) -> tuple[Completion, ...]:
        """What may be written at a place, with what it means."""
        start = max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1
        before = self.text[start:offset]
        for place, pattern in _PLACES.items():
            if len(before) < _LONGEST_LINE and (begun := pattern.fullmatch(before)):
                span, word = Span(start + begun.start(1), offset), begun[1].lstrip('"').casefold()
                return tuple(
                    Completion(text, detail, kind, span)
                    for text, detail, kind in self._choices(place, before, span.start)
                    if text.lstrip('"').casefold().startswith(word) and text != begun[1]
                )
        return ()

    def _choices(self, place: str, before: str, offset: int) -> Iterator[tuple[str, str, str]]:
        """What can be at a kind of place: text, detail and kind."""
        match place:
            case "holder":
                for holder in self.map.holders:
                    yield f'"{holder}"' if needs_quotes(holder) else holder, "holds a position here", place
            case "label" | "reference":
                opening, closing = ("(", ")") if place == "reference" else ("", ")" * (self.text[offset:][:1] != ")"))
                for statement in self.map.statements:
                    if statement.label is not None and not statement.missing:
                        yield opening + statement.label + closing, " ".join(statement.text.split()), "label"
            case "attribute":
                yield from self._attributes(of_stance=before.lstrip().startswith(SIGNS["STANCE"]))
            case "verb":
                yield from ((verb, "a stance", place) for verb in VERBS)
            case _:
                yield from self._marks(offset, indented=before[:1] in (" ", "\t"))

    def _attributes(self, *, of_stance: bool) -> Iterator[tuple[str, str, str]]:
        how = "how firmly it is held" if of_stance else "how strongly it is put forward"
        choices = [(each, how) for each in QUALIFIERS]
        if of_stance:
            choices += [("date: ", "when it was taken"), ("by: ", "who reports it")]
        else:
            keys = dict.fromkeys(key for statement in self.map.statements for key, _ in statement.data)
            tags = dict.fromkeys(tag for statement in self.map.statements for tag in statement.tags)
            choices += [(flag, _FLAGS.get(flag, "")) for flag in FLAGS]
            choices += [("url: ", "makes its box a link"), *((f"{key}: ", "data") for key in keys if key != "url")]
            choices += [(f"#{tag}", "a tag") for tag in tags]
        return ((text, detail, "attribute") for text, detail in choices)

    def _marks(self, start: int, *, indented: bool) -> Iterator[tuple[str, str, str]]:
        for mark in MARKS:
            if mark.meaning and mark.type not in (_NOT_AT_MARGIN, _AT_MARGIN)[indented]:
                for spelling in filter(None, (mark.sign, mark.word)):
                    yield f"{spelling} ", f"{mark.role}: {mark.meaning}", "mark"
        if not indented and all(line.type == "FACT" for line, _ in self._lines if line.start < start):
            yield from ((f"{key}: ", "a header line", "key") for key in KNOWN_FACTS)

    # -- the picture --

    def draw(
        self,
        *,
        withdraw: Sequence[str] = (),
        assume: Sequence[str] = (),
        holder: str | None = None,
        show_standing: bool = False,
        id_prefix: str = "",
        **options: Unpack[OptionValues],
    ) -> Drawing:
        """The picture of what could be understood, with the place of each thing in it.

        Args:
            withdraw, assume: Ids of statements that are made to fall and to stand.
            holder: Show the map as this holder sees it.
            show_standing: Whether to show what stands also where nothing is withdrawn or assumed.
            id_prefix: Put before every id in the SVG.
            options: As `argmap.render` takes them.

        Raises:
            DocumentError: a label is unknown, and what stands was asked for.
            ArgmapError: as `argmap.render` raises it.
        """
        from argmap.drawing.svg import svg_element
        from argmap.rendering import lay_out

        report = self._status(withdraw, assume)
        overlay, sentences = self.supposed(withdraw, assume, holder, show_standing)
        if overlay is not None:
            options["overlay"] = overlay
        scene, notices = lay_out(self.map, **options)
        boxes = {part.id: found for part in scene.parts if (found := self._drawn(part)) is not None}
        shown = {statement.id for statement in boxes.values()}
        folded = {above for id, above in self._parents.items() if id not in shown}
        elements = []
        for part in scene.parts:
            about, name, parent = boxes.get(part.target or part.id), part.title, None
            if part.id in boxes and about is not None:
                name, parent = self._spoken(about, report), self._parents.get(about.id)
            if about is not None or part.span is not None:
                id = about.id if about is not None else None
                where = id_prefix + part.id, part.kind.value, part.span
                elements.append(Element(*where, id, name, parent, part.id in boxes and id in folded))
        return Drawing(svg_element(scene, id_prefix), scene.choices, tuple(elements), sentences, notices)

    def supposed(
        self, withdraw: Sequence[str], assume: Sequence[str], holder: str | None, show_standing: bool
    ) -> tuple[Overlay | None, tuple[str, ...]]:
        """What `draw` lays over the picture, as it takes it, and the sentences beside it."""
        from argmap.analysis.commitment import positions
        from argmap.analysis.printing import change_words
        from argmap.rendering import position_overlay, status_overlay

        if holder is not None:
            found = positions(self.map)[holder].findings
            return position_overlay(self.map, [holder]), tuple(each.sentence for each in found)
        if not (withdraw or assume or show_standing):
            return None, ()
        report = self._status(withdraw, assume)
        changed = report.changed if report is not None else ()
        return status_overlay(self.map, withdraw, assume), tuple(change_words(self.map, each) for each in changed)

    def _drawn(self, part: Part) -> Statement | None:
        """The statement whose box a part is."""
        return self._written.get(part.span) if part.kind.value == "statement" and part.span else None

    @cached_property
    def _parents(self) -> dict[str, str]:
        """The statement above each, as the outline of the picture has it."""
        from argmap.drawing.options import LineKind
        from argmap.drawing.view import children

        drawn = reversed(children(self.map, frozenset(LineKind)).items())
        return {id: above for above, below in drawn for id in below}  # the first above each

    @cached_property
    def _roles(self) -> Mapping[str, tuple[str, ...]]:
        from argmap.drawing.captions import roles

        return roles(self.map)

    def _spoken(self, statement: Statement, report: StatusReport | None) -> str:
        """What a screen reader says of a statement."""
        words = statement.text.rstrip(".")
        verdict = [report.status(statement.id).value] if report is not None else []
        label = f"({statement.label}) " if statement.label else ""
        return "; ".join((label + words, *self._roles[statement.id], *verdict))
