"""What a body is responsible for: every clause that lists it, document by document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.steps.compose.quoting import bodies_span, quoted, sentences
from assistant.steps.reading.charges import asks_who_leads, charged, charges_of
from assistant.steps.state import Line, State
from corpus.model.document import Clause, Span

_MOST_QUOTED = 12
_LONGEST = 30
_NUMBER = re.compile(r"\d")
_NAME = "、"


def charge_lines(state: State) -> tuple[Line, ...]:
    """Return the clauses whose responsible bodies (责任单位) hold those asked about; none where not asked."""
    asked = charged(state)
    if not asked:
        return ()
    say = state.context.replies.say
    bodies = _NAME.join("／".join(sorted(one)) for one in asked)
    found = charges_of(state)
    if not found:
        return (Line(say("charges_none", bodies=bodies), _titles(state)),)
    lines = [Line(say("charges", bodies=bodies, count=len(found)), (), (str(len(found)),))]
    if asks_who_leads(state):
        lines.append(Line(say("charges_no_lead"), ()))
    by_document: dict[str, list[Clause]] = {}
    for clause in found:
        by_document.setdefault(clause.document, []).append(clause)
    for slug, clauses in by_document.items():
        title = state.context.corpus.document(slug).title
        count = len(clauses)
        lines.append(Line(say("charges_of", title=title, count=count), (), (str(count),)))
        lines += _clause_lines(clauses, is_short=len(found) > _MOST_QUOTED)
    return tuple(lines)


def _clause_lines(clauses: Sequence[Clause], is_short: bool) -> Iterator[Line]:
    for clause in clauses:
        listed = bodies_span(clause)
        spans: tuple[Span, ...] = (listed,) if listed else ()
        first = next(sentences(clause))
        if not is_short:
            yield Line(f"- {clause.label}：{quoted(first)}", (*spans, first))
        elif topic := _topic(clause, first):
            stated = (first,) if _NUMBER.search(topic) else ()
            yield Line(f"- {clause.label}：{topic}", (*spans, *stated))
        else:
            yield Line(f"- {clause.label}", spans)


def _topic(clause: Clause, first: Span) -> str:
    """Return what a clause is about, in the words of its own heading or of a short first sentence."""
    label = clause.label.split("第")[0]
    own = next((one for one in reversed(clause.headings) if one.startswith(label)), "")
    topic = own.removeprefix(label) or first.quote.removeprefix(label).rstrip("。")
    return topic if len(topic) <= _LONGEST else ""


def _titles(state: State) -> tuple[Span, ...]:
    slugs = state.reading.documents or state.question.documents
    documents = [one for one in state.context.corpus.documents if not slugs or one.slug in slugs]
    return tuple(span for one in documents for name, span in one.evidence if name == "title")[:1]
