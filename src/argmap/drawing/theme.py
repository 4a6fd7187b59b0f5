"""Themes: what a picture looks like, as data.

Every theme here keeps text at a contrast of 4.5 to 1 or more and lines at 3 to 1 or more (WCAG 2.2, 1.4.3 and
1.4.11), which the tests compute.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import asdict, field, fields, frozen

from argmap.errors import ConfigError, InvalidValueError
from argmap.validators import a, shown, wrong

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def _lower(colour: Any) -> Any:
    return colour.lower() if isinstance(colour, str) else colour


def _colour(instance: Any, attribute: Any, value: str) -> None:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise wrong(instance, attribute, f"must be a colour, #rrggbb, not {shown(value)}", InvalidValueError)


@frozen
class Hue:
    """Colours, `#rrggbb`: of lines, of the ground inside a box, of coloured text."""

    line: str = field(converter=_lower, validator=_colour)
    fill: str = field(converter=_lower, validator=_colour)
    text: str = field(converter=_lower, validator=_colour)


@frozen(kw_only=True)
class Theme:
    """The colours of a picture.

    Attributes:
        text, quiet: Colours of a statement's words and of asides (who holds it, the legend).
        claim: What is not written for or against anything else.
        reason, objection, concession: Boxes on the claim's side, against it, and granted points.
        rebuttal: Replies to objections; most themes paint them as reasons, whose side they are on.
        condition, corollary: What is presumed, and what follows.
        frame: Sections.
        muted: What falls or is beside the point.
        accepted, rejected, doubted, clash: Positions, in a picture of what somebody holds.
        rounded: Whether boxes have round corners.
    """

    background: str = field(default="#ffffff", converter=_lower, validator=_colour)
    text: str = field(default="#1f2937", converter=_lower, validator=_colour)
    quiet: str = field(default="#52606d", converter=_lower, validator=_colour)
    claim: Hue = field(default=Hue("#334155", "#ffffff", "#1e293b"), validator=a(Hue))
    reason: Hue = field(default=Hue("#047857", "#f0fdf7", "#046148"), validator=a(Hue))
    objection: Hue = field(default=Hue("#b91c1c", "#fadbd8", "#a41919"), validator=a(Hue))
    concession: Hue = field(default=Hue("#a65f08", "#ece0c8", "#8a4b08"), validator=a(Hue))
    rebuttal: Hue = field(default=Hue("#047857", "#f0fdf7", "#046148"), validator=a(Hue))
    condition: Hue = field(default=Hue("#5b677a", "#f8fafc", "#475569"), validator=a(Hue))
    corollary: Hue = field(default=Hue("#4338ca", "#f5f7ff", "#4338ca"), validator=a(Hue))
    frame: Hue = field(default=Hue("#8590a2", "#f8f9fb", "#52606d"), validator=a(Hue))
    muted: Hue = field(default=Hue("#80878f", "#f1f2f4", "#5d6470"), validator=a(Hue))
    accepted: Hue = field(default=Hue("#047857", "#c9f2dd", "#064e3b"), validator=a(Hue))
    rejected: Hue = field(default=Hue("#b91c1c", "#fddcda", "#8f1414"), validator=a(Hue))
    doubted: Hue = field(default=Hue("#92400e", "#fdebc0", "#78350f"), validator=a(Hue))
    clash: Hue = field(default=Hue("#7e22ce", "#f6e8ff", "#6b21a8"), validator=a(Hue))
    rounded: bool = field(default=True, validator=a(bool))


DEFAULT = Theme()

_INK = Hue("#000000", "#ffffff", "#000000")
_ALL_INK = {each.name: _INK for each in fields(Theme) if isinstance(each.default, Hue)}

THEMES: Mapping[str, Theme] = {
    "default": DEFAULT,
    # Rationale's conventions: a white contention, green reasons, red objections, orange rebuttals, in filled
    # boxes.
    "classic": Theme(
        text="#111827",
        quiet="#4b5563",
        claim=Hue("#374151", "#ffffff", "#111827"),
        reason=Hue("#15803d", "#ecfbf0", "#14532d"),
        objection=Hue("#c81e1e", "#ffd6d2", "#861212"),
        concession=Hue("#8a6d0b", "#f3e1a0", "#665005"),
        rebuttal=Hue("#c2500a", "#fff6ec", "#86350a"),
        condition=Hue("#5b6472", "#eef0f3", "#3f4855"),
        corollary=Hue("#2563c9", "#dfeaff", "#1d4690"),
        frame=Hue("#848c99", "#f9fafb", "#4b5563"),
        rounded=False,
    ),
    # Pure black on white, for a printer or a copier without colour; greys only where somebody's positions or
    # what falls are laid over the map, always with a sign and words as well.
    "print": Theme(
        text="#000000",
        quiet="#000000",
        rounded=True,
        **{
            **_ALL_INK,
            "muted": Hue("#000000", "#f0f0f0", "#000000"),
            "rejected": Hue("#000000", "#c4c4c4", "#000000"),
            "doubted": Hue("#000000", "#e6e6e6", "#000000"),
        },
    ),
    "dark": Theme(
        background="#14181f",
        text="#eceff4",
        quiet="#aeb8c6",
        claim=Hue("#cbd5e1", "#232a35", "#f8fafc"),
        reason=Hue("#34c58c", "#14302a", "#7ee2b8"),
        objection=Hue("#f4716c", "#391c20", "#fda29d"),
        concession=Hue("#e0a53a", "#352a15", "#f3c978"),
        rebuttal=Hue("#34c58c", "#14302a", "#7ee2b8"),
        condition=Hue("#94a3b8", "#1e242e", "#b6c2d1"),
        corollary=Hue("#8f9bff", "#22264a", "#b4bcff"),
        frame=Hue("#6b7688", "#191e27", "#aeb8c6"),
        muted=Hue("#77808e", "#1d2127", "#98a1ae"),
        accepted=Hue("#34c58c", "#0e4a38", "#a5f3d0"),
        rejected=Hue("#f4716c", "#6b2226", "#fecaca"),
        doubted=Hue("#e0a53a", "#5a430f", "#fde3a7"),
        clash=Hue("#c98bff", "#3d1f59", "#e4c8ff"),
    ),
    # Blue and vermilion with an ochre, after Okabe and Ito (2008), darkened for contrast; lightness differs
    # too.
    "colour-blind": Theme(
        reason=Hue("#0b5fa5", "#f2f8fe", "#084a82"),
        objection=Hue("#8f3400", "#fedac0", "#8f3400"),
        concession=Hue("#a87800", "#f2e2a6", "#665000"),
        rebuttal=Hue("#0b5fa5", "#f2f8fe", "#084a82"),
        corollary=Hue("#221a52", "#efecf9", "#221a52"),
        condition=Hue("#707781", "#f7f8f9", "#4d545e"),
        accepted=Hue("#0b5fa5", "#bfdcf5", "#063a66"),
        rejected=Hue("#8f3400", "#ffd3b8", "#702900"),
        doubted=Hue("#8a6d00", "#fff0a8", "#574500"),
        clash=Hue("#221a52", "#ddd6f3", "#221a52"),
    ),
}


def find(name: str, own: Mapping[str, Mapping[str, object]] | None = None) -> Theme:
    """A theme by name.

    Args:
        name: One of `THEMES`, or of `own`.
        own: Themes of the user's, as `argmap.toml` has them under `[themes.NAME]`.

    Raises:
        ConfigError: there is none of that name, or it is not well made.
    """
    if own and name in own:
        return from_data(name, own[name])
    try:
        return THEMES[name]
    except KeyError:
        known = ", ".join([*THEMES, *(own or ())])
        raise ConfigError(f"there is no theme {name!r}; the themes are {known}") from None


def from_data(name: str, data: Mapping[str, object]) -> Theme:
    """A theme of one's own: the entries of another one (`base`, by default the default theme) with some replaced.

    A hue is one colour (its line and text) or a table of `line`, `fill` and `text`.

    Raises:
        ConfigError: an entry that no theme has, or a colour that is not `#rrggbb`.
    """
    from argmap.structuring import Fault, shown_path, structured

    def refuse(faults: list[Fault]) -> ConfigError:
        return ConfigError(*(f"theme {name!r}: {shown_path(path)}: {what}" for path, what in faults))

    given = {str(key).replace("-", "_"): value for key, value in data.items()}
    base = given.pop("base", "default")
    if not isinstance(base, str) or base not in THEMES:
        raise ConfigError(f"theme {name!r}: base must be one of {', '.join(THEMES)}")
    whole: dict[str, object] = asdict(THEMES[base])
    for key, value in given.items():
        hue = whole.get(key)
        if isinstance(hue, dict):
            changes = {"line": value, "text": value} if isinstance(value, str) else value
            whole[key] = {**hue, **changes} if isinstance(changes, Mapping) else changes
        else:
            whole[key] = value
    return structured(whole, Theme, refuse)


@frozen(kw_only=True, eq=False, repr=False)
class Font:
    """A family that layout engines can measure, and what may stand in for it."""

    name: str
    families: tuple[str, ...] = field()


_LAST = ("DejaVu Sans", "Noto Sans", "Noto Sans CJK SC", "Noto Color Emoji", "sans-serif")
FONTS: Mapping[str, Font] = {
    font.name: font
    for font in (
        Font(name="Arial", families=("Arial", "Liberation Sans", "Arimo", "Helvetica", *_LAST)),
        Font(name="Helvetica", families=("Helvetica", "Arial", "Liberation Sans", "Arimo", *_LAST)),
    )
}


def font(name: str) -> Font:
    """The font of a picture: always measured as Arial, with the family asked for put first where it is
    shown."""
    if name in FONTS:
        return FONTS[name]
    if not re.fullmatch(r"[\w .-]{1,60}", name):
        raise ConfigError(f"{name!r} is not the name of a font")
    return Font(name="Arial", families=(name, *FONTS["Arial"].families))
