"""How many wrong changes of the awards are noticed: `python -m corpus.proof.mutation`.

Each digit, unit and deciding word of the clauses that measures quote, and of every `measures.yaml`, is
changed, one at a time. A mutant is killed when loading or checking complains.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.check import check_corpus
from corpus.errors import CorpusError
from corpus.measures.file import bind_measures
from corpus.model.document import Clause, PolicyDocument
from corpus.proof.mutants import changes, data_mutants
from corpus.reading.clauses import split_clauses
from corpus.store import Corpus, documents_folder, load_corpus
from corpus.strict_yaml import load_strictly


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one mutant; `killed_by` is empty for a survivor."""

    document: str
    place: str
    kind: str
    before: str
    after: str
    killed_by: str

    def __str__(self) -> str:
        return f"{self.document} {self.place} [{self.kind}] {self.before} => {self.after}"


@dataclass(frozen=True, slots=True)
class _Original:
    document: PolicyDocument
    raw: object
    corpus: Corpus
    path: Path


def verdicts(root: Path | None = None, every: int = 1) -> Iterator[Verdict]:
    """Yield the verdict on each mutant of every document with measures; with `every`, on a sample."""
    root = root or documents_folder()
    corpus = load_corpus(root)
    number = 0
    for slug in dict.fromkeys(measure.document for measure in corpus.measures):
        path = root / slug / "measures.yaml"
        original = _Original(corpus.document(slug), load_strictly(path), corpus, path)
        for mutant in (*_clause_mutants(original), *_data_mutants(original)):
            number += 1
            if number % every == 0:
                yield _judge(original, mutant)


@dataclass(frozen=True, slots=True)
class _Mutant:
    place: str
    kind: str
    before: str
    after: str
    text: str
    raw: object


def _clause_mutants(original: _Original) -> Iterator[_Mutant]:
    text = original.document.text
    quoted = {measure.clause_id for measure in original.corpus.measures}
    quoted |= {entry.span.clause_id for entry in original.corpus.explained if entry.restates}
    for clause in original.document.clauses:
        if clause.id not in quoted:
            continue
        for change in changes(clause.text):
            start = clause.start + change.start
            mutated = text[:start] + change.after + text[start + len(change.before) :]
            yield _Mutant(clause.id, change.kind, change.before, change.after, mutated, original.raw)


def _data_mutants(original: _Original) -> Iterator[_Mutant]:
    for mutant in data_mutants(original.raw):
        yield _Mutant(
            mutant.place, mutant.kind, mutant.before, mutant.after, original.document.text, mutant.raw
        )


def _judge(original: _Original, mutant: _Mutant) -> Verdict:
    slug = original.document.slug
    killed_by = _killer(original, mutant)
    return Verdict(slug, mutant.place, mutant.kind, mutant.before, mutant.after, killed_by)


def _killer(original: _Original, mutant: _Mutant) -> str:
    """Load and check the mutant; return what complained, empty if nothing did."""
    try:
        corpus = _load(original, mutant)
    except CorpusError:
        return "load"
    return "check" if check_corpus(corpus) else ""


def _load(original: _Original, mutant: _Mutant) -> Corpus:
    clauses: dict[str, Clause] = {clause.id: clause for clause in original.document.clauses}
    document = original.document
    if mutant.text != document.text:
        clauses = {clause.id: clause for clause in split_clauses(document.slug, mutant.text)}
        document = replace(document, text=mutant.text, clauses=tuple(clauses.values()))
    facts = original.corpus.facts_of(document.slug)
    words = original.corpus.words_of(document.slug)
    file = bind_measures(original.path, mutant.raw, clauses, facts, words=words)
    return Corpus(
        documents=(document,),
        measures=file.measures,
        facts=original.corpus.facts,
        unquantified=file.unquantified,
        explained=file.explained,
        digest="",
        words=original.corpus.words,
    )


def report(results: Iterable[Verdict]) -> tuple[str, bool]:
    """Return the report and whether every mutant was killed."""
    results = tuple(results)
    kinds = Counter(one.kind for one in results)
    survivors = [one for one in results if not one.killed_by]
    lost = Counter(one.kind for one in survivors)
    lines = [f"{kind}: {count - lost[kind]} of {count} killed" for kind, count in sorted(kinds.items())]
    lines += [f"survived: {one}" for one in survivors]
    rate = 100 * (len(results) - len(survivors)) / len(results) if results else 0
    lines.append(f"kill rate {rate:.1f} % ({len(results) - len(survivors)} of {len(results)})")
    return "\n".join(lines), bool(results) and not survivors


def main() -> int:
    """Run every mutant and report; 1 if any survived."""
    text, all_killed = report(verdicts())
    sys.stdout.write(text + "\n")
    return 0 if all_killed else 1


if __name__ == "__main__":
    sys.exit(main())
