"""Prose: the map as paragraphs of connected sentences, the skeleton of an essay or a column.

A claim, why, what is granted against it, what may be objected and what is answered, and what follows. What
is too deep for its paragraph gets a paragraph of its own. A statement stands inside another sentence only
where it can; otherwise it follows a colon, as the author wrote it.

Paragraphs of connected English sentences, the skeleton of an essay, with who holds what at the end. Labels, stress,
tags, quotations, notes and the author's own attributes are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import define, field

from argmap.diagnostics import Severity
from argmap.formats.format import Format, Written
from argmap.formats.losses import ALL, Feature, Losses, report
from argmap.formats.page import (
    LONGEST_CLAUSE,
    by_rule,
    capitalised,
    clause,
    ended,
    escape,
    flat,
    header_line,
    held_alike,
    labels_named,
    names_in,
    sentence,
    untied,
    verb_ending,
)
from argmap.model import ArgumentMap, Attitude, Contradiction, Role, Stance, Statement, Step, StepKind
from argmap.text.words import by_key, listed

_LOST = {Feature.QUOTATIONS, Feature.NOTES, Feature.UNPROVED, Feature.EVIDENCE}
# Left out as well, but no reader of prose would miss them.
_FOR_WRITERS = {Feature.EMPHASIS, Feature.IMPLICIT, Feature.TAGS, Feature.DATA}
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
_MOST_REASONS_IN_A_SENTENCE = 2
_MOST_HELD_IN_A_SENTENCE = 4
_LONGEST_AGAIN = 400  # what is longer is said once, so that prose stays about as long as its map


def write(map: ArgumentMap) -> Written:
    """Write a map as prose, in Markdown."""
    losses = Losses()
    report(map, ALL - _LOST, "prose", losses, together=True)
    report(map, ALL - _FOR_WRITERS, "prose", losses, Severity.NOTE, together=True)
    for statement, label in labels_named(map):
        hint = f"say what ({label}) says, or convert to standard-form, which numbers the statements"
        losses.changed(f"{statement.name} names ({label}), and prose shows no labels", statement, hint)
    out: list[str] = []
    if map.title:
        out += [f"# {escape(map.title)}", ""]
    if credit := header_line(map.facts):
        out += [escape(credit), ""]
    shift = 1 if map.title else 0
    for section, paragraphs in _Prose(map, names_in(map)).run():
        if section is not None:
            heading = map.sections[section]
            out += [f"{'#' * min(heading.level + shift, 6)} {escape(heading.title)}", ""]
        for paragraph in paragraphs:
            out += [escape(" ".join(paragraph)), ""]
    return Written("\n".join(out).rstrip("\n") + "\n", losses.diagnostics)


@define
class _Prose:
    map: ArgumentMap
    names: frozenset[str]
    known: set[str] = field(factory=set)  # statements that the reader knows
    quoted: set[str] = field(factory=set)  # statements that were said in full
    done: set[int] = field(factory=set)  # the identity of steps and contradictions that were spoken of
    gated: set[str] = field(factory=set)  # statements whose conditions and exceptions the reader knows
    opposed: dict[str, list[Contradiction]] = field(factory=dict)
    to: dict[str, list[Step]] = field(factory=dict)  # steps to a statement that are covered with it, while to be said
    after: dict[str, list[Step]] = field(factory=dict)  # its corollaries, covered with their first premise
    pending: list[str] = field(factory=list)
    paragraphs: list[list[str]] = field(factory=list)
    reminded: list[str] | None = None  # the last paragraph with "as we have seen" in it
    section: int = -1

    def run(self) -> list[tuple[int | None, list[list[str]]]]:
        """The paragraphs of each section that has some, or has a section with some."""
        by_section = by_key((statement.section, statement) for statement in self.map.statements)
        self.opposed = by_key((id, pair) for pair in self.map.contradictions for id in (pair.left, pair.right))
        steps = self.map.steps
        self.after = by_key((step.ground[0], step) for step in steps if step.kind is StepKind.COROLLARY)
        self.to = by_key((step.target, step) for step in steps if step.kind is not StepKind.COROLLARY)
        bars = {step.target for step in self.map.steps if step.kind is StepKind.INFERENCE}
        leads_on = self._leading_on()
        out: list[tuple[int | None, list[list[str]]]] = []
        for section in (None, *range(len(self.map.sections))):
            self.paragraphs = []
            self.section = -1 if section is None else section
            here = by_section.get(section, [])
            for statement in here:
                if statement.id in bars or (statement.id not in leads_on and statement.role is Role.CLAIM):
                    self._cover(statement.id)
            for statement in here:
                if statement.id not in self.known or self._has_more(statement.id):
                    self._cover(statement.id)
            out.append((section, self.paragraphs))
        out[-1][1].extend([said] for said in self._stances())
        kept: set[int | None] = set()
        for section, paragraphs in out:
            while paragraphs and section is not None and section not in kept:
                kept.add(section)
                section = self.map.sections[section].parent
        return [(section, paragraphs) for section, paragraphs in out if paragraphs or section in kept]

    def _leading_on(self) -> set[str]:
        """Statements that are covered with the one they bear on."""
        found: set[str] = set()
        for step in self.map.steps:
            same = [id for id in step.ground if self.map[id].section == self.map[step.target].section]
            if step.kind is not StepKind.COROLLARY and step.target not in same:
                found.update(same)
        return found

    # What is still to be said.

    def _open_to(self, id: str) -> list[Step]:
        """The steps to a statement that are still to be said; the others are looked at once."""
        steps = self.to.get(id, [])
        steps[:] = self._open(steps)
        return [*steps]

    def _open(self, steps: Iterable[Step]) -> list[Step]:
        return [step for step in steps if id(step) not in self.done]

    def _is_open(self, steps: list[Step]) -> bool:
        while steps and id(steps[-1]) in self.done:
            steps.pop()
        return bool(steps)

    def _has_more(self, of: str) -> bool:
        """Whether something that bears on a statement, or follows from it, is still to be said."""
        statement = self.map[of]
        return (
            any(self._is_open(steps.get(of, [])) for steps in (self.to, self.after))
            or any(id(pair) not in self.done for pair in self.opposed.get(of, ()))
            or (of not in self.gated and bool(statement.conditions or statement.exceptions))
        )

    def _later(self, ids: Iterable[str]) -> None:
        """Leave the rest about statements to paragraphs of their own, each in its own section where that is
        to come."""
        for each in ids:
            section = self.map[each].section
            if (section is None or section <= self.section) and self._has_more(each):
                self.pending.append(each)

    def _cover(self, id: str) -> None:
        """Everything about a statement that was not said yet, and about what is mentioned on the way."""
        self.pending.append(id)
        while self.pending:
            at = self.pending.pop()
            if at not in self.known or self._has_more(at):
                mark = len(self.pending)
                self._paragraph(at)
                self.pending[mark:] = self.pending[mark:][::-1]

    # Paragraphs.

    def _add(self, text: str) -> None:
        self.paragraphs[-1].append(text)

    def _paragraph(self, id: str) -> None:
        statement = self.map[id]
        by_kind: dict[StepKind, list[Step]] = {kind: [] for kind in StepKind}
        for step in self._open_to(id):
            by_kind[step.kind].append(step)
        bars = by_kind[StepKind.INFERENCE]
        place = len(self.paragraphs)
        self.paragraphs.append([])
        fresh = id not in self.known
        self.known.add(id)
        if not fresh:
            point = "possibility" if statement.role is Role.EXCEPTION else "claim"
            if self._clause((id,)) is None or any(by_kind.values()) or self.opposed.get(id) or id not in self.gated:
                self._add(self._say(f"Consider the {point} that", f"Consider this {point}:", (id,)))
        elif bars:
            self._bar(bars.pop(0), statement)
        else:
            self._opening(statement, by_kind[StepKind.CONCESSION])
        if id not in self.gated:
            self.gated.add(id)
            self._gates("This holds", "This does not hold", statement.conditions, statement.exceptions)
        reasons = self._open(by_kind[StepKind.REASON])
        for step in [step for step in reasons if self._repeats(step)]:
            reasons.remove(step)
            self._finish(step)
            self._later(step.ground)
        for number, step in enumerate(reasons):
            if len(reasons) == 1:
                self._step(step, "The reason is that", "The reason is this:")
            else:
                word = _ORDINALS[number] if number < len(_ORDINALS) else "Further"
                if len(reasons) == 2:
                    word = "For another" if number else "For one thing"
                self._step(step, f"{word},", f"{word}:")
        covered = [step for step in self.map.steps_to.get(id, ()) if step.kind is not StepKind.COROLLARY]
        also = "also " if len(self._open(covered)) < len(covered) else ""
        for step in bars:
            follows = f"It {also}follows{_by(step)}"
            self._step(step, f"{follows} from the fact that", f"{follows} from this:")
            also = "also "
        for step in self._open(by_kind[StepKind.CONCESSION]):
            self._step(step, "Granted,", "This much is granted:")
        for pair in self.opposed.get(id, ()):
            self._contradiction(pair, id)
        for number, step in enumerate(by_kind[StepKind.OBJECTION]):
            if number or reasons or len(self.paragraphs[-1]) > 2 or self.opposed.get(id):
                self.paragraphs.append([])
            self._objection(step, "It may also be said against it" if number else "Against this it may be said")
        self._consequences(statement)
        if not fresh and len(self.paragraphs) == place + 1 and len(self.paragraphs[place]) < 2:
            del self.paragraphs[place]  # there was no more to say

    def _opening(self, statement: Statement, granted: list[Step]) -> None:
        """The claim itself, with a granted point or its few simple reasons where that makes one sentence."""
        text = self._sentences((statement.id,))
        if statement.open:
            self._add(text)
            return
        if granted and self._is_simple(granted[0]) and text.endswith("."):
            point = self._clause(granted[0].ground)
            if point is not None and not point.startswith(("although", "though")):
                self._finish(granted[0])
                self._add(ended(f"{text[:-1]}, although {point}"))
                return
        self._add(self._with_reasons(text, statement.id))

    def _bar(self, step: Step, statement: Statement) -> None:
        """Premises and their conclusion, which was not said before."""
        ground = [id for id in dict.fromkeys(step.ground) if id != statement.id]
        seen = tuple(id for id in ground if id in self.known)
        fresh = tuple(id for id in ground if id not in self.known)
        if seen:
            self._add(self._say("As we have seen,", "As we have seen:", seen))
        if fresh:
            self._add(self._with_reasons(self._sentences(fresh), fresh[-1]))
        by = _by(step) or ","
        self._add(self._say(f"Therefore{by}", f"Therefore{by.rstrip(',')}:", (statement.id,)))
        self._gates("That counts", "That does not count", step.conditions, step.exceptions)
        self._finish(step)
        self._later(ground)

    def _step(self, step: Step, joined: str, apart: str) -> None:
        """A step's ground behind the words that introduce it, and what the step depends on."""
        if self.known.issuperset(step.ground) and self.reminded is not self.paragraphs[-1]:
            self.reminded = self.paragraphs[-1]
            joined = f"{joined.rstrip(',')}, as we have seen,"
        self._add(self._say(joined, apart, step.ground, why=True))
        self._gates("That counts", "That does not count", step.conditions, step.exceptions)
        self._finish(step)
        if step.kind is not StepKind.OBJECTION:
            self._later(step.ground)

    def _objection(self, step: Step, how: str) -> None:
        """What may be objected, and what is answered."""
        self._step(step, f"{how} that", f"{how}:")
        for id in step.ground:
            answers = [each for each in self._open_to(id) if each.kind is StepKind.OBJECTION]
            for number, answer in enumerate(answers):
                joined = "Moreover," if number else "But"
                self._step(answer, joined, f"{'Moreover' if number else 'But'} this has to be said:")
                self._later(answer.ground)
        self._later(step.ground)

    def _consequences(self, statement: Statement) -> None:
        """What follows from a statement, and what follows from that, one after the other."""
        stack = self._open(self.after.get(statement.id, []))[::-1]
        if stack and len(self.paragraphs[-1]) > 1:
            self.paragraphs.append([])
        last = ""
        while stack:
            step = stack.pop()
            if id(step) in self.done:
                continue
            if not last:
                claim = self._clause((statement.id,))
                start = f"If {claim}, then" if claim is not None else "If that claim holds, then"
                self._add(self._say(start, f"{start} this follows:", (step.target,)))
            elif step.ground[0] == last:
                self._add(self._say("If so, then", "If so, then this follows:", (step.target,)))
            else:
                self._add(self._say("It also follows that", "This also follows:", (step.target,)))
            self._gates("This follows", "This does not follow", step.conditions, step.exceptions)
            last = step.target
            self._finish(step)
            self.known.add(last)
            self._later((*step.ground[1:], *([last] if self._is_open(self.to.get(last, [])) else [])))
            stack += self._open(self.after.get(last, []))[::-1]

    def _contradiction(self, pair: Contradiction, at: str) -> None:
        if id(pair) in self.done:
            return
        self.done.add(id(pair))
        other = pair.left if pair.right == at else pair.right
        said, whoever = self._clause((other,)), "Whoever holds that claim cannot also hold"
        this = self._clause((at,))
        if len(self.paragraphs[-1]) > 1:  # the claim is some sentences back
            whoever = "Whoever holds the claim at issue cannot also hold"
            whoever = whoever if this is None else f"Whoever holds that {this} cannot also hold"
        if said is not None and len(said) <= LONGEST_CLAUSE:
            self._add(ended(f"{whoever} that {said}"))
        else:
            self._add(f"{whoever} the following: {capitalised(ended(self._words(self.map[other])))}")
        if self.map[other].role is not Role.CLAIM:
            self.known.add(other)
        self._later((other,))

    def _gates(self, holds: str, fails: str, conditions: Iterable[str], exceptions: Iterable[str]) -> None:
        """What a statement or step depends on, and what would defeat it, as sentences of their own."""
        for words, ids in ((f"{holds} only", conditions), (f"But {fails[:1].lower()}{fails[1:]}", exceptions)):
            for each in ids:
                fails_for_sure = ids is exceptions and self._is_claimed(each)
                if fails_for_sure:
                    seen = ", as we have seen," if each in self.known else ""
                    self._add(self._say(f"{words}, because{seen}", f"{words}, for this reason:", (each,)))
                else:
                    self._add(self._say(f"{words} if", f"{words} if this is so:", (each,)))
                # What is claimed outright is still to be claimed.
                if fails_for_sure or self.map[each].role is not Role.CLAIM:
                    self.known.add(each)
                self._later((each,))

    def _stances(self) -> list[str]:
        out: list[str] = []
        for holders, held in held_alike(self.map):
            who = capitalised(listed(holders))
            most = _MOST_HELD_IN_A_SENTENCE
            several = sum(map(len, held)) > most
            if several:  # a sentence for each attitude, and for each few of many statements
                held = [stances[at : at + most] for stances in held for at in range(0, len(stances), most)]
            said = [self._held(stances, verb_ending(holders)) for stances in held]
            if several:
                out.append(" ".join(ended(f"{who} {each}") for each in said))
                continue
            joint = ", but " if len(said) == 2 and held[0][0].attitude is Attitude.ACCEPT else ", and "
            out.append(ended(f"{who} {joint.join(said)}"))
        return out

    def _held(self, stances: list[Stance], ending: str) -> str:
        """`accepts that it rains and that it is wet`; all in quotation marks where one cannot stand in a sentence."""
        clauses = [None if stance.step else self._clause(stance.ids) for stance in stances]
        if None in clauses:
            parts = [self._quoted(stance) for stance in stances]
        else:
            parts = [f"that {clause}" for clause in clauses]
        attitude = stances[0].attitude
        claim = (
            f" the claim{'s' if len(parts) > 1 else ''}" if attitude is Attitude.REJECT and None not in clauses else ""
        )
        comma = None not in clauses and any("," in part for part in parts)
        between, last = ("; ", "; and ") if len(parts) > 2 else ("", ", and " if comma else " and ")
        whole = last.join(filter(None, (between.join(parts[:-1]), parts[-1])))
        return f"{attitude.value}{ending}{claim} {whole}{stances[0].details}"

    def _quoted(self, stance: Stance) -> str:
        """What a stance is about: `“It rains”`, `the step from “It rains” to “It is wet”`."""
        said = [sentence(self.map[id], self.names, self._words) for id in stance.ids]
        quoted = [f"“{capitalised(each.rstrip('.'))}”" for each in said]
        return quoted[0] if stance.step is None else f"the step from {listed(quoted[:-1])} to {quoted[-1]}"

    # Sentences and parts of them.

    def _say(self, joined: str, apart: str, ids: tuple[str, ...], why: bool = False) -> str:
        """Statements as one sentence with the words that introduce them, or as sentences after these words.

        Args:
            why: Whether their own few simple reasons may follow in the same sentence.
        """
        said = self._clause(ids)
        if said is not None and len(said) <= LONGEST_CLAUSE:
            text = ended(f"{joined} {said}")
        else:
            adverb = self.map[ids[0]].qualifier
            words = apart if adverb is None else f"{apart.rstrip(':')}, {adverb.value}:"
            text = f"{words} {self._sentences(ids, introduced=True)}"
        return self._with_reasons(text, ids[-1]) if why else text

    def _sentences(self, ids: tuple[str, ...], introduced: bool = False) -> str:
        """Statements one after another, joined by "and" where that makes one sentence.

        Args:
            introduced: Whether the words before have said how the first is put forward.
        """
        first = self.map[ids[0]]
        text = capitalised(ended(self._words(first))) if introduced else self._sentence(first)
        for id in ids[1:]:
            said = self._clause((id,))
            if said is not None and not self.map[id].open and text.endswith(".") and len(text) <= LONGEST_CLAUSE:
                text = ended(f"{text[:-1]}, and {said}")
            else:
                text = f"{text} {self._sentence(self.map[id])}"
        return text

    def _sentence(self, statement: Statement) -> str:
        if statement.open and not statement.text.rstrip().endswith("?"):
            asked = self._clause((statement.id,))
            if asked is not None:
                return f"Whether {asked} is an open question."
            return f"This is an open question: {ended(self._words(statement))}"
        return capitalised(sentence(statement, self.names, lambda each: untied(self._words(each)))) or "…"

    def _words(self, statement: Statement) -> str:
        """A statement's text on one line; of a long one that was said in full before, how it begins."""
        text = flat(statement.text)
        if statement.id in self.quoted and len(text) > _LONGEST_AGAIN:
            return f"{text[: _LONGEST_AGAIN // 4].rpartition(' ')[0] or text[:20]} …"
        self.quoted.add(statement.id)
        return text

    def _clause(self, ids: tuple[str, ...]) -> str | None:
        """Statements as one clause, or None where they cannot be put so."""
        parts: list[str] = []
        for each in ids:
            statement = self.map[each]
            part = clause(statement.text, self.names)
            if part is None or (statement.open and len(ids) > 1):
                return None
            parts.append(f"{statement.qualifier.value} {part}" if statement.qualifier else part)
        return ", and ".join(parts)

    def _with_reasons(self, text: str, id: str) -> str:
        """A sentence with the reasons for its last statement, where they are few and have none themselves."""
        steps = [step for step in self._open_to(id) if step.kind is StepKind.REASON]
        if len(steps) > _MOST_REASONS_IN_A_SENTENCE:
            return text
        clauses = [self._clause(step.ground) for step in steps if self._is_simple(step)]
        said = [each for each in clauses if each is not None and " because " not in each]
        if (
            len(steps) != len(said)
            or not text.endswith(".")
            or " because " in self.map[id].text
            or sum(map(len, (self.map[id].text, *said))) > LONGEST_CLAUSE
        ):
            return text
        for step in steps:
            self._finish(step)
        return ended(
            ", and ".join([f"{text[:-1]}, because {said[0]}", *(f"because {each}" for each in said[1:])])
            if said
            else text
        )

    def _is_simple(self, step: Step) -> bool:
        """Whether its ground is all there is to say about a step."""
        return not (step.conditions or step.exceptions) and not any(
            id in self.known or self._has_more(id) or id == step.target for id in step.ground
        )

    def _repeats(self, step: Step) -> bool:
        """Whether a reason only says again what it is a reason for."""
        return {flat(self.map[id].text) for id in step.ground} == {flat(self.map[step.target].text)}

    def _is_claimed(self, id: str) -> bool:
        statement = self.map[id]
        return statement.role is Role.CLAIM and not (statement.open or statement.missing or statement.qualifier)

    def _finish(self, step: Step) -> None:
        self.done.add(id(step))
        self.known.update(step.ground)


def _by(step: Step) -> str:
    """How a step's rule is named in its sentence: `, by modus ponens,`."""
    rule = flat(step.rule or "")
    if not rule:
        return ""
    return f", {by_rule(rule)}," if len(rule) <= 40 and not re.search("[,:;]", rule) else f" ({rule}),"


FORMAT = Format("prose", "prose", (".prose.md", ".prose.txt"), __doc__, None, write)
