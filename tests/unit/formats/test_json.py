"""A fault in JSON is reported with its line and its path."""

from __future__ import annotations

import json
from typing import Any

import pytest

from argmap.errors import FormatError
from argmap.formats.argmap_json import read, write
from argmap.text import Source

MAP: dict[str, Any] = {
    "argmap": 2,
    "statements": [{"id": "a", "text": "One."}, {"id": "b", "text": "Two.", "section": 0}],
    "steps": [{"kind": "reason", "ground": ["b"], "target": "a"}],
    "sections": [{"title": "T"}],
}


def refused(value: object) -> str:
    with pytest.raises(FormatError) as error:
        read(Source("x.json", json.dumps(value, indent=1)))
    return str(error.value)


def test_what_is_read_is_written_again() -> None:
    written = write(read(Source("x.json", json.dumps(MAP))).map).text
    assert json.loads(written) == MAP


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        (("argmap",), 3, "x.json: written in version 3 of this format; this argmap reads version 2"),
        (("argmap",), "1", "x.json:2:12: argmap: must be 1 or 2"),
        (("statements",), {}, "x.json:3:16: statements: must be a list, not {}"),
        (("statements", 0), 3, "x.json:4:3: statements[0]: must be an object, not 3"),
        (("statements", 0), {"id": "a"}, "x.json:4:3: statements[0].text: is missing"),
        (("statements", 0, "text"), 3, "x.json:6:12: statements[0].text: must be a string, not 3"),
        (("statements", 1, "role"), "clam",
         "x.json:12:12: statements[1].role: must be one of claim, derived, condition, exception, not 'clam'"),
        (("statements", 1, "quallifier"), "certainly",
         "x.json:12:18: statements[1].quallifier: unknown; did you mean “qualifier”?"),
        (("statements", 1, "span"), None, "statements[1].span: unknown; there may be id, text, label, role"),
        (("statements", 1, "section"), 1, "x.json:11:15: statements[1].section: there is no section 1"),
        (("steps", 0, "kind"), "Reason", "steps[0].kind: must be one of reason, objection"),
        (("steps", 0, "ground"), [], "x.json:17:14: steps[0].ground: must not be empty"),
        (("steps", 0, "ground"), "b", "steps[0].ground: must be a list, not 'b'"),
        (("steps", 0, "target"), "c", "x.json:20:14: steps[0].target: there is no statement “c”"),
        (("sections", 0, "level"), 0, "sections[0].level: must be at least 1, not 0"),
    ],
)  # fmt: skip
def test_a_fault_has_its_line_and_its_path(path: tuple[str | int, ...], value: object, complaint: str) -> None:
    changed = json.loads(json.dumps(MAP))
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert complaint in refused(changed)


def test_several_faults_are_reported_at_once() -> None:
    statements = [{"id": 1, "text": "x"}, {"id": "b", "text": None, "tags": [1]}]
    assert refused({"argmap": 1, "statements": statements}).count("\n") == 1
    assert refused([]) == "x.json:1:1: must be an object, not []"
    assert "statements: is missing" in refused({"argmap": 1})
