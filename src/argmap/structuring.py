"""Reads plain data, as JSON and TOML give it, into attrs classes: strictly, each fault with its path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import fields, has

from argmap.errors import ConfigError, InvalidTypeError, InvalidValueError
from argmap.text.words import nearest
from argmap.validators import shown

if TYPE_CHECKING:
    from cattrs import Converter

Path = tuple[str | int, ...]
Fault = tuple[Path, str]
_T = TypeVar("_T")


def structured(value: object, cls: type[_T], refuse: Callable[[list[Fault]], Exception]) -> _T:
    """An object of an attrs class made of plain data.

    Fields that are not compared (spans, sources) cannot be given.

    Args:
        value: Dictionaries, lists, strings, numbers, true and false, None.
        cls: Its validators say what each field must be.
        refuse: Makes the error to raise of all faults.
    """
    from cattrs import BaseValidationError

    try:
        return _converter().structure(value, cls)
    except (BaseValidationError, InvalidValueError) as error:
        raise refuse(list(_faults(error, ()))) from None


def refusing(where: str) -> Callable[[list[Fault]], ConfigError]:
    """Makes the error for settings or a theme, a line a fault."""
    return lambda faults: ConfigError(*(f"{where}: {shown_path(path)}: {problem}" for path, problem in faults))


def unstructured(value: object) -> Any:
    """Plain data of an object of an attrs class; what has its default, and what is not compared, is left out."""
    return _converter().unstructure(value)


def shown_path(path: Path) -> str:
    """A path as JSON people write it, without the `$` of the whole: `statements[3].role`."""
    return "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in path).removeprefix(".")


@cache
def _converter() -> Converter:
    from cattrs import Converter
    from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

    converter = Converter(detailed_validation=True)
    lists = converter.get_structure_hook(tuple[str, ...])

    def classes(cls: Any) -> Callable[[Any, Any], Any]:
        left_out: Any = {one.name: override(omit=True) for one in fields(cls) if one.eq is False}
        structure = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, **left_out)
        return lambda value, _: structure(_checked(value, dict, "an object"), cls)

    def unstructuring(cls: Any) -> Callable[[Any], Any]:
        left_out: Any = {one.name: override(omit=True) for one in fields(cls) if one.eq is False}
        return make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True, **left_out)

    # Other plain values pass as they are: the classes' validators say what they must be.
    for plain in (str, bool, float):
        converter.register_structure_hook(plain, lambda value, _: value)
    converter.register_structure_hook(int, lambda value, _: _whole(value))
    converter.register_structure_hook_func(
        lambda cls: _is_generic(cls, tuple), lambda value, cls: lists(_checked(value, list, "a list"), cls)
    )
    converter.register_structure_hook_func(lambda cls: _is_generic(cls, Mapping), lambda value, _: value)
    converter.register_structure_hook_func(
        lambda cls: isinstance(cls, type) and issubclass(cls, Enum), lambda value, cls: _choice(value, cls)
    )
    converter.register_structure_hook_factory(has, classes)
    converter.register_unstructure_hook_factory(has, unstructuring)
    return converter


def _is_generic(cls: Any, of: type) -> bool:
    return getattr(cls, "__origin__", None) is of


def _checked(value: Any, kind: type, words: str) -> Any:
    if not isinstance(value, kind):
        raise InvalidTypeError(f"must be {words}, not {shown(value)}")
    return value


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _choice(value: object, cls: type[Enum]) -> Enum:
    for each in cls:
        if each.value == value:
            return each
    raise InvalidValueError(f"must be one of {', '.join(each.value for each in cls)}, not {shown(value)}")


def _faults(error: BaseException, path: Path) -> Iterator[Fault]:
    """The faults in an error of cattrs, which is a tree."""
    from cattrs.errors import (
        AttributeValidationNote,
        ClassValidationError,
        ForbiddenExtraKeysError,
        IterableValidationError,
    )

    if isinstance(error, (ClassValidationError, IterableValidationError)):
        noted, others = error.group_exceptions()
        for each, note in noted:
            yield from _faults(each, (*path, note.name if isinstance(note, AttributeValidationNote) else note.index))
        for each in others:
            yield from _faults(each, path)
    elif isinstance(error, ForbiddenExtraKeysError):
        known = [one.name for one in fields(error.cl) if one.eq is not False]
        for key in sorted(error.extra_fields):
            near = nearest(key, known)
            hint = f"did you mean “{near}”?" if near else f"there may be {', '.join(known)}"
            yield (*path, key), f"unknown; {hint}"
    elif isinstance(error, KeyError):
        yield path, "is missing"
    elif isinstance(error, InvalidValueError):
        yield (*path, *error.path), error.problem
    else:
        yield path, str(error)
