"""From a map to a picture in a file: the one place where a map becomes a scene, a scene bytes, and bytes a file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Unpack

from attrs import evolve, frozen

from argmap.drawing.options import Direction, Layout, Options, OptionValues
from argmap.errors import ArgmapError, ConfigError, DocumentError, FormatError
from argmap.project.files import write_output
from argmap.text.words import by_key, listed, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphviz import Digraph

    from argmap.analysis.commitment import Position
    from argmap.diagnostics import Diagnostic
    from argmap.drawing.overlay import Flag, Overlay, OverlayMark
    from argmap.drawing.scene import Scene
    from argmap.model import ArgumentMap

READABLE = 14.0
"""A small map is a flow if that has letters of so many points on the page aimed at."""
FORMATS = ("svg", "png", "pdf", "dot", "html")
_SUFFIXES = {**{f".{name}": name for name in FORMATS}, ".gv": "dot", ".htm": "html"}


@frozen(eq=False, repr=False)
class Picture:
    """A finished picture, and what its reader should know of it."""

    data: bytes
    notices: tuple[Diagnostic, ...] = ()


def render(
    map: ArgumentMap,
    to: str | os.PathLike[str] = "svg",
    *,
    engine: str = "auto",
    timeout: float | None = None,
    dpi: float = 96.0,
    page: str | None = None,
    id_prefix: str | None = None,
    partial: bool = False,
    **options: Unpack[OptionValues],
) -> bytes:
    """Draw a map; the picture's bytes are returned, and written where `to` is a file.

    Args:
        map: The map.
        to: A format (`svg`, `png`, `pdf`, `dot`, `html`), or a path whose suffix names one.
        engine: `auto`, `builtin` (comes with argmap) or `system` (Graphviz on this machine).
        timeout: Seconds that the layout may take; None for the default.
        dpi: Dots per inch of a PNG.
        page: Paper to print a PDF on, such as `A4` or `16:9`; None for one page that fits the map.
        id_prefix: Put before every id in SVG and HTML. None for no prefix in an SVG, and in HTML one made from the
            picture.
        partial: Draw also what could be understood of a document with errors.
        options: What to show and how, by the names that `argmap.drawing.Options` has: `theme`, `layout`, `shape`,
            `level`, `direction`, `width`, `font`, `legend`, `title`, `focus`, `depth`, `sections`, `only`, `fold`,
            `tags`, `overview`, `quotations`, `overlay`, and `themes` of your own.

    Raises:
        DocumentError: the document has errors, and `partial` is not set.
        FormatError: the format is not one for pictures.
        FileError: the file cannot be written, or is the one the map was read from.
        ConfigError: an option has an impossible value.
        UnknownStatementError: an option names a label, section or tag that the map does not have.
        NothingToDrawError: the map, or what was chosen of it, has no statement.
        EngineMissingError: there is no layout engine.
        EngineError: the engine failed or took too long.

    Example:
        >>> from argmap import parse
        >>> map = parse("(a) Take an umbrella.\\n    + (b) It is raining.")
        >>> render(map, "svg", direction="up", legend=False)[:5]
        b'<?xml'
    """
    if not map.ok and not partial:
        raise DocumentError("the map has errors; fix them, or draw what was understood with partial=True")
    name = os.fspath(to)
    format = name if name in FORMATS else format_of(name)
    made = draw(map, format, engine=engine, timeout=timeout, dpi=dpi, page=page, id_prefix=id_prefix, **options)
    if name not in FORMATS:
        write_output(made.data, name, map)
    return made.data


def to_digraph(map: ArgumentMap, **options: Unpack[OptionValues]) -> Digraph:
    """The picture of a map as a `graphviz.Digraph`, to be changed in Graphviz' own language.

    Takes the options of `render`.
    """
    return _graph(map, _options(options))[0]


def draw(
    map: ArgumentMap,
    format: str,
    *,
    engine: str = "auto",
    timeout: float | None = None,
    dpi: float = 96.0,
    page: str | None = None,
    id_prefix: str | None = None,
    **options: Unpack[OptionValues],
) -> Picture:
    """The picture in a format, with what its reader should know. Takes and raises what `render` does."""
    if format not in FORMATS:
        raise FormatError(f"a picture cannot be written as {format!r}; choose {', '.join(FORMATS)}")
    if format == "dot":
        graph, said = _graph(map, _options(options))
        return Picture(graph.source.encode(), said)
    if page is not None and format == "pdf":
        return _printed(map, page, engine, timeout, options)
    scene, notices = lay_out(map, engine=engine, timeout=timeout, **options)
    if format == "html":
        from argmap.drawing.svg import figure

        return Picture(figure(scene, id_prefix).encode(), notices)
    if format == "svg":
        from argmap.drawing.svg import to_svg

        return Picture(to_svg(scene, id_prefix or ""), notices)
    from argmap.engine.painter import to_pdf, to_png

    data = to_png(scene, dpi) if format == "png" else to_pdf(scene)
    return Picture(data, (*notices, *_font_notices([scene], format)))


def _printed(map: ArgumentMap, paper: str, engine: str, timeout: float | None, options: OptionValues) -> Picture:
    """A PDF on sheets of paper."""
    from argmap.diagnostics import Diagnostic, Severity
    from argmap.drawing.hanging import Hanging
    from argmap.drawing.printing import paper_size, print_out
    from argmap.engine.painter import to_pdf

    paper_size(paper)  # raises where there is no such paper
    wanted = _options(options)
    flow, hung = None, Hanging(map, wanted)
    # On sheets, no number of boxes is too many.
    notices = tuple(each for each in hung.notices() if each.code != "AM390")
    may_flow = wanted.layout is Layout.FLOW or wanted.direction is not Direction.AUTO
    if may_flow or (wanted.layout is Layout.AUTO and hung.is_small):
        as_flow: OptionValues = {**options, "layout": Layout.FLOW}
        flow = lay_out(map, engine=engine, timeout=timeout, **as_flow)[0]
    scenes = print_out(map, wanted, paper, flow)
    if may_flow and scenes != [flow]:
        message = f"a flow is too small to read on one sheet of {paper}, so hanging trees are printed"
        notices = (*notices, Diagnostic("AM391", Severity.NOTE, message))
    return Picture(to_pdf(*scenes, paper=paper), (*notices, *_font_notices(scenes, "pdf")))


def lay_out(
    map: ArgumentMap, *, engine: str = "auto", timeout: float | None = None, **options: Unpack[OptionValues]
) -> tuple[Scene, tuple[Diagnostic, ...]]:
    """The picture as a scene, with what its reader should know. Takes and raises what `render` does."""
    from argmap.drawing.boxes import SIZE
    from argmap.drawing.hanging import Flow, Hanging

    wanted, hung = _options(options), None
    if wanted.layout is not Layout.FLOW and wanted.direction is Direction.AUTO:
        hung = Hanging(map, wanted)
        if wanted.layout is Layout.HANGING or not (hung.is_small or hung.is_web):
            return hung.scene(), hung.notices()
    from argmap.engine import layout

    said: list[Diagnostic] = []

    def place(dot: str) -> Mapping[str, Any]:
        placed = layout(dot, engine=engine, timeout=timeout)
        said.extend(placed.notices)
        return placed.graph

    flow = Flow(map, wanted, place)
    scene = flow.scene()
    width, height = wanted.page_size
    size = SIZE * min(width / scene.width, height / scene.height)
    if hung is not None and hung.is_small and size < READABLE:
        return hung.scene(), hung.notices()
    return scene, (*flow.notices(), *said)


def _graph(map: ArgumentMap, options: Options) -> tuple[Digraph, tuple[Diagnostic, ...]]:
    """A graph for Graphviz to lay out; with everything in its place only where hanging trees are asked for."""
    from argmap.drawing.digraph import digraph, pinned
    from argmap.drawing.graph import Planner

    if options.layout is Layout.HANGING:
        from argmap.drawing.hanging import Hanging

        hung = Hanging(map, options)
        return pinned(hung.scene()), hung.notices()
    planner = Planner(map, options)
    return digraph(planner.plan()), planner.notices()


def _font_notices(scenes: Sequence[Scene], format: str) -> Iterator[Diagnostic]:
    """What is to be said of a PNG or PDF, which are set in the fonts that come with argmap."""
    from argmap.diagnostics import Diagnostic, Severity
    from argmap.engine.painter import missing_characters
    from argmap.fonts import script

    if (font := scenes[0].families[0]) != "Arial":
        message = f"a {format.upper()} is set in the fonts that come with argmap, not in {font}"
        yield Diagnostic("AM391", Severity.NOTE, message)
    if missing := set().union(*map(missing_characters, scenes)):
        named = list(dict.fromkeys(map(script, sorted(missing))))
        some = ", ".join(named[:8]) + (f" and {len(named) - 8} more" if len(named) > 8 else "")
        message = f"no font that comes with argmap has {some}: boxes with the code point stand in their place"
        wanted = [f"Noto Sans {name}" for name in named[:8] if not name.startswith("U+")]
        install = f": install {', '.join(wanted)} (Debian: fonts-noto-core) and draw an SVG" if wanted else ""
        hint = f"an SVG is shown in the fonts of the machine that opens it{install}"
        yield Diagnostic("AM391", Severity.NOTE, message, hint=hint)


def status_overlay(map: ArgumentMap, withdraw: Sequence[str] = (), assume: Sequence[str] = ()) -> Overlay:
    """What stands and what falls, with some statements withdrawn or assumed.

    Raises:
        UnknownStatementError: the map has no such statement.
        ArgmapError: a statement is both withdrawn and assumed.

    Example:
        >>> from argmap import parse
        >>> status_overlay(parse("(a) Take an umbrella.\\n    - (b) It is dry."), withdraw=["b"]).caption
        'What stands and what falls, with (b) withdrawn'
    """
    from argmap.analysis.standing import StepStatus, status
    from argmap.drawing.overlay import Flag, Overlay, OverlayMark

    report = status(map, withdraw=withdraw, assume=assume)
    flags: dict[str, tuple[Flag, ...]] = {}
    for answer in report:
        given = f"given {', '.join(map[id].name for id in answer.given)}" if answer.given else ""
        mark = OverlayMark[answer.status.name]
        if answer.statement in report.withdrawn:
            mark, given = OverlayMark.WITHDRAWN, ""
        elif answer.statement in report.assumed:
            mark, given = OverlayMark.ASSUMED, ""
        flags[answer.statement] = (Flag(mark=mark, note=given),)
    asked = ((withdraw, "withdrawn"), (assume, "assumed"))
    parts = [f"{' and '.join(map[id].name for id in ids)} {what}" for ids, what in asked if ids]
    blocked = (index for index, found in enumerate(report.step_statuses) if found is StepStatus.BLOCKED)
    return Overlay(
        flags=flags,
        blocked=frozenset(blocked),
        caption="What stands and what falls" + (f", with {' and '.join(parts)}" if parts else ", as written"),
    )


def position_overlay(map: ArgumentMap, holders: Sequence[str]) -> Overlay:
    """What one holder sees in the map, or what two see, side by side.

    Raises:
        ArgmapError: no holder in the map has that name.

    Example:
        >>> from argmap import parse
        >>> position_overlay(parse("(a) It is raining.\\n\\n@ Ann: accept (a)"), ["Ann"]).caption
        'As seen by Ann'
    """
    from argmap.analysis.commitment import positions
    from argmap.drawing.overlay import Flag, Overlay

    if len(set(holders)) < len(holders):
        raise ArgmapError(f"{holders[0]} is compared with nobody else")
    if not 1 <= len(holders) <= 2:
        raise ArgmapError("positions are drawn of one holder, or of two beside each other")
    found = positions(map)
    chosen = [found[holder] for holder in holders]
    flags: dict[str, list[Flag]] = {}
    for position in chosen:
        name = position.holder if len(chosen) > 1 else ""
        for id, marks in _marks(position).items():
            flags.setdefault(id, []).extend(Flag(mark=mark, holder=name) for mark in marks)
    who = " and ".join(position.holder for position in chosen)
    caption = f"As seen by {who}" if len(chosen) == 1 else f"{who}, side by side"
    return Overlay(
        flags={id: tuple(each) for id, each in flags.items()},
        caption=caption,
        holders=tuple(position.holder for position in chosen),
    )


def _marks(position: Position) -> dict[str, list[OverlayMark]]:
    """The marks of one holder by statement, worst first."""
    from argmap.analysis.commitment import FindingKind
    from argmap.drawing.overlay import OverlayMark

    clashes = [finding for finding in position.findings if finding.kind is FindingKind.CLASH]
    clashing = [id for each in clashes for id in (each.statement, *(stance.ids[0] for stance in each.stances))]
    kinds = {
        OverlayMark.CLASH: clashing,
        OverlayMark.ACCEPTED: position.accepts,
        OverlayMark.REJECTED: position.rejects,
        OverlayMark.DOUBTED: position.doubts,
        OverlayMark.MUST_ACCEPT: position.must_accept,
        OverlayMark.MUST_REJECT: position.must_reject,
    }
    marks = by_key((id, mark) for mark, ids in kinds.items() for id in ids)
    bound = {OverlayMark.MUST_ACCEPT, OverlayMark.MUST_REJECT}
    for id, each in marks.items():
        if OverlayMark.DOUBTED in each and bound & set(each):
            marks[id] = [*(mark for mark in each if mark not in bound), OverlayMark.DISOWNED]
    return {id: list(dict.fromkeys(each)) for id, each in marks.items()}


def format_of(path: str) -> str:
    """The format that a file's name asks for.

    Raises:
        FormatError: none, or one that is not for pictures.
    """
    suffix = os.path.splitext(path)[1].lower()
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    what = f"a picture cannot be written as {suffix}" if suffix else f"{path} has no suffix"
    raise FormatError(f"{what}; choose .svg, .png, .pdf, .html or .dot (other formats: argmap convert)")


def _options(values: OptionValues) -> Options:
    known = OptionValues.__annotations__
    if unknown := next((name for name in values if name not in known), None):
        hint = suggestion(unknown, known, otherwise=f"; the options are {listed(known)}")
        raise TypeError(f"there is no drawing option {unknown!r}{hint}")
    try:
        options = Options(**values)  # type: ignore[arg-type, misc, unused-ignore]
        if (keep := options.keep) is not None:
            options = evolve(options, layout=keep.layout, direction=keep.direction, width=keep.width)
        return options
    except ValueError as error:
        raise ConfigError(str(error)) from None
