"""What may apply to a company, as HTML: totals first, then one row a measure that opens into its sum."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from assistant.answer_json import cites
from assistant.calculation import Matched
from assistant.conversation import ConditionState, Estimate, EstimateStatus
from ui.page.clause_view import source_view
from ui.page.html import badge, element, escaped, listed
from ui.page.sums_view import estimate_view, tone
from ui.terminal.estimates import result_words
from ui.words import (
    AI_NOTICE,
    ESTIMATE_LABELS,
    UNREVIEWED_DRAFT_TOTAL,
    UNREVIEWED_TOTAL,
    amount_words,
    titled,
    validity_words,
)

if TYPE_CHECKING:
    from corpus.store import Corpus

KEY = "offers"
_CLOSED = frozenset({EstimateStatus.NOT_ELIGIBLE, EstimateStatus.NOT_IN_FORCE, EstimateStatus.NOT_QUANTIFIED})


def offers_view(matched: Matched, shown: Collection[EstimateStatus], corpus: Corpus) -> str:
    """Return what was matched: what the profile singles out, what else may apply, what does not."""
    visible = [one for one in matched.estimates if not shown or one.status in shown]
    likely = [one for one in visible if one.measure in matched.pointed]
    open_ones = [one for one in visible if one not in likely and one.status not in _CLOSED]
    closed = [one for one in visible if one not in likely and one.status in _CLOSED]
    parts = (
        _totals(matched),
        listed("ul", "pa-warnings", (element("li", escaped(one)) for one in dict.fromkeys(matched.warnings))),
        _group("与您所填情况对应", likely, matched, corpus, is_open=True),
        _questions(likely, corpus),
        _group("还可能适用，条件待确认", open_ones, matched, corpus, is_open=not likely),
        _group("目前不适用", closed, matched, corpus, is_open=False),
        element("p", _notice(matched), "pa-faint"),
    )
    return element("div", "".join(parts), "pa-results")


def clauses_view(matched: Matched, corpus: Corpus) -> str:
    """Return the clauses the sums of the measures singled out rest on."""
    likely = [one for one in matched.estimates if one.measure in matched.pointed]
    spans = [span for one in likely for step in one.steps for span in step.spans]
    spans += [condition.span for one in likely for condition in one.conditions]
    wanted = cites(spans, matched.sources)
    cards = [source_view(one, KEY, corpus, matched.as_of) for one in matched.sources if one.n in wanted]
    if not cards:
        return ""
    head = element("h2", "依据", "pa-panel-title")
    return element("div", head + element("section", "".join(cards), "pa-turn"), "pa-panel")


def _totals(matched: Matched) -> str:
    total = matched.total
    cards = [
        _figure("现行政策预计合计", total.in_force, "good"),
        _figure("草案拟给予合计，未施行", total.draft, "draft"),
    ]
    if total.unreviewed is not None:
        cards.append(_figure(UNREVIEWED_TOTAL, total.unreviewed, "draft"))
    if total.unreviewed_draft is not None:
        cards.append(_figure(UNREVIEWED_DRAFT_TOTAL, total.unreviewed_draft, "draft"))
    names = {one.measure: one.name for one in matched.estimates}
    dropped = listed(
        "ul",
        "pa-hints",
        (
            element("li", escaped(f"未计入“{names.get(one.measure, one.measure)}”：{one.reason}"))
            for one in total.dropped
        ),
    )
    shown = "".join(card for card in cards if card)
    return element("div", shown, "pa-figures") + dropped if shown else ""


def _figure(label: str, amount: Decimal | None, tone_name: str) -> str:
    if amount is None:
        return ""
    words = amount_words(amount)
    return element(
        "div", element("span", label) + element("strong", escaped(words)), f"pa-figure pa-{tone_name}"
    )


def _group(title: str, rows: Sequence[Estimate], matched: Matched, corpus: Corpus, is_open: bool) -> str:
    if not rows:
        return ""
    head = element("summary", f"{title}（{len(rows)} 项）", "pa-group-title")
    body = head + "".join(_row(one, matched, corpus) for one in rows)
    attributes = {"open": "open"} if is_open else {}
    return element("details", body, "pa-group", **attributes)


def _row(one: Estimate, matched: Matched, corpus: Corpus) -> str:
    measure = corpus.measure(one.measure)
    document = corpus.document_of(one.measure)
    label = corpus.clause(measure.clause_id).label
    place = f"{titled(document.title)}{label} · {validity_words(document)}"
    head = element("span", escaped(one.name), "pa-sum-name")
    head += element("span", escaped(result_words(one)), "pa-row-amount")
    head += badge(ESTIMATE_LABELS[one.status], tone(one.status))
    head += element("span", escaped(place), "pa-trail")
    return element("details", element("summary", head) + estimate_view(one, matched.sources, KEY), "pa-row")


def _questions(rows: Sequence[Estimate], corpus: Corpus) -> str:
    asked = [fact.question for one in rows for fact in one.missing]
    unknown = [corpus.facts[name].question for one in rows for name in _unknown(one, corpus)]
    items = [element("li", escaped(question)) for question in dict.fromkeys((*asked, *unknown))]
    head = element("p", "弄清这些，可以算得更准：", "pa-label")
    return head + listed("ul", "pa-missing", items) if items else ""


def _unknown(one: Estimate, corpus: Corpus) -> Iterable[str]:
    """Return the facts of the conditions nobody spoke of."""
    open_spans = {each.span for each in one.conditions if each.state is ConditionState.UNKNOWN}
    return (each.fact for each in corpus.measure(one.measure).all_conditions if each.span in open_spans)


def _notice(matched: Matched) -> str:
    day = f"测算日 {matched.as_of.isoformat()}"
    rest = "金额为测算值，以主管部门核定为准；草案不计入现行合计"
    return f"{day} · {rest} · {AI_NOTICE}"
