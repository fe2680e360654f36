"""A run as HTML: cards with their intervals, bars by suite, and each wrong item to open."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evals.metrics.catalogue import ABOUT
from evals.report.labels import SUITES
from ui.page.html import element, escaped
from ui.page.scores.runs import Run

_WIDTH, _ROW, _LABEL = 640, 30, 150
_STYLE = (
    "text{font:13px system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;fill:#5d6169}"
    "@media(max-width:460px){text{font-size:20px}}"
    ".b{fill:#4a76a6}.g{fill:#e2e2dc}.w{stroke:#22252a}"
    "@media(prefers-color-scheme:dark){text{fill:#a3a69f}.b{fill:#93b9e2}.g{fill:#323632}.w{stroke:#e6e7e3}}"
)


def run_view(run: Run) -> str:
    """Return the figures of one run."""
    counts = run.summary.get("counts", {})
    told = f"{counts.get('items', 0)} 题 · 出错 {counts.get('errors', 0)} · 超时 {counts.get('timeouts', 0)}"
    wait = run.summary.get("latency_s", {})
    if "p50" in wait:
        told += f" · 中位用时 {wait['p50'] * 1000:.0f} 毫秒，95% 在 {wait['p95'] * 1000:.0f} 毫秒内"
    parts = (
        element("p", escaped(told), "pa-label"),
        element("div", "".join(_cards(run.summary["metrics"])), "pa-scores"),
        _bars("各题集全对的比例", run.summary.get("by_suite", {})),
        _faults(run.summary.get("faults", {})),
    )
    return element("div", "".join(parts), "pa-run")


def failures_view(failures: Sequence[Mapping[str, Any]]) -> str:
    """Return the wrong items, each to open: what was asked, what was answered, what is wrong with it."""
    if not failures:
        return element("p", "这次评测没有答错的题。", "pa-empty")
    head = element("h2", f"答错的题（{len(failures)}）", "pa-panel-title")
    return head + "".join(_failure(one) for one in failures)


def none_view() -> str:
    """Return what is shown before anything was evaluated."""
    lead = element("p", "还没有评测结果", "pa-welcome-title")
    how = "运行 policy-assistant eval all --out runs/今天 后，这里显示分数、图表和答错的题。"
    return element("div", lead + element("p", escaped(how), "pa-faint"), "pa-results pa-none")


def _cards(metrics: Mapping[str, Mapping[str, float]]) -> Iterable[str]:
    for name, about in ABOUT.items():
        if name not in metrics:
            continue
        one = metrics[name]
        figure = element("strong", f"{one['value']:.1%}")
        spread = f"n={one['n']:.0f}，95% 区间 {one.get('low', 0):.1%}–{one.get('high', 1):.1%}"
        way = "" if about.higher_is_better else "（越低越好）"
        words = element("span", escaped(about.label + way)) + figure + element("small", spread)
        yield element("div", words + element("small", escaped(about.explains)), "pa-score")


def _bars(title: str, groups: Mapping[str, Mapping[str, float]]) -> str:
    if not groups:
        return ""
    rows = [(SUITES.get(name, name), one) for name, one in groups.items()]
    told = "；".join(f"{name} {one['value']:.1%}（{one['n']:.0f} 题）" for name, one in rows)
    svg = base64.b64encode(_svg(rows).encode()).decode()
    picture = f'<img src="data:image/svg+xml;base64,{svg}" alt="{escaped(told)}" class="pa-chart">'
    return element("figure", element("figcaption", title) + picture, "pa-curve")


def _svg(rows: Sequence[tuple[str, Mapping[str, float]]]) -> str:
    room = _WIDTH - _LABEL - 70
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_ROW * len(rows) + 4}">']
    parts.append(f"<style>{_STYLE}</style>")
    for at, (name, one) in enumerate(rows):
        y = at * _ROW + 6
        width = f"{room * one['value']:.1f}"
        low, high = (_LABEL + room * one.get(side, one["value"]) for side in ("low", "high"))
        parts += (
            f'<text x="0" y="{y + 14}">{escaped(name)}</text>',
            f'<rect class="g" x="{_LABEL}" y="{y + 4}" width="{room}" height="12" rx="6"/>',
            f'<rect class="b" x="{_LABEL}" y="{y + 4}" width="{width}" height="12" rx="6"/>',
            f'<path class="w" d="M{low:.1f} {y + 10}H{high:.1f}"/>',
            f'<text x="{_WIDTH}" y="{y + 14}" text-anchor="end">{one["value"]:.0%} / {one["n"]:.0f}</text>',
        )
    return "".join((*parts, "</svg>"))


def _faults(faults: Mapping[str, int]) -> str:
    if not faults:
        return ""
    items = "".join(element("li", escaped(f"{name}：{count} 题")) for name, count in faults.items())
    return element("p", "答错的原因", "pa-label") + element("ul", items, "pa-notes")


def _failure(one: Mapping[str, Any]) -> str:
    turns = [str(turn) for turn in one.get("turns", [])]
    head = element("span", escaped(str(one.get("id", ""))), "pa-trail")
    head += element("span", escaped(turns[-1] if turns else ""), "pa-sum-name")
    head += element("span", escaped(str(one.get("fault") or "")), "pa-badge pa-ask")
    asked = "".join(element("p", escaped(f"问：{turn}")) for turn in turns)
    why = "".join(element("li", escaped(str(reason))) for reason in one.get("why", []))
    answers = [_words(reply) for reply in one.get("replies", [])]
    said = element("blockquote", escaped(answers[-1] if answers else ""), "pa-clause")
    body = asked + said + element("ul", why, "pa-warnings")
    return element("details", element("summary", head) + element("div", body, "pa-failed"), "pa-row")


def _words(reply: object) -> str:
    if not isinstance(reply, Mapping):
        return ""
    return str(reply.get("text") or reply.get("note") or reply.get("failure") or "")
