"""A heading has nothing under it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap
from argmap.rules._rule import Problem, rule

_CONTENT = re.compile(r"^[ \t]*(?!//)\S", re.MULTILINE)


@rule("AM123", Severity.NOTE)
def empty_section(map: ArgumentMap) -> Iterator[Problem]:
    filled = {statement.section for statement in map.statements}
    filled.update(section.parent for section in map.sections)
    for index, section in enumerate(map.sections):
        if index not in filled and not _has_text(map, index):
            yield Problem(
                f"nothing is written under the heading “{section.title}”",
                (section, ""),
                hint="write what belongs there, or remove the heading",
            )


def _has_text(map: ArgumentMap, index: int) -> bool:
    """Whether anything stands under the heading, such as references and stances, which no section owns."""
    section = map.sections[index]
    if map.source is None or section.span is None:
        return bool(map.stances)
    later = [s.span.start for s in map.sections[index + 1 : index + 2] if s.span is not None]
    text = map.source.text
    start = text.find("\n", section.span.end)
    if start < 0:
        return False
    return _CONTENT.search(text, start + 1, later[0] if later else len(text)) is not None
