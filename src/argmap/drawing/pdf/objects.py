"""The objects of a PDF file (ISO 32000-1, section 7), written without a date or anything else that varies."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence

from attrs import define, field, frozen


@frozen
class Ref:
    """A reference to an indirect object, by its number."""

    number: int


@frozen
class Name:
    """A PDF name, without its slash."""

    text: str


@frozen
class Raw:
    """Something already in PDF's syntax."""

    text: str


Value = Ref | Name | Raw | bool | int | float | str | bytes | Sequence["Value"] | Mapping[str, "Value"]


def text_string(text: str) -> str:
    """A text string (7.9.2.2): UTF-16 with a byte-order mark, in hexadecimal, lone surrogates made U+FFFD."""
    safe = text.encode("utf-16-be", "surrogatepass").decode("utf-16-be", "replace")
    return "<FEFF" + safe.encode("utf-16-be").hex().upper() + ">"


def number(value: float) -> str:
    """A number with at most three decimals, and no exponent, which PDF does not know."""
    short = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if short in ("-0", "") else short


def serialize(value: Value) -> str:
    """A value in PDF's syntax. `str` becomes a text string, `bytes` a byte string."""
    if isinstance(value, Ref):
        return f"{value.number} 0 R"
    if isinstance(value, Name):
        return "/" + "".join(
            c if c.isascii() and (c.isalnum() or c in "+-_.") else f"#{ord(c):02X}" for c in value.text
        )
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, str):
        return text_string(value)
    if isinstance(value, bytes):
        return "<" + value.hex().upper() + ">"
    if isinstance(value, Mapping):
        return (
            "<<"
            + " ".join(f"{serialize(Name(key))} {serialize(inner)}" for key, inner in value.items())
            + ">>"
        )
    return "[" + " ".join(serialize(inner) for inner in value) + "]"


@define
class Objects:
    """The indirect objects of a file that is being made."""

    _bodies: list[bytes | None] = field(factory=list)

    def reserve(self) -> Ref:
        """A number for an object that comes later."""
        self._bodies.append(None)
        return Ref(len(self._bodies))

    def put(self, value: Value, at: Ref | None = None) -> Ref:
        """Add an object, or fill in one that was reserved."""
        return self._set(serialize(value).encode("ascii"), at)

    def stream(self, data: bytes, entries: Mapping[str, Value] | None = None, at: Ref | None = None) -> Ref:
        """Add a stream, compressed."""
        packed = zlib.compress(data, 9)
        head = serialize({**(entries or {}), "Filter": Name("FlateDecode"), "Length": len(packed)})
        return self._set(head.encode("ascii") + b"\nstream\n" + packed + b"\nendstream", at)

    def _set(self, body: bytes, at: Ref | None) -> Ref:
        ref = at or self.reserve()
        self._bodies[ref.number - 1] = body
        return ref

    def file(self, catalog: Ref, info: Ref) -> bytes:
        """The whole file. Its identifier is made from its content, so that the same goes in and out."""
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for index, body in enumerate(self._bodies, 1):
            if body is None:
                raise ValueError(f"object {index} was reserved and never put")
            places.append(len(out))
            out += b"%d 0 obj\n" % index + body + b"\nendobj\n"
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        for place in places:
            out += b"%010d 00000 n \n" % place
        digest = hashlib.sha256(bytes(out)).digest()[:16]
        trailer: dict[str, Value] = {
            "Size": len(places) + 1,
            "Root": catalog,
            "Info": info,
            "ID": [digest, digest],
        }
        out += b"trailer\n" + serialize(trailer).encode("ascii") + b"\nstartxref\n%d\n%%%%EOF\n" % start
        return bytes(out)
