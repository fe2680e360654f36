"""A right number with a wrong belief beside it: that a one-off sum is yearly, that nobody decides on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.steps.state import State
from corpus.model.document import Span
from corpus.model.measure import Measure

_ONCE = re.compile("一次性")
_YEARLY = re.compile("年度|每年|逐年|连续")
_VETTED = re.compile(
    "经[^,，。;；、]{0,14}?(?:批准|认定|评估|评审|审核|审定|核定|核准|同意|确认|评选|考核)(?:合格|通过)?"
)


@dataclass(frozen=True, slots=True)
class Proviso:
    """What is believed beside the number (`belief`), and the words of the clause against it."""

    reply: str
    belief: str
    words: str
    span: Span


def proviso_of(state: State, measure: Measure) -> Proviso | None:
    """Return what the clause says against a belief that stands beside a right number, None where nothing."""
    return next(_provisos(state, measure), None)


def _provisos(state: State, measure: Measure) -> Iterator[Proviso]:
    cues, text = state.context.cues.cues, state.reading.text
    spans = (measure.passage, *(condition.span for condition in measure.all_conditions))
    is_yearly = any(_YEARLY.search(span.quote) for span in spans)  # 一次性补贴,单个单位年度不超过…
    for reply, beliefs, against in (
        ("premise_once", () if is_yearly else cues.recurring, _ONCE),
        ("premise_vetted", cues.unvetted, _VETTED),
    ):
        belief = next((word for word in beliefs if word in text), None)
        if belief is None or any(belief in span.quote for span in spans):
            continue
        for span in spans:
            if found := against.search(span.quote):
                yield Proviso(reply, belief, found[0], span)
