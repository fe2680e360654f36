"""Questions to suggest: one a document, made from what the corpus holds."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.steps.state import State
from corpus.model.document import PolicyDocument


def suggestions(state: State, most: int = 3) -> tuple[str, ...]:
    """Return real questions the corpus answers, those nearest to what was asked first."""
    near = [subject.measure for subject in state.subjects[:most] if subject.measure and subject.score > 0.2]
    asked = [state.desk.replies.say("suggest_amount", name=measure.name) for measure in near]
    return tuple(dict.fromkeys((*asked, *_by_document(state))))[:most]


def _by_document(state: State) -> Iterator[str]:
    allowed = state.question.documents
    for document in state.desk.corpus.documents:
        if not allowed or document.slug in allowed:
            yield _question_on(state, document)


def _question_on(state: State, document: PolicyDocument) -> str:
    measure = next((one for one in state.desk.corpus.measures if one.document == document.slug), None)
    if measure is not None:
        return state.desk.replies.say("suggest_amount", name=measure.name)
    return state.desk.replies.say("suggest_document", title=document.title)
