"""Paintings as pages of a PDF file."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field, frozen

from argmap.drawing.faces import Face, Faces
from argmap.drawing.pdf.embedding import EmbeddedFont
from argmap.drawing.pdf.objects import Name, Objects, Ref, Value, number, text_string
from argmap.drawing.pdf.painting import Bounds, Outline, Painting, Words
from argmap.drawing.typesetting import BOLDEN, SLANT, Box, Glyph, Piece, Span, set_line

_FOOT_SIZE = 8.0
_FOOT_COLOUR = "#595959"
_MAX_SIDE = (
    14_400.0  # points: what readers allow for a page (ISO 32000-1, annex C.2) without a unit of its own
)


@frozen
class Page:
    """A page: its size, what part of the painting it shows, where and how large, and what stands at its foot.

    Attributes:
        window: The part of the painting that may be seen on it.
        x, y: Where the window's top left corner goes, from the page's top left corner.
        scale: How much the painting is enlarged.
        name: What the page is called among the bookmarks; empty for none.
    """

    width: float
    height: float
    window: Bounds
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    foot: str = ""
    name: str = ""


@define
class _Resources:
    """What the pages share: fonts and opacities, by the names that content streams use."""

    objects: Objects
    fonts: dict[Face, EmbeddedFont] = field(factory=dict)
    opacities: dict[tuple[float, float], str] = field(factory=dict)

    def font(self, face: Face) -> EmbeddedFont:
        if face not in self.fonts:
            self.fonts[face] = EmbeddedFont(face, f"F{len(self.fonts) + 1}", self.objects.reserve())
        return self.fonts[face]

    def opacity(self, fill: float, stroke: float) -> str:
        return self.opacities.setdefault((fill, stroke), f"G{len(self.opacities) + 1}")

    def dictionary(self) -> dict[str, Value]:
        return {
            "Font": {font.name: font.ref for font in self.fonts.values()},
            "ExtGState": {
                name: {"Type": Name("ExtGState"), "ca": fill, "CA": stroke}
                for (fill, stroke), name in self.opacities.items()
            },
        }


def write(painting: Painting, pages: list[Page], faces: Faces, author: str | None = None) -> bytes:
    """The PDF file that shows the painting on these pages."""
    objects = Objects()
    resources = _Resources(objects)
    catalog, tree, shared = objects.reserve(), objects.reserve(), objects.reserve()
    refs: list[Ref] = []
    for page in pages:
        content = "\n".join(_content(painting, page, resources, faces))
        unit = max(page.width, page.height) / _MAX_SIDE
        entries: dict[str, Value] = {
            "Type": Name("Page"),
            "Parent": tree,
            "MediaBox": [0, 0, page.width / max(unit, 1.0), page.height / max(unit, 1.0)],
            "Resources": shared,
        }
        if unit > 1:
            entries["UserUnit"] = unit
            content = f"{number(1 / unit)} 0 0 {number(1 / unit)} 0 0 cm\n{content}"
        entries["Contents"] = objects.stream(content.encode("ascii"))
        links = [objects.put(link) for link in _links(painting, page, max(unit, 1.0))]
        if links:
            entries["Annots"] = links
        refs.append(objects.put(entries))
    for font in resources.fonts.values():
        font.write(objects)
    objects.put(resources.dictionary(), shared)
    objects.put({"Type": Name("Pages"), "Kids": refs, "Count": len(refs)}, tree)
    root: dict[str, Value] = {
        "Type": Name("Catalog"),
        "Pages": tree,
        "ViewerPreferences": {"DisplayDocTitle": True},
    }
    if painting.lang:
        root["Lang"] = painting.lang
    named = [(page.name, ref) for page, ref in zip(pages, refs, strict=True) if page.name]
    if len(named) > 1:
        root |= {"Outlines": _bookmarks(named, objects), "PageMode": Name("UseOutlines")}
    objects.put(root, catalog)
    info: dict[str, Value] = {"Title": painting.title, "Producer": "argmap"}
    if painting.description:
        info["Subject"] = painting.description
    if author:
        info["Author"] = author
    return objects.file(catalog, objects.put(info))


def _bookmarks(named: list[tuple[str, Ref]], objects: Objects) -> Ref:
    top = objects.reserve()
    refs = [objects.reserve() for _ in named]
    for index, (name, page) in enumerate(named):
        entry: dict[str, Value] = {"Title": name, "Parent": top, "Dest": [page, Name("Fit")]}
        if index:
            entry["Prev"] = refs[index - 1]
        if index + 1 < len(named):
            entry["Next"] = refs[index + 1]
        objects.put(entry, refs[index])
    objects.put({"Type": Name("Outlines"), "First": refs[0], "Last": refs[-1], "Count": len(refs)}, top)
    return top


def _links(painting: Painting, page: Page, unit: float) -> Iterator[dict[str, Value]]:
    for area in painting.of_kind("link"):
        if not meets(area.bounds, page.window):
            continue
        left, top, right, bottom = _clipped(area.bounds, page.window)
        x0, x1 = (page.x + (x - page.window[0]) * page.scale for x in (left, right))
        y0, y1 = (page.height - page.y - (y - page.window[1]) * page.scale for y in (bottom, top))
        yield {
            "Type": Name("Annot"),
            "Subtype": Name("Link"),
            "Rect": [n / unit for n in (x0, y0, x1, y1)],
            "Border": [0, 0, 0],
            "A": {"Type": Name("Action"), "S": Name("URI"), "URI": _ascii_address(area.text)},
        }


def _ascii_address(url: str) -> bytes:
    from urllib.parse import quote

    return quote(url, safe="%/:?#[]@!$&'()*+,;=~-._").encode("ascii")


def meets(one: Bounds, other: Bounds) -> bool:
    """Whether two bounds have any part in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _clipped(one: Bounds, other: Bounds) -> Bounds:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _content(painting: Painting, page: Page, resources: _Resources, faces: Faces) -> Iterator[str]:
    x0, y0, x1, y1 = page.window
    yield "q"
    if page.scale != 1 or page.x or page.y or page.window != (0.0, 0.0, painting.width, painting.height):
        width, height = (x1 - x0) * page.scale, (y1 - y0) * page.scale
        corner = f"{number(page.x)} {number(page.height - page.y - height)}"
        yield f"{corner} {number(width)} {number(height)} re W n"
    # The painting's y runs down; flipping it in numbers rather than by a matrix keeps text upright.
    place = _Place(page.x - x0 * page.scale, page.height - page.y + y0 * page.scale, page.scale)
    for item in painting.items:
        if not meets(item.bounds, page.window):
            continue
        if isinstance(item, Outline):
            yield from _outline(item, place, resources)
        else:
            yield from _words(item, place, resources, faces)
    yield "Q"
    if page.foot:
        line = set_line([Span(page.foot, _FOOT_SIZE, colour=_FOOT_COLOUR)], faces)
        words = Words(line, max((page.width - line.width) / 2, 12.0), page.height - 16.0, 1.0, (0, 0, 0, 0))
        yield from _words(words, _Place(0.0, page.height, 1.0), resources, faces)


@frozen
class _Place:
    """Where points of the painting come to lie on the page, in PDF's coordinates (y upwards)."""

    x: float
    y: float
    scale: float

    def point(self, x: float, y: float) -> str:
        return f"{number(self.x + x * self.scale)} {number(self.y - y * self.scale)}"


def _rgb(colour: str) -> str:
    return " ".join(number(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))


def _outline(item: Outline, place: _Place, resources: _Resources) -> Iterator[str]:
    seen_through = item.fill_opacity < 1 or item.stroke_opacity < 1
    if seen_through:
        yield f"q /{resources.opacity(item.fill_opacity, item.stroke_opacity)} gs"
    if item.fill:
        yield f"{_rgb(item.fill)} rg"
    if item.stroke:
        dashes = " ".join(number(dash * place.scale) for dash in item.dashes)
        yield f"{_rgb(item.stroke)} RG {number(item.width * place.scale)} w [{dashes}] 0 d"
    operators = {"M": "m", "L": "l", "C": "c", "Z": "h"}
    yield " ".join(
        " ".join([*(place.point(x, y) for x, y in points), operators[command]])
        for command, points in item.segments
    )
    yield "B" if item.fill and item.stroke else "f" if item.fill else "S"
    if seen_through:
        yield "Q"


def _words(item: Words, place: _Place, resources: _Resources, faces: Faces) -> Iterator[str]:
    scale = item.scale * place.scale
    yield "BT"
    for piece in item.line.pieces:
        yield from _piece(piece, item, place, scale, resources, None)
    yield "ET"
    for piece in item.line.pieces:
        if piece.strike is not None:
            begin, end = piece.strike
            high, thick = piece.strike_height
            corner = place.point(item.x + begin * item.scale, item.y - (high - thick / 2) * item.scale)
            yield f"{_rgb(piece.colour)} rg {corner} {number((end - begin) * scale)} {number(thick * scale)} re f"
    for box in item.line.boxes:
        yield from _box(box, item, place, scale, resources, faces)


def _box(
    box: Box, item: Words, place: _Place, scale: float, resources: _Resources, faces: Faces
) -> Iterator[str]:
    x, low, width, height, edge = box.outline
    corner = place.point(item.x + x * item.scale, item.y - low * item.scale)
    yield f"{_rgb(box.colour)} RG {number(edge * scale)} w [] 0 d"
    yield f"{corner} {number(width * scale)} {number(height * scale)} re S"
    yield f"/Span <</ActualText {text_string(box.character)}>> BDC BT"
    for piece in box.digits(faces):
        yield from _piece(piece, item, place, scale, resources, "")
    yield "ET EMC"


def _piece(
    piece: Piece, item: Words, place: _Place, scale: float, resources: _Resources, told: str | None
) -> Iterator[str]:
    if not piece.glyphs:
        return
    font = resources.font(piece.face)
    faithful = font.add(piece)
    marked = told is None and not faithful
    if marked:
        yield f"/Span <</ActualText {text_string(piece.text)}>> BDC"
    yield f"{_rgb(piece.colour)} rg /{font.name} {number(piece.size * scale)} Tf"
    if piece.bolden:
        yield f"{_rgb(piece.colour)} RG {number(BOLDEN * piece.size * scale)} w [] 0 d 2 Tr"
    start = place.point(item.x + piece.glyphs[0].x * item.scale, item.y)
    yield f"1 0 {number(SLANT) if piece.slant else '0'} 1 {start} Tm"
    yield from _shown(piece.glyphs, font, piece.size, scale)
    if piece.bolden:
        yield "0 Tr"
    if marked:
        yield "EMC"


def _shown(glyphs: list[Glyph], font: EmbeddedFont, size: float, scale: float) -> Iterator[str]:
    """The operators that show glyphs, with what is to be moved between them (9.4.3)."""
    parts: list[str] = []
    codes: list[str] = []
    rise = 0.0
    pen = glyphs[0].x
    for glyph in glyphs:
        # Thousandths of the size; less than a hundredth of a point is not seen.
        move = round((pen - glyph.x) * 1000 / size, 1)
        if abs(move) * size >= 10 or glyph.y != rise:
            if codes:
                parts.append(f"<{''.join(codes)}>")
                codes = []
            if glyph.y != rise:
                if parts:
                    yield f"[{' '.join(parts)}] TJ"
                    parts = []
                rise = glyph.y
                yield f"{number(rise * scale)} Ts"
            if move:
                parts.append(number(move))
                pen -= move * size / 1000
        codes.append(f"{glyph.number:04X}")
        pen += font.width(glyph.number) * size / 1000
    if codes:
        parts.append(f"<{''.join(codes)}>")
    yield f"[{' '.join(parts)}] TJ"
    if rise:
        yield "0 Ts"
