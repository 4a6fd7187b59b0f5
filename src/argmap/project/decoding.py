"""From bytes to text, with a fault that names line and byte where the bytes are not UTF-8."""

from __future__ import annotations

import re

from argmap.diagnostics import Diagnostic, Label, Severity
from argmap.text import Source, Span

NOT_UTF8 = "AM001"
REPLACEMENT = "\ufffd"
# A file with more faults than these is in another encoding.
MOST_FAULTS = 20

_BAD_BYTES = re.compile("[\udc80-\udcff]+")
_SURROGATE = re.compile(rb"(?:\xed[\xa0-\xbf][\x80-\xbf])+")

_BINARY = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
_WIDE_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def decode(data: bytes, name: str) -> tuple[Source, tuple[Diagnostic, ...]]:
    """The text of a file, whatever its bytes, and what is wrong with them.

    Every run of bytes that is not UTF-8 becomes one replacement character (U+FFFD), and the first few are
    reported as AM001. A file that is not text at all gives an empty source and one diagnostic. Control
    characters, NUL among them, are valid UTF-8: the parser reports those.
    """
    try:
        return Source(name, data.decode("utf-8")), ()
    except UnicodeDecodeError:
        pass
    if whole := _not_text(data):
        return Source(name, ""), (whole,)
    return _decode_around_faults(data, name)


def _not_text(data: bytes) -> Diagnostic | None:
    for mark, kind in _BINARY:
        if data.startswith(mark):
            return Diagnostic(NOT_UTF8, Severity.ERROR, f"this is {kind}, not text", (Label(Span(0, 0)),))
    for mark, encoding in _WIDE_MARKS:
        if data.startswith(mark):
            message = f"the file is in {encoding}, not UTF-8 (it begins with {_hex(data[: len(mark)])})"
            return Diagnostic(NOT_UTF8, Severity.ERROR, message, (Label(Span(0, 0)),), "save it as UTF-8")
    return None


def _decode_around_faults(data: bytes, name: str) -> tuple[Source, tuple[Diagnostic, ...]]:
    # UTF-8 cannot spell a surrogate, so every one in the result stands for a byte that could not be read.
    escaped = data.decode("utf-8", "surrogateescape")
    parts: list[str] = []
    faults: list[tuple[Span, int, bytes]] = []  # place in the text, byte of the file, the bytes
    after, length, position = 0, 0, 0
    for run in _BAD_BYTES.finditer(escaped):
        parts += (escaped[after : run.start()], REPLACEMENT)
        length += run.start() - after
        if len(faults) <= MOST_FAULTS:
            position += len(parts[-2].encode("utf-8"))
            faults.append((Span(length, length + 1), position, data[position : position + len(run[0])]))
            position += len(run[0])
        length += 1
        after = run.end()
    parts.append(escaped[after:])
    source = Source(name, "".join(parts))
    advice = _advice(data)
    found = [_fault(data, source, *fault, advice) for fault in faults[:MOST_FAULTS]]
    if len(faults) > MOST_FAULTS:
        place = (Label(faults[-1][0]),)
        found.append(Diagnostic(NOT_UTF8, Severity.ERROR, "and so on: more bytes are not UTF-8", place, advice))
    return source, tuple(found)


def _fault(data: bytes, source: Source, span: Span, position: int, bad: bytes, advice: str) -> Diagnostic:
    line, _ = source.place(span.start)
    nth = position - max(data.rfind(b"\n", 0, position), data.rfind(b"\r", 0, position))
    where = f"byte {nth} of line {line}"
    if _SURROGATE.fullmatch(bad):
        message = f"{where} begins a lone surrogate ({_hex(bad)}), which UTF-8 does not allow"
        advice = "take it out, or write the whole character"
    else:
        message = f"{where} is not UTF-8: {_hex(bad)}"
    return Diagnostic(NOT_UTF8, Severity.ERROR, message, (Label(span),), advice)


def _advice(data: bytes) -> str:
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "save the file as UTF-8"
    return "the file looks like Windows-1252 (Western European); save it as UTF-8"


def _hex(data: bytes) -> str:
    shown = " ".join(f"0x{byte:02X}" for byte in data[:4])
    return shown + " …" if len(data) > 4 else shown
