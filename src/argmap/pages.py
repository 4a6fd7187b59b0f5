"""Pages for a browser: a map to send, many maps in every theme, how much of its sources a map accounts for.

Each is one file that loads nothing. All text in it is somebody's: templates escape it, and a content security policy
forbids the rest.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from argmap.converting import load
from argmap.errors import FileError
from argmap.formats.page import nested
from argmap.model import Attitude, counting
from argmap.project.files import write_output
from argmap.project.settings import find_settings
from argmap.project.sources import read_sources
from argmap.sources.coverage import measure, sentence, stretches
from argmap.text.words import listed

if TYPE_CHECKING:
    from argmap.analysis.standing import Change
    from argmap.diagnostics import Diagnostic
    from argmap.drawing.options import OptionValues
    from argmap.model import ArgumentMap
    from argmap.sources.coverage import Coverage

# A page works out what falls with each statement of a map of so many; the time grows with the square.
_ANSWERED = 400
# A larger picture is drawn in one look only: two would make the page too heavy to send.
_IN_TWO_LOOKS = 200
_PAST = {Attitude.ACCEPT: "Accepted", Attitude.DOUBT: "Doubted", Attitude.REJECT: "Rejected"}


def measure_file(
    path: str | os.PathLike[str], *, allow_outside: bool = False
) -> tuple[ArgumentMap, tuple[Coverage, ...], tuple[Diagnostic, ...]]:
    """Read a map file (`-` for standard input) and measure how much of each of its sources it accounts for.

    Returns:
        The map, the coverage of each source that could be read, and diagnostics about the others.

    Raises:
        FileError: the map cannot be read, or names no source that can.
        ConfigError: its settings cannot be used.
    """
    map = load(path)
    folder = os.path.dirname(os.fspath(path)) or "."
    found = read_sources(map, folder, allow_outside=allow_outside or find_settings(path).outside)
    if not found.originals:
        if not found.diagnostics:
            raise FileError("the map names no source: begin it with a line such as `source: essay.txt`")
        first = found.diagnostics[0]
        raise FileError("; ".join(filter(None, (first.message, first.hint))))
    return map, measure(map, found.originals, found.missing), found.diagnostics


def write_page(
    map: ArgumentMap, coverages: Sequence[Coverage], path: str | os.PathLike[str], *, force: bool = False
) -> None:
    """Draw a map and write its coverage page.

    Args:
        map: The map.
        coverages: What it rests on in each of its sources.
        path: Where to write; `-` is standard output.
        force: Write over any file, also the map and its sources.

    Raises:
        EngineError: the map cannot be drawn.
        FileError: the page cannot be written.
    """
    svg, boxes = _drawing(map)
    write_output(coverage_page(map, coverages, svg, boxes).encode("utf-8"), path, map, force=force)


def coverage_page(
    map: ArgumentMap, coverages: Sequence[Coverage], drawing: str | None = None, boxes: Mapping[str, str] | None = None
) -> str:
    """The page, as HTML.

    Args:
        map: The map, whose statements are listed in order.
        coverages: What it rests on in each of its sources.
        drawing: The drawing to put beside the text, trusted markup; its ids must not begin with `s`, `p` or `q`
            and a digit.
        boxes: By statement id, the id within `drawing` of its box.
    """
    from itertools import count

    from markupsafe import Markup

    anchors = {one.id: f"s{number + 1}" for number, one in enumerate(map.statements)}
    passages: dict[str, list[tuple[str, str]]] = {one.id: [] for one in map.statements}
    numbers = count(1)
    texts = []
    for coverage in coverages:
        of_source = f" of {coverage.original.name}" if len(coverages) > 1 else ""
        used = {one.paragraph.start for one in coverage.paragraphs if one.statements}
        parted = stretches(coverage)
        paragraphs = []
        for paragraph in coverage.original.paragraphs:
            where = (f"paragraph {paragraph.number}" if paragraph.number else "a heading") + of_source
            parts = []
            for stretch in parted[paragraph.start]:
                begun = [(coverage.uses[use].statement, f"q{next(numbers)}") for use in stretch.beginning]
                for id, anchor in begun:
                    passages[id].append((anchor, where))
                ended = [coverage.uses[use].statement for use in stretch.ending]
                parts.append(
                    {
                        "words": coverage.original.text[stretch.start : stretch.end],
                        "link": None if stretch.use is None else anchors[coverage.uses[stretch.use].statement],
                        "several": stretch.several,
                        "anchors": [anchor for _, anchor in begun],
                        "refs": [(anchors[id], map[id].name) for id in ended],
                    }
                )
            paragraphs.append({"number": paragraph.number, "used": paragraph.start in used, "parts": parts})
        texts.append({"name": coverage.original.name, "paragraphs": paragraphs})
    return fill(
        "coverage.html",
        title=map.title or "An argument map",
        lang=map.fact("lang") or "en",
        style=Markup(_resource("coverage.css")),
        sentences=[sentence(coverage) for coverage in coverages],
        texts=texts,
        drawing=drawing and Markup(drawing),
        statements=map.statements,
        anchors=anchors,
        boxes={one.id: (boxes or {}).get(one.id) for one in map.statements},
        passages=passages,
    )


def _drawing(map: ArgumentMap) -> tuple[str, Mapping[str, str]]:
    """The drawing as markup for a page, each box a link to its statement there; and the boxes' ids."""
    from argmap.drawing.graph import statement_ids
    from argmap.drawing.svg import svg_element
    from argmap.rendering import lay_out

    prefix = "map-"  # keeps the picture's ids apart from the page's
    scene, _ = lay_out(map, level="statements")
    boxes = statement_ids(map.by_id)
    links = {box: f"#s{number + 1}" for number, box in enumerate(boxes.values())}
    ids = {id: prefix + box for id, box in boxes.items()}
    return svg_element(scene, prefix, links), ids


def map_page(
    map: ArgumentMap, *, engine: str = "auto", timeout: float | None = None, **options: Unpack[OptionValues]
) -> tuple[str, tuple[Diagnostic, ...]]:
    """One map to send: its picture to move about in, what falls with each statement, and an outline.

    What would fall is worked out beforehand, for maps of up to 400 statements. Without a script the picture and the
    outline are there. Takes and raises what `argmap.rendering.render` does.

    Returns:
        The page, as HTML, and what its reader should know of the picture.
    """
    import json

    from markupsafe import Markup

    from argmap.analysis.standing import status
    from argmap.drawing.captions import roles
    from argmap.drawing.graph import statement_ids
    from argmap.drawing.scene import PartKind
    from argmap.drawing.svg import svg_element
    from argmap.rendering import lay_out

    numbers = {statement.id: number for number, statement in enumerate(map.statements)}
    drawn, notices = lay_out(map, engine=engine, timeout=timeout, **options)
    scenes = {"light": drawn}
    if "theme" not in options and len(numbers) <= _IN_TWO_LOOKS:
        dark: OptionValues = {**options, "theme": "dark"}
        scenes["dark"] = lay_out(map, engine=engine, timeout=timeout, **dark)[0]
    looks, boxes = [], defaultdict[str, list[str]](list)
    for look, scene in scenes.items():
        drawn_ids = {part.id for part in scene.parts if part.kind is PartKind.STATEMENT}
        links = {}
        for id, box in statement_ids(numbers).items():
            if box in drawn_ids:
                boxes[id].append(f"{look}-{box}")
                links[box] = f"#s{numbers[id]}"
        for part in scene.parts:
            for id, _ in part.inside:
                boxes[id].append(f"{look}-{part.id}")
                links.setdefault(part.id, f"#s{numbers[id]}")
        looks.append({"name": look, "svg": Markup(svg_element(scene, f"{look}-", links))})
    answers = status(map)
    what = roles(map)
    data = []
    for number, statement in enumerate(map.statements):
        id, name, text = statement.id, statement.name, statement.text if statement.label else ""
        label = f"{name}: {'; '.join(what[id])}, {answers.status(id).value}. {text}".strip()
        entry: dict[str, Any] = {"item": f"s{number}", "boxes": boxes[id], "name": name, "label": label}
        if len(numbers) <= _ANSWERED:
            after = status(map, withdraw=[id])
            changed = [change for change in after.changed if change.statement != id]
            entry["changes"] = [(numbers[each.statement], each.after.value) for each in changed]
            entry["answer"] = _what_if(map, name, changed)
        data.append(entry)
    style, script = _resource("map.css"), _resource("map.js")
    page = fill(
        "map.html",
        title=map.title or "An argument map",
        lang=map.fact("lang") or "en",
        byline=", ".join(filter(None, (map.fact("author"), map.fact("date")))),
        style=Markup(style),
        style_hash=_hash_of(style),
        script=Markup(script),
        script_hash=_hash_of(script),
        looks=looks,
        map=map,
        sections=nested(map),
        numbers=numbers,
        answers=answers,
        held=_held(map),
        data=Markup(json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")),
    )
    return page, notices


def _what_if(map: ArgumentMap, name: str, changed: Sequence[Change]) -> str:
    """What would change if a statement fell, in a sentence or two."""
    from argmap.analysis.standing import Status

    parts = []
    for verdict, verb in ((Status.FALLS, "fall"), (Status.STANDS, "stand"), (Status.UNDECIDED, "be undecided")):
        names = [map.by_id[each.statement].name for each in changed if each.after is verdict]
        parts += [f"{listed(names, shown=6)} would {verb}"] if names else []
    return f"If {name} fell, {'; '.join(parts) or 'nothing else would change'}."


def _held(map: ArgumentMap) -> Mapping[str, list[str]]:
    """By statement, who holds what of it, in sentences."""
    holders = defaultdict[tuple[str, Attitude], list[str]](list)
    for stance in counting(map.stances):
        *ground, object = stance.ids
        step = f", the step from {listed(map.by_id[id].name for id in ground)}" if ground else ""
        holders[object, stance.attitude].append(f"{stance.holder}{stance.details}{step}")
    held = defaultdict[str, list[str]](list)
    for (id, attitude), names in holders.items():
        held[id].append(f"{_PAST[attitude]} by {listed(names)}.")
    return held


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
    from markupsafe import Markup

    from argmap.drawing.scene import printable
    from argmap.drawing.svg import figure
    from argmap.drawing.theme import themes as all_themes
    from argmap.rendering import lay_out

    names = list(themes or all_themes())
    exhibits = []
    for number, (file, map) in enumerate(maps.items()):
        title = printable(map.title or file)
        scenes = (lay_out(map, engine=engine, theme=name)[0] for name in names)
        figures = [
            Markup(figure(scene, f"m{number}-t{index}-", f"{title} ({file})")) for index, scene in enumerate(scenes)
        ]
        exhibits.append({"title": title, "figures": figures})
    return fill("gallery.html", themes=names, exhibits=exhibits)


def fill(template: str, **values: object) -> str:
    """A page from its template; values are escaped, and cleaned of what could reorder or break the text around them."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    from argmap.drawing.scene import printable

    return (
        Environment(
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            keep_trailing_newline=True,
            finalize=lambda value: value if isinstance(value, Markup) else printable(str(value)),
        )
        .from_string(_resource(template))
        .render(values)
    )


def _resource(name: str) -> str:
    from importlib.resources import files

    return (files("argmap") / "templates" / name).read_text(encoding="utf-8")


def _hash_of(text: str) -> str:
    """What a content security policy knows a style or script by."""
    from base64 import b64encode
    from hashlib import sha256

    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
