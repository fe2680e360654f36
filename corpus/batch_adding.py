"""Adding many files at once: one report, a failure stops nothing, what is there already is skipped."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.added import LONGEST_SLUG, added_folders
from corpus.adding import Received, receive, save_document
from corpus.binding import bound
from corpus.errors import CorpusError
from corpus.model.document import PolicyDocument
from corpus.policy_file import PolicyFile
from corpus.reading.readers import bytes_of
from corpus.reading.statements import Stated, propose
from corpus.strict_yaml import read_model

NOT_READ = frozenset({".py", ".json", ".jsonl", ".yaml", ".yml", ".csv", ".zip", ".gz", ".exe", ".log"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: the document it is, that it was there already (its slug), or why it failed."""

    path: Path
    document: PolicyDocument | None = None
    already: str = ""
    problem: str = ""


def files_of(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files named and those in the folders named, each once, folders in the order of their names.

    In a folder, hidden files and files that are no documents by their suffix are left out.
    """
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for one in inside:
            if path.is_dir() and (not one.is_file() or not _may_be_document(one.relative_to(path))):
                continue
            found.setdefault(one)
    return tuple(found)


def _may_be_document(path: Path) -> bool:
    is_hidden = any(part.startswith((".", "~$")) for part in path.parts)
    return not is_hidden and path.suffix.lower() not in NOT_READ


def derived_slug(name: str, data: bytes, taken: Collection[str]) -> str:
    """Return a slug for a document that came without one: of its file's Latin letters and its own bytes.

    >>> derived_slug("notice-donghu.txt", b"", ())
    'notice-donghu-e3b0c442'
    >>> derived_slug("北湖.txt", b"", ("added-e3b0c442",))
    'added-e3b0c442-2'
    """
    stem = "-".join(re.findall("[a-z0-9]+", Path(name).stem.lower()))[: LONGEST_SLUG - 14].strip("-")
    slug = f"{stem if re.search('[a-z]', stem) else 'added'}-{hashlib.sha256(data).hexdigest()[:8]}"
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(one for one in numbered if one not in taken)


def proposed(received: Received) -> Stated:
    """Return what a document says of itself, as far as its clauses hold the words."""
    return bound(propose(received.reading.text), received.reading)


def known_sources(home: Path) -> dict[str, str]:
    """Return the slugs of the documents added by the hash of the file they came from."""
    known: dict[str, str] = {}
    for folder in added_folders(home):
        try:
            known[read_model(folder / "policy.yaml", PolicyFile).source_sha256] = folder.name
        except CorpusError:  # a broken one is named where the corpus is loaded
            continue
    return known


def add_all(
    paths: Sequence[Path],
    home: Path,
    taken: Collection[str],
    prefix: str = "",
    on_file: Callable[[Outcome], object] = lambda _outcome: None,
) -> tuple[Outcome, ...]:
    """Add files one by one and tell what became of each; broken off, the same call goes on where it was.

    `prefix` is put in the place of a file's own name in its slug; `on_file` is called after each file.
    """
    outcomes: list[Outcome] = []
    for outcome in _outcomes(paths, home, taken, prefix):
        outcomes.append(outcome)
        on_file(outcome)
    return tuple(outcomes)


def _outcomes(paths: Sequence[Path], home: Path, taken: Collection[str], prefix: str) -> Iterator[Outcome]:
    known, slugs = known_sources(home), list(taken)
    for path in paths:
        try:
            data = bytes_of(path)
            mark = hashlib.sha256(data).hexdigest()
            if mark in known:
                yield Outcome(path, already=known[mark])
                continue
            slug = derived_slug(prefix or path.name, data, slugs)
            received = receive(path.name, data, slug)
            document = save_document(received, proposed(received), slug, home, slugs)
        except (CorpusError, OSError, ValueError, RecursionError) as error:
            yield Outcome(path, problem=_why(path, error))
            continue
        known[mark] = slug
        slugs.append(slug)
        yield Outcome(path, document)


def _why(path: Path, error: Exception) -> str:
    return str(error) if isinstance(error, CorpusError) else f"{path.name} 的内容没有读成，请检查文件。"
