"""What a document is about, in short (总结一下、主要讲什么): its title and what each part is on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.steps.compose.quoting import sentences
from assistant.steps.state import Line, State
from corpus.model.document import Clause, ClauseKind, PolicyDocument, Span

_ASKS = re.compile(
    "总结|概述|概括|归纳|综述|梗概|摘要|提纲|几句话|简单(?:说|讲|介绍)|大致(?:说|讲)|主要(?:讲|说|内容|有哪些内容)"
    "|讲(?:了|的是)?(?:些)?(?:什么|啥)|说(?:了|的是)?(?:些)?(?:什么|啥)|[几哪][大个]?块|几个?方面|都扶持啥|核心内容"
)
_COUNTS = re.compile("(?:几|多少)[项条款类处]")  # 几个方面一共多少项政策: the count is asked for
_MOST = 24
_LONGEST = 44


def asks_overview(state: State) -> bool:
    """Tell whether a document named is to be told in short, and no matter of it is."""
    reading = state.reading
    is_open = bool(reading.documents) and not (reading.references or reading.quantities or state.estimates)
    return is_open and bool(_ASKS.search(reading.text)) and not _COUNTS.search(reading.text)


def overview_lines(state: State) -> tuple[Line, ...]:
    """Return for each document named its lead and what its parts are headed."""
    documents = map(state.context.corpus.document, state.reading.documents)
    return tuple(line for document in documents for line in _lines(state, document))


def _lines(state: State, document: PolicyDocument) -> Iterator[Line]:
    headed = list(_headed(document))
    title = tuple(span for name, span in document.evidence if name == "title")
    text = state.context.replies.say("overview", title=document.title)
    yield Line(text, title)
    for span in headed[:_MOST]:
        yield Line(f"- {span.quote.strip()}", (span,))


def _headed(document: PolicyDocument) -> Iterator[Span]:
    """Yield the headings of a document, else the first sentence of each of its articles or paragraphs."""
    sections = [
        one for one in document.clauses if one.kind is ClauseKind.HEADING and len(one.text) <= _LONGEST
    ]
    items = [one for one in document.clauses if one.kind is ClauseKind.ITEM and len(one.path.parts) == 1]
    told = sorted((*sections, *items), key=lambda one: one.start)
    for clause in told or [one for one in document.clauses if one.kind is ClauseKind.PARAGRAPH]:
        yield _first(clause)


def _first(clause: Clause) -> Span:
    span = next(sentences(clause), Span(clause.id, 0, len(clause.text), clause.text))
    line = span.quote.split("\n")[0]
    return Span(clause.id, span.start, span.start + len(line), line)
