"""The notation's syntax: text in, a Document out, with every fault of syntax as a diagnostic."""

import copyreg

from argmap.syntax.document import Comment, Document, Line
from argmap.text import Source

__all__ = ["Comment", "Document", "Line", "parse"]


def parse(source: Source) -> Document:
    """Read a document. Never raises on its content: faults are in the document's `diagnostics`."""
    # Lark is loaded when something is parsed, and not where a map is only worked with.
    from argmap.syntax.parser import read

    return read(source)


# A document is pickled and copied as its source: its tree may be deeper than either can go.
copyreg.pickle(Document, lambda document: (parse, (document.source,)))
