"""The words of a marked-up text: Markdown with its markup blanked out, and the text of a saved web page."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?:.*\r?\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_LINK = re.compile(r"(!?\[)([^\[\]\n]*)(\](?:\([^()\n]*\)|\[[^\[\]\n]*\]))")
_AWAY = re.compile(
    r"""(?mx)
    ^[ ]{0,3}\[[^\[\]\n]+\]:[ \t][^\n]*$      # where a reference link leads, or a footnote's mark and text
    | \[\^[^\[\]\s]+\]                        # a mark that refers to a footnote
    | </?[A-Za-z][^<>\n]*>                    # a tag, or an address in angle brackets
    | ^[ ]{0,3}(?:=+|-{2,})[ \t]*$            # the line under a heading, or a rule
    | ^[ \t]*(?:>[ \t]?)*(?:\#{1,6}(?=[ \t])|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))   # heading, list item
    | ^[ \t]*(?:>[ \t]?)+                     # quoted line
    """
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def blank_markup(text: str) -> str:
    """The text with its markup made into spaces, one for one; character references become their character."""
    text = _FRONT_MATTER.sub(_spaces, text)
    text = _blank_comments(text)
    text = _LINK.sub(lambda found: " " * len(found[1]) + found[2] + " " * len(found[3]), text)
    text = _AWAY.sub(_spaces, text)
    return _ENTITY.sub(lambda found: html.unescape(found[0]).ljust(len(found[0]))[: len(found[0])], text)


def _spaces(found: re.Match[str]) -> str:
    # Line ends stay: they separate paragraphs.
    return re.sub(r"[^\r\n]", " ", found[0])


def _blank_comments(text: str) -> str:
    parts: list[str] = []
    after = 0
    while (start := text.find("<!--", after)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts += (text[after:start], re.sub(r"[^\r\n]", " ", text[start : end + 3]))
        after = end + 3
    return "".join((*parts, text[after:]))


class _PageText(HTMLParser):
    """Gathers the words of a page; what begins or ends a block begins a paragraph."""

    _SILENT = frozenset(("script", "style", "head", "template", "noscript"))
    _INLINE = frozenset(
        ("a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u")
    )

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.silent and tag in self._SILENT:
            self.silent = tag
        elif tag not in self._INLINE:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = ""
        elif tag not in self._INLINE:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(" ".join(re.split(r"\s+", data)))


def page_text(html: str) -> str:
    """The text of a web page, without its markup, scripts and styles; a blank line between blocks."""
    parser = _PageText()
    # Comments go first: the parser looks for the end of each that has none through all of the rest.
    parser.feed(_blank_comments(html).partition("<!--")[0])
    parser.close()
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", "".join(parser.parts)).strip() + "\n"
