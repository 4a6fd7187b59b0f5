"""Source text and places in it."""

from argmap.text.source import Placed, Source, Span

__all__ = ["Placed", "Source", "Span"]
