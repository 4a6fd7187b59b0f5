"""The order in which mixed left-to-right and right-to-left text is shown: the Unicode bidirectional
algorithm.

Unicode Standard Annex #9, for one line at a time: a line here never goes on, since the drawing has already
broken the text. The characters' classes are those of Python's own Unicode data.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

MAX_DEPTH = 125  # BD2

_ISOLATES = frozenset({"LRI", "RLI", "FSI"})
_REMOVED = frozenset({"RLE", "LRE", "RLO", "LRO", "PDF", "BN"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"})
# The bracket pairs of ordinary writing; Python's data say what is mirrored, but not with what.
_PAIRS = "()[]{}⁅⁆⁽⁾₍₎〈〉〈〉《》「」『』【】〔〕〖〗（）［］｛｝｢｣⟦⟧⟨⟩⟪⟫⌈⌉⌊⌋❨❩❪❫❬❭❮❯❰❱❲❳❴❵"
_CLOSING = dict(zip(_PAIRS[0::2], _PAIRS[1::2], strict=True))
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}


def first_strong(text: str) -> int | None:
    """The paragraph level of the first strong character outside isolates (P2, P3), or None."""
    depth = 0
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in ("L", "R", "AL"):
            return 0 if kind == "L" else 1
    return None


def levels(text: str, base: int) -> list[int]:
    """The embedding level of each character of a line whose paragraph level is `base` (0 or 1).

    Characters that the algorithm removes (X9) get the level of the one before them.
    """
    kinds = [unicodedata.bidirectional(character) or "L" for character in text]
    if base == 0 and not any(kind in ("R", "AL", "AN", "RLE", "RLO", "RLI") for kind in kinds):
        return [0] * len(kinds)
    found, kinds = _explicit(text, kinds, base)
    for sequence in _sequences(text, kinds, found):
        _resolve(text, kinds, found, sequence, base)
    return _trailing(text, found, base)


def visual_runs(found: Sequence[int]) -> list[tuple[int, int]]:
    """The maximal stretches of one level, as half-open ranges in the order in which they are shown (L2)."""
    runs: list[tuple[int, int]] = []
    start = 0
    for index in range(1, len(found) + 1):
        if index == len(found) or found[index] != found[start]:
            runs.append((start, index))
            start = index
    if not runs:
        return []
    ranks = [found[start] for start, _ in runs]
    lowest_odd = min((level for level in ranks if level % 2), default=max(ranks) + 1)
    for level in range(max(ranks), lowest_odd - 1, -1):
        index = 0
        while index < len(runs):
            end = index
            while end < len(runs) and ranks[end] >= level:
                end += 1
            if end > index:
                runs[index:end] = runs[index:end][::-1]
                ranks[index:end] = ranks[index:end][::-1]
            index = max(end, index + 1)
    return runs


def mirrored(text: str) -> str:
    """A bracket's counterpart; any other text as it is."""
    return _CLOSING.get(text) or _OPENING.get(text) or text


def _matching_isolates(kinds: list[str]) -> dict[int, int]:
    """The isolate that ends each one begun (BD9)."""
    waiting: list[int] = []
    matches: dict[int, int] = {}
    for index, kind in enumerate(kinds):
        if kind in _ISOLATES:
            waiting.append(index)
        elif kind == "PDI" and waiting:
            matches[waiting.pop()] = index
    return matches


def _explicit(text: str, kinds: list[str], base: int) -> tuple[list[int], list[str]]:
    """Rules X1 to X8: levels from the explicit controls, and the classes as overrides leave them."""
    result = list(kinds)
    found = [base] * len(kinds)
    stack: list[tuple[int, str | None, bool]] = [(base, None, False)]
    overflow_isolates = overflow_embeddings = valid_isolates = 0
    matches = _matching_isolates(kinds)
    for index, kind in enumerate(kinds):
        level, override, _ = stack[-1]
        if kind in ("RLE", "LRE", "RLO", "LRO"):
            found[index] = level
            new = (level + 1) | 1 if kind[0] == "R" else (level + 2) & ~1
            if new <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                stack.append((new, {"RLO": "R", "LRO": "L"}.get(kind), False))
            elif not overflow_isolates:
                overflow_embeddings += 1
        elif kind in _ISOLATES:
            found[index] = level
            if override:
                result[index] = override
            right = kind == "RLI"
            if kind == "FSI":
                right = first_strong(text[index + 1 : matches.get(index, len(text))]) == 1
            new = (level + 1) | 1 if right else (level + 2) & ~1
            if new <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                valid_isolates += 1
                stack.append((new, None, True))
            else:
                overflow_isolates += 1
        elif kind == "PDI":
            if overflow_isolates:
                overflow_isolates -= 1
            elif valid_isolates:
                overflow_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
            found[index] = stack[-1][0]
            if stack[-1][1]:
                result[index] = str(stack[-1][1])
        elif kind == "PDF":
            found[index] = level
            if not overflow_isolates:
                if overflow_embeddings:
                    overflow_embeddings -= 1
                elif not stack[-1][2] and len(stack) >= 2:
                    stack.pop()
        elif kind == "B":
            found[index] = base
        else:
            found[index] = level
            if override and kind != "BN":
                result[index] = override
    return found, result


def _sequences(text: str, kinds: list[str], found: list[int]) -> list[list[int]]:
    """The isolating run sequences (X10), as lists of indexes of characters that X9 leaves."""
    original = [unicodedata.bidirectional(character) or "L" for character in text]
    kept = [index for index, kind in enumerate(original) if kind not in _REMOVED]
    matches = _matching_isolates(original)
    runs: list[list[int]] = []
    for index in kept:
        if runs and found[runs[-1][-1]] == found[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    by_first = {run[0]: run for run in runs}
    enders = set(matches.values())
    sequences = []
    for run in runs:
        if original[run[0]] == "PDI" and run[0] in enders:
            continue
        sequence = list(run)
        while original[sequence[-1]] in _ISOLATES:
            following = by_first.get(matches.get(sequence[-1], -1))
            if following is None:
                break
            sequence.extend(following)
        sequences.append(sequence)
    return sequences


def _resolve(text: str, kinds: list[str], found: list[int], sequence: list[int], base: int) -> None:
    """Rules W1 to W7, N0 to N2 and I1, I2, for one isolating run sequence."""
    level = found[sequence[0]]
    original = [unicodedata.bidirectional(character) or "L" for character in text]
    before = next((found[i] for i in range(sequence[0] - 1, -1, -1) if original[i] not in _REMOVED), base)
    after = next((found[i] for i in range(sequence[-1] + 1, len(text)) if original[i] not in _REMOVED), base)
    if original[sequence[-1]] in _ISOLATES:
        after = base
    start = "R" if max(level, before) % 2 else "L"
    end = "R" if max(level, after) % 2 else "L"
    types = [kinds[index] for index in sequence]
    _weak(types, start)
    _brackets(text, sequence, types, level, start, original)
    direction = "R" if level % 2 else "L"
    index = 0
    while index < len(types):  # N1, N2
        if types[index] not in _NEUTRAL:
            index += 1
            continue
        stop = index
        while stop < len(types) and types[stop] in _NEUTRAL:
            stop += 1
        left = _side(types[index - 1]) if index else start
        right = _side(types[stop]) if stop < len(types) else end
        types[index:stop] = [left if left == right else direction] * (stop - index)
        index = stop
    for index, kind in zip(sequence, types, strict=True):  # I1, I2
        if level % 2:
            found[index] = level + (kind in ("L", "EN", "AN"))
        else:
            found[index] = level + {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"  # numbers count as R (N0, N1)


def _weak(types: list[str], start: str) -> None:
    previous = start
    for index, kind in enumerate(types):  # W1
        if kind == "NSM":
            types[index] = "ON" if previous in (*_ISOLATES, "PDI") else previous
        previous = types[index] if kind == "NSM" else kind
    strong = start
    for index, kind in enumerate(types):  # W2, W3
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            types[index] = "AN"
    types[:] = ["R" if kind == "AL" else kind for kind in types]
    for index in range(1, len(types) - 1):  # W4
        around = types[index - 1]
        if around == types[index + 1] and (
            (types[index] == "ES" and around == "EN") or (types[index] == "CS" and around in ("EN", "AN"))
        ):
            types[index] = around
    index = 0
    while index < len(types):  # W5
        stop = index
        while stop < len(types) and types[stop] == "ET":
            stop += 1
        if stop > index and (
            (index and types[index - 1] == "EN") or (stop < len(types) and types[stop] == "EN")
        ):
            types[index:stop] = ["EN"] * (stop - index)
        index = max(stop, index + 1)
    types[:] = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in types]  # W6
    strong = start
    for index, kind in enumerate(types):  # W7
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            types[index] = "L"


def _brackets(
    text: str, sequence: list[int], types: list[str], level: int, start: str, original: list[str]
) -> None:
    """Rule N0: a pair of brackets goes the way of what it holds."""
    waiting: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, index in enumerate(sequence):
        character = text[index]
        if types[place] != "ON":
            continue
        if character in _CLOSING:
            if len(waiting) == 63:  # BD16
                break
            waiting.append((_CLOSING[character], place))
        elif character in _OPENING:
            for depth in range(len(waiting) - 1, -1, -1):
                if waiting[depth][0] == character:
                    pairs.append((waiting[depth][1], place))
                    del waiting[depth:]
                    break
    direction = "R" if level % 2 else "L"
    for opening, closing in sorted(pairs):
        inside = {_side(kind) for kind in types[opening + 1 : closing] if kind in ("L", "R", "EN", "AN")}
        if direction in inside:
            chosen = direction
        elif inside:
            earlier = next(
                (_side(k) for k in reversed(types[:opening]) if k in ("L", "R", "EN", "AN")), start
            )
            chosen = earlier if earlier != direction else direction
        else:
            continue
        for place in (opening, closing):
            types[place] = chosen
            for following in range(place + 1, len(types)):
                if original[sequence[following]] != "NSM":
                    break
                types[following] = chosen


def _trailing(text: str, found: list[int], base: int) -> list[int]:
    """Rule L1: white space at the end, and separators, take the paragraph's level; removed ones follow."""
    reset = True
    for index in range(len(text) - 1, -1, -1):
        kind = unicodedata.bidirectional(text[index]) or "L"
        if kind in ("B", "S"):
            found[index] = base
            reset = True
        elif kind in ("WS", "LRI", "RLI", "FSI", "PDI") or kind in _REMOVED:
            if reset:
                found[index] = base
        else:
            reset = False
    previous = base
    for index, character in enumerate(text):
        if (unicodedata.bidirectional(character) or "L") in _REMOVED:
            found[index] = previous
        previous = found[index]
    return found
