"""What an Argdown text is made of, block by block, before anything is looked up by its title."""

from __future__ import annotations

from attrs import define, field, frozen

from argmap.text import Span


@frozen
class Content:
    """Words as a reader reads them, and what was marked in them; offsets into `text`.

    Attributes:
        words: The length of the text without the tags that end it.
        emphasis: Start, end, and whether strong.
        tags: In order, with repetitions.
        mentions: Whether of an argument, the title, start, end.
        links: The address, start, end.
        data: The YAML of each pair of braces, and where it stands in the source.
        start, end: The place in the source.
    """

    text: str = ""
    words: int = 0
    emphasis: tuple[tuple[int, int, bool], ...] = ()
    tags: tuple[str, ...] = ()
    mentions: tuple[tuple[bool, str, int, int], ...] = ()
    links: tuple[tuple[str, int, int], ...] = ()
    data: tuple[tuple[str, Span], ...] = ()
    start: int = 0
    end: int = 0


@define(eq=False)
class Member:
    """A statement or an argument where it is written.

    Attributes:
        title: None where it has none.
        reference: Whether it is only named: `[title]` or `<title>`, perhaps with tags and data.
        relations: What is written under it: the sign (`+`, `<-`, `><` …) and what comes after it.
    """

    argument: bool
    title: str | None
    reference: bool
    content: Content
    start: int
    end: int
    relations: list[tuple[str, Member]] = field(factory=list)


@define(eq=False)
class Bar:
    """An inference line, with its rules where it is the open kind."""

    rules: Content
    relations: list[tuple[str, Member]]
    start: int
    end: int


@define(eq=False)
class Body:
    """A premise-conclusion structure: numbered statements and the bars between them."""

    items: list[tuple[int, Member] | Bar]
    start: int
    end: int


@define(eq=False)
class Heading:
    level: int
    content: Content


@define(eq=False)
class Listing:
    members: list[Member]


Block = Heading | Listing | Body | Member
