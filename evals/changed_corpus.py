"""A corpus with words changed, documents left out or noise beside them: written out, and read for real.

The documents are written to a folder of their own and loaded as the package's are: by the real parser, the
real binding of measures, the real proof. Entries that no longer bind, and measures no longer proven, go.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from corpus.check import check_corpus
from corpus.errors import BrokenCorpusError
from corpus.folder import load_lexicon, load_own_facts
from corpus.lexicon_file import LexiconFile, document_words, read_lexicon
from corpus.measures.file import bind_measures
from corpus.model.document import Clause
from corpus.model.measure import Fact
from corpus.reading.clauses import split_clauses
from corpus.shared import load_shared
from corpus.store import Corpus, documents_folder, load_corpus, shared_folder
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
        for document in corpus.documents:
            if not change.include or document.slug in change.include:
                shutil.copytree(documents_folder() / document.slug, root / document.slug)
        for slug in change.noise:
            shutil.copytree(NOISE / slug, root / slug)
        for edit in change.edits:
            _apply(edit, root / edit.doc)
        for slug in {edit.doc for edit in change.edits}:
            _keep_what_binds(root / slug)
            _keep_words_that_fit(root / slug)
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
    try:
        bind_measures(folder / "measures.yaml", dict(raw), _clauses(folder), _facts(folder))
    except BrokenCorpusError:
        return False
    return True


def _clauses(folder: Path) -> dict[str, Clause]:
    text = (folder / "text.md").read_text("utf-8").removesuffix("\n")
    return {clause.id: clause for clause in split_clauses(folder.name, text)}


def _facts(folder: Path) -> dict[str, Fact]:
    shared = load_shared(shared_folder(folder.parent)).facts.facts
    return {**shared, **load_own_facts(folder, load_lexicon(folder)).facts}


def _keep_words_that_fit(folder: Path) -> None:
    """Leave out of `lexicon.yaml` each entry that the changed text no longer bears out."""
    path = folder / "lexicon.yaml"
    whole = read_lexicon(path).model_dump(mode="json")
    measures = load_strictly(folder / "measures.yaml")
    assert isinstance(measures, dict)
    awards = [one["id"] for name in ("measures", "unquantified") for one in measures.get(name) or ()]
    clauses, facts = _clauses(folder), _facts(folder)

    def fits(name: str, row: object) -> bool:
        try:
            file = LexiconFile.model_validate({name: [row]})
            document_words(path, folder.name, file, clauses, facts, awards)
        except BrokenCorpusError:
            return False
        return True

    listed = {name: rows for name, rows in whole.items() if isinstance(rows, list)}
    kept = {**whole, **{name: [row for row in rows if fits(name, row)] for name, rows in listed.items()}}
    path.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False), "utf-8")


def _proven(corpus: Corpus) -> Corpus:
    """Return the corpus without the measures that the proof finds fault with."""
    faulty = {finding.subject for finding in check_corpus(corpus)}
    measures = tuple(one for one in corpus.measures if one.id not in faulty)
    if len(measures) == len(corpus.measures):
        return corpus
    return replace(corpus, measures=measures, digest=f"{corpus.digest} without {len(faulty)}")
