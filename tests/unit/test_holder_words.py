"""Sentences agree with a holder that is plainly many, and every other holder is one."""

import pytest

import argmap
from argmap.model.stance import is_many


@pytest.mark.parametrize(
    "holder",
    [
        "the Arab governments",
        "The Arab governments",
        "critics",
        "House Republicans",
        "the leaders of Iran",
        "Smith and Jones",
        "most people",
        "bus drivers",
        "the Greens",
        "Greens",
        "the French",
        "the Nazis",
        "Green Voters",
        "Experts",
        "I",
        "both",
    ],
)
def test_many(holder: str) -> None:
    assert is_many(holder)


@pytest.mark.parametrize(
    "holder",
    [
        "Gates",
        "Rice",
        "the uniformed military",
        "Republican Party",
        "the United States",
        "the House of Lords",
        "James",
        "Paris",
        "the press",
        "the White House",
        "Side A",
        "Reuters",
        "Bernie Sanders",
        "Richard Evans",
        "General Motors",
        "Flanders",
        "French",
        "author",
        "",
        "s",
    ],
)
def test_one(holder: str) -> None:
    assert not is_many(holder)


def test_i_am_and_we_are() -> None:
    for holder, words in (("I", "I am"), ("We", "We are"), ("Reuters", "Reuters is")):
        map = argmap.parse(f"(a) It rains.\n    => (b) The street is wet.\n\n@ {holder}: accept (a)\n")
        assert f"{words} committed to accept (b) without saying so" in [d.message for d in argmap.check(map)]


_TEXT = """\
(a) It rains.
    => (b) The street is wet.
        => (c) Umbrellas are up.

@ the Arab governments: accept (a); doubt (b)
@ critics: accept (a); reject (c)
@ Joe: accept (a); doubt (b)
"""


def test_findings_agree_with_the_holder() -> None:
    map = argmap.parse(_TEXT)
    told = [finding.sentence for position in argmap.positions(map) for finding in position.findings]
    assert "the Arab governments accept (a) but doubt (b), which follows by (a) => (b)." in told
    assert "Joe accepts (a) but doubts (b), which follows by (a) => (b)." in told
    messages = [found.message for found in argmap.check(map)]
    assert "2 holders are committed to more than they say: the Arab governments and Joe" in messages
    assert any(message.startswith("critics accept (a) and reject (c), which clash by") for message in messages)
