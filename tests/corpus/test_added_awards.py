"""Awards of a document that a person added: what is not proven is refused by line, the text is kept."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from corpus.added import with_added
from corpus.store import Corpus, load_corpus

SLUG = "qinghe-digital-culture"
FOLDER = Path(__file__).with_name("one_folder") / SLUG
ALL = {f"{SLUG}/2/rent", f"{SLUG}/3/jobs", f"{SLUG}/4/lessons"}


@pytest.fixture(scope="module")
def package() -> Corpus:
    return load_corpus()


def changed(home: Path, name: str, before: str, after: str) -> int:
    """Add the document with one change of a file; return the line of the change."""
    folder = home / SLUG
    shutil.copytree(FOLDER, folder)
    text = (folder / name).read_text("utf-8")
    assert text.count(before) >= 1
    (folder / name).write_text(text.replace(before, after, 1), "utf-8")
    return text[: text.index(before)].count("\n") + 1


def awards(corpus: Corpus) -> set[str]:
    return {one.id for one in corpus.measures if one.document == SLUG}


@pytest.mark.parametrize(
    ("before", "after", "lost", "what"),
    [
        ("yuan: 20, quote: 20元", "yuan: 30, quote: 20元", "2/rent", "数值与引文“20元”不一致"),
        ("yuan: 90000", "yuan: 900000", "4/lessons", "数值与引文“9万元”不一致"),
        ("quote: 300元", "quote: 500元", "4/lessons", "所引段落中没有“500元”"),
        ("value: 50, unit: 人", "value: 55, unit: 人", "3/jobs", "数值与引文“50人”不一致"),
        ("fact: new_jobs, quote", "fact: new_job, quote", "3/jobs", "没有事实 new_job"),
        ("value: 24, unit: 月", "value: 24, unit: 年头", "2/rent", "没有单位“年头”"),
    ],
)
def test_an_award_that_is_not_proven_is_refused_and_the_rest_stands(
    tmp_path: Path, package: Corpus, before: str, after: str, lost: str, what: str
) -> None:
    line = changed(tmp_path, "measures.yaml", before, after)
    corpus = with_added(package, tmp_path)
    assert awards(corpus) == ALL - {f"{SLUG}/{lost}"}
    assert corpus.added == (SLUG,)
    (told,) = corpus.left_out
    assert what in told
    assert "measures.yaml 第 " in told
    written = int(told.partition(" 第 ")[2].partition(" 行")[0])
    assert written <= line  # the line itself, or where the award begins that it belongs to
    assert "文件的条款照常可查、可答" in told


@pytest.mark.parametrize(
    ("name", "before", "after", "what"),
    [
        ("measures.yaml", "measures:\n", "mesures:\n", "mesures：没有这一项"),
        ("facts.yaml", "  unit: 课时\n", "  unit: 学分制\n", "没有单位“学分制”"),
        ("facts.yaml", "  role: count\n", "  rolle: count\n", "rolle：没有这一项"),
    ],
)
def test_a_misspelt_file_costs_the_awards_and_not_the_text(
    tmp_path: Path, package: Corpus, name: str, before: str, after: str, what: str
) -> None:
    line = changed(tmp_path, name, before, after)
    corpus = with_added(package, tmp_path)
    assert f"{SLUG}/2" in {clause.id for clause in corpus.clauses}
    assert awards(corpus) == set()
    assert f"{name} 第 {line} 行" in corpus.left_out[0]
    assert what in corpus.left_out[0]


def test_a_lexicon_entry_that_does_not_hold_is_left_out_alone(tmp_path: Path, package: Corpus) -> None:
    line = changed(tmp_path, "lexicon.yaml", "means: [租金补贴]", "means: [租金返还]")
    corpus = with_added(package, tmp_path)
    assert awards(corpus) == ALL
    assert f"lexicon.yaml 第 {line} 行" in corpus.left_out[0]
    assert any(f"{SLUG}/4" in term.at for term in corpus.glossary.terms)


def test_a_unit_nobody_listed_is_the_documents_own(tmp_path: Path, package: Corpus) -> None:
    own = "units:\n  - {unit: 讲, kind: piece, origin: reviewed}\npolicy_words:"
    changed(tmp_path, "lexicon.yaml", "policy_words:", own)
    folder = tmp_path / SLUG
    for name in ("source.txt", "text.md", "measures.yaml", "facts.yaml"):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(text.replace("课时", "讲"), "utf-8")
    policy = (folder / "policy.yaml").read_text("utf-8")
    fresh = hashlib.sha256((folder / "source.txt").read_bytes()).hexdigest()
    old = policy.split("source_sha256: ")[1].split("\n")[0]
    (folder / "policy.yaml").write_text(policy.replace(old, fresh), "utf-8")
    corpus = with_added(package, tmp_path)
    assert corpus.left_out == ()
    assert corpus.facts["lessons_given"].unit.label == "讲"
    assert corpus.units.unit_of("讲") is not None
    assert package.units.unit_of("讲") is None
