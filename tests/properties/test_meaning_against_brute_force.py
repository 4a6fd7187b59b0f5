"""The meaning of a map against readings written anew, as plainly and as slowly as the rules are worded."""

from __future__ import annotations

import random
from itertools import combinations, product

import pytest
from attrs import evolve

from argmap.analysis.commitment import FindingKind, between, positions
from argmap.analysis.findings import findings
from argmap.analysis.standing import Status, status
from argmap.model import (
    ArgumentMap,
    Attitude,
    Contradiction,
    HeldStep,
    Qualifier,
    Role,
    Stance,
    Statement,
    Step,
    StepKind,
)

STANDS, FALLS, OPEN = "stands", "falls", "undecided"
KINDS = list(StepKind)
DATES = ["2006", "2006-05", "2006-05-09", "2007"]
ROUNDS = 25
EACH = 120


def a_map(
    dice: random.Random, *, exceptions: bool = True, binding: float = 0.4, gates: float = 0.2, held: int = 4
) -> ArgumentMap:
    """A map of at most twelve statements, with anything between any of them: circles and self-loops too."""
    ids = [f"s{number}" for number in range(dice.randint(1, 12))]

    def some(chance: float, most: int = 2) -> tuple[str, ...]:
        return tuple(dice.choice(ids) for _ in range(dice.randint(1, most))) if dice.random() < chance else ()

    statements = tuple(
        Statement(
            id=id,
            label=id,
            text=f"Text of {id}.",
            role=dice.choices(list(Role), [6, 2, 2, 1])[0],
            qualifier=dice.choice([None, None, None, None, None, *Qualifier]),
            unproved=dice.random() < 0.05,
            open=dice.random() < 0.08,
            conditions=some(0.08, 1),
            exceptions=some(0.08, 1) if exceptions else (),
        )
        for id in ids
    )
    steps = tuple(
        Step(
            kind=dice.choice([k for k in KINDS if k.binds] if dice.random() < binding else KINDS),
            ground=some(1, 3),
            target=dice.choice(ids),
            conditions=some(gates),
            exceptions=some(gates) if exceptions else (),
        )
        for _ in range(dice.randint(0, len(ids) + 4))
    )
    pairs = tuple(
        Contradiction(left=dice.choice(ids), right=dice.choice(ids)) for _ in range(dice.choice([0, 0, 1, 1, 2]))
    )
    stances = tuple(
        a_stance(dice, holder, ids, steps) for holder in ("Ann", "Bo") for _ in range(dice.randint(0, held))
    )
    return ArgumentMap(statements=statements, steps=steps, contradictions=pairs, stances=stances)


def a_stance(dice: random.Random, holder: str, ids: list[str], steps: tuple[Step, ...]) -> Stance:
    about: dict = {"statement": dice.choice(ids)}
    if steps and dice.random() < 0.15:
        step = dice.choice(steps)
        about = {"step": HeldStep(ground=tuple(dice.sample(step.ground, len(step.ground))), target=step.target)}
    return Stance(
        holder=holder,
        attitude=dice.choices(list(Attitude), [5, 2, 4, 1])[0],
        date=dice.choice([None, None, None, *DATES]),
        hedge=dice.choice([None, None, None, *Qualifier]),
        **about,
    )


def shuffled(dice: random.Random, map: ArgumentMap) -> ArgumentMap:
    """The same map with everything in another order."""

    def mixed(items: tuple) -> tuple:
        return tuple(dice.sample(items, len(items)))

    return evolve(
        map,
        statements=mixed(map.statements),
        steps=tuple(
            evolve(
                step,
                ground=mixed(step.ground),
                conditions=mixed(step.conditions),
                exceptions=mixed(step.exceptions),
            )
            for step in mixed(map.steps)
        ),
        contradictions=tuple(evolve(pair, left=pair.right, right=pair.left) for pair in mixed(map.contradictions)),
        stances=mixed(map.stances),
    )


# What stands, by going over all the rules again and again.


def naive(map: ArgumentMap, withdrawn: set[str] = frozenset(), assumed: set[str] = frozenset()) -> dict[str, str]:
    now = {statement.id: OPEN for statement in map.statements}
    while True:
        after = {
            s.id: FALLS if s.id in withdrawn else STANDS if s.id in assumed else _one(map, s, now)
            for s in map.statements
        }
        if after == now:
            return now
        now = after


def _goes(step: Step, now: dict[str, str]) -> str:
    wanted = [now[id] for id in step.ground + step.conditions]
    barred = [now[id] for id in step.exceptions]
    if all(value == STANDS for value in wanted) and all(value == FALLS for value in barred):
        return "through"
    return "blocked" if FALLS in wanted or STANDS in barred else OPEN


def _one(map: ArgumentMap, statement: Statement, now: dict[str, str]) -> str:
    steps = [step for step in map.steps if step.target == statement.id]
    for_it = [_goes(step, now) for step in steps if step.kind.value in ("reason", "corollary", "inference")]
    against = [_goes(step, now) for step in steps if step.kind.value == "objection"]
    rivals = [now[p.right] for p in map.contradictions if p.left == statement.id]
    rivals += [now[p.left] for p in map.contradictions if p.right == statement.id]
    conditions = [now[id] for id in statement.conditions]
    exceptions = [now[id] for id in statement.exceptions]
    through_steps = statement.role is Role.DERIVED or statement.unproved
    unclaimed = not for_it and not statement.open and (through_steps or statement.role is Role.EXCEPTION)
    if (
        "through" in against
        or STANDS in rivals
        or (for_it and all(value == "blocked" for value in for_it))
        or unclaimed
        or FALLS in conditions
        or STANDS in exceptions
    ):
        return FALLS
    said = "through" in for_it if for_it else not statement.open and not unclaimed
    if (
        said
        and all(value == "blocked" for value in against)
        and all(value == FALLS for value in rivals + exceptions)
        and all(value == STANDS for value in conditions)
    ):
        return STANDS
    return OPEN


def answers(map: ArgumentMap, **asked: object) -> dict[str, str]:
    return {answer.statement: answer.status.value for answer in status(map, **asked)}


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_status_agrees_with_the_rules_applied_one_by_one(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(EACH):
        map = a_map(dice)
        ids = [statement.id for statement in map.statements]
        withdrawn = set(dice.sample(ids, dice.choice([0, 0, 1, min(2, len(ids))])))
        assumed = set(dice.sample(ids, dice.choice([0, 0, 1]))) - withdrawn
        expected = naive(map, withdrawn, assumed)
        assert answers(map, withdraw=sorted(withdrawn), assume=sorted(assumed)) == expected
        if withdrawn or assumed:
            before = naive(map)
            found = status(map, withdraw=sorted(withdrawn), assume=sorted(assumed)).changed
            assert [(c.statement, c.before.value, c.after.value) for c in found] == [
                (id, before[id], expected[id]) for id in ids if before[id] != expected[id]
            ]


@pytest.mark.parametrize("seed", range(5))
def test_a_claim_rests_on_what_fells_it_alone(seed: int) -> None:
    dice = random.Random(1000 + seed)
    for _ in range(60):
        map = a_map(dice)
        before = naive(map)
        report = status(map)
        for claim in before:
            expected = [id for id in before if id != claim and naive(map, {id})[claim] == FALLS]
            assert list(report.rests_on(claim)) == (expected if before[claim] != FALLS else [])


@pytest.mark.parametrize("seed", range(5))
def test_no_fewer_objections_fell_a_claim(seed: int) -> None:
    dice = random.Random(2000 + seed)
    for _ in range(25):
        map = a_map(dice)
        before = naive(map)
        claim = dice.choice(list(before))
        found = status(map).defeated_by(claim)
        assert found.exhausted
        others = [id for id in before if id != claim]  # one that falls may rise when another is withdrawn
        sizes = (
            size
            for size in range(len(others) + 1)
            for some in combinations(others, size)
            if naive(map, set(some))[claim] == FALLS
        )
        smallest = next(sizes, None)
        if smallest is None:
            assert found.statements is None
        else:
            assert found.statements is not None
            assert len(found.statements) == smallest
            assert naive(map, set(found.statements))[claim] == FALLS


@pytest.mark.parametrize("seed", range(5))
def test_given_names_presumptions_that_matter(seed: int) -> None:
    dice = random.Random(3000 + seed)
    for _ in range(EACH):
        map = a_map(dice)
        presumed = {
            s.id
            for s in map.statements
            if s.role is Role.CONDITION
            and not s.open
            and not s.unproved
            and not any(step.target == s.id and step.kind.supports for step in map.steps)
        }
        without = evolve(map, statements=tuple(evolve(s, open=s.open or s.id in presumed) for s in map.statements))
        firm = naive(without)
        for answer in status(map):
            leans = answer.status is not Status.UNDECIDED and firm[answer.statement] == OPEN
            if answer.statement not in presumed:
                assert bool(answer.given) == leans
            assert presumed.issuperset(answer.given)
            # With only what it is given presumed, the answer is the same.
            kept = {*answer.given, answer.statement}
            held = evolve(
                map,
                statements=tuple(evolve(s, open=s.open or s.id in presumed - kept) for s in map.statements),
            )
            assert naive(held)[answer.statement] == answer.status.value


@pytest.mark.parametrize("seed", range(3))
def test_every_why_comes_down_to_what_was_said(seed: int) -> None:
    dice = random.Random(4000 + seed)
    ends = {"said", "presumed", "denied", "unsupported", "withdrawn", "assumed", "open", "circle", "waiting"}
    for _ in range(EACH):
        report = status(a_map(dice))
        for answer in report:
            assert answer.why.endswith(".")
            for link in report.chain(answer.statement):
                assert link.by or link.cause.value in ends
                if answer.status is not Status.UNDECIDED:
                    assert link.status is not Status.UNDECIDED


def strength(map: ArgumentMap, now: dict[str, str], assumed: set[str]) -> dict[str, str | None]:
    """How firmly each statement stands: from nothing, the rule applied until nothing gets stronger."""
    found: dict[str, int] = {}
    while True:
        before = dict(found)
        for s in map.statements:
            if now[s.id] != STANDS:
                continue
            steps = [t for t in map.steps if t.target == s.id and t.kind.value in ("reason", "corollary", "inference")]
            ways = [[]]
            if s.id not in assumed and steps:
                ways = [[*t.ground, *t.conditions] for t in steps if _goes(t, now) == "through"]
            own = [] if s.id in assumed else list(s.conditions)
            for way in ways:
                needs = [*way, *own]
                if all(id in found for id in needs):
                    weakest = max([level(s.qualifier), *(found[id] for id in needs)])
                    found[s.id] = min(found.get(s.id, 9), weakest)
        if found == before:
            return {id: ORDER[at] for id, at in found.items()}


@pytest.mark.parametrize("seed", range(8))
def test_strengths(seed: int) -> None:
    dice = random.Random(12000 + seed)
    for _ in range(EACH):
        map = a_map(dice)
        ids = [statement.id for statement in map.statements]
        assumed = set(dice.sample(ids, dice.choice([0, 0, 1])))
        now = naive(map, set(), assumed)
        expected = strength(map, now, assumed)
        assert expected.keys() == {id for id in ids if now[id] == STANDS}
        for answer in status(map, assume=sorted(assumed)):
            found = answer.strength and answer.strength.value
            assert found == expected.get(answer.statement)


def torn_apart(map: ArgumentMap) -> set[str]:
    """The statements that contradictions alone leave undecided, and that are in one."""
    now, apart = naive(map), naive(evolve(map, contradictions=()))
    rivals = {s.id: set() for s in map.statements}
    for pair in map.contradictions:
        rivals[pair.left].add(pair.right)
        rivals[pair.right].add(pair.left)
    waiting = {id: {r for r in rivals[id] if now[r] == OPEN} for id in rivals if now[id] == OPEN}
    torn = {id for id in waiting if waiting[id] and apart[id] != OPEN}
    while any(not waiting[id] <= torn for id in torn):
        torn = {id for id in torn if waiting[id] <= torn}
    return torn


@pytest.mark.parametrize("seed", range(8))
def test_either_way(seed: int) -> None:
    dice = random.Random(13000 + seed)
    count = 0
    for _ in range(80):
        map = a_map(dice)
        ids = [statement.id for statement in map.statements]
        pairs = [Contradiction(left=dice.choice(ids), right=dice.choice(ids)) for _ in range(dice.randint(0, 5))]
        map = evolve(map, contradictions=(*map.contradictions, *pairs))
        now, torn = naive(map), torn_apart(map)
        opposed = {frozenset((p.left, p.right)) for p in map.contradictions}
        free = [
            set(some)
            for size in range(len(torn) + 1)
            for some in combinations(sorted(torn), size)
            if not any(frozenset((a, b)) in opposed for a in some for b in some)
        ]
        largest = [some for some in free if not any(some < other for other in free)]
        ends = [naive(map, torn - some, some) for some in largest] if torn else []
        expected = {}
        for id in ids:
            labels = {end[id] for end in ends}
            if now[id] == OPEN and id not in torn and len(labels) == 1 and labels != {OPEN}:
                expected[id] = labels.pop()
        found = {a.statement: a.either_way.value for a in status(map) if a.either_way}
        assert found == expected
        assert all(answer.status.value == now[answer.statement] for answer in status(map))
        count += len(expected)
    assert count


def test_either_way_is_not_tried_with_more_than_256_sets() -> None:
    for pairs, found in ((8, Status.STANDS), (9, None)):
        ids = [f"{side}{n}" for n in range(pairs) for side in "lr"]
        map = ArgumentMap(
            statements=tuple(Statement(id=id, label=id, text=id) for id in ("claim", *ids)),
            steps=tuple(Step(kind=StepKind.REASON, ground=(id,), target="claim") for id in ids[:2]),
            contradictions=tuple(Contradiction(left=f"l{n}", right=f"r{n}") for n in range(pairs)),
        )
        assert status(map)["claim"].either_way is found


@pytest.mark.parametrize("seed", range(8))
def test_what_refutes_itself(seed: int) -> None:
    dice = random.Random(14000 + seed)
    count = 0
    for _ in range(60):
        map = a_map(dice, binding=0.9, gates=0.1)
        ids = [statement.id for statement in map.statements]
        firm = [s for s in map.steps if plain(map, s) and not s.exceptions + map[s.target].exceptions]

        def closure(id: str, map: ArgumentMap = map, firm: list[Step] = firm) -> set[str]:
            found = {id}
            while (
                more := {s.target for s in firm if found.issuperset(s.ground + s.conditions + map[s.target].conditions)}
                - found
            ):
                found |= more
            return found

        reached = {id: closure(id) for id in ids}
        bad = [id for id in ids if any(p.left in reached[id] and p.right in reached[id] for p in map.contradictions)]
        expected = []
        for id in bad:
            through = [other for other in bad if other in reached[id] and other != id]
            # Another that does not lead back is smaller; of those in a circle the earliest is reported.
            if all(id in reached[other] and ids.index(id) < ids.index(other) for other in through):
                expected.append(id)
        reports = [d for d in findings(map) if d.code == "AM126"]
        assert [a.statement for a in status(map) if a.is_self_refuting] == expected
        assert len(reports) == len(expected)
        count += len(expected)
    assert count


@pytest.mark.parametrize("seed", range(4))
def test_refuted_corollaries(seed: int) -> None:
    dice = random.Random(15000 + seed)
    count = 0
    for _ in range(EACH):
        map = a_map(dice, binding=0.7)
        goals = [step.target for step in map.steps if step.kind.binds] or ["s0"]
        said = Statement(id="o", label="o", text="An objection.")
        against = Step(kind=StepKind.OBJECTION, ground=("o",), target=dice.choice(goals))
        map = evolve(map, statements=(*map.statements, said), steps=(*map.steps, against))
        now = naive(map)
        expected = 0
        for step in map.steps:
            target = map[step.target]
            given = step.ground + step.conditions + target.conditions
            exceptions = step.exceptions + target.exceptions
            expected += (
                plain(map, step)
                and now[step.target] == FALLS
                and all(now[id] == STANDS for id in given)
                and all(now[id] == FALLS for id in exceptions)
            )
        assert sum(d.code == "AM205" for d in findings(map)) == expected
        count += expected
    assert count


# Who is committed to what, by trying every way of holding every statement true or false.


def plain(map: ArgumentMap, step: Step) -> bool:
    """Whether a step binds in full."""
    binds = step.kind.value in ("corollary", "inference")
    return binds and map[step.target].qualifier in (None, Qualifier.CERTAINLY)


def models(
    map: ArgumentMap, accepts: set[str], rejects: set[str], without: set[object] = frozenset()
) -> list[dict[str, bool]]:
    ids = [statement.id for statement in map.statements]
    found = []
    for values in product((False, True), repeat=len(ids)):
        held = dict(zip(ids, values, strict=True))
        if not all(held[id] for id in accepts) or any(held[id] for id in rejects):
            continue
        if any(held[p.left] and held[p.right] for p in map.contradictions):
            continue
        for step in map.steps:
            if plain(map, step) and (frozenset(step.ground), step.target) not in without:
                target = map[step.target]
                granted = all(held[id] for id in step.ground + step.conditions + target.conditions)
                if granted and not any(held[id] for id in (step.target, *step.exceptions, *target.exceptions)):
                    break
        else:
            found.append(held)
    return found


def about(stance: Stance) -> object:
    """What a stance is about, in a form that can be compared."""
    return stance.statement or (frozenset(stance.step.ground), stance.step.target)


def current(map: ArgumentMap, holder: str, on: str | None = None) -> list[Stance]:
    """The stances of a holder that count on a date, once each."""
    found = []
    said = [s for s in map.stances if s.holder == holder]
    said = [s for s in said if on is None or s.date is None or not s.date[: len(on)] > on]
    for object in {about(s) for s in said}:
        same = [s for s in said if about(s) == object]
        last = [s for s in same if not any((other.date or "") > (s.date or "") for other in same)]
        if len({(s.attitude, None if s.hedge is Qualifier.CERTAINLY else s.hedge) for s in last}) == 1:
            found += [s for s in last[:1] if s.attitude is not Attitude.RETRACT]
    return found


def hedge(stance: Stance) -> Qualifier | None:
    return None if stance.hedge is Qualifier.CERTAINLY else stance.hedge


def own(map: ArgumentMap, holder: str, attitude: Attitude, on: str | None = None) -> set[str]:
    """What a holder accepts, rejects or doubts; a hedged acceptance is left out, a hedged rejection is a doubt."""
    found = set()
    for s in current(map, holder, on):
        hedged = hedge(s) is not None
        counts = Attitude.DOUBT if s.attitude is Attitude.REJECT and hedged else s.attitude
        if counts is attitude and s.statement and not (attitude is Attitude.ACCEPT and hedged):
            found.add(s.statement)
    return found


def unbound(map: ArgumentMap, holder: str, on: str | None = None) -> set[object]:
    """The steps that a holder rejects or doubts."""
    return {about(s) for s in current(map, holder, on) if s.step and s.attitude is not Attitude.ACCEPT}


@pytest.mark.parametrize("exceptions", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_commitments_agree_with_every_truth_assignment(seed: int, exceptions: bool) -> None:
    dice = random.Random(5000 + seed)
    for _ in range(25):
        map = a_map(dice, exceptions=exceptions, binding=0.9)
        for position in positions(map):
            accepts, rejects = (
                own(map, position.holder, Attitude.ACCEPT),
                own(map, position.holder, Attitude.REJECT),
            )
            without = unbound(map, position.holder)
            possible = models(map, accepts, rejects, without)
            clashes = [f for f in position.findings if f.kind is FindingKind.CLASH]
            if not possible:
                assert clashes or exceptions
                for clash in clashes:
                    said = {a: {s.statement for s in clash.stances if s.attitude is a} for a in Attitude}
                    assert not models(map, said[Attitude.ACCEPT], said[Attitude.REJECT], without)
                    for stance in clash.stances:  # and none of the set can be spared
                        less = {
                            a: {s.statement for s in clash.stances if s.attitude is a and s is not stance}
                            for a in Attitude
                        }
                        assert exceptions or models(map, less[Attitude.ACCEPT], less[Attitude.REJECT], without)
                continue
            assert not clashes
            hedged = {s.statement for s in current(map, position.holder) if s.attitude is Attitude.ACCEPT} - {None}
            must_accept = {id for id in possible[0] if all(held[id] for held in possible)} - accepts - hedged
            must_reject = {id for id in possible[0] if not any(held[id] for held in possible)} - rejects
            if exceptions:
                assert must_accept.issuperset(position.must_accept)
                assert must_reject.issuperset(position.must_reject)
            else:
                assert set(position.must_accept) == must_accept
                assert set(position.must_reject) == must_reject
            doubts = own(map, position.holder, Attitude.DOUBT)
            kinds = (FindingKind.DISOWNED, FindingKind.UNACKNOWLEDGED)
            found = {f.statement: f.kind.value for f in position.findings if f.kind in kinds}
            silent = (set(position.must_accept) | set(position.must_reject)) - doubts - hedged
            assert found == {
                **dict.fromkeys(doubts & (set(position.must_accept) | accepts), "disowned"),
                **dict.fromkeys(silent, "unacknowledged"),
            }


ORDER = ["certainly", None, "probably", "presumably", "possibly"]


def level(qualifier: Qualifier | None) -> int:
    return ORDER.index(qualifier and qualifier.value)


def hedged_commitments(map: ArgumentMap, holder: str) -> dict[str, str]:
    """What follows forward, at its strongest, by applying every step again and again; no exceptions."""
    without = unbound(map, holder)
    accepts = {s.statement: s for s in current(map, holder) if s.attitude is Attitude.ACCEPT and s.statement}
    at = {id: 1 if hedge(s) is None else level(hedge(s)) for id, s in accepts.items()}
    while True:
        before = dict(at)
        for step in map.steps:
            binds = step.kind.value in ("corollary", "inference")
            given = (*step.ground, *step.conditions, *map[step.target].conditions)
            if binds and (frozenset(step.ground), step.target) not in without and all(id in at for id in given):
                weakest = max(1, level(map[step.target].qualifier), *(at[id] for id in given))
                at[step.target] = min(at.get(step.target, 9), weakest)
        if at == before:
            return {id: ORDER[found] for id, found in at.items() if found > 1 and id not in accepts}


@pytest.mark.parametrize("seed", range(8))
def test_hedged_commitments_and_tensions(seed: int) -> None:
    dice = random.Random(8000 + seed)
    for _ in range(60):
        map = a_map(dice, exceptions=False, binding=0.9)
        for position in positions(map):
            holder = position.holder
            expected = hedged_commitments(map, holder)
            assert {id: qualifier.value for id, qualifier in position.hedged} == expected
            rejects = own(map, holder, Attitude.REJECT) | set(position.must_reject)
            tensions = {id for id, word in expected.items() if id in rejects and word != "possibly"}
            found = [f for f in position.findings if f.kind is FindingKind.TENSION]
            assert {f.statement for f in found} == tensions
            assert all(f.qualifier.value == expected[f.statement] and f.sentence for f in found)


@pytest.mark.parametrize("seed", range(6))
def test_debts_and_rejected_conditions(seed: int) -> None:
    dice = random.Random(9000 + seed)
    count = 0
    for _ in range(120):
        map = a_map(dice, binding=0.9, gates=0.7, held=14)
        for position in positions(map):
            holder = position.holder
            firm = own(map, holder, Attitude.ACCEPT) | set(position.must_accept)
            accepts = {s.statement for s in current(map, holder) if s.attitude is Attitude.ACCEPT}
            rejects, doubts = own(map, holder, Attitude.REJECT), own(map, holder, Attitude.DOUBT)
            against = rejects | set(position.must_reject)
            debts, conditions = [], set()
            for step in map.steps:
                target = map[step.target]
                given = {*step.ground, *step.conditions, *target.conditions}
                exceptions = {*step.exceptions, *target.exceptions}
                if (
                    plain(map, step)
                    and (frozenset(step.ground), step.target) not in unbound(map, holder)
                    and exceptions
                    and given <= firm
                    and target.id in rejects | doubts
                    and not exceptions & (firm | accepts)
                    and not exceptions <= against
                ):
                    debts.append(target.id)
                support = [s for s in map.steps if s.target == step.target and s.kind.supports]
                if support == [step] and target.id in accepts:
                    conditions |= {*step.conditions, *target.conditions} & (rejects | doubts)
            found = {kind: [f.statement for f in position.findings if f.kind is kind] for kind in FindingKind}
            assert sorted(found[FindingKind.OWES_EXCEPTION]) == sorted(debts)
            assert set(found[FindingKind.REJECTED_CONDITION]) == conditions
            count += len(debts) + len(conditions)
    assert count


def joint(map: ArgumentMap) -> list[Stance]:
    """The stances of Ann and Bo that can be part of a crux, in the order of the statements and holders."""
    place = {statement.id: number for number, statement in enumerate(map.statements)}
    found = [
        s
        for holder in ("Ann", "Bo")
        for s in current(map, holder)
        if s.statement and hedge(s) is None and s.attitude in (Attitude.ACCEPT, Attitude.REJECT)
    ]
    return sorted(found, key=lambda s: (place[s.statement], s.holder))


@pytest.mark.parametrize("seed", range(8))
def test_two_holders_and_their_crux(seed: int) -> None:
    dice = random.Random(10000 + seed)
    count = 0
    for _ in range(30):
        map = a_map(dice, exceptions=False, binding=0.9, held=7)
        if {s.holder for s in map.stances} != {"Ann", "Bo"}:
            continue
        found = between(map, "Ann", "Bo")
        accepts, against, grants, refuses = {}, {}, {}, {}
        for who in ("Ann", "Bo"):
            position = positions(map)[who]
            accepts[who] = {s.statement for s in current(map, who) if s.attitude is Attitude.ACCEPT} - {None}
            against[who] = own(map, who, Attitude.REJECT) | own(map, who, Attitude.DOUBT)
            grants[who] = accepts[who] | set(position.must_accept)
            refuses[who] = against[who] | set(position.must_reject)
        both = accepts["Ann"] & accepts["Bo"]
        assert set(found.both_say) == both
        assert set(found.both_committed) == (grants["Ann"] & grants["Bo"]) - both
        assert set(found.neither) == against["Ann"] & against["Bo"]
        assert set(found.disputes) == (grants["Ann"] & refuses["Bo"]) | (grants["Bo"] & refuses["Ann"])
        without = unbound(map, "Ann") | unbound(map, "Bo")

        def clash(some: tuple[Stance, ...], without: set[object] = without, map: ArgumentMap = map) -> bool:
            said = {a: {s.statement for s in some if s.attitude is a} for a in Attitude}
            return not models(map, said[Attitude.ACCEPT], said[Attitude.REJECT], without)

        pool = joint(map)
        place = {statement.id: number for number, statement in enumerate(map.statements)}
        expected: tuple[Stance, ...] = ()
        for size in range(2, len(pool) + 1):
            sets = [
                some
                for some in combinations(pool, size)
                if len({s.holder for s in some}) == 2
                and clash(some)
                and not any(clash(part) for part in combinations(some, size - 1))
            ]
            if sets:
                expected = min(sets, key=lambda some: ([place[s.statement] for s in some], [s.holder for s in some]))
                break
        assert [(s.holder, s.attitude, s.statement) for s in found.crux] == [
            (s.holder, s.attitude, s.statement) for s in expected
        ]
        assert found.exhausted
        count += bool(expected)
    assert count


@pytest.mark.parametrize("seed", range(4))
def test_positions_on_a_date(seed: int) -> None:
    dice = random.Random(11000 + seed)
    for _ in range(60):
        map = a_map(dice)
        for on in ("2005", "2006", "2006-04", "2006-05", "2006-05-09", "2007-01-01"):
            for position in positions(map, on):
                assert set(position.rejects) == own(map, position.holder, Attitude.REJECT, on)
                assert set(position.doubts) == own(map, position.holder, Attitude.DOUBT, on)
                kept = {s.statement for s in current(map, position.holder, on) if s.attitude is Attitude.ACCEPT}
                assert set(position.accepts) == kept - {None}


@pytest.mark.parametrize("seed", range(4))
def test_chains_and_sentences_of_any_map(seed: int) -> None:
    dice = random.Random(6000 + seed)
    for _ in range(EACH):
        map = a_map(dice, binding=0.9)
        for position in positions(map):
            for finding in position.findings:
                assert finding.sentence.startswith(position.holder)
                assert finding.sentence.endswith(".")
            for id in position.must_accept:
                *_, last = position.chain(id)
                assert (last.statement, last.attitude) == (id, Attitude.ACCEPT)
            for id in position.must_reject:
                *_, last = position.chain(id, Attitude.REJECT)
                assert (last.statement, last.attitude) == (id, Attitude.REJECT)


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_input_changes_no_answer(seed: int) -> None:
    dice = random.Random(7000 + seed)
    for _ in range(40):
        map = a_map(dice)
        other = shuffled(dice, map)

        def facts(map: ArgumentMap) -> object:
            report = status(map)
            held = {
                p.holder: (
                    *(set(ids) for ids in (p.accepts, p.rejects, p.doubts, p.must_accept, p.must_reject)),
                    {(f.kind, f.statement) for f in p.findings if f.kind is not FindingKind.CLASH},
                )
                for p in positions(map)
            }
            compared = None
            if len(held) == 2:
                compared = between(map, "Ann", "Bo")
                lists = compared.both_say, compared.both_committed, compared.neither, compared.disputes
                compared = (*(set(ids) for ids in lists), len(compared.crux))
            return (
                {a.statement: (a.status, frozenset(a.given)) for a in report},
                {frozenset(step.ground) for step in report.unanswered},
                {s.id: set(report.rests_on(s.id)) for s in map.statements},
                held,
                compared,
            )

        assert facts(map) == facts(other)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_the_holders_beside_somebody_change_nothing_for_them(seed: int) -> None:
    """All holders are reasoned about at once; each must come to what they come to alone."""
    dice = random.Random(seed)
    for _ in range(EACH // 4):
        map = a_map(dice, binding=0.9, gates=0.4)
        ids = [statement.id for statement in map.statements]
        stances = tuple(a_stance(dice, f"h{n % 9}", ids, map.steps) for n in range(27))
        map = evolve(map, contradictions=(*map.contradictions, Contradiction(left=ids[0], right=ids[-1])))
        for position in positions(evolve(map, stances=stances)):
            own = tuple(stance for stance in stances if stance.holder == position.holder)
            (alone,) = positions(evolve(map, stances=own))
            assert [one.sentence for one in position.findings] == [one.sentence for one in alone.findings]
            assert position.must_accept == alone.must_accept
            assert position.must_reject == alone.must_reject
