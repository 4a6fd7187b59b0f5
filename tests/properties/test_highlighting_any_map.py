"""The patterns of colours see in any map that the writer makes what the parser sees."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from random_maps import maps

from argmap.formats import notation
from argmap.highlighting import TOKENS, ArgmapLexer
from argmap.model import ArgumentMap, Statement
from argmap.service import OpenDocument


@given(maps())
@example(ArgumentMap(statements=(Statement(id="%1", text="{ but: no"),)))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_pygments_colours_any_map_as_the_parser_does(map: ArgumentMap) -> None:
    text = notation.write(map).text
    kinds = {token: kind for kind, token in TOKENS.items()}
    found = [kinds[token] for _, token, piece in ArgmapLexer().get_tokens_unprocessed(text) for _ in piece]
    expected = [""] * len(text)
    for each in OpenDocument(text).highlights:
        expected[each.span.start : each.span.end] = [each.kind] * (each.span.end - each.span.start)
    for place, sign in enumerate(text):
        assert sign.isspace() or found[place] == expected[place], text[place - 40 : place + 40]
