"""The long texts behind the codes of the notation itself, AM002 to AM062, a module a topic."""

from __future__ import annotations

from argmap.syntax.explanations.header import HEADER
from argmap.syntax.explanations.layout import LAYOUT
from argmap.syntax.explanations.marks import MARKS
from argmap.syntax.explanations.stances import STANCES
from argmap.syntax.explanations.statements import STATEMENTS

EXPLANATIONS = (*LAYOUT, *MARKS, *STATEMENTS, *STANCES, *HEADER)
