"""A stance with a step, a date, a hedge, a reporter and evidence, in every form that carries it."""

from __future__ import annotations

import argmap
from argmap.formats import aif, argmap_json, outline, prose
from argmap.formats.notation import writer
from argmap.formatting import format_text
from argmap.model import ArgumentMap
from argmap.text import Source

TEXT = """(a) It rains.
    => (b) The street is wet.

@ Ann: accept (a); reject (a) => (b) {date: 2007-05, by: "Bo, of the Herald", probably}
    > "not wet" (p. 1)
@ Ann: retract (a) {date: 2008}
@ Cy: doubt (a) => (b)
"""
MAP = argmap.parse(TEXT)


def test_text_json_and_aif_give_it_back() -> None:
    assert argmap.parse(writer.write(MAP).text).stances == MAP.stances
    for format in (argmap_json, aif):
        assert format.read(Source("x.json", format.write(MAP).text)).map.stances == MAP.stances


def test_version_1_is_read() -> None:
    stance = '{"holder": "X", "attitude": "doubt", "statement": "a"}'
    text = f'{{"argmap": 1, "statements": [{{"id": "a", "text": "A."}}], "stances": [{stance}]}}'
    (read,) = argmap_json.read(Source("x.json", text)).map.stances
    assert (read.holder, read.statement, read.step) == ("X", "a", None)


def test_it_is_formatted() -> None:
    loose = TEXT.replace("(a) => (b) {", "(a)=>(b){").replace("accept (a);", "accept  (a) ;")
    assert format_text(loose) == TEXT.replace("(b) {date", "(b){date")
    assert format_text(TEXT) == TEXT


def test_prose_and_outline_say_it() -> None:
    details = "(probably, 2007-05, reported by Bo, of the Herald)"
    assert f"the step from “It rains” to “The street is wet” {details}" in prose.write(MAP).text
    text = outline.write(MAP).text.replace("\\", "")
    assert f"rejects the step from **(a)** to **(b)** {details}" in text
    assert "> “not wet” (p. 1)" in text


def test_pictures_show_what_counts() -> None:
    picture = " ".join(argmap.render(MAP, "svg").decode().split())
    assert "Cy on (a) ⇒" in picture
    assert "Ann on" in picture
    said = "Ann rejects the step to it from (a) (probably, 2007-05, reported by Bo, of the Herald) “not wet” (p. 1)"
    assert said in picture
    only: ArgumentMap = argmap.parse("(a) It rains.\n\n@ Ann: accept (a)\n@ Ann: retract (a) {date: 2008}\n")
    assert "✓" not in argmap.render(only, "svg").decode()
