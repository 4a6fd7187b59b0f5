"""Settings: `[tool.argmap]` in `pyproject.toml`, or `argmap.toml`, in the map's folder or one above."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from argmap.diagnostics.suppression import CODE
from argmap.errors import ConfigError, InvalidTypeError, InvalidValueError
from argmap.validators import a, at_least, shown, wrong

OWN_FILE = "argmap.toml"
PROJECT_FILE = "pyproject.toml"
_DAY = 86_400
_MAY_SPEAK_OF_ARGMAP = re.compile(rb"""tool["']?\s*\.\s*["']?argmap|\[\s*["']?tool["']?\s*\]|^tool""", re.MULTILINE)


def _upper(codes: Any) -> Any:
    return tuple(code.upper() if isinstance(code, str) and code[:2].lower() == "am" else code for code in codes)


def _codes(settings: Settings, attribute: Any, value: tuple[str, ...]) -> None:
    if not all(isinstance(code, str) and CODE.fullmatch(code) for code in value):
        problem = 'must be a list of codes, such as ["AM2", "AM301"]'
        raise wrong(settings, attribute, problem, InvalidValueError)


def _amount(settings: Settings, attribute: Any, value: float | None) -> None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= _DAY):
        bound = f"at most {_DAY:,}" if isinstance(value, (int, float)) and value > 1 else "a number above 0"
        problem = f"must be {bound}, not {shown(value)}"
        raise wrong(settings, attribute, problem, InvalidValueError)


def _tables(settings: Settings, attribute: Any, value: Mapping[str, Any]) -> None:
    if not isinstance(value, Mapping) or not all(isinstance(table, Mapping) for table in value.values()):
        problem = "must be a table of tables, such as [tool.argmap.themes.mine]"
        raise wrong(settings, attribute, problem, InvalidTypeError)


@frozen(kw_only=True, repr=False)
class Settings:
    """What a settings file says; None where it is silent. Options on the command line come before it.

    Attributes:
        file: Where it was read from, or None when there is no settings file.
        select, ignore: Diagnostic codes, their beginnings, their names, or `teaching`.
        timeout: Seconds that a layout may take.
        layout, shape, direction: As `argmap render` takes them.
        width: Where a box's lines are wrapped, in characters.
        themes: The author's own themes, by name.
        allow_outside: Whether a map's sources may lie outside its folder (written `allow-outside`), though not outside
            the folder of the settings.
    """

    file: Path | None = field(default=None, eq=False)
    select: tuple[str, ...] = field(default=(), converter=_upper, validator=_codes)
    ignore: tuple[str, ...] = field(default=(), converter=_upper, validator=_codes)
    engine: str | None = field(default=None, validator=a(str, optional=True))
    theme: str | None = field(default=None, validator=a(str, optional=True))
    layout: str | None = field(default=None, validator=a(str, optional=True))
    shape: str | None = field(default=None, validator=a(str, optional=True))
    direction: str | None = field(default=None, validator=a(str, optional=True))
    width: int | None = field(default=None, validator=at_least(1, optional=True))
    font: str | None = field(default=None, validator=a(str, optional=True))
    timeout: float | None = field(default=None, validator=_amount)
    themes: Mapping[str, Mapping[str, Any]] = field(factory=dict, validator=_tables)
    allow_outside: bool = field(default=False, validator=a(bool))

    @property
    def safe_engine(self) -> str | None:
        """The layout engine asked for: the machine's own only by the command line, for settings can be a stranger's."""
        return "builtin" if self.engine == "system" else self.engine

    @property
    def outside(self) -> Path | bool:
        """Where else than in its folder a map's sources may be, for `argmap.project.sources.read_sources`."""
        return self.file.parent if self.allow_outside and self.file is not None else False


def find_settings(path: str | os.PathLike[str]) -> Settings:
    """The settings for a map file: those of the nearest folder upwards that has any (`-`: from here upwards).

    In one folder `argmap.toml` comes before `pyproject.toml`. Settings are not merged across folders.

    Raises:
        ConfigError: the file cannot be read, or has an unknown key or a value of the wrong type.
    """
    for file in candidates(path):
        if not file.is_file():
            continue
        if file.name == OWN_FILE:
            return settings_from(_toml(file), file)
        # Looked at as bytes first: reading TOML costs more than checking a page of text.
        if _MAY_SPEAK_OF_ARGMAP.search(_bytes(file)):
            tool = _toml(file).get("tool")
            if isinstance(tool, dict) and "argmap" in tool:
                return settings_from(tool["argmap"], file)
    return Settings()


def candidates(path: str | os.PathLike[str]) -> Iterator[Path]:
    """The files that can have settings for a map file, the nearest first; whether they are there or not."""
    start = Path.cwd() if os.fspath(path) == "-" else Path(os.path.abspath(path)).parent
    for folder in (start, *start.parents):
        yield from (folder / OWN_FILE, folder / PROJECT_FILE)


def settings_from(table: object, file: Path) -> Settings:
    """Settings out of a parsed table.

    Raises:
        ConfigError: it has an unknown key or a value of the wrong type.
    """
    from argmap.structuring import refusing, structured

    if not isinstance(table, dict):
        raise ConfigError(f"{file}: [tool.argmap] must be a table")
    known = {str(key).replace("-", "_"): value for key, value in table.items()}
    return evolve(structured(known, Settings, refusing(str(file))), file=file)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from None


def _toml(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(_bytes(path).decode("utf-8").removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        reason = "a number has too many digits" if "sys.set_int" in str(error) else error
        raise ConfigError(f"{path} is not good TOML: {reason}") from None
