"""The measures as a table, the grants without a number, and how long each document holds."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from assistant.calculator.explain import rule
from assistant.calculator.facts import FactSheet
from corpus.model.document import PolicyDocument, SourceNature
from corpus.model.measure import Measure, Unquantified
from ui.page.clause_view import shortened, status_tone
from ui.page.html import badge, element, escaped
from ui.words import KIND_LABELS, status_label, titled, validity_words

if TYPE_CHECKING:
    from corpus.store import Corpus

_WIDTH, _ROW, _LEFT, _TOP = 640, 46, 12, 36
_MARGIN = timedelta(days=200)
_STYLE = (
    "text{font:13px system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;fill:#5d6169}"
    "@media(max-width:460px){text{font-size:21px}}"
    ".g{stroke:#e2e2dc}.n{stroke:#9a3324;stroke-width:1.5}.w{fill:#9a3324}.p{fill:#4a76a6}.d{fill:#c9a24a}"
    "@media(prefers-color-scheme:dark){text{fill:#a3a69f}.g{stroke:#323632}.n{stroke:#ee9a8a}.w{fill:#ee9a8a}}"
)


def measures_view(measures: Sequence[Measure], corpus: Corpus, as_of: date) -> str:
    """Return the table of measures: what is granted, by which rule, where it stands."""
    heads = "".join(element("th", head, scope="col") for head in ("措施", "标准", "出处", "现状"))
    rows = "".join(_measure(one, corpus, as_of) for one in measures)
    if not rows:
        return element("p", "没有这样的措施，换个说法试试。", "pa-empty", role="status")
    table = element("thead", element("tr", heads)) + element("tbody", rows)
    count = element("p", f"共 {len(measures)} 项写明金额或比例", "pa-label", role="status")
    return count + element("table", table, "pa-table")


def _measure(one: Measure, corpus: Corpus, as_of: date) -> str:
    document = corpus.document_of(one.id)
    status = document.status_on(as_of)
    words = rule(one, FactSheet(MappingProxyType({}), corpus.facts)).text
    place = f"{titled(document.title)}{corpus.clause(one.clause_id).label}"
    cells = (
        element("strong", escaped(one.name)) + element("span", KIND_LABELS[one.kind.value], "pa-trail"),
        escaped(words),
        escaped(place),
        badge(status_label(status), status_tone(status)),
    )
    return element("tr", "".join(element("td", cell) for cell in cells))


def unquantified_view(grants: Sequence[Unquantified], corpus: Corpus) -> str:
    """Return the grants whose text states no number, and why none can be computed."""
    doubted = "，或读法有疑问待人工核对" if any(one.is_doubted for one in grants) else ""
    intro = f"以下事项原文写了支持，但没有写明金额、比例或上限{doubted}，所以不测算："
    rows = []
    for one in grants:
        document = corpus.document_of(one.id)
        place = f"{titled(document.title)}{corpus.clause(one.clause_id).label}"
        head = element("strong", escaped(one.name)) + element("span", escaped(place), "pa-trail")
        body = element("blockquote", escaped(one.passage.quote), "pa-clause") + element(
            "p", escaped(one.reason)
        )
        rows.append(element("section", head + body, "pa-grant"))
    return element("p", intro, "pa-label") + "".join(rows)


def timeline_view(documents: Sequence[PolicyDocument], as_of: date) -> str:
    """Return when each document holds, the day marked; in a picture and in words."""
    stated = [one for one in documents if one.validity.start or one.validity.end]
    silent = [one for one in documents if one not in stated]
    picture = _picture(stated, as_of) if stated else ""
    lines = [f"{titled(one.title)}：{validity_words(one)}{_left(one, as_of)}" for one in documents]
    told = "；".join(lines)
    image = f'<img src="data:image/svg+xml;base64,{picture}" alt="{escaped(told)}" class="pa-timeline">'
    items = "".join(element("li", escaped(line)) for line in lines)
    note = f"另有 {len(silent)} 份文件的原文没有写明起止日期，不画在图上。" if silent else ""
    return element("figure", image if stated else "") + element("ul", items, "pa-notes") + element("p", note)


def _left(document: PolicyDocument, as_of: date) -> str:
    end = document.validity.end
    if end is None or document.nature is not SourceNature.POLICY:
        return ""
    days = (end - as_of).days
    if days < 0:
        return f"，已过 {-days} 天"
    return f"，还剩 {days} 天" + ("（不足三个月，请抓紧）" if days < 90 else "")


def _picture(documents: Sequence[PolicyDocument], as_of: date) -> str:
    days = [day for one in documents for day in (one.validity.start, one.validity.end) if day is not None]
    first, last = min(*days, as_of) - _MARGIN, max(*days, as_of) + _MARGIN
    rows = len(documents)
    height = _height(rows)
    drawn = "".join(
        (*_years(first, last, height), *_bars(documents, first, last), _today(as_of, first, last, rows))
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"><style>{_STYLE}</style>'
        f"{drawn}</svg>"
    )
    return base64.b64encode(svg.encode()).decode()


def _height(rows: int) -> int:
    return _TOP + _ROW * rows + 16


def _years(first: date, last: date, height: int) -> Iterable[str]:
    years = list(range(first.year + 1, last.year + 1))
    for year in years[:: max(1, len(years) // 8)]:
        x = _x(date(year, 1, 1), first, last)
        yield f'<path class="g" d="M{x} {_TOP - 8}V{height}"/>'
        yield f'<text x="{x}" y="18" text-anchor="middle">{year}</text>'


def _bars(documents: Sequence[PolicyDocument], first: date, last: date) -> Iterable[str]:
    for row, one in enumerate(documents):
        top = _TOP + row * _ROW
        start, end = one.validity.start or first, one.validity.end or last
        left, right = _x(start, first, last), _x(end, first, last)
        kind = "d" if one.nature is SourceNature.DRAFT else "p"
        yield f'<text x="{_LEFT}" y="{top + 12}">{escaped(_called(one))}</text>'
        width = max(right - left, 2)
        yield f'<rect class="{kind}" x="{left}" y="{top + 18}" width="{width}" height="10" rx="5"/>'


def _called(one: PolicyDocument) -> str:
    """Return what a bar is called, short enough for a phone."""
    name = shortened(titled(one.short_title or one.title), 24)
    is_told = one.nature is not SourceNature.DRAFT or "草案" in name
    return name if is_told else f"{name}（草案）"


def _today(as_of: date, first: date, last: date, rows: int) -> str:
    """Return the day marked across the bars, and not across their names."""
    x, height = _x(as_of, first, last), _height(rows)
    bars = "".join(f"M{x} {_TOP + row * _ROW + 15}v16" for row in range(rows))
    words = f'<text class="w" x="{x}" y="{height - 1}" text-anchor="middle">{as_of.isoformat()}</text>'
    return f'<path class="n" d="{bars}"/>{words}'


def _x(day: date, first: date, last: date) -> float:
    share = (day - first).days / max((last - first).days, 1)
    return round(_LEFT + share * (_WIDTH - 2 * _LEFT), 1)
