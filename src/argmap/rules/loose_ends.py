"""Rules about statements and headings that lead nowhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Role, Statement, StepKind
from argmap.rules._rule import Problem, names, rule

_FEW = 5
_REMARK = re.compile(r"[.!?][\"”’)]*\s+\S|:\s*\Z")


@rule("AM111", Severity.WARNING)
def unconnected_statement(map: ArgumentMap) -> Iterator[Problem]:
    """A statement is connected to nothing."""
    if len(map.statements) < 2:
        yield from _one_statement(map)
        return
    alone = list(_unconnected(map))
    if alone and len(alone) == len(map.statements):
        first = alone[0][0]
        yield Problem(
            f"none of the {len(alone)} statements is connected to another",
            (first, "the first of them"),
            hint="indent reasons (`+`) and objections (`-`) under the statement that they bear on",
        )
        return
    yield from _one_sided(map)
    loose = [statement for statement, inference, _ in alone if inference is None]
    together = [loose] if len(loose) > _FEW else [[statement] for statement in loose]
    for group in together:
        who = f"{group[0].name} is connected to nothing"
        if len(group) > 1:
            who = f"{len(loose)} statements are connected to nothing: {names(map, [one.id for one in loose])}"
        places = ((statement, "no step, no contradiction, no stance") for statement in group[:_FEW])
        yield Problem(who, *places, hint="indent it with a mark (`+`, `-`, `=>`) under what it bears on")


def _one_statement(map: ArgumentMap) -> Iterator[Problem]:
    """A note on a file that is one statement of several lines: an outline that was read as prose."""
    for statement in map.statements:
        span, text = statement.span, map.source.text if map.source else ""
        if span is not None and not statement.quotations and not _connected(map):
            count = len(text[span.start : span.end].splitlines())
            many = len(re.findall(r"[.!?] ", statement.text)) + 1
            if (count > 2 or many > 1) and not any(found.severity is Severity.ERROR for found in map.diagnostics):
                these = f"{count} lines" if count > 2 else f"{many} sentences"
                yield Problem(
                    f"these {these} are one statement, and nothing bears on it",
                    (statement, ""),
                    hint="begin reasons with `+` and objections with `-`",
                    severity=Severity.NOTE,
                )


def _one_sided(map: ArgumentMap) -> Iterator[Problem]:
    """Notes on a list whose `-` may be bullets, and on a map in which nothing bears on anything."""
    targets = [step.target for step in map.steps]
    if (
        map.stances
        and not targets
        and not map.contradictions
        and not any(s.conditions or s.exceptions for s in map.statements)
    ):
        hint = "indent reasons (`+`) and objections (`-`) under the statement that they bear on"
        message = "nothing bears on anything: there are only stances"
        yield Problem(message, (map.statements[0], ""), hint=hint, severity=Severity.NOTE)
    if len(set(targets)) < len(targets) and all(
        step.kind is StepKind.OBJECTION and not any(map.by_id[id].label for id in step.ground) for step in map.steps
    ):
        message = f"all {len(targets)} lines with a mark are objections"
        hint = "write `+` before reasons: `-` is an objection, and no bullet"
        yield Problem(message, (map.steps[0], "the first of them"), hint=hint, severity=Severity.NOTE)


@rule("AM117", Severity.WARNING)
def unused_premise(map: ArgumentMap) -> Iterator[Problem]:
    """A statement written beside an inference is used in none."""
    if not any(step.kind is StepKind.INFERENCE for step in map.steps):
        return
    for statement, inference, follows in _unconnected(map):
        if inference is None:
            continue
        if follows:
            why = f"a blank line separates it from {inference.name}"
            hint = "remove the blank line if it belongs to the inference below"
        else:
            why = "no bar comes after it"
            hint = "put a bar (`---`) and a conclusion below it, or move it above the bar it belongs to"
        yield Problem(
            f"{statement.name} is a premise of nothing: {why}",
            (statement, "in no inference"),
            (inference, "the inference beside it"),
            hint=hint,
        )


def _unconnected(map: ArgumentMap) -> Iterator[tuple[Statement, Statement | None, bool]]:
    """Each statement that is connected to nothing, with the inference it was written beside.

    Statements in a block of lines with an error of syntax are left out: the refused line may be the one that
    would have connected them, and it has been reported with a better fix.

    Yields:
        The statement; the nearest connected statement of its section if that one is in an inference bar's step,
        otherwise None; and whether that one comes after it.
    """
    ids = _connected(map)
    statements = [s for s in map.statements if not s.missing]
    alone = [s.id not in ids and s.role is Role.CLAIM for s in statements]
    if True not in alone:
        return
    is_in_faulty_block = _faulty_blocks(map)
    in_bars = {id for step in map.steps if step.kind is StepKind.INFERENCE for id in (*step.ground, step.target)}
    after: list[Statement | None] = [None] * len(statements)
    near: Statement | None = None
    for i in range(len(statements) - 1, -1, -1):
        after[i] = near
        near = near if alone[i] else statements[i]
    before: Statement | None = None
    for i, statement in enumerate(statements):
        if not alone[i]:
            before = statement
        elif not is_in_faulty_block(statement):
            beside = [
                (other, other is after[i])
                for other in (after[i], before)
                if other is not None
                and other.id in in_bars
                and other.section == statement.section
                # Without a label beside statements that have some, or several sentences: a remark, and no premise.
                and not (statement.label is None and (other.label or _REMARK.search(statement.text)))
            ]
            yield statement, *(beside[0] if beside else (None, False))


def _connected(map: ArgumentMap) -> set[str]:
    """The ids of all statements in a step, a gate, a contradiction or a stance."""
    ids = {id for stance in map.stances for id in stance.ids} | map.rivals.keys()
    for step in map.steps:
        ids.update((step.target, *step.ground))
    for gated in map.gated:
        ids.update(gated.conditions, gated.exceptions)
    return ids.union(each.id for each in map.statements if each.conditions or each.exceptions)


def _faulty_blocks(map: ArgumentMap) -> Callable[[Statement], bool]:
    """Whether a statement is in a block of lines, between two blank ones, that has an error of syntax."""
    faults = [d.span.start for d in map.diagnostics if d.code.startswith("AM0") and d.span is not None]
    if not faults or map.source is None:
        return lambda statement: False
    ends = [match.end() for match in re.finditer(r"(?:\r\n?|\n)[ \t]*(?=[\r\n])", map.source.text)]
    blocks = {bisect_right(ends, fault) for fault in faults}
    return lambda statement: statement.span is not None and bisect_right(ends, statement.span.start) in blocks


_CONTENT = re.compile(r"^[ \t]*(?!//)\S", re.MULTILINE)


@rule("AM123", Severity.NOTE)
def empty_section(map: ArgumentMap) -> Iterator[Problem]:
    """A heading has nothing under it."""
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
