"""Checks JSON against the published schema, and says where it goes wrong.

It reads the few keywords that `argmap.schema.json` uses. The general libraries were weighed: jsonschema adds
more to the start than the rest of the program, fastjsonschema tells only the first fault. A test holds this
one to jsonschema's verdicts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from argmap.formats.json_text import Path

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}
_NAMES = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}


def faults(value: Any, schema: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Each fault of a value: its place, and what is wrong there, as they are met."""
    pending: list[tuple[Path, Any, dict[str, Any]]] = [((), value, schema)]
    while pending:
        path, value, rule = pending.pop()
        while "$ref" in rule:
            rule = schema["$defs"][rule["$ref"].removeprefix("#/$defs/")]
        problem = _problem(value, rule)
        if problem is not None:
            yield path, problem
        elif isinstance(value, dict):
            known = rule.get("properties", {})
            for key in rule.get("required", ()):
                if key not in value:
                    yield path, f"“{key}” is missing"
            for key, inner in reversed(value.items()):
                if key in known:
                    pending.append(((*path, key), inner, known[key]))
                else:
                    yield (*path, key), f"unknown; there may be {', '.join(known)}"
        elif isinstance(value, list):
            pending.extend(
                ((*path, place), inner, rule["items"]) for place, inner in reversed([*enumerate(value)])
            )


def _problem(value: Any, rule: dict[str, Any]) -> str | None:
    """What is wrong with a value itself, apart from what is inside it."""
    if "const" in rule and (value != rule["const"] or isinstance(value, bool)):
        return f"must be {rule['const']!r}, not {_shown(value)}"
    if "enum" in rule and not any(type(value) is type(each) and value == each for each in rule["enum"]):
        allowed = ", ".join("null" if each is None else str(each) for each in rule["enum"])
        return f"must be one of {allowed}, not {_shown(value)}"
    if "type" in rule:
        names = rule["type"] if isinstance(rule["type"], list) else [rule["type"]]
        if not any(_is(value, name) for name in names):
            return f"must be {' or '.join(_NAMES[name] for name in names)}, not {_shown(value)}"
    if isinstance(value, str) and len(value) < rule.get("minLength", 0):
        return "must not be empty"
    if isinstance(value, int) and not isinstance(value, bool) and value < rule.get("minimum", value):
        return f"must be at least {rule['minimum']}, not {value}"
    if isinstance(value, list):
        least, most = rule.get("minItems", 0), rule.get("maxItems", len(value))
        if not least <= len(value) <= most:
            return f"must have {least if least == most else f'at least {least}'} of them, not {len(value)}"
    return None


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool) and name != "boolean":
        return False
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _TYPES[name])


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return f"“{value if len(value) <= 30 else value[:29] + '…'}”"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def shown_path(path: Path) -> str:
    """A place as JSON people write it: `$.statements[3].role`."""
    return "$" + "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in path)
