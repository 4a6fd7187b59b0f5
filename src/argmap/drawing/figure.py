"""A scene as an HTML figure that can stand in any page: no script, no style sheet, nothing to load."""

from __future__ import annotations

from html import escape

from argmap.drawing.scene import Scene, printable
from argmap.drawing.svg import svg_element


def figure(scene: Scene, id_prefix: str | None = None, caption: str | None = None) -> str:
    """The picture as a `figure` element.

    Args:
        scene: The picture.
        id_prefix: Put before every id; by default one made from the picture, so that different pictures share no id.
        caption: The caption, by default the picture's title.
    """
    if id_prefix is None:
        from hashlib import sha256

        id_prefix = f"map-{sha256(svg_element(scene).encode()).hexdigest()[:10]}-"
    words = escape(printable(scene.title if caption is None else caption))
    svg = svg_element(scene, id_prefix)
    return f'<figure class="argument-map">\n{svg}<figcaption>{words}</figcaption>\n</figure>\n'
