"""The engine's SVG made ours: described for those who do not see it, linked, selectable, safe and plain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from math import inf

from argmap.drawing.box_shapes import SIGN_MIDDLE, length, shapes
from argmap.drawing.drawing import Drawing, Element
from argmap.drawing.fans import spread
from argmap.drawing.measure import width
from argmap.drawing.svg_tree import Node, clean, read, short, write

_ENGINE_CLASSES = frozenset({"node", "edge", "cluster"})
_LINK = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20<>\"\\^`{|}]+", re.IGNORECASE)
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_NOT_PLAIN_NAME = re.compile(r"[^-.0-9A-Z_a-z]")
_PLAIN_NAME_START = re.compile(r"[A-Z_a-z]")
_COLOUR_BY_NAME = re.compile(r"url\(#(.+)\)")
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_LABEL = re.compile(r"^\s*\([^)]*\)")


@cache
def _names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may begin a name, and what may not be in one; only when it is needed, since sets so large compile slowly.

    XML 1.0, productions 4 (NameStartChar, without the colon) and 4a (NameChar), as far as an id needs them.
    """
    letters = (
        "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
        "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
    )
    return re.compile(f"[{letters}]"), re.compile(f"[^-.0-9\u00b7\u0300-\u036f\u203f-\u2040{letters}]")


def finish(svg: str, drawing: Drawing, *, prefix: str = "") -> str:
    """Turn a layout engine's SVG of a drawing into the picture that is handed out.

    The result has a title and a description tied to it by `aria-labelledby`; every listed element is a group
    with its own id, kind and tooltip, and a link where it has an address; the text is real text in a list of
    families that ends in one that every viewer has. It names nothing outside itself, and is well-formed XML
    whatever the author wrote. Sizes are left as the engine computed them (points).

    Args:
        svg: What the engine made of `drawing.bare_dot` (or, all the same, of `drawing.dot`).
        drawing: The drawing; its `elements` are looked up by the groups' ids.
        prefix: Put before every id, for several pictures on one page.

    Raises:
        EngineError: `svg` is not an SVG document.
    """
    root = read(svg)
    spread(root, drawing.ends)
    ids = _Ids(prefix)
    titles = _order_groups(root, drawing)
    groups = _element_groups(root, drawing, ids)
    families = _Families(drawing.font)
    for group in groups:
        _tidy_text(group, families)
    if titles is not None:
        _lift_titles(root, titles)
    title, description = ids.new("map-title"), ids.new("map-description")
    root.attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "width": root.attributes.get("width", "100%"),
        "height": root.attributes.get("height", "100%"),
        "viewBox": root.attributes.get("viewBox", "0 0 1 1"),
        "role": "img",
        "aria-labelledby": f"{title} {description}",
        **({"lang": drawing.lang, "xml:lang": drawing.lang} if drawing.lang else {}),
        "font-family": ", ".join(_family(name) for name in drawing.font_families),
    }
    root.children[:0] = [
        Node("title", {"id": title}, [drawing.title]),
        Node("desc", {"id": description}, [drawing.description or f"{drawing.title}: an argument map."]),
    ]
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + write(root)


def safe_link(url: str | None) -> str | None:
    """The address if it is one that a picture may lead to (http, https, mailto), else None."""
    if url is None:
        return None
    url = url.strip()
    return url if _LINK.fullmatch(url) else None


def plain_id(text: str) -> str:
    """A valid XML id that a reader can still recognise: letters and digits of any script, and `-`."""
    if text.isascii():
        start, odd = _PLAIN_NAME_START, _NOT_PLAIN_NAME
    else:
        start, odd = _names()
        text = unicodedata.normalize("NFC", clean(text)).replace("\ufffd", "-")
    name = odd.sub("-", text).strip("-")
    return name if name and start.match(name) else f"_{name}"


def reads_right_to_left(text: str) -> bool | None:
    """Whether the first strong character reads right to left; None without one (Unicode UAX #9, P2)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return False
        if kind in _RIGHT_TO_LEFT:
            return True
    return None


class _Ids:
    """Ids of one document, each used once."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._taken: set[str] = set()

    def new(self, wanted: str) -> str:
        base = self._prefix + plain_id(wanted)
        name, count = base, 1
        while name in self._taken:
            count += 1
            name = f"{base}-{count}"
        self._taken.add(name)
        return name


def _order_groups(root: Node, drawing: Drawing) -> Node | None:
    """Put frames, lines and boxes in the order of `drawing.elements`: that in which they are read out.

    Returns:
        A new group between the lines and the boxes, if there are frames.
    """
    titles: Node | None = None
    place = {name: number for number, name in enumerate(drawing.elements)}

    def rank(child: Node | str) -> tuple[int, int]:
        if not isinstance(child, Node) or child.tag != "g":
            return 0, 0
        engine_class = child.attributes.get("class")
        level = 1 if engine_class == "cluster" else 2 if engine_class == "edge" else 3
        return level, place.get(child.attributes.get("id", ""), len(place))

    for graph in root.elements:
        if graph.tag == "g":
            graph.children.sort(key=rank)
            ranks = [rank(child)[0] for child in graph.children]
            if 1 in ranks:
                titles = Node("g", {"class": "titles", "aria-hidden": "true"})
                graph.children.insert(sum(each < 3 for each in ranks), titles)
    return titles


def _lift_titles(root: Node, titles: Node) -> None:
    """Put the titles of the frames over the lines, each on a ground of its frame's colour.

    Otherwise a line into a frame may run through its title. The frame's group keeps its `title` for readers.
    """
    titles.attributes["class"] = "titles"
    for frame in [node for node in root.walk() if node.attributes.get("class") == "section"]:
        owner = next((child for child in frame.elements if child.tag == "a"), frame)
        fill = next((child.attributes["fill"] for child in owner.elements if "fill" in child.attributes), "")
        for text in [child for child in owner.elements if child.tag == "text"]:
            owner.children.remove(text)
            size = text.number("font-size", 11.0)
            wide = width(text.content, text.attributes.get("font-weight") == "bold") * size
            x, y = text.number("x"), text.number("y")
            anchor = text.attributes.get("text-anchor")
            if anchor == "middle":
                x -= wide / 2
            elif text.attributes.get("direction") == "rtl":
                x -= wide
            ground = {"x": short(x - 2), "y": short(y - 0.85 * size), "width": short(wide + 4)}
            ground |= {"height": short(1.15 * size), "fill": fill}
            titles.children += [Node("rect", ground), text]


def _element_groups(root: Node, drawing: Drawing, ids: _Ids) -> list[Node]:
    """Give each group what its element says, and drop the engine's own titles, anchors and ids.

    Returns:
        All groups, in the order of the document.
    """
    references: dict[str, str] = {}  # the new ids of gradients, by their old ones
    painted: list[tuple[Node, str]] = []
    groups: list[Node] = []
    stack = [root]
    while stack:
        node = stack.pop()
        for child in node.children:
            if isinstance(child, Node) and child.tag in _LEFT_OUT:
                node.children = list(_unwrapped(node.children))
                break
        attributes = node.attributes
        for property in _PAINTS:
            if attributes.get(property, "").startswith("url("):
                painted.append((node, property))  # noqa: PERF401
        for child in reversed(node.children):
            if isinstance(child, Node):
                if child.children or child.tag not in _LEAVES:
                    stack.append(child)
                    continue
                attributes = child.attributes
                attributes.pop("id", None)
                for property in _PAINTS:
                    if property in attributes and attributes[property].startswith("url("):
                        painted.append((child, property))  # noqa: PERF401
        attributes = node.attributes
        name = attributes.pop("id", None)
        if node.tag == "linearGradient" or node.tag == "radialGradient":
            if name is not None:
                references[name] = attributes["id"] = ids.new("shade")
            continue
        if node.tag != "g":
            continue
        groups.append(node)
        engine_class = attributes.pop("class", "")
        element = drawing.elements.get(name) if name is not None else None
        if element is None:
            if engine_class in _ENGINE_CLASSES:
                attributes["aria-hidden"] = "true"
            continue
        node.attributes = {"id": ids.new(str(name)), "class": element.kind.value, **attributes}
        box = drawing.boxes.get(str(name))
        if box is not None and (corner := _corner(node)) is not None:
            groups.pop()  # there is nothing of the engine's in it to be tidied
            node.children = [*shapes(box, *corner)]
        _describe(node, element)
    for node, property in painted:
        match = _COLOUR_BY_NAME.fullmatch(node.attributes[property])
        if match:
            node.attributes[property] = f"url(#{references.get(match.group(1), 'none')})"
    return groups


def _corner(group: Node) -> tuple[float, float] | None:
    """The left top corner of the bare box that an engine made room for; None where it drew something else."""
    outline = next(group.elements, None)
    if outline is None or outline.tag != "polygon" or len(group.children) > 1:
        return None
    numbers = [float(number) for number in outline.attributes["points"].replace(",", " ").split()]
    return min(numbers[0::2]), min(numbers[1::2])


_LEFT_OUT = frozenset({"title", "desc", "a", "g"})
_PAINTS = ("fill", "stroke")
_LEAVES = frozenset({"path", "polygon", "polyline", "ellipse", "text"})


def _unwrapped(children: list[Node | str]) -> Iterator[Node | str]:
    """The children without titles, anchors and the groups that an engine puts around anchors."""
    pending = list(reversed(children))
    while pending:
        child = pending.pop()
        if isinstance(child, Node) and child.tag in ("title", "desc"):
            continue
        if isinstance(child, Node) and (
            child.tag == "a" or (child.tag == "g" and "class" not in child.attributes)
        ):
            pending.extend(reversed(child.children))
        else:
            yield child


def _describe(node: Node, element: Element) -> None:
    told = element.tooltip or element.text or element.title
    link = safe_link(element.url)
    if link is not None:
        # noreferrer: whoever runs the page that is linked learns nothing of the map it was opened from.
        anchor = {"href": link, "target": "_blank", "rel": "noopener noreferrer"}
        node.children = [Node("a", anchor, node.children)]
    if told:
        node.children.insert(0, Node("title", {}, [told]))


class _Families:
    """Which lists of families an engine may write for the drawing's one; each list is looked at once."""

    def __init__(self, font: str) -> None:
        self._font = font
        self._same: dict[str, bool] = {}

    def drop(self, text: Node) -> None:
        """Leave off a text's family where it is the drawing's."""
        families = text.attributes.get("font-family", "")
        same = self._same.get(families)
        if same is None:
            same = self._same[families] = _same_family(families, self._font)
        if same:
            del text.attributes["font-family"]


def _tidy_text(group: Node, families: _Families) -> None:
    """Let the root's families speak for the engine's one, and set the direction of each line."""
    owner = group
    for child in group.elements:
        if child.tag == "a":
            owner = child
    owner.children = _merged(owner.children)
    texts: list[Node] = []
    shapes: list[Node] = []
    for child in owner.elements:
        if child.tag == "text":
            texts.append(child)
        elif child.tag != "title":
            shapes.append(child)
    if not texts:
        return
    one_way = True
    for text in texts:
        text.attributes |= _held(text)
        families.drop(text)
        for node in text.elements:
            families.drop(node)
        content = text.content
        one_way = one_way and content.isascii()
        if content == content.strip() and "  " not in content:
            text.attributes.pop("xml:space", None)
    if len(texts) == 1 and len(shapes) == 1 and shapes[0].tag == "ellipse":
        # A step's sign: the engine centred it by its own guess of the sign's size; the viewer knows better.
        # The middle of + − ⇒ lies about a third of the size above the base line.
        y = shapes[0].number("cy") + SIGN_MIDDLE * texts[0].number("font-size", 11.0)
        texts[0].attributes.update({"text-anchor": "middle", "x": shapes[0].attributes["cx"], "y": short(y)})
        return
    # The heading's texts are each in a cell of their own; all others belong to the outline that they stand in.
    if (
        not one_way
        and "class" in group.attributes
        and any(reads_right_to_left(text.content) is not None for text in texts)
    ):
        _set_direction(texts, shapes)


def _merged(children: list[Node | str]) -> list[Node | str]:
    """Join the runs of one line (a label, plain words, stressed words) into one text.

    An engine places each run by its own guess of how wide the one before it is, which is wrong for most
    scripts, and gives right-to-left text no chance to run across them. Runs further apart than the wider of
    two guesses are in different cells, and stay apart.
    """
    merged: list[Node | str] = []
    end = 0.0
    latest: Node | None = None  # the latest run, whose room is worked out only where another may join it
    for child in children:
        if (
            not isinstance(child, Node)
            or child.tag != "text"
            or child.attributes.get("text-anchor") != "start"
        ):
            merged.append(child)
            continue
        last = merged[-1] if merged else None
        joins = False
        if (
            isinstance(last, Node)
            and last.tag == "text"
            and last.attributes.get("text-anchor") == "start"
            and last.attributes.get("y") == child.attributes.get("y")
        ):
            if latest is not None:
                end, latest = max(end, latest.number("x") + _room(latest)), None
            joins = last.number("x") < child.number("x") <= end
        if joins:
            assert isinstance(last, Node)
            if any(isinstance(inner, str) for inner in last.children):
                last.children = [Node("tspan", _style(last), last.children)]
                for name in _STYLE:
                    last.attributes.pop(name, None)
            last.children.append(Node("tspan", _style(child), child.children))
            if "xml:space" in child.attributes:
                last.attributes["xml:space"] = "preserve"
        else:
            merged.append(child)
            end = -inf
        latest = child
    return merged


def _held(text: Node) -> dict[str, str]:
    """What holds a text to the width that it was laid out with."""
    total = 0.0
    for part in text.children:
        words, look = (part, text) if isinstance(part, str) else (part.content, part)
        bold = look.attributes.get("font-weight") == "bold"
        total += width(words, bold) * (look.number("font-size") or text.number("font-size", 11.0))
    return length(text.content, total)


_STYLE = (
    "font-family",
    "font-weight",
    "font-style",
    "font-size",
    "fill",
    "text-decoration",
    "baseline-shift",
)


def _style(text: Node) -> dict[str, str]:
    return {name: text.attributes[name] for name in _STYLE if name in text.attributes}


def _room(text: Node) -> float:
    """How far right of its start a run may end, with half the size to spare."""
    size = text.number("font-size", 14.0)
    bold = text.attributes.get("font-weight") == "bold"
    return size * (max(width(text.content, bold), 0.28 * len(text.content)) + 0.5)


def _set_direction(texts: list[Node], shapes: list[Node]) -> None:
    """Give a right-to-left box right-to-left lines that begin at its right edge; see Unicode UAX #9.

    A box reads in the direction of the first strong character after its label, since labels are often Latin.
    """
    whole = [text.content for text in texts]
    base = reads_right_to_left(" ".join(whole))
    unlabelled = _LABEL.sub("", " ".join(whole), count=1)
    after_label = reads_right_to_left(unlabelled)
    if after_label is not None:
        base = after_label
    if not base:
        return
    bounds = _bounds(shapes)
    left = min((text.number("x") for text in texts), default=0.0)
    for text in texts:
        if text.attributes.get("text-anchor") == "middle":
            text.attributes["direction"] = "rtl"
        elif bounds is not None:
            text.attributes["direction"] = "rtl"
            text.attributes["text-anchor"] = "start"
            text.attributes["x"] = short(bounds[1] - max(left - bounds[0], 0.0))


def _bounds(shapes: list[Node]) -> tuple[float, float] | None:
    """The least and greatest x of a box's outline."""
    found: list[float] = []
    for shape in shapes:
        points = shape.attributes.get("points") or shape.attributes.get("d")
        if points:
            numbers = [float(n) for n in _NUMBERS.findall(points)]
            found.extend(numbers[0::2])
        elif shape.tag == "ellipse":
            found.extend((shape.number("cx") - shape.number("rx"), shape.number("cx") + shape.number("rx")))
    return (min(found), max(found)) if found else None


def _same_family(families: str, wanted: str) -> bool:
    return families.partition(",")[0].strip().strip("'\"").casefold() == wanted.casefold()


def _family(name: str) -> str:
    """A family's name as CSS wants it: quoted unless it is one word; never able to end the quotation."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name):
        return name
    kept = re.sub(r"['\"\\;{}<>\x00-\x1f]", "", name)
    return f"'{kept}'"
