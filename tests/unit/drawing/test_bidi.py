"""The order of mixed text, after the examples in Unicode Standard Annex #9."""

from __future__ import annotations

import pytest

from argmap.drawing.bidi import first_strong, levels, visual_runs


def shown(text: str, base: int) -> str:
    found = levels(text, base)
    return "".join(text[s:e][::-1] if found[s] % 2 else text[s:e] for s, e in visual_runs(found))


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("car means אבג.", 0, "car means גבא."),
        ("אבג means car.", 1, ".means car גבא"),
        ("אבג 123, 456", 1, "456 ,123 גבא"),
        ("عرب 1.5", 1, "1.5 برع"),
        ("אב (cd) ה", 1, "ה )cd( בא"),
        ("a \u2067אב c\u2069 d", 0, "a \u2067c בא\u2069 d"),
        ("", 0, ""),
    ],
)
def test_order(text: str, base: int, expected: str) -> None:
    assert shown(text, base) == expected


def test_first_strong_passes_over_isolates() -> None:
    assert first_strong("1 \u2068אב\u2069 c") == 0
    assert first_strong("1. אב c") == 1
    assert first_strong("123 ...") is None
