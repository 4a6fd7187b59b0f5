"""What goes out for the page, looked at in full: the withdrawal argument and a lesson in logic."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

import argmap
from argmap.formats import registry
from argmap.model import ArgumentMap, Emphasis, Fact, Section, Statement

WITHDRAWAL = """\
title: Jaw-jaw in Baghdad
author: Helena Cobban

(a) Washington has to find a way to negotiate a troop withdrawal from Iraq.
    + (lives) Until it does, Iraqi and American lives will go on being lost.
    + (weaker) With every month that passes Iran grows stronger and the US weaker.
    ~ (divisive) The issue is still divisive within the administration.
    - (leverage) Iran has no interest in letting the troops go.
        + (ducks) They are dispersed, stretched out and vulnerable.
        & (guarantee) While they stay, they are its guarantee against a US attack.
        - (pact) A broader pact to end hostilities would give it one.
    => (b) To do this, including Iran in the negotiation is unavoidable.
        => (c) In this context, a military attack on Iran is out of the question.
        => (d) The present level of tension needs to be de-escalated. {probably}
            provided: (kind) Iran answers in kind. {implicit}

@ Gates, Rice: accept (a), (b)
@ The Republicans: accept (a); doubt (b)
"""

SOCRATES = """\
(1) All humans are mortal.
(2) Socrates is human.
--- universal instantiation
    unless: (god) Socrates is a god.
(3) Socrates is mortal.
    provided: (earth) This is the earth.
"""

PROSE = """\
# Jaw-jaw in Baghdad

Helena Cobban

Washington has to find a way to negotiate a troop withdrawal from Iraq, although the issue is still
divisive within the administration. For one thing, until it does, Iraqi and American lives will go on
being lost. For another, with every month that passes Iran grows stronger and the US weaker.

Against this it may be said that Iran has no interest in letting the troops go, because they are
dispersed, stretched out and vulnerable, and while they stay, they are its guarantee against a US attack.
But a broader pact to end hostilities would give it one.

If that claim holds, then to do this, including Iran in the negotiation is unavoidable. If so, then in
this context, a military attack on Iran is out of the question. It also follows that probably the present
level of tension needs to be de-escalated. This follows only if Iran answers in kind.

Gates and Rice accept “Washington has to find a way to negotiate a troop withdrawal from Iraq” and “To do
this, including Iran in the negotiation is unavoidable”.

The Republicans accept “Washington has to find a way to negotiate a troop withdrawal from Iraq”, but doubt
that to do this, including Iran in the negotiation is unavoidable.
"""

STANDARD_FORM = """\
Jaw-jaw in Baghdad
==================

Helena Cobban

Argument for (3)

  (1) Until it does, Iraqi and American lives will go on      premise
      being lost.
  (2) With every month that passes Iran grows stronger and    premise
      the US weaker.
  (3) Washington has to find a way to negotiate a troop       from 1; from 2
      withdrawal from Iraq.

Granted against (3)

  (4) The issue is still divisive within the administration.  premise
    ∴ This speaks against (3), but is outweighed.             from 4

Objection to (3)

  (5) They are dispersed, stretched out and vulnerable.       premise
  (6) While they stay, they are its guarantee against a US    premise
      attack.
  (7) Iran has no interest in letting the troops go.          from 5, 6
    ∴ (3) does not stand.                                     from 7; answered by 8

Objection to (7)

  (8) A broader pact to end hostilities would give it one.    premise
    ∴ (7) does not stand.                                     from 8

What follows from (3)

  (9) To do this, including Iran in the negotiation is        follows from 3
      unavoidable.
 (10) In this context, a military attack on Iran is out of    follows from 9
      the question.
 (11) Iran answers in kind.                                   presumed, unstated
 (12) Probably, the present level of tension needs to be      follows from 9, given 11
      de-escalated.

Numbers joined by commas count only together; a semicolon parts separate reasons.

Gates and Rice accept (3) and (9).

The Republicans accept (3) and doubt (9).
"""

OUTLINE = """\
- **(1)** All humans are mortal.
- **(2)** Socrates is human.
- *therefore, by universal instantiation,* **(3)** Socrates is mortal.
  - *unless* **(god)** Socrates is a god.
  - *provided* **(earth)** This is the earth.
"""

HARD = ArgumentMap(
    facts=(Fact(key="title", value='A "title" <b> & {x} %% --> $'),),
    sections=(Section(title="end"),),
    statements=(
        Statement(
            id="a",
            label="a",
            text='<script>alert("x")</script> & ]]> \x00\x1b[31m \\input{/etc/passwd} $x_1^2$ #1 ~',
        ),
        Statement(
            id="b",
            label="b",
            text="`x` [link](javascript:x) ![i](y) | a *b* _c_ https://example.org",
            section=0,
        ),
        Statement(id="c", label="c", text='end "]; click n1 callback %%{init}%% #quot; \u2028 漢字 🙂', section=0),
        Statement(id="d", label="d", text="1. not a list, one word", emphasis=(Emphasis(15, 18),), section=0),
    ),
)


def written(map: ArgumentMap, format: str) -> str:
    writer = registry.by_name(format).write
    assert writer is not None
    return writer(map).text


def test_prose() -> None:
    assert written(argmap.parse(WITHDRAWAL), "prose") == re.sub(r"(?<!\n)\n(?!\n|\Z)", " ", PROSE)


def test_prose_of_a_bar() -> None:
    assert written(argmap.parse(SOCRATES), "prose") == (
        "All humans are mortal. Socrates is human. Therefore, by universal instantiation: Socrates is mortal."
        " But that does not count if this is so: Socrates is a god. This holds only if this is the earth.\n"
    )


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("The word is no name.", "One, because the word is no name."),
        ("Whales sing.", "One. The reason is this: Whales sing."),
        ("Turkey agreed. {probably}", "One. The reason is this, probably: Turkey agreed."),
        ("I was there.", "One, because I was there."),
        ("US ships came.", "One, because US ships came."),
        ("Who knows?", "One. The reason is this: Who knows?"),
        ("Iran agreed.\n\nIt was so said of Iran.", "One, because Iran agreed.\n\nIt was so said of Iran."),
    ],
)
def test_prose_keeps_the_authors_capitals(reason: str, said: str) -> None:
    assert written(argmap.parse(f"One.\n    + {reason}\n"), "prose") == f"{said}\n"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("Stockholm's traffic fell.", "One. The reason is this: Stockholm's traffic fell."),
        ("The traffic of Stockholm fell.", "One, because the traffic of Stockholm fell."),
        ("May resigned.", "One. The reason is this: May resigned."),
        ("But the town is poor.", "One, because the town is poor."),
        ("However, it rains.", "One, because it rains."),
        ("However hard we try, it fails.", "One, because however hard we try, it fails."),
        ("As it was late, we left.", "One, because as it was late, we left."),
        ("That's why we left.", "One. The reason is this: That's why we left."),
        ("It rains. (p. 3)", "One, because it rains (p. 3)."),
        ("It rains. (So it did.)", "One. The reason is this: It rains. (So it did.)"),
    ],
)
def test_prose_joins_two_statements_only_in_good_english(reason: str, said: str) -> None:
    assert written(argmap.parse(f"One.\n    + {reason}\n"), "prose") == f"{said}\n"


def test_prose_begins_without_a_word_that_ties_it_to_another_order() -> None:
    assert written(argmap.parse("However, it rains.\n    + The street is wet.\n"), "prose") == (
        "It rains, because the street is wet.\n"
    )


def test_prose_of_an_exception_that_is_claimed() -> None:
    map = argmap.parse("(a) It rains.\n    - (b) The sun shines.\n        unless: (c)\n\n(c) It is a lamp.\n")
    assert written(map, "prose") == (
        "It rains. Against this it may be said that the sun shines. But that does not count, because it is a lamp.\n"
    )


def test_prose_of_a_contradiction_says_each_side_once() -> None:
    map = argmap.parse("(a) It rains.\n    >< (b) The sky is clear.\n")
    assert written(map, "prose") == (
        "It rains. Whoever holds that claim cannot also hold that the sky is clear.\n\nThe sky is clear.\n"
    )


def test_prose_loses_only_what_a_reader_would_miss() -> None:
    map = argmap.parse(
        '(a) It *rains*. {#wet, seen: today}\n    > "It rained."\n    + (b) Drops fall.\n        > "Drops."\n'
    )
    writer = registry.by_name("prose").write
    assert writer is not None
    prose = writer(map)
    assert [(d.severity.value, d.message) for d in prose.diagnostics] == [
        ("warning", "a quotation of (a) and 1 more: prose has no place for quotations"),
        ("note", "the stress on “rains”: prose has no place for stress"),
        ("note", "the tag #wet of (a): prose has no place for tags"),
        ("note", "the attribute “seen” of (a): prose has no place for the author's own attributes"),
    ]


@pytest.mark.parametrize(
    ("stance", "said"),
    [
        ("accept (a), (b)", "Ann accepts that it rains and that all is wet."),
        ("accept (a), (b), (c)", "Ann accepts that it rains; that all is wet; and that the sky is grey."),
        ("accept (a); reject (b)", "Ann accepts that it rains, but rejects the claim that all is wet."),
        ("reject (a), (b)", "Ann rejects the claims that it rains and that all is wet."),
        ("accept (a), (n)", "Ann accepts “It rains” and “Turkey is dry”."),
        ("accept (p), (n)", "Ann accepts “Probably, it snows” and “Turkey is dry”."),
    ],
)
def test_prose_of_what_somebody_holds(stance: str, said: str) -> None:
    map = argmap.parse(
        "(a) It rains.\n\n(b) All is wet.\n\n(c) The sky is grey.\n\n(n) Turkey is dry.\n\n"
        f"(p) It snows. {{probably}}\n\n@ Ann: {stance}\n"
    )
    assert written(map, "prose").endswith(f"\n\n{said}\n")


def test_standard_form() -> None:
    assert written(argmap.parse(WITHDRAWAL), "standard-form-text") == STANDARD_FORM


def test_standard_form_of_a_bar() -> None:
    lines = written(argmap.parse(SOCRATES), "standard-form").splitlines()
    assert "| (3) | Socrates is a god. | presumed not to hold |" in lines
    assert "| (5) | Socrates is mortal. | from 1, 2 by universal instantiation, unless 3; holds given 4 |" in lines


def test_standard_form_renumbers_the_labels_that_words_name() -> None:
    text = "lang: en\n\n(4) As *(x) says*, A is (not) B.\n    > So (x).\n(x) C is A.\n--- by (4)\n(c) C is B.\n"
    form = written(argmap.parse(text), "standard-form")
    assert "As *(2) says*, A is (not) B." in form
    assert "from 1, 2 by (1)" in form
    assert "(1) So (2)." in form
    assert "lang" not in form


def test_prose_reports_a_label_that_words_name() -> None:
    writer = registry.by_name("prose").write
    assert writer is not None
    found = writer(argmap.parse("(a) It is so, as (b) says.\n    + (b) Look.\n")).diagnostics
    assert [each.message for each in found if each.code == "AM402"] == ["(a) names (b), and prose shows no labels"]


def test_outline() -> None:
    assert written(argmap.parse(SOCRATES), "outline") == OUTLINE


@pytest.mark.parametrize("format", ["prose", "outline", "standard-form", "standard-form-text", "standard-form-latex"])
def test_every_statement_is_in_it_once(format: str) -> None:
    from argmap.formats.page import flat

    map = argmap.parse(WITHDRAWAL)
    text = flat(written(map, format)).lower()
    if format == "standard-form-text":  # in columns: the words of one statement are apart
        text = flat(re.sub(r"(?m)  (premise|from|follows|presumed).*$", "", written(map, format))).lower()
    for statement in map.statements:
        assert statement.text.lower().rstrip(".") in text, statement.text


@pytest.mark.parametrize("format", ["outline", "prose", "standard-form"])
def test_markdown_holds_no_markup_of_the_authors(format: str) -> None:
    text = written(HARD, format)
    assert "<script" not in text
    assert "](" not in text.replace("\\](", "")
    assert "\x1b" not in text
    assert not re.search(r"(?<!\\)`", text)
    assert "https://" not in text


def test_latex_holds_no_command_of_the_authors() -> None:
    text = written(HARD, "standard-form-latex")
    assert "\\input" not in text
    assert r"\textbackslash{}input\{/etc/passwd\}" in text
    assert r"\$x\_1\textasciicircum{}2\$" in text
    assert "\\DeclareUnicodeCharacter{6F22}" in text
    assert r"\emph{one}" in text


def test_mermaid_holds_no_syntax_of_the_authors() -> None:
    lines = written(HARD, "mermaid").splitlines()
    nodes = [line for line in lines if re.match(r" +n\d", line)]
    assert len(nodes) == 4
    for line in nodes:
        assert re.fullmatch(r' {4}n\d\["[^"<>`{}\[\]|&\\]*"\]', line), line


def test_graphml_is_xml_and_says_what_the_map_says() -> None:
    root = ElementTree.fromstring(written(HARD, "graphml"))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    texts = [data.text for data in root.iter(f"{space}data") if data.get("key") == "text"]
    assert texts[1:] == [statement.text for statement in HARD.statements[1:]]
    assert texts[0] is not None
    assert texts[0].startswith('<script>alert("x")</script> & ]]> \ufffd\ufffd[31m')


def test_networkx_reads_the_graphml() -> None:
    networkx = pytest.importorskip("networkx")
    graph = networkx.parse_graphml(written(argmap.parse(WITHDRAWAL), "graphml"))
    kinds = [data.get("kind") for _, data in graph.nodes(data=True)]
    assert (kinds.count("statement"), kinds.count("step"), kinds.count("holder")) == (12, 2, 3)
    relations = sorted(data["relation"] for *_, data in graph.edges(data=True))
    assert relations.count("ground") == 3
    assert relations.count("accept") == 5
    assert relations.count("reason") == 3


@pytest.mark.parametrize("format", [format.name for format in registry.formats() if format.write is not None])
def test_a_very_deep_map_is_written(format: str) -> None:
    from argmap.model import Step, StepKind

    count = 3000
    map = ArgumentMap(
        statements=tuple(Statement(id=f"s{n}", label=f"s{n}", text=f"Claim {n} holds.") for n in range(count)),
        steps=tuple(Step(kind=StepKind.REASON, ground=(f"s{n + 1}",), target=f"s{n}") for n in range(count - 1)),
    )
    assert f"laim {count - 1} holds" in written(map, format).replace("&#32;", " ")
