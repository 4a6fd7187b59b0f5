"""PNG and PDF: every script shown, text found again, links and fonts kept, the same bytes every time."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO

import pytest
from pypdf import PdfReader

import argmap
from argmap.drawing.faces import Faces
from argmap.drawing.pdf import to_pdf
from argmap.drawing.picture import read_text
from argmap.drawing.png import MAX_PIXELS, set_in_outlines, to_png
from argmap.drawing.svg_tree import Node, read
from argmap.drawing.typesetting import Span, set_line
from argmap.errors import ConfigError, EngineError
from argmap.rendering import draw

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


def svg_of(text: str) -> str:
    return draw(argmap.parse(text), "svg").data.decode()


@pytest.fixture(scope="module")
def every_script() -> str:
    lines = [f"({name}) {text}." for name, text in SCRIPTS.items()]
    return svg_of(lines[0] + "\n" + "".join(f"    + {line}\n" for line in lines[1:]))


@pytest.mark.parametrize("script", SCRIPTS)
def test_bundled_fonts_have_twelve_scripts(script: str) -> None:
    faces = Faces()
    for bold in (False, True):
        assert set_line([Span(SCRIPTS[script], 11, bold=bold)], faces).boxes == ()
    assert not faces.missing


def test_signs_are_in_the_bundled_fonts() -> None:
    assert set_line([Span("✓?✗✕⇒∴~−+“”‘’«»…·—", 11)], Faces()).boxes == ()


def _boxes(root: Node) -> list[tuple[Node, list[Node]]]:
    groups = [node for node in root.walk() if node.attributes.get("class") == "statement"]
    return [(group, [node for node in group.walk() if node.tag == "text"]) for group in groups]


def test_text_of_twelve_scripts_stays_in_its_box(every_script: str) -> None:
    import re

    faces = Faces()
    groups = _boxes(read(every_script))
    assert len(groups) == len(SCRIPTS)
    for group, texts in groups:
        points = " ".join(
            node.attributes.get("points") or node.attributes.get("d", "") for node in group.walk()
        )
        xs = [float(x) for x in re.findall(r"(-?[\d.]+),-?[\d.]+", points)]
        for text in texts:
            line, left = read_text(text).line(faces)
            assert left >= min(xs) + 1, line.text
            assert left + line.width <= max(xs) - 1, line.text


def test_character_without_a_font_becomes_a_box_and_is_told_of() -> None:
    made = draw(argmap.parse("(a) \U000f0000 is nobody's."), "png")
    assert any("U+F0000" in notice.message for notice in made.notices)
    line = set_line([Span("x\U000f0000y", 11)], Faces())
    assert [box.character for box in line.boxes] == ["\U000f0000"]
    assert line.width > set_line([Span("xy", 11)], Faces()).width


def test_png_has_the_natural_size_at_its_resolution(every_script: str) -> None:
    root = read(every_script)
    for dpi in (36, 96):
        data = to_png(every_script, dpi)
        width = int.from_bytes(data[16:20], "big")
        assert width == pytest.approx(root.number("width") * dpi / 72, abs=1)
        assert b"pHYs" in data[:100]


def test_png_too_large_is_refused_with_the_way_out() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="62640pt" height="4000pt" viewBox="0 0 62640 4000"/>'
    with pytest.raises(EngineError, match=r"--dpi \d+ would do.*--overview.*--page"):
        to_png(svg)
    assert MAX_PIXELS * 4 < 2**29


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


def test_pdf_text_is_found_again_and_fonts_are_embedded(every_script: str) -> None:
    pdf = PdfReader(BytesIO(to_pdf(every_script, author="Ἀριστοτέλης")))
    words = "".join(pdf.pages[0].extract_text().split())
    for word in ("Washington", "переговоры", "άνθρωποι", "谈判", "ワシントン", "워싱턴은", "ต้องหา", "🚀"):
        assert word in words
    fonts = pdf.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    for font in fonts.values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile2" in inner
        assert "+" in inner["/FontName"]
    assert pdf.metadata is not None
    assert pdf.metadata.author == "Ἀριστοτέλης"


def test_pdf_page_fits_the_picture(every_script: str) -> None:
    root = read(every_script)
    page = PdfReader(BytesIO(to_pdf(every_script))).pages[0].mediabox
    assert (float(page.width), float(page.height)) == pytest.approx(
        (root.number("width"), root.number("height"))
    )


def test_links_are_kept() -> None:
    svg = svg_of("(a) All is well. {url: https://example.org/x?y=1}\n")
    annotation = PdfReader(BytesIO(to_pdf(svg))).pages[0]["/Annots"][0].get_object()  # type: ignore[index]
    assert annotation["/A"]["/URI"] == "https://example.org/x?y=1"


def test_paper_has_an_overview_then_every_section_and_every_statement() -> None:
    parts = []
    for number in range(3):
        parts.append(
            f"\n# Part {number}\n\n(t{number}) The claim of part {number} is put here in some words.\n"
        )
        for reason in range(9):
            parts.append(f"    + (r{number}{reason}) A reason that takes a good many words to be told.\n")
            parts.append(
                f"        + (s{number}{reason}) And what it rests on, told in as many words again.\n"
            )
    svg = svg_of("".join(parts))
    pdf = PdfReader(BytesIO(to_pdf(svg, page="A4")))
    titles = [each.title for each in pdf.outline]  # type: ignore[union-attr]
    assert titles[0] == "Overview"
    assert [title for title in titles if title.startswith("Part")] == ["Part 0", "Part 1", "Part 2"]
    later = " ".join(page.extract_text() for page in pdf.pages[1:])
    for number in range(3):
        for reason in range(9):
            assert f"(r{number}{reason})" in later
            assert f"(s{number}{reason})" in later
    for page in pdf.pages:
        assert sorted((round(float(page.mediabox.width)), round(float(page.mediabox.height)))) == [595, 842]


def test_small_map_needs_one_sheet_and_is_not_enlarged() -> None:
    assert len(PdfReader(BytesIO(to_pdf(svg_of("(a) Short."), page="letter"))).pages) == 1


def test_unknown_paper_is_named() -> None:
    with pytest.raises(ConfigError, match="A4"):
        to_pdf(svg_of("(a) x"), page="B7")


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
