"""Small policies written for the tests of search, and a corpus made of them by the real reader."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from corpus.model.document import PolicyDocument, SourceNature, ValidityPeriod
from corpus.reading.clauses import split_clauses
from corpus.store import Corpus

HARBOUR = "港口区促进航运服务业发展的若干措施"
GARDEN = "园林市支持花卉种植的实施办法(草案)"

TEXTS: dict[str, tuple[str, str]] = {
    "harbour": (
        HARBOUR,
        "为促进航运服务业发展,制定本措施。\n"
        "一、吸引船舶公司\n"
        "(一)支持船舶管理。对管理船舶十艘以上的企业,给予最高80万元奖励。(责任单位:区航运办)\n"
        "(二)支持船员培训。对开展船员培训的机构,按培训费用的40%给予补贴。(责任单位:区人社局)\n"
        "二、做强航运金融\n"
        "(三)支持船舶保险。对投保船舶险的企业,给予保费补贴。(责任单位:区金融办)\n"
        "本措施自2025年1月1日起施行,有效期至2027年12月31日。",
    ),
    "garden": (
        GARDEN,
        "第一条(目的和依据)\n为支持花卉种植,制定本办法。\n"
        "第二条(种植补贴)\n对种植花卉的农户给予支持,主要包括:\n"
        "(一)温室建设。新建温室的,按建设费用的30%给予最高20万元补贴。\n"
        "(二)种苗引进。引进新品种种苗的,给予一次性奖励5万元。\n"
        "第三条(附则)\n本办法由市园林局负责解释。",
    ),
}


def corpus_of(texts: Mapping[str, tuple[str, str]] = TEXTS) -> Corpus:
    """Return the corpus of some texts, by slug each with its title."""
    documents = tuple(
        PolicyDocument(slug, title, SourceNature.POLICY, text, split_clauses(slug, text))
        for slug, (title, text) in texts.items()
    )
    digest = hashlib.sha256(repr(sorted(texts.items())).encode()).hexdigest()
    return Corpus(documents, (), {}, (), (), digest)


def changed(slug: str, old: str, new: str) -> Corpus:
    """Return the corpus with some words of one text replaced."""
    title, text = TEXTS[slug]
    assert old in text
    return corpus_of({**TEXTS, slug: (title, text.replace(old, new))})


CITY, DISTRICT = "上海市", "上海市长宁区"
HELD = "第一条(补贴)\n对租用办公用房的企业给予房租补贴。\n第二条(奖励)\n对{}企业给予奖励。"


def dated_corpus() -> Corpus:
    """Return six documents alike but for what a search can be narrowed by: dates, nature, region, level."""
    made = [
        _dated("old", "船舶", CITY, "city", ValidityPeriod(date(2020, 1, 1), date(2022, 12, 31))),
        _dated("now", "花卉", CITY, "city", ValidityPeriod(date(2025, 1, 1), date(2027, 12, 31))),
        _dated("later", "陶瓷", DISTRICT, "district", ValidityPeriod(date(2027, 1, 1), None)),
        _dated("plan", "钟表", DISTRICT, "district", ValidityPeriod(date(2024, 1, 1), date(2026, 12, 31))),
        _dated("news", "丝绸", CITY, "city", ValidityPeriod(None, None)),
        _dated("silent", "竹器", "杭州市", "city", ValidityPeriod(None, None)),
    ]
    natures = {"plan": SourceNature.DRAFT, "news": SourceNature.REPORT}
    documents = tuple(replace(one, nature=natures.get(one.slug, one.nature)) for one in made)
    return Corpus(documents, (), {}, (), (), "dated")


def _dated(slug: str, trade: str, region: str, level: str, validity: ValidityPeriod) -> PolicyDocument:
    text = HELD.format(trade)
    clauses = split_clauses(slug, text)
    nature = SourceNature.POLICY
    return PolicyDocument(
        slug, f"{trade}业若干措施", nature, text, clauses, validity=validity, region=region, level=level
    )


def empty_corpus() -> Corpus:
    """Return a corpus without a single document."""
    return Corpus((), (), {}, (), (), "empty")


def many(count: int) -> Corpus:
    """Return a corpus of `count` clauses in documents of ten, each clause with words of its own."""
    documents = []
    for number in range(count // 10):
        text = "\n".join(
            f"第{at}条 对第{number}号园区的第{at}类企业给予{number * 10 + at}元补贴。" for at in range(1, 11)
        )
        slug = f"park-{number}"
        title = f"第{number}号园区办法"
        documents.append(PolicyDocument(slug, title, SourceNature.POLICY, text, split_clauses(slug, text)))
    return Corpus(tuple(documents), (), {}, (), (), f"many {count}")
