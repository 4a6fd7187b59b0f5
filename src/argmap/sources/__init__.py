"""The texts that a map is about: finding quotations in them, and seeing how much of them a map accounts for.

Nothing here reads a file (see `argmap.sourcing`).
"""

from argmap.sources.coverage import Coverage, ParagraphUse, Use, measure
from argmap.sources.matching import Found, find
from argmap.sources.original import Original
from argmap.sources.quotations import check_quotations

__all__ = ["Coverage", "Found", "Original", "ParagraphUse", "Use", "check_quotations", "find", "measure"]
