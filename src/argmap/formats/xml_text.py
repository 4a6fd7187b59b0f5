"""Reads XML from a stranger: no entities, nothing fetched, limits, and the place of every element.

A file may name its document type, as many do; it is neither fetched nor believed. Declarations inside the
file are refused, and with them every way of making a small file large.
"""

from __future__ import annotations

from xml.parsers import expat

from attrs import define, field

from argmap.errors import FormatError
from argmap.text import Source, Span

LARGEST = 100_000_000
"""Most characters of a file that is read at all."""

DEEPEST = 100
"""Most elements one inside another."""


@define
class Element:
    """An element: its name, its attributes, its own text (not that of elements inside it), and its opening
    tag's place."""

    name: str
    attributes: dict[str, str]
    depth: int
    span: Span
    parts: list[str] = field(factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())


def elements(source: Source) -> list[Element]:
    """All elements, in the order in which they begin.

    Raises:
        FormatError: it is not XML, too large or too deep, or declares entities.
    """
    text = source.text.removeprefix("\ufeff")
    shift = len(source.text) - len(text)
    if len(text) > LARGEST:
        raise FormatError(f"{source.name}: too large: more than {LARGEST:,} characters")
    data = text.encode("utf-8", "replace")
    parser = expat.ParserCreate("utf-8")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.buffer_text = True
    found: list[Element] = []
    open_: list[Element] = []
    at = [0, shift]  # a byte offset, and the code point it stands for

    def here() -> int:
        offset = parser.CurrentByteIndex
        if offset > at[0]:
            at[1] += len(data[at[0] : offset].decode("utf-8", "replace"))
            at[0] = offset
        return at[1]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(open_) >= DEEPEST:
            raise FormatError(
                f"{source.name}:{parser.CurrentLineNumber}: too deep: more than {DEEPEST} elements"
            )
        begin = here()
        end = text.find(">", begin - shift)
        element = Element(
            name, attributes, len(open_), Span(begin, shift + end + 1 if end >= 0 else begin, source)
        )
        found.append(element)
        open_.append(element)

    def end(name: str) -> None:
        open_.pop()

    def characters(words: str) -> None:
        open_[-1].parts.append(words)

    def refuse(*ignored: object) -> None:
        raise FormatError(
            f"{source.name}:{parser.CurrentLineNumber}: it declares entities, which are not read"
        )

    def doctype(name: str, system: str | None, public: str | None, internal: int) -> None:
        if internal:
            refuse()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = refuse
    parser.SkippedEntityHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, "not well-formed")
        raise FormatError(f"{source.name}:{error.lineno}:{error.offset + 1}: not XML: {reason}") from None
    return found
