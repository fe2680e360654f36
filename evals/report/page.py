"""The one page of a run: everything inside it, nothing fetched, every word escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.comparing import Comparison
from evals.metrics.catalogue import ABOUT, About
from evals.replies import Reply
from evals.report.highlights import Piece, answer_pieces, clause_pieces
from evals.report.labels import SUITES
from evals.report.plots import Bar, count_bars, share_bars, waiting_bars
from evals.running import Judged, Library, change_for

TYPES = {
    "amount": "数额",
    "condition": "条件",
    "procedure": "程序",
    "compare": "比较",
    "list": "列举",
    "yes_no": "是否",
    "date": "日期",
    "calc": "测算",
    "figure": "事实",
    "definition": "释义",
    "needs_input": "须追问",
    "unanswerable": "不可答",
    "false_premise": "错误前提",
    "counterfactual": "改动原文",
    "out_of_scope": "范围之外",
    "injection": "指令注入",
}
OUTCOMES = {
    "answered": "已回答",
    "needs_input": "追问",
    "not_covered": "拒答",
    "blocked": "拦截",
    "error": "出错",
}
KEYS = {
    "cap": "上限",
    "floor": "下限",
    "rate": "比例",
    "amount": "数额",
    "total": "合计",
    "range_low": "区间下端",
    "range_high": "区间上端",
}
STANDS = {
    "draft": "草案",
    "expired": "已届满",
    "not_yet_in_force": "尚未施行",
    "in_force": "现行",
    "report": "报道",
}
_FOLDER = Path(__file__).parent
_HEADLINE = frozenset(
    [
        "passed",
        "numbers",
        "wrong_number",
        "calculation",
        "citation_validity",
        "citation_recall",
        "false_refusal",
        "false_answer",
    ]
)


@dataclass(frozen=True, slots=True)
class Card:
    """A metric with its interval, as the page shows it; `left` and `width` place the interval, in percent."""

    about: About
    n: int
    told: str
    range_told: str
    value: float
    left: float
    width: float
    is_headline: bool


@dataclass(frozen=True, slots=True)
class TurnView:
    """One turn: what was asked, what came back."""

    reply: Reply
    outcome: str
    answer: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause that is gold or cited, its characters marked."""

    clause_id: str
    is_gold: bool
    is_cited: bool
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class ItemView:
    """One attempt as the page shows it."""

    judged: Judged
    turns: Sequence[TurnView]
    clauses: Sequence[ClauseView]
    gold: frozenset[str]
    seconds: float
    words: str

    @property
    def wanted(self) -> list[str]:
        """Return what was expected, line by line."""
        return expected_lines(self.judged)


def page(
    judged: Sequence[Judged], summary: Mapping[str, Any], library: Library, comparison: Comparison | None
) -> str:
    """Return the page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("report.html.j2").render(
        summary=summary,
        about=ABOUT,
        types=TYPES,
        suites=SUITES,
        outcomes=OUTCOMES,
        cards=cards(summary),
        plots=plots(judged, summary),
        items=[_item(one, library) for one in judged],
        comparison=comparison,
        style=(_FOLDER / "report.css").read_text("utf-8"),
        script=(_FOLDER / "report.js").read_text("utf-8"),
    )


def cards(summary: Mapping[str, Any]) -> list[Card]:
    """Return the score cards, the headline ones first."""
    made = [_card(ABOUT[name], found) for name, found in summary["metrics"].items()]
    return sorted(made, key=lambda card: not card.is_headline)


def _card(about: About, found: Mapping[str, float]) -> Card:
    low, high = found["low"] * 100, found["high"] * 100
    told = f"{low:.1f}%–{high:.1f}%"
    is_headline = about.name in _HEADLINE
    value = found["value"]
    return Card(about, int(found["n"]), f"{value:.1%}", told, value * 100, low, high - low, is_headline)


def plots(judged: Sequence[Judged], summary: Mapping[str, Any]) -> list[tuple[str, str, list[Bar]]]:
    """Return the plots: title, what it shows, bars."""
    seconds = [reply.seconds for one in judged for reply in one.conversation.replies]
    return [
        ("按题集", "全对的题占比，细线为 95% 置信区间", share_bars(summary["by_suite"], SUITES)),
        ("按题型", "全对的题占比，细线为 95% 置信区间", share_bars(summary["by_type"], TYPES)),
        ("错误分类", "每道错题归入一类", count_bars(summary["faults"], " 题")),
        ("回答用时", "每一轮回答所用的时间", waiting_bars(seconds)),
        ("各步骤用时", "平均毫秒数", count_bars(summary["steps_ms"], " 毫秒")),
    ]


def _item(judged: Judged, library: Library) -> ItemView:
    turns = [_turn(reply) for reply in judged.conversation.replies]
    item = judged.attempt.item
    words = " ".join([item.id, *(reply.question for reply in judged.conversation.replies)])
    return ItemView(
        judged,
        turns,
        _clauses(judged, library),
        frozenset(item.gold[-1].clauses),
        sum(reply.seconds for reply in judged.conversation.replies),
        words.lower(),
    )


def _turn(reply: Reply) -> TurnView:
    outcome = OUTCOMES.get(reply.outcome or "", "仅文字") if not reply.failure else "无回答"
    return TurnView(reply, outcome, answer_pieces(reply))


def _clauses(judged: Judged, library: Library) -> list[ClauseView]:
    gold = judged.attempt.item.gold[-1]
    cited = judged.conversation.replies[-1].citations
    texts = library.texts(change_for(judged.attempt))
    names = dict.fromkeys((*gold.clauses, *(one.clause for one in cited)))
    return [
        ClauseView(
            name,
            name in gold.clauses,
            any(one.clause == name for one in cited),
            clause_pieces(name, texts.get(name, "（库中没有这一条）"), gold.spans, cited),
        )
        for name in names
    ]


def expected_lines(judged: Judged) -> list[str]:
    """Return what an item expects, in words."""
    expect = judged.attempt.item.case.expect
    lines = [f"结果：{OUTCOMES[expect.status]}"]
    for amount in expect.amounts:
        value = f"{amount.value_yuan:,f} 元" if amount.value_yuan is not None else f"{amount.value:f}"
        bound = {True: "，最高", False: "，定额", None: ""}[amount.upper_bound]
        lines.append(f"{KEYS.get(amount.key, amount.key)}：{value}{amount.unit or ''}{bound}")
    if expect.calc:
        formula = f"{expect.calc.formula} = " if expect.calc.formula else ""
        lines.append(f"测算：{formula}{expect.calc.value_yuan:,f} 元")
    lines += [f"须说：{' 或 '.join(group)}" for group in expect.must_say]
    lines += [f"须含：{fact}" for fact in expect.facts]
    lines += [f"不得说：{words}" for words in expect.must_not_say]
    return [*lines, *([f"效力：{STANDS[expect.validity]}"] if expect.validity else [])]
