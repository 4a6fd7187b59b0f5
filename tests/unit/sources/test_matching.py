"""Finding quoted words in a source: what makes no difference, what does, and where the words stand."""

from __future__ import annotations

import pytest

from argmap.sources.matching import Found, Missing, find
from argmap.sources.original import Original


def found_text(source: str, words: str, *, markdown: bool = False) -> list[str] | None:
    """The source's own text of each part found, or None when the words are missing."""
    outcome = find(Original("essay.txt", source, markdown=markdown), words)
    if isinstance(outcome, Missing):
        return None
    assert isinstance(outcome, Found)
    return [source[span.start : span.end] for span in outcome.spans]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("It is\n  out of   the\r\nquestion.", "It is out of the question."),
        ("They call it “meddling” and it’s rich.", "They call it 'meddling' and it's rich."),
        ("They call it 'meddling'.", "They call it «meddling»"),
        ("talks – still going – matter", "talks--still going--matter"),
        ("talks—still going—matter", "talks - still going - matter"),
        ("the US–Iran talks", "the US-Iran talks"),
        ("an *utterly* **new** `idea`", "an utterly new idea"),
        ("an utterly new idea", "an *utterly* new idea"),
        ("the nego\u00adtiations go on", "the negotiations go on"),
        ("the nego-\n   tiations go on", "the negotiations go on"),
        ("a well-\nknown fact", "a well-known fact"),
        ("cafe\u0301 society", "café society"),
        ("the ﬁrst office", "the first office"),
        ("日本国民は、正当に選挙された", "正当に選挙"),
        ("lives are lost; and more", "lives are lost."),
        ("and so the lives are lost", "So the lives are lost"),
        ("\ufeffFirst words", "First words"),
    ],
)
def test_differences_that_do_not_count(source: str, words: str) -> None:
    assert found_text(source, words) is not None


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("It is out of the questions.", "out of the question"),
        ("He grows stronger", "He grows strong"),
        ("talks with Iran", "talks with iran"),
        ("many men", "any men"),
        ("one, two and three", "one two and three"),
        ("well known", "well-known"),
        ("re-sign the pact", "resign the pact"),
        ("", "anything"),
    ],
)
def test_differences_that_count(source: str, words: str) -> None:
    assert found_text(source, words) is None


@pytest.mark.parametrize("cut", ["…", "...", "[…]", "[...]", "(…)", ". . .", " […] "])
def test_a_cut_skips_words(cut: str) -> None:
    source = "The pact, which nobody had read, was signed."
    assert found_text(source, f"The pact{cut}was signed") == ["The pact", "was signed"]


def test_parts_between_cuts_stand_in_order() -> None:
    outcome = find(Original("essay.txt", "First came Iran. Then came Maliki."), "came Maliki … came Iran")
    assert isinstance(outcome, Missing)
    assert outcome.astray


def test_the_part_that_is_missing_is_named() -> None:
    outcome = find(Original("essay.txt", "First came Iran. Then came Maliki."), "First came Iran … then Crocker")
    assert outcome == Missing("then Crocker")


def test_the_first_part_is_taken_near_to_the_second() -> None:
    source = "The army left. Later the army, tired, came home."
    outcome = find(Original("essay.txt", source), "the army … came home")
    assert isinstance(outcome, Found)
    assert outcome.spans[0].start == source.index("the army, tired")


def test_an_exact_first_letter_comes_before_a_changed_one() -> None:
    source = "Since the army left, much has changed. The army left nothing."
    outcome = find(Original("essay.txt", source), "The army left")
    assert isinstance(outcome, Found)
    assert outcome.spans[0].start == source.index("The army")


def test_an_editor_s_changes_stand_in_brackets() -> None:
    source = "When the army left, it left nothing."
    assert found_text(source, "[T]he army left") == ["the army left"]
    assert found_text(source, "the army left, [the army] left nothing") == ["the army left", "left nothing"]
    assert found_text("We gave it [the MEK] a deadline", "We gave it [the MEK] a deadline") is not None


def test_a_quotation_without_a_word_is_not_looked_for() -> None:
    assert find(Original("essay.txt", "words"), "…") is None
    assert find(Original("essay.txt", "words"), "?!") is None


def test_markdown_markup_is_passed_over() -> None:
    source = (
        "---\ntitle: x\n---\n# On *pacts*\n\n> A [broad pact](https://a.example/x) to end[^1] <b>open</b>\n"
        "> hostilities &mdash; and more.\n\n- one\n- two\n\n<!-- not said -->\n[^1]: A note.\n"
    )
    words = "A broad pact to end open hostilities"
    assert found_text(source, words, markdown=True) is not None
    assert found_text(source, "hostilities — and more", markdown=True) is not None
    assert found_text(source, "On pacts", markdown=True) is not None
    assert found_text(source, "one two", markdown=True) == ["one\n- two"]
    assert found_text(source, "not said", markdown=True) is None


def test_markup_means_itself_in_plain_text() -> None:
    assert found_text("see [the pact](page 3)", "see the pact") is None


def test_adversarial_repetition_stays_quick() -> None:
    """20,000 equal words, and a quotation that fails on its last word at each of them."""
    source = Original("essay.txt", "the " * 20_000 + "end")
    assert isinstance(find(source, "the " * 200 + "start end"), Missing)
    assert isinstance(find(source, "the " * 200 + "end"), Found)


def test_brackets_without_end_stay_quick() -> None:
    for unit in ("[", "[a", "](", "<a ", "<!--", "&a", "> ", "- "):
        assert isinstance(find(Original("x.md", unit * 50_000, markdown=True), "nothing like it"), Missing)
