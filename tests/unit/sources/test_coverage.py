"""What a map rests on, as numbers, table, JSON and page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import argmap
from argmap.pages import coverage_page
from argmap.sources.coverage import as_json, as_table, measure
from argmap.sources.original import Original

TEXT = "# A title\n\nOne sees the cat.\n\nTwo dogs < cats & run.\n\nThree birds sing, one flies."
ESSAY = Original("essay.md", TEXT, markdown=True)
MAP = argmap.parse(
    "title: Pets & <others>\n\n"
    '(cat) There is a cat.\n    > "sees the cat"\n    + (birds) Birds sing.\n        > "Three birds sing"\n'
    '        > "birds sing, one flies"\n    - (ghost) A ghost. {implicit}\n    - (lost) Lost.\n'
    '        > "Two dogs < cats and run"\n'
)


def test_paragraphs_and_words_are_counted_once() -> None:
    (coverage,) = measure(MAP, [ESSAY])
    assert [one.statements for one in coverage.paragraphs] == [("cat",), (), ("birds",)]
    assert (coverage.used, len(coverage.paragraphs)) == (2, 3)
    assert (coverage.quoted_words, coverage.words) == (3 + 5, 2 + 4 + 4 + 5)
    assert [located.statement.id for located in coverage.lost] == ["lost"]


def test_a_source_of_nothing_is_no_division_by_nothing() -> None:
    (coverage,) = measure(MAP, [Original("empty.txt", "")])
    assert (coverage.share, coverage.word_share) == (0.0, 0.0)


def test_table() -> None:
    (coverage,) = measure(MAP, [ESSAY])
    lines = as_table(coverage, MAP).splitlines()
    assert re.fullmatch(r"   1  One sees the cat\. +\(cat\)", lines[1])
    assert lines[2].endswith("–")
    assert lines[-2] == (
        "The map rests on 2 of the 3 paragraphs of essay.md (67%), and quotes 8 of its 15 words (53%)."
    )
    assert "1 quotation is not in essay.md" in lines[-1]
    only = as_table(coverage, MAP, only_passed_over=True)
    assert "Two dogs" in only
    assert "birds sing" not in only


def test_json_offsets_point_into_the_text() -> None:
    data = json.loads(as_json(measure(MAP, [ESSAY])))["sources"][0]
    assert data["share"] == 0.6667
    start, end = data["quotations"][0]["spans"][0]
    assert TEXT[start:end] == "sees the cat"
    assert data["quotations"][0]["paragraphs"] == [1]
    assert data["uses"][1]["statements"] == []


class Page(HTMLParser):
    """Collects what a page is made of, and complains of tags that do not nest."""

    VOID = frozenset({"meta", "link", "br", "input"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]
        assert not any(name.startswith("on") or name == "src" for name, _ in attrs)
        if tag not in self.VOID:
            assert not (tag == "a" and "a" in self.open), "a link within a link"
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_links_passages_and_statements_both_ways() -> None:
    text = coverage_page(MAP, measure(MAP, [ESSAY]))
    page = Page(text)
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert text.count("<mark>") == 4  # the two overlapping quotations make three parts
    assert "left unsaid in the text" in text
    assert "no quotation found" in text


def test_nothing_an_author_wrote_becomes_markup() -> None:
    wild = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp; \x07 </style></title>"
    original = Original(f"{wild}.txt", f"Before {wild} after.\n\nMore.")
    map = argmap.parse(f'title: {wild.replace(chr(7), "")}\nlang: "><script>\n\n(a) {wild}\n    > "Before"\n')
    text = coverage_page(map, measure(map, [original]))
    page = Page(text)
    assert "script" not in page.tags
    assert "img" not in page.tags
    assert "\x07" not in text
    assert "default-src 'none'" in text


def test_every_word_of_the_source_is_on_the_page_in_order() -> None:
    text = coverage_page(MAP, measure(MAP, [ESSAY]))
    body = text[text.index('id="text0-heading"') : text.index('<div class="beside"')]
    body = re.sub(r'<a class="ref".*?</a>|<span class="(?:number|unseen)">.*?</span>(?=<p|</div)', "", body)
    words = re.sub(r"<[^>]*>", "", body.split("</h2>", 1)[1])
    assert words.split() == TEXT.replace("<", "&lt;").replace("& ", "&amp; ").split()
