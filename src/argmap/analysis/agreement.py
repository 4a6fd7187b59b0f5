"""Two holders side by side: what both accept, what they dispute, and where the dispute begins."""

from __future__ import annotations

from attrs import frozen

from argmap.analysis.commitment import Positions, positions
from argmap.analysis.fixpoint import FALLS, settle
from argmap.analysis.network import Network
from argmap.analysis.scenarios import falls_in, width_of_pass
from argmap.errors import ArgmapError
from argmap.model import ArgumentMap, Attitude


@frozen(kw_only=True)
class Agreement:
    """What two holders have in common and what divides them; ids, in the map's order.

    Attributes:
        common: What both accept, in words or by commitment.
        disputes: What one accepts and the other rejects or doubts.
        crux: The disputed statements that rest on no other disputed one.
    """

    first: str
    second: str
    common: tuple[str, ...]
    disputes: tuple[str, ...]
    crux: tuple[str, ...]


def between(map: ArgumentMap, first: str, second: str, found: Positions | None = None) -> Agreement:
    """Compare two holders. What somebody says goes before what they are committed to.

    A disputed statement rests on another if withdrawing that one alone makes it fall. One that falls as the
    map is written rests on whatever its steps lead back to.

    Args:
        found: The positions of the map, if they have been worked out already.

    Raises:
        ArgmapError: nobody of that name holds anything in the map, or both names are the same.
        DocumentError: the map uses a label that is written nowhere.
    """
    if first == second:
        raise ArgmapError(f"{first} cannot be compared with itself; name two holders")
    found = found or positions(map)
    one, two = found[first], found[second]
    common, disputes = [], []
    for statement in map.statements:
        left, right = set(one.attitudes(statement.id)), set(two.attitudes(statement.id))
        if left == right == {Attitude.ACCEPT}:
            common.append(statement.id)
        elif Attitude.ACCEPT in left | right and left and right and left != right:
            disputes.append(statement.id)
    return Agreement(
        first=first,
        second=second,
        common=tuple(common),
        disputes=tuple(disputes),
        crux=_crux(map, disputes),
    )


def _crux(map: ArgumentMap, disputes: list[str]) -> tuple[str, ...]:
    """The disputed statements that rest on no disputed one, save on such as rest on them in turn."""
    if not disputes:
        return ()
    network = Network(map)
    numbers = [network.index[id] for id in disputes]
    rests = _resting(network, numbers)
    return tuple(
        id
        for place, id in enumerate(disputes)
        if all(rests[other] >> place & 1 for other in _bits(rests[place]))
    )


def _resting(network: Network, numbers: list[int]) -> list[int]:
    """For each of some statements, the others that it rests on, as bits by their places in the list."""
    before = settle(network, {}).values
    rests = [0] * len(numbers)
    order = list(range(len(network)))
    width = width_of_pass(len(order))
    for start in range(0, len(numbers), width):
        batch = numbers[start : start + width]
        gone = {number: 1 << place for place, number in enumerate(batch)}
        falls = falls_in(network, {}, gone, len(batch), order)
        for place, number in enumerate(numbers):
            if before[number] != FALLS:
                rests[place] |= falls[number] << start
    place_of = {number: place for place, number in enumerate(numbers)}
    for place, number in enumerate(numbers):
        if before[number] == FALLS:
            for other in _back(network, number):
                if other in place_of:
                    rests[place] |= 1 << place_of[other]
        rests[place] &= ~(1 << place)
    return rests


def _back(network: Network, number: int) -> list[int]:
    """All that the steps for a statement lead back to."""
    seen = {number}
    queue = [number]
    for current in queue:  # grows while it is read
        for step in network.supports.get(current, ()):
            for need in network.needs[step]:
                if need not in seen:
                    seen.add(need)
                    queue.append(need)
    return queue[1:]


def _bits(found: int) -> list[int]:
    places = []
    while found:
        lowest = found & -found
        places.append(lowest.bit_length() - 1)
        found ^= lowest
    return places
