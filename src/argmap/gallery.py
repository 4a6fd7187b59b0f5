"""Many maps in every theme on one page that needs only a browser: no script, no network, no other file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argmap.model import ArgumentMap


def gallery_page(maps: Mapping[str, ArgumentMap], themes: Sequence[str] = (), engine: str = "auto") -> str:
    """The page, as HTML.

    Args:
        maps: The maps by the names of their files, in the order in which they are to stand.
        themes: The themes to choose from; by default all that come with argmap.
        engine: The layout engine, see `argmap.rendering.render`.

    Raises:
        EngineError: a map cannot be drawn.
        ConfigError: there is no such theme.
    """
    from importlib.resources import files

    from jinja2 import Environment
    from markupsafe import Markup

    from argmap.drawing import THEMES
    from argmap.drawing.figure import figure
    from argmap.drawing.scene import printable
    from argmap.rendering import lay_out

    names = list(themes or THEMES)
    exhibits = []
    for number, (file, map) in enumerate(maps.items()):
        title = printable(map.title or file)
        scenes = (lay_out(map, engine=engine, theme=name)[0] for name in names)
        figures = [
            Markup(figure(scene, f"m{number}-t{index}-", f"{title} ({file})"))
            for index, scene in enumerate(scenes)
        ]
        exhibits.append({"title": title, "figures": figures})
    template = files("argmap").joinpath("gallery.html").read_text("utf-8")
    return Environment(autoescape=True).from_string(template).render(themes=names, exhibits=exhibits)
