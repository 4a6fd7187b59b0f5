"""Prose: the map as paragraphs of connected sentences, the skeleton of an essay or a column.

A claim, why, what is granted against it, what may be objected and what is answered, and what follows. What
is too deep for its paragraph gets a paragraph of its own.
"""

from __future__ import annotations

from attrs import define, field

from argmap.formats.english import ADVERBS, English, capitalised, ended, flat, held_alike, listed, verb_ending
from argmap.formats.format import Format, WriteOptions, Written
from argmap.model import ArgumentMap, Attitude, Contradiction, Role, Statement, Step, StepKind

_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
_LONG = 230
_MOST_INLINE = 2


def write(map: ArgumentMap, options: WriteOptions) -> Written:
    """Write a map as prose, in Markdown."""
    from argmap.formats.carrying import ALL, Feature, report
    from argmap.formats.losses import Losses
    from argmap.formats.markdown import escape

    losses = Losses()
    lost = {Feature.EMPHASIS, Feature.IMPLICIT, Feature.TAGS, Feature.DATA, Feature.QUOTATIONS, Feature.NOTES}
    report(map, ALL - lost, "prose", losses)
    out: list[str] = []
    if map.title:
        out += [f"# {escape(map.title)}", ""]
    others = [
        f"{fact.key}: {fact.value}" for fact in map.facts if fact.key not in ("title", "author", "date")
    ]
    credit = [fact.value for fact in map.facts if fact.key in ("author", "date")]
    if credit or others:
        out += [escape(", ".join([*credit, *others])), ""]
    shift = 1 if map.title else 0
    for section, paragraphs in _Prose(map).run():
        if section is not None:
            heading = map.sections[section]
            out += [f"{'#' * min(heading.level + shift, 6)} {escape(heading.title)}", ""]
        for paragraph in paragraphs:
            out += [escape(" ".join(paragraph)), ""]
    return Written("\n".join(out).rstrip("\n") + "\n", losses.diagnostics)


@define
class _Prose:
    map: ArgumentMap
    english: English = field(init=False)
    told: set[str] = field(factory=set)
    done: set[int] = field(factory=set)  # ids of the step and contradiction objects that were spoken of
    gated: set[str] = field(factory=set)
    opposed: dict[str, list[Contradiction]] = field(factory=dict)
    pending: list[str] = field(factory=list)
    paragraphs: list[list[str]] = field(factory=list)
    opened: int = 0
    recalled: list[str] | None = None  # the paragraph in which the reader was reminded
    section: int = -1

    def __attrs_post_init__(self) -> None:
        texts = [statement.text for statement in self.map.statements]
        self.english = English.of([*texts, *(f"so {holder}" for holder in self.map.holders)])
        for pair in self.map.contradictions:
            self.opposed.setdefault(pair.left, []).append(pair)
            self.opposed.setdefault(pair.right, []).append(pair)

    def run(self) -> list[tuple[int | None, list[list[str]]]]:
        by_section: dict[int | None, list[Statement]] = {}
        for statement in self.map.statements:
            by_section.setdefault(statement.section, []).append(statement)
        leads_on = self._leading_on()
        out: list[tuple[int | None, list[list[str]]]] = []
        for section in (None, *range(len(self.map.sections))):
            self.paragraphs = []
            self.section = -1 if section is None else section
            here = by_section.get(section, [])
            for statement in here:
                if self._is_concluded(statement) or (
                    statement.id not in leads_on and statement.role is Role.CLAIM
                ):
                    self._tell(statement.id)
            for statement in here:
                if statement.id not in self.told or self._rest(statement.id):
                    self._tell(statement.id)
            out.append((section, self.paragraphs))
        out[-1][1].extend([sentence] for sentence in self._stances())
        kept: set[int | None] = set()
        for section, paragraphs in out:
            while paragraphs and section is not None and section not in kept:
                kept.add(section)
                section = self.map.sections[section].parent
        return [(section, paragraphs) for section, paragraphs in out if paragraphs or section in kept]

    def _leading_on(self) -> set[str]:
        """Statements that are told with the one they bear on."""
        found: set[str] = set()
        for step in self.map.steps:
            same = [id for id in step.ground if self.map[id].section == self.map[step.target].section]
            if step.kind is not StepKind.COROLLARY and step.target not in same:
                found.update(same)
        return found

    def _is_concluded(self, statement: Statement) -> bool:
        return any(step.kind is StepKind.INFERENCE for step in self.map.steps_to.get(statement.id, ()))

    def _rest(self, id: str) -> bool:
        """Whether something that bears on a statement, or follows from it, is still to be told."""
        return any(True for _ in self._undone(id)) or (
            id not in self.gated and bool(self.map[id].conditions or self.map[id].exceptions)
        )

    def _undone(self, id: str) -> list[object]:
        steps = [*self.map.steps_to.get(id, ()), *self._corollaries(id)]
        found: list[object] = [
            step for step in steps if id_of(step) not in self.done and not self._elsewhere(step, id)
        ]
        return [*found, *(pair for pair in self.opposed.get(id, ()) if id_of(pair) not in self.done)]

    def _elsewhere(self, step: Step, id: str) -> bool:
        """Whether a step is told where its ground is told: a corollary belongs to its first premise."""
        return step.kind is StepKind.COROLLARY and step.ground[0] != id

    def _corollaries(self, id: str) -> list[Step]:
        return [
            step
            for step in self.map.steps_from.get(id, ())
            if step.kind is StepKind.COROLLARY and step.ground[0] == id
        ]

    # Paragraphs.

    def _tell(self, id: str) -> None:
        """Everything about a statement that is not told yet, and about what is told on the way."""
        if id in self.told and not self._rest(id):
            return
        self.pending.append(id)
        while self.pending:
            at = self.pending.pop()
            if at in self.told and not self._rest(at):
                continue
            mark = len(self.pending)
            self._paragraph(at)
            self.pending[mark:] = self.pending[mark:][::-1]

    def _paragraph(self, id: str) -> None:
        statement = self.map[id]
        steps = [step for step in self.map.steps_to.get(id, ()) if id_of(step) not in self.done]
        bars = [step for step in steps if step.kind is StepKind.INFERENCE]
        reasons = [step for step in steps if step.kind is StepKind.REASON]
        granted = [step for step in steps if step.kind is StepKind.CONCESSION]
        objections = [step for step in steps if step.kind is StepKind.OBJECTION]
        here: list[str] = []
        self.paragraphs.append(here)
        fresh = id not in self.told
        self.told.add(id)
        if fresh and bars:
            here += self._bar(bars[0], statement)
            bars = bars[1:]
        elif fresh:
            here += self._opening(statement, reasons, granted)
            reasons = [step for step in reasons if id_of(step) not in self.done]
            granted = [step for step in granted if id_of(step) not in self.done]
        else:
            here += self._again(statement)
        here += self._gates(statement)
        here += self._reasons(reasons, fresh)
        for step in bars:
            here += self._also_follows(step)
        for step in granted:
            here.append(
                f"{self._intro('Granted,', 'This much is granted:', step.ground)}{self._besides(step)}"
            )
            self._finish(step)
        for number, step in enumerate(objections):
            if number or reasons or len(here) > 2:
                here = []
                self.paragraphs.append(here)
            here += self._objection(step, statement, number)
        for pair in self.opposed.get(id, ()):
            if id_of(pair) not in self.done:
                here.append(self._contradiction(pair))
        if any(id_of(step) not in self.done for step in self._corollaries(id)):
            if len(here) > 1 or len(self.paragraphs[-1]) > 1 or objections:
                here = []
                self.paragraphs.append(here)
            here += self._consequences(statement)

    def _opening(self, statement: Statement, reasons: list[Step], granted: list[Step]) -> list[str]:
        """The claim itself, joined with a granted point or with its only reason where that makes one
        sentence."""
        clause = self._clause((statement.id,))
        whole = statement.text.rstrip().endswith("?") or statement.open
        if clause is not None and not whole:
            if granted and self._is_leaf_step(granted[0]):
                point = self._clause(granted[0].ground)
                if (
                    point is not None
                    and len(point) + len(clause) <= _LONG
                    and not point.startswith(("although", "though"))
                ):
                    self._say_all(granted[0])
                    return [ended(capitalised(f"although {point}, {clause}"))]
            if len(reasons) == 1 and not granted and self._is_leaf_step(reasons[0]) and not _becauses(clause):
                why = self._clause(reasons[0].ground)
                if why is not None and len(why) + len(clause) <= _LONG and not _becauses(why):
                    self._say_all(reasons[0])
                    return [ended(capitalised(f"{clause}, because {why}"))]
        return [self._sentence(statement)]

    def _again(self, statement: Statement) -> list[str]:
        self.opened += 1
        clause = self._clause((statement.id,))
        verb = "Take" if self.opened % 2 else "Consider"
        point = "possibility" if statement.role is Role.EXCEPTION else "claim"
        if clause is None:
            return [f"{verb} this {point}: “{flat(statement.text)}”"]
        return [f"{verb} the {point} that {clause}."]

    def _gates(self, statement: Statement) -> list[str]:
        if statement.id in self.gated:
            return []
        self.gated.add(statement.id)
        out = [f"This holds only if {self._told(id)}." for id in statement.conditions]
        return out + [f"This does not hold if {self._told(id)}." for id in statement.exceptions]

    def _reasons(self, steps: list[Step], fresh: bool) -> list[str]:
        out: list[str] = []
        for number, step in enumerate(steps):
            if len(steps) == 1 and not fresh:
                intro = self._intro("What speaks for it is that", "What speaks for it is this:", step.ground)
            elif len(steps) == 1:
                intro = self._intro("The reason is that", "The reason is this:", step.ground)
            elif len(steps) == 2:
                word = "For one thing" if number == 0 else "For another"
                intro = self._intro(f"{word},", f"{word}:", step.ground)
            else:
                word = _ORDINALS[number] if number < len(_ORDINALS) else "Further"
                intro = self._intro(f"{word},", f"{word}:", step.ground)
            out.append(f"{intro}{self._besides(step)}")
            self._finish(step)
        return out

    def _bar(self, step: Step, statement: Statement) -> list[str]:
        """Premises and their conclusion, which has not been told before."""
        out: list[str] = []
        ground = [id for id in dict.fromkeys(step.ground) if id != statement.id]
        for seen in (True, False):
            ids = [id for id in ground if (id in self.told) is seen]
            if not ids:
                continue
            word = "As we have seen, " if seen else ""
            joined = self._clause(tuple(ids))
            if joined is not None and len(joined) <= _LONG:
                because = "" if seen or _becauses(joined) else self._because(ids[-1])
                out.append(ended(capitalised(f"{word}{joined}{because}")))
            else:
                for id in ids:
                    clause = self._clause((id,))
                    out.append(
                        ended(capitalised(f"{word}{clause}"))
                        if clause is not None
                        else self._sentence(self.map[id])
                    )
                    word = ""
        for id in ground:
            self.told.add(id)
            self._later(id)
        rule = flat(step.rule or "")
        plain = rule and "," not in rule and len(rule) <= 40
        by = f", by {rule}," if plain else f" ({rule})," if rule else ","
        clause = self._clause((statement.id,))
        out.append(
            ended(f"Therefore{by} {clause}")
            if clause is not None
            else f"Therefore{by.rstrip(',')}: {self._sentence(statement)}"
        )
        out[-1] += self._besides(step)
        self._finish(step)
        return out

    def _also_follows(self, step: Step) -> list[str]:
        by = f", by {step.rule}," if step.rule else ""
        text = self._intro(f"It also follows{by} from this: ", f"It also follows{by} from this:", step.ground)
        self._finish(step)
        return [text.replace(":  ", ": ") + self._besides(step)]

    def _objection(self, step: Step, target: Statement, number: int) -> list[str]:
        """What may be objected, and what is answered."""
        how = "Against this it may be said" if number == 0 else "It may also be said against it"
        out = [f"{self._intro(f'{how} that', f'{how}:', step.ground)}{self._besides(step)}"]
        self._finish(step, elaborate=False)
        for id in step.ground:
            answers = [
                answer
                for answer in self.map.steps_to.get(id, ())
                if answer.kind is StepKind.OBJECTION and id_of(answer) not in self.done
            ]
            for place, answer in enumerate(answers):
                word = "But" if place == 0 else "Moreover,"
                otherwise = "Moreover, this has to be said:" if place else "But this has to be said:"
                out.append(f"{self._intro(word, otherwise, answer.ground)}{self._besides(answer)}")
                self._finish(answer)
            self._later(id)
        return out

    def _consequences(self, statement: Statement) -> list[str]:
        """What follows from a statement, and what follows from that, one after the other."""
        out: list[str] = []
        stack = self._corollaries(statement.id)[::-1]
        last = last_ground = ""
        while stack:
            step = stack.pop()
            if id_of(step) in self.done:
                continue
            ground = step.ground[0]
            target = self.map[step.target]
            given = [f"provided that {self._told(id)}" for id in step.conditions]
            given += [f"unless {self._told(id)}" for id in step.exceptions]
            more = f", {', and '.join(given)}," if given else ""
            if target.role is Role.CLAIM and target.id not in self.told:
                start = "It follows"  # it is claimed outright, not only in case
            elif not out:
                start = self._if(statement)
            elif ground == last:
                start = "If so,"
            elif ground == statement.id and ground != last_ground:
                start = "It also follows from the first claim"
            else:
                start = "It also follows"
            clause = self._clause((target.id,))
            seen = self._seen((target.id,))
            if clause is None:
                then = "" if start.startswith("It") else "then "
                text = f"{start.rstrip(',')}{more} {then}this: {self._sentence(target)}"
            elif start.startswith("It"):
                text = ended(f"{start}{more} that {seen}{clause}")
            elif more:
                text = ended(f"{start.rstrip(',')}, then{more} {seen}{clause}")
            else:
                comma = "," if "," in clause[:40] else ""
                text = ended(f"{start}{f' then{comma}' if len(start) > 8 else ''} {seen}{clause}")
            out.append(text)
            self.done.add(id_of(step))
            self.told.add(target.id)
            stack += self._corollaries(target.id)[::-1]
            last, last_ground = target.id, ground
            for id in (*step.conditions, *step.exceptions, *step.ground[1:]):
                self._later(id)
            if any(s.kind is not StepKind.COROLLARY for s in self.map.steps_to.get(target.id, ())):
                self._later(target.id)
        return out

    def _if(self, statement: Statement) -> str:
        clause = self._clause((statement.id,))
        return f"If {clause}," if clause is not None and len(clause) <= 160 else "If this holds,"

    def _contradiction(self, pair: Contradiction) -> str:
        self.done.add(id_of(pair))
        text = f"One cannot hold both that {self._told(pair.left)} and that {self._told(pair.right)}."
        for id in (pair.left, pair.right):
            self._later(id)
        return text

    def _stances(self) -> list[str]:
        out: list[str] = []
        for holders, held in held_alike(self.map):
            verb = verb_ending(holders)
            parts = [
                f"{attitude.value}{verb} {_listed_apart([self._that(id) for id in ids])}"
                for attitude, ids in held.items()
            ]
            joint = ", but " if len(parts) == 2 and Attitude.ACCEPT in held else ", and "
            said = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}{joint}{parts[-1]}"
            out.append(f"{capitalised(listed(holders))} {said}.")
        return out

    # Sentences and parts of them.

    def _that(self, id: str) -> str:
        clause = self._clause((id,))
        return f"that {clause}" if clause is not None else f"“{flat(self.map[id].text)}”"

    def _told(self, id: str) -> str:
        """A statement inside another's sentence; it is told by that."""
        clause = self._clause((id,))
        if self.map[id].role is not Role.CLAIM:  # what is claimed outright is still to be told so
            self.told.add(id)
        self._later(id)
        return clause if clause is not None else f"this is so: “{flat(self.map[id].text)}”"

    def _clause(self, ids: tuple[str, ...]) -> str | None:
        """Statements as one clause, or None where they cannot be put so."""
        parts: list[str] = []
        for id in ids:
            statement = self.map[id]
            if not self.english.is_clause(statement.text) or (statement.open and len(ids) > 1):
                return None
            clause = self.english.clause(statement.text)
            parts.append(clause if statement.qualifier is None else f"{statement.qualifier.value} {clause}")
        return ", and ".join(parts)

    def _sentence(self, statement: Statement) -> str:
        text = ended(flat(statement.text)) or "…"
        if statement.open and not text.endswith("?"):
            clause = self._clause((statement.id,))
            return (
                ended(f"Whether {clause} is an open question")
                if clause
                else f"This is an open question: {text}"
            )
        if statement.qualifier is None:
            return capitalised(text)
        adverb = ADVERBS[statement.qualifier]
        if self.english.is_clause(statement.text):
            return ended(f"{adverb}, {self.english.clause(statement.text)}")
        return f"{adverb}: {text}"

    def _intro(self, before_clause: str, before_sentence: str, ids: object) -> str:
        """Statements behind the words that introduce them, with their own simple reasons."""
        ground = tuple(dict.fromkeys(ids))  # type: ignore[call-overload]
        seen = "" if before_clause == "As we have seen," else self._seen(ground)
        if seen and before_clause.endswith("that"):
            before_clause += ","
        clause = self._clause(ground)
        if clause is None or len(clause) > _LONG:
            return " ".join([before_sentence, *(self._sentence(self.map[id]) for id in ground)]).strip()
        because = self._because(ground[-1]) if not _becauses(clause) else ""
        return ended(f"{before_clause} {seen}{clause}{because}")

    def _seen(self, ids: tuple[str, ...]) -> str:
        """What is said, once in a paragraph, of what has been told before."""
        if self.recalled is self.paragraphs[-1] or not all(id in self.told for id in ids):
            return ""
        self.recalled = self.paragraphs[-1]
        return "as we have seen, "

    def _because(self, id: str) -> str:
        """The reasons for a statement at the end of its sentence, where they are few and have none
        themselves."""
        steps = [step for step in self.map.steps_to.get(id, ()) if id_of(step) not in self.done]
        reasons = [step for step in steps if step.kind is StepKind.REASON]
        if (
            not reasons
            or len(reasons) > _MOST_INLINE
            or any(step.kind is StepKind.INFERENCE for step in steps)
        ):
            return ""
        clauses: list[str] = []
        for step in reasons:
            clause = self._clause(step.ground)
            if clause is None or not self._is_leaf_step(step) or _becauses(clause) or len(clause) > _LONG:
                return ""
            clauses.append(clause)
        for step in reasons:
            self._say_all(step)
        return ", because " + ", and because ".join(clauses)

    def _besides(self, step: Step) -> str:
        """What a step needs, and what would defeat it, as sentences of their own."""
        out = "".join(f" That counts only if {self._told(id)}." for id in step.conditions)
        return out + "".join(f" But that does not count if {self._told(id)}." for id in step.exceptions)

    def _is_leaf_step(self, step: Step) -> bool:
        """Whether a step is told in full by its ground."""
        return not (step.conditions or step.exceptions) and all(
            id not in self.told and not self._rest(id) and id != step.target for id in step.ground
        )

    def _say_all(self, step: Step) -> None:
        self.done.add(id_of(step))
        self.told.update(step.ground)

    def _finish(self, step: Step, elaborate: bool = True) -> None:
        self.done.add(id_of(step))
        self.told.update(step.ground)
        if elaborate:
            for id in step.ground:
                self._later(id)

    def _later(self, id: str) -> None:
        """Leave the rest about a statement to a paragraph of its own, in its own section where that is to
        come."""
        section = self.map[id].section
        if (section is None or section <= self.section) and self._rest(id):
            self.pending.append(id)


def id_of(thing: object) -> int:
    """Steps that say the same are still two."""
    return id(thing)


def _listed_apart(clauses: list[str]) -> str:
    """Clauses one after the other, with a comma before the last, since they may have commas of their own."""
    if len(clauses) < 3:
        return " and ".join(clauses)
    return f"{', '.join(clauses[:-1])}, and {clauses[-1]}"


def _becauses(clause: str) -> bool:
    return " because " in f" {clause} " or " since " in clause


FORMAT = Format(
    "prose",
    "prose",
    (".prose.md", ".prose.txt"),
    "Paragraphs of connected English sentences, the skeleton of an essay, with who holds what at the end."
    " Labels, stress, tags, quotations, notes and the author's own attributes are left out.",
    None,
    write,
)
