"""How quoted words lie in a passage: which are the same, which differ, and where the passage begins and ends."""

from __future__ import annotations

from collections.abc import Sequence

from argmap.sources.words import is_word

_FAR = 1 << 30
# A word changed costs less than one taken out and another put in; a stretch that was left out without a
# mark costs little more when it is longer, so that words on both sides of it are still found.
_OPEN, _WORD, _SIGN, _LEFT_OUT, _CHANGED, _CAPITAL = 3, 6, 2, 1, 7, 2
_SAME, _OURS, _THEIRS = range(3)

Stretch = tuple[int, int, int, int]


def align(quoted: Sequence[str], passage: Sequence[str]) -> list[Stretch]:
    """The cheapest way to fit quoted words into a passage, whose words before and after may be left unused.

    Gotoh 1982 (a gap's opening costs apart from its length), the passage's ends free. Time and memory go with
    the product of the lengths.

    Returns:
        Stretches in order, `(a, b, c, d)`: `quoted[a:b]` stands where the passage has `passage[c:d]`.
    """
    wide = len(passage) + 1
    same, ours, theirs = [0] * wide, [_FAR] * wide, [_FAR] * wide
    came: list[tuple[bytearray, bytearray, bytearray]] = []
    for key in quoted:
        out = _WORD if is_word(key) else _SIGN
        next_same, next_ours, next_theirs = [_FAR] * wide, [_FAR] * wide, [_FAR] * wide
        from_same, from_ours, from_theirs = bytearray(wide), bytearray(wide), bytearray(wide)
        for place in range(wide):
            # The quoted word is not in the passage.
            best, state = same[place], _SAME
            if ours[place] < best:
                best, state = ours[place], _OURS
            if theirs[place] < best:
                best, state = theirs[place], _THEIRS
            next_ours[place], from_ours[place] = best + out, state
            if not place:
                continue
            # It stands for a word of the passage.
            best, state = same[place - 1], _SAME
            if ours[place - 1] < best:
                best, state = ours[place - 1], _OURS
            if theirs[place - 1] < best:
                best, state = theirs[place - 1], _THEIRS
            next_same[place], from_same[place] = best + _change(key, passage[place - 1]), state
            # The passage has a word that is not quoted.
            best, state = next_theirs[place - 1] + _LEFT_OUT, _THEIRS
            if next_same[place - 1] + _OPEN < best:
                best, state = next_same[place - 1] + _OPEN, _SAME
            if next_ours[place - 1] + _OPEN < best:
                best, state = next_ours[place - 1] + _OPEN, _OURS
            next_theirs[place], from_theirs[place] = best, state
        came.append((from_same, from_ours, from_theirs))
        same, ours, theirs = next_same, next_ours, next_theirs
    state, place = min(
        ((s, p) for s in (_SAME, _OURS) for p in range(wide)), key=lambda at: (same, ours)[at[0]][at[1]]
    )
    return _back(came, state, place)


def _change(ours: str, theirs: str) -> int:
    if ours == theirs:
        return 0
    if ours.casefold() == theirs.casefold():
        return _CAPITAL
    return _CHANGED if is_word(ours) == is_word(theirs) else _FAR


def _back(came: Sequence[tuple[bytearray, bytearray, bytearray]], state: int, place: int) -> list[Stretch]:
    """The single steps of the way that was found, from its end."""
    row = len(came)
    steps: list[Stretch] = []
    while row:
        before = came[row - 1][state][place]
        if state == _SAME:
            steps.append((row - 1, row, place - 1, place))
            row, place = row - 1, place - 1
        elif state == _OURS:
            steps.append((row - 1, row, place, place))
            row -= 1
        else:
            steps.append((row, row, place - 1, place))
            place -= 1
        state = before
    return steps[::-1]
