"""A corpus with words changed, documents left out or noise beside them: written out, and read for real.

The documents are written to a folder of their own and loaded as the package's are: by the real parser, the
real binding of measures, the real proof. Entries that no longer bind, and measures no longer proven, go.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from corpus.check import check_corpus
from corpus.errors import BrokenCorpusError
from corpus.glossary import Glossary
from corpus.glossary_file import check_glossary, load_glossary
from corpus.measures.file import bind_measures, load_facts
from corpus.reading.clauses import split_clauses
from corpus.store import Corpus, documents_folder, load_corpus
from corpus.strict_yaml import load_strictly
from evals.cases import CorpusChange, Edit
from evals.changed_data import Change, changed_data, changes_of
from evals.changed_text import NOISE, changed_library

_DATA = ("policy.yaml", "measures.yaml")
_LISTS = ("measures", "unquantified", "explained", "restatements", "common_conditions")


def changed_corpus(corpus: Corpus, change: CorpusChange) -> Corpus:
    """Return the corpus as changed; the given one where nothing changes.

    Raises:
        BrokenCorpusError: an edit does not fit, or there is no such noise document.
    """
    if change.is_none:
        return corpus
    changed_library(corpus, change)  # says in Chinese what does not fit
    with TemporaryDirectory() as folder:
        root = Path(folder) / "documents"
        root.mkdir()
        shutil.copy(documents_folder().parent / "facts.yaml", root.parent / "facts.yaml")
        for document in corpus.documents:
            if not change.include or document.slug in change.include:
                shutil.copytree(documents_folder() / document.slug, root / document.slug)
        for slug in change.noise:
            shutil.copytree(NOISE / slug, root / slug)
        for edit in change.edits:
            _apply(edit, root / edit.doc)
        for slug in {edit.doc for edit in change.edits}:
            _keep_what_binds(root / slug)
        return _proven(load_corpus(root))


def _apply(edit: Edit, folder: Path) -> None:
    """Make one edit in a document's text and in its data."""
    for change in changes_of((folder / "text.md").read_text("utf-8"), edit):
        _make(change, folder)


def _make(change: Change, folder: Path) -> None:
    path = folder / "text.md"
    text = path.read_text("utf-8")
    clauses = split_clauses(folder.name, text.removesuffix("\n"))
    path.write_text(change.on(text, 0), "utf-8")
    for name in _DATA:
        data = changed_data(load_strictly(folder / name), folder.name, clauses, change)
        (folder / name).write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def _keep_what_binds(folder: Path) -> None:
    """Leave out of `measures.yaml` each entry that its clause no longer bears out."""
    path = folder / "measures.yaml"
    raw = load_strictly(path)
    assert isinstance(raw, dict)
    if _binds(raw, folder):
        return
    kept = {name: value for name, value in raw.items() if name not in _LISTS}
    for name in _LISTS:
        kept[name] = [one for one in raw.get(name) or () if _binds({**kept, name: [one]}, folder)]
    if "cumulation" in kept and not _binds(kept, folder):
        del kept["cumulation"]
    path.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False), "utf-8")


def _binds(raw: Mapping[str, Any], folder: Path) -> bool:
    text = (folder / "text.md").read_text("utf-8").removesuffix("\n")
    clauses = {clause.id: clause for clause in split_clauses(folder.name, text)}
    facts = load_facts(folder.parent.parent / "facts.yaml")
    try:
        bind_measures(folder / "measures.yaml", dict(raw), clauses, facts)
    except BrokenCorpusError:
        return False
    return True


def _proven(corpus: Corpus) -> Corpus:
    """Return the corpus without the measures that the proof finds fault with."""
    faulty = {finding.subject for finding in check_corpus(corpus)}
    measures = tuple(one for one in corpus.measures if one.id not in faulty)
    if len(measures) == len(corpus.measures):
        return corpus
    return replace(corpus, measures=measures, digest=f"{corpus.digest} without {len(faulty)}")


def fitting_glossary(corpus: Corpus) -> Glossary:
    """Return the glossary without what speaks of clauses and documents this corpus has not."""
    glossary = load_glossary()
    slugs = {document.slug for document in corpus.documents}
    return replace(
        glossary,
        documents=tuple(name for name in glossary.documents if name.slug in slugs),
        terms=tuple(_fitting_terms(glossary, corpus)),
    )


def _fitting_terms(glossary: Glossary, corpus: Corpus) -> Iterator[Any]:
    for term in glossary.terms:
        alone = replace(glossary, documents=(), terms=(term,))
        if not check_glossary(alone, corpus.clauses, corpus.facts):
            yield term
