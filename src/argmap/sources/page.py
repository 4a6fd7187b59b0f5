"""One web page that shows a source with every used passage marked, its statements, and the map beside it.

The page is a single file that asks for nothing else: no script, no font, no picture from anywhere. All text
in it is somebody's, so all of it is escaped, every id is made here, and a content security policy forbids the
rest.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from argmap.model import ArgumentMap, Statement
from argmap.sources.coverage import Coverage
from argmap.sources.page_style import STYLE
from argmap.sources.paragraphs import Paragraph

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def statement_anchor(number: int) -> str:
    """The page's id for the statement with this number (from 0) in the map."""
    return f"s{number + 1}"


def coverage_page(
    map: ArgumentMap,
    coverages: Sequence[Coverage],
    svg: str | None = None,
    boxes: Mapping[str, str] | None = None,
) -> str:
    """The page, as HTML.

    Args:
        map: The map, whose statements are listed in order.
        coverages: What it rests on in each of its sources.
        svg: The drawing to put beside the text, trusted markup without an XML declaration; its ids must not
            begin with `s`, `p` or `q` and a digit.
        boxes: By statement id, the id within `svg` of its box.
    """
    return _Page(map, coverages, boxes or {}).write(svg)


class _Page:
    def __init__(self, map: ArgumentMap, coverages: Sequence[Coverage], boxes: Mapping[str, str]) -> None:
        self.map = map
        self.coverages = coverages
        self.boxes = boxes
        self.anchors = {one.id: statement_anchor(number) for number, one in enumerate(map.statements)}
        # By statement, the marked passages it rests on: their anchor, and what to call them.
        self.passages: dict[str, list[tuple[str, str]]] = {}
        self.count = 0

    def write(self, svg: str | None) -> str:
        title = self.map.title or "An argument map"
        lang = self.map.fact("lang") or "en"
        texts = "\n".join(self._text(number, one) for number, one in enumerate(self.coverages))
        drawing = "" if svg is None else _MAP.format(svg=svg)
        return _FRAME.format(
            lang=_escape(lang),
            title=_escape(title),
            policy=_POLICY,
            style=STYLE,
            skip_map="" if svg is None else '<a class="skip" href="#map">Skip to the map</a>\n',
            summary="\n".join(f"<p>{_escape(sentence(one))}</p>" for one in self.coverages),
            texts=texts,
            map=drawing,
            statements="\n".join(self._entry(statement) for statement in self.map.statements),
        )

    def _text(self, number: int, coverage: Coverage) -> str:
        used = {one.paragraph.start: one.statements for one in coverage.paragraphs}
        marks = _Marks(coverage)
        lines: list[str] = []
        for paragraph in coverage.original.paragraphs:
            body = self._paragraph(number, coverage, paragraph, marks)
            if paragraph.is_heading:
                lines.append(f'<h3 dir="auto">{body}</h3>')
                continue
            kind, sign = ("used", "") if used[paragraph.start] else ("over", _PASSED_OVER)
            name = f"p{number}-{paragraph.number}"
            lines.append(
                f'<div class="{kind}" id="{name}"><span class="number">'
                f'<span class="unseen">paragraph </span>{paragraph.number}</span>'
                f'<p dir="auto">{body}</p>{sign}</div>'
            )
        heading = f"text{number}-heading"
        return (
            f'<section class="text" id="text{number}" aria-labelledby="{heading}" tabindex="-1">\n'
            f'<h2 id="{heading}">The text: {_escape(coverage.original.name)}</h2>\n'
            + "\n".join(lines)
            + "\n</section>"
        )

    def _paragraph(self, number: int, coverage: Coverage, paragraph: Paragraph, marks: _Marks) -> str:
        text = coverage.original.text
        where = f"paragraph {paragraph.number}" if paragraph.number else "a heading"
        if len(self.coverages) > 1:
            where += f" of {coverage.original.name}"
        pieces: list[str] = []
        for part in marks.within(paragraph.start, paragraph.end):
            words = _escape(text[part.start : part.end])
            for use in part.beginning:
                self.count += 1
                anchor = f"q{self.count}"
                self.passages.setdefault(coverage.uses[use].statement, []).append((anchor, where))
                pieces.append(f'<span id="{anchor}" class="start"></span>')
            if part.use is None:
                pieces.append(words)
            else:
                kind = "passage twice" if part.several else "passage"
                target = self.anchors[coverage.uses[part.use].statement]
                pieces.append(f'<a class="{kind}" href="#{target}"><mark>{words}</mark></a>')
            for use in part.ending:
                id = coverage.uses[use].statement
                pieces.append(f'<a class="ref" href="#{self.anchors[id]}">{_escape(self.map[id].name)}</a>')
        return "".join(pieces)

    def _entry(self, statement: Statement) -> str:
        resting = "".join(
            f'<li><a href="#{anchor}">{_escape(where)}</a></li>'
            for anchor, where in self.passages.get(statement.id, ())
        )
        if resting:
            resting = f'<ul class="rests"><li class="word">rests on</li>{resting}</ul>'
        else:
            why = "left unsaid in the text" if statement.implicit else "no quotation found"
            resting = f'<p class="rests">{why}</p>'
        box = self.boxes.get(statement.id)
        shown = f' <a class="box-link" href="#{_escape(box)}">in the map</a>' if box else ""
        name = f"<strong>{_escape(statement.name)}</strong> " if statement.label else ""
        text = _escape(" ".join(statement.text.split()))
        anchor = self.anchors[statement.id]
        return f'<li id="{anchor}" tabindex="-1"><p dir="auto">{name}{text}{shown}</p>{resting}</li>'


@frozen
class _Part:
    """A stretch of text: the first use covering it, whether several do, and those that begin and end here."""

    start: int
    end: int
    use: int | None
    several: bool
    beginning: Sequence[int]
    ending: Sequence[int]


class _Marks:
    """The ranges of a source's text that quotations take up, cut where another begins or ends."""

    def __init__(self, coverage: Coverage) -> None:
        begin: dict[int, list[int]] = {}
        end: dict[int, list[int]] = {}
        for number, use in enumerate(coverage.uses):
            for span in use.spans:
                begin.setdefault(span.start, []).append(number)
                end.setdefault(span.end, []).append(number)
        self._begin, self._end = begin, end
        self._edges = sorted({*begin, *end})
        self._first = {number: use.spans[0].start for number, use in enumerate(coverage.uses)}
        self._last = {number: use.spans[-1].end for number, use in enumerate(coverage.uses)}
        self._next = 0
        self._open: dict[int, None] = {}

    def within(self, start: int, end: int) -> Iterator[_Part]:
        """The parts of a range in order. Ranges are to be asked for in order: one pass over the text."""
        self._pass(start)
        edges = [start]
        for number in range(self._next, len(self._edges)):
            if self._edges[number] >= end:
                break
            if self._edges[number] > start:
                edges.append(self._edges[number])
        for first, last in pairwise([*edges, end]):
            self._pass(first + 1)
            yield _Part(
                first,
                last,
                next(iter(self._open), None),
                len(self._open) > 1,
                [use for use in self._begin.get(first, ()) if self._first[use] == first],
                [use for use in self._end.get(last, ()) if self._last[use] == last],
            )

    def _pass(self, limit: int) -> None:
        """Open and close what begins and ends before a place."""
        while self._next < len(self._edges) and self._edges[self._next] < limit:
            edge = self._edges[self._next]
            self._next += 1
            for use in self._end.get(edge, ()):
                self._open.pop(use, None)
            for use in self._begin.get(edge, ()):
                self._open[use] = None


def sentence(coverage: Coverage) -> str:
    """The coverage of one source in a sentence."""
    return (
        f"The map rests on {coverage.used} of the {len(coverage.paragraphs)} paragraphs of "
        f"{coverage.original.name} ({coverage.share:.0%}), and quotes {coverage.quoted_words:,} of its "
        f"{coverage.words:,} words ({coverage.word_share:.0%})."
    )


def _escape(text: str) -> str:
    return html.escape(_UNSEEN.sub("\ufffd", text))


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_PASSED_OVER = '<span class="unseen">(passed over)</span>'

_MAP = """<section id="map" aria-labelledby="map-heading" tabindex="-1">
<h2 id="map-heading">The map</h2>
<input type="checkbox" id="actual"> <label for="actual">in its own size</label>
<div class="drawing" role="region" aria-label="The drawing, which scrolls" tabindex="0">
{svg}
</div>
</section>"""

_FRAME = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}: what the map rests on</title>
<style>
{style}</style>
</head>
<body>
<a class="skip" href="#text0">Skip to the text</a>
{skip_map}<a class="skip" href="#statements">Skip to the statements</a>
<header>
<h1 dir="auto">{title}: what the map rests on</h1>
{summary}
<p>Marked passages lead to the statement that rests on them, statements lead back to their passages, and a box
of the map to its statement. Paragraphs with a broken edge are passed over.</p>
</header>
<main>
<div class="texts">
{texts}
</div>
<div class="beside">
{map}
<section id="statements" aria-labelledby="statements-heading" tabindex="-1">
<h2 id="statements-heading">The statements</h2>
<ol>
{statements}
</ol>
</section>
</div>
</main>
</body>
</html>
"""
