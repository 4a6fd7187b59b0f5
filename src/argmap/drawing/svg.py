"""A scene as SVG, and as an HTML figure around it that can stand in any page.

The picture is described for those who do not see it, linked, selectable, and safe whatever the author wrote. Every
colour, size and place is an attribute, so that it needs nothing but itself: no script, no style sheet, nothing to load.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pkgutil import get_data
from typing import TypeVar

from attrs import evolve

from argmap.drawing.scene import Outline, Part, PartKind, Scene, TextLine, TextRun, printable
from argmap.drawing.wrapping import width as width_of

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


def to_svg(scene: Scene, id_prefix: str = "") -> bytes:
    """The picture as a file of its own."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg_element(scene, id_prefix)}'.encode()


def svg_element(scene: Scene, id_prefix: str = "", links: Mapping[str, str] | None = None) -> str:
    """The picture as an element that can stand in a page.

    Args:
        scene: The picture.
        id_prefix: Put before every id, for several pictures on one page.
        links: By the id of a part, where else on the page it leads, in place of its own address.
    """
    title, description = f"{id_prefix}map-title", f"{id_prefix}map-description"
    lang = f' lang="{_escaped(scene.lang)}" xml:lang="{_escaped(scene.lang)}"' if scene.lang else ""
    width, height = _short(scene.width), _short(scene.height)
    # Pixels of CSS, since some viewers know no points.
    size = f'width="{_short(scene.width * 4 / 3)}" height="{_short(scene.height * 4 / 3)}"'
    families = _escaped(", ".join(_family(name) for name in scene.families))
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
        f'viewBox="0 0 {width} {height}" role="group" aria-labelledby="{title} {description}"{lang} '
        f'font-family="{families}">',
        f'<title id="{title}">{_escaped(scene.title)}</title>',
        f'<desc id="{description}">{_escaped(scene.description or scene.title + ": an argument map.")}</desc>',
        "<g>",
        f'<rect width="{width}" height="{height}" fill="{scene.background}"/>',
    ]
    for part in scene.parts:
        _add_part(out, part, id_prefix, (links or {}).get(part.id))
    out.append("</g>\n</svg>\n")
    return "\n".join(out)


def _add_part(out: list[str], part: Part, id_prefix: str, link: str | None) -> None:
    # A screen reader goes through the picture and reads the title of each part. An `img` has no links in it.
    leads = link or part.target or part.url
    role = "" if part.kind is PartKind.HEADING else ' aria-hidden="true"'
    if part.title or part.text:
        role = ' role="group"' if leads else ' role="img"'
    out.append(f'<g id="{_escaped(id_prefix + part.id)}" class="{part.kind.value}"{role}>')
    if part.text or part.title:
        out.append(f"<title>{_escaped(part.text or part.title)}</title>")
    end = "</g>" if leads is None else "</a>\n</g>"
    if link is not None:
        out.append(f'<a href="{_escaped(link)}" aria-label="{_escaped(part.text.partition(chr(10))[0])}">')
    elif part.target is not None:
        out.append(f'<a href="#{_escaped(id_prefix + part.target)}">')
    elif part.url is not None:
        # noreferrer: the page that a link leads to learns nothing of the map that it was opened from.
        out.append(f'<a href="{_escaped(part.url)}" target="_blank" rel="noopener noreferrer">')
    out += [_again(outline, _path) for outline in part.outlines]
    out += [_again(line, _line) for line in part.lines]
    out.append(end)


_Drawn = TypeVar("_Drawn", Outline, TextLine)
_KEPT: dict[int, tuple[Outline | TextLine, str]] = {}


def _again(drawn: _Drawn, write: Callable[[_Drawn], str]) -> str:
    """What something is in SVG; kept, since an edited map has most of its boxes and signs again."""
    if (found := _KEPT.get(id(drawn))) is None:  # what is kept is alive, so nothing else has its number
        if len(_KEPT) >= 1 << 14:
            _KEPT.clear()
        found = _KEPT[id(drawn)] = drawn, write(drawn)
    return found[1]


def _path(outline: Outline) -> str:
    d = ""
    for command, points in outline.segments:
        d += command + " ".join([f"{_PLACES[x]},{_PLACES[y]}" for x, y in points])
    look = f'fill="{outline.fill or "none"}"'
    if outline.stroke is not None:
        look += f' stroke="{outline.stroke}"'
        if outline.width != 1:
            look += f' stroke-width="{_short(outline.width)}"'
        if outline.dashes:
            look += f' stroke-dasharray="{",".join(map(_short, outline.dashes))}"'
    head = ' class="head"' if outline.is_head else ""
    return f'<path{head} {look} d="{d}"/>'


# The signs as paths, since few fonts have all of them: in hundredths of the font's size, from the base line up. What is
# closed is filled.
_SIGNS: dict[str, str] = json.loads(get_data("argmap.drawing", "signs.json") or b"")


def _line(line: TextLine) -> str:
    """A line of text; a sign at its beginning is a path."""
    first, *rest = line.runs
    if not first.is_sign or not all(sign in _SIGNS or sign == " " for sign in first.text):
        return _text(line)
    middle = line.width / 2 if line.anchor == "middle" else 0
    x = line.x - middle
    way = -1 if line.is_right_to_left and line.anchor == "start" else 1
    out = []
    for sign in first.text:
        wide = width_of(sign, first.bold) * line.size
        if sign != " ":
            out.append(_sign(sign, min(x, x + way * wide), line.y, line.size, first))
        x += way * wide
    if rest:
        words = rest[0].text.lstrip(" \u00a0")
        x += way * width_of(rest[0].text[: -len(words)], rest[0].bold) * line.size if words else 0
        runs = (evolve(rest[0], text=words), *rest[1:])
        wide = line.width + x - line.x if way < 0 else line.width + line.x - middle - x
        out.append(_text(line._replace(runs=runs, x=x, width=wide, anchor="start")))
    return "\n".join(out)


def _sign(sign: str, x: float, y: float, size: float, run: TextRun) -> str:
    path, numbers, right = _sign_path(sign)
    middle = (width_of(sign, run.bold) - right) / 2 - 0.03
    x, k = x + max(middle, 0) * size, size / 100
    d = path % tuple([_PLACES[y - number * k if is_height else x + number * k] for is_height, number in numbers])
    if "Z" in path:
        return f'<path class="sign" fill="{run.colour}" d="{d}"/>'
    thick = _short((13 if run.bold else 9) * k)
    return f'<path class="sign" fill="none" stroke="{run.colour}" stroke-width="{thick}" d="{d}"/>'


@cache
def _sign_path(sign: str) -> tuple[str, list[tuple[bool, int]], float]:
    """The path of a sign with a place for each number, these, each with whether it is a height, and its right end."""
    path = _SIGNS[sign]
    numbers = [(path[found.start() - 1] in "V,", int(found[0])) for found in re.finditer(r"\d+", path)]
    return re.sub(r"\d+", "%s", path), numbers, max(map(int, re.findall(r"[MLH ](\d+)", path))) / 100


def _text(line: TextLine) -> str:
    first = line.runs[0]
    x, anchor = line.x, line.anchor
    if line.is_right_to_left and anchor == "start":
        # Its middle, since some viewers ignore the direction and would begin on the other side.
        x, anchor = x - line.width / 2, "middle"
    attributes = f'x="{_short(x)}" y="{_short(line.y)}" font-size="{_short(line.size)}"'
    if anchor != "start":
        attributes += f' text-anchor="{anchor}"'
    if line.is_right_to_left:
        attributes += ' direction="rtl"'
    elif line.is_exact and len(line.runs) == 1:
        # Holds the text to its width where a viewer has none of the fonts that it is meant for. Of several runs resvg
        # then throws the first out of its box; Inkscape loses text from right to left.
        attributes += f' textLength="{_short(line.width)}" lengthAdjust="spacingAndGlyphs"'
    whole = "".join([run.text for run in line.runs])
    if "  " in whole or whole[:1] == " " or whole[-1:] == " " or len(line.runs) > 1:
        attributes += ' xml:space="preserve"'
    if len(line.runs) == 1:
        return f"<text {attributes}{_style(first)}>{_escaped(first.text)}</text>"
    # What most of the line looks like is said once; runs say what differs from it.
    last = line.runs[-1]
    plain = TextRun("", last.colour, struck=last.struck)
    inside, space = [], ""
    for run in line.runs:
        own = _style(run, plain)
        # librsvg drops a space at the end of a tspan, so it begins the next run.
        words = run.text.removesuffix(" ") if own and run is not last else run.text
        inside.append(f"<tspan{own}>{space}{_escaped(words)}</tspan>" if own else space + _escaped(words))
        space = run.text[len(words) :]
    return f"<text {attributes}{_style(plain)}>{''.join(inside)}</text>"


def _style(run: TextRun, around: TextRun | None = None) -> str:
    look = "" if around is not None and around.colour == run.colour else f' fill="{run.colour}"'
    if run.bold:
        look += ' font-weight="bold"'
    if run.italic:
        look += ' font-style="italic"'
    if run.struck and (around is None or not around.struck):
        look += ' text-decoration="line-through"'
    return look


class _Places(dict[float, str]):
    """Numbers to a hundredth, without empty places; kept, since most come again, all the more after an edit."""

    def __missing__(self, number: float) -> str:
        if len(self) >= 1 << 16:
            self.clear()
        self[number] = text = f"{number:.2f}".rstrip("0").rstrip(".")
        return text


_PLACES = _Places()
_short = _PLACES.__getitem__


def _escaped(text: str) -> str:
    text = printable(text)
    # Hardly a text has any of these, and to look for them is quicker.
    is_plain = not ("&" in text or "<" in text or ">" in text or '"' in text or "\r" in text)
    return text if is_plain else text.translate(_ESCAPES)


def _family(name: str) -> str:
    """A family's name as CSS wants it: quoted unless it is one word; never able to end the quotation."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name):
        return name
    kept = re.sub(r"['\"\\;{}<>\x00-\x1f]", "", name)
    return f"'{kept}'"


def figure(scene: Scene, id_prefix: str | None = None, caption: str | None = None) -> str:
    """The picture as a `figure` element.

    Args:
        scene: The picture.
        id_prefix: Put before every id; by default one made from the picture, so that different pictures share no id.
        caption: The caption, by default the picture's title.
    """
    from html import escape

    if id_prefix is None:
        from hashlib import sha256

        id_prefix = f"map-{sha256(svg_element(scene).encode()).hexdigest()[:10]}-"
    caption = escape(printable(scene.title if caption is None else caption))
    links, below = {}, ""
    for part in scene.parts:
        if part.inside:
            # A browser opens what a link leads into.
            name = f"{id_prefix}{part.id}-inside"
            links[part.id] = f"#{name}"
            items = "".join(f"<li>{escape(printable(words))}</li>" for _, words in part.inside)
            title = escape(part.title)
            below += f'<details><summary>{title}</summary><ol id="{_escaped(name)}">{items}</ol></details>\n'
    svg = svg_element(scene, id_prefix, links or None)
    return f'<figure class="argument-map">\n{svg}{below}<figcaption>{caption}</figcaption>\n</figure>\n'
