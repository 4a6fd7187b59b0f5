"""Scenes: where everything is, in which order, and what was once ugly."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

import argmap
from argmap.drawing.boxes import ATTITUDE_SIGNS
from argmap.drawing.overlay import OverlayMark
from argmap.drawing.scene import Part, PartKind, Scene, TextLine
from argmap.drawing.wrapping import is_exact, wrap
from argmap.rendering import lay_out

REASONS = "(a) A claim that is told in a few words.\n" + "".join(
    f"    {'+-'[n % 2]} (r{n}) Reason number {n}.\n" for n in range(6)
)
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


def scene_of(text: str, direction: str = "auto") -> Scene:
    scene, notices = lay_out(argmap.parse(text), direction=direction)
    assert notices == ()
    return scene


def parts(scene: Scene, kind: PartKind) -> dict[str, Part]:
    return {part.id: part for part in scene.parts if part.kind is kind}


def bounds(part: Part, *, heads: bool = False) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a part's outlines, or of its heads."""
    points = [
        point
        for outline in part.outlines
        if outline.is_head or not heads
        for segment in outline.segments
        for point in segment.points
    ]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def words(line: TextLine) -> str:
    return "".join(run.text for run in line.runs)


@pytest.mark.parametrize("direction", ["left", "right"])
def test_each_line_ends_at_a_place_of_its_own_on_the_side(direction: str) -> None:
    scene = scene_of(REASONS, direction)
    left, top, right, bottom = bounds(parts(scene, PartKind.STATEMENT)["statement-a"])
    side = right if direction == "left" else left
    middles = []
    for part in parts(scene, PartKind.EDGE).values():
        if any(outline.is_head for outline in part.outlines):
            head = bounds(part, heads=True)
            assert min(abs(head[0] - side), abs(head[2] - side)) < 4
            middles.append((head[1] + head[3]) / 2)
            assert top < middles[-1] < bottom
    assert len(middles) == 6
    assert min(low - high for high, low in itertools.pairwise(sorted(middles))) > 2


def test_lines_do_not_cross_on_their_way() -> None:
    scene = scene_of(REASONS, "left")
    ends = []
    for part in parts(scene, PartKind.EDGE).values():
        if any(outline.is_head for outline in part.outlines):
            path = part.outlines[0].segments
            ends.append((path[0].points[0][1], path[-1].points[-1][1]))
    ends.sort()
    assert [end for _, end in ends] == sorted(end for _, end in ends)
    assert len(ends) == 6


@pytest.mark.parametrize("direction", ["left", "right"])
def test_sideways_sections_and_what_is_in_them_stand_in_the_authors_order(direction: str) -> None:
    scene = scene_of(APART, direction)
    both = parts(scene, PartKind.STATEMENT) | parts(scene, PartKind.SECTION)
    at = {id[-1]: bounds(part) for id, part in both.items()}
    assert at["b"][1] < at["c"][1]
    assert at["1"][0] < at["2"][0] or at["1"][1] < at["2"][1]


@pytest.mark.parametrize("direction", ["up", "down", "left", "right"])
def test_parts_are_in_the_order_of_painting_and_of_reading(direction: str) -> None:
    scene = scene_of("title: T\n" + APART + "    + (b)\n", direction)
    kinds = [kind for kind, _ in itertools.groupby(part.kind for part in scene.parts)]
    assert kinds == [
        PartKind.HEADING, PartKind.SECTION, PartKind.EDGE, PartKind.TITLE, PartKind.STATEMENT,
        PartKind.TAG, PartKind.STEP,
    ]  # fmt: skip
    names = list(parts(scene, PartKind.STATEMENT))
    assert names == sorted(names)
    assert len({part.id for part in scene.parts}) == len(scene.parts)


@pytest.mark.parametrize("direction", ["up", "down", "left", "right"])
def test_everything_lies_on_the_page_and_boxes_in_their_frames(direction: str) -> None:
    scene = scene_of(JOINED, direction)
    for part in scene.parts:
        if part.outlines:
            left, top, right, bottom = bounds(part)
            assert 0 <= left <= right <= scene.width
            assert 0 <= top <= bottom <= scene.height
    frame = bounds(parts(scene, PartKind.SECTION)["section-1"])
    for id in ("statement-a", "statement-b", "statement-c"):
        box = bounds(parts(scene, PartKind.STATEMENT)[id])
        assert frame[0] < box[0]
        assert frame[1] + 16 < box[1]
        assert box[2] < frame[2]
        assert box[3] < frame[3]


@pytest.mark.parametrize("direction", ["up", "down", "left", "right"])
def test_claims_beside_one_another_stand_in_the_authors_order(direction: str) -> None:
    scene = scene_of("(a) A.\n    + (b) B.\n    - (c) C.\n\n(d) D.\n    + (e) E.\n\n(f) F.\n    + (g) G.\n", direction)
    along = 0 if direction in ("up", "down") else 1
    at = {id[-1]: bounds(part)[along] for id, part in parts(scene, PartKind.STATEMENT).items()}
    assert at["b"] < at["c"] < at["e"] < at["f"]
    assert at["a"] < at["d"] < at["f"]


@pytest.mark.parametrize("direction", ["up", "left"])
def test_a_section_of_its_own_is_laid_out_by_itself_and_long_lines_are_tags(direction: str) -> None:
    scene = scene_of(JOINED.replace("(a)\n", "(a)\n    + (g) Seventh.\n"), direction)
    frames = [bounds(part) for part in parts(scene, PartKind.SECTION).values()]
    for line in parts(scene, PartKind.EDGE).values():
        left, top, right, bottom = bounds(line)
        assert any(f[0] < left and f[1] < top and right < f[2] and bottom < f[3] for f in frames)
    tags = {(words(part.lines[0]), part.target) for part in parts(scene, PartKind.TAG).values()}
    assert tags == {("▲ (d) in Two", "statement-d"), ("→ (b) in Three", "statement-b")}


@pytest.mark.parametrize("direction", ["up", "down", "left", "right"])
def test_rival_claims_stand_side_by_side_with_the_sign_between_them(direction: str) -> None:
    scene = scene_of(
        "(a) One.\n    + (b) Two.\n\n(c) Three.\n    + (d) Four.\n    + (e) Five.\n    >< (a)\n", direction
    )
    boxes = parts(scene, PartKind.STATEMENT)
    sign = bounds(parts(scene, PartKind.STEP)["contradiction-1"])
    main, other = bounds(boxes["statement-c"]), bounds(boxes["statement-a"])
    along = 0 if direction in ("up", "down") else 1
    assert main[along + 2] < sign[along] < sign[along + 2] < other[along]
    middles = [(each[1 - along] + each[3 - along]) / 2 for each in (main, sign, other)]
    assert max(middles) - min(middles) < 8


def test_a_frame_has_room_for_a_title_longer_than_what_is_in_it() -> None:
    title = " ".join(["A title of a section that goes on for a good many words"] * 3)
    for direction in ("up", "left"):
        scene = scene_of(f"# {title}\n(a) x\n# Other\n(b) y\n", direction)
        frame = bounds(parts(scene, PartKind.SECTION)["section-1"])
        lines = parts(scene, PartKind.TITLE)["title-1"].lines
        assert " ".join(words(line) for line in lines) == title
        assert len(lines) > 1
        for line in lines:
            assert frame[0] < line.x
            assert line.x + line.width < frame[2]
        assert lines[-1].y < bounds(parts(scene, PartKind.STATEMENT)["statement-a"])[1]


def test_parts_say_what_they_are_and_where_they_lead() -> None:
    scene = scene_of('(a) All is well. {url: https://example.org/}\n    > "So it is" (p. 3)\n    + (b) Why.\n')
    box = parts(scene, PartKind.STATEMENT)["statement-a"]
    assert (box.title, box.url) == ("(a)", "https://example.org/")
    assert box.text.startswith("(a) All is well.\n“So it is” (p. 3)")
    sign = parts(scene, PartKind.STEP)["step-1"]
    assert sign.title == "reason (b) for (a)"
    assert sign.text == "(b): reason (b) for (a)."


def test_lines_of_text_are_apart() -> None:
    scene = scene_of("(a) " + "Some words that go on for a while " * 6)
    at = [line.y for line in parts(scene, PartKind.STATEMENT)["statement-a"].lines]
    assert {round(low - high, 1) for high, low in itertools.pairwise(at)} == {13.0}


def test_right_to_left_boxes_begin_at_the_right_edge() -> None:
    box = parts(scene_of("(a) שלום עולם.\n"), PartKind.STATEMENT)["statement-a"]
    line = box.lines[-1]
    assert line.is_right_to_left
    assert bounds(box)[2] - 12 < line.x < bounds(box)[2]


def test_a_title_from_right_to_left_begins_at_the_right_of_its_frame() -> None:
    scene = scene_of("# חלק ראשון\n(a) A statement in Latin letters.\n# B\n(b) B.\n", "up")
    line = parts(scene, PartKind.TITLE)["title-1"].lines[0]
    assert line.is_right_to_left
    assert line.x == pytest.approx(bounds(parts(scene, PartKind.SECTION)["section-1"])[2] - 9)


def test_the_legends_signs_are_level_with_their_words_and_near_them() -> None:
    for title in ("", "title: שלום\n\n"):
        lines = scene_of(title + APART).parts[0].lines
        at = {words(line): line for line in lines}
        for sign, word in (("+", "reason"), ("−", "objection")):
            assert abs(at[sign].y - at[word].y) < 1
            assert 5 < at[word].x - at[sign].x < 20
        assert at["reason"].x + at["reason"].width < at["−"].x
        assert not any(line.is_right_to_left for line in lines if words(line) in ("+", "reason", "objection"))


def test_widths_are_exact_where_letters_are_known() -> None:
    boxes = parts(scene_of("(a) Words in Latin letters.\n    + (b) 漢字がある。\n"), PartKind.STATEMENT)
    assert all(line.is_exact for line in boxes["statement-a"].lines)
    assert not any(line.is_exact for line in boxes["statement-b"].lines)


def lines_of(text: str, limit: float) -> list[str]:
    return ["".join(run.text for run in line) for line in wrap(text, limit)]


def test_marks_of_where_a_word_may_be_broken_draw_nothing_or_a_hyphen_at_the_break() -> None:
    assert lines_of("zero\u200bwidth soft\u00adhyphen", 40) == ["zerowidth softhyphen"]
    assert lines_of("zero\u200bwidth", 3) == ["zero", "width"]
    assert lines_of("soft\u00adhyphen", 3.5) == ["soft-", "hyphen"]
    assert lines_of("end\u00ad", 3) == ["end"]


def test_plain_maps_need_no_shaping() -> None:
    path = Path(__file__).parents[3] / "examples" / "withdrawal.argmap"
    code = f"import argmap, sys; argmap.render(argmap.load({str(path)!r})); assert 'uharfbuzz' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert all(map(is_exact, [*ATTITUDE_SIGNS.values(), *(mark.sign for mark in OverlayMark)]))


def test_long_words_are_hyphenated_in_a_language_that_is_known() -> None:
    pytest.importorskip("pyphen")
    word = "Rechtsschutzversicherungsgesellschaften"
    for lang, is_broken in (("de", True), ("de-AT", True), ("xx", False), ("", False)):
        header = f"lang: {lang}\n\n" if lang else ""
        map = argmap.parse(f"{header}(a) Viele *{word}* zahlen.\n")
        box = parts(lay_out(map, width=24)[0], PartKind.STATEMENT)["statement-a"]
        rows = ["".join(run.text for run in line.runs) for line in box.lines]
        assert any(row.endswith("-") for row in rows) is is_broken
        stressed = "".join(run.text.removesuffix("-") for line in box.lines for run in line.runs if run.italic)
        assert stressed == word


def test_the_same_map_gives_the_same_scene() -> None:
    assert scene_of(JOINED) == scene_of(JOINED)


def test_thai_vowels_stay_with_their_letter() -> None:
    text = "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์" * 2
    for limit in range(4, 30):
        lines = ["".join(run.text for run in line) for line in wrap(text, limit)]
        assert "".join(lines) == text
        for line in lines[1:]:
            assert line[0] not in "ะาำๅๆฯ"
        for line in lines[:-1]:
            assert line[-1] not in "เแโใไ"


@pytest.mark.parametrize("direction", ["up", "down", "left", "right"])
def test_lines_run_to_the_border_and_bars_lie_along_it(direction: str) -> None:
    scene = scene_of(REASONS, direction)
    boxes = [bounds(part) for part in scene.parts if part.kind in (PartKind.STATEMENT, PartKind.STEP)]
    for line in parts(scene, PartKind.EDGE).values():
        (x, y), *_ = line.outlines[0].segments[0].points
        gap = min(max(left - x, x - right, top - y, y - bottom, 0) for left, top, right, bottom in boxes)
        assert gap <= 1.2, "half the thickest border"
        for outline in line.outlines[1:]:
            corners = [point for segment in outline.segments for point in segment.points]
            if len(corners) == 4 and outline.fill:
                assert len({round(x, 1) for x, _ in corners}) == 2, "a bar is upright or level"


def test_no_word_stands_alone_under_who_holds_a_statement() -> None:
    holders = "\n\n".join(f"@ {name}: accept (a)" for name in ("Gates", "the uniformed military", "Rice"))
    scene = scene_of(f"(a) We ought to leave soon.\n\n{holders}")
    rows = [words(line) for line in parts(scene, PartKind.STATEMENT)["statement-a"].lines if line.size < 10]
    assert len(rows) == 2
    assert rows[-1] != "Rice"
