"""JSON: all that a map says, versioned, as `argmap.schema.json` beside this file describes it.

`read(write(map)) == map` for every map. What has its default is left out.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from argmap.diagnostics import Diagnostic
from argmap.errors import FormatError
from argmap.formats.format import Conversion, Format, WriteOptions, Written
from argmap.model import ArgumentMap
from argmap.text import Source

if TYPE_CHECKING:
    from cattrs import Converter

    from argmap.formats.json_text import Path

VERSION = 1

_MOST_FAULTS_TOLD = 5


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of this format (draft 2020-12)."""
    import json
    from importlib.resources import files

    text = files("argmap.formats").joinpath("argmap.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def _converter() -> Converter:
    from attrs import fields
    from cattrs import Converter
    from cattrs.gen import make_dict_unstructure_fn, override

    from argmap.model import Contradiction, Emphasis, Fact, Quotation, Section, Stance, Statement, Step

    converter = Converter(detailed_validation=False)
    for cls in (Contradiction, Emphasis, Fact, Quotation, Section, Stance, Statement, Step, ArgumentMap):
        uncompared = [field.name for field in fields(cls) if field.eq is False]
        converter.register_unstructure_hook(
            cls,
            make_dict_unstructure_fn(
                cls,
                converter,
                _cattrs_omit_if_default=True,
                **{name: override(omit=True) for name in uncompared},  # type: ignore[arg-type]  # names of fields, not options
            ),
        )
    return converter


def read(source: Source) -> Conversion:
    """Read a map.

    Raises:
        FormatError: it is not JSON, breaks the schema, or refers to what is not there; each fault with its
            line and its path.
    """
    from argmap.formats import json_text

    value = json_text.load(source)
    version = value.get("argmap") if isinstance(value, dict) else None
    if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
        raise FormatError(
            f"{source.name}: written in version {version} of this format; this argmap knows version {VERSION}"
        )
    from itertools import islice

    from argmap.formats.json_schema import faults, shown_path

    found = list(islice(faults(value, schema()), _MOST_FAULTS_TOLD))
    if not found:
        value = {key: inner for key, inner in value.items() if key != "argmap"}
        map = _converter().structure(value, ArgumentMap)
        found = list(islice(_unsound(map), _MOST_FAULTS_TOLD))
        if not found:
            return Conversion(map)
    places = json_text.Places(source)
    lines = []
    for path, problem in found:
        span = places[path]
        line, column = source.place(span.start) if span else (1, 1)
        lines.append(f"{source.name}:{line}:{column}: {shown_path(path)}: {problem}")
    raise FormatError("\n".join(lines))


def _unsound(map: ArgumentMap) -> list[tuple[Path, str]]:
    """What a schema cannot say: references that lead nowhere, ids used twice, ranges outside their text."""
    found: list[tuple[Path, str]] = []
    known: set[str] = set()
    for place, statement in enumerate(map.statements):
        here: Path = ("statements", place)
        if statement.id in known:
            found.append(((*here, "id"), f"“{statement.id}” is the id of an earlier statement"))
        known.add(statement.id)
        if statement.label is not None and statement.label != statement.id:
            found.append(((*here, "label"), f"must be the same as the id, “{statement.id}”"))
        if statement.section is not None and statement.section >= len(map.sections):
            found.append(((*here, "section"), f"there is no section {statement.section}"))
        last = 0
        for number, stress in enumerate(statement.emphasis):
            if not last <= stress.start < stress.end <= len(statement.text):
                found.append(((*here, "emphasis", number), "outside its text, or not after the one before"))
            last = stress.end
    for place, section in enumerate(map.sections):
        if section.parent is not None and section.parent >= place:
            found.append((("sections", place, "parent"), f"there is no earlier section {section.parent}"))

    def check(ids: tuple[str, ...], *path: str | int) -> None:
        for number, id in enumerate(ids):
            if id not in known:
                found.append(((*path, number), f"there is no statement “{id}”"))

    for place, statement in enumerate(map.statements):
        check(statement.conditions, "statements", place, "conditions")
        check(statement.exceptions, "statements", place, "exceptions")
    for place, step in enumerate(map.steps):
        check(step.ground, "steps", place, "ground")
        check(step.conditions, "steps", place, "conditions")
        check(step.exceptions, "steps", place, "exceptions")
        if step.target not in known:
            found.append((("steps", place, "target"), f"there is no statement “{step.target}”"))
    for place, pair in enumerate(map.contradictions):
        for side, id in (("left", pair.left), ("right", pair.right)):
            if id not in known:
                found.append((("contradictions", place, side), f"there is no statement “{id}”"))
    for place, stance in enumerate(map.stances):
        if stance.statement not in known:
            found.append((("stances", place, "statement"), f"there is no statement “{stance.statement}”"))
    return found


def write(map: ArgumentMap, options: WriteOptions) -> Written:
    """Write a map; nothing is lost."""
    import json

    value = {"argmap": VERSION, "statements": [], **_converter().unstructure(map)}
    lost: tuple[Diagnostic, ...] = ()
    return Written(json.dumps(value, ensure_ascii=False, indent=2) + "\n", lost)


def _sniff(source: Source) -> bool:
    import re

    return re.search(r'[{,]\s*"argmap"\s*:\s*\d', source.text[:100_000]) is not None


FORMAT = Format(
    "json",
    "argmap JSON",
    (".argmap.json", ".json"),
    "Everything a map says; versioned, with a published JSON Schema. Comments and layout are not in it.",
    read,
    write,
    _sniff,
)
