"""One web page that shows a source with every used passage marked, its statements, and the map beside it.

The page is a single file that loads nothing else. All text in it is somebody's, so all of it is escaped by the
template (`page.html.jinja`), every id is made here, and a content security policy forbids the rest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib.resources import files
from itertools import count, pairwise

from attrs import frozen
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from argmap.model import ArgumentMap
from argmap.sources.coverage import Coverage, sentence
from argmap.text.display import settled

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def statement_anchor(number: int) -> str:
    """The page's id for the statement with this number (from 0) in the map."""
    return f"s{number + 1}"


def coverage_page(
    map: ArgumentMap, coverages: Sequence[Coverage], drawing: str | None = None, boxes: Mapping[str, str] | None = None
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
        stretches = _stretches(coverage)
        paragraphs = []
        for paragraph in coverage.original.paragraphs:
            where = (f"paragraph {paragraph.number}" if paragraph.number else "a heading") + of_source
            parts = []
            for stretch in stretches[paragraph.start]:
                begun = [(coverage.uses[use].statement, f"q{next(numbers)}") for use in stretch.beginning]
                for id, anchor in begun:
                    passages[id].append((anchor, where))
                ended = [coverage.uses[use].statement for use in stretch.ending]
                parts.append(
                    {
                        "words": coverage.original.text[stretch.start : stretch.end],
                        "link": None if stretch.use is None else anchors[coverage.uses[stretch.use].statement],
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
        finalize=lambda value: value if isinstance(value, Markup) else settled(_UNPRINTABLE.sub("\ufffd", str(value))),
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


def _stretches(coverage: Coverage) -> dict[int, list[_Stretch]]:
    """By the start of each paragraph, its text in stretches, cut where a quotation begins or ends."""
    begin: dict[int, list[int]] = defaultdict(list)
    end: dict[int, list[int]] = defaultdict(list)
    for number, use in enumerate(coverage.uses):
        for span in use.spans:
            begin[span.start].append(number)
            end[span.end].append(number)
    spans = [use.spans for use in coverage.uses]
    ends = {paragraph.start: paragraph.end for paragraph in coverage.original.paragraphs}
    found: dict[int, list[_Stretch]] = {start: [] for start in ends}
    covering: dict[int, None] = {}
    paragraph, paragraph_end = 0, 0
    for first, last in pairwise(sorted({*begin, *end, *ends, *ends.values()})):
        for number in end[first]:
            covering.pop(number, None)
        covering |= dict.fromkeys(begin[first])
        if first in ends:
            paragraph, paragraph_end = first, ends[first]
        if first < paragraph_end:
            beginning = [number for number in begin[first] if spans[number][0].start == first]
            ending = [number for number in end[last] if spans[number][-1].end == last]
            covered_by = next(iter(covering), None)
            found[paragraph].append(_Stretch(first, last, covered_by, len(covering) > 1, beginning, ending))
    return found
