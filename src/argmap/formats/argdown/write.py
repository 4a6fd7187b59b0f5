"""Argdown out.

Plain reasons and objections become nested `+` and `-` lines under what they are about; everything else
becomes a premise-conclusion structure. What Argdown has no words for goes along in braces under the key
`argmap`, so that it comes back, and is reported wherever Argdown itself would take it for something else.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable

from attrs import define, field

from argmap.formats.argdown.blocks import SHORTCODE, parse
from argmap.formats.argdown.data import FACTS, KEY, Value, written
from argmap.formats.format import Written
from argmap.formats.labels import Labels, is_label
from argmap.formats.losses import ALL, Feature, Losses, report
from argmap.model import ArgumentMap, Contradiction, Emphasis, Fact, Role, Statement, Step, StepKind, does
from argmap.syntax.marks import FLAGS
from argmap.text.words import by_key

# Argdown's own command runs out of stack at about a thousand levels; a reader much earlier.
_DEEPEST = 8
_INDENT = "  "
_KEYS = {fact: key for key, fact in FACTS.items()}
_LOST = {Feature.STEP_STANCES, Feature.STANCE_DETAILS, Feature.EVIDENCE}

_SPECIAL = re.compile(r"[\\\[\]<>*_#@{}]|(?<=/)[/]|(?<=<)!")
# What would be a mark, a list or a number at the beginning of a line.
_FIRST = re.compile(r"-+|[+=~(]|\d+(?=\.)")
_TAG = re.compile(r"[^\W_](?:[\w-]*\w)?")
_TAG_IN_PARENTHESES = re.compile(r"[^()\n]+")
_OURS = re.compile(r"Untitled \d+")
_TITLE = re.compile(r"[^\[\]<>\n\\{}]+")


def write(map: ArgumentMap) -> Written:
    """The map as Argdown."""
    losses = Losses()
    return Written(_Writing(map, losses).text(), losses.diagnostics)


@define(eq=False)
class _Use:
    """A statement where it is written: in full (`home`) or by title, and what is peculiar to it."""

    prefix: str
    id: str
    home: bool
    own: dict[str, Value] = field(factory=dict)
    concluded: bool = False


_Line = _Use | str
# The sign, the statement, and what is peculiar to the place
_Child = tuple[str, str, dict[str, Value]]


@define(eq=False)
class _Writing:
    map: ArgumentMap
    losses: Losses
    blocks: list[list[_Line]] = field(factory=list)
    homes: set[str] = field(factory=set)
    children: dict[str, list[_Child]] = field(factory=dict)
    bodies: dict[str, list[Step]] = field(factory=dict)
    bodied: set[int] = field(factory=set)  # the steps in `bodies`
    alone: set[str] = field(factory=set)  # conclusions that are written by themselves
    stated: dict[str, str] = field(factory=dict)  # by which conclusion a relation to a statement is stated
    written: set[int] = field(factory=set)
    titled: set[str] = field(factory=set)
    titles: dict[str, str] = field(factory=dict)

    def text(self) -> str:
        self.sort_steps()
        for contradiction in self.map.contradictions:
            self.oppose(contradiction)
        members = by_key((statement.section, statement) for statement in self.map.statements)
        self.bodied = {id(step) for steps in self.bodies.values() for step in steps}
        inferred = by_key((self.section_of(step), step) for step in self.map.steps if id(step) in self.bodied)
        for section in (None, *range(len(self.map.sections))):
            statements = members.get(section, [])
            if section is not None:
                heading = self.map.sections[section]
                self.blocks.append([f"{'#' * heading.level} {_escaped(heading.title)}"])
            # First what leads nowhere; what leads somewhere is written where it leads, if it can be.
            for statement in statements:
                if not self.leads_on(statement, section):
                    self.place(statement)
            steps = inferred.get(section, [])
            leading = {id(self.leading_up(step, section)) for step in steps}
            for step in sorted(steps, key=lambda step: id(step) in leading):
                self.place(self.map[step.target], step)
            for statement in statements:
                self.place(statement)
                if statement.id not in self.homes:
                    # Its bars have called it by its title, before it had a place.
                    self.alone.add(statement.id)
                    self.place(statement)
        return self.rendered()

    # ---- where everything goes ----

    def sort_steps(self) -> None:
        """Which steps are lines under their target, and which need premises and a bar."""
        seen: set[tuple[bool, str, str]] = set()
        plain: list[Step] = []
        for step in self.map.steps:
            self.report(step)
            source = step.ground[0]
            key = (step.kind.supports, source, step.target)
            if (
                step.kind is StepKind.INFERENCE
                or len(step.ground) > 1
                or step.conditions
                or step.rule is not None
                or source == step.target
                or key in seen
                or step.exceptions
            ):
                self.bodies.setdefault(step.target, []).append(step)
            else:
                seen.add(key)
                plain.append(step)
        for step in plain:
            source = step.ground[0]
            own: dict[str, Value] = {}
            if step.kind in (StepKind.COROLLARY, StepKind.CONCESSION):
                own["step"] = step.kind.value
            sign = "+" if step.kind.supports else "-"
            if self.map[source].label is None and self.concludes(source):
                # Stated on the conclusion's side, it needs no title.
                self.children.setdefault(source, []).append((f"{sign}>", step.target, own))
                self.stated[step.target] = source
            else:
                self.children.setdefault(step.target, []).append((sign, source, own))

    def report(self, step: Step) -> None:
        target = self.map[step.target].name
        if step.kind is StepKind.COROLLARY:
            self.losses.changed(f"a corollary, {target}; Argdown sees support for it", step)
        elif step.kind is StepKind.CONCESSION:
            self.losses.changed(f"a point against {target} that is granted; Argdown sees an attack", step)
        for condition in step.conditions:
            name = self.map[condition].name
            self.losses.changed(f"a condition, {name}; Argdown sees one more premise for {target}", step)

    def oppose(self, pair: Contradiction) -> None:
        known = self.children.setdefault(pair.left, [])
        if pair.left == pair.right or any(sign == "><" and other == pair.right for sign, other, _ in known):
            self.losses.left_out(f"a contradiction of {self.map[pair.left].name} that Argdown would not keep", pair)
            return
        known.append(("><", pair.right, {}))

    def section_of(self, step: Step) -> int | None:
        """Where a step's premises and bar belong: with its last premise that has no label to be called by."""
        unlabelled = (id_ for id_ in reversed(step.ground) if self.map[id_].label is None)
        return self.map[next(unlabelled, step.target)].section

    def leads_on(self, statement: Statement, section: int | None) -> bool:
        if self.concludes(statement.id):
            return True
        steps = self.map.steps_from.get(statement.id, ())
        if any(id(step) in self.bodied and self.section_of(step) == section for step in steps):
            return True
        targets = [step.target for step in steps]
        if statement.label is None and statement.id in self.stated:
            targets.append(self.stated[statement.id])
        return any(
            target != statement.id and target not in self.homes and self.map[target].section == section
            for target in targets
        )

    def place(self, statement: Statement, step: Step | None = None) -> None:
        """Writes a statement in full, if it is not yet, or a step, and everything that goes with it."""
        section = statement.section if step is None else self.section_of(step)
        pending = deque([statement.id])
        if step is not None:
            if id(step) in self.written:
                return
            self.written.add(id(step))
            pending += self.body(step, section)
        elif statement.id in self.homes:
            return
        elif not self.concludes(statement.id):
            lines: list[_Line] = []
            self.blocks.append(lines)
            pending += self.tree(lines, "", statement.id, 0, {}, section)[1:]
        while pending:
            for each in self.bodies.get(pending.popleft(), ()):
                if id(each) not in self.written and self.section_of(each) == section:
                    self.written.add(id(each))
                    pending += self.body(each, section)

    def concludes(self, id_: str) -> bool:
        """Whether the statement's own place is below a bar."""
        statement = self.map[id_]
        return (
            statement.role is Role.DERIVED
            and id_ not in self.alone
            and any(
                step.kind.supports
                and id_ not in step.ground + step.conditions
                and self.section_of(step) == statement.section
                for step in self.bodies.get(id_, ())
            )
        )

    def tree(
        self, lines: list[_Line], prefix: str, id_: str, depth: int, own: dict[str, Value],
        section: int | None, *, concluded: bool = False, undercuts: tuple[str, ...] = (),
    ) -> list[str]:  # fmt: skip
        """Adds a statement and what is nested under it; gives back the statements that found their place."""
        homed: list[str] = []
        stack: list[tuple[str, str, dict[str, Value], int]] = [(prefix, id_, own, depth)]
        while stack:
            prefix, at, own, depth = stack.pop()
            concluded = concluded and at == id_
            home = (
                at not in self.homes
                and self.map[at].section == section
                and depth < _DEEPEST
                and (concluded or not self.concludes(at))
            )
            lines.append(_Use(prefix, at, home, own, concluded))
            below: list[_Child] = [("_", undercut, {}) for undercut in undercuts]
            undercuts = ()
            if home:
                self.homes.add(at)
                homed.append(at)
                below += self.children.get(at, [])
            else:
                self.titled.add(at)
            indent = _INDENT * (depth + 1)
            for sign, child, own_ in reversed(below):
                stack.append((f"{indent}{sign} ", child, own_, depth + 1))
        return homed

    def body(self, last: Step, section: int | None) -> list[str]:
        """Writes a step as premises and a conclusion, after those that lead up to its first premise."""
        lines: list[_Line] = []
        self.blocks.append(lines)
        chain = [last]
        while (before := self.leading_up(chain[-1], section)) is not None:
            chain.append(before)
            self.written.add(id(before))
        homed: list[str] = []
        number = 0
        for step in reversed(chain):
            given = (*step.ground, *step.conditions)
            for index, id_ in enumerate(given if step is chain[-1] else given[1:], 0 if step is chain[-1] else 1):
                number += 1
                own: dict[str, Value] = {"condition": "yes"} if index >= len(step.ground) else {}
                homed += self.tree(lines, f"({number}) ", id_, 0, own, section)
            rule = _escaped(step.rule or "").replace("--", r"\-\-")
            if step.kind is not StepKind.INFERENCE:
                rule = f"{rule} {written({KEY: {'step': step.kind.value}})}".strip()
            lines += ["--", rule, "--"] if rule else ["----"]
            number += 1
            if step.kind.supports:
                homed += self.tree(
                    lines, f"({number}) ", step.target, 0, {}, section, concluded=True, undercuts=step.exceptions
                )
                continue
            lines.append(f"({number}) Not: {_escaped(self.map[step.target].text)}")
            for sign, id_ in [("->", step.target), *(("_", id_) for id_ in step.exceptions)]:
                homed += self.tree(lines, f"{_INDENT}{sign} ", id_, 1, {}, section)
        return homed

    def leading_up(self, step: Step, section: int | None) -> Step | None:
        """The step to a step's first premise, where that premise is written nowhere yet and has no label."""
        first = self.map[step.ground[0]]
        steps = self.bodies.get(first.id, [])
        if first.label is not None or first.section != section or first.id in self.homes or len(steps) != 1:
            return None
        before = steps[0]
        return before if self.concludes(first.id) and id(before) not in self.written else None

    # ---- the text ----

    def rendered(self) -> str:
        stances: list[list[Value]] = []
        stated = [stance for stance in self.map.stances if stance.statement is not None]
        self.titled.update(stance.ids[0] for stance in stated)
        for statement in self.map.statements:
            self.titled.update((*statement.conditions, *statement.exceptions))
        self.give_titles()
        report(self.map, ALL - _LOST, "Argdown", self.losses)
        for stance in stated:
            name = self.map[stance.ids[0]].name
            self.losses.changed(
                f"{stance.holder} {does(stance.holder, stance.attitude)} {name}; Argdown shows no stances", stance
            )
            stances.append([stance.holder, stance.attitude.value, self.titles[stance.ids[0]]])
        settings = _settings(self.map.facts, stances)
        pieces: list[str] = []
        if settings:
            front = "".join(f"{written(key)}: {written(value)}\n" for key, value in settings.items())
            pieces.append(f"===\n{front}===")
        pieces += ["\n".join(map(self.line, block)) for block in self.blocks]
        return "\n\n".join(pieces) + "\n"

    def give_titles(self) -> None:
        labels = Labels({label for one in self.map.statements if (label := one.label) and is_label(label)})
        for statement in self.map.statements:
            if statement.label is not None and is_label(statement.label):
                self.titles[statement.id] = _title_for(statement, statement.label)
            elif statement.label is not None or statement.id in self.titled:
                label = labels.named(statement.label or "", statement.text)
                self.titles[statement.id] = _title_for(statement, label)
                self.losses.renamed(f"{statement.name} is now [{self.titles[statement.id]}]", statement)

    def line(self, line: _Line) -> str:
        if isinstance(line, str):
            return line
        statement = self.map[line.id]
        title = self.titles.get(line.id)
        own = dict(line.own)
        if not line.home:
            data: dict[str, Value] = {KEY: own} if own else {}
            text = f"[{title}]"
        else:
            words, breaks = _worded(statement, self.losses)
            own |= self.peculiar(statement, breaks, concluded=line.concluded)
            data = {key: value for key, value in statement.data if (key, value) != ("title", title)}
            if own:
                data[KEY] = own
            head = f"[{title}]: " if title is not None else ""
            text = f"{head}{words}{_tagged(statement, self.losses)}"
        return f"{line.prefix}{text} {written(data)}" if data else f"{line.prefix}{text}"

    def peculiar(self, statement: Statement, breaks: list[str], *, concluded: bool) -> dict[str, Value]:
        """What Argdown has no words for, as data."""
        own: dict[str, Value] = {}
        if statement.role is not (Role.DERIVED if concluded else Role.CLAIM):
            own["role"] = statement.role.value
            if statement.role in (Role.CONDITION, Role.EXCEPTION):
                self.losses.changed(f"{statement.name} is only supposed; Argdown sees it asserted", statement)
        if statement.qualifier:
            own["qualifier"] = statement.qualifier.value
        own |= {flag: "yes" for flag in FLAGS if getattr(statement, flag)}
        if breaks:
            own["breaks"] = list(breaks)
        if statement.quotations:
            quotations = ((("words", one.words), ("where", one.where)) for one in statement.quotations)
            own["quotations"] = [{key: value for key, value in each if value is not None} for each in quotations]
        if statement.notes:
            own["notes"] = list(statement.notes)
        for key, ids in (("provided", statement.conditions), ("unless", statement.exceptions)):
            if ids:
                own[key] = [self.titles[id_] for id_ in ids]
                self.losses.changed(
                    f"what {statement.name} hangs on ({key}:); Argdown knows no conditions of a statement", statement
                )
        return own


# Words.


def _settings(facts: tuple[Fact, ...], stances: list[list[Value]]) -> dict[str, Value]:
    """The front matter for a map's facts, and for stances as holder, attitude, title."""
    settings: dict[str, Value] = {}
    rest: list[Value] = []
    for fact in facts:
        key = _KEYS.get(fact.key)
        if key and key not in settings and fact.value == " ".join(fact.value.split()):
            settings[key] = fact.value
        else:
            rest.append([fact.key, fact.value])
    own: dict[str, Value] = {"facts": rest, "stances": list(stances)}
    if rest or stances:
        settings[KEY] = {key: value for key, value in own.items() if value}
    return settings


def _escaped(text: str) -> str:
    """Words on one line that Argdown reads as just these words."""
    return _begun(_inside(" ".join(text.split())))


def _inside(text: str) -> str:
    """Words that are not the first of a line."""
    return SHORTCODE.sub(r"\\\g<0>", _SPECIAL.sub(r"\\\g<0>", text))


def _begun(text: str) -> str:
    first = _FIRST.match(text)
    if first is None:
        return text
    rest = text[first.end() :]
    if first[0].isdigit():
        return f"{first[0]}\\{rest}"
    return "".join(f"\\{sign}" for sign in first[0]) + rest


def _worded(statement: Statement, losses: Losses) -> tuple[str, list[str]]:
    """A statement's text on one line with its stress marked, and where a space was the end of a paragraph."""
    text, emphasis, breaks = _one_line(statement)
    plain = _escaped(text)
    if not emphasis:
        return plain, breaks
    stressed = _stressed(text, emphasis)
    expected = tuple((one.start, one.end, one.strong) for one in emphasis)
    read = parse(stressed, 0, Losses())
    content = getattr(read[0], "content", None) if len(read) == 1 else None
    if content is not None and (content.text, content.emphasis) == (text, expected):
        return stressed, breaks
    losses.left_out(f"the stress in {statement.name}; Argdown cannot mark these words", statement)
    return plain, breaks


def _one_line(statement: Statement) -> tuple[str, list[Emphasis], list[str]]:
    text = statement.text
    if not statement.emphasis and not any(sign in text for sign in "\n\r\t") and "  " not in text:
        return text.strip(), [], []
    moved: list[int] = []  # where each code point of the old text comes to stand
    pieces: list[str] = []
    breaks: list[str] = []
    length = position = 0
    for match in re.finditer(r"\s+", text):
        moved += range(length, length + match.start() - position)
        pieces.append(text[position : match.start()])
        length += match.start() - position
        position = match.end()
        kept = match.start() > 0 and match.end() < len(text)
        moved += [length] + [length + kept] * (match.end() - match.start() - 1)
        if kept:
            if match.group().count("\n") > 1:
                breaks.append(str(length))
            pieces.append(" ")
            length += 1
    pieces.append(text[position:])
    moved += range(length, length + len(text) - position + 1)
    emphasis = [Emphasis(moved[one.start], moved[one.end], one.strong) for one in statement.emphasis]
    return "".join(pieces), [one for one in emphasis if one.start < one.end], breaks


def _stressed(text: str, emphasis: Iterable[Emphasis]) -> str:
    pieces: list[str] = []
    position = 0
    for one in emphasis:
        mark = "**" if one.strong else "*"
        pieces += [_inside(text[position : one.start]), mark, _inside(text[one.start : one.end]), mark]
        position = one.end
    pieces.append(_inside(text[position:]))
    return _begun("".join(pieces))


def _tagged(statement: Statement, losses: Losses) -> str:
    """The tags as they follow the text, each with a space before it."""
    found = []
    for tag in statement.tags:
        if _TAG.fullmatch(tag):
            found.append(f" #{tag}")
        elif _TAG_IN_PARENTHESES.fullmatch(tag) and tag == " ".join(tag.split()):
            found.append(f" #({tag})")
        else:
            losses.left_out(f"the tag {tag} of {statement.name}; Argdown cannot write it", statement)
    return "".join(found)


def _title_for(statement: Statement, label: str) -> str:
    """A title that comes back as this label: the title it came with, or the label with spaces for hyphens."""
    for title in (dict(statement.data).get("title", ""), label.replace("-", " ")):
        plain = title == " ".join(title.split()) and _TITLE.fullmatch(title) and not _OURS.fullmatch(title)
        if plain and Labels().named(title, title) == label:
            return title
    return label
