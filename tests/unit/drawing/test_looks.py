"""What was once ugly: lines through titles, sections upside down, fallen words that did not look it."""

from __future__ import annotations

import itertools
import re

import pytest

import argmap
from argmap.drawing import Options, draw
from argmap.drawing.faces import Faces
from argmap.drawing.options import Direction
from argmap.drawing.pdf import to_pdf
from argmap.drawing.png import set_in_outlines
from argmap.drawing.svg_tree import read
from argmap.drawing.wrap import wrap
from argmap.graphviz import finished_svg

APART = """\
# One
(a) First.
    + (b) Second.
    - (c) Third.
# Two
(d) Fourth.
    + (e) Fifth.
"""
JOINED = APART + "    + (b)\n# Three\n(f) Sixth.\n    + (a)\n"


def svg_of(text: str, direction: str = "auto") -> str:
    return finished_svg(draw(argmap.parse(text), Options(direction=Direction(direction))))[0]


def heights(svg: str) -> dict[str, float]:
    """How far down the first line of each statement stands, by label."""
    return {
        label: float(y) for y, label in re.findall(r'y="(-?[\d.]+)"[^>]*>(?:<tspan[^>]*>)?\((\w+)\)', svg)
    }


@pytest.mark.parametrize("direction", ["left", "right"])
def test_sideways_sections_and_what_is_in_them_stand_in_the_authors_order(direction: str) -> None:
    at = heights(svg_of(APART, direction))
    assert at["b"] < at["c"] < at["e"]
    assert at["a"] < at["d"]


def test_groups_are_in_the_order_of_reading_whatever_the_layout() -> None:
    names = re.findall(r'<g id="(?:statement-)(\w)"', svg_of(JOINED, "left"))
    assert names == sorted(names)


def test_titles_of_sections_lie_over_the_lines() -> None:
    svg = svg_of(JOINED, "up")
    last_line = max(match.start() for match in re.finditer(r"<path ", svg.partition('class="titles"')[0]))
    for title in ("One", "Two", "Three"):
        assert last_line < svg.index(f">{title}</text>")
    assert "<path" not in svg.partition('class="titles"')[2].partition("</g>")[0]


def test_a_circle_is_drawn_as_two_ways_side_by_side() -> None:
    dot = draw(argmap.parse("(a) One.\n    + (b) Two.\n        + (a)\n")).dot
    assert '"step-2" -> "statement-a"' in dot
    back = next(line for line in dot.splitlines() if '"statement-b" -> "step-2"' in line)
    assert "dir=back" in back


def test_lines_of_text_are_apart_and_what_holds_them_apart_is_gone() -> None:
    svg = svg_of("(a) " + "Some words that go on for a while " * 6)
    at = [float(y) for y in re.findall(r'<text[^>]*y="(-?[\d.]+)"', svg)]
    assert {round(low - high, 1) for high, low in itertools.pairwise(at)} == {13.0}
    assert ">'<" not in svg
    assert ">&#39;<" not in svg


def test_the_legends_signs_are_level_with_their_words() -> None:
    svg = svg_of(APART)
    sign = float(re.findall(r'y="(-?[\d.]+)"[^>]*>\+<', svg)[0])
    word = float(re.findall(r'y="(-?[\d.]+)"[^>]*>[ \u00a0]*reason<', svg)[0])
    assert abs(sign - word) < 1.0


def test_struck_words_are_struck_in_png_and_pdf_too() -> None:
    def picture(decoration: str) -> str:
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" width="90pt" height="20pt" viewBox="0 0 90 20">'
            f'<text x="5" y="15" font-size="11"{decoration}>It falls.</text></svg>'
        )

    plain, struck = picture(""), picture(' text-decoration="line-through"')
    found = []
    for svg in (plain, struck):
        root = read(svg)
        set_in_outlines(root, Faces())
        found.append([node for node in root.walk() if node.tag == "rect"])
    assert [len(each) for each in found] == [0, 1]
    line = found[1][0]
    assert line.number("width") > 30
    assert 8 < line.number("y") < 15
    assert to_pdf(plain) != to_pdf(struck)


def test_thai_vowels_stay_with_their_letter() -> None:
    text = "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์" * 2
    for limit in range(4, 30):
        lines = ["".join(run.text for run in line) for line in wrap(text, limit)]
        assert "".join(lines) == text
        for line in lines[1:]:
            assert line[0] not in "ะาำๅๆฯ"
        for line in lines[:-1]:
            assert line[-1] not in "เแโใไ"


def test_a_title_from_right_to_left_leaves_the_legend_alone() -> None:
    svg = svg_of("title: שלום\n\n(a) אנשים.\n    + (b) כן.\n    - (c) לא.\n")
    words = re.findall(r'<text[^>]*x="(-?[\d.]+)"[^>]*>[ \u00a0]*(reason|objection)<', svg)
    assert len({x for x, _ in words}) == 2
    assert "rtl" not in svg.partition('class="statement"')[0]


def test_text_is_held_to_its_width_where_that_is_known() -> None:
    svg = svg_of("(a) Words in Latin letters.\n    + (b) 漢字がある。\n")
    assert re.search(r'textLength="[\d.]+" lengthAdjust="spacingAndGlyphs"><tspan[^>]*>\(a\)', svg)
    assert not re.search(r'textLength="[\d.]+"[^>]*><tspan[^>]*>\(b\)', svg)


def test_the_names_of_things_in_labels_are_only_words() -> None:
    dot = draw(argmap.parse("(a) Regex \\\\N and \\\\G.\n    + (b) x\n")).dot
    assert "\\N" not in dot
    assert "&#92;<font>N</font>" in dot
