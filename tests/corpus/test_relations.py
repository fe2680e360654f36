"""What documents do to each other: a repealed one knows by which and from when, and only who may repeals."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.model.document import DocumentStatus, PolicyDocument, SourceNature, Span, ValidityPeriod
from corpus.model.relation import Relation, RelationKind
from corpus.reading.metadata import read_metadata
from corpus.relations import final_of, related

OLD = PolicyDocument(
    "old", "北湖市软件扶持办法", SourceNature.POLICY, "", (), document_number="北府办〔2022〕1号",
    region="北湖市",
    validity=ValidityPeriod(date(2022, 1, 1), date(2026, 12, 31)),
)  # fmt: skip
SPAN = Span("new/4", 0, 1, "甲")


def new(kind=RelationKind.REPEALS, title="软件扶持办法", number="北府办[2022]1号", **other):
    document = PolicyDocument(
        "new", "北湖市软件若干措施", SourceNature.POLICY, "", (), region="北湖市",
        validity=ValidityPeriod(date(2025, 4, 1), date(2028, 3, 31)),
        relations=(Relation(kind, title, number, SPAN),),
    )  # fmt: skip
    return replace(document, **other)


def status(other, day):
    return related([OLD, other])[0].status_on(day)


def test_a_repealed_document_ends_the_day_the_other_begins():
    assert status(new(), date(2025, 3, 31)) is DocumentStatus.IN_FORCE
    assert status(new(), date(2025, 4, 1)) is DocumentStatus.REPEALED
    assert related([OLD, new()])[0].repealed.by == "new"


@pytest.mark.parametrize(
    "other",
    [
        new(kind=RelationKind.IMPLEMENTS),
        new(nature=SourceNature.DRAFT),
        new(nature=SourceNature.REPORT),
        new(nature=SourceNature.GUIDE),
        new(region="南湖市"),
        new(region="北湖市城中区"),
        new(number="北府办〔2022〕11号"),
    ],
    ids=["cites it", "a draft", "a report", "a guide", "another city", "a district below", "another number"],
)
def test_what_does_not_repeal_leaves_it_in_force(other):
    assert status(other, date(2026, 1, 1)) is DocumentStatus.IN_FORCE


def test_one_without_a_number_is_meant_by_its_title():
    by_title = new(title="北湖市软件扶持办法（试行）", number="")
    assert status(by_title, date(2026, 1, 1)) is DocumentStatus.REPEALED


def test_when_the_other_leaves_the_corpus_the_repeal_is_unknown_again():
    told = related([OLD, new()])
    assert related(told[:1])[0].status_on(date(2026, 1, 1)) is DocumentStatus.IN_FORCE


@pytest.mark.parametrize(
    ("sentence", "kind", "title", "number"),
    [
        ("原《云州市办法》（云府〔2019〕3号）同时废止。", "repeals", "云州市办法", "云府〔2019〕3号"),
        ("《云州市办法》(云府[2019] 3号)予以废止。", "repeals", "云州市办法", "云府〔2019〕3号"),
        ("云府〔2019〕3号文件停止执行。", "repeals", "", "云府〔2019〕3号"),
        ("云府〔2019〕3号第十条不再执行。", "amends", "", "云府〔2019〕3号"),
        ("本办法代替《云州市旧办法》。", "replaces", "云州市旧办法", ""),
        (
            "《云州市办法》（云府〔2019〕3号）有效期延长至2027年12月31日。",
            "extends",
            "云州市办法",
            "云府〔2019〕3号",
        ),
    ],
)
def test_a_sentence_says_what_is_done_to_which_document(sentence, kind, title, number):
    told = read_metadata(
        f"云州市商务局关于有关文件的通知\n一、给予支持。\n二、{sentence}\n云州市商务局\n2025年1月2日"
    )
    assert [(one.kind.value, one.title, one.number) for one in told.relations] == [(kind, title, number)]


@pytest.mark.parametrize(
    "sentence",
    [
        "本办法自2025年1月1日起施行，期满自动废止。",
        "此前出台的有关政策与本办法不一致的同时废止。",
        "逾期未办理的，资格证书自动失效。",
        "根据《云州市条例》，企业应当备案。",
    ],
)
def test_what_names_no_other_document_ends_none(sentence):
    told = read_metadata(f"云州市办法\n第一条 支持。\n第二条 {sentence}")
    assert [one for one in told.relations if one.kind is RelationKind.REPEALS] == []


def test_an_extension_moves_the_end_and_goes_with_the_document_that_says_it():
    notice = new(kind=RelationKind.EXTENDS)
    notice = replace(notice, relations=(replace(notice.relations[0], on=date(2028, 6, 30)),))
    extended, other = related([OLD, notice])
    assert extended.status_on(date(2028, 6, 30)) is DocumentStatus.IN_FORCE
    assert extended.status_on(date(2028, 7, 1)) is DocumentStatus.EXPIRED
    assert related([extended])[0] == OLD
    assert other is notice


def test_an_extension_that_ends_earlier_changes_nothing():
    notice = new(kind=RelationKind.EXTENDS)
    notice = replace(notice, relations=(replace(notice.relations[0], on=date(2025, 6, 30)),))
    assert related([OLD, notice])[0] is OLD


def test_a_draft_knows_its_final_version_by_its_title_and_place():
    draft = replace(OLD, slug="draft", title="北湖市软件扶持办法（草案）", nature=SourceNature.DRAFT)
    assert final_of(draft, [draft, OLD]) is OLD
    assert final_of(draft, [draft, replace(OLD, region="南湖市")]) is None
    assert final_of(OLD, [draft, OLD]) is None
