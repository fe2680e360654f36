"""Where one store (the words, or the vectors of one embedder) lives on disk, and how it is kept true.

    <folder>/lock            held while anything here changes
    <folder>/manifest.json   what the store holds; written last, so a crash midway leaves it unfinished
    <folder>/<generation>/   the store's own files

A manifest that matches the corpus is trusted at once. An unfinished or older one is brought up to date: the
store tells what it holds, clause by clause, and only the difference is done. Files that are missing, shorter
than they were, or refused by their engine make the store be built anew in a fresh generation.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from assistant.adapters.entries import Entry, entries_of
from assistant.adapters.errors import IndexUnavailableError, StoreDamagedError
from corpus.store import Corpus

LOCK_WAIT_S = 120.0
_MANIFEST = "manifest.json"
Progress = Callable[[int, int], None]


class Store(Protocol):
    """What a shelf needs of a store to keep it."""

    def count(self) -> int:
        """Return how many clauses are kept."""

    def versions(self) -> dict[str, str]:
        """Return the content hash of every clause kept, by id."""

    def change(
        self, gone: Iterable[str], batches: Iterable[Sequence[Entry]], done: Callable[[int], None]
    ) -> None:
        """Delete clauses and add or replace others, telling `done` of each batch that is safe."""


S = TypeVar("S", bound=Store)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a store holds: `digest` of the corpus, None while it is being changed; sizes of its files."""

    recipe: str
    generation: str
    digest: str | None = None
    count: int = 0
    sizes: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shelf(Generic[S]):
    """One store's folder. `recipe` names everything but the corpus that the files depend on."""

    folder: Path
    recipe: str
    make: Callable[[Path], S]
    batch: int = 64
    lock_wait_s: float = LOCK_WAIT_S

    def open(self, corpus: Corpus, progress: Progress, rebuild: bool = False) -> S:
        """Return the store, true to `corpus`.

        Raises:
            IndexUnavailableError: the folder cannot be written, or another process holds it for too long.
        """
        store = None if rebuild else self._as_it_is(corpus)
        if store is not None:
            return store
        with _locked(self.folder, self.lock_wait_s):
            store = None if rebuild else self._as_it_is(corpus)
            return store if store is not None else self._brought_up(corpus, progress, rebuild)

    def _as_it_is(self, corpus: Corpus) -> S | None:
        manifest = _read(self.folder)
        if manifest is None or manifest.digest != corpus.digest or not self._is_whole(manifest):
            return None
        try:
            store = self.make(self.folder / manifest.generation)
            return store if store.count() == manifest.count else None
        except StoreDamagedError:
            return None

    def _brought_up(self, corpus: Corpus, progress: Progress, rebuild: bool) -> S:
        manifest = _read(self.folder)
        if not rebuild and manifest is not None and self._is_whole(manifest):
            try:
                return self._updated(manifest.generation, corpus, progress)
            except StoreDamagedError:
                pass  # Its files are of no use; what follows needs none of them.
        try:
            return self._updated(uuid.uuid4().hex[:8], corpus, progress)
        except StoreDamagedError as error:
            raise IndexUnavailableError(
                f"检索索引无法建立。{error}。请检查磁盘空间和目录权限后重试。"
            ) from error

    def _is_whole(self, manifest: Manifest) -> bool:
        """Tell whether the recipe is today's and no file has vanished or shrunk since the manifest."""
        home = self.folder / manifest.generation
        if manifest.recipe != self.recipe or not home.is_dir():
            return False
        now = _sizes(home)
        return all(now.get(name, -1) >= size for name, size in manifest.sizes.items())

    def _updated(self, generation: str, corpus: Corpus, progress: Progress) -> S:
        home = self.folder / generation
        with _writing(home):
            home.mkdir(parents=True, exist_ok=True)
            _write(self.folder, Manifest(self.recipe, generation))
        store = self.make(home)
        count = self._bring_true(store, entries_of(corpus), progress)
        with _writing(home):
            _write(self.folder, Manifest(self.recipe, generation, corpus.digest, count, _sizes(home)))
        self._forget_others(generation)
        return store

    def _bring_true(self, store: S, wanted: dict[str, Entry], progress: Progress) -> int:
        kept = store.versions()
        changed = [entry for name, entry in wanted.items() if kept.get(name) != entry.version]
        done = 0

        def tell(more: int) -> None:
            nonlocal done
            done += more
            progress(done, len(changed))

        store.change([name for name in kept if name not in wanted], _batches(changed, self.batch), tell)
        if store.count() != len(wanted):
            raise StoreDamagedError(f"索引中的条款数与语料不符：{self.folder}")
        return len(wanted)

    def _forget_others(self, generation: str) -> None:
        for path in self.folder.iterdir():
            if path.is_dir() and path.name != generation:
                shutil.rmtree(path, ignore_errors=True)


def _batches(entries: Sequence[Entry], size: int) -> Iterator[Sequence[Entry]]:
    rest = iter(entries)
    while batch := list(islice(rest, size)):
        yield batch


def _sizes(home: Path) -> dict[str, int]:
    return {
        path.relative_to(home).as_posix(): path.stat().st_size
        for path in home.rglob("*")
        if path.is_file() and not path.name.endswith((".lock", "-journal", "-wal", "-shm"))
    }


def _read(folder: Path) -> Manifest | None:
    """Return the manifest, None where there is none that can be believed."""
    try:
        data = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**data)
        is_sound = isinstance(manifest.generation, str) and manifest.generation.isalnum()
        return manifest if is_sound and isinstance(manifest.sizes, dict) else None
    except (OSError, ValueError, TypeError):
        return None


def _write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest in one step: the old one or the new one is there, never half of one."""
    beside = folder / f"{_MANIFEST}.new"
    with beside.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / _MANIFEST)


@contextmanager
def _writing(where: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise IndexUnavailableError(
            f"检索索引目录无法写入：{where}（{error.strerror or error}）。"
            "请检查目录权限和磁盘空间，或用环境变量 POLICY_DATA_DIR 指定另一个目录。"
        ) from error


@contextmanager
def _locked(folder: Path, wait_s: float) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(str(folder / "lock"))
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=wait_s)
        except Timeout:
            raise IndexUnavailableError(
                f"另一个进程正在更新检索索引，等了 {wait_s:g} 秒仍未完成：{folder}。"
                "请稍后再试；若确定没有别的进程在运行，重试即可，锁会随进程结束自动释放。"
            ) from None
    try:
        yield
    finally:
        lock.release()
