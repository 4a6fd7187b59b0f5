"""Writes a map in the notation, as a person would: roots, and under each what bears on it.

`parse(write(map)) == map` up to order and the ids of unlabelled statements, for every map that the notation
can say; what it cannot say is reported.
"""

from __future__ import annotations

import re

from attrs import define, field

from argmap.formats.format import Written
from argmap.formats.labels import Labels, is_label
from argmap.formats.losses import Losses
from argmap.formats.notation.layout import NotationLayout, NotationLine, lay_out
from argmap.formats.notation.markup import escaped, escaped_words, guarded, tidy, tidy_line, wrapped
from argmap.model import ArgumentMap, Attitude, Quotation, Section, Stance, Statement, StepKind
from argmap.syntax.marks import BLANKS, FLAGS, QUALIFIERS, SIGNS, TYPE_OF_WORD, WORDS
from argmap.syntax.within import has_labels, needs_quotes
from argmap.text import Placed

INDENT = 4

_KEY = re.compile(r"[^\W\d][\w-]*")
_TAG = re.compile(r"\w[\w./-]*")
_PLAIN_VALUE = re.compile(r'[^\s,"{}\\](?:[^,"{}\\]*[^\s,"{}\\])?')
_DEEPEST_HEADING = 9
_NO_TEXT = "…"


def write(map: ArgumentMap) -> Written:
    """Write a map in the notation."""
    losses = Losses()
    layout = lay_out(map)
    for statement in layout.displaced:
        losses.changed(
            f"{statement.name} is a {statement.role.value} of nothing, and is written as a plain claim", statement
        )
    for step in layout.merged:
        losses.changed(
            "a corollary of several statements together is written as an inference bar, which binds likewise", step
        )
    return Written(_Writer(map, layout, losses).run(), losses.diagnostics)


@define
class _Writer:
    map: ArgumentMap
    layout: NotationLayout
    losses: Losses
    labels: dict[str, str] = field(factory=dict)
    out: list[str] = field(factory=list)
    under: dict[str, list[Stance]] = field(factory=dict)  # stances written under their statement, which has no label

    def run(self) -> str:
        self._name()
        self._lose_rules()
        self._facts()
        levels = self._levels()
        for section, blocks in self.layout.sections:
            if section is not None:
                self._heading(self.map.sections[section], levels[section])
            for block in blocks:
                self._gap()
                for line in block:
                    self._line(line)
        self._stances()
        return "\n".join(self.out) + "\n" if self.out else ""

    def _gap(self) -> None:
        if self.out:
            self.out.append("")

    # Labels.

    def _name(self) -> None:
        """Settle every statement's label: its own, a readable one, or none where none is needed."""
        taken = {s.label for s in self.map.statements if s.label is not None and is_label(s.label)}
        labels = Labels(taken)
        # A statement needs a label if something refers to it, or if it would continue the text of the one above it.
        needed = {
            line.id
            for _, blocks in self.layout.sections
            for block in blocks
            for place, line in enumerate(block)
            if not line.home or (line.depth == 0 and place > 0)
        }
        by_statement: dict[str, list[Stance]] = {}
        for stance in self.map.stances:
            if stance.statement is not None:
                by_statement.setdefault(stance.statement, []).append(stance)
            else:
                needed.update(stance.ids)
        for statement in self.map.statements:
            id, label = statement.id, statement.label
            if label is not None and is_label(label):
                self.labels[id] = label
            elif label is not None:
                self.labels[id] = labels.named(label, statement.text)
                self.losses.renamed(f"the label “{label}” became ({self.labels[id]})", statement)
            elif id in needed:
                name = "" if id.startswith("%") else id
                self.labels[id] = labels.named(name, statement.text)
                self.losses.renamed(f"{statement.name} needs a label here and was given ({self.labels[id]})", statement)
            elif id in by_statement:
                self.under[id] = by_statement[id]

    # What stands above and around the statements.

    def _facts(self) -> None:
        lines: list[tuple[str, str]] = []
        for fact in self.map.facts:
            key = fact.key
            if not _KEY.fullmatch(key) or key in TYPE_OF_WORD or (key[0].isupper() and not key[0].islower()):
                key = re.sub(r"[^\w-]+", "-", key.strip().lower()).strip("-")
                if not _KEY.fullmatch(key) or key in TYPE_OF_WORD:
                    self.losses.left_out(f"the header cannot have a line called “{fact.key}”", fact)
                    continue
                self.losses.renamed(f"the header line “{fact.key}” became “{key}”", fact)
            value = tidy_line(fact.value)
            lines.append((f"{key}:", value))
        width = max((len(key) for key, _ in lines), default=0)
        self.out += [f"{key:<{width}} {value}".rstrip() for key, value in lines]

    def _levels(self) -> list[int]:
        """Each section's level, such that reading finds the same parents again."""
        sections = self.map.sections
        open_: list[int] = []
        agrees = True
        for place, section in enumerate(sections):
            while open_ and sections[open_[-1]].level >= section.level:
                open_.pop()
            agrees = agrees and section.parent == (open_[-1] if open_ else None)
            agrees = agrees and 1 <= section.level <= _DEEPEST_HEADING
            open_.append(place)
        if agrees:
            return [section.level for section in sections]
        levels: list[int] = []
        for section in sections:
            level = 1 if section.parent is None else levels[section.parent] + 1
            levels.append(min(level, _DEEPEST_HEADING))
            if levels[-1] != section.level:
                self.losses.changed(
                    f"the heading “{section.title}” is written at level {levels[-1]}, not {section.level}", section
                )
        return levels

    def _heading(self, section: Section, level: int) -> None:
        self._gap()
        title = escaped_words(tidy_line(section.title))
        if title.startswith("#"):
            title = "\\" + title
        if not title:
            self.losses.changed(f"a heading without words is written as “{_NO_TEXT}”", section)
        self.out.append(f"{SIGNS['HEADING'] * level} {title or _NO_TEXT}")

    def _stances(self) -> None:
        held: dict[tuple[str, str, tuple[Quotation, ...]], dict[Attitude, list[str]]] = {}
        for stance in self.map.stances:
            if stance.statement is None or stance.statement in self.labels:
                *ground, last = (f"({self.labels[id]})" for id in stance.ids)
                words = f"{', '.join(ground)} => {last}" if stance.step else last
                line = self._holder(stance), _attributes_of(stance), stance.quotations
                held.setdefault(line, {}).setdefault(stance.attitude, []).append(words)
        alike: dict[tuple[str, str, tuple[Quotation, ...]], list[str]] = {}
        for (holder, end, quotations), attitudes in held.items():
            parts = []
            for attitude in Attitude:
                objects = attitudes.get(attitude, ())
                statements = [words for words in objects if "=>" not in words]
                named = [", ".join(statements)] * bool(statements)
                named += [words for words in objects if "=>" in words]
                parts += [f"{attitude.value} {words}" for words in named]
            alike.setdefault(("; ".join(parts), end, quotations), []).append(holder)
        if alike:
            self._gap()
        for (words, end, quotations), holders in alike.items():
            self.out += wrapped(f"{SIGNS['STANCE']} {', '.join(holders)}: ", words + end, INDENT)
            for quotation in quotations:
                self._quotation(quotation, quotation, INDENT)

    def _holder(self, stance: Stance) -> str:
        name = " ".join(tidy_line(stance.holder).split())
        is_open = name.count("{") != name.count("}")  # no quotation marks help
        name = " ".join(name.replace("{", " ").replace("}", " ").split()) if is_open else name
        name = name if name.strip(BLANKS) else _NO_TEXT
        quote = '""' if '"' not in name else "“”"
        if not is_open and needs_quotes(name) and not (quote == "“”" and set(name) & set("“”")):
            return f"{quote[0]}{name}{quote[1]}"
        name = " ".join(name.replace(",", " ").replace(":", " ").split()) or _NO_TEXT
        if name != stance.holder:
            self.losses.renamed(f"the holder “{stance.holder}” became “{name}”", stance)
        return name

    def _lose_rules(self) -> None:
        for step in self.map.steps:
            if step.rule is not None and step.kind is not StepKind.INFERENCE and step not in self.layout.merged:
                self.losses.left_out(
                    f"the rule “{step.rule}”: only a bar names one, and this is a {step.kind.value}", step
                )

    # The statements.

    def _line(self, line: NotationLine) -> None:
        indent = " " * (INDENT * line.depth)
        if line.id is None:
            rule = escaped_words(tidy_line(line.rule or ""))
            if has_labels(rule):
                rule = rule.replace("(", "\\(")
            if rule.startswith("-"):
                rule = "\\" + rule
            self.out.append(f"{indent}{SIGNS['BAR']} {rule}".rstrip())
            return
        mark = SIGNS.get(line.mark) or WORDS.get(line.mark)
        head = f"{indent}{mark} " if mark else indent
        if not line.home:
            self.out.append(f"{head}({self.labels.get(line.id, line.id)})")
            return
        statement = self.map.by_id[line.id]
        inner = len(indent) + INDENT
        label = self.labels.get(line.id)
        if label is not None:
            head += f"({label}) "
        text = self._text(statement)
        text = guarded(text + self._attributes(statement), at_margin=not line.mark, labelled=label is not None)
        self.out += wrapped(head, text, inner)
        self._beside(statement, inner)

    def _text(self, statement: Statement) -> str:
        text = tidy(statement.text)
        if not text:
            self.losses.changed(f"{statement.name} has no text, and is written as “{_NO_TEXT}”", statement)
            return _NO_TEXT
        if "\ufffd" in text and "\ufffd" not in statement.text:
            self.losses.changed(f"control characters in {statement.name} became U+FFFD", statement)
        if text != statement.text:  # the ranges were measured in the text as it was
            if statement.emphasis:
                self.losses.left_out(f"the stress in {statement.name}, whose blanks had to change", statement)
            return escaped(text)[0]
        marked, refused = escaped(text, statement.emphasis)
        for stress in refused:
            words = text[stress.start : stress.end]
            self.losses.left_out(
                f"the stress on “{words}” in {statement.name}: only whole words can bear it", statement
            )
        return marked

    def _attributes(self, statement: Statement) -> str:
        parts = [statement.qualifier.value] if statement.qualifier is not None else []
        parts += [flag for flag in FLAGS if getattr(statement, flag)]
        for tag in statement.tags:
            name = tag if _TAG.fullmatch(tag) else re.sub(r"[^\w./-]+", "-", tag).strip("-./")
            if name != tag:
                lost = self.losses.renamed if name else self.losses.left_out
                lost(f"the tag “{tag}” of {statement.name}" + (f" became #{name}" if name else ""), statement)
            if name:
                parts.append(f"#{name}")
        for key, value in statement.data:
            name = key if _KEY.fullmatch(key) else re.sub(r"[^\w-]+", "-", key).strip("-")
            name = f"{name}-" if name in (*QUALIFIERS, *FLAGS) else name
            if not _KEY.fullmatch(name):
                self.losses.left_out(f"the attribute “{key}” of {statement.name}: its name has no letters", statement)
                continue
            if name != key:
                self.losses.renamed(f"the attribute “{key}” of {statement.name} became {name}", statement)
            parts.append(f"{name}: {_value(tidy_line(value))}")
        return f" {{{', '.join(parts)}}}" if parts else ""

    def _beside(self, statement: Statement, indent: int) -> None:
        """Quotations, notes, and the stances of a statement that has no label."""
        margin = " " * indent
        for quotation in statement.quotations:
            self._quotation(quotation, statement, indent)
        for note in statement.notes:
            text = escaped_words(tidy_line(note))
            if not text:
                continue
            if text[0] in "\"“„«»”「『‘‹'`":
                text = "\\" + text
            self.out += wrapped(f"{margin}{SIGNS['QUOTATION']} ", text, indent + INDENT)
        held: dict[tuple[str, tuple[Quotation, ...]], list[str]] = {}
        for stance in self.under.get(statement.id, ()):
            line = stance.attitude.value + _attributes_of(stance), stance.quotations
            held.setdefault(line, []).append(self._holder(stance))
        for (words, quotations), holders in held.items():
            self.out += wrapped(f"{margin}{SIGNS['STANCE']} {', '.join(holders)}: ", words, indent + INDENT)
            for quotation in quotations:
                self._quotation(quotation, statement, indent + INDENT)

    def _quotation(self, quotation: Quotation, of: Placed, indent: int) -> None:
        words = escaped_words(tidy_line(quotation.words), '"')
        where = tidy_line(quotation.where or "")
        if '"' in where:
            self.losses.changed(f"straight quotation marks in the place “{where}” became curved", _at(quotation, of))
            where = where.replace('"', "”")
        end = f" ({escaped_words(where)})" if where else ""
        self.out += wrapped(f"{' ' * indent}{SIGNS['QUOTATION']} ", f'"{words}"{end}', indent + INDENT)


def _at(first: Placed, otherwise: Placed) -> Placed:
    return first if first.span is not None else otherwise


def _attributes_of(stance: Stance) -> str:
    parts = [f"date: {stance.date}"] if stance.date else []
    parts += [f"by: {_value(tidy_line(stance.by) or _NO_TEXT)}"] if stance.by else []
    parts += [stance.hedge.value] if stance.hedge else []
    return f" {{{', '.join(parts)}}}" if parts else ""


def _value(value: str) -> str:
    if _PLAIN_VALUE.fullmatch(value):
        return value
    return '"' + re.sub(r'([\\"{}])', r"\\\1", value) + '"'
