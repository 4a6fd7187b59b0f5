"""A finished SVG as a PNG picture, with fonts that come along, so that it is the same on every machine."""

from __future__ import annotations

import struct
import zlib

from argmap.drawing.faces import Face, Faces
from argmap.drawing.picture import read_text, size_in_points
from argmap.drawing.svg_tree import Node, read, write
from argmap.drawing.typesetting import BOLDEN, SLANT, Line, Piece
from argmap.errors import EngineError

MAX_PIXELS = 64_000_000
"""The largest picture made: 256 MB while it is being painted."""

_INCH = 0.0254  # metres


def to_png(svg: str, dpi: float = 96.0, faces: Faces | None = None) -> bytes:
    """Paint a picture that `argmap.drawing.svg.finish` made.

    Args:
        svg: The finished SVG; its size in points is kept, `dpi` says how many pixels an inch of it gets.
        dpi: Dots per inch, also noted in the file.
        faces: The fonts at hand, the bundled ones if None. Afterwards `faces.missing` has the characters for
            which a box with the code point had to be drawn.

    Raises:
        EngineError: the picture would have more than `MAX_PIXELS` pixels, or cannot be painted.
    """
    if not 1 <= dpi <= 4800:
        raise EngineError(f"{dpi:g} dots per inch is not possible: choose between 1 and 4800")
    root = read(svg)
    _check_size(root, dpi)
    set_in_outlines(root, Faces() if faces is None else faces)
    root.attributes["xmlns"] = "http://www.w3.org/2000/svg"
    import resvg_py

    try:
        # The canvas is whole pixels, and may reach a little further than the picture's own background.
        background = next(
            (node.attributes.get("fill") for node in root.walk() if node.tag == "polygon"), None
        )
        png = bytes(
            resvg_py.svg_to_bytes(
                svg_string=write(root), skip_system_fonts=True, dpi=float(dpi), background=background
            )
        )
    except ValueError as error:
        raise EngineError(f"the picture cannot be painted: {error}") from None
    return _with_resolution(png, dpi)


def _check_size(root: Node, dpi: float) -> None:
    width, height = (max(1, round(side * dpi / 72)) for side in size_in_points(root))
    pixels = width * height
    if pixels <= MAX_PIXELS:
        return
    enough = int(dpi * (MAX_PIXELS / pixels) ** 0.5)
    advice = f"--dpi {enough} would do; " if enough >= 24 else ""
    raise EngineError(
        f"the PNG would be {width:,} × {height:,} pixels, {pixels / 1e6:,.0f} million, and the limit is "
        f"{MAX_PIXELS // 1_000_000} million: {advice}--overview draws less, and SVG and PDF have no such "
        "limit (--page A4 spreads a PDF over pages)"
    )


def _with_resolution(png: bytes, dpi: float) -> bytes:
    """The PNG with its pixels per metre noted (a pHYs chunk), so that it prints at its natural size."""
    per_metre = round(dpi / _INCH)
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body))
    header_end = 8 + 4 + 4 + 13 + 4
    return png[:header_end] + chunk + png[header_end:]


def set_in_outlines(root: Node, faces: Faces) -> None:
    """Put the outlines of its glyphs in the place of every text in the tree."""
    outlines = _Outlines(faces)
    for node in root.walk():
        if any(child.tag == "text" for child in node.elements):
            node.children = [
                outlines.drawn(child) if isinstance(child, Node) and child.tag == "text" else child
                for child in node.children
            ]


class _Outlines:
    """Paths for pieces of text; each glyph's outline is asked of its font once for each size."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self._known: dict[tuple[Face, int, float, bool], str] = {}

    def drawn(self, text: Node) -> Node:
        """A group of paths that looks like the text."""
        content = read_text(text)
        line, left = content.line(self._faces)
        return Node("g", {}, list(self._paths(line, left, content.y)))

    def _paths(self, line: Line, left: float, y: float) -> list[Node]:
        paths = [self._path(piece, left, y) for piece in line.pieces]
        paths.extend(_strike(piece, left, y) for piece in line.pieces if piece.strike is not None)
        for box in line.boxes:
            x, low, width, height, edge = box.outline
            frame = {"x": _short(left + x), "y": _short(y - low - height), "width": _short(width)}
            frame |= {
                "height": _short(height),
                "fill": "none",
                "stroke": box.colour,
                "stroke-width": _short(edge),
            }
            paths.append(Node("rect", frame))
            paths.extend(self._path(piece, left, y) for piece in box.digits(self._faces))
        return [path for path in paths if path.tag == "rect" or path.attributes["d"]]

    def _path(self, piece: Piece, left: float, y: float) -> Node:
        parts = []
        for glyph in piece.glyphs:
            outline = self._outline(piece, glyph.number)
            if outline:
                parts.append(f"M{_short(left + glyph.x)} {_short(y - glyph.y)}{outline}")
        attributes = {"fill": piece.colour, "d": "".join(parts)}
        if piece.bolden:
            attributes |= {"stroke": piece.colour, "stroke-width": _short(BOLDEN * piece.size)}
        return Node("path", attributes)

    def _outline(self, piece: Piece, number: int) -> str:
        key = (piece.face, number, piece.size, piece.slant)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = _relative_path(piece.face, number, piece.size, piece.slant)
        return found


def _strike(piece: Piece, left: float, y: float) -> Node:
    assert piece.strike is not None
    begin, end = piece.strike
    high, thick = piece.strike_height
    place = {"x": _short(left + begin), "y": _short(y - high - thick / 2), "width": _short(end - begin)}
    return Node("rect", {**place, "height": _short(thick), "fill": piece.colour})


def _relative_path(face: Face, number: int, size: float, slanted: bool) -> str:
    """A glyph's outline in relative path commands from its origin, rounded to thousandths without drift."""
    scale = 1000 * size / face.per_em
    slant = SLANT if slanted else 0.0
    out: list[str] = []
    here = begin = (0, 0)

    def place(x: float, y: float) -> tuple[int, int]:
        return round((x + slant * y) * scale), round(-y * scale)

    for command, points in _segments(face, number):
        if command == "Z":
            out.append("z")
            here = begin
            continue
        placed = [place(x, y) for x, y in points]
        numbers = " ".join(f"{(x - here[0]) / 1000:g} {(y - here[1]) / 1000:g}" for x, y in placed)
        out.append(command.lower() + numbers)
        here = placed[-1]
        if command == "M":
            begin = here
    return "".join(out)


def _segments(face: Face, number: int) -> list[tuple[str, list[tuple[float, float]]]]:
    import uharfbuzz

    found: list[tuple[str, list[tuple[float, float]]]] = []
    functions = uharfbuzz.DrawFuncs()
    functions.set_move_to_func(lambda x, y, data: found.append(("M", [(x, y)])))
    functions.set_line_to_func(lambda x, y, data: found.append(("L", [(x, y)])))
    functions.set_quadratic_to_func(lambda a, b, x, y, data: found.append(("Q", [(a, b), (x, y)])))
    functions.set_cubic_to_func(lambda a, b, c, d, x, y, data: found.append(("C", [(a, b), (c, d), (x, y)])))
    functions.set_close_path_func(lambda data: found.append(("Z", [])))
    face.hb_font.draw_glyph(number, functions, None)
    return found


def _short(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
