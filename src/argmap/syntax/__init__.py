"""The notation's syntax: text in, a Document out, with every fault of layout and marks as a diagnostic."""

from argmap.syntax.document import Comment, Document, Line
from argmap.syntax.reader import parse

__all__ = ["Comment", "Document", "Line", "parse"]
