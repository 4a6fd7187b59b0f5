"""Settings: `[tool.argmap]` in `pyproject.toml`, or `argmap.toml`, in the map's folder or one above."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from attrs import field, fields, frozen

from argmap.diagnostics.suppression import CODE
from argmap.errors import ConfigError
from argmap.text.nearest import nearest

OWN_FILE = "argmap.toml"
PROJECT_FILE = "pyproject.toml"
_MAY_SPEAK_OF_ARGMAP = re.compile(
    rb"""tool["']?\s*\.\s*["']?argmap|\[\s*["']?tool["']?\s*\]|^tool""", re.MULTILINE
)


_CODES = 'a list of codes, such as ["AM2", "AM301"]'


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a string")
    return value


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false")
    return value


def _codes(value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise TypeError(_CODES)
    if not all(CODE.fullmatch(code.upper()) for code in value):
        raise TypeError(_CODES)
    return tuple(code.upper() for code in value)


def _amount(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
        raise TypeError("a number above 0")
    return float(value)


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise TypeError("a whole number above 0")
    return value


def _tables(value: object) -> Mapping[str, Mapping[str, Any]]:
    if not isinstance(value, dict) or not all(isinstance(table, dict) for table in value.values()):
        raise TypeError("a table of tables, such as [tool.argmap.themes.mine]")
    return value


def _setting(read: Callable[[object], Any], default: Any = None) -> Any:
    return field(default=default, metadata={"read": read})


@frozen(kw_only=True, repr=False)
class Settings:
    """What a settings file says; None where it is silent. Options on the command line come before it.

    Attributes:
        file: Where it was read from, or None when there is no settings file.
        select, ignore: Diagnostic codes or their beginnings.
        timeout: Seconds that a layout may take.
        width: Where a box's lines are wrapped, in characters.
        themes: The author's own themes, by name.
        allow_outside: Whether a map's sources may lie outside its folder (written `allow-outside`).
    """

    file: Path | None = None
    select: tuple[str, ...] = _setting(_codes, ())
    ignore: tuple[str, ...] = _setting(_codes, ())
    engine: str | None = _setting(_text)
    theme: str | None = _setting(_text)
    direction: str | None = _setting(_text)
    width: int | None = _setting(_count)
    font: str | None = _setting(_text)
    timeout: float | None = _setting(_amount)
    themes: Mapping[str, Mapping[str, Any]] = _setting(_tables, {})
    allow_outside: bool = _setting(_switch, False)


def find_settings(path: str | os.PathLike[str]) -> Settings:
    """The settings for a map file: those of the nearest folder upwards that has any (`-`: from here upwards).

    In one folder `argmap.toml` comes before `pyproject.toml`. Settings are not merged across folders.

    Raises:
        ConfigError: the file cannot be read, or has an unknown key or a value of the wrong type.
    """
    start = Path.cwd() if os.fspath(path) == "-" else Path(os.path.abspath(path)).parent
    for folder in (start, *start.parents):
        own, project = folder / OWN_FILE, folder / PROJECT_FILE
        if own.is_file():
            return settings_from(_toml(own), own)
        # Looked at as bytes first: reading TOML costs more than checking a page of text.
        if project.is_file() and _MAY_SPEAK_OF_ARGMAP.search(_bytes(project)):
            tool = _toml(project).get("tool")
            if isinstance(tool, dict) and "argmap" in tool:
                return settings_from(tool["argmap"], project)
    return Settings()


def settings_from(table: object, file: Path) -> Settings:
    """Settings out of a parsed table.

    Raises:
        ConfigError: it has an unknown key or a value of the wrong type.
    """
    if not isinstance(table, dict):
        raise ConfigError(f"{file}: [tool.argmap] must be a table")
    known = {spec.name: spec.metadata["read"] for spec in fields(Settings) if "read" in spec.metadata}
    found: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in known:
            raise ConfigError(f"{file}: there is no setting '{key}'{_nearest(key, list(known))}")
        try:
            found[name] = known[name](value)
        except TypeError as error:
            what = f"{file}: '{key}' must be {error}"
            wrong = _kind(value)
            raise ConfigError(what if isinstance(value, list) else f"{what}, not {wrong}") from None
    return Settings(file=file, **found)


def _nearest(key: str, known: list[str]) -> str:
    near = nearest(key.replace("-", "_"), known)
    return f"; did you mean '{near}'?" if near else f" (there are {', '.join(known)})"


def _kind(value: object) -> str:
    names = {bool: "true or false", dict: "a table", list: "a list"}
    return names.get(type(value)) or repr(value)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from None


def _toml(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(_bytes(path).decode("utf-8").removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path} is not good TOML: {error}") from None
