"""An Argdown document as Argdown itself understands it: statements, arguments and relations, by title.

Statements with one title are one statement (Argdown: an equivalence class). A relation from an argument with
premises is one from its main conclusion; an undercut of such an argument is one of its inference.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from attrs import define, field

from argmap.formats.argdown.blocks import Bar, Block, Body, BodyPart, Content, Heading, Listing, Member
from argmap.formats.losses import Losses


class Kind(Enum):
    """What a relation says; the last three are between statements only."""

    SUPPORT = "support"
    ATTACK = "attack"
    UNDERCUT = "undercut"
    CONTRADICTORY = "contradictory"
    CONTRARY = "contrary"
    ENTAILS = "entails"


@define(eq=False)
class _Titled:
    """What goes by a title, or by none.

    Attributes:
        uses: Where it is written; each knows as what.
        id, label: Its statement in a map, which a later pass makes.
    """

    title: str
    anonymous: bool
    section: int | None
    uses: list[Member] = field(factory=list)
    label: str | None = None
    id: str = ""


@define(eq=False)
class Statement(_Titled):
    """All statements with one title, or one without."""


@define(eq=False)
class Inference:
    """A bar: what it leads from (the numbered statements above it, as indices) and to.

    Attributes:
        step: The place of its step among a map's, which a later pass makes.
    """

    argument: Argument
    ground: list[int]
    conclusion: int
    bar: Bar
    step: int = -1


class Numbered(NamedTuple):
    """A premise or conclusion with the number that its author gave it."""

    number: int
    statement: Statement
    member: Member


@define(eq=False)
class Argument(_Titled):
    """An argument; `body` are its premises and conclusions in order."""

    body: list[Numbered] = field(factory=list)
    inferences: list[Inference] = field(factory=list)

    @property
    def conclusion(self) -> Statement:
        return self.body[-1].statement


Side = Statement | Argument | Inference


class Relation(NamedTuple):
    kind: Kind
    source: Statement | Argument
    target: Side
    member: Member
    """The line that says so."""


@define(eq=False)
class ArgdownSection:
    heading: Heading
    parent: int | None


@define(eq=False)
class ArgdownDocument:
    statements: dict[str, Statement] = field(factory=dict)
    arguments: dict[str, Argument] = field(factory=dict)
    relations: list[Relation] = field(factory=list)
    sections: list[ArgdownSection] = field(factory=list)
    strict: bool = False


_SIGNS = {
    "+": (Kind.SUPPORT, False), "<+": (Kind.SUPPORT, False), "+>": (Kind.SUPPORT, True),
    "-": (Kind.ATTACK, False), "<-": (Kind.ATTACK, False), "->": (Kind.ATTACK, True),
    "_": (Kind.UNDERCUT, False), "<_": (Kind.UNDERCUT, False), "_>": (Kind.UNDERCUT, True),
    "><": (Kind.CONTRADICTORY, True),
}  # fmt: skip


def understand(blocks: list[Block], losses: Losses, *, strict: bool) -> ArgdownDocument:
    """Looks up titles and puts relations where Argdown puts them."""
    return _Reading(losses, strict).run(blocks)


@define(eq=False)
class _Reading:
    losses: Losses
    strict: bool
    document: ArgdownDocument = field(factory=ArgdownDocument)
    raw: list[Relation] = field(factory=list)
    untitled: int = 0
    section: int | None = None

    def run(self, blocks: list[Block]) -> ArgdownDocument:
        document = self.document
        document.strict = self.strict
        before: Block | None = None
        for block in blocks:
            if isinstance(block, Heading):
                self.open_section(block)
            elif isinstance(block, Listing):
                for member in block.members:
                    self.tree(member)
            elif isinstance(block, Body):
                named = before if isinstance(before, Member) and before.argument else None
                self.body(block, named)
            else:
                self.tree(block)
            before = block
        document.relations = self.settle()
        return document

    def open_section(self, heading: Heading) -> None:
        sections = self.document.sections
        parent = self.section
        while parent is not None and sections[parent].heading.level >= heading.level:
            parent = sections[parent].parent
        sections.append(ArgdownSection(heading, parent))
        self.report(heading.content)
        self.section = len(sections) - 1

    def report(self, content: Content) -> None:
        for message, place in content.extras.faults:
            self.losses.skipped(message, place)

    def name(self, title: str | None) -> str:
        if title is not None:
            return title
        self.untitled += 1
        return f"Untitled {self.untitled}"

    def side(self, member: Member, part: BodyPart) -> Statement | Argument:
        """The statement or argument that a member stands for, with this use of it noted."""
        self.report(member.content)
        anonymous = member.title is None
        title = self.name(member.title)
        if member.argument:
            argument = self.document.arguments.get(title)
            if argument is None:
                argument = self.document.arguments[title] = Argument(title, anonymous, self.section)
            argument.uses.append(member)
            return argument
        # A title that an author chose to be "Untitled 1" must not meet ours.
        key = f"{title}\0" if anonymous and title in self.document.statements else title
        statement = self.document.statements.get(key)
        if statement is None:
            statement = self.document.statements[key] = Statement(title, anonymous, self.section)
        if not member.reference and all(use.reference for use in statement.uses):
            statement.section = self.section
        member.part = part
        statement.uses.append(member)
        return statement

    def tree(self, root: Member) -> None:
        """Takes in a member and everything under it, in the order of the text."""
        self.relations(self.side(root, BodyPart.ALONE), root.relations)

    def relations(self, top: Side, relations: list[tuple[str, Member]]) -> None:
        waiting: list[tuple[Side, str, Member]] = [(top, sign, child) for sign, child in reversed(relations)]
        while waiting:
            above, sign, member = waiting.pop()
            kind, outward = _SIGNS[sign]
            below = self.side(member, BodyPart.RELATED)
            source, target = (above, below) if outward else (below, above)
            if isinstance(source, Inference):
                source = source.argument
            self.raw.append(Relation(kind, source, target, member))
            waiting += [(below, sign, child) for sign, child in reversed(member.relations)]

    def body(self, body: Body, named: Member | None) -> None:
        numbered = [item for item in body.items if not isinstance(item, Bar)]
        if len(numbered) == len(body.items) or any(isinstance(body.items[at], Bar) for at in (0, -1)):
            self.losses.changed(
                "premises without a conclusion, or the reverse; read as statements by themselves",
                body.span, "the last numbered statement needs a line of four hyphens above it",
            )  # fmt: skip
            for _, member in numbered:
                self.tree(member)
            return
        title = named.title if named else None
        if title is not None and self.document.arguments[title].body:
            self.losses.changed(f"<{title}> has premises already; read as another argument", body.span)
            title = None
        title = self.name(title)
        argument = self.document.arguments.setdefault(title, Argument(title, True, self.section))
        bar: Bar | None = None
        run: list[int] = []
        for item in body.items:
            if isinstance(item, Bar):
                if bar is not None:
                    self.losses.skipped("an inference line with nothing under it", bar.span)
                bar = item
                self.report(bar.rules)
                continue
            number, member = item
            index = len(argument.body)
            last = index == len(numbered) - 1
            part = BodyPart.PREMISE if bar is None else BodyPart.CONCLUSION if last else BodyPart.STEP
            statement = self.side(member, part)
            assert isinstance(statement, Statement)
            argument.body.append(Numbered(number, statement, member))
            inference = None
            if bar is not None:
                inference = Inference(argument, run, index, bar)
                argument.inferences.append(inference)
                self.relations(inference, bar.relations)
                run, bar = [], None
            run.append(index)
            for sign, child in member.relations:
                # An undercut under a conclusion is one of its inference.
                undercut = inference is not None and sign in {"_", "<_"}
                self.relations(inference if undercut and inference else statement, [(sign, child)])

    def settle(self) -> list[Relation]:
        """Relations where Argdown has them in the end, each once, none of a thing to itself."""
        found: dict[tuple[Kind, int, int], Relation] = {}
        for kind, source, target, member in self.raw:
            if isinstance(source, Argument) and source.body:
                source = source.conclusion
            if isinstance(target, Argument) and target.body:
                if kind is Kind.UNDERCUT:
                    target = target.inferences[-1]
                elif kind is Kind.CONTRADICTORY:
                    target = target.conclusion
            if self.strict and isinstance(source, Statement) and isinstance(target, Statement):
                kind = {Kind.SUPPORT: Kind.ENTAILS, Kind.ATTACK: Kind.CONTRARY}.get(kind, kind)
            if source is not target:
                found.setdefault((kind, id(source), id(target)), Relation(kind, source, target, member))
        return list(found.values())
