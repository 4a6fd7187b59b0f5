"""A small tree of SVG elements: read from a layout engine's output, and written as plain, valid XML.

Reading keeps only the elements and attributes that a picture of boxes, lines and words needs. Whatever else
an engine may put in (comments, scripts, images, references to other files) is left out, so that nothing an
author writes can make a picture load something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from attrs import define, field

from argmap.errors import EngineError

SVG_NAMESPACE = "http://www.w3.org/2000/svg"

_SHAPES = frozenset({"path", "polygon", "polyline", "ellipse", "circle", "rect", "line"})
_TAGS = _SHAPES | {
    "svg",
    "g",
    "a",
    "title",
    "desc",
    "text",
    "tspan",
    "defs",
    "linearGradient",
    "radialGradient",
    "stop",
}
_NAMES = """
    id class width height viewBox transform points d x y x1 y1 x2 y2 cx cy r rx ry fx fy offset gradientUnits
    fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-linecap
    stroke-linejoin stop-color stop-opacity opacity style text-anchor font-family font-size font-weight
    font-style text-decoration baseline-shift direction lang
"""
_ATTRIBUTES = frozenset(_NAMES.split())
# XML 1.0, production 2 (Char): what may not stand in a document, not even as a character reference.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]+)|([0-9]+));")
_PREFIXED = {"http://www.w3.org/XML/1998/namespace": "xml:"}
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)


@define(slots=True, eq=False)
class Node:
    """An element: its tag without a namespace, its attributes, and its children (elements and text)."""

    tag: str
    attributes: dict[str, str] = field(factory=dict)
    children: list[Node | str] = field(factory=list)

    @property
    def elements(self) -> Iterator[Node]:
        """The children that are elements."""
        return (child for child in self.children if isinstance(child, Node))

    @property
    def content(self) -> str:
        """All text inside, in order."""
        parts: list[str] = []
        stack: list[Node | str] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                parts.append(item)
            else:
                stack.extend(reversed(item.children))
        return "".join(parts)

    def walk(self) -> Iterator[Node]:
        """This element and all under it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(list(node.elements)))

    def number(self, name: str, default: float = 0.0) -> float:
        """An attribute as a number, its unit left off."""
        match = re.match(r"\s*[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?", self.attributes.get(name, ""))
        return float(match.group()) if match else default


def clean(text: str) -> str:
    """The text with every character that XML forbids (controls, lone surrogates, U+FFFE) made U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)


def _clean_reference(match: re.Match[str]) -> str:
    number = int(match.group(1), 16) if match.group(1) else int(match.group(2))
    return match.group() if number < 0x110000 and not _NOT_XML.match(chr(number)) else "\ufffd"


def read(svg: str) -> Node:
    """The tree of an SVG document, with everything left out that is not on the lists above.

    Raises:
        EngineError: the text is not XML, or not an SVG document.
    """
    parser = ElementTree.XMLParser()
    try:
        # The document type names the engine and would be the only way to declare an entity.
        text = re.sub(r"<!DOCTYPE[^>\[]*>", "", clean(svg), count=1)
        parser.feed(_REFERENCE.sub(_clean_reference, text).encode("utf-8"))
        root = parser.close()
    except ElementTree.ParseError as error:
        raise EngineError(f"the layout engine's SVG cannot be read: {error}") from None
    if root.tag != f"{{{SVG_NAMESPACE}}}svg":
        raise EngineError("the layout engine's output is not SVG")
    top = Node("svg")
    pending = [(root, top)]
    while pending:
        source, node = pending.pop()
        node.attributes.update(_attributes(source))
        if source.text and (node.tag in ("text", "tspan", "title", "desc") or source.text.strip()):
            node.children.append(source.text)
        for child in source:
            space, _, tag = child.tag.rpartition("}") if isinstance(child.tag, str) else ("", "", "")
            if tag in _TAGS and space in ("{" + SVG_NAMESPACE, ""):
                inner = Node(tag)
                node.children.append(inner)
                pending.append((child, inner))
            if child.tail and node.tag in ("text", "tspan"):
                node.children.append(child.tail)
    return top


def _attributes(source: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for name, value in source.attrib.items():
        if name == "{http://www.w3.org/XML/1998/namespace}space":
            yield "xml:space", value
        elif (name in _ATTRIBUTES and not re.search(r"url\(\s*[^#\s]|@import|expression", value)) or (
            name == "href" and source.tag.endswith("}a")
        ):
            yield name, value


def write(root: Node) -> str:
    """The tree as XML text, one element a line except inside text; the same tree gives the same text."""
    out: list[str] = []
    # Closing tags wait on the stack as plain strings, already escaped and marked so by being in a tuple.
    stack: list[Node | str | tuple[str]] = [root]
    inline = 0
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            out.append(item[0])
            if item[0] in ("</text>\n", "</tspan>"):
                inline -= 1
        elif isinstance(item, str):
            out.append(clean(item).translate(_ESCAPES))
        else:
            attributes = "".join(
                f' {name}="{clean(value).translate(_ATTRIBUTE_ESCAPES)}"'
                for name, value in item.attributes.items()
            )
            if not item.children:
                out.append(f"<{item.tag}{attributes}/>" + ("" if inline else "\n"))
                continue
            words = item.tag in ("text", "tspan", "title", "desc")
            out.append(f"<{item.tag}{attributes}>" + ("" if words else "\n"))
            if item.tag in ("text", "tspan"):
                inline += 1
            stack.append((f"</{item.tag}>" + ("" if item.tag == "tspan" else "\n"),))
            stack.extend(reversed(item.children))
    return "".join(out)
