"""Argdown in: from what Argdown itself understands of a text to a map.

An argument that is only sketched is a statement that speaks for or against something; one with premises and a
conclusion is its inference steps. A relation to or from such an argument is one of its conclusion, its only
premise, or its last step, as Argdown itself has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import TypeVar

from attrs import define, evolve, field

from argmap.errors import FormatError
from argmap.formats.argdown import data as yaml_data
from argmap.formats.argdown.blocks import BodyPart, Content, Member, fenced, front_matter, parse
from argmap.formats.argdown.data import FACTS, KEY, PRESENTATION, DataError, Extras, Value
from argmap.formats.argdown.document import ArgdownDocument, Argument, Inference, Kind, Relation, Statement, understand
from argmap.formats.format import Conversion
from argmap.formats.labels import Labels
from argmap.formats.losses import Losses
from argmap.model import (
    ArgumentMap,
    Attitude,
    Contradiction,
    Emphasis,
    Fact,
    Qualifier,
    Quotation,
    Role,
    Section,
    Stance,
    Step,
    StepKind,
)
from argmap.model import Statement as Said
from argmap.model.statement import UnlabelledIds
from argmap.text import Source, Span
from argmap.text.words import by_key

LARGEST = 50_000_000
"""Most characters of a text that is read at all."""

_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)
_KINDS = {Kind.SUPPORT: StepKind.REASON, Kind.ATTACK: StepKind.OBJECTION, Kind.ENTAILS: StepKind.COROLLARY}

_Choice = TypeVar("_Choice", bound=Enum)


def read(source: Source) -> Conversion:
    """The map that an Argdown text says.

    Raises:
        FormatError: the text is too large.
    """
    losses = Losses()
    document, settings, place = read_document(source, losses)
    map = _Translation(document, losses).map()
    titles = {one.title: one.id for one in document.arguments.values() if one.id}
    titles |= {one.title: one.id for one in document.statements.values() if one.id and not one.anonymous}
    return Conversion(
        evolve(
            map, facts=_facts(settings, place, losses), stances=_stances(settings, titles, place, losses), source=source
        ),
        losses.diagnostics,
    )


def read_document(source: Source, losses: Losses) -> tuple[ArgdownDocument, dict[str, Value], Span | None]:
    """What Argdown understands of a text, its front matter, and where that stands.

    Raises:
        FormatError: the text is too large.
    """
    text = source.text
    if len(text) > LARGEST:
        raise FormatError(f"{source.name}: too large: more than {LARGEST:,} characters")
    text = fenced(text)
    settings: dict[str, Value] = {}
    start = 0
    place = front_matter(text)
    if place:
        line_end = text.find("\n", place.end)
        start = len(text) if line_end < 0 else line_end + 1
        try:
            settings = yaml_data.document(text[place.start : place.end])
        except DataError as error:
            at = place.start
            for _ in range(error.line or 0):
                at = max(at, text.find("\n", at, place.end) + 1)
            losses.skipped(f"the front matter cannot be read: {error}", Span(at, place.end))
    model = settings.get("model")
    strict = isinstance(model, dict) and model.get("mode") == "strict"
    return understand(parse(text, start, losses), losses, strict=strict), settings, place


def _facts(settings: Mapping[str, Value], place: Span | None, losses: Losses) -> tuple[Fact, ...]:
    """What front matter says about the text; the rest is reported."""
    facts: list[Fact] = []
    for key, value in settings.items():
        texts = value if isinstance(value, list) and key in FACTS else [value]
        if key == KEY or (key == "model" and value in ({"mode": "strict"}, {"mode": "loose"})):
            continue  # ours, or acted upon
        if key in PRESENTATION or not all(isinstance(one, str) for one in texts):
            losses.left_out(f"{key}: settings for Argdown's own picture have no place in a map", place)
            continue
        text = ", ".join(" ".join(one.split()) for one in texts if isinstance(one, str))
        facts.append(Fact(key=FACTS.get(key, "-".join(key.split())), value=text, span=place))
    kept = (one for one in _own_lists(settings, "facts") if len(one) == 2)
    return (*facts, *(Fact(key=key, value=value, span=place) for key, value in kept))


def _stances(
    settings: Mapping[str, Value], ids: Mapping[str, str], place: Span | None, losses: Losses
) -> tuple[Stance, ...]:
    """The stances that argmap keeps in front matter: `argmap: {stances: [[holder, attitude, title], …]}`."""
    stances: list[Stance] = []
    for holder, word, title, *_ in ([*one, "", "", ""] for one in _own_lists(settings, "stances")):
        attitude = _chosen(Attitude, word)
        if attitude is None or title not in ids:
            losses.skipped("a stance of somebody on no known statement", place)
        else:
            stances.append(Stance(holder=holder, attitude=attitude, statement=ids[title], span=place))
    return tuple(stances)


def _own_lists(settings: Mapping[str, Value], key: str) -> Iterator[list[str]]:
    """The lists of texts that argmap keeps in front matter under a key; an empty one for anything else."""
    own = settings.get(KEY)
    kept = own.get(key) if isinstance(own, dict) else None
    for each in kept if isinstance(kept, list) else ():
        yield [one for one in each if isinstance(one, str)] if isinstance(each, list) else []


@define(eq=False)
class _Translation:
    document: ArgdownDocument
    losses: Losses
    labels: dict[str, str] = field(factory=dict)  # by title
    steps: list[Step] = field(factory=list)
    gates: dict[str, list[str]] = field(factory=dict)
    notes: dict[str, list[str]] = field(factory=dict)
    lent: dict[str, list[Member]] = field(factory=dict)  # whose tags and data a conclusion carries besides its own

    def map(self) -> ArgumentMap:
        targets = self.fold_objections()
        order = self.ordered({id(conclusion) for conclusion, _ in targets.values()})
        self.name(order)
        self.infer({inference: target for inference, (_, target) in targets.items()})
        contradictions = tuple(self.relate())
        return ArgumentMap(
            statements=tuple(self.statement(one) for one in order),
            steps=tuple(sorted(self.steps, key=lambda step: step.span.start if step.span else 0)),
            contradictions=contradictions,
            sections=tuple(self.sections()),
        )

    # ---- who is who ----

    def fold_objections(self) -> dict[int, tuple[Statement, Statement]]:
        """Objections with joined grounds, written with a conclusion that speaks against their target.

        The conclusion and the target by the identity of the inference.
        """
        attacks: dict[int, list[Statement]] = {}
        for relation in self.document.relations:
            if relation.kind in (Kind.ATTACK, Kind.CONTRARY) and isinstance(relation.target, Statement):
                attacks.setdefault(id(relation.source), []).append(relation.target)
        aimed_at = {id(relation.target) for relation in self.document.relations}
        found: dict[int, tuple[Statement, Statement]] = {}
        for argument in self.document.arguments.values():
            for inference in argument.inferences[-1:]:  # what goes on from there needs its conclusion
                kind = _own_kind(inference.bar.rules)
                conclusion = argument.body[inference.conclusion].statement
                against = attacks.get(id(conclusion), []) if id(conclusion) not in aimed_at else []
                if kind in (StepKind.OBJECTION, StepKind.CONCESSION) and conclusion.anonymous and len(against) == 1:
                    found[id(inference)] = conclusion, against[0]
        return found

    def ordered(self, folded: set[int]) -> list[Statement | Argument]:
        """Everything that becomes a statement, in the order of the text."""
        found: list[Statement | Argument] = [one for one in self.document.statements.values() if id(one) not in folded]
        found += [argument for argument in self.document.arguments.values() if not argument.body]
        return sorted(found, key=lambda one: one.uses[0].start)

    def name(self, order: Sequence[Statement | Argument]) -> None:
        labels = Labels()
        unlabelled = UnlabelledIds()
        for one in order:
            if not one.anonymous:
                one.label = labels.named(one.title, one.title)
                known = self.labels.setdefault(one.title, one.label)
                if known != one.label and isinstance(one, Argument):
                    message = f"<{one.title}> is now ({one.label}), since [{one.title}] is ({known})"
                    self.losses.renamed(message, one.uses[0])
            one.id = one.label or unlabelled.id_of(one.uses[0].content.text)

    # ---- steps ----

    def infer(self, targets: dict[int, Statement]) -> None:
        """Makes the steps of every premise-conclusion structure."""
        for argument in self.document.arguments.values():
            for inference, (ground, conditions) in zip(argument.inferences, self.grounds(argument), strict=True):
                bar = inference.bar
                rule = bar.rules.text or None
                if inference is argument.inferences[-1] and not argument.anonymous:
                    rule = f"{argument.title}: {rule}" if rule else argument.title
                conclusion = targets.get(id(inference)) or argument.body[inference.conclusion].statement
                inference.step = len(self.steps)
                self.steps.append(
                    Step(
                        kind=_own_kind(bar.rules) or StepKind.INFERENCE,
                        ground=tuple(dict.fromkeys(one.id for one in ground)),
                        target=conclusion.id,
                        conditions=tuple(dict.fromkeys(one.id for one in conditions)),
                        rule=rule,
                        span=bar.span,
                    )
                )
                for key, value in bar.rules.extras.data:
                    if key != "uses":
                        message = f"{key}: {value} at an inference; a step carries no data but its rule"
                        self.losses.left_out(message, bar.span)
            if argument.body:
                self.describe(argument)

    def grounds(self, argument: Argument) -> Iterator[tuple[list[Statement], list[Statement]]]:
        """For each inference what it leads from, and what it needs besides.

        That is the run of statements above it, the conclusion before included; where `uses` names others
        further up, those too, and of the run only what is named here or used nowhere.
        """
        numbers = {str(numbered.number): at for at, numbered in enumerate(argument.body)}
        named: list[list[int]] = []
        for inference in argument.inferences:
            named.append([])
            for number in re.findall(r"\d+", dict(inference.bar.rules.extras.data).get("uses", "")):
                at = numbers.get(number)
                if at is not None and at < inference.conclusion:
                    named[-1].append(at)
                else:
                    message = f"uses: {number} names nothing above this line"
                    self.losses.skipped(message, inference.bar.span)
        anywhere = {at for uses in named for at in uses}
        for inference, uses in zip(argument.inferences, named, strict=True):
            chosen = inference.ground
            if uses:
                chosen = sorted({*uses, *(at for at in inference.ground if at not in anywhere)})
            ground: list[Statement] = []
            conditions: list[Statement] = []
            for at in chosen:
                numbered = argument.body[at]
                condition = numbered.member.content.extras.word("condition") == "yes"
                (conditions if condition else ground).append(numbered.statement)
            yield (ground, conditions) if ground else (conditions, ground)

    def describe(self, argument: Argument) -> None:
        """Keeps with its conclusion what is said about an argument that has premises.

        Descriptions become notes; tags and data go there too where the conclusion has no title, and so
        belongs to this argument alone.
        """
        conclusion = argument.conclusion
        for use in argument.uses:
            content = use.content
            text = content.text[: content.words].strip()
            if text and conclusion.id:
                self.notes.setdefault(conclusion.id, []).append(f"{argument.title}: {text}")
            if conclusion.anonymous:
                self.lent.setdefault(conclusion.id, []).append(use)
                continue
            carried = [(f"#{tag}", "tags") for tag in content.tags]
            carried += [(f"{key}: {value}", "data") for key, value in content.extras.data]
            for what, kind in carried:
                self.losses.left_out(f"{what} on <{argument.title}>; only a statement carries {kind}", use)

    def relate(self) -> Iterator[Contradiction]:
        undercuts: list[Relation] = []
        for relation in self.document.relations:
            target = relation.target
            if isinstance(relation.source, Statement) and not relation.source.id:
                continue  # it only stands in for an objection's conclusion
            if relation.kind is Kind.UNDERCUT:
                undercuts.append(relation)
            elif relation.kind in (Kind.CONTRADICTORY, Kind.CONTRARY):
                right = self.target(relation)
                yield Contradiction(left=relation.source.id, right=right, span=relation.member.span)
            elif isinstance(target, Inference) or (isinstance(target, Argument) and target.body):
                self.relate_to_body(relation, target)
            else:
                self.step(relation, target.id)
        self.undercut(undercuts)

    def step(self, relation: Relation, target: str) -> None:
        own = _own_kind(relation.member.content)
        kind = _KINDS[relation.kind]
        if own is not None and own.supports == kind.supports:
            kind = own
        ground = (relation.source.id,)
        self.steps.append(Step(kind=kind, ground=ground, target=target, span=relation.member.span))

    def target(self, relation: Relation) -> str:
        target = relation.target
        if isinstance(target, Inference):
            target = target.argument
        return target.conclusion.id if isinstance(target, Argument) and target.body else target.id

    def relate_to_body(self, relation: Relation, target: Argument | Inference) -> None:
        """Support for or an attack on an argument with premises that does not say which premise it means."""
        argument = target if isinstance(target, Argument) else target.argument
        premises = [one.statement for one in argument.body if one.member.part is BodyPart.PREMISE]
        attacked = (other.target for other in self.document.relations if other.source is relation.source)
        if relation.kind is Kind.ATTACK and any(one is premise for one in attacked for premise in premises):
            return  # it says again what is said of the premise
        if isinstance(target, Argument) and len(premises) == 1 and premises[0] is not relation.source:
            self.step(relation, premises[0].id)
        elif relation.kind is Kind.SUPPORT:
            self.losses.changed(
                f"support for <{argument.title}> as a whole, not for one of its premises; read as a reason "
                "for its conclusion", relation.member, "put the relation under the premise that is supported",
            )  # fmt: skip
            self.step(relation, self.target(relation))
        else:
            self.losses.changed(
                f"an attack on <{argument.title}> as a whole, not on one of its premises; read as an "
                "exception to its inference", relation.member,
                "put the relation under the premise that is attacked",
            )  # fmt: skip
            inference = target if isinstance(target, Inference) else target.inferences[-1]
            self.add_exception(inference.step, relation.source.id)

    def undercut(self, undercuts: list[Relation]) -> None:
        """An undercut is an exception to a step: of what is only sketched, to every step it makes."""
        outgoing = by_key((id, index) for index, step in enumerate(self.steps) for id in step.ground)
        for relation in undercuts:
            source = relation.source.id
            target = relation.target
            if isinstance(target, Inference):
                self.add_exception(target.step, source)
                continue
            steps = outgoing.get(target.id, [])
            for index in steps:
                self.add_exception(index, source)
            if not steps and source not in self.gates.setdefault(target.id, []):
                self.gates[target.id].append(source)

    def add_exception(self, index: int, source: str) -> None:
        step = self.steps[index]
        if source not in step.exceptions:
            self.steps[index] = evolve(step, exceptions=(*step.exceptions, source))

    # ---- statements ----

    def statement(self, one: Statement | Argument) -> Said:
        written = [member for member in one.uses if not member.reference]
        first = next((member for member in written if member.content.text), None)
        text, emphasis = self.text(first.content) if first else (one.title, ())
        marked = [*one.uses, *self.lent.get(one.id, ())]
        own: dict[str, Value] = {}
        data: dict[str, str] = {}
        for member in marked:
            own.update(member.content.extras.own)
            data.update(member.content.extras.data)
        if one.label is not None and one.label.replace("-", " ") != one.title != one.label and first is not None:
            data.setdefault("title", one.title)
        for member in written:
            self.link(member, data)
        ours = Extras((), own)
        notes = [*ours.words("notes"), *self.notes.get(one.id, ())]
        for member in written:
            if member is not first and member.content.text:
                other, _ = self.text(member.content)
                if other != text and other not in notes:
                    notes.append(other)
        concluded = bool(written) and all(each.part is not None and each.part.concluded for each in written)
        place = first or one.uses[0]
        text, emphasis = _broken(text, emphasis, ours.words("breaks"))
        return Said(
            id=one.id,
            text=text,
            label=one.label,
            role=_chosen(Role, ours.word("role")) or (Role.DERIVED if concluded else Role.CLAIM),
            emphasis=emphasis,
            qualifier=_chosen(Qualifier, ours.word("qualifier")),
            implicit=ours.word("implicit") == "yes",
            unproved=ours.word("unproved") == "yes",
            open=ours.word("open") == "yes",
            tags=tuple(dict.fromkeys(tag for member in marked for tag in member.content.tags)),
            data=tuple(data.items()),
            quotations=tuple(_quotations(own.get("quotations"))),
            notes=tuple(notes),
            conditions=self.known(ours.words("provided"), place),
            exceptions=(*self.gates.get(one.id, ()), *self.known(ours.words("unless"), place)),
            section=one.section,
            span=place.span,
        )

    def known(self, titles: Sequence[str], member: Member) -> tuple[str, ...]:
        for title in titles:
            if title not in self.labels:
                self.losses.skipped(f"{title} is the title of no statement", member)
        return tuple(self.labels[title] for title in titles if title in self.labels)

    def text(self, content: Content) -> tuple[str, tuple[Emphasis, ...]]:
        """The words, with each mention as a reference in argmap's form, and what is stressed in them."""
        text = content.text[: content.words].rstrip() or content.text
        pieces: list[str] = []
        moves: list[tuple[int, int]] = []
        position = 0
        for _, title, start, end in content.mentions:
            if end > len(text):
                break
            label = self.labels.get(title)
            word = f"({label})" if label is not None else title
            pieces += [text[position:start], word]
            moves.append((end, len(word) - (end - start)))
            position = end
        pieces.append(text[position:])
        emphasis: list[Emphasis] = []
        for start, end, strong in content.emphasis:
            end = min(end, len(text))
            shift = sum(by for at, by in moves if at <= start)
            shift_end = sum(by for at, by in moves if at <= end)
            if start < end and (not emphasis or emphasis[-1].end <= start + shift):
                emphasis.append(Emphasis(start + shift, end + shift_end, strong))
            elif start < end and Emphasis(start + shift, end + shift_end, True) != emphasis[-1]:
                message = f"the stress on “{content.text[start:end]}” inside of stressed words"
                self.losses.left_out(message, Span(content.start, content.end))
        return "".join(pieces), tuple(emphasis)

    def link(self, member: Member, data: dict[str, str]) -> None:
        for address, _, _ in member.content.links:
            is_address = _ADDRESS.fullmatch(address)
            if is_address and "url" not in data:
                data["url"] = address
            elif data.get("url") != address:
                reason = "only one address fits a statement" if is_address else "it leads into the text"
                self.losses.left_out(f"the link to {address}; {reason}", member)

    def sections(self) -> Iterator[Section]:
        for section in self.document.sections:
            content = section.heading.content
            place = Span(content.start, content.end)
            title, _ = self.text(content)
            lost = [f"{key}: {value}" for key, value in content.extras.data] + [f"#{tag}" for tag in content.tags]
            for each in lost:
                self.losses.left_out(f"{each} on a heading; a section carries only its title", place)
            level = section.heading.level
            yield Section(title=title or "…", level=level, parent=section.parent, span=place)


def _own_kind(content: Content) -> StepKind | None:
    return _chosen(StepKind, content.extras.word("step"))


def _chosen(choices: type[_Choice], word: str | None) -> _Choice | None:
    return None if word is None else next((choice for choice in choices if choice.value == word), None)


def _quotations(value: Value | None) -> Iterator[Quotation]:
    for each in value if isinstance(value, list) else ():
        if isinstance(each, dict) and isinstance(words := each.get("words"), str):
            where = each.get("where")
            yield Quotation(words=words, where=where if isinstance(where, str) else None)


def _broken(text: str, emphasis: tuple[Emphasis, ...], breaks: Sequence[str]) -> tuple[str, tuple[Emphasis, ...]]:
    """Puts back the ends of paragraphs, each in the place of a space."""
    places = sorted({int(at) for at in breaks if at.isdecimal() and len(at) < 10})
    places = [at for at in places if at < len(text) and text[at] == " "]
    for at in reversed(places):
        text = f"{text[:at]}\n\n{text[at + 1 :]}"
    moved = (
        Emphasis(
            one.start + sum(at < one.start for at in places), one.end + sum(at < one.end for at in places), one.strong
        )
        for one in emphasis
    )
    return text, tuple(moved)
