"""A small tree of SVG elements: read from a layout engine's output, and written as plain, valid XML.

Reading keeps only the elements and attributes that a picture of boxes, lines and words needs. Whatever else
an engine may put in (comments, scripts, images, references to other files) is left out, so that nothing an
author writes can make a picture load something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers.expat import ExpatError, ParserCreate

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
# Told by what is out, since Python takes ten times as long to compile the set of all that is in.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]+)|([0-9]+));")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*>")
_NUMBER = re.compile(r"\s*[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?")
# What would make an attribute load something, or run it.
_ACTIVE = re.compile(r"url\(\s*[^#\s]|@import|expression")
_SVG = SVG_NAMESPACE + "}svg"
_ANCHOR = SVG_NAMESPACE + "}a"
# Names as the parser gives them, namespace first, and as they are kept.
_KNOWN = {prefix + tag: tag for tag in _TAGS for prefix in (SVG_NAMESPACE + "}", "")}
_KEPT = {name: name for name in _ATTRIBUTES} | {"http://www.w3.org/XML/1998/namespace}space": "xml:space"}
_WORDS = frozenset({"text", "tspan", "title", "desc"})
_RUNNING = frozenset({"text", "tspan"})
_CLOSED = frozenset({"</text>\n", "</tspan>"})
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)


def short(number: float) -> str:
    """A number as an attribute has it: to a hundredth, without empty places."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


@define(slots=True, eq=False, repr=False)
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
        if len(self.children) == 1 and isinstance(self.children[0], str):
            return self.children[0]
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
        match = _NUMBER.match(self.attributes.get(name, ""))
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
    # The document type names the engine and would be the only way to declare an entity.
    text = _DOCTYPE.sub("", svg, count=1).replace(">\n<", "><")
    try:
        try:
            return _parse(text.encode("utf-8"))
        except (ExpatError, UnicodeEncodeError):
            # Hardly ever: characters that XML forbids, written out or as references.
            return _parse(_REFERENCE.sub(_clean_reference, clean(text)).encode("utf-8"))
    except ExpatError as error:
        raise EngineError(f"the layout engine's SVG cannot be read: {error}") from None


def _parse(data: bytes) -> Node:
    parser = ParserCreate("utf-8", "}")
    parser.buffer_text = True
    above: list[Node] = []  # the elements that are open, without those left out
    top: Node | None = None
    left_out = 0  # how deep inside an element that is left out
    begun = False  # whether the innermost open element has had a child already

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal top, left_out, begun
        if left_out:
            left_out += 1
            return
        tag = _KNOWN.get(name)
        if top is None:
            if name != _SVG:
                raise EngineError("the layout engine's output is not SVG")
            tag = "svg"
        elif tag is None:
            left_out, begun = 1, True
            return
        attributes = {}
        for key, value in given.items():
            kept = _KEPT.get(key)
            if kept is not None:
                attributes[kept] = value
        told = "".join(attributes.values())
        if "(" in told or "@" in told or "expression" in told:
            attributes = {
                key: value
                for key, value in attributes.items()
                if key == "xml:space" or not _ACTIVE.search(value)
            }
        if "href" in given and name == _ANCHOR:
            attributes["href"] = given["href"]
        node = Node(tag, attributes, [])
        if top is None:
            top = node
        else:
            above[-1].children.append(node)
        above.append(node)
        begun = False

    def end(name: str) -> None:
        nonlocal left_out, begun
        if left_out:
            left_out -= 1
        else:
            above.pop()
        begun = True

    def words(text: str) -> None:
        if left_out or not above:
            return
        node = above[-1]
        # Text after a child belongs to the picture only inside a text.
        keeps = _RUNNING if begun else _WORDS
        if node.tag in keeps or (not begun and not text.isspace()):
            node.children.append(text)

    def doctype(*args: object) -> None:
        raise EngineError("the layout engine's SVG cannot be read: it has a document type of its own")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(data, True)
    assert top is not None  # a document without an element is not well-formed
    return top


def write(root: Node) -> str:
    """The tree as XML text, one element a line except inside text; the same tree gives the same text."""
    out: list[str] = []
    # Closing tags wait on the stack as plain strings, already escaped and marked so by being in a tuple.
    stack: list[Node | str | tuple[str]] = [root]
    inline = 0
    while stack:
        item = stack.pop()
        if isinstance(item, Node):
            tag, attributes, children = item.tag, item.attributes, item.children
            values = "".join(attributes.values())
            if _is_plain(values):
                opening = "".join([f' {name}="{value}"' for name, value in attributes.items()])
            else:
                opening = "".join(
                    [
                        f' {name}="{clean(value).translate(_ATTRIBUTE_ESCAPES)}"'
                        for name, value in attributes.items()
                    ]
                )
            if not children:
                out.append(f"<{tag}{opening}/>" if inline else f"<{tag}{opening}/>\n")
                continue
            if tag in _WORDS:
                out.append(f"<{tag}{opening}>")
                if len(children) == 1 and isinstance(words := children[0], str):
                    out.append(words if _is_plain(words) else clean(words).translate(_ESCAPES))
                    out.append(f"</{tag}>" if tag == "tspan" else f"</{tag}>\n")
                    continue
                if tag in _RUNNING:
                    inline += 1
            else:
                out.append(f"<{tag}{opening}>\n")
            stack.append((f"</{tag}>" if tag == "tspan" else f"</{tag}>\n",))
            stack.extend(reversed(children))
        elif isinstance(item, tuple):
            out.append(item[0])
            if item[0] in _CLOSED:
                inline -= 1
        else:
            out.append(item if _is_plain(item) else clean(item).translate(_ESCAPES))
    return "".join(out)


def _is_plain(text: str) -> bool:
    """Whether nothing in a text could need an escape; quick, and true of nearly all that an engine writes."""
    return (
        text.isascii()
        and text.isprintable()
        and "&" not in text
        and "<" not in text
        and ">" not in text
        and '"' not in text
    )
