"""The receipt (测算单) to keep: a page that stands alone and prints well, or the JSON that can be re-run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING

from assistant.calculation import Together
from ui.page.clause_view import source_view
from ui.page.html import element, escaped
from ui.page.sums.results import KEY
from ui.page.sums_view import estimate_view, total_view
from ui.words import AI_NOTICE

if TYPE_CHECKING:
    from corpus.store import Corpus


def receipt_page(together: Together, told: Mapping[str, str], corpus: Corpus) -> str:
    """Return the receipt as one HTML file without any outside reference."""
    facts = "".join(
        element("dt", escaped(corpus.facts[name].label)) + element("dd", escaped(value))
        for name, value in told.items()
    )
    body = (
        element("h1", "惠企政策测算单"),
        element("p", f"测算日 {together.as_of.isoformat()} · 文本校验码 {corpus.digest[:12]}", "pa-faint"),
        element("h2", "填写的情况"),
        element("dl", facts, "pa-facts") if facts else element("p", "未填写。", "pa-faint"),
        element("h2", "测算"),
        *(estimate_view(one, together.sources, KEY) for one in together.estimates),
        total_view(together.total, together.estimates, together.sources, KEY),
        element("h2", "依据"),
        *(source_view(one, KEY, corpus, together.as_of) for one in together.sources),
        element("p", f"{AI_NOTICE}。金额为测算值，以主管部门核定为准。", "pa-faint"),
    )
    style = "".join(_style(name) for name in ("frame.css", "cards.css", "sums/receipt.css"))
    head = f'<meta charset="utf-8"><title>惠企政策测算单</title><style>{style}</style>'
    return f'<!doctype html><html lang="zh-CN"><head>{head}</head><body>{"".join(body)}</body></html>'


def receipts_json(together: Together, told: Mapping[str, str], corpus: Corpus, as_of: date) -> dict[str, str]:
    """Return one receipt a measure, by file name, each of which `policy-assistant receipt` can re-run."""
    from assistant.calculator.facts import FactSheet
    from assistant.calculator.receipts import write_receipt

    sheet = FactSheet.parse(told, corpus.facts)
    written = {}
    for one in together.estimates:
        measure = corpus.measure(one.measure)
        text = write_receipt(measure, sheet, as_of, corpus)
        written[f"测算单-{one.name}-{as_of.isoformat()}.json"] = text
    return written


def _style(name: str) -> str:
    return resources.files("ui.page").joinpath(name).read_text(encoding="utf-8")
