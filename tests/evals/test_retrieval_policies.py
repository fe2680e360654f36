"""Annotated policies become questions whose right clause is told by span."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.store import load_corpus
from evals.retrieval_policies import AnnotatedPolicies, load_policies

TEXT = """关于支持孵化载体的若干措施

第一条 对新认定的众创空间，给予企业20万元的奖励。

第二条 对新认定的孵化器，给予企业20万元的奖励。

第三条 按年度担保额的1.5%给予补贴。
"""


def award(quote: str, at: int, **more: Any) -> dict[str, Any]:
    return {"doc": "7", "quote": quote, "start": at, "condition": None, "base": None, **more}


@pytest.fixture
def policies(tmp_path: Path) -> AnnotatedPolicies:
    same = "给予企业20万元的奖励"
    awards = [
        award(same, TEXT.index(same), condition="众创空间"),
        award(same, TEXT.rindex(same), condition="孵化器"),
        award("按年度担保额的1.5%给予补贴", TEXT.index("按年度"), base="年度担保额"),
        award("按年度担保额", TEXT.index("按年度")),
        award("原文没有的话", 3, condition="别的"),
        {**award(same, 0, condition="众创空间"), "doc": "T7"},
    ]
    told = [
        {"id": "7", "title": "孵化若干措施", "region": "上海", "noise": "clean"},
        {
            "id": "T7",
            "title": "孵化若干措施（噪声）",
            "region": "上海",
            "noise": "SYNTHETIC: stray characters",
        },
    ]
    (tmp_path / "7.txt").write_text(TEXT, encoding="utf-8")
    for name, rows in (("manifest", told), ("gold", awards)):
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return load_policies(tmp_path, load_corpus())


def test_an_award_becomes_a_question_in_the_words_of_its_annotation(policies: AnnotatedPolicies) -> None:
    assert [one.text for one in policies.bare] == [
        "众创空间能给多少钱？",
        "孵化器能给多少钱？",
        "按年度担保额的多少给补贴？",
    ]
    assert policies.titled[0].text == "《孵化若干措施》：众创空间能给多少钱？"


def test_the_same_quote_in_two_clauses_is_told_apart_by_its_place(policies: AnnotatedPolicies) -> None:
    right = [
        [clause.id for clause in policies.corpus.clauses if one.is_right(clause.id)] for one in policies.bare
    ]
    assert right == [["policy-7/1"], ["policy-7/2"], ["policy-7/3"]]


def test_a_quote_that_is_not_in_the_text_is_counted_and_not_asked(policies: AnnotatedPolicies) -> None:
    assert policies.unplaced == 1


def test_the_documents_stand_beside_those_of_the_corpus(policies: AnnotatedPolicies) -> None:
    assert [document.slug for document in policies.corpus.documents][-1] == "policy-7"
    assert len(policies.corpus.documents) == len(load_corpus().documents) + 1
