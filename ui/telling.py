"""An answer says everything in its text; a face that shows sums and warnings apart need not say it twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from assistant.conversation import Answer, ConditionState, Estimate, MissingFact

SAME_WORDS = 0.9
MOST_OF_LINE = 0.5
SHORT_LABEL = 4
_MARK = re.compile(r"〔\d+〕")
_TITLE = re.compile(r"^《[^》]+》")
_TITLES = re.compile(r"《([^《》]+)》")


def lines_beside_sums(answer: Answer) -> tuple[str, ...]:
    """Return the lines of the text that the sums, shown on their own, do not repeat.

    A line is repeated when most of it is a worked step or a hint of an estimate, or all its conditions of
    one state; or when it is nothing but the quote of a source, which stands among the sources.
    The first line, the conclusion, always stays.
    """
    lines = [line.strip() for line in answer.text.split("\n") if line.strip()]
    told = [group for estimate in answer.estimates for group in _told_by(estimate)]
    quotes = {one.span.quote for one in answer.citations} if answer.estimates else set()
    beside = (line for line in lines[1:] if not _is_told(line, told) and not _is_quote(line, quotes))
    return (*lines[:1], *beside)


def lines_without_quotes(answer: Answer) -> tuple[str, ...]:
    """Return the lines of the text but those that are nothing but the quote of a source."""
    quotes = {one.span.quote for one in answer.citations}
    lines = (line.strip() for line in answer.text.split("\n"))
    return tuple(line for line in lines if line and not _is_quote(line, quotes))


def open_questions(answer: Answer) -> tuple[MissingFact, ...]:
    """Return the missing facts the text does not already ask for."""
    return tuple(fact for fact in answer.missing if _first_sentence(fact.question) not in answer.text)


def _first_sentence(question: str) -> str:
    """Return the question without the explanation that may follow it."""
    return question.partition("？")[0]


def sums_beside_text(answer: Answer) -> tuple[Estimate, ...]:
    """Return the estimates without the hints that the text has given already.

    That a draft is a draft is said once: by the text, where it says so.
    """
    is_draft_told = "草案" in answer.text
    return tuple(
        replace(one, hints=tuple(hint for hint in one.hints if not (is_draft_told and _is_on_draft(hint))))
        for one in answer.estimates
    )


def warnings_beside_text(answer: Answer) -> tuple[str, ...]:
    """Return the warnings that no line of the text gives of the same document in nearly the same words."""
    return tuple(warning for warning in answer.warnings if not _is_warned(warning, answer.text))


def _is_on_draft(hint: str) -> bool:
    """Tell whether a hint is on a document and says it is a draft."""
    return bool(_TITLE.match(hint)) and "草案" in _TITLE.sub("", hint)


def _is_warned(warning: str, text: str) -> bool:
    title = _TITLE.match(warning)
    about = [line for line in text.split("\n") if title is None or _speaks_of(line, title.group())]
    pairs = _pairs(_TITLE.sub("", warning).rstrip("。"))
    return any(len(pairs & _pairs(line)) >= SAME_WORDS * len(pairs) for line in about)


def _speaks_of(line: str, title: str) -> bool:
    """Tell whether a line names a document, in full or by a title shortened to some of its characters.

    >>> _speaks_of("《长宁实施办法》是草案。", "《长宁区深入推进产业发展的实施办法》")
    True
    >>> _speaks_of("《长宁若干意见》是草案。", "《长宁区深入推进产业发展的实施办法》")
    False
    """
    return any(_is_left_of(name, title) for name in _TITLES.findall(line))


def _is_left_of(name: str, title: str) -> bool:
    rest = iter(title)
    return all(character in rest for character in name)


def _pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring characters, a measure of how alike two wordings are."""
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _told_by(estimate: Estimate) -> Iterator[tuple[str, ...]]:
    yield from ((step.text,) for step in estimate.steps)
    yield from ((hint,) for hint in estimate.hints)
    for state in ConditionState:
        texts = tuple(one.text for one in estimate.conditions if one.state is state)
        if texts:
            yield texts


def _is_quote(line: str, quotes: Collection[str]) -> bool:
    """Tell whether a line is a label (依据, 依据《…》第八条) and the words of a source, nothing else."""
    label, _, words = _MARK.sub("", line).partition("：")
    is_label = len(label) <= SHORT_LABEL or label.startswith("依据")
    return is_label and words.strip("「」。 ") in {quote.rstrip("。") for quote in quotes}


def _is_told(line: str, told: list[tuple[str, ...]]) -> bool:
    words = _MARK.sub("", line)
    words = words.partition("：")[2] or words
    return any(
        all(text in words for text in group) and sum(map(len, group)) >= MOST_OF_LINE * len(words)
        for group in told
    )
