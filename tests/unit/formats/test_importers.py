"""What comes in from other tools: the same statements and steps, and a word about each thing that is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest

import argmap
from argmap.errors import FormatError
from argmap.formats import registry
from argmap.formats.format import Conversion
from argmap.text import Source

KIALO = """\
Discussion Title: Should libraries open on Sundays?

1. Libraries should open on Sundays.
1.1. Pro: Many people have no
other day.
1.1.1. Con: They have Saturday evening.

And Friday.
1.2. Con: -> See 1.1.1.
2. Another thesis.
"""

ARGGRAPH = """\
<?xml version='1.0' encoding='UTF-8'?>
<!DOCTYPE arggraph SYSTEM "arggraph.dtd">
<arggraph id="rubbish" topic_id="sorting" stance="pro">
  <edu id="e1"><![CDATA[Yes, sorting is tedious.]]></edu>
  <edu id="e2">But it saves</edu><edu id="e3">&amp; it pays.</edu>
  <edu id="e4">Everybody can learn it.</edu>
  <edu id="e5">So we should sort.</edu>
  <edu id="e6">Some cannot.</edu>
  <joint id="j1"/>
  <adu id="a1" type="opp"/><adu id="a2" type="pro"/><adu id="a3" type="pro"/><adu id="a4" type="pro"/>
  <adu id="a5" type="opp"/>
  <edge id="s1" src="e1" trg="a1" type="seg"/>
  <edge id="s2" src="e2" trg="j1" type="seg"/><edge id="s3" src="e3" trg="j1" type="seg"/>
  <edge id="s4" src="j1" trg="a2" type="seg"/>
  <edge id="s5" src="e4" trg="a3" type="seg"/>
  <edge id="s6" src="e5" trg="a4" type="seg"/>
  <edge id="s7" src="e6" trg="a5" type="seg"/>
  <edge id="c1" src="a3" trg="c2" type="und"/>
  <edge id="c2" src="a1" trg="a4" type="reb"/>
  <edge id="c3" src="a2" trg="a4" type="sup"/>
  <edge id="c4" src="a3" trg="c3" type="add"/>
  <edge id="c5" src="a5" trg="a4" type="reb"/>
</arggraph>
"""

SADFACE: dict[str, Any] = {
    "metadata": {"core": {"title": "Mortality", "analyst_name": "Ann"}},
    "resources": [{"id": "r", "url": "http://example.org/text", "content": "…"}],
    "nodes": [
        {"id": "a", "type": "atom", "text": "All die", "sources": [{"resource_id": "r", "text": "all die"}]},
        {"id": "b", "type": "atom", "text": "You are one of all"},
        {"id": "c", "type": "atom", "text": "You will die"},
        {"id": "d", "type": "atom", "text": "Some were taken up alive"},
        {"id": "e", "type": "atom", "text": "The doctor says so"},
        {"id": "s", "type": "scheme", "name": "support"},
        {"id": "k", "type": "scheme", "name": "conflict"},
        {"id": "x", "type": "scheme", "name": "Expert opinion"},
    ],
    "edges": [
        {"id": "1", "source_id": "a", "target_id": "s"},
        {"id": "2", "source_id": "b", "target_id": "s"},
        {"id": "3", "source_id": "s", "target_id": "c"},
        {"id": "4", "source_id": "d", "target_id": "k"},
        {"id": "5", "source_id": "k", "target_id": "s"},
        {"id": "6", "source_id": "e", "target_id": "x"},
        {"id": "7", "source_id": "x", "target_id": "a"},
    ],
}

ARGUEBUF: dict[str, Any] = {
    "schemaVersion": 1,
    "nodes": {
        "y": {"atom": {"text": "It helps.", "reference": {"resource": "r", "text": "it helps a lot"}}},
        "x": {"atom": {"text": "We should do it.", "participant": "p"}},
        "v": {"atom": {"text": "It costs."}},
        "z": {"scheme": {"support": "SUPPORT_DEFAULT"}},
        "w": {"scheme": {"attack": "ATTACK_DEFAULT"}},
    },
    "edges": {
        "1": {"source": "y", "target": "z"},
        "2": {"source": "z", "target": "x"},
        "3": {"source": "v", "target": "w"},
        "4": {"source": "w", "target": "x"},
    },
    "resources": {"r": {"title": "A book", "text": "…"}},
    "participants": {"p": {"name": "Ada"}},
    "majorClaim": "x",
}


def read(text: str, format: str) -> Conversion:
    reader = registry.by_name(format).read
    assert reader is not None
    return reader(Source("given", text))


def notation(text: str, format: str) -> str:
    writer = registry.by_name("argmap").write
    assert writer is not None
    return writer(read(text, format).map).text


def codes(conversion: Conversion) -> list[str]:
    return [found.code for found in conversion.diagnostics]


def test_kialo() -> None:
    assert notation(KIALO, "kialo") == (
        "title: Should libraries open on Sundays?\n"
        "\n"
        "(1) Libraries should open on Sundays.\n"
        "    + (1.1) Many people have no other day.\n"
        "        - (1.1.1) They have Saturday evening.\n"
        "\n"
        "            \\And Friday.\n"
        "    - (1.1.1)\n"
        "\n"
        "(2) Another thesis.\n"
    )
    assert codes(read(KIALO, "kialo")) == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("1.7.1. Pro: under nothing", "AM403"),
        ("1.7. Con: -> See 9.9.", "AM403"),
        ("1.1. Pro: a number used before", "AM403"),
        ("1.8. neither", "AM402"),
        ("Sources:\n[1] http://example.org", "AM401"),
    ],
)
def test_kialo_losses_are_told_at_their_line(line: str, code: str) -> None:
    conversion = read(KIALO + line + "\n", "kialo")
    assert codes(conversion) == [code]
    span = conversion.diagnostics[0].span
    assert span is not None
    assert (KIALO + line)[span.start : span.end] == line.split("\n")[-1]


def test_arggraph() -> None:
    assert notation(ARGGRAPH, "arggraph") == (
        "title:  rubbish\ntopic:  sorting\nstance: pro\n"
        "\n"
        "(a4) So we should sort.\n"
        "    - (a1) Yes, sorting is tedious.\n"
        "        unless: (a3)\n"
        "    + (a2) But it saves & it pays.\n"
        "    & (a3) Everybody can learn it.\n"
        "    ~ (a5) Some cannot.\n"
        "\n"
        "@ the opponent: accept (a1), (a5)\n"
    )
    assert codes(read(ARGGRAPH, "arggraph")) == []


def test_arggraph_an_undercut_of_an_undercut_is_reported() -> None:
    extra = '<edge id="c6" src="a2" trg="c1" type="und"/></arggraph>'
    conversion = read(ARGGRAPH.replace("</arggraph>", extra), "arggraph")
    assert codes(conversion) == ["AM402"]


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE arggraph [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>',
        '<!DOCTYPE arggraph [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE arggraph [<!ENTITY % p SYSTEM "http://example.org/x">%p;]>',
    ],
)
def test_xml_declares_nothing(prolog: str) -> None:
    text = f'{prolog}<arggraph id="x"><edu id="e1">&lol2;&file;</edu></arggraph>'
    with pytest.raises(FormatError, match="declares entities"):
        read(text, "arggraph")


def test_xml_has_a_depth() -> None:
    with pytest.raises(FormatError, match="too deep"):
        read("<arggraph>" + "<a>" * 5000, "arggraph")


def test_sadface() -> None:
    assert notation(json.dumps(SADFACE), "sadface") == (
        "title:   Mortality\nanalyst: Ann\n"
        "\n"
        "You will die\n"
        "    + (die)\n"
        "        unless: (taken-up-alive)\n"
        "    & You are one of all\n"
        "\n"
        "(taken-up-alive) Some were taken up alive\n"
        "\n"
        "The doctor says so\n"
        "--- Expert opinion\n"
        "(die) All die\n"
        '    > "all die" (http://example.org/text)\n'
    )
    assert codes(read(json.dumps(SADFACE), "sadface")) == []


def test_arguebuf() -> None:
    assert notation(json.dumps(ARGUEBUF), "arguebuf") == (
        "source: A book\n"
        "\n"
        "We should do it.\n"
        "    @ Ada: accept\n"
        "    + It helps.\n"
        '        > "it helps a lot" (A book)\n'
        "    - It costs.\n"
    )
    assert codes(read(json.dumps(ARGUEBUF), "arguebuf")) == []


@pytest.mark.parametrize(
    ("edge", "code"),
    [
        ({"id": "8", "source_id": "nobody", "target_id": "s"}, "AM403"),
        ({"id": "8", "source_id": "a", "target_id": "c"}, "AM403"),
    ],
)
def test_sadface_losses_are_told_at_their_place(edge: dict[str, str], code: str) -> None:
    value = {**SADFACE, "edges": [*SADFACE["edges"], edge]}
    text = json.dumps(value)
    conversion = read(text, "sadface")
    assert codes(conversion) == [code]
    span = conversion.diagnostics[0].span
    assert span is not None
    assert json.loads(text[span.start : span.end]) == edge


def test_what_a_map_has_no_place_for_is_reported() -> None:
    value = json.loads(json.dumps(ARGUEBUF))
    value["nodes"]["q"] = {"scheme": {"rephrase": "REPHRASE_DEFAULT"}}
    value["edges"]["9"] = {"source": "v", "target": "q"}
    value["nodes"]["w"]["scheme"]["attack"] = "ATTACK_BIAS"
    conversion = read(json.dumps(value), "arguebuf")
    assert codes(conversion) == ["AM401"]
    assert "bias" in [step.rule for step in conversion.map.steps]


@pytest.mark.parametrize(
    ("text", "format"),
    [
        (KIALO, "kialo"),
        (ARGGRAPH, "arggraph"),
        (json.dumps(SADFACE), "sadface"),
        (json.dumps(ARGUEBUF), "arguebuf"),
    ],
)
def test_the_content_tells_the_format(text: str, format: str) -> None:
    suffix = {"kialo": ".txt", "arggraph": ".xml"}.get(format, ".json")
    assert registry.for_reading(Source(f"x{suffix}", text)).name == format
    assert registry.for_reading(Source("<stdin>", text)).name == format


def test_what_is_read_can_be_used() -> None:
    map = argmap.parse(KIALO, format="kialo")
    assert [s.label for s in map.statements] == ["1", "1.1", "1.1.1", "2"]
    assert map.title == "Should libraries open on Sundays?"


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("kialo", KIALO),
        ("arggraph", ARGGRAPH),
        ("argdown", "# Part\n\n[A]: One.\n  + <B>: Two.\n  >< [C]: Three. #tag\n"),
        ("argmap", "date: today\n\n# Part\n(a) One.\n    + Two.\n    >< Three.\n    @ Smith: doubt\n- \n"),
    ],
)
def test_every_span_knows_its_file(format: str, text: str) -> None:
    map = argmap.parse(text, format=format)
    things = (*map.statements, *map.steps, *map.contradictions, *map.stances, *map.sections, *map.facts)
    spans = [thing.span for thing in things if thing.span is not None]
    assert spans
    spans += [label.span for diagnostic in map.diagnostics for label in diagnostic.labels]
    spans += [edit.span for diagnostic in map.diagnostics if diagnostic.fix for edit in diagnostic.fix.edits]
    assert all(span.source is map.source for span in spans)


@pytest.mark.parametrize(
    ("format", "text"),
    [("aif", '{"nodes": []}'), ("sadface", '{"nodes": [], "edges": []}'), ("argdown", "// nothing"),
     ("json", '{"argmap": 1, "statements": []}'), ("arggraph", "<arggraph/>")],
)  # fmt: skip
def test_a_file_without_a_statement_is_no_map(format: str, text: str) -> None:
    map = argmap.parse(text, "x", format=format)
    assert [found.code for found in map.diagnostics if found.severity.value == "error"] == ["AM003"]


def test_a_label_that_no_notation_has_can_be_written_everywhere() -> None:
    map = argmap.parse(ARGGRAPH.replace('"a2"', '"a~"'), "x", format="arggraph")
    for format in registry.formats():
        if format.write is not None:
            assert "it pays" in format.write(map).text
