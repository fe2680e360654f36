"""Questions on what a kind of company may get at all (我们是AI企业，能享受什么政策), no measure named."""

from __future__ import annotations

import re

from assistant.retrieval.coverage import WeightedTerm, weigh
from assistant.steps.cues import Cues, Intent
from assistant.steps.reading.places import asks_of_foreign
from assistant.steps.state import Reading, State
from assistant.steps.understand import content_of
from corpus.reading.numerals import find_quantities

_PART = re.compile("[，。；;,？?！!]")
_FIGURE = re.compile(r"\d")
_WHICH = ("什么", "哪些", "啥")
_BEFORE = "[^，。；;,？?！!]{0,12}?"


def is_about_company(state: State) -> bool:
    """Tell whether the question says what a company is and asks what it may get, and nothing more."""
    reading, cues = state.reading, state.context.cues.cues
    is_open = any(word in reading.text for word in cues.open_asking)
    if asks_of_foreign(reading.documents, state.context):
        return False
    if not is_open or reading.references or reading.pointed or reading.is_follow_up:
        return False
    if not _only_kinds(reading, cues):
        return False
    asked = _identity(cues).sub(" ", _without_figures(reading, cues))
    return bool(company_query_terms(state)) and not _known(state, asked)


def _without_figures(reading: Reading, cues: Cues) -> str:
    """Return the question without the parts that tell a figure of the company and ask nothing (营收)."""
    parts = _PART.split(reading.text)
    asking = [part for part in parts if any(word in part for word in cues.open_asking)]
    plain = [part for part in parts if not find_quantities(part) and not _FIGURE.search(part)]
    return "，".join(part for part in parts if part in asking or part in plain)


def company_query_terms(state: State) -> tuple[WeightedTerm, ...]:
    """Return what the question says of the company's trade."""
    cues = state.context.cues.cues
    text = " ".join(match["kind"] for match in _identity(cues).finditer(state.reading.text))
    for saying, kind in cues.company_kinds.items():
        text = re.sub(re.escape(saying), kind, text, flags=re.IGNORECASE)
    return _known(state, text)


def _identity(cues: Cues) -> re.Pattern[str]:
    return re.compile(f"(?P<kind>{_BEFORE})(?:{'|'.join(cues.company_words)})")


def _only_kinds(reading: Reading, cues: Cues) -> bool:
    """Tell whether every term is said of what the company is, where what there is at all is asked for."""
    own = " ".join(match[0].lower() for match in _identity(cues).finditer(reading.text))
    is_listed = reading.asks(Intent.LIST) or any(word in reading.text for word in _WHICH)
    for term in reading.terms:
        said = [saying.lower() for saying in term.says if saying.lower() in reading.text.lower()]
        is_own = is_listed and all(saying in own for saying in said)
        if not is_own and not _is_kind(term.says, reading, cues):
            return False
    return True


def _is_kind(says: tuple[str, ...], reading: Reading, cues: Cues) -> bool:
    """Tell whether a term is only said as part of what the company is (检测公司)."""
    said = [saying for saying in says if saying.lower() in reading.text.lower()]
    return any(saying.endswith(cues.company_words) for saying in said)


def _known(state: State, text: str) -> tuple[WeightedTerm, ...]:
    content = content_of(text, find_quantities(text), (), state.context)
    for name in state.context.glossary.documents:
        for saying in name.says:
            content = content.replace(saying, " ")
    query_terms = weigh(content, state.context.rarity) if content.strip() else ()
    return tuple(query_term for query_term in query_terms if query_term.terms)
