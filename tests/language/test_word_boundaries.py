"""Known words count only where their edges part no characters that belong together."""

from __future__ import annotations

from itertools import pairwise

import pytest

from assistant.language.word_boundaries import stands_as_word, words_found


@pytest.mark.parametrize(
    ("text", "word", "stands"),
    [
        ("每年会设哪几种券", "年会", False),
        ("公司办年会", "年会", True),
        ("节能补贴", "能补", False),
        ("节能补贴", "补贴", True),
    ],
)
def test_a_word_stands_where_it_parts_no_other(text: str, word: str, stands: bool) -> None:
    at = text.index(word)
    assert stands_as_word(text, at, at + len(word)) is stands


def test_the_best_reading_of_the_whole_is_taken() -> None:
    text = "有哪些节能补贴能拿"
    found = [text[start:end] for start, end in words_found(text, {"有哪些", "能补", "补贴", "能拿", "贴能"})]
    assert found == ["有哪些", "补贴", "能拿"]


def test_words_found_do_not_overlap_and_are_in_order() -> None:
    text = "补贴补贴奖励能拿多少补贴"
    found = words_found(text, {"补贴", "奖励", "多少", "贴补"})
    assert all(a[1] <= b[0] for a, b in pairwise(found))
