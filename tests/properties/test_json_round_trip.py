"""Our own JSON says everything: what is read is what was written; what is refused agrees with the published
schema."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from random_maps import maps

from argmap.errors import FormatError
from argmap.formats.argmap_json import read, write
from argmap.model import ArgumentMap
from argmap.text import Source

SCHEMA = json.loads(files("argmap.formats").joinpath("argmap.schema.json").read_text(encoding="utf-8"))


@given(maps())
@settings(max_examples=60, deadline=None)
def test_reads_back_as_written(map: ArgumentMap) -> None:
    assert read(Source("x.json", write(map).text)).map == map


@given(maps(largest=4), st.data())
@settings(max_examples=60, deadline=None)
def test_agrees_with_a_general_validator(map: ArgumentMap, data: Any) -> None:
    from jsonschema import Draft202012Validator

    value = json.loads(write(map).text)
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA)
    assert validator.is_valid(value)
    # Put something odd somewhere.
    places: list[Any] = [value]
    for place in places:
        places += [
            each for each in (place.values() if isinstance(place, dict) else place) if isinstance(each, (dict, list))
        ]
    place = data.draw(st.sampled_from(places))
    odd = data.draw(st.sampled_from([None, True, 0, -1, 1.0, 1.5, "", "x", [], {}, ["a"], {"a": 1}, "claim"]))
    if isinstance(place, dict):
        place[data.draw(st.sampled_from([*place, "text", "role", "unknown"]))] = odd
    else:
        place.append(odd)
    try:
        read(Source("x.json", json.dumps(value)))
        refused = ""
    except FormatError as error:
        refused = str(error)
    # A schema cannot say what refers to what.
    beyond = ("there is no", "must be the same as the id", "is the id of an earlier", "is outside the text")
    assert validator.is_valid(value) == (not refused) or any(words in refused for words in beyond)
