"""One web page that shows a source with every used passage marked, its statements, and the map beside it.

The page is a single file that loads nothing else. All text in it is somebody's, so all of it is escaped by the
template (`page.html.jinja`), every id is made here, and a content security policy forbids the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import count, pairwise

from attrs import frozen
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from argmap.model import ArgumentMap
from argmap.sources.coverage import Coverage, sentence

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def statement_anchor(number: int) -> str:
    """The page's id for the statement with this number (from 0) in the map."""
    return f"s{number + 1}"


def coverage_page(
    map: ArgumentMap,
    coverages: Sequence[Coverage],
    drawing: str | None = None,
    boxes: Mapping[str, str] | None = None,
) -> str:
    """The page, as HTML.

    Args:
        map: The map, whose statements are listed in order.
        coverages: What it rests on in each of its sources.
        drawing: The drawing to put beside the text, trusted markup; its ids must not begin with `s`, `p` or `q`
            and a digit.
        boxes: By statement id, the id within `drawing` of its box.
    """
    anchors = {one.id: statement_anchor(number) for number, one in enumerate(map.statements)}
    passages: dict[str, list[tuple[str, str]]] = {one.id: [] for one in map.statements}
    numbers = count(1)
    texts = []
    for coverage in coverages:
        of_source = f" of {coverage.original.name}" if len(coverages) > 1 else ""
        used = {one.paragraph.start for one in coverage.paragraphs if one.statements}
        marks = _Marks(coverage)
        paragraphs = []
        for paragraph in coverage.original.paragraphs:
            where = (f"paragraph {paragraph.number}" if paragraph.number else "a heading") + of_source
            parts = []
            for stretch in marks.within(paragraph.start, paragraph.end):
                begun = [(coverage.uses[use].statement, f"q{next(numbers)}") for use in stretch.beginning]
                for id, anchor in begun:
                    passages[id].append((anchor, where))
                ended = [coverage.uses[use].statement for use in stretch.ending]
                parts.append(
                    {
                        "words": coverage.original.text[stretch.start : stretch.end],
                        "link": None
                        if stretch.use is None
                        else anchors[coverage.uses[stretch.use].statement],
                        "several": stretch.several,
                        "anchors": [anchor for _, anchor in begun],
                        "refs": [(anchors[id], map[id].name) for id in ended],
                    }
                )
            paragraphs.append({"number": paragraph.number, "used": paragraph.start in used, "parts": parts})
        texts.append({"name": coverage.original.name, "paragraphs": paragraphs})
    return _template().render(
        title=map.title or "An argument map",
        lang=map.fact("lang") or "en",
        style=Markup(_resource("page.css")),
        sentences=[sentence(coverage) for coverage in coverages],
        texts=texts,
        drawing=drawing and Markup(drawing),
        statements=map.statements,
        anchors=anchors,
        boxes={one.id: (boxes or {}).get(one.id) for one in map.statements},
        passages=passages,
    )


def _template() -> Template:
    settings = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: value if isinstance(value, Markup) else _UNPRINTABLE.sub("\ufffd", str(value)),
    )
    return settings.from_string(_resource("page.html.jinja"))


def _resource(name: str) -> str:
    return (files("argmap.sources") / name).read_text(encoding="utf-8")


@frozen
class _Stretch:
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

    def within(self, start: int, end: int) -> Iterator[_Stretch]:
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
            yield _Stretch(
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
