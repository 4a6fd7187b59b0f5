"""The walls of the house hold: floors, fences and file access, and each kind of breach is seen.

`.importlinter` has the floors and which room may use which library, ruff's settings in `pyproject.toml` have file
access. What neither tool can see is looked for here: modules named by strings or reached as attributes, circles
between files, public classes of one name, and modules that hide a package. Each check is also run on a copy of the
package with a breach planted in it.
"""

from __future__ import annotations

import ast
import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "argmap"
MOST_FILES = 139

# Modules that import others by a name made up at run time, all of them from lower floors or their own room.
DYNAMIC = {"__init__", "cli", "formats.registry", "rules"}
OWN_STATEMENT = {"Statement"}  # an importer's own statement is not the model's
EVERYBODYS = {"attrs"}


class House:
    """The files of a package, and what each imports.

    Attributes:
        root: The folder of the package `argmap`.
        trees: The syntax tree of each module, by its name without `argmap.` (`__init__` for the package itself).
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def trees(self) -> dict[str, ast.Module]:
        return {
            ".".join(path.relative_to(self.root).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
                path.read_text(encoding="utf-8")
            )
            for path in sorted(self.root.rglob("*.py"))
        }

    def imports(self, module: str) -> Iterator[str]:
        """The modules of the package that a module imports, also those only for types."""
        for node in ast.walk(self.trees[module]):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            else:
                continue
            for name in names:
                yield from self.module(name)

    def libraries(self, module: str) -> Iterator[str]:
        """The packages of others that a module imports."""
        for node in ast.walk(self.trees[module]):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                if name.split(".")[0] not in {"argmap", *sys.stdlib_module_names}:
                    yield name.split(".")[0]

    def module(self, name: str) -> Iterator[str]:
        """The module that a dotted name means, or the one that has what it names."""
        if name.split(".")[0] != "argmap":
            return
        inner = name.removeprefix("argmap").lstrip(".") or "__init__"
        while inner not in self.trees:
            inner = inner.rpartition(".")[0] or "__init__"
        yield inner


@cache
def settings() -> configparser.ConfigParser:
    """What `.importlinter` says."""
    found = configparser.ConfigParser()
    found.read(ROOT / ".importlinter", encoding="utf-8")
    return found


@cache
def floors() -> dict[str, int]:
    """The floor of each room, from 0 at the bottom."""
    layers = settings()["importlinter:contract:floors"]["layers"].split("\n")
    names = [re.findall(r"\w+", line) for line in layers if line.strip()]
    return {name: floor for floor, row in enumerate(reversed(names)) for name in row}


def allowed_upward() -> set[tuple[str, str]]:
    """The single imports upward that the contract allows."""
    lines = settings()["importlinter:contract:floors"]["ignore_imports"]
    return set(re.findall(r"argmap\.([\w.]+) -> argmap\.([\w.]+)", lines))


def fenced() -> set[str]:
    """The libraries that have rooms of their own."""
    return {library for section in settings().values() for library in section.get("protected_modules", "").split()}


def hidden_imports(house: House) -> list[str]:
    """Imports that no tool sees: a module named by a string, or reached as an attribute of the package."""
    return [
        f"{name}:{getattr(node, 'lineno', 0)} {why}"
        for name, tree in house.trees.items()
        for node in ast.walk(tree)
        if (why := hidden(name, node))
    ]


def hidden(module: str, node: ast.AST) -> str:
    """What is wrong with a piece of a module, or nothing."""
    room = module.split(".")[0]
    match node:
        case ast.Attribute(value=ast.Name(id="argmap"), attr=other) if room != "cli":
            return f"reaches argmap.{other}" if is_above(other, room) else ""
        case ast.ImportFrom(level=1 | 2 | 3):
            return "has a relative import"
        case ast.ImportFrom(module="importlib", names=names) if module not in DYNAMIC:
            return "imports by a string" if "import_module" in {alias.name for alias in names} else ""
        case ast.Attribute(attr="import_module") if module not in DYNAMIC:
            return "imports by a string"
        case ast.Name(id="__import__"):
            return "calls __import__"
        case ast.Constant(value=str(text)) if re.fullmatch(r"argmap(\.\w+)+(:\w+)?", text):
            other = text.split(":")[0].split(".")[1]
            return f"names {text} in a string" if is_above(other, room) else ""
    return ""


def is_above(other: str, room: str) -> bool:
    """Whether a room must not be used by another one: it is on the same floor or a higher one."""
    floor = floors()
    return other != room and floor.get(other, -1) >= floor.get(room, len(floor))


def circles(house: House) -> list[list[str]]:
    """The groups of files that import one another, directly or by way of others; imports for types count."""
    allowed = allowed_upward()
    graph = {
        name: {other for other in house.imports(name) if other != name and (name, other) not in allowed}
        for name in house.trees
        if name != "__init__"
    }
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:  # Tarjan's strongly connected components
        order[name] = low[name] = len(order)
        open_.append(name)
        for other in graph[name]:
            if other == "__init__":
                continue
            if other not in order:
                visit(other)
            if other in open_:
                low[name] = min(low[name], low[other])
        if low[name] == order[name]:
            start = open_.index(name)
            if len(open_) > start + 1:
                found.append(sorted(open_[start:]))
            del open_[start:]

    for name in graph:
        if name not in order:
            visit(name)
    return found


def duplicates(house: House) -> set[str]:
    """The names of two public classes."""
    where: defaultdict[str, set[str]] = defaultdict(set)
    for name, tree in house.trees.items():
        for node in ast.iter_child_nodes(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where[node.name].add(name)
    return {name for name, modules in where.items() if len(modules) > 1}


def shadows(house: House) -> set[str]:
    """The modules that have the name of a package that argmap uses, or of one of Python's own."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    used = {re.split(r"[^\w-]", name)[0].replace("-", "_") for name in listed} - {"argmap"}
    taken = used | set(sys.stdlib_module_names) - {"__main__"}
    return {name for name in house.trees if name.rpartition(".")[2] in taken}


LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def run(house: House, *arguments: str) -> str:
    """What a tool complains of when it is run on a package; empty if it is content."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=house.root.parents[1],
        env={**os.environ, "PYTHONPATH": str(house.root.parent)},
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr if done.returncode else ""


def contracts(house: House) -> str:
    """What import-linter finds."""
    pytest.importorskip("importlinter", reason="a tool of the development install")
    return run(house, "-c", LINT_IMPORTS, "--no-cache", "--no-logo")


def file_access(house: House) -> str:
    """What ruff finds about files."""
    pytest.importorskip("ruff", reason="a tool of the development install")
    return run(house, "-m", "ruff", "check", "--no-cache", "src")


@pytest.fixture(scope="module")
def house() -> House:
    return House(PACKAGE)


def test_floors_and_fences(house: House) -> None:
    assert contracts(house) == ""


def test_files_are_opened_only_in_their_rooms(house: House) -> None:
    assert file_access(house) == ""


def test_every_library_has_its_rooms(house: House) -> None:
    """A library that the package imports has a contract in `.importlinter`."""
    used = {name for module in house.trees for name in house.libraries(module)}
    assert used - EVERYBODYS <= fenced()


def test_no_import_is_hidden(house: House) -> None:
    assert hidden_imports(house) == []


def test_no_files_import_one_another(house: House) -> None:
    assert circles(house) == []


def test_no_two_public_classes_have_one_name(house: House) -> None:
    assert duplicates(house) - OWN_STATEMENT == set()


def test_no_module_has_the_name_of_a_package(house: House) -> None:
    assert shadows(house) == set()


def test_the_files_are_not_too_many(house: House) -> None:
    assert len(house.trees) <= MOST_FILES


def test_every_package_is_packed() -> None:
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = set(setup["tool"]["setuptools"]["packages"])
    found = {"argmap", "argmap.grammars"}
    for init in PACKAGE.rglob("__init__.py"):
        found.add(".".join(("argmap", *init.parent.relative_to(PACKAGE).parts)))
    assert found <= listed, f"not in pyproject.toml: {sorted(found - listed)}"
    assert listed <= found, f"in pyproject.toml, but not there: {sorted(listed - found)}"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package and its settings, to plant breaches in."""
    folder = tmp_path_factory.mktemp("house")
    for name in (".importlinter", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(PACKAGE, folder / "src" / "argmap", ignore=shutil.ignore_patterns("__pycache__", "*.ttf"))
    return folder / "src" / "argmap"


RESOLVED = 'from pkgutil import resolve_name\nresolve_name("argmap.cli:main")'
IMPORTED = 'from importlib import import_module\nimport_module("argmap.cli")'
BREACHES = {
    "a room that no floor lists": (contracts, "attic.py", "", "attic"),
    "an import upward": (contracts, "model/planted.py", "from argmap.cli import main", "argmap.cli"),
    "an import of a neighbour": (contracts, "rules/planted.py", "import argmap.formats.registry", "argmap.formats"),
    "the public face from below": (contracts, "rules/planted.py", "from argmap import render", "planted -> argmap"),
    "the package itself from below": (contracts, "model/planted.py", "import argmap", "planted -> argmap"),
    "a way round by an attribute": (hidden_imports, "model/planted.py", "import argmap\nargmap.cli", "reaches"),
    "a way round by another room": (
        hidden_imports, "model/planted.py", "import argmap.text\nargmap.cli.main()", "reaches argmap.cli"
    ),
    "a way round by a string": (
        hidden_imports, "model/planted.py", RESOLVED, "in a string"
    ),
    "an import by a string": (
        hidden_imports, "model/planted.py", IMPORTED, "by a string"
    ),
    "an import by a string of the library": (
        hidden_imports, "model/planted.py", "import importlib\nimportlib.import_module('x')", "by a string"
    ),
    "a relative import": (hidden_imports, "model/planted.py", "from ..cli import main", "relative"),
    "a file opened": (file_access, "model/planted.py", "def f():\n    return open('x')", "PTH123"),
    "a path read": (
        file_access, "rules/planted.py", "from pathlib import Path\nText = Path('x').read_text()", "TID251"
    ),
    "a folder listed": (file_access, "analysis/planted.py", "import os\nos.listdir('.')", "PTH208"),
    "a low-level open": (file_access, "formats/planted.py", "import os\nos.open('x', 0)", "TID251"),
    "lark outside its rooms": (contracts, "drawing/planted.py", "def f():\n    import lark", "lark"),
    "click below the command line": (contracts, "rules/planted.py", "import click", "click"),
    "cattrs in the model": (contracts, "model/planted.py", "from cattrs import Converter", "cattrs"),
    "graphviz in the drawing": (contracts, "drawing/planted.py", "from graphviz import Digraph", "graphviz"),
    "a program run": (contracts, "sources/planted.py", "import subprocess", "subprocess"),
    "a class of another's name": (duplicates, "sources/planted.py", "class Diagnostic: ...", "Diagnostic"),
    "a module that hides a package": (shadows, "sources/click.py", "", "sources.click"),
    "a module that hides one of Python's": (shadows, "rules/json.py", "", "rules.json"),
}  # fmt: skip


def test_a_circle_is_seen(copy: Path) -> None:
    typed = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from argmap.rules.text_of_one import b"
    planted = {"text_of_one": "from argmap.rules.text_of_two import a", "text_of_two": typed}
    for name, text in planted.items():
        (copy / "rules" / f"{name}.py").write_text(text, encoding="utf-8")
    try:
        assert ["rules.text_of_one", "rules.text_of_two"] in circles(House(copy))
    finally:
        for name in planted:
            (copy / "rules" / f"{name}.py").unlink()


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_seen(breach: str, copy: Path) -> None:
    check, name, text, expected = BREACHES[breach]
    planted = copy / name
    planted.write_text(text, encoding="utf-8")
    try:
        assert expected in str(check(House(copy)))
    finally:
        planted.unlink()
