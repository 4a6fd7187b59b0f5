"""Argdown in: from a text to a map, by way of what Argdown itself understands of it."""

from __future__ import annotations

from argmap.errors import FormatError
from argmap.formats.argdown import scan, values
from argmap.formats.argdown.document import Document, understand
from argmap.formats.argdown.header import facts_of, stances_of
from argmap.formats.argdown.translate import translate
from argmap.formats.argdown.values import Value, ValuesError
from argmap.formats.format import Conversion
from argmap.formats.losses import Losses
from argmap.model import ArgumentMap
from argmap.text import Source, Span

LARGEST = 50_000_000
"""Most characters of a text that is read at all."""


def read(source: Source) -> Conversion:
    """The map that an Argdown text says.

    Raises:
        FormatError: the text is too large.
    """
    losses = Losses()
    document, settings, fences = read_document(source, losses)
    parts = translate(document, losses)
    map = ArgumentMap(
        statements=parts.statements,
        steps=parts.steps,
        contradictions=parts.contradictions,
        stances=stances_of(settings, parts.titles, fences, losses),
        sections=parts.sections,
        facts=facts_of(settings, fences, losses),
        source=source,
    )
    return Conversion(map, losses.diagnostics)


def read_document(source: Source, losses: Losses) -> tuple[Document, dict[str, Value], Span | None]:
    """What Argdown understands of a text, its front matter, and where that stands.

    Raises:
        FormatError: the text is too large.
    """
    from argmap.formats.argdown.parse import parse

    text = source.text
    if len(text) > LARGEST:
        raise FormatError(f"{source.name}: too large: more than {LARGEST:,} characters")
    settings: dict[str, Value] = {}
    start = 0
    fences = scan.front_matter(text)
    if fences:
        line_end = text.find("\n", fences.end)
        start = len(text) if line_end < 0 else line_end + 1
        settings = _settings(text, fences, losses)
    model = settings.get("model")
    strict = isinstance(model, dict) and model.get("mode") == "strict"
    return understand(parse(text, start, losses), losses, strict=strict), settings, fences


def _settings(text: str, fences: Span, losses: Losses) -> dict[str, Value]:
    try:
        return values.document(text[fences.start : fences.end])
    except ValuesError as error:
        start = fences.start
        for _ in range(error.line or 0):
            start = max(start, text.find("\n", start, fences.end) + 1)
        losses.skipped(f"the front matter cannot be read: {error}", Span(start, fences.end))
        return {}
