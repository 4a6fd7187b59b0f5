"""The SVG and the HTML figure: valid, described, linked, selectable, and safe whatever the author wrote."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import argmap
from argmap.drawing.graph import statement_ids
from argmap.drawing.scene import Outline, Part, PartKind, Scene, TextLine, TextRun, rectangle, safe_link
from argmap.drawing.svg import figure, svg_element, to_svg

SVG = "{http://www.w3.org/2000/svg}"


def scene(text: str = "(a) All is well.", url: str | None = None, title: str = "T", description: str = "D.") -> Scene:
    runs = (TextRun("(a) ", "#334155", bold=True), TextRun(text, "#000000"))
    return Scene(
        width=200,
        height=100.5,
        title=title,
        description=description,
        lang="en",
        parts=(
            Part(id="line-1", kind=PartKind.EDGE),
            Part(
                id="s-a",
                kind=PartKind.STATEMENT,
                outlines=(Outline(segments=rectangle(10, 10, 180, 40), fill="#ffffff", stroke="#000000"),),
                lines=(TextLine(x=18, y=30, size=11, runs=runs, width=90),),
                title="(a)",
                text=text,
                url=url,
            ),
        ),
    )


def drawn(**said: str | None) -> ElementTree.Element:
    return ElementTree.fromstring(to_svg(scene(**said)))  # type: ignore[arg-type]


def test_picture_has_a_role_and_is_labelled_by_its_title_and_description() -> None:
    root = drawn()
    labels = [root.find(f".//*[@id='{name}']") for name in root.attrib["aria-labelledby"].split()]
    assert root.attrib["role"] == "group"
    assert [each is not None and each.text for each in labels] == ["T", "D."]
    assert root.attrib["lang"] == "en"
    assert root[0].tag == f"{SVG}title"


def test_natural_size_is_in_pixels_of_css_since_some_viewers_know_no_points() -> None:
    root = drawn()
    assert (root.attrib["width"], root.attrib["height"]) == ("266.67", "134")
    assert root.attrib["viewBox"] == "0 0 200 100.5"


def test_each_part_is_a_group_with_its_id_kind_and_whole_text() -> None:
    groups = drawn(text="All is well.\n“So it is” (p. 3)").findall(f"{SVG}g/{SVG}g")
    assert [(group.attrib["id"], group.attrib["class"]) for group in groups] == [
        ("line-1", "edge"),
        ("s-a", "statement"),
    ]
    assert groups[0].attrib["aria-hidden"] == "true"
    assert groups[1].findtext(f"{SVG}title") == "All is well.\n“So it is” (p. 3)"


def test_a_space_stands_behind_a_run_and_not_at_its_end_where_librsvg_drops_it() -> None:
    svg = svg_element(scene("All is well."))
    assert "(a)</tspan> All is well.</text>" in svg
    assert 'xml:space="preserve"' in svg  # LibreOffice and Inkscape drop it otherwise
    assert "textLength" not in svg  # resvg sets several runs outside their box when their length is given


def test_a_screen_reader_goes_through_every_titled_part() -> None:
    groups = drawn(text="All is well.").findall(f"{SVG}g/{SVG}g")
    assert [group.get("role") for group in groups] == [None, "img"]
    assert [group.get("aria-hidden") for group in groups] == ["true", None]
    linked = drawn(url="https://example.org/").findall(f"{SVG}g/{SVG}g")[1]
    assert linked.get("role") == "group"  # the children of an img are never reached, links neither


SIGNED = """\
(a) A claim.
    + (b) A reason.
    & (c) Another with it.
    - (d) An objection.
    ~ (e) Something granted.
    => (f) A corollary.
    >< (g) Something else.
    ------ modus ponens
    (h) A premise.

@ Ann: accept (a), (b); reject (c); doubt (d)
"""


@pytest.mark.parametrize("layout", ["flow", "hanging"])
def test_argmaps_own_signs_are_paths_and_the_authors_are_text(layout: str) -> None:
    map = argmap.parse(SIGNED.replace("A premise.", "⇒✓▲"))
    root = ElementTree.fromstring(argmap.render(map, "svg", layout=layout, partial=True))
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    signs = [text for text in texts if re.search("[⇒∴✓✕▸▲→]", text)]
    assert signs == ["(h) ⇒✓▲"]
    assert "Ann" in texts
    assert len(root.findall(f".//{SVG}path[@class='sign']")) >= 12


def test_the_sign_of_a_line_from_right_to_left_is_at_its_right_and_inside_the_box() -> None:
    map = argmap.parse("(باص) يجب أن تكون الحافلات مجانية.\n\n@ أحمد: accept (باص)\n")
    svg = argmap.render(map, "svg", layout="flow", legend=False).decode()
    box = svg[svg.index('class="statement"') :]
    frame, *signs = re.findall(r'<path[^>]* d="([^"]+)"', box)
    xs = [[float(x) for x in re.findall(r"(-?[\d.]+),", path)] for path in (frame, signs[0])]
    name = re.search(r'x="([\d.]+)"[^>]*>أحمد<', box)
    assert name is not None
    assert float(name[1]) < min(xs[1])
    assert max(xs[1]) < max(xs[0])


def test_text_from_right_to_left_is_placed_by_its_middle_without_a_length() -> None:
    runs = (TextRun("سلام", "#000000"),)
    line = TextLine(x=100, y=30, size=11, runs=runs, width=40, is_right_to_left=True)
    (text,) = ElementTree.fromstring(
        to_svg(Scene(width=200, height=50, parts=(Part(id="a", kind=PartKind.STATEMENT, lines=(line,)),)))
    ).iter(f"{SVG}text")
    assert (text.get("x"), text.get("text-anchor"), text.get("textLength")) == ("80", "middle", None)


def test_runs_of_a_line_are_one_text_so_that_any_font_fits_behind_any_other() -> None:
    texts = drawn(text="All is well.").findall(f".//{SVG}text")
    assert ["".join(text.itertext()) for text in texts] == ["(a) All is well."]


@pytest.mark.parametrize("url", ["https://example.org/?a=1&b=2", "mailto:a@example.org"])
def test_addresses_become_links(url: str) -> None:
    link = drawn(url=url).find(f".//{SVG}a")
    assert link is not None
    assert link.attrib["href"] == url


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.org", "https://a b", "", "http:x"],
)
def test_other_addresses_are_dropped(url: str) -> None:
    assert safe_link(url) is None
    assert drawn(url=url).find(f".//{SVG}a") is None


def test_links_within_a_page_make_a_group_of_the_picture() -> None:
    root = ElementTree.fromstring(svg_element(scene(), "m-", {"s-a": "#s1"}))
    link = root.find(f".//{SVG}a")
    assert root.attrib["role"] == "group"
    assert link is not None
    assert link.attrib["href"] == "#s1"
    assert link.attrib["aria-label"]


def ids(markup: str) -> list[str]:
    return re.findall(r'\sid="([^"]*)"', markup)


def test_figures_on_one_page_share_no_id() -> None:
    one, other = (figure(scene(text=text)) for text in ("One.", "Other."))
    assert ids(one)
    assert not set(ids(one)) & set(ids(other))
    assert figure(scene(text="One.")) == one
    assert all(name.startswith("mine-") for name in ids(figure(scene(), "mine-")))


def test_a_figure_can_stand_in_any_page() -> None:
    markup = figure(scene(title="<b>T</b>"))
    assert markup.startswith("<figure")
    assert "<figcaption>&lt;b&gt;T&lt;/b&gt;</figcaption>" in markup
    for word in ("<?xml", "<!", "<script", "<style", "<link"):
        assert word not in markup
    assert ElementTree.fromstring(markup).tag == "figure"


def test_a_map_is_drawn_as_a_figure() -> None:
    data = argmap.render(argmap.parse("title: T\n\n(a) One.\n    + (b) Two.\n"), "html", id_prefix="p-")
    assert b'id="p-statement-a"' in data
    assert b"<figcaption>T</figcaption>" in data


# Lone surrogates and the characters that XML forbids too.
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=40)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANYTHING, ANYTHING, ANYTHING, ANYTHING)
def test_any_text_gives_valid_xml(title: str, text: str, url: str, description: str) -> None:
    made = scene(title=title, text=text, url=url, description=description)
    for markup in (to_svg(made).decode(), figure(made)):
        assert "]]>" not in markup
        for node in ElementTree.fromstring(markup.encode()).iter():
            assert node.tag.removeprefix(SVG) not in ("image", "script", "style", "foreignObject", "use")


@given(st.lists(ANYTHING, unique=True))
def test_ids_are_names_that_css_and_links_can_speak_of(labels: list[str]) -> None:
    names = list(statement_ids(labels).values())
    assert len(set(names)) == len(labels)
    for name in names:
        assert name.startswith(("statement-", "unlabelled-"))
        assert not set(name) & set(" \t\n\"'<>&#:;,/\\")
