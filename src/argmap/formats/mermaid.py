"""A Mermaid flowchart, as Markdown pages on many sites draw it; conclusions on top, arrows pointing up."""

from __future__ import annotations

import re

from argmap.formats.format import Format, WriteOptions, Written
from argmap.formats.losses import ALL, Feature, Losses, report
from argmap.model import ArgumentMap, Statement, Step, StepKind

_ARROWS = {
    StepKind.REASON: "-->|because|",
    StepKind.OBJECTION: "--x|but|",
    StepKind.CONCESSION: "-.-x|although|",
    StepKind.COROLLARY: "==>|then|",
    StepKind.INFERENCE: "==>|therefore|",
}
_LOST = {
    Feature.STANCES,
    Feature.EMPHASIS,
    Feature.TAGS,
    Feature.DATA,
    Feature.QUOTATIONS,
    Feature.NOTES,
}
# Everything that is not a letter, a digit, a blank or harmless goes as a number, so that no text can be
# markup.
_UNSAFE = re.compile(r"[^\w\s.,!?'’“”()–—…-]|_|^[-+*](?=\s)|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def quoted(text: str) -> str:
    """A text in quotation marks as Mermaid reads it: nothing in it is markup."""
    text = " ".join(_CONTROL.sub("\ufffd", text).split())
    return '"' + _UNSAFE.sub(lambda match: f"#{ord(match[0])};", text) + '"'


def write(map: ArgumentMap, options: WriteOptions) -> Written:
    """Write a map as a flowchart."""
    losses = Losses()
    report(map, ALL - _LOST, "a Mermaid flowchart", losses)
    out: list[str] = []
    if map.title:
        title = " ".join(_CONTROL.sub(" ", map.title).split()).replace("\\", "\\\\").replace('"', '\\"')
        out += ["---", f'title: "{title}"', "---"]
    out.append("flowchart BT")
    for fact in map.facts:
        if fact.key != "title" or fact.value != map.title:
            out.append(f"    %% {_comment(fact.key)}: {_comment(fact.value)}")
    names = {statement.id: f"n{number}" for number, statement in enumerate(map.statements, 1)}
    members: dict[int | None, list[Statement]] = {}
    for statement in map.statements:
        members.setdefault(statement.section, []).append(statement)
    out += [_node(statement, names) for statement in members.get(None, ())]
    open_: list[int] = []
    for place, section in enumerate(map.sections):
        while open_ and open_[-1] != section.parent:
            open_.pop()
            out.append("    end")
        out.append(f"    subgraph s{place + 1}[{quoted(section.title or '…')}]")
        open_.append(place)
        out += [_node(statement, names) for statement in members.get(place, ())]
    out += ["    end"] * len(open_)
    for number, step in enumerate(map.steps, 1):
        out += _step(step, f"j{number}", names)
    for statement in map.statements:
        out += [f"    {names[id]} -->|provided| {names[statement.id]}" for id in statement.conditions]
        out += [f"    {names[id]} --x|unless| {names[statement.id]}" for id in statement.exceptions]
    out += [f"    {names[pair.left]} x--x|contradicts| {names[pair.right]}" for pair in map.contradictions]
    unstated = [names[statement.id] for statement in map.statements if statement.implicit]
    if unstated:
        out += ["    classDef unstated stroke-dasharray: 5 3", f"    class {','.join(unstated)} unstated"]
    return Written("\n".join(out) + "\n", losses.diagnostics)


def _comment(text: str) -> str:
    return re.sub(r"[{}%]", " ", " ".join(_CONTROL.sub(" ", text).split()))


def _node(statement: Statement, names: dict[str, str]) -> str:
    text = f"({statement.label}) {statement.text}" if statement.label is not None else statement.text
    said = [statement.qualifier.value] if statement.qualifier is not None else []
    said += ["unstated"] if statement.implicit else []
    said += ["open"] if statement.open else []
    said += ["presumed"] if statement.role.value == "condition" else []
    said += ["presumed not to hold"] if statement.role.value == "exception" else []
    said += ["only if shown"] if statement.role.value == "derived" else []
    end = f" ({', '.join(said)})" if said else ""
    return f"    {names[statement.id]}[{quoted((text or '…') + end)}]"


def _step(step: Step, joint: str, names: dict[str, str]) -> list[str]:
    """A step as one arrow, or through a joint where more than one thing goes into it."""
    arrow = _ARROWS[step.kind]
    target = names[step.target]
    if len(step.ground) == 1 and not (step.conditions or step.exceptions or step.rule):
        return [f"    {names[step.ground[0]]} {arrow} {target}"]
    out = [f"    {joint}({quoted(step.rule)})" if step.rule else f"    {joint}(( ))"]
    out += [f"    {names[id]} --- {joint}" for id in step.ground]
    out += [f"    {names[id]} -->|provided| {joint}" for id in step.conditions]
    out += [f"    {names[id]} --x|unless| {joint}" for id in step.exceptions]
    return [*out, f"    {joint} {arrow} {target}"]


FORMAT = Format(
    "mermaid",
    "a Mermaid flowchart",
    (".mermaid", ".mmd"),
    "Statements, all steps with their conditions and exceptions, contradictions and sections, as a picture."
    " Who holds what, stress, tags, attributes, quotations and notes are left out.",
    None,
    write,
)
