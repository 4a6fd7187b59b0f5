"""Every theme can be read: by contrast, without colour, and with each of the three common colour
deficiencies."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from attrs import fields

from argmap.converting import parse
from argmap.drawing import palette
from argmap.drawing.options import Options
from argmap.drawing.theme import Hue, Theme, find, from_data, themes
from argmap.errors import ConfigError


def linear(colour: str) -> tuple[float, float, float]:
    values = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    r, g, b = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return r, g, b


def luminance(colour: str) -> float:
    r, g, b = linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """WCAG 2.2."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def hues(theme: Theme) -> dict[str, Hue]:
    return {f.name: getattr(theme, f.name) for f in fields(Theme) if isinstance(getattr(theme, f.name), Hue)}


@pytest.mark.parametrize("name", themes())
def test_text_and_lines_stand_out_on_every_background(name: str) -> None:
    theme = themes()[name]
    papers = {theme.background, theme.frame.fill}
    for paper in papers:
        assert contrast(theme.text, paper) >= 4.5
        assert contrast(theme.quiet, paper) >= 4.5
    for role, hue in hues(theme).items():
        assert contrast(theme.text, hue.fill) >= 4.5, role
        assert contrast(theme.quiet, hue.fill) >= 4.5, role
        for paper in papers | {hue.fill}:
            assert contrast(hue.text, paper) >= 4.5, (role, paper)
            assert contrast(hue.line, paper) >= 3.0, (role, paper)


@pytest.mark.parametrize("name", ["default", "classic", "colour-blind"])
def test_sides_can_be_told_in_grey(name: str) -> None:
    theme = themes()[name]

    def lightness(colour: str) -> float:
        return lab(linear(colour))[0]

    for hue in (theme.claim, theme.reason, theme.rebuttal):
        assert lightness(hue.fill) >= 97
    for hue in (theme.objection, theme.concession):
        assert lightness(hue.fill) <= 90


# Linear RGB as seen without one kind of cone (Viénot, Brettel and Mollon 1999; tritan: Brettel's plane as
# one matrix).
SEEN = {
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, -0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, -0.0), (-0.02234, 0.02234, 1.0)),
    "tritan": ((1.01277, 0.13548, -0.14826), (-0.01243, 0.86812, 0.14431), (0.07589, 0.80500, 0.11911)),
}


def lab(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    r, g, b = (min(1.0, max(0.0, v)) for v in rgb)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("kind", SEEN)
def test_the_colour_blind_theme_keeps_its_hues_apart(kind: str) -> None:
    theme = themes()["colour-blind"]

    def seen(colour: str) -> tuple[float, float, float]:
        r, g, b = linear(colour)
        first, second, third = (row[0] * r + row[1] * g + row[2] * b for row in SEEN[kind])
        return lab((first, second, third))

    roles = {r: getattr(theme, r).line for r in ("reason", "objection", "concession", "corollary", "condition")}
    for (one, a), (other, b) in combinations(roles.items(), 2):
        assert math.dist(seen(a), seen(b)) >= 15, (kind, one, other)


def test_ones_own_theme_replaces_parts_of_another() -> None:
    mine = from_data("mine", {"base": "dark", "reason": "#00FF88", "objection": {"fill": "#220000"}})
    assert mine.background == themes()["dark"].background
    assert mine.reason.line == mine.reason.text == "#00ff88"
    assert mine.objection == Hue(themes()["dark"].objection.line, "#220000", themes()["dark"].objection.text)
    assert find("mine", {"mine": {"background": "#fefefe"}}).background == "#fefefe"


@pytest.mark.parametrize(
    "data",
    [{"base": "nope"}, {"reson": "#000000"}, {"text": "red"}, {"reason": {"ink": "#000000"}}, {"rounded": 1}],
)
def test_a_theme_that_is_not_well_made_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        from_data("mine", data)


def test_an_unknown_theme_names_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="colour-blind"):
        find("sepia")


def test_impossible_options_are_refused() -> None:
    with pytest.raises(ValueError, match="width"):
        Options(width=2)
    with pytest.raises(ValueError, match="sideways"):
        Options(direction="sideways")


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        # Two rivals at the margin are claims in their own right, whichever names the other.
        (
            "(a) A.\n    + (x) X.\n    >< (b)\n\n(b) B.\n    + (y) Y.\n    - (z) Z.",
            "ACLAIM XREASON BCLAIM YREASON ZOBJECTION",
        ),
        # One that is written under the other is against it.
        ("(a) A.\n    >< (b) B.\n        + (y) Y.", "ACLAIM BOBJECTION YOBJECTION"),
    ],
)
def test_the_sides_of_rivals(text: str, sides: str) -> None:
    found = palette.sides(parse(text))
    assert {f"{id.upper()}{side.name}" for id, side in found.items()} == set(sides.split())
