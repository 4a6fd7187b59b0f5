"""The rules never raise, whatever the map, and say nothing that a printer could not print."""

from itertools import pairwise

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap import rules
from argmap.model import (
    ArgumentMap,
    Attitude,
    Contradiction,
    Fact,
    Quotation,
    Role,
    Section,
    Stance,
    Statement,
    Step,
    StepKind,
)
from argmap.text import Source, Span

# Few ids, so that circles, repetitions and self-relations are common.
IDS = [*"abcdefgh", "Iran", "iran", "а", "guarantee", "gaurantee", "1", "%1", "%2"]
TEXTS = st.one_of(
    st.sampled_from(["", "?", "All humans are mortal.", "Socrates is human", "all humans, are mortal", "Why?"]),
    st.text(max_size=20),
)
SOURCE = Source("any.argmap", "# One\n(a) Something.\n\n# Two\n// nothing\n" * 4)


@st.composite
def places(draw):
    if draw(st.booleans()):
        return {}
    start = draw(st.integers(0, len(SOURCE.text)))
    return {"span": Span(start, draw(st.integers(start, len(SOURCE.text))), SOURCE)}


def ids(present, least=0, most=3):
    return st.lists(st.sampled_from(present), min_size=least, max_size=most).map(tuple)


@st.composite
def maps(draw):
    present = draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True))
    statements = [
        Statement(
            id=id,
            label=draw(st.sampled_from([id, id, None])),
            text=draw(TEXTS),
            role=draw(st.sampled_from(Role)),
            implicit=draw(st.booleans()),
            missing=draw(st.integers(0, 9)) == 0,
            quotations=draw(st.sampled_from([(), (Quotation(words="So it is."),)])),
            conditions=draw(ids(present, 0, 1)),
            exceptions=draw(ids(present, 0, 1)),
            section=draw(st.sampled_from([None, 0, 1])),
            **draw(places()),
        )
        for id in present
    ]
    steps = st.builds(
        lambda kind, ground, target, conditions, exceptions, place: Step(
            kind=kind, ground=ground, target=target, conditions=conditions, exceptions=exceptions, **place
        ),
        st.sampled_from(StepKind), ids(present, 1, 3), st.sampled_from(present), ids(present), ids(present), places(),
    )  # fmt: skip
    stances = st.builds(
        lambda holder, attitude, id, place: Stance(holder=holder, attitude=attitude, statement=id, **place),
        st.sampled_from(["Rice", "rice", "the Rice", "?", "!", "Condoleezza", "Condoleeza"]),
        st.sampled_from(Attitude), st.sampled_from(present), places(),
    )  # fmt: skip
    return ArgumentMap(
        statements=tuple(statements),
        steps=tuple(draw(st.lists(steps, max_size=12))),
        contradictions=tuple(
            Contradiction(left=left, right=right, **draw(places()))
            for left, right in draw(st.lists(ids(present, 2, 2), max_size=3))
        ),
        stances=tuple(draw(st.lists(stances, max_size=4))),
        sections=(Section(title="One"), Section(title="Two", level=2, parent=0, span=Span(20, 25))),
        facts=tuple(
            Fact(key=k, value=v)
            for k, v in draw(st.lists(st.tuples(st.sampled_from(["date", "lang"]), TEXTS), max_size=2))
        ),
        source=draw(st.sampled_from([None, SOURCE])),
    )


@given(maps())
@settings(max_examples=100, deadline=None)
def test_no_map_is_too_much_for_the_rules(map):
    found = [*rules.run(map), *rules.run(map, select=["AM3"])]
    for diagnostic in found:
        assert diagnostic.message
        assert "\n" not in diagnostic.message
        for label in diagnostic.labels:
            assert 0 <= label.span.start <= label.span.end <= len(SOURCE.text)
    # What is said depends on the map alone.
    assert found == [*rules.run(map), *rules.run(map, select=["AM3"])]


@given(maps())
@settings(max_examples=70, deadline=None)
def test_a_drawn_circle_is_there_and_no_circle_is_missed(map):
    """Against a slow reading of the definition: can support come back to where it began?"""
    # Circles are drawn by name, so each statement needs one of its own.
    map = evolve(map, statements=tuple(evolve(each, label=each.id) for each in map.statements))
    links = {(id, s.target) for s in map.steps if s.kind.supports for id in s.ground if id != s.target}
    reach = set(links)
    while more := {(a, d) for a, b in reach for c, d in links if b == c} - reach:
        reach |= more
    knots = {frozenset(b for b in IDS if (a, b) in reach and (b, a) in reach) for a in IDS if (a, a) in reach}
    drawn = [d.message.partition(": ")[2].split(" → ") for d in rules.run(map, select=["AM106"])]
    named = {(map.by_id[one].name, map.by_id[other].name) for one, other in links}
    plain = [circle for circle in drawn if set(pairwise(circle)) <= named]
    assert len(plain) == len(knots)
    # The others go through a gate or an answer, and some support.
    for circle in drawn:
        assert circle in plain or circle[0] == circle[-1]
        assert len(set(circle)) == len(circle) - 1
        assert not {f"not {name}" for name in circle} & set(circle)
    assert len({name for circle in drawn for name in circle}) == sum(len(circle) - 1 for circle in drawn)
