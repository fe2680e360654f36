"""The sum of a proposed award, said in one sentence."""

import pytest

from corpus.extraction.extracting import extract
from corpus.extraction.sentences import formula_sentence
from corpus.reading import read_text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("给予50万元奖励。", "定额 50万元"),
        ("给予最高80万元资助。", "最高 80万元"),
        (
            "按研发费用的20%给予补助，单个企业最高不超过300万元。",
            "研发费用的 20%，单个企业最高不超过 300万元",
        ),
        ("按市级补助额度给予1:1配套。", "按市级补助 1:1 配套"),
        ("每个展位补贴5000元。", "每个展位 5000元"),
        ("对国家级、省级平台，分别奖励100万元、50万元。", "国家级：定额 100万元，省级平台：定额 50万元"),
        ("按投资额的10%至30%给予扶持。", "投资额的 10% 至 30%"),
    ],
)
def test_an_award_is_said_as_one_sentence(words, said):
    [one] = extract(read_text(f"东湖区措施\n第一条 {words}", "donghu").clauses).proposals
    assert formula_sentence(one) == said
