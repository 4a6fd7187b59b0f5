"""The words around a picture: legend entries, tooltips, a step as a sentence, a description to be read
out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from argmap.drawing import steps as looks
from argmap.drawing.boxes import Style, flag_text
from argmap.drawing.heading import Entry
from argmap.drawing.options import Kind
from argmap.drawing.overlay import MEANINGS, SIGNS, Flag, Mark, Overlay
from argmap.drawing.selection import View
from argmap.drawing.theme import Hue, Theme
from argmap.model import ArgumentMap, Attitude, Statement, Step, StepKind

_VERBS = {Attitude.ACCEPT: "accepts", Attitude.REJECT: "rejects", Attitude.DOUBT: "doubts"}
_WEB = ("http://", "https://", "mailto:")


def byline(map: ArgumentMap) -> str:
    return ", ".join(part for part in (map.author, map.date) if part)


def web_address(statement: Statement) -> str | None:
    """The author's `url`, where it is one that a picture may link to."""
    for key, value in statement.data:
        if key == "url" and value.strip().lower().startswith(_WEB):
            return value.strip()
    return None


def tooltip(
    statement: Statement, held: Sequence[tuple[Attitude, str]], hidden: int, flags: Sequence[Flag]
) -> str:
    """Everything said about a statement, a line each."""
    head = " ".join(
        part for part in (f"({statement.label})" if statement.label else "", statement.text) if part
    )
    lines = [head]
    about = [statement.qualifier.value] if statement.qualifier else []
    about += ["left unsaid in the source"] if statement.implicit else []
    about += ["put forward, not asserted"] if statement.open else []
    about += [f"#{tag}" for tag in statement.tags]
    if about:
        lines.append(", ".join(about))
    for quotation in statement.quotations:
        where = f" ({quotation.where})" if quotation.where else ""
        lines.append(f"“{quotation.words}”{where}")
    lines.extend(statement.notes)
    lines.extend(f"{key}: {value}" for key, value in statement.data)
    lines.extend(f"{holder} {_VERBS[attitude]} it" for attitude, holder in held)
    lines.extend(flag_text(flag) for flag in flags)
    if hidden:
        lines.append(f"{hidden:,} more inside")
    return "\n".join(lines)


def step_title(map: ArgumentMap, step: Step) -> str:
    """`reason (lives) for (a)`."""
    ground = " and ".join(map.by_id[id].name for id in step.ground)
    target = map.by_id[step.target].name
    words = {
        StepKind.REASON: f"reason {ground} for {target}",
        StepKind.OBJECTION: f"objection {ground} to {target}",
        StepKind.CONCESSION: f"granted against {target}: {ground}",
        StepKind.COROLLARY: f"corollary {target} of {ground}",
        StepKind.INFERENCE: f"inference from {ground} to {target}",
    }
    return words[step.kind]


def step_sentence(map: ArgumentMap, step: Step) -> str:
    """A step to be read out."""
    ground = " and ".join(map.by_id[id].name for id in step.ground)
    together = " together" if len(step.ground) > 1 else ""
    text = f"{ground}{together}: {step_title(map, step)}"
    if step.rule:
        text += f", by {step.rule}"
    if step.conditions:
        text += ", provided " + " and ".join(map.by_id[id].name for id in step.conditions)
    if step.exceptions:
        text += ", unless " + " or ".join(map.by_id[id].name for id in step.exceptions)
    return text + "."


def legend(
    map: ArgumentMap,
    view: View,
    styles: Mapping[str, Style],
    overlay: Overlay | None,
    theme: Theme,
    hue: Callable[[str], Hue],
) -> list[Entry]:
    """The signs that occur, in a fixed order."""
    entries: list[Entry] = []
    steps = [map.steps[index] for index in view.steps]
    kinds = {step.kind for step in steps}
    colours = {
        StepKind.REASON: theme.reason.text,
        StepKind.OBJECTION: theme.objection.text,
        StepKind.CONCESSION: theme.concession.text,
        StepKind.COROLLARY: theme.corollary.text,
        StepKind.INFERENCE: theme.reason.text,
    }
    for kind, line in looks.LINES.items():
        if kind in kinds:
            entries.append(Entry(line.sign, line.word, colours[kind]))
    if any(len(step.ground) > 1 for step in steps):
        entries.append(Entry(">+", "joined: they count only together", theme.quiet))
    shown = [map.by_id[id] for id in view.statements]
    if view.contradictions:
        entries.append(Entry(looks.CONTRADICTION.sign, "not both", theme.objection.text))
    corners = "rounded," if theme.rounded else ""
    sides_shown = (overlay is None or not overlay.holders) and theme.reason.line != theme.objection.line
    # The sign says what a box does to the next, the hue whose side it is on in the end: told where the two part.
    if sides_shown and any(
        (step.kind is StepKind.REASON and hue(id) == theme.objection)
        or (step.kind is StepKind.OBJECTION and hue(id) == theme.reason)
        for step in steps
        for id in step.ground
        if id in view.statements
    ):
        solid = corners.rstrip(",") or "solid"
        entries.append(Entry("", "hue: on the claim's side", theme.reason.line, solid))
        entries.append(Entry("", "hue: against it", theme.objection.line, solid))
    if any(statement.implicit for statement in shown):
        entries.append(Entry("", "left unsaid", theme.condition.line, f"{corners}dashed"))
    if any(statement.open for statement in shown):
        entries.append(Entry("", "open: not asserted", theme.condition.line, f"{corners}dotted"))
    if overlay is None or not overlay.holders:
        held = {stance.attitude for stance in map.stances if stance.statement in view.statements}
        for attitude, sign, word in (
            (Attitude.ACCEPT, "✓", "accepts"),
            (Attitude.REJECT, "✕", "rejects"),
            (Attitude.DOUBT, "?", "doubts"),
        ):
            if attitude in held:
                entries.append(Entry(sign, word, theme.quiet))
    if overlay is not None:
        used = {flag.mark for id in view.statements for flag in overlay.flags.get(id, ())}
        entries.extend(_mark_entry(mark, theme) for mark in Mark if mark in used and SIGNS[mark])
    if Kind.CONDITIONS in view.kinds and view.partial:
        entries.append(Entry("▸", "folded", theme.quiet))
    return entries


def _mark_entry(mark: Mark, theme: Theme) -> Entry:
    colours = {
        Mark.ACCEPTED: theme.accepted,
        Mark.MUST_ACCEPT: theme.accepted,
        Mark.REJECTED: theme.rejected,
        Mark.MUST_REJECT: theme.rejected,
        Mark.DOUBTED: theme.doubted,
        Mark.CLASH: theme.clash,
        Mark.FALLS: theme.muted,
        Mark.WITHDRAWN: theme.muted,
    }
    words = {Mark.FALLS: "falls (struck)", Mark.CLASH: "clash (ringed)"}
    return Entry(SIGNS[mark], words.get(mark, MEANINGS[mark]), colours.get(mark, theme.condition).text)
