"""The engine's SVG made ours: described for those who do not see it, linked, selectable, safe and plain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from argmap.drawing.drawing import Drawing, Element
from argmap.drawing.measure import width
from argmap.drawing.svg_tree import Node, clean, read, write

_ENGINE_CLASSES = frozenset({"node", "edge", "cluster"})
_LINK = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20<>\"\\^`{|}]+", re.IGNORECASE)
_SIGN_MIDDLE = 0.34
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
# XML 1.0, production 4 (NameStartChar) without the colon, as far as an id needs it.
_NAME_START = re.compile(
    "[A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]"
)
_NOT_NAME = re.compile(
    "[^-.0-9\u00b7\u0300-\u036f\u203f-\u2040A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d"
    "\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
    "\U00010000-\U000effff]"
)


def finish(svg: str, drawing: Drawing, *, prefix: str = "") -> str:
    """Turn a layout engine's SVG of a drawing into the picture that is handed out.

    The result has a title and a description tied to it by `aria-labelledby`; every listed element is a group
    with its own id, kind and tooltip, and a link where it has an address; the text is real text in a list of
    families that ends in one that every viewer has. It names nothing outside itself, and is well-formed XML
    whatever the author wrote. Sizes are left as the engine computed them (points).

    Args:
        svg: What the engine made of `drawing.dot`.
        drawing: The drawing; its `elements` are looked up by the groups' ids.
        prefix: Put before every id, for several pictures on one page.

    Raises:
        EngineError: `svg` is not an SVG document.
    """
    root = read(svg)
    ids = _Ids(prefix)
    references = _element_groups(root, drawing, ids)
    for node in root.walk():
        if node.tag == "g":
            _tidy_text(node, drawing)
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
    _rename_references(root, references)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + write(root)


def safe_link(url: str | None) -> str | None:
    """The address if it is one that a picture may lead to (http, https, mailto), else None."""
    if url is None:
        return None
    url = url.strip()
    return url if _LINK.fullmatch(url) else None


def plain_id(text: str) -> str:
    """A valid XML id that a reader can still recognise: letters and digits of any script, and `-`."""
    name = _NOT_NAME.sub("-", unicodedata.normalize("NFC", clean(text)).replace("\ufffd", "-")).strip("-")
    return name if name and _NAME_START.match(name) else f"_{name}"


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


def _element_groups(root: Node, drawing: Drawing, ids: _Ids) -> dict[str, str]:
    """Give each group what its element says, and drop the engine's own titles, anchors and ids.

    Returns:
        The new ids of what other elements refer to (gradients), by their old ones.
    """
    references: dict[str, str] = {}
    for node in list(root.walk()):
        node.children = list(_unwrapped(node.children))
        name = node.attributes.pop("id", None)
        if node.tag == "linearGradient" or node.tag == "radialGradient":
            if name is not None:
                references[name] = node.attributes["id"] = ids.new("shade")
            continue
        if node.tag != "g":
            continue
        engine_class = node.attributes.pop("class", "")
        element = drawing.elements.get(name) if name is not None else None
        if element is None:
            if engine_class in _ENGINE_CLASSES:
                node.attributes["aria-hidden"] = "true"
            continue
        node.attributes = {"id": ids.new(str(name)), "class": element.kind.value, **node.attributes}
        _describe(node, element)
    return references


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


def _tidy_text(group: Node, drawing: Drawing) -> None:
    """Let the root's families speak for the engine's one, and set the direction of each line."""
    owner = group
    for child in group.elements:
        if child.tag == "a":
            owner = child
    owner.children = _merged(owner.children)
    texts = [child for child in owner.elements if child.tag == "text"]
    shapes = [child for child in owner.elements if child.tag not in ("text", "title")]
    for text in texts:
        for node in (text, *text.elements):
            if _same_family(node.attributes.get("font-family", ""), drawing.font):
                del node.attributes["font-family"]
        content = text.content
        if content == content.strip() and "  " not in content:
            text.attributes.pop("xml:space", None)
    if len(texts) == 1 and len(shapes) == 1 and shapes[0].tag == "ellipse":
        # A step's sign: the engine centred it by its own guess of the sign's size; the viewer knows better.
        # The middle of + − ⇒ lies about a third of the size above the base line.
        y = shapes[0].number("cy") + _SIGN_MIDDLE * texts[0].number("font-size", 11.0)
        texts[0].attributes.update({"text-anchor": "middle", "x": shapes[0].attributes["cx"], "y": _short(y)})
        return
    if any(reads_right_to_left(text.content) is not None for text in texts):
        _set_direction(texts, shapes)


def _merged(children: list[Node | str]) -> list[Node | str]:
    """Join the runs of one line (a label, plain words, stressed words) into one text.

    An engine places each run by its own guess of how wide the one before it is, which is wrong for most
    scripts, and gives right-to-left text no chance to run across them. Runs further apart than the wider of
    two guesses are in different cells, and stay apart.
    """
    merged: list[Node | str] = []
    end = 0.0
    for child in children:
        if (
            not isinstance(child, Node)
            or child.tag != "text"
            or child.attributes.get("text-anchor") != "start"
        ):
            merged.append(child)
            continue
        room = _room(child)
        last = merged[-1] if merged else None
        if (
            isinstance(last, Node)
            and last.tag == "text"
            and last.attributes.get("text-anchor") == "start"
            and last.attributes.get("y") == child.attributes.get("y")
            and last.number("x") < child.number("x") <= end
        ):
            if any(isinstance(inner, str) for inner in last.children):
                last.children = [Node("tspan", _style(last), last.children)]
                for name in _STYLE:
                    last.attributes.pop(name, None)
            last.children.append(Node("tspan", _style(child), child.children))
            if "xml:space" in child.attributes:
                last.attributes["xml:space"] = "preserve"
        else:
            merged.append(child)
        end = max(end, child.number("x") + room) if merged[-1] is not child else child.number("x") + room
    return merged


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
    unlabelled = re.sub(r"^\s*\([^)]*\)", "", " ".join(whole), count=1)
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
            text.attributes["x"] = _short(bounds[1] - max(left - bounds[0], 0.0))


def _bounds(shapes: list[Node]) -> tuple[float, float] | None:
    """The least and greatest x of a box's outline."""
    found: list[float] = []
    for shape in shapes:
        points = shape.attributes.get("points") or shape.attributes.get("d")
        if points:
            numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", points)]
            found.extend(numbers[0::2])
        elif shape.tag == "ellipse":
            found.extend((shape.number("cx") - shape.number("rx"), shape.number("cx") + shape.number("rx")))
    return (min(found), max(found)) if found else None


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _same_family(families: str, wanted: str) -> bool:
    return families.partition(",")[0].strip().strip("'\"").casefold() == wanted.casefold()


def _family(name: str) -> str:
    """A family's name as CSS wants it: quoted unless it is one word; never able to end the quotation."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name):
        return name
    kept = re.sub(r"['\"\\;{}<>\x00-\x1f]", "", name)
    return f"'{kept}'"


def _rename_references(root: Node, references: dict[str, str]) -> None:
    for node in root.walk():
        for name, value in node.attributes.items():
            match = re.fullmatch(r"url\(#(.+)\)", value) if name in ("fill", "stroke") else None
            if match:
                node.attributes[name] = f"url(#{references.get(match.group(1), 'none')})"
