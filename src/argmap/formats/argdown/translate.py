"""From an Argdown document to the parts of a map.

An argument that is only sketched is a statement that speaks for or against something; one with premises and a
conclusion is its inference steps. A relation to or from such an argument is one of its conclusion, its only
premise, or its last step, as Argdown itself has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from operator import attrgetter
from typing import TypeVar

from attrs import define, evolve, field, frozen

from argmap.formats.argdown.document import Argument, Document, Inference, Kind, Part, Relation, Statement
from argmap.formats.argdown.extras import Extras, extras_of
from argmap.formats.argdown.nodes import Content, Member
from argmap.formats.argdown.values import Value
from argmap.formats.labels import Labels
from argmap.formats.losses import Losses
from argmap.model import Contradiction, Emphasis, Qualifier, Quotation, Role, Section, Step, StepKind
from argmap.model import Statement as Said
from argmap.model.ids import UnlabelledIds
from argmap.text import Span

_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)
_KINDS = {Kind.SUPPORT: StepKind.REASON, Kind.ATTACK: StepKind.OBJECTION, Kind.ENTAILS: StepKind.COROLLARY}

_Choice = TypeVar("_Choice", bound=Enum)


@frozen
class Parts:
    """What a map is made of, and the id of the statement behind each title."""

    statements: tuple[Said, ...]
    steps: tuple[Step, ...]
    contradictions: tuple[Contradiction, ...]
    sections: tuple[Section, ...]
    titles: dict[str, str]


def translate(document: Document, losses: Losses) -> Parts:
    """The map's parts; what has no place there is reported."""
    return _Translation(document, losses).parts()


@define(eq=False)
class _Translation:
    document: Document
    losses: Losses
    ids: dict[int, str] = field(factory=dict)  # by the identity of a statement or sketched argument
    labels: dict[int, str | None] = field(factory=dict)
    titles: dict[str, str] = field(factory=dict)
    extras: dict[int, Extras] = field(factory=dict)  # by the identity of a member
    steps: list[Step] = field(factory=list)
    bars: dict[int, int] = field(factory=dict)  # where the step of an inference is, by its identity
    gates: dict[str, list[str]] = field(factory=dict)
    notes: dict[str, list[str]] = field(factory=dict)
    lent: dict[int, list[Member]] = field(
        factory=dict
    )  # whose tags and data a conclusion carries besides its own
    folded: set[int] = field(factory=set)  # statements that only stand in for an objection's conclusion

    def parts(self) -> Parts:
        targets = self.fold_objections()
        order = self.ordered()
        self.name(order)
        self.infer(targets)
        contradictions = self.relate()
        return Parts(
            tuple(self.statement(one) for one in order),
            tuple(sorted(self.steps, key=attrgetter("span.start"))),
            tuple(contradictions),
            tuple(self.sections()),
            self.titles,
        )

    def extras_of(self, member: Member) -> Extras:
        found = self.extras.get(id(member))
        if found is None:
            found = self.extras[id(member)] = extras_of(member.content.data, self.losses.skipped)
        return found

    # ---- who is who ----

    def fold_objections(self) -> dict[int, Statement]:
        """Objections with joined grounds, written with a conclusion that speaks against their target."""
        attacks: dict[int, list[Relation]] = {}
        for relation in self.document.relations:
            if relation.kind in (Kind.ATTACK, Kind.CONTRARY) and isinstance(relation.target, Statement):
                attacks.setdefault(id(relation.source), []).append(relation)
        targets: dict[int, Statement] = {}
        for argument in self.document.arguments.values():
            for inference in argument.inferences:
                kind = _own_kind(extras_of(inference.bar.rules.data, _ignore))
                conclusion = argument.body[inference.conclusion].statement
                against = attacks.get(id(conclusion), [])
                if (
                    kind in (StepKind.OBJECTION, StepKind.CONCESSION)
                    and conclusion.anonymous
                    and len(against) == 1
                ):
                    assert isinstance(against[0].target, Statement)
                    targets[id(inference)] = against[0].target
                    self.folded.add(id(conclusion))
        return targets

    def ordered(self) -> list[Statement | Argument]:
        """Everything that becomes a statement, in the order of the text."""
        found: list[Statement | Argument] = [
            one for one in self.document.statements.values() if id(one) not in self.folded
        ]
        found += [argument for argument in self.document.arguments.values() if not argument.body]
        return sorted(found, key=lambda one: _members(one)[0].start)

    def name(self, order: Sequence[Statement | Argument]) -> None:
        labels = Labels()
        unlabelled = UnlabelledIds()
        for one in order:
            label = None
            if not one.anonymous:
                label = labels.named(one.title, one.title)
                if one.title in self.titles and isinstance(one, Argument):
                    self.losses.renamed(
                        f"<{one.title}> is now ({label}), since [{one.title}] is ({self.titles[one.title]})",
                        _place(_members(one)[0]),
                    )
                self.titles.setdefault(one.title, label)
            self.labels[id(one)] = label
            self.ids[id(one)] = label or unlabelled.id_of(_members(one)[0].content.text)

    # ---- steps ----

    def infer(self, targets: dict[int, Statement]) -> None:
        """Makes the steps of every premise-conclusion structure."""
        for argument in self.document.arguments.values():
            for inference, (ground, conditions) in zip(
                argument.inferences, self.grounds(argument), strict=True
            ):
                bar = inference.bar
                extras = extras_of(bar.rules.data, self.losses.skipped)
                rule = bar.rules.text or None
                if inference is argument.inferences[-1] and not argument.anonymous:
                    rule = f"{argument.title}: {rule}" if rule else argument.title
                conclusion = targets.get(id(inference)) or argument.body[inference.conclusion].statement
                self.bars[id(inference)] = len(self.steps)
                self.steps.append(
                    Step(
                        kind=_own_kind(extras) or StepKind.INFERENCE,
                        ground=tuple(dict.fromkeys(self.ids[id(one)] for one in ground)),
                        target=self.ids[id(conclusion)],
                        conditions=tuple(dict.fromkeys(self.ids[id(one)] for one in conditions)),
                        rule=rule,
                        span=Span(bar.start, bar.end),
                    )
                )
                for key, value in extras.data:
                    if key != "uses":
                        self.losses.left_out(
                            f"{key}: {value} at an inference; a step carries no data but its rule",
                            Span(bar.start, bar.end),
                        )
            if argument.body:
                self.describe(argument)

    def grounds(self, argument: Argument) -> list[tuple[list[Statement], list[Statement]]]:
        """For each inference what it leads from, and what it needs besides.

        That is the run of statements above it, the conclusion before included; where `uses` names others
        further up, those too, and of the run only what is named here or used nowhere.
        """
        numbers = {str(numbered.number): at for at, numbered in enumerate(argument.body)}
        named: list[list[int]] = []
        for inference in argument.inferences:
            uses: list[int] = []
            for text, _ in inference.bar.rules.data:
                found = extras_of([(text, Span(0, 0))], _ignore).data
                for key, value in found:
                    if key == "uses":
                        for number in re.findall(r"\d+", value):
                            at = numbers.get(number)
                            if at is not None and at < inference.conclusion:
                                uses.append(at)
                            else:
                                self.losses.skipped(
                                    f"uses: {number} names nothing above this line",
                                    Span(inference.bar.start, inference.bar.end),
                                )
            named.append(uses)
        anywhere = {at for uses in named for at in uses}
        grounds = []
        for inference, uses in zip(argument.inferences, named, strict=True):
            chosen = inference.ground
            if uses:
                chosen = sorted({*uses, *(at for at in inference.ground if at not in anywhere)})
            ground: list[Statement] = []
            conditions: list[Statement] = []
            for at in chosen:
                numbered = argument.body[at]
                condition = self.extras_of(numbered.member).word("condition") == "yes"
                (conditions if condition else ground).append(numbered.statement)
            if not ground:
                ground, conditions = conditions, []
            grounds.append((ground, conditions))
        return grounds

    def describe(self, argument: Argument) -> None:
        """Keeps with its conclusion what is said about an argument that has premises.

        Descriptions become notes; tags and data go there too where the conclusion has no title, and so
        belongs to this argument alone.
        """
        conclusion = argument.conclusion
        for use in argument.uses:
            content = use.content
            text = content.text[: content.words].strip()
            if text and id(conclusion) in self.ids:
                self.notes.setdefault(self.ids[id(conclusion)], []).append(f"{argument.title}: {text}")
            if conclusion.anonymous:
                self.lent.setdefault(id(conclusion), []).append(use)
                continue
            for tag in content.tags:
                self.losses.left_out(
                    f"#{tag} on <{argument.title}>; only a statement carries tags", _place(use)
                )
            for key, value in self.extras_of(use).data:
                self.losses.left_out(
                    f"{key}: {value} on <{argument.title}>; only a statement carries data", _place(use)
                )

    def relate(self) -> list[Contradiction]:
        contradictions: list[Contradiction] = []
        undercuts: list[Relation] = []
        for relation in self.document.relations:
            if id(relation.source) in self.folded:
                continue
            target = relation.target
            if relation.kind is Kind.UNDERCUT:
                undercuts.append(relation)
            elif relation.kind in (Kind.CONTRADICTORY, Kind.CONTRARY):
                left, right = self.ids[id(relation.source)], self.target(relation)
                contradictions.append(Contradiction(left=left, right=right, span=_place(relation.member)))
            elif isinstance(target, Inference) or (isinstance(target, Argument) and target.body):
                self.relate_to_body(relation, target)
            else:
                self.step(relation, self.ids[id(target)])
        self.undercut(undercuts)
        return contradictions

    def step(self, relation: Relation, target: str) -> None:
        own = _own_kind(self.extras_of(relation.member))
        kind = _KINDS[relation.kind]
        if own is not None and own.supports == kind.supports:
            kind = own
        member = relation.member
        self.steps.append(
            Step(
                kind=kind,
                ground=(self.ids[id(relation.source)],),
                target=target,
                span=_place(member),
            )
        )

    def target(self, relation: Relation) -> str:
        target = relation.target
        if isinstance(target, Inference):
            target = target.argument
        return self.ids[id(target.conclusion if isinstance(target, Argument) and target.body else target)]

    def relate_to_body(self, relation: Relation, target: Argument | Inference) -> None:
        """Support for or an attack on an argument with premises that does not say which premise it means."""
        argument = target if isinstance(target, Argument) else target.argument
        premises = [numbered.statement for numbered in argument.body if numbered.part is Part.PREMISE]
        place = _place(relation.member)
        if isinstance(target, Argument) and len(premises) == 1 and premises[0] is not relation.source:
            self.step(relation, self.ids[id(premises[0])])
        elif relation.kind is Kind.SUPPORT:
            self.losses.changed(
                f"support for <{argument.title}> as a whole, not for one of its premises; read as a reason "
                "for its conclusion", place, "put the relation under the premise that is supported",
            )  # fmt: skip
            self.step(relation, self.target(relation))
        else:
            self.losses.changed(
                f"an attack on <{argument.title}> as a whole, not on one of its premises; read as an "
                "exception to its inference", place, "put the relation under the premise that is attacked",
            )  # fmt: skip
            inference = target if isinstance(target, Inference) else target.inferences[-1]
            self.add_exception(self.bars[id(inference)], self.ids[id(relation.source)])

    def undercut(self, undercuts: list[Relation]) -> None:
        """An undercut is an exception to a step: of what is only sketched, to every step it makes."""
        outgoing: dict[str, list[int]] = {}
        for index, step in enumerate(self.steps):
            for one in step.ground:
                outgoing.setdefault(one, []).append(index)
        for relation in undercuts:
            source = self.ids[id(relation.source)]
            target = relation.target
            if isinstance(target, Inference):
                self.add_exception(self.bars[id(target)], source)
                continue
            at = self.ids[id(target)]
            steps = outgoing.get(at, [])
            for index in steps:
                self.add_exception(index, source)
            if not steps and source not in self.gates.setdefault(at, []):
                self.gates[at].append(source)

    def add_exception(self, index: int, source: str) -> None:
        step = self.steps[index]
        if source not in step.exceptions:
            self.steps[index] = evolve(step, exceptions=(*step.exceptions, source))

    # ---- statements ----

    def statement(self, one: Statement | Argument) -> Said:
        members = _members(one)
        written = [member for member in members if not member.reference]
        first = next((member for member in written if member.content.text), None)
        text, emphasis = self.text(first.content) if first else (one.title, ())
        marked = [*members, *self.lent.get(id(one), ())]
        extras = [self.extras_of(member) for member in marked]
        own: dict[str, Value] = {}
        data: dict[str, str] = {}
        for each in extras:
            own.update(each.own)
            data.update(each.data)
        label = self.labels[id(one)]
        id_ = self.ids[id(one)]
        if label is not None and label.replace("-", " ") != one.title != label and first is not None:
            data.setdefault("title", one.title)
        for member in written:
            self.link(member, data)
        ours = Extras((), own)
        notes = [*ours.words("notes"), *self.notes.get(id_, ())]
        for member in written:
            if member is not first and member.content.text:
                other, _ = self.text(member.content)
                if other != text and other not in notes:
                    notes.append(other)
        concluded = (
            isinstance(one, Statement)
            and bool(written)
            and all(part.concluded for part, member in one.uses if not member.reference)
        )
        place = first or members[0]
        text, emphasis = _broken(text, emphasis, ours.words("breaks"))
        return Said(
            id=id_,
            text=text,
            label=label,
            role=_chosen(Role, ours.word("role")) or (Role.DERIVED if concluded else Role.CLAIM),
            emphasis=emphasis,
            qualifier=_chosen(Qualifier, ours.word("qualifier")),
            implicit=ours.word("implicit") == "yes",
            open=ours.word("open") == "yes",
            tags=tuple(dict.fromkeys(tag for member in marked for tag in member.content.tags)),
            data=tuple(data.items()),
            quotations=tuple(_quotations(own.get("quotations"))),
            notes=tuple(notes),
            conditions=self.known(ours.words("provided"), place),
            exceptions=(*self.gates.get(id_, ()), *self.known(ours.words("unless"), place)),
            section=one.section,
            span=_place(place),
        )  # fmt: skip

    def known(self, titles: Sequence[str], member: Member) -> tuple[str, ...]:
        for title in titles:
            if title not in self.titles:
                self.losses.skipped(f"{title} is the title of no statement", _place(member))
        return tuple(self.titles[title] for title in titles if title in self.titles)

    def text(self, content: Content) -> tuple[str, tuple[Emphasis, ...]]:
        """The words, with each mention as a reference in argmap's form, and what is stressed in them."""
        text = content.text[: content.words].rstrip() or content.text
        pieces: list[str] = []
        moves: list[tuple[int, int]] = []
        position = 0
        for _, title, start, end in content.mentions:
            if end > len(text):
                break
            label = self.titles.get(title)
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
        return "".join(pieces), tuple(emphasis)

    def link(self, member: Member, data: dict[str, str]) -> None:
        for address, _, _ in member.content.links:
            if _ADDRESS.fullmatch(address) and "url" not in data:
                data["url"] = address
            elif data.get("url") != address:
                reason = (
                    "only one address fits a statement"
                    if _ADDRESS.fullmatch(address)
                    else "it leads into the text"
                )
                self.losses.left_out(f"the link to {address}; {reason}", _place(member))

    def sections(self) -> Iterator[Section]:
        for section in self.document.sections:
            content = section.heading.content
            place = Span(content.start, content.end)
            title, _ = self.text(content)
            for key, value in extras_of(content.data, self.losses.skipped).data:
                self.losses.left_out(f"{key}: {value} on a heading; a section carries only its title", place)
            for tag in content.tags:
                self.losses.left_out(f"#{tag} on a heading; a section carries only its title", place)
            yield Section(
                title=title or "…",
                level=section.heading.level,
                parent=section.parent,
                span=place,
            )


def _members(one: Statement | Argument) -> list[Member]:
    return one.uses if isinstance(one, Argument) else [member for _, member in one.uses]


def _place(member: Member) -> Span:
    return Span(member.start, member.end)


def _ignore(message: str, place: Span) -> None:
    """For a look at data that is read again, and reported then."""


def _own_kind(extras: Extras) -> StepKind | None:
    return _chosen(StepKind, extras.word("step"))


def _chosen(choices: type[_Choice], word: str | None) -> _Choice | None:
    return next((choice for choice in choices if choice.value == word), None)


def _quotations(value: Value | None) -> Iterator[Quotation]:
    for each in value if isinstance(value, list) else ():
        if isinstance(each, dict) and isinstance(words := each.get("words"), str):
            where = each.get("where")
            yield Quotation(words=words, where=where if isinstance(where, str) else None)


def _broken(
    text: str, emphasis: tuple[Emphasis, ...], breaks: Sequence[str]
) -> tuple[str, tuple[Emphasis, ...]]:
    """Puts back the ends of paragraphs, each in the place of a space."""
    places = sorted({int(at) for at in breaks if at.isdecimal() and len(at) < 10})
    places = [at for at in places if at < len(text) and text[at] == " "]
    for at in reversed(places):
        text = f"{text[:at]}\n\n{text[at + 1 :]}"
    moved = (
        Emphasis(
            one.start + sum(at < one.start for at in places),
            one.end + sum(at < one.end for at in places),
            one.strong,
        )
        for one in emphasis
    )
    return text, tuple(moved)
