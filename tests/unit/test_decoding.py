"""Bytes to text: whatever the bytes, a text and a fault that names line and byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.project.decoding import decode
from argmap.text import Span

FAULT = "byte {} of line {} is not UTF-8: {}"
PIECES = [b"a", b"\n", b"\xe9", b"\xed\xa0\x80", "日".encode()]
SURROGATE = "(0xED 0xA0 0x80), which UTF-8 does not allow"


@pytest.mark.parametrize(
    ("data", "text", "messages"),
    [
        (b"abc\ncaf\xe9 x", "abc\ncaf\ufffd x", ["byte 4 of line 2 is not UTF-8: 0xE9"]),
        (b"\xff\r\n\xc3(", "\ufffd\r\n\ufffd(", [FAULT.format(1, 1, "0xFF"), FAULT.format(1, 2, "0xC3")]),
        (b"a\xe9\xe9b\xe9", "a\ufffdb\ufffd", [FAULT.format(2, 1, "0xE9 0xE9"), FAULT.format(5, 1, "0xE9")]),
        (b"x\xed\xa0\x80", "x\ufffd", [f"byte 2 of line 1 begins a lone surrogate {SURROGATE}"]),
        (b"\x89PNG\r\n", "", ["this is a PNG picture, not text"]),
        ("hé".encode("utf-16"), "", ["the file is in UTF-16, not UTF-8 (it begins with 0xFF 0xFE)"]),
    ],
)  # fmt: skip
def test_faults_are_named_by_line_and_byte(data: bytes, text: str, messages: list[str]) -> None:
    source, faults = decode(data, "x")
    assert source.text == text
    assert [fault.message for fault in faults] == messages
    assert {fault.code for fault in faults} == {"AM001"}


def test_the_place_is_the_replacement_character() -> None:
    source, (fault,) = decode("日本 x".encode() + b"\xe9 y", "x")
    assert fault.span == Span(4, 5)
    assert source.text[4] == "\ufffd"


def test_a_file_in_another_encoding_is_not_a_thousand_faults() -> None:
    source, faults = decode("é\n".encode("latin-1") * 1000, "x")
    assert source.text == "\ufffd\n" * 1000
    assert len(faults) == 21
    assert faults[-1].message.startswith("and so on")
    assert "Windows-1252" in (faults[0].hint or "")


def test_ordinary_text_has_no_faults_and_keeps_everything() -> None:
    for text in ("", "\ufeffx\r\ny\rz", "a\x00b", "日本 \U0001f600"):
        source, faults = decode(text.encode(), "x")
        assert (source.text, faults) == (text, ())


@given(st.binary(max_size=200) | st.lists(st.sampled_from(PIECES)).map(b"".join))
def test_any_bytes_give_a_text(data: bytes) -> None:
    source, faults = decode(data, "x")
    source.text.encode("utf-8")  # no surrogates
    try:
        assert source.text == data.decode("utf-8")
        assert not faults
    except UnicodeDecodeError:
        assert faults
    for fault in faults:
        assert fault.span is not None
        assert fault.span.end <= len(source.text)
        assert source.text[fault.span.start : fault.span.end] in ("", "\ufffd")
