"""The table that Lark makes, driven as an automaton, and kept between runs."""

from __future__ import annotations

import random
from pathlib import Path
from pkgutil import get_data

import pytest
from lark import Lark, Token, UnexpectedToken

import argmap
from argmap.syntax import table_cache
from argmap.syntax.grammar import grammar
from argmap.syntax.marks import WORDS
from argmap.syntax.table import Automaton, make

GRAMMAR = (get_data("argmap.grammars", "argmap.lark") or b"").decode()
TYPES = (*WORDS, "STATEMENT", "REFERENCE", "STRAY", "QUOTATION", "STANCE", "BAR", "HEADING", "FACT",
         "_INDENT", "_DEDENT", "_END")  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_the_automaton_takes_what_lark_takes(seed: int) -> None:
    """Each line is offered to both, in an order at random but rarely wrong, and they agree on every one."""
    pick = random.Random(seed)
    theirs = Lark(GRAMMAR, start="document", parser="lalr", lexer="basic").parse_interactive()
    ours = Automaton.begin(grammar().table)
    taken = 0
    for _ in range(400):
        wanted = sorted(theirs.choices().keys() & set(TYPES))
        type = pick.choice(wanted if pick.random() < 0.8 else TYPES)
        try:
            theirs.feed_token(Token(type, ""))
            accepted = True
        except UnexpectedToken:
            accepted = False
        assert ours.accept(type) is accepted, (seed, type)
        assert len(ours.stack) == len(theirs.parser_state.state_stack)
        taken += accepted
    assert taken > 200


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "argmap"


def test_the_table_is_kept_and_found_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = table_cache.load(GRAMMAR)
    assert [file.suffix for file in cache.iterdir()] == [".json"]
    assert cache.stat().st_mode & 0o077 == 0
    monkeypatch.setattr(table_cache, "make", lambda grammar: pytest.fail("made again"))
    found = table_cache.load(GRAMMAR)
    assert (found.actions, found.start, found.end, found.patterns) == (
        made.actions,
        made.start,
        made.end,
        made.patterns,
    )
    assert [tuple(rule) for rule in found.rules] == made.rules


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"null", b'{"grammar": 1}', b"\xff\x00", b"[" * 100_000]
)
def test_a_damaged_cache_is_made_anew(cache: Path, damage: bytes) -> None:
    table_cache.load(GRAMMAR)
    (file,) = cache.iterdir()
    file.write_bytes(damage)
    assert table_cache.load(GRAMMAR).patterns == make(GRAMMAR).patterns
    assert len(file.read_bytes()) > 5000


def test_the_table_of_another_grammar_is_not_taken_for_this_one(cache: Path) -> None:
    table_cache.load(GRAMMAR)
    assert "REASON" not in table_cache.load('document: "x"').patterns


def test_no_cache_folder_is_no_hindrance(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for base in ("relative", str(tmp_path / "file"), ""):
        monkeypatch.setenv("XDG_CACHE_HOME", base)
        monkeypatch.setenv("HOME", str(tmp_path / "file"))
        assert table_cache.load(GRAMMAR).patterns
    assert argmap.parse("(a) x").ok
