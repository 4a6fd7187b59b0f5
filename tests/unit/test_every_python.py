"""Every Python from 3.11.0 on: what older patch releases get wrong is not used."""

from __future__ import annotations

import ast
import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "argmap"

# A possessive or atomic group, `(…)*+` or `(?>…)`: before 3.11.5 Python matches them wrongly where there is
# something to backtrack into. On a single character or set they are fine.
_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+|\(\?>")


def patterns(tree: ast.AST) -> list[ast.Constant]:
    """The string constants in calls of functions of `re`."""
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    ]
    return [
        part
        for call in calls
        for part in ast.walk(call)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


def test_no_possessive_groups() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{constant.lineno}"
        for path in sorted(SOURCE.rglob("*.py"))
        for constant in patterns(ast.parse(path.read_text(encoding="utf-8")))
        if _GROUP.search(str(constant.value))
    ]
    assert not found, f"Python 3.11.2 matches possessive and atomic groups wrongly: {found}"


def test_the_pattern_finds_them() -> None:
    assert _GROUP.search(r"(?:ab)*+c")
    assert _GROUP.search(r"(?>\r\n|\n)")
    assert not _GROUP.search(r"[ab]*+(?:c)*\)++")
