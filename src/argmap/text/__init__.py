"""Source text and places in it."""

from argmap.text.source import Placed, Source, Span, Utf16, place_in

__all__ = ["Placed", "Source", "Span", "Utf16", "place_in"]
