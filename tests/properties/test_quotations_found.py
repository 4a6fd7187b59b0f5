"""Any passage of any text is found, however its spacing, dashes and quotation marks are set."""

from __future__ import annotations

import re

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import argmap
from argmap.diagnostics.fixes import apply_fixes
from argmap.sources.matching import Found, closest_passage, find
from argmap.sources.original import Original
from argmap.sources.quotations import check_quotations

WORDS = st.sampled_from(
    ["the", "The", "pact", "war-war", "it's", "“talks”", "3,000", "–", "…", "(a)", "naïve", "日本", "end."]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=60)
GAPS = st.sampled_from([" ", "  ", "\n", "\r\n\t", "\u00a0", "\u2003"])


def reset(passage: str, gap: str) -> str:
    """The passage as another printer would set it."""
    passage = passage.replace("“", "«").replace("”", "'").replace("'", "’").replace("–", "---")
    return re.sub(r"\s+", gap, passage)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.data(), GAPS)
def test_every_passage_is_found(words: list[str], data: st.DataObject, gap: str) -> None:
    source = Original("x.txt", " ".join(words))
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    passage = " ".join(words[start:end])
    outcome = find(source, reset(passage, gap))
    if not re.search(r"\w", passage):
        assert outcome is None
        return
    assert isinstance(outcome, Found)
    assert list(outcome.spans) == sorted(outcome.spans)
    for span in outcome.spans:
        assert 0 <= span.start < span.end <= len(source.text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60), st.booleans())
def test_no_text_and_no_quotation_breaks_it(text: str, words: str, markdown: bool) -> None:
    source = Original("x", text, markdown=markdown)
    find(source, words)
    near = closest_passage(source, words)
    assert near is None or 0 <= near.span.start < near.span.end <= len(text)
    ends = [paragraph.end for paragraph in source.paragraphs]
    starts = [paragraph.start for paragraph in source.paragraphs]
    assert all(a <= b for a, b in zip(ends, starts[1:], strict=False))


PROSE = (
    "The hours of the town are wasted in queues. Nobody likes it, and the mayor said so in public last year; yet no "
    "window was opened, no clerk was hired, and the people of the valley went on waiting as they had always done."
)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(PROSE) - 30), st.integers(18, 120))
@example(start=159, length=18)
def test_the_fix_of_a_cut_quotation_makes_its_first_and_last_word_whole(start: int, length: int) -> None:
    words = PROSE[start : start + length].strip()
    text = f'(a) It is so.\n    > "{words}"\n'
    found = check_quotations(argmap.parse(text), [Original("x.txt", PROSE)])
    assume(found)
    fixed, count = apply_fixes(text, found, unsafe=True)
    quoted = argmap.parse(fixed)["a"].quotations[0].words
    assert count == 1
    assert words in quoted or words[0].swapcase() + words[1:] in quoted
    assert len(quoted.split()) == len(words.split())
    assert isinstance(find(Original("x.txt", PROSE), quoted), Found)
