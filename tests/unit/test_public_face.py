"""What `import argmap` offers: complete, documented, and with examples that are true."""

from __future__ import annotations

import ast
import doctest
import inspect
import os
import re
import shutil
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import argmap

ROOT = Path(__file__).parents[2]
FUNCTIONS = [name for name in argmap.__all__ if inspect.isfunction(getattr(argmap, name))]
ERRORS = [
    name
    for name in argmap.__all__
    if isinstance(getattr(argmap, name), type) and issubclass(getattr(argmap, name), Exception)
]


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse((ROOT / "src/argmap/__init__.py").read_text(encoding="utf-8"))
    typed = {alias.asname for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names} - {
        None
    }
    assert typed == set(argmap.__all__)


def types_in(annotation: Any) -> Iterator[type]:
    """The classes of argmap in an annotation, also inside unions and other generics."""
    for inner in typing.get_args(annotation):
        yield from types_in(inner)
    if isinstance(annotation, type) and annotation.__module__.startswith("argmap"):
        yield annotation
        if typing.is_typeddict(annotation):
            for inner in hints_of(annotation).values():
                yield from types_in(inner)


def hints_of(what: Any) -> dict[str, Any]:
    """The annotations of a function or class, also where a name is imported for type checkers only."""
    module = inspect.getmodule(what)
    tree = ast.parse(inspect.getsource(typing.cast(types.ModuleType, module)))
    names: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                exec(f"from {node.module} import {alias.name} as {alias.asname or alias.name}", names)
    return typing.get_type_hints(what, globalns={**names, **vars(module)})


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_a_function_takes_and_gives_is_public(name: str) -> None:
    used = {found.__name__ for hint in hints_of(getattr(argmap, name)).values() for found in types_in(hint)}
    assert used <= set(argmap.__all__)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_errors_that_a_function_raises_are_public(name: str) -> None:
    text = inspect.getdoc(getattr(argmap, name)) or ""
    raised = re.findall(r"^    (\w+Error):", text.partition("Raises:")[2], re.MULTILINE)
    assert set(raised) <= set(argmap.__all__)


def test_every_error_is_public() -> None:
    from argmap import errors

    assert set(ERRORS) == {name for name in vars(errors) if name.endswith("Error")}


@pytest.mark.parametrize("name", argmap.__all__)
def test_every_name_has_a_docstring(name: str) -> None:
    assert getattr(argmap, name).__doc__


@pytest.mark.parametrize("name", ["argmap", *FUNCTIONS])
def test_examples_are_true(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    what = argmap if name == "argmap" else getattr(argmap, name)
    names = dict(vars(typing.cast(types.ModuleType, inspect.getmodule(what))))
    [example] = doctest.DocTestFinder(recurse=False).find(what, name, globs=names)
    assert example.examples, f"{name} has no example"
    said: list[str] = []
    doctest.DocTestRunner().run(example, out=said.append, clear_globs=False)
    assert not said, "".join(said)


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="nope"):
        argmap.nope  # type: ignore[attr-defined]  # noqa: B018


def test_a_drawing_option_that_is_not_there() -> None:
    with pytest.raises(TypeError, match="no drawing option 'them'; did you mean theme"):
        argmap.render(argmap.parse("(a) One."), "svg", them="dark")  # type: ignore[call-arg]


def test_the_reference_page_is_made(tmp_path: Path) -> None:
    pytest.importorskip("pdoc", reason="a tool of the development install")
    import runpy

    page = runpy.run_path(os.fspath(ROOT / "docs/make_reference.py"))["main"](tmp_path)
    text = page.read_text(encoding="utf-8")
    assert all(f'id="{name}"' in text for name in argmap.__all__)
