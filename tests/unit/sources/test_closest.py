"""Quoted words are fitted into a passage where a reader would fit them."""

import pytest

import argmap
from argmap.sources.matching import align
from argmap.sources.original import Original
from argmap.sources.quotations import check_quotations


def shown(quoted: str, passage: str) -> str:
    ours, theirs = quoted.split(), passage.split()
    out = []
    for a, b, c, d in align(ours, theirs):
        if ours[a:b] == theirs[c:d]:
            out.append(ours[a])
        else:
            out += [f"-{word}" for word in ours[a:b]] + [f"+{word}" for word in theirs[c:d]]
    return " ".join(out)


@pytest.mark.parametrize(
    ("quoted", "passage", "expected"),
    [
        ("a b c", "x a b c y", "a b c"),
        (
            "men are free and equal",
            "all men are equal , that they are endowed and the",
            "men are -free -and equal",
        ),
        ("one two three", "zero one too three four", "one -two +too three"),
        (
            "of this balance grows strong",
            "of this new balance is growing strong today",
            "of this +new balance +is -grows +growing strong",
        ),
        (
            "start of it end of it",
            "start of it w w w w w w w w w end of it",
            "start of it" + " +w" * 9 + " end of it",
        ),
        ("The men", "on the men", "-The +the men"),
    ],
)
def test_where_they_part(quoted: str, passage: str, expected: str) -> None:
    assert shown(quoted, passage) == expected


def test_nothing_in_common_still_has_an_answer() -> None:
    assert align(["a"], []) == [(0, 1, 0, 0)]
    assert align([], ["a"]) == []


def test_the_nearest_passage_ends_where_the_quotation_does() -> None:
    text = "that all men are created equal, that they are endowed with rights, that among these are Life and the"
    map = argmap.parse('(a) Men are equal.\n    > "all men are created free and equal"\n')
    (told,) = check_quotations(map, [Original("d.txt", text)])
    assert told.hint is not None
    assert "“all men are created [-free and-] equal”" in told.hint
