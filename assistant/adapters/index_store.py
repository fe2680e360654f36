"""Where one store (the words, or the vectors of one embedder) lives on disk, and how it is kept true.

    <folder>/lock            held while anything here changes
    <folder>/manifest.json   what the store holds; written last, so a crash midway leaves it unfinished
    <folder>/<generation>/   the store's own files, and ledger.db: the hashes of what is in them

A manifest that matches the source is trusted at once. An unfinished or older one is brought up to date: only
documents whose hash is not in the registry are looked at, and of those only the clauses that differ are done.
Clauses come in batches, each safe on disk before the next is made, so that memory does not grow with the
source and a killed build goes on where it was. Files that are missing, shorter than they were, of another
content (hashed at every opening), or refused by their engine make the store be built anew in a fresh
generation.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Generic, Protocol, TypeVar

from assistant.adapters.entries import Entry, Source, SourceDocument
from assistant.adapters.errors import IndexUnavailableError, StoreDamagedError
from assistant.adapters.hash_registry import HashRegistry, open_hash_registry
from assistant.adapters.manifest import (
    Manifest,
    contents_of,
    locked,
    read_manifest,
    sizes_of,
    write_manifest,
    writing,
)

LOCK_WAIT_S = 120.0
_REGISTRY = "ledger.db"
_QUICK_S = 0.5
Progress = Callable[[int, int], None]


class Store(Protocol):
    """What an index store needs of an engine to keep it."""

    def count(self) -> int:
        """Return how many clauses are kept."""

    def change(
        self, gone: Iterable[str], batches: Iterable[Sequence[Entry]], done: Callable[[int], None]
    ) -> None:
        """Delete clauses and add or replace others, telling `done` of each batch that is safe.

        The next batch is asked for only after `done` has heard of the one before.
        """


S = TypeVar("S", bound=Store)


@dataclass(frozen=True, slots=True)
class IndexStore(Generic[S]):
    """One store's folder. `recipe` names everything but the corpus that the files depend on.

    A batch is what a crash may lose. It grows up to `most` clauses while it takes less than half a second.
    `loose` names folders of the store whose files its engine changes even when it only reads.
    """

    folder: Path
    recipe: str
    make: Callable[[Path], S]
    batch: int = 64
    most: int = 0
    lock_wait_s: float = LOCK_WAIT_S
    discard: Callable[[Path], None] = lambda _home: None
    loose: tuple[str, ...] = ()

    def open(self, source: Source, progress: Progress, rebuild: bool = False) -> S:
        """Return the store, true to `source`.

        Raises:
            IndexUnavailableError: the folder cannot be written, or another process holds it for too long.
        """
        store = None if rebuild else self._as_it_is(source)
        if store is not None:
            return store
        with locked(self.folder, self.lock_wait_s):
            store = None if rebuild else self._as_it_is(source)
            return store if store is not None else self._brought_up(source, progress, rebuild)

    def _as_it_is(self, source: Source) -> S | None:
        manifest = read_manifest(self.folder)
        if manifest is None or manifest.digest != source.digest or not self._is_whole(manifest):
            return None
        try:
            store = self.make(self.folder / manifest.generation)
            return store if store.count() == manifest.count else None
        except StoreDamagedError:
            return None

    def _brought_up(self, source: Source, progress: Progress, rebuild: bool) -> S:
        manifest = read_manifest(self.folder)
        if not rebuild and manifest is not None and self._is_whole(manifest):
            try:
                return self._updated(manifest.generation, source, progress)
            except StoreDamagedError:
                pass  # Its files are of no use; what follows needs none of them.
        try:
            return self._updated(uuid.uuid4().hex[:8], source, progress)
        except StoreDamagedError as error:
            raise IndexUnavailableError(
                f"检索索引无法建立。{error}。请检查磁盘空间和目录权限后重试。"
            ) from error

    def _is_whole(self, manifest: Manifest) -> bool:
        """Tell whether the recipe is today's and every file is there as the manifest has it."""
        home = self.folder / manifest.generation
        if manifest.recipe != self.recipe or not home.is_dir():
            return False
        now = sizes_of(home)
        if not all(now.get(name, -1) >= size for name, size in manifest.sizes.items()):
            return False
        try:
            return manifest.digest is None or contents_of(home, self.loose) == manifest.contents
        except OSError:
            return False

    def _updated(self, generation: str, source: Source, progress: Progress) -> S:
        home = self.folder / generation
        with writing(home):
            home.mkdir(parents=True, exist_ok=True)
            write_manifest(self.folder, Manifest(self.recipe, generation))
        store = self.make(home)
        with open_hash_registry(home / _REGISTRY) as registry:
            count = _Updating(store, registry, (self.batch, self.most), progress).bring_true(source)
        with writing(home):
            files = sizes_of(home), contents_of(home, self.loose)
            write_manifest(self.folder, Manifest(self.recipe, generation, source.digest, count, *files))
        self._forget_others(generation)
        return store

    def _forget_others(self, generation: str) -> None:
        for path in self.folder.iterdir():
            if path.is_dir() and path.name != generation:
                self.discard(path)
                shutil.rmtree(path, ignore_errors=True)


class _Updating:
    """One bringing up to date of a store and its registry."""

    def __init__(
        self, store: Store, registry: HashRegistry, sizes: tuple[int, int], progress: Progress
    ) -> None:
        self._store = store
        self._registry = registry
        self._batch, self._most = sizes
        self._progress = progress
        self._done = self._total = 0

    def bring_true(self, source: Source) -> int:
        """Do what differs from the source; return how many clauses are held in the end."""
        kept, seen, changed = self._registry.documents(), set[str](), list[SourceDocument]()
        for document in source.documents():
            seen.add(document.slug)
            if kept.get(document.slug) != document.digest:
                changed.append(document)
        gone = [slug for slug in self._registry.known() if slug not in seen]
        self._registry.open_documents([*gone, *(document.slug for document in changed)])
        self._delete([*self._all_of(gone), *self._vanished(changed)])
        self._total = sum(document.size for document in changed)
        self._store.change((), self._batches(changed), self._tell)
        if self._store.count() != self._registry.count():
            raise StoreDamagedError("索引中的条款数与登记的不符")
        return self._registry.count()

    def _all_of(self, slugs: Iterable[str]) -> Iterator[str]:
        return (name for slug in slugs for name in self._registry.versions(slug))

    def _vanished(self, documents: Iterable[SourceDocument]) -> Iterator[str]:
        """Give the clauses that documents no longer have."""
        for document in documents:
            if kept := self._registry.versions(document.slug):
                yield from kept.keys() - {entry.id for entry in document.entries()}

    def _delete(self, ids: Sequence[str]) -> None:
        if ids:
            self._store.change(ids, (), lambda _done: None)
            self._registry.drop(ids)

    def _batches(self, documents: Iterable[SourceDocument]) -> Iterator[Sequence[Entry]]:
        """Give the clauses that differ, a batch at a time, entering each batch once the store has it."""
        batch, whole = list[Entry](), list[tuple[str, str]]()
        for document in documents:
            for entry in self._differing(document):
                batch.append(entry)
                if len(batch) >= self._batch:
                    begun = monotonic()
                    yield batch
                    self._enter(batch, whole)
                    self._grow(monotonic() - begun)
                    batch, whole = [], []
            whole.append((document.slug, document.digest))
        if batch:
            yield batch
        self._enter(batch, whole)

    def _grow(self, seconds: float) -> None:
        if seconds < _QUICK_S and self._batch < self._most:
            self._batch = min(self._batch * 2, self._most)

    def _differing(self, document: SourceDocument) -> Iterator[Entry]:
        kept = self._registry.versions(document.slug)
        for entry in document.entries():
            if kept.get(entry.id) != entry.version:
                yield entry
            else:
                self._done += 1

    def _enter(self, batch: Sequence[Entry], whole: Sequence[tuple[str, str]]) -> None:
        self._registry.keep(batch)
        self._registry.close_documents(whole)

    def _tell(self, more: int) -> None:
        self._done += more
        self._progress(self._done, self._total)
