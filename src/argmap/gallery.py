"""Many maps in every theme on one page that needs only a browser: no script, no network, no other file."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from argmap.model import ArgumentMap

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; background: Canvas; color: CanvasText; }
header, figure { padding: 0 1.5rem; }
header { padding-top: 1rem; }
fieldset { position: sticky; top: 0; z-index: 1; margin: 0 0 1.5rem; padding: .5rem 1.5rem;
  border: 0; border-bottom: 1px solid GrayText; background: Canvas;
  display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
fieldset legend { float: left; font-weight: bold; padding: 0; }
fieldset label { cursor: pointer; padding: .1rem .4rem; border-radius: .3rem; }
fieldset label:has(:focus-visible) { outline: 3px solid Highlight; }
fieldset label:has(:checked) { font-weight: bold; text-decoration: underline; }
figure { margin: 0 0 3rem; }
figcaption { font-weight: bold; margin-bottom: .5rem; }
figcaption code { font-weight: normal; }
.picture { overflow: auto; max-height: 92vh; border: 1px solid GrayText; }
.picture:focus-visible { outline: 3px solid Highlight; }
.picture svg { display: block; }
.picture { display: none; }
"""


@frozen
class Exhibit:
    """A map to be shown, and what it is called: the file's name."""

    name: str
    map: ArgumentMap


def gallery_page(exhibits: Sequence[Exhibit], themes: Sequence[str] = (), engine: str = "auto") -> str:
    """The page, as HTML.

    Args:
        exhibits: The maps, in the order in which they are to stand.
        themes: The themes to choose from, all that come with argmap where none are given.
        engine: See `argmap.rendering.Finish`.

    Raises:
        EngineError: a map cannot be drawn.
        ConfigError: there is no such theme.
    """
    from argmap.drawing.theme import THEMES

    names = list(themes or THEMES)
    rules = "\n".join(
        f"body:has(#theme-{index}:checked) .theme-{index} {{ display: block; }}"
        for index in range(len(names))
    )
    switches = "\n".join(
        f'<label><input type="radio" name="theme" id="theme-{index}"{"" if index else " checked"}> '
        f"{html.escape(name)}</label>"
        for index, name in enumerate(names)
    )
    figures = "\n".join(_figure(exhibit, number, names, engine) for number, exhibit in enumerate(exhibits))
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Argument maps</title>
<style>{_STYLE}{rules}
</style>
</head>
<body>
<header><h1>Argument maps</h1></header>
<fieldset>
<legend>Theme</legend>
{switches}
</fieldset>
<main>
{figures}
</main>
</body>
</html>
"""


def _figure(exhibit: Exhibit, number: int, themes: Sequence[str], engine: str) -> str:
    from argmap.drawing.scene import printable
    from argmap.drawing.svg import svg_element
    from argmap.rendering import Finish, lay_out

    pictures = []
    name = html.escape(printable(exhibit.name))
    title = html.escape(printable(exhibit.map.title or exhibit.name))
    for index, theme in enumerate(themes):
        scene, _ = lay_out(exhibit.map, Finish(engine=engine), theme=theme)
        svg = svg_element(scene, f"m{number}-t{index}-")
        # Focusable, so that a picture larger than the window can be moved about with the arrow keys.
        pictures.append(
            f'<div class="picture theme-{index}" tabindex="0" role="group" '
            f'aria-label="{title}, {html.escape(theme)}">\n{svg}</div>'
        )
    caption = f"<figcaption>{title} <code>{name}</code></figcaption>"
    return f"<figure>\n{caption}\n{''.join(pictures)}\n</figure>"
