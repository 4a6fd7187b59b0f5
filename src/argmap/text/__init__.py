"""Source text and places in it."""

from argmap.text.source import Placed, Source, Span, placed_in

__all__ = ["Placed", "Source", "Span", "placed_in"]
