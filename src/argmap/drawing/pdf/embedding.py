"""Fonts inside a PDF: only the glyphs that are used, with a map back to characters so that text can be
searched.

Each font is a composite one (ISO 32000-1, 9.7) whose codes are the font's own glyph numbers.
"""

from __future__ import annotations

import hashlib
import string

from attrs import define, field

from argmap.drawing.bidi import mirrored
from argmap.drawing.faces import Face
from argmap.drawing.pdf.objects import Name, Objects, Raw, Ref, Value
from argmap.drawing.typesetting import Piece

# Tables that a reader of PDF has no use for: it is told which glyph goes where.
_NEEDLESS = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "JSTF",
    "MATH",
    "name",
    "post",
    "OS/2",
    "cmap",
    "kern",
    "DSIG",
    "gasp",
)


@define
class EmbeddedFont:
    """A face in use, the glyphs of it that are shown, and what each one says."""

    face: Face
    name: str
    ref: Ref
    texts: dict[int, str] = field(factory=dict)
    _widths: dict[int, float] = field(factory=dict)

    def add(self, piece: Piece) -> bool:
        """Note the glyphs of a piece; return whether the glyphs by themselves say what the piece says."""
        faithful = True
        for glyph in piece.glyphs:
            # What a glyph says has to go with its shape: a bracket in right-to-left text shows the other
            # one's.
            text = mirrored(glyph.text) if piece.right_to_left else glyph.text
            if text:
                faithful &= self.texts.setdefault(glyph.number, text) == text
            else:
                faithful = False
                self.texts.setdefault(glyph.number, "")
        # Readers put right-to-left text, which is shown from its end, back in order; what a whole piece says
        # they would turn round as well.
        return faithful or piece.right_to_left

    def width(self, number: int) -> float:
        """A glyph's own advance, in thousandths of the size, as the file says it."""
        if number not in self._widths:
            advance = self.face.hb_font.get_glyph_h_advance(number)
            self._widths[number] = round(advance * 1000 / self.face.per_em, 3)
        return self._widths[number]

    def write(self, objects: Objects) -> None:
        """Put the font and all its parts into the file."""
        face = self.face
        data, outlines = _subset(face, sorted(self.texts))
        tag_of = hashlib.sha256(data).digest()
        tag = "".join(string.ascii_uppercase[byte % 26] for byte in tag_of[:6])
        base = Name(f"{tag}+{_plain(face.name)}")
        compact = outlines == "CFF "
        entries: dict[str, Value] = {"Subtype": Name("CIDFontType0C")} if compact else {"Length1": len(data)}
        program = objects.stream(data, entries)
        extents = face.hb_font.get_font_extents("ltr")
        em = 1000 / face.per_em
        descriptor = objects.put(
            {
                "Type": Name("FontDescriptor"),
                "FontName": base,
                "Flags": 4 | (64 if face.italic else 0),
                "FontBBox": [round(n * em) for n in _bounds(face)],
                "ItalicAngle": -12 if face.italic else 0,
                "Ascent": round(extents.ascender * em),
                "Descent": round(extents.descender * em),
                "CapHeight": 716,
                "StemV": 120 if face.bold else 80,
                "FontFile3" if compact else "FontFile2": program,
            }
        )
        descendant: dict[str, Value] = {
            "Type": Name("Font"),
            "Subtype": Name("CIDFontType0" if compact else "CIDFontType2"),
            "BaseFont": base,
            "CIDSystemInfo": Raw("<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"),
            "FontDescriptor": descriptor,
            "DW": 1000,
            "W": Raw(self._width_array()),
        }
        if not compact:
            descendant["CIDToGIDMap"] = Name("Identity")
        objects.put(
            {
                "Type": Name("Font"),
                "Subtype": Name("Type0"),
                "BaseFont": base,
                "Encoding": Name("Identity-H"),
                "DescendantFonts": [objects.put(descendant)],
                "ToUnicode": objects.stream(self._to_unicode().encode("ascii")),
            },
            self.ref,
        )

    def _width_array(self) -> str:
        return "[" + " ".join(f"{number} [{self.width(number):g}]" for number in sorted(self.texts)) + "]"

    def _to_unicode(self) -> str:
        """The CMap from glyph numbers to characters (9.10.3)."""
        # A glyph that only completes another (part of a cluster) says nothing by itself: a zero-width space.
        told = [(number, text or "\u200b") for number, text in sorted(self.texts.items()) if number]
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        for start in range(0, len(told), 100):
            part = told[start : start + 100]
            lines.append(f"{len(part)} beginbfchar")
            lines += [f"<{number:04X}> <{_utf16(text)}>" for number, text in part]
            lines.append("endbfchar")
        lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
        return "\n".join(lines)


def _utf16(text: str) -> str:
    return text.encode("utf-16-be", "surrogatepass").hex().upper()


def _plain(name: str) -> str:
    kept = "".join(c for c in name if c.isascii() and (c.isalnum() or c == "-"))
    return kept[-60:] or "Font"


def _bounds(face: Face) -> tuple[int, int, int, int]:
    """The box that holds every glyph, in the font's units (its `head` table)."""
    head = face.hb_face.reference_table("head").data
    x0, y0, x1, y1 = (int.from_bytes(head[at : at + 2], "big", signed=True) for at in (36, 38, 40, 42))
    return x0, y0, x1, y1


def _subset(face: Face, glyphs: list[int]) -> tuple[bytes, str]:
    """The font's program with only these glyphs, under their own numbers, and its table of outlines."""
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update({0, *glyphs})
    flags = uharfbuzz.SubsetFlags
    wanted.flags = (
        flags.RETAIN_GIDS | flags.NO_HINTING | flags.NO_LAYOUT_CLOSURE | flags.NOTDEF_OUTLINE
        | getattr(flags, "CFF_IDENTITY_CHARSET", flags.RETAIN_GIDS)
        | getattr(flags, "DOWNGRADE_CFF2", flags.RETAIN_GIDS)
    )  # fmt: skip
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _NEEDLESS)
    if face.hb_face.has_var_data:
        wanted.pin_all_axes_to_default(face.hb_face)
    result = uharfbuzz.subset(face.hb_face, wanted)
    if result is None:
        raise ValueError(f"the font {face.name} cannot be embedded")
    tags = set(result.table_tags)
    if "glyf" in tags:
        return bytes(result.blob.data), "glyf"
    return bytes(result.reference_table("CFF ").data), "CFF "
