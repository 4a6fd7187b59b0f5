"""Themes: what a picture looks like, as data.

Every theme here keeps text at a contrast of 4.5 to 1 or more and lines at 3 to 1 or more (WCAG 2.2, 1.4.3 and
1.4.11), which the tests compute.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from attrs import asdict, field, frozen

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


@frozen(kw_only=True, cache_hash=True)
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


@cache
def themes() -> Mapping[str, Theme]:
    """The themes that come with argmap, by name; all but the default are in `themes.toml`."""
    import tomllib
    from importlib.resources import files

    written = tomllib.loads(files("argmap.drawing").joinpath("themes.toml").read_text(encoding="utf-8"))
    found = {"default": DEFAULT}
    for name, theme in written.items():
        hues: dict[str, Any] = {key: Hue(**value) if isinstance(value, dict) else value for key, value in theme.items()}
        found[name] = Theme(**hues)
    return found


def find(name: str, own: Mapping[str, Mapping[str, object]] | None = None) -> Theme:
    """A theme by name.

    Args:
        name: One of `themes()`, or of `own`.
        own: Themes of the user's, as `argmap.toml` has them under `[themes.NAME]`.

    Raises:
        ConfigError: there is none of that name, or it is not well made.
    """
    if own and name in own:
        return from_data(name, own[name])
    if name == "default":
        return DEFAULT
    if name in themes():
        return themes()[name]
    raise ConfigError(f"there is no theme {name!r}; the themes are {', '.join([*themes(), *(own or ())])}")


def from_data(name: str, data: Mapping[str, object]) -> Theme:
    """A theme of one's own: the entries of another one (`base`, by default the default theme) with some replaced.

    A hue is one colour (its line and text) or a table of `line`, `fill` and `text`.

    Raises:
        ConfigError: an entry that no theme has, or a colour that is not `#rrggbb`.
    """
    from argmap.structuring import refusing, structured

    given = {str(key).replace("-", "_"): value for key, value in data.items()}
    base = given.pop("base", "default")
    if not isinstance(base, str) or base not in themes():
        raise ConfigError(f"theme {name!r}: base must be one of {', '.join(themes())}")
    whole: dict[str, object] = asdict(themes()[base])
    for key, value in given.items():
        hue = whole.get(key)
        if isinstance(hue, dict):
            changes = {"line": value, "text": value} if isinstance(value, str) else value
            whole[key] = {**hue, **changes} if isinstance(changes, Mapping) else changes
        else:
            whole[key] = value
    return structured(whole, Theme, refusing(f"theme {name!r}"))


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
