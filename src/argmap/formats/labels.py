"""Labels that the notation can write: kept where possible, else made from a name or words."""

from __future__ import annotations

import re
import unicodedata
from pkgutil import get_data

from attrs import define, field

from argmap.text.words import unused

# What the grammar's _LABEL allows between the parentheses; a test holds the two together.
_LABEL = re.compile(r"[^\s\x00-&()+,/:-@\[-^`{-\xa0\u2000-\u200b\u200e-\u206f\u3000\ufeff\ufffd]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_WORDS_IN_LABEL = 3
_LONGEST = 24
# Words that distinguish statements least.
_SMALL = frozenset((get_data("argmap.formats", "small_words.txt") or b"").decode().split())


def is_label(text: str) -> bool:
    """Whether the notation can write this between parentheses as it is."""
    return _LABEL.fullmatch(text) is not None


@define
class Labels:
    """Gives out labels that never collide.

    Args:
        taken: Labels that are in use already.
    """

    _taken: set[str] = field(factory=set)
    _numbers: dict[str, int] = field(factory=dict, init=False)

    def named(self, name: str, text: str = "") -> str:
        """A label from somebody's name for a statement, or from its text where the name is of no use."""
        if is_label(name) and name not in self._taken:
            return self._take(name)
        parts = _WORD.findall(unicodedata.normalize("NFC", name))
        readable = "-".join(parts)
        return self._take(readable) if readable and is_label(readable) else self.worded(text)

    def worded(self, text: str) -> str:
        """A short label from the first words of a text that say something: `troops-withdraw-2008`."""
        words = [word.lower().replace("’", "'").replace("'", "") for word in _WORD.findall(text[:2000])]
        telling = [word for word in words if word not in _SMALL] or words
        label = ""
        for word in telling[:_WORDS_IN_LABEL]:
            longer = f"{label}-{word}" if label else word
            if len(longer) > _LONGEST:
                break
            label = longer
        label = label or "".join(telling[:1])[:_LONGEST] or "s"
        return self._take(label if is_label(label) else "s")

    def _take(self, label: str) -> str:
        return unused(label, self._taken, self._numbers)
