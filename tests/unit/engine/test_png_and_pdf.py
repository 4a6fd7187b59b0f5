"""PNG and PDF: every script shown, text found again, links and tags kept, the same bytes every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from pypdf import PdfReader

import argmap
from argmap import fonts
from argmap.drawing.options import Options
from argmap.drawing.printing import print_out, scale_on, ways_to_hold
from argmap.drawing.scene import Outline, Part, PartKind, Scene, Segment, TextLine, TextRun
from argmap.engine.painter import MAX_PIXELS, bounds_of, missing_characters, to_pdf, to_png
from argmap.errors import ConfigError, EngineError, EngineMissingError
from argmap.rendering import draw, lay_out
from typeset import out_of_their_boxes, widths

SCRIPTS = {
    "latin": "Washington has to find a way to negotiate, naïvely or not",
    "cyrillic": "Москва должна найти способ вести переговоры о выводе войск",
    "greek": "Όλοι οι άνθρωποι είναι θνητοί και ο Σωκράτης είναι άνθρωπος",
    "arabic": "على واشنطن أن تجد طريقا للتفاوض على انسحاب كبير للقوات",
    "hebrew": "וושינגטון חייבת למצוא דרך לנהל משא ומתן על נסיגה",
    "devanagari": "वाशिंगटन को सैनिकों की वापसी पर बातचीत का रास्ता खोजना होगा",
    "thai": "วอชิงตันต้องหาทางเจรจาถอนทหารออกจากอิรักภายในต้นปี",
    "chinese": "华盛顿必须找到办法就从伊拉克大量撤军进行谈判",
    "japanese": "ワシントンはイラクからの大幅な撤退を交渉する方法を見つけなければならない",
    "korean": "워싱턴은 이라크에서 상당한 규모의 철군을 협상할 방법을 찾아야 한다",
    "vietnamese": "Washington phải tìm cách thương lượng một cuộc rút quân đáng kể e\u0301o\u0308n\u0303",
    "emoji": "😀 🚀 👍 ❤️ 🔥 👩‍🚀 🇬🇧 and then some words after them",
}


def scene_of(text: str) -> Scene:
    return lay_out(argmap.parse(text))[0]


@pytest.fixture(scope="module")
def every_script() -> Scene:
    lines = [f"({name}) {text}." for name, text in SCRIPTS.items()]
    return scene_of(lines[0] + "\n" + "".join(f"    + {line}\n" for line in lines[1:]))


def square(left: float, top: float, side: float, **look: Any) -> Outline:
    corners = [(left, top), (left + side, top), (left + side, top + side), (left, top + side)]
    segments = [Segment("M" if index == 0 else "L", (corner,)) for index, corner in enumerate(corners)]
    return Outline(segments=(*segments, Segment("Z")), **look)


def line(*runs: TextRun | str, x: float = 10, y: float = 20, **more: Any) -> TextLine:
    made = tuple(TextRun(run, "#000000") if isinstance(run, str) else run for run in runs)
    width = 6.0 * sum(len(run.text) for run in made)
    return TextLine(x=x, y=y, size=11, runs=made, width=width, **more)


def small(*lines: TextLine, **more: Any) -> Scene:
    part = Part(id="a", kind=PartKind.STATEMENT, lines=lines, outlines=(square(2, 2, 90, stroke="#000000"),))
    return Scene(**{"width": 100, "height": 100, "parts": (part,), **more})


def pixels(png: bytes) -> tuple[int, int, list[list[tuple[int, ...]]]]:
    """A PNG of 8 bits a channel, read: width, height, rows of pixels."""
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    channels = {2: 3, 6: 4}[png[25]]
    data, place = b"", 8
    while place < len(png):
        size = int.from_bytes(png[place : place + 4], "big")
        if png[place + 4 : place + 8] == b"IDAT":
            data += png[place + 8 : place + 8 + size]
        place += size + 12
    raw, stride = zlib.decompress(data), width * channels
    rows, before = [], bytes(stride)
    for start in range(0, len(raw), stride + 1):
        row = bytearray(raw[start + 1 : start + 1 + stride])
        for at in range(stride):
            left = row[at - channels] if at >= channels else 0
            corner = before[at - channels] if at >= channels else 0
            guess = left + before[at] - corner
            paeth = min((left, before[at], corner), key=lambda each: abs(guess - each))
            row[at] = (row[at] + (0, left, before[at], (left + before[at]) // 2, paeth)[raw[start]]) & 255
        rows.append([tuple(row[at : at + 3]) for at in range(0, stride, channels)])
        before = bytes(row)
    return width, height, rows


def structure(pdf: PdfReader) -> Iterator[tuple[str, str | None]]:
    """The tags of a PDF in reading order, each with its alternative text."""
    root: Any = pdf.trailer["/Root"]
    pending = [root["/StructTreeRoot"]["/K"]]
    while pending:
        item = pending.pop()
        item = item.get_object() if hasattr(item, "get_object") else item
        if isinstance(item, list):
            pending.extend(reversed(item))
        elif isinstance(item, dict):
            if "/S" in item:
                yield str(item["/S"]), item.get("/Alt")
            if "/K" in item:
                pending.append(item["/K"])


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


@pytest.mark.parametrize("script", SCRIPTS)
def test_bundled_fonts_have_twelve_scripts(script: str) -> None:
    assert missing_characters(small(line(SCRIPTS[script]))) == set()


def test_signs_are_in_the_bundled_fonts() -> None:
    assert all(map(fonts.in_any_font, "✓?✗✕⇒∴~−+“”‘’«»…·—"))


def test_what_is_taken_as_known_is_in_the_fonts() -> None:
    text_font, *others = (fonts._code_points(name) for name in (fonts._TEXT_FONT, *fonts._FALLBACKS))
    assert all(code in text_font for code in range(0x3000) if fonts._LATIN.match(chr(code)))
    assert all(any(ord(sign) in font for font in others) and ord(sign) not in text_font for sign in fonts._SIGNS)


def test_a_picture_of_latin_text_does_not_load_harfbuzz() -> None:
    code = "import argmap, sys; argmap.render(argmap.parse('(a) Ä – ß.\\n- (b) B'), 'png', partial=True)"
    subprocess.run([sys.executable, "-c", f"{code}; assert 'uharfbuzz' not in sys.modules"], check=True)


def test_a_character_is_found_where_the_fonts_have_it() -> None:
    assert all(map(fonts.in_text_font, "aÄЖΩא€"))
    assert not any(map(fonts.in_text_font, "中م😀ก"))
    assert all(map(fonts.in_any_font, "中م😀กक\u200d\ufe0f"))
    assert not any(map(fonts.in_any_font, "\U000f0000\ue123\U0010ffff"))


def test_text_of_twelve_scripts_stays_in_its_box(every_script: Scene) -> None:
    assert out_of_their_boxes(every_script) == []


def test_nothing_is_painted_outside_of_a_box(every_script: Scene) -> None:
    boxes = [part for part in every_script.parts if part.kind is PartKind.STATEMENT]
    _, _, rows = pixels(to_png(evolve(every_script, parts=tuple(boxes)), 72))
    for part in boxes:
        xs = [x for outline in part.outlines for segment in outline.segments for x, _ in segment.points]
        ys = [y for outline in part.outlines for segment in outline.segments for _, y in segment.points]
        for y in range(round(min(ys)), round(max(ys))):
            assert {rows[y][round(min(xs)) - 3], rows[y][round(max(xs)) + 3]} == {(255, 255, 255)}


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
@pytest.mark.parametrize("right_to_left", [False, True])
def test_text_stands_at_its_anchor(anchor: str, right_to_left: bool) -> None:
    word = "שלום" if right_to_left else "hello"
    scene = small(width=200, height=40)
    part = Part(
        id="a",
        kind=PartKind.STATEMENT,
        lines=(line(word, x=100, y=25, anchor=anchor, is_right_to_left=right_to_left),),
    )
    _, _, rows = pixels(to_png(evolve(scene, parts=(part,)), 72))
    inked = [x for row in rows for x, pixel in enumerate(row) if sum(pixel) < 500]
    (wide,) = widths(part.lines)
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    left = 100 - wide * (1 - share if right_to_left else share)
    assert min(inked) == pytest.approx(left, abs=2)
    assert max(inked) == pytest.approx(left + wide, abs=2)
    high = [y for y, row in enumerate(rows) if any(sum(pixel) < 500 for pixel in row)]
    assert max(high) in (24, 25)


def test_a_character_without_a_font_becomes_a_box_and_is_reported() -> None:
    made = draw(argmap.parse("(a) \U000f0000 is nobody's."), "png")
    assert any("U+F0000" in notice.message for notice in made.notices)
    scene = small(line("x\U000f0000y"))
    assert missing_characters(scene) == {"\U000f0000"}
    assert to_png(scene) != to_png(small(line("xy")))
    assert "".join(read(to_pdf(scene)).pages[0].extract_text().split()) == "xF0000y"


def test_bold_and_italic_show_in_every_script() -> None:
    for word in ("中文", "سلام", "कख", "word"):
        looks = {
            to_png(small(line(TextRun(word, "#000000", bold=b, italic=i))))
            for b in (False, True)
            for i in (False, True)
        }
        assert len(looks) == 4, word


def test_the_space_after_an_emoji_is_a_space() -> None:
    scene = Scene(width=100, height=30, parts=(Part(id="a", kind=PartKind.STATEMENT, lines=(line("❤\ufe0f x"),)),))
    _, _, rows = pixels(to_png(scene, 72))
    inked = [x for x in range(100) if any(sum(rows[y][x]) < 500 for y in range(30))]
    assert max(right - left for left, right in pairwise(inked)) < 9


def test_png_has_the_natural_size_at_its_resolution(every_script: Scene) -> None:
    for dpi in (36, 96):
        data = to_png(every_script, dpi)
        assert int.from_bytes(data[16:20], "big") == pytest.approx(every_script.width * dpi / 72, abs=1)
        assert b"pHYs" in data[:100]


def test_png_too_large_is_refused_with_the_way_out() -> None:
    with pytest.raises(EngineError, match=r"--dpi \d+ fits.*--overview.*--page"):
        to_png(small(width=62640, height=4000))
    assert MAX_PIXELS * 4 < 2**29


def test_a_scene_with_too_much_in_it_is_not_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argmap.engine.painter.MAX_PICTURE", 100)
    for paint in (to_pdf, to_png):
        with pytest.raises(EngineError, match=r"times too large.*--overview.*SVG"):
            paint(small())


@pytest.mark.parametrize("dpi", [0.5, 5000])
def test_impossible_resolution_is_refused(dpi: float) -> None:
    with pytest.raises(EngineError, match="between 1 and 4800"):
        to_png(small(), dpi)


def test_shapes_are_painted_as_the_scene_has_them() -> None:
    red = square(10, 10, 30, fill="#ff0000")
    dashed = square(50, 50, 40, stroke="#0000ff", width=4, dashes=(8, 8))
    part = Part(id="a", kind=PartKind.STEP, outlines=(red, dashed))
    _, _, rows = pixels(to_png(Scene(width=100, height=100, parts=(part,), background="#00ff00"), 72))
    assert rows[25][25] == (255, 0, 0)
    assert rows[70][70] == rows[0][0] == rows[99][99] == (0, 255, 0)
    top = [rows[50][x] for x in range(52, 88)]
    assert (0, 0, 255) in top
    assert (0, 255, 0) in top


def test_struck_words_are_struck() -> None:
    plain, struck = (small(line(TextRun("It falls.", "#000000", struck=struck))) for struck in (False, True))
    assert to_png(plain) != to_png(struck)
    assert to_pdf(plain) != to_pdf(struck)


def test_pdf_text_is_found_again_and_fonts_are_embedded(every_script: Scene) -> None:
    pdf = read(to_pdf(evolve(every_script, author="Ἀριστοτέλης")))
    words = "".join(pdf.pages[0].extract_text().split())
    for word in ("Washington", "переговоры", "άνθρωποι", "谈判", "ワシントン", "워싱턴은", "ต้องหา", "🚀"):
        assert word in words
    resources: Any = pdf.pages[0]["/Resources"]
    for font in resources["/Font"].values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(inner)
        assert "+" in inner["/FontName"]
    assert pdf.metadata is not None
    assert pdf.metadata.author == "Ἀριστοτέλης"


def test_pdf_says_what_it_is_and_not_when_it_was_made() -> None:
    scene = small(line("x"), title="What <follows> #from it", description="A map.", author="A. B.", lang="de-CH")
    pdf = read(to_pdf(scene))
    assert pdf.metadata is not None
    assert pdf.metadata.title == "What <follows> #from it"
    assert pdf.metadata.subject == "A map."
    assert pdf.metadata.author == "A. B."
    assert pdf.metadata.creation_date is None
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("lang", [None, "", "x", "klingon", "1", "zh-Hans-CN", "grc"])
def test_any_language_tag_gives_a_pdf(lang: str | None) -> None:
    assert to_pdf(small(line("x"), lang=lang))


def test_no_text_is_typst_source() -> None:
    text = '#panic("x") $1$ *b* _i_ `r` \\ @a <b> = // "quoted"'
    pdf = read(to_pdf(small(line(text, y=30), title=text, description=text, author=text)))
    assert pdf.pages[0].extract_text().strip() == text


def test_pdf_is_tagged_and_signs_are_read_out_as_what_they_mean() -> None:
    pdf = read(to_pdf(scene_of("title: T\n\n# Part\n\n(a) One.\n    + (b) Two.\n    - (c) Three.\n")))
    tags = list(structure(pdf))
    assert [alt for tag, alt in tags if tag == "/Figure"] == [
        alt for alt in (alt for _, alt in tags) if alt is not None
    ]
    read_out = " ".join(alt for _, alt in tags if alt)
    assert "reason (b) for (a)" in read_out
    assert "objection (c) to (a)" in read_out
    assert [tag for tag, _ in tags].count("/H1") == 1
    assert [tag for tag, _ in tags].count("/H2") == 1
    assert [tag for tag, _ in tags].count("/P") >= 3
    metadata: Any = pdf.trailer["/Root"]
    assert b"pdfuaid:part" in metadata["/Metadata"].get_data()


def test_pdf_has_bookmarks_for_sections_and_statements() -> None:
    pdf = read(to_pdf(scene_of("(z) Alone.\n\n# Part\n\n(a) One.\n    + (b) Two.\n")))
    part, inside, alone = pdf.outline
    assert part.title == "Part"  # type: ignore[union-attr]
    assert [each.title for each in inside] == ["(a) One.", "(b) Two."]  # type: ignore[union-attr]
    assert alone.title == "(z) Alone."  # type: ignore[union-attr]


def test_pdf_page_fits_the_picture(every_script: Scene) -> None:
    page = read(to_pdf(every_script)).pages[0].mediabox
    assert (float(page.width), float(page.height)) == pytest.approx((every_script.width, every_script.height), abs=0.01)


def test_pdf_page_is_never_larger_than_readers_allow() -> None:
    page = read(to_pdf(small(line("x"), width=30_000, height=1000))).pages[0].mediabox
    assert (float(page.width), float(page.height)) == pytest.approx((14_400, 480))


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/x?y=1", "https://example.org/x?y=1"),
        ("https://example.org/ä%20b", "https://example.org/%C3%A4%20b"),
    ],
)
def test_links_are_kept(url: str, kept: str) -> None:
    pdf = read(to_pdf(scene_of(f"(a) All is well. {{url: {url}}}\n")))
    annotations: Any = pdf.pages[0]["/Annots"]
    annotation = annotations[0].get_object()
    assert annotation["/A"]["/URI"] == kept
    left, bottom, right, top = (float(number) for number in annotation["/Rect"])
    assert right - left > 50
    assert top - bottom > 20


PARTS = "(end) The claim of all parts.\n" + "".join(
    f"\n# Part {number}\n\n(t{number}) The claim of part {number} is put here in some words.\n"
    + "".join(
        f"    + (r{number}{reason}) A reason that takes a good many words to be given.\n"
        f"        + (s{number}{reason}) And what it rests on, given in as many words again.\n"
        for reason in range(9)
    )
    for number in range(6)
)


@pytest.mark.parametrize("script", ["arabic", "devanagari", "thai", "hebrew", "cyrillic", "greek", "chinese"])
def test_boxes_are_as_wide_as_their_shaped_text(script: str) -> None:
    pytest.importorskip("uharfbuzz")
    scene = scene_of(SCRIPTS[script])
    lines = [line for part in scene.parts if part.kind is PartKind.STATEMENT for line in part.lines]
    for line, wide in zip(lines, widths(lines), strict=True):
        assert 0.99 <= line.width / wide <= 1.06, script
    box = next(part for part in scene.parts if part.kind is PartKind.STATEMENT)
    left, _, right, _ = bounds_of(box)
    assert max(line.width for line in lines) >= 0.75 * (right - left)


DEEP = "(a) A claim.\n" + "".join(
    f"    + (r{one}) A reason that takes a good many words to be given here, and then some more.\n"
    + "".join(f"        - (s{one}{two}) What is said against it, in a few words.\n" for two in range(8))
    for one in range(12)
)
CHAIN = "".join(f"{'    ' * depth}{'+ ' * (depth > 0)}(c{depth}) A link.\n" for depth in range(90))
FAN = "A claim.\n" + "".join(f"    + (r{n}) One of many reasons, in a few words.\n" for n in range(150))


def printed(text: str, paper: str, **options: Any) -> list[Scene]:
    flow = lay_out(argmap.parse(text), layout="flow")[0] if options.get("layout") == "flow" else None
    return print_out(argmap.parse(text), Options(**options), paper, flow)


@pytest.mark.parametrize("paper", ["A4", "Letter", "A3", "16:9", "a5"])
@pytest.mark.parametrize("text", [PARTS, DEEP, CHAIN, FAN], ids=["parts", "deep", "chain", "fan"])
def test_on_paper_every_statement_is_whole_once_and_large_enough_to_read(text: str, paper: str) -> None:
    scenes = printed(text, paper)
    sheets = ways_to_hold(paper)
    assert min(max(scale_on(scene, sheet) for sheet in sheets) for scene in scenes) * 11 >= 7
    shown = [part.id for scene in scenes for part in scene.parts if part.kind is PartKind.STATEMENT]
    assert len(shown) == len(set(shown)) == len(argmap.parse(text).statements)
    for scene in scenes:
        for part in scene.parts:
            left, top, right, bottom = bounds_of(part)
            assert min(left, top, scene.width - right, scene.height - bottom) >= 0, part.id
    main = next(part for part in scenes[0].parts if part.kind is PartKind.STATEMENT)
    assert main.title == argmap.parse(text).statements[0].name


@pytest.mark.parametrize("text", [PARTS, DEEP, CHAIN, FAN], ids=["parts", "deep", "chain", "fan"])
def test_a_cut_names_the_page_at_both_ends_and_links_there(text: str) -> None:
    scenes = printed(text, "A4")
    assert len(scenes) > 1
    pages = {part.id: page for page, scene in enumerate(scenes, 1) for part in scene.parts}
    parts = [part for scene in scenes for part in scene.parts]
    ends = [part for part in parts if re.search(r"[,→] p\. \d+$", words_of(part))]
    for end in ends:
        assert end.target is not None
        assert pages[end.target] == int(words_of(end).rpartition("p. ")[2])
        assert words_of(end)[0] in "→▲"
    forth = [end for end in ends if (end.target or "").startswith("continued")]
    back = [end for end in ends if end.id.startswith("continued")]
    assert len(forth) == len(back) >= (text is not PARTS)


def words_of(part: Part) -> str:
    return " ".join("".join(run.text for run in line.runs).strip() for line in part.lines)


def test_several_sections_share_a_sheet_and_are_named_on_each() -> None:
    scenes = printed(PARTS, "A4")
    assert 1 < len(scenes) < 6
    titles = [words_of(part) for scene in scenes for part in scene.parts if part.kind is PartKind.TITLE]
    assert list(dict.fromkeys(titles)) == [f"Part {number}" for number in range(6)]


def test_sheets_are_numbered_bookmarked_and_of_the_papers_size() -> None:
    pdf = read(draw(argmap.parse(PARTS), "pdf", page="A4").data)
    for number, page in enumerate(pdf.pages, 1):
        assert sorted((round(float(page.mediabox.width)), round(float(page.mediabox.height)))) == [595, 842]
        assert f"{number} of {len(pdf.pages)}" in page.extract_text()
    titles = [each.title for each in pdf.outline if not isinstance(each, list)]
    assert [title for title in titles if title.startswith("Part")] == [f"Part {number}" for number in range(6)]


def test_a_debate_of_thirteen_statements_is_one_sheet() -> None:
    text = "(a) The motion of the debate.\n" + "".join(
        f"    {sign} (r{n}) Something that is said in the debate, in about as many words as usual.\n"
        f"        {other} (s{n}) A reply to it, in some more words.\n"
        for n, (sign, other) in enumerate(("+-", "-+") * 3)
    )
    for paper in ("A4", "Letter", "A3", "16:9"):
        assert len(read(draw(argmap.parse(text), "pdf", page=paper).data).pages) == 1


def test_small_map_needs_one_sheet_and_is_not_enlarged() -> None:
    (scene,) = printed("(a) Short.", "letter")
    assert max(scale_on(scene, way) for way in ways_to_hold("letter")) == 1


def test_a_flow_that_would_be_too_small_is_printed_as_hanging_trees_with_a_note() -> None:
    made = draw(argmap.parse(FAN), "pdf", page="A4", layout="flow")
    assert [notice.code for notice in made.notices] == ["AM391"]
    assert len(read(made.data).pages) == len(printed(FAN, "A4"))
    assert not draw(argmap.parse("(a) One.\n    + (b) Two."), "pdf", page="A4", layout="flow").notices


def test_a_print_says_that_premises_are_folded(tmp_path: Path) -> None:
    file = tmp_path / "imported.argdown"
    file.write_text(
        "\n".join(f"<Argument {n}>\n\n(1) One {n}.\n(2) Two {n}.\n----\n(3) Three {n}.\n" for n in range(12))
    )
    for options in ({}, {"page": "A4"}):
        notices = draw(argmap.load(file), "pdf", **options).notices
        assert [notice.code for notice in notices] == ["AM392"]


def test_unknown_paper_is_named() -> None:
    with pytest.raises(ConfigError, match="A4"):
        to_pdf(small(), paper="B7")


def test_a_script_without_a_font_is_named_once_with_what_to_install() -> None:
    map = argmap.parse("(a) བོད་སྐད། and বাংলা ভাষা and བོད.\n")
    (notice,) = draw(map, "pdf").notices
    assert notice.message.count("Tibetan") == notice.message.count("Bengali") == 1
    assert "U+" not in notice.message
    assert "Noto Sans Bengali, Noto Sans Tibetan" in (notice.hint or "")
    assert not draw(map, "svg").notices


def test_without_typst_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    for paint in (to_pdf, to_png):
        with pytest.raises(EngineMissingError, match="pip install typst"):
            paint(small())
    assert draw(argmap.parse("(a) One."), "svg").data


PROGRAM = """
import hashlib, sys, argmap
from argmap.rendering import draw
map = argmap.parse(sys.stdin.buffer.read().decode())
for format in ("svg", "png", "pdf"):
    print(hashlib.sha256(draw(map, format).data).hexdigest())
"""


def test_same_bytes_whatever_the_hash_seed() -> None:
    source = "\n".join(f"({name}) {text}." for name, text in SCRIPTS.items()).encode()
    prints = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            input=source,
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(prints) == 1
