"""The chart of an award against its base, as a picture of our own: one line, the cap, the company's point."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from decimal import Decimal

from assistant.curve import Curve
from corpus.model.measure import Fact
from corpus.model.values import Unit
from ui.page.html import element, escaped
from ui.words import amount_words

_WIDTH, _HEIGHT = 640, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 24, 24, 40, 40
_STYLE = (
    "text{font:13px system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;fill:#5d6169}"
    "@media(max-width:460px){text{font-size:20px}}"
    ".a{fill:none;stroke:#d6d6cf}.l{fill:none;stroke:#254c78;stroke-width:2.5}"
    ".c{fill:none;stroke:#8a5a00;stroke-dasharray:5 4}"
    ".o{fill:#254c78}.t{fill:#8a5a00}.u{fill:#254c78;font-weight:600}"
    "@media(prefers-color-scheme:dark){text{fill:#a3a69f}.a{stroke:#3a3e3a}.l{stroke:#93b9e2}.c{stroke:#e3b964}"
    ".o,.u{fill:#93b9e2}.t{fill:#e3b964}}"
)


def chart_view(curve: Curve, fact: Fact, name: str) -> str:
    """Return the chart as a picture with a description for those who do not see it."""
    svg = base64.b64encode(_svg(curve, fact).encode()).decode()
    told = escaped(described(curve, fact, name))
    picture = f'<img src="data:image/svg+xml;base64,{svg}" alt="{told}" class="pa-chart">'
    return element("figure", picture + element("figcaption", told), "pa-curve")


def described(curve: Curve, fact: Fact, name: str) -> str:
    """Return in a sentence what the chart shows, and how far it still is to the cap."""
    parts = []
    if curve.most is not None and curve.full_at is not None:
        parts.append(f"{fact.label}达到{base_words(fact, curve.full_at)}时到上限{amount_words(curve.most)}")
    if curve.still_missing is not None:
        parts.append(f"还差{base_words(fact, curve.still_missing)}到上限")
    elif curve.own is not None and curve.full_at is not None:
        parts.append("已到上限")
    return f"{name}：{'；'.join(parts)}。" if parts else f"{name}：金额随{fact.label}增加，原文没有写上限。"


def base_words(fact: Fact, value: Decimal) -> str:
    """Write a value of a fact with its unit."""
    return amount_words(value) if fact.unit == Unit.YUAN else f"{value.normalize():f}{fact.unit.label}"


def _svg(curve: Curve, fact: Fact) -> str:
    end = curve.points[-1][0]
    top = max(curve.most or Decimal(0), *(amount for _, amount in curve.points))
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}">',
            f"<style>{_STYLE}</style>",
            *_axes(fact, end),
            *_cap(curve, fact, end, top),
            f'<polyline class="l" points="{_line(curve, end, top)}"/>',
            *_own(curve, fact, end, top),
            "</svg>",
        )
    )


def _axes(fact: Fact, end: Decimal) -> Iterable[str]:
    floor, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    yield f'<path class="a" d="M{_LEFT} {_TOP}V{floor}H{right}"/>'
    yield _text(_LEFT, 20, "金额", "start")
    yield _text(_LEFT, floor + 22, f"{fact.label} →", "start")
    yield _text(right, floor + 22, base_words(fact, _round(end, fact)), "end")


def _cap(curve: Curve, fact: Fact, end: Decimal, top: Decimal) -> Iterable[str]:
    if curve.most is None or curve.full_at is None:
        return
    x, y = _x(curve.full_at, end), _y(curve.most, top)
    yield f'<path class="c" d="M{_LEFT} {y}H{_WIDTH - _RIGHT}M{x} {y}V{_HEIGHT - _BOTTOM}"/>'
    yield _text(_WIDTH - _RIGHT, y - 8, f"上限 {amount_words(curve.most)}", "end", "t")
    at, anchor = (x + 8, "start") if x < _WIDTH / 3 else (x - 8, "end")  # never over the axis
    yield _text(at, _HEIGHT - _BOTTOM - 8, base_words(fact, curve.full_at), anchor, "t")


def _own(curve: Curve, fact: Fact, end: Decimal, top: Decimal) -> Iterable[str]:
    if curve.own is None:
        return
    x, y = _x(curve.own[0], end), _y(curve.own[1], top)
    side = "start" if x < _WIDTH / 2 else "end"
    yield f'<circle class="o" cx="{x}" cy="{y}" r="5"/>'
    words = f"{base_words(fact, curve.own[0])} → {amount_words(curve.own[1])}"
    yield _text(x + (10 if side == "start" else -10), y + 20, words, side, "u")


def _line(curve: Curve, end: Decimal, top: Decimal) -> str:
    return " ".join(f"{_x(base, end)},{_y(amount, top)}" for base, amount in curve.points)


def _x(base: Decimal, end: Decimal) -> float:
    return round(_LEFT + float(base / end) * (_WIDTH - _LEFT - _RIGHT), 1)


def _y(amount: Decimal, top: Decimal) -> float:
    return round(_HEIGHT - _BOTTOM - float(amount / top) * (_HEIGHT - _TOP - _BOTTOM), 1)


def _text(x: float, y: float, words: str, anchor: str, class_: str = "") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" class="{class_}">{escaped(words)}</text>'


def _round(value: Decimal, fact: Fact) -> Decimal:
    return value.quantize(Decimal(1)) if fact.unit == Unit.YUAN else value
