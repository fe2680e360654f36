"""The clauses of a corpus some of whose words are changed: enough to find evidence in, quick to make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import BrokenCorpusError
from corpus.model.document import Clause
from corpus.reading.clauses import split_clauses
from corpus.store import Corpus
from evals.cases import CorpusChange, Edit

NOISE = Path(__file__).with_name("suites") / "noise-documents"


@dataclass(frozen=True, slots=True)
class ChangedLibrary:
    """The clauses that a changed corpus would have."""

    clauses: tuple[Clause, ...]


def changed_library(corpus: Corpus, change: CorpusChange) -> ChangedLibrary:
    """Return the clauses of the corpus as changed.

    Raises:
        BrokenCorpusError: an edit does not fit its document, or there is no such noise document.
    """
    if change.is_none:
        return ChangedLibrary(corpus.clauses)
    kept = [one for one in corpus.documents if not change.include or one.slug in change.include]
    clauses: list[Clause] = []
    for document in kept:
        edits = [edit for edit in change.edits if edit.doc == document.slug]
        text = edited(document.text, edits)
        clauses += split_clauses(document.slug, text) if edits else document.clauses
    for slug in change.noise:
        clauses += split_clauses(slug, noise_text(slug))
    strangers = {edit.doc for edit in change.edits} - {document.slug for document in kept}
    if strangers:
        raise BrokenCorpusError("corpus.edits", f"没有文件 {'、'.join(sorted(strangers))}")
    return ChangedLibrary(tuple(clauses))


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with its edits made, each wherever its words stand.

    >>> edited("最高300万元。", [Edit(doc="d", find="最高300万元", replace="最高800万元")])
    '最高800万元。'

    Raises:
        BrokenCorpusError: the words do not stand in the text.
    """
    for edit in edits:
        if edit.find not in text:
            raise BrokenCorpusError("corpus.edits", f"{edit.doc} 中没有“{edit.find}”", "请照原文改正")
        text = text.replace(edit.find, edit.replace)
    return text


def noise_slugs() -> Sequence[str]:
    """Return the noise documents there are."""
    return sorted(path.name for path in NOISE.iterdir() if path.is_dir()) if NOISE.is_dir() else []


def noise_text(slug: str) -> str:
    """Return the clean text of a noise document.

    Raises:
        BrokenCorpusError: there is none of this name.
    """
    path = NOISE / slug / "text.md"
    if slug not in noise_slugs():
        raise BrokenCorpusError("corpus.noise", f"没有干扰文件 {slug}，可用：{'、'.join(noise_slugs())}")
    return path.read_text("utf-8").removesuffix("\n")
