"""Random maps that the notation can say in full, for property tests."""

from __future__ import annotations

from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from argmap.model import (
    ArgumentMap,
    Attitude,
    Contradiction,
    Emphasis,
    Fact,
    HeldStep,
    Qualifier,
    Quotation,
    Role,
    Section,
    Stance,
    Statement,
    Step,
    StepKind,
)

_HARD = [
    "but: no", "(a) b", "because it is", "*", "a * b", "**", "{probably}", "{", "}", "\\", "\\n", "// no",
    "--- so",
    "# 1", "> \"x\" (y)", "@ Me: accept (a)", "note: this", "+ 1", "=> b", "\"quoted\" (there)", "…", "–",
    "• dot",
    "1. first", "a, b; c: d", "“x”", "&amp;", "<b>", "$x_1$", "%", "~", "العربية", "漢字", "🙂",
    "\u200fx", "x\u00a0y", "\u2028",
    "and so", "Then what", "unless: never", "key: value, other", "'", "''", "`code`",
    "[link](x)", "|", "_under_", "___", "___ x", "_", "A. x", "a) x", "iv. x", "P1. x", "1: x", "(i) x", "→ x", "①",
    "½ x", "✓ x", "Pro: x", "- Con: x", "Support: x", "However, x", "from (1)", "(1), (2)", "(1) -> (2)", ", (b)",
    "\u00a0x", "x\u3000", "implicit", "{sic}", "└─ x", "[+] x", "a" * 99, "- 2 per cent", "(1990) x", "<A>: x",
    "[A]: x", "=", "===", "!", "? x",
]  # fmt: skip
_LETTERS = "abc DEF 012 .,;:!?-*\\{}()#@+~&<>=\"'_/|`$%^[]éß漢ع"

WORDS = st.one_of(
    st.sampled_from(_HARD),
    st.text(st.sampled_from(_LETTERS), min_size=1, max_size=12),
    st.sampled_from(["Iran answers in kind", "all humans are mortal", "time"]),
)


def _line(words: list[str]) -> str:
    return " ".join(" ".join(words).split(" ")).strip() or "x"


LINE = st.lists(WORDS, min_size=1, max_size=12).map(_line)
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n\n".join)
LABEL = st.text(st.sampled_from("abcXYZ012-_.éع漢"), min_size=1, max_size=4)
KEY = st.sampled_from(["title", "author", "date", "source", "lang", "x-key", "überschrift"])


@st.composite
def maps(draw: Any, largest: int = 9) -> ArgumentMap:
    """A map with every feature of the model; texts all differ, so that statements can be told apart."""
    count = draw(st.integers(1, largest))
    labels = draw(st.lists(LABEL, min_size=count, max_size=count, unique=True))
    labelled = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    ids = [label if has else f"%{n + 1}" for n, (label, has) in enumerate(zip(labels, labelled, strict=True))]
    an_id = st.sampled_from(ids)
    some = st.lists(an_id, max_size=2).map(tuple)

    levels = draw(st.lists(st.integers(1, 4), max_size=3))
    sections: list[Section] = []
    for place, level in enumerate(levels):
        parents = [n for n in range(place) if sections[n].level < level]
        parent = None
        for n in reversed(range(place)):  # the nearest above that is of a lower level and still open
            if n in parents and all(sections[m].level > sections[n].level for m in range(n + 1, place)):
                parent = n
                break
        sections.append(Section(title=draw(LINE), level=level, parent=parent))

    steps: list[Step] = []
    gates: dict[str, tuple[list[str], list[str]]] = {id: ([], []) for id in ids}
    roles: dict[str, Role] = {}
    for id in ids:
        role = roles[id] = draw(st.sampled_from(Role))
        other = draw(an_id)
        if role is Role.DERIVED:
            if draw(st.booleans()):
                steps.append(Step(kind=StepKind.COROLLARY, ground=(other,), target=id))
            else:
                steps.append(Step(kind=StepKind.INFERENCE, ground=(other, *draw(some)), target=id))
        elif role in (Role.CONDITION, Role.EXCEPTION):
            side = 0 if role is Role.CONDITION else 1
            if draw(st.booleans()):
                gates[other][side].append(id)
            else:
                step = Step(kind=StepKind.REASON, ground=(draw(an_id),), target=other)
                steps.append(evolve(step, conditions=(id,)) if side == 0 else evolve(step, exceptions=(id,)))
    for _ in range(draw(st.integers(0, largest))):
        kind = draw(st.sampled_from(StepKind))
        more = () if kind is StepKind.COROLLARY else draw(some)
        rule = draw(st.none() | LINE) if kind is StepKind.INFERENCE else None
        steps.append(
            Step(
                kind=kind,
                ground=(draw(an_id), *more),
                target=draw(an_id),
                conditions=draw(some),
                exceptions=draw(some),
                rule=rule,
            )
        )

    statements = []
    for n, id in enumerate(ids):
        text = f"{draw(TEXT)} {n}"
        stress = draw(st.booleans())
        statements.append(
            Statement(
                id=id,
                label=None if id.startswith("%") else id,
                text=f"{text} strong point" if stress else text,
                emphasis=(Emphasis(len(text) + 1, len(text) + 7, strong=draw(st.booleans())),) if stress else (),
                role=roles[id],
                qualifier=draw(st.none() | st.sampled_from(Qualifier)),
                implicit=draw(st.booleans()),
                open=draw(st.booleans()),
                unproved=draw(st.booleans()),
                tags=tuple(draw(st.lists(st.sampled_from(["t", "a/b", "x.y-z", "漢"]), max_size=2, unique=True))),
                data=tuple(draw(st.lists(st.tuples(KEY, LINE), max_size=2))),
                quotations=tuple(
                    draw(
                        st.lists(
                            st.builds(Quotation, words=LINE, where=st.none() | LINE.map(_no_quotes)),
                            max_size=2,
                        )
                    )
                ),
                notes=tuple(draw(st.lists(LINE, max_size=2))),
                conditions=tuple(gates[id][0]),
                exceptions=tuple(gates[id][1]),
                section=draw(st.none() | st.integers(0, len(sections) - 1)) if sections else None,
            )
        )
    return ArgumentMap(
        statements=tuple(statements),
        steps=tuple(steps),
        contradictions=tuple(draw(st.lists(st.builds(Contradiction, left=an_id, right=an_id), max_size=3))),
        stances=tuple(
            draw(
                st.lists(
                    _stances(an_id, steps),
                    max_size=5,
                    unique=True,
                )
            )
        ),
        sections=tuple(sections),
        facts=tuple(draw(st.lists(st.builds(Fact, key=KEY, value=LINE), max_size=3, unique_by=lambda fact: fact.key))),
    )


@st.composite
def _stances(draw: Any, an_id: Any, steps: list[Step]) -> Stance:
    about: dict[str, Any] = {"statement": draw(an_id)}
    if steps and draw(st.booleans()):
        step = draw(st.sampled_from(steps))
        about = {"step": HeldStep(ground=step.ground, target=step.target)}
    quotation = st.builds(Quotation, words=LINE, where=st.none() | LINE.map(_no_quotes))
    return Stance(
        holder=draw(st.sampled_from(["Rice", "the uniformed military", "X; Y", "(a)"])),
        attitude=draw(st.sampled_from(Attitude)),
        date=draw(st.none() | st.sampled_from(["2007", "2007-05", "2007-05-28"])),
        hedge=draw(st.none() | st.sampled_from(Qualifier)),
        by=draw(st.none() | LINE),
        quotations=tuple(draw(st.lists(quotation, max_size=1))),
        **about,
    )


def _no_quotes(text: str) -> str:
    return text.replace('"', "”").strip() or "p. 1"


def compared(map: ArgumentMap) -> dict[str, Any]:
    """All that a map says, apart from order and the ids of unlabelled statements; texts must all differ."""
    key = {s.id: s.text if not s.missing else f"missing {s.id}" for s in map.statements}

    def names(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key[id] for id in ids)

    def place(section: int | None) -> Any:
        return None if section is None else (section, map.sections[section].title)

    return {
        "statements": sorted(
            (
                repr(
                    (
                        s.text,
                        s.role,
                        s.emphasis,
                        s.qualifier,
                        s.implicit,
                        s.open,
                        s.unproved,
                        s.tags,
                        s.data,
                        s.quotations,
                        s.notes,
                    )
                ),
                repr((sorted(names(s.conditions)), sorted(names(s.exceptions)), place(s.section), s.missing)),
            )
            for s in map.statements
        ),
        "steps": sorted(
            repr(
                (
                    s.kind,
                    names(s.ground),
                    key[s.target],
                    sorted(names(s.conditions)),
                    sorted(names(s.exceptions)),
                    s.rule,
                )
            )
            for s in map.steps
        ),
        "contradictions": sorted((key[c.left], key[c.right]) for c in map.contradictions),
        "stances": sorted(
            repr((s.holder, s.attitude, names(s.ids[:-1]), key[s.ids[-1]], s.date, s.hedge, s.by, s.quotations))
            for s in map.stances
        ),
        "sections": [(s.title, s.level, s.parent) for s in map.sections],
        "facts": [(f.key, f.value) for f in map.facts],
    }
