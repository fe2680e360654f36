"""What a question is after, where one cue word alone does not tell."""

from __future__ import annotations

import re

from assistant.retrieval.tokens import tokens
from assistant.steps.cues import Intent
from assistant.steps.state import State
from corpus.reading.numerals import Kind

_LEAST = ("最低", "最少", "最小")
_MOST = "最高|最多|最大|最低|最少|最小"
_THING = "(?:哪|什么(?!条件|时候)|啥)"
_AWARD = "笔|项|个|条|档|补贴|奖励|支持|扶持|资助|政策"
_EXTREME = re.compile(
    rf"(?:{_MOST})[^，。；？?]{{0,8}}?{_THING}|{_THING}[^，。；？?]{{0,8}}?(?:{_MOST})(?!多少|能|可)"
    rf"|(?:{_MOST})的(?:一|那)?(?:{_AWARD})"
)
_OPEN = re.compile(
    rf"{_THING}[^，。；？?]{{0,8}}?(?:不设上限|没有设上限|未设上限|没有上限|没设上限|没写上限|不封顶|无上限|没上限)"
    rf"|(?:不设上限|没有上限|没设上限|不封顶|无上限)的?(?:有|是)?{_THING}"
)
_GENERIC = frozenset(
    tokens("同一个项目 同一项目 事项 市区 两级 国家 市级 区级 政策 措施 文件 明天 后天 马上 现在 立刻")
)
_WHEN = ("明天", "后天", "马上", "立刻")
_UNHEARD_WORD = 2  # characters no clause has: a word of another matter (餐饮)


def asks_figure(state: State) -> bool:
    """Tell whether a figure of the trade is asked for (营收、授信、家数), neither a date nor an award."""
    text, cues = state.reading.text, state.context.cues.cues
    is_award = any(word in text for word in cues.granting)
    return not is_award and not state.reading.quantities and any(word in text for word in cues.figures)


def duties_asked(state: State) -> tuple[str, ...]:
    """Return the duties (解释、拨付…) whose holder is asked for."""
    if not state.reading.asks(Intent.RESPONSIBLE_BODY):
        return ()
    text, cues = state.reading.text, state.context.cues.cues
    return tuple(
        duty
        for duty in cues.duties
        if duty in text or any(word in text for word in cues.duty_words.get(duty, ()))
    )


def asks_contact(state: State) -> bool:
    """Tell whether it is asked where one can be reached."""
    return any(word in state.reading.text for word in state.context.cues.cues.contacts)


def asks_superlative(state: State) -> str | None:
    """Return whether the most (高), the least (低) or what has no cap (开) is asked for, None for none."""
    reading = state.reading
    match = _EXTREME.search(reading.text) or _OPEN.search(reading.text)
    has_sum = any(found.kind in {Kind.MONEY, Kind.RATE} for found in reading.quantities)
    if match is None or reading.terms or reading.references or has_sum or reading.is_follow_up:
        return None
    if match.re is _OPEN:
        return "开"
    return "低" if any(word in match[0] for word in _LEAST) else "高"


def asks_every_document(state: State) -> bool:
    """Tell whether something each document states of itself is asked for, and no document or matter named."""
    reading, cues = state.reading, state.context.cues.cues
    if asks_superlative(state):
        return True
    said = [word for word in (*cues.contacts, *duties_asked(state)) if word in reading.text]
    said += [word for words in cues.duty_words.values() for word in words if word in reading.text]
    of_itself = frozenset(token for word in said for token in tokens(word)) | _GENERIC
    has_subject = any(
        of_itself.isdisjoint(query_term.terms) and max(map(len, query_term.terms), default=0) > 1
        for query_term in reading.query_terms
    )
    said += [word for word in (*_WHEN, *cues.intents[Intent.CUMULATION]) if word in reading.text]
    strangers = sum(not query_term.terms for query_term in reading.query_terms) - sum(map(len, said))
    has_subject = has_subject or strangers >= _UNHEARD_WORD
    has_sum = any(found.kind in {Kind.MONEY, Kind.RATE} for found in reading.quantities)
    is_bare = not (has_subject or has_sum or reading.documents or reading.references or reading.is_follow_up)
    is_stated = reading.asks(Intent.VALIDITY, Intent.ABOUT, Intent.LIST, Intent.CUMULATION)
    is_stated = is_stated or bool(duties_asked(state)) or asks_contact(state)
    return is_bare and not state.meant and is_stated
