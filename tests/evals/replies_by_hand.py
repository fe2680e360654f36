"""Two items with replies written by hand: one that calculates, one that refuses."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from corpus.store import Corpus
from evals.cases import Case
from evals.exam import Exam
from evals.gold import spans_of
from evals.replies import Reply, read_reply
from evals.suite_files import Gold

CLAUSE = "changning-ai-draft/7.1"
QUOTE = "可按项目自筹投入资金总额的30%,给予企业最高不超过300万元的资助"
OTHER = "changning-ai-draft/8.3"
OTHER_QUOTE = "给予建设单位不超过项目总投入的50%且最高不超过300万元资金扶持"
ASKED = "长宁硬核技术攻关，自筹投入560万元，能拿多少？"  # 560万 x 30% = 168万, below the cap of 300万
CALCULATES = Case.model_validate(
    {
        "id": "battery-calc",
        "suite": "battery",
        "type": "calc",
        "turns": [{"content": ASKED}],
        "expect": {
            "amounts": [
                {"key": "amount", "value_yuan": "1680000", "upper_bound": True},
                {"key": "rate", "value": "0.3"},
                {"key": "cap", "value_yuan": "3000000", "upper_bound": True},
            ],
            "calc": {"value_yuan": "1680000", "formula": "min(5600000*0.3,3000000)"},
            "must_say": [["自筹投入"]],
            "must_not_say": ["70万元"],
            "validity": "draft",
        },
        "evidence": [{"clause": CLAUSE, "quote": QUOTE}],
    }
)
REFUSES = Case.model_validate(
    {
        "id": "battery-refusal",
        "suite": "battery",
        "type": "unanswerable",
        "turns": [{"content": "闵行区硬核技术攻关补贴多少？"}],
        "expect": {"status": "not_covered"},
    }
)
REFUSAL: dict[str, Any] = {"outcome": "not_covered", "text": "本库没有闵行区的政策，不作推测。"}


def right_reply(corpus: Corpus) -> dict[str, Any]:
    """Return a reply in which everything is right."""
    return {
        "outcome": "answered",
        "text": "【草案】硬核技术攻关资助：拟给予最高168万元。〔1〕\n"
        "算式：自筹投入 560万元 × 30% = 168万元，未超过上限 300万元。〔1〕",
        "citations": [citation(corpus, 1, CLAUSE, QUOTE)],
        "estimates": [
            {
                "measure": f"{CLAUSE}/hard-technology",
                "status": "draft",
                "amount_yuan": "1680000.00",
                "is_upper_bound": True,
                "steps": [{"text": "自筹投入 560万元 × 30% = 168万元，未超过上限 300万元"}],
            }
        ],
        "total_yuan": None,
        "draft_total_yuan": "1680000.00",
        "missing": [],
        "warnings": [],
    }


def citation(corpus: Corpus, n: int, clause: str, quote: str) -> dict[str, Any]:
    """Return a true citation."""
    start = corpus.clause(clause).text.index(quote)
    return {"n": n, "clause": clause, "quote": quote, "start": start, "end": start + len(quote)}


def exam_of(case: Case, reply: Reply, corpus: Corpus, retrieved: tuple[str, ...] = (CLAUSE,)) -> Exam:
    """Return what the metrics judge."""
    texts = {clause.id: clause.text for clause in corpus.clauses}
    gold = Gold(spans_of(case.evidence, corpus))
    return Exam(case, case.expect, gold, reply, case.question, texts, retrieved)


def changed(raw: Mapping[str, Any], *swaps: tuple[str, str], **fields: Any) -> dict[str, Any]:
    """Return a reply with words of its text swapped and fields replaced."""
    made = {**copy.deepcopy(dict(raw)), **fields}
    for old, new in swaps:
        assert old in made["text"]
        made["text"] = made["text"].replace(old, new)
    return made


def replied(raw: Mapping[str, Any]) -> Reply:
    """Return a raw reply as read."""
    return read_reply(ASKED, raw, 0.1)
