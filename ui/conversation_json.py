"""A kept conversation as JSON: the words of every turn, and what was understood of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from assistant.answer_json import Json
from assistant.conversation import ConversationSummary, Turn

if TYPE_CHECKING:
    from corpus.store import Corpus


def summary_json(summary: ConversationSummary) -> Json:
    """Return a conversation as a list shows it; whose it is stays with us."""
    return {
        "id": summary.id,
        "title": summary.title,
        "turn_count": summary.turns,
        "started_at": summary.started_at.isoformat(),
        "touched_at": summary.touched_at.isoformat(),
    }


def conversation_json(summary: ConversationSummary, turns: Iterable[Turn], corpus: Corpus) -> Json:
    """Return a conversation with its turns, oldest first."""
    return {**summary_json(summary), "turns": [turn_json(turn, corpus) for turn in turns]}


def turn_json(turn: Turn, corpus: Corpus) -> Json:
    """Return one turn: the words, and the reading."""
    return {
        "at": turn.at.isoformat() if turn.at else None,
        "question": turn.question,
        "answer": turn.answer_text,
        "outcome": turn.outcome.value,
        "as_of": turn.as_of.isoformat() if turn.as_of else None,
        **({"worded_by": turn.worded_by.value} if turn.worded_by else {}),
        **({"read_with_model": True} if turn.read_with_model else {}),
        "reading": {
            "asked_date": turn.asked_date.isoformat() if turn.asked_date else None,
            "intents": list(turn.intents),
            "facts": [
                *(_fact_json(name, words, corpus, name in turn.recalled) for name, words in turn.facts),
                *(_fact_json(name, words, corpus, False, whose) for whose, name, words in turn.own),
            ],
            "measures": [{"id": one, "name": measure_name(one, corpus)} for one in turn.measures],
            "clauses": list(turn.clauses),
            "asked": turn.asked,
        },
    }


def _fact_json(name: str, words: str, corpus: Corpus, is_recalled: bool, measure: str | None = None) -> Json:
    label = fact_label(name, corpus)
    return {"name": name, "label": label, "words": words, "recalled": is_recalled, "measure": measure}


def fact_label(name: str, corpus: Corpus) -> str:
    """Return a fact's Chinese label; the bare name where the corpus no longer has the fact."""
    fact = corpus.facts.get(name)
    return fact.label if fact else name


def measure_name(measure: str, corpus: Corpus) -> str:
    """Return a measure's name; the bare id where the corpus no longer has it."""
    return next((one.name for one in corpus.measures if one.id == measure), measure)
