"""What is said of quotations that are not in the source."""

from __future__ import annotations

import argmap
from argmap.diagnostics import Severity
from argmap.diagnostics.fixes import apply_fixes
from argmap.model import ArgumentMap, Quotation, Statement
from argmap.sources.original import Original
from argmap.sources.quotations import check_quotations

ESSAY = Original(
    "essay.txt",
    "Nobody expected it.\n\nWith every month that passes, the Iranian side of this complex balance is "
    "becoming stronger, and the US side weaker. That is all.",
)


def quoting(*words: str, where: str | None = None) -> ArgumentMap:
    quotations = tuple(Quotation(words=each, where=where) for each in words)
    return ArgumentMap(statements=(Statement(id="a", label="a", text="It is so.", quotations=quotations),))


def test_words_that_are_there_say_nothing() -> None:
    assert check_quotations(quoting("the Iranian side … is becoming stronger"), [ESSAY]) == ()


def test_the_nearest_passage_is_shown_with_its_differences() -> None:
    words = "with every month that passes, the Iranian side of this balance grows stronger"
    (told,) = check_quotations(quoting(words), [ESSAY])
    assert (told.code, told.severity) == ("AM501", Severity.WARNING)
    assert told.message == "essay.txt does not have these words, quoted for (a)"
    assert told.hint is not None
    assert told.hint.startswith("paragraph 2 of essay.txt has: ")
    assert "{+complex+} balance [-grows-] {+is becoming+} stronger" in told.hint


def test_words_like_nothing_there_get_advice_instead() -> None:
    (told,) = check_quotations(quoting("bananas are yellow when ripe"), [ESSAY])
    assert told.hint is not None
    assert "has:" not in told.hint
    assert "note" in told.hint


def test_labels_point_at_the_very_words_and_the_mend_quotes_the_source() -> None:
    text = '(a) Iran gains.\n    > "the Iranian side of this complex balance is getting stronger"\n'
    map = argmap.parse(text)
    (told,) = check_quotations(map, [ESSAY])
    pointed = [text[label.span.start : label.span.end] for label in told.labels[1:]]
    assert pointed == ["getting"]
    assert told.labels[1].text == "the source has “becoming”"
    assert told.fix is not None
    assert not told.fix.safe
    (edit,) = told.fix.edits
    mended = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    assert check_quotations(argmap.parse(mended), [ESSAY]) == ()
    assert apply_fixes(text, [told]) == (text, 0)


def test_a_source_is_chosen_by_its_short_name() -> None:
    other = Original("other.txt", "Bananas are yellow.", short="other")
    essay = Original("essay.txt", ESSAY.text, short="essay")
    assert check_quotations(quoting("Bananas are yellow"), [essay, other]) == ()
    for where in ("essay, §3", "essay §3", "essay", "essay: 3", "essay.txt, p. 2"):
        (told,) = check_quotations(quoting("Bananas are yellow", where=where), [essay, other])
        assert told.message.startswith("essay.txt does not")
    (told,) = check_quotations(quoting("Cherries are red", where="p. 3"), [essay, other])
    assert told.message.startswith("essay.txt or other.txt does not")


def test_what_may_be_in_a_missing_source_is_not_called_missing() -> None:
    assert check_quotations(quoting("Cherries are red"), [ESSAY], {"other"}) == ()
    assert check_quotations(quoting("Cherries are red", where="other, 3"), [ESSAY], {"other"}) == ()
    named = Original("essay.txt", ESSAY.text, short="essay")
    assert len(check_quotations(quoting("Cherries are red", where="essay, 3"), [named], {"other"})) == 1


def test_parts_in_another_order_are_told_so() -> None:
    (told,) = check_quotations(quoting("becoming stronger … Nobody expected it"), [ESSAY])
    assert "not in this order" in told.message


def test_a_thousand_misses_are_all_told() -> None:
    map = quoting(*(f"month number {n} of the complex balance" for n in range(1000)))
    assert len(check_quotations(map, [ESSAY])) == 1000


def test_a_changed_first_letter_is_not_marked_as_a_difference() -> None:
    (told,) = check_quotations(quoting("With every month that goes by, the Iranian side"), [ESSAY])
    assert told.hint is not None
    assert "With every month that [-goes by-] {+passes+}" in told.hint
    (told,) = check_quotations(quoting("Every month that goes by, the Iranian side"), [ESSAY])
    assert told.hint is not None
    assert "every month that [-goes by-]" in told.hint
    assert "{+every+}" not in told.hint
