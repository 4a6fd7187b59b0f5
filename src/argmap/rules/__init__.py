"""Rules about a map's structure and style, a topic a file.

A rule is a function under `@rule`, in the order of the codes in its file, and has a page in
`diagnostics/explanations/`. Modules are discovered, and the rules in them, so a new one changes no other file.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from argmap.rules._rule import Problem, Rule, rule

if TYPE_CHECKING:
    from argmap.diagnostics import Diagnostic
    from argmap.model import ArgumentMap

__all__ = ["Problem", "Rule", "all_rules", "rule", "run", "selected"]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the codes; the first call imports them."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    rules = [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]
    return tuple(sorted(rules, key=lambda rule: rule.code))


def selected(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules to run: by default those on by default, with `select` those that it names; without `ignore`."""
    from argmap.diagnostics.explanation import prefixes

    wanted, unwanted = prefixes(select, selects=True), prefixes(ignore)
    return tuple(
        rule
        for rule in all_rules()
        if (rule.code.startswith(wanted) if wanted else rule.default) and not rule.code.startswith(unwanted)
    )


def run(map: ArgumentMap, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Iterator[Diagnostic]:
    """Every problem that the rules find in a map, rule by rule.

    Args:
        map: Any map, also one whose document has faults, or one built in Python.
        select: Codes, beginnings of codes, or names. If there are any, only these run, also those that are off by
            default (`AM3`, `golden`). The set `teaching` runs the teaching rules besides those on by default.
        ignore: Codes, beginnings of codes, or names that do not run.
    """
    for each in selected(select, ignore):
        yield from each.run(map)
