"""What an index store holds, written down in one step; and the lock held while it changes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from assistant.adapters.errors import IndexUnavailableError

_MANIFEST = "manifest.json"
_READ_WHOLE = 64 * 1024 * 1024
_PIECE = 1024 * 1024
_PIECES = 64  # read of a larger file, evenly spread


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a store holds: `digest` of the source, None while it is being changed; its files as they were.

    `sizes` are those of all files, `contents` the hashes of those that nobody changes who only reads.
    """

    recipe: str
    generation: str
    digest: str | None = None
    count: int = 0
    sizes: dict[str, int] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)


def sizes_of(home: Path) -> dict[str, int]:
    """Return the sizes of a store's files, by path; without those that come and go."""
    return {
        path.relative_to(home).as_posix(): path.stat().st_size
        for path in home.rglob("*")
        if path.is_file() and not path.name.endswith((".lock", "-journal", "-wal", "-shm"))
    }


def contents_of(home: Path, loose: Collection[str]) -> dict[str, str]:
    """Return a hash of each file's content, by path; not of those below the folders named in `loose`.

    Nothing is kept from one start to the next: what rots on a disk keeps its size, its times and its inode,
    so that a hash remembered by these would vouch for the very file that was damaged.

    Raises:
        OSError: a file cannot be read.
    """
    return {name: _content_of(home / name) for name in sizes_of(home) if name.split("/", 1)[0] not in loose}


def _content_of(path: Path) -> str:
    """Return the hash of a file; of one over 64 MB, of pieces all over it: a start must stay quick."""
    size = path.stat().st_size
    told = hashlib.blake2b(str(size).encode(), digest_size=16)
    step, length = (_PIECE, _PIECE) if size <= _READ_WHOLE else (size // _PIECES, _PIECE)
    with path.open("rb") as file:
        for at in range(0, size, step):
            file.seek(at)
            told.update(file.read(length))
    return told.hexdigest()


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest, None where there is none that can be believed."""
    try:
        data = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**data)
        is_sound = isinstance(manifest.generation, str) and manifest.generation.isalnum()
        are_told = isinstance(manifest.sizes, dict) and isinstance(manifest.contents, dict)
        return manifest if is_sound and are_told else None
    except (OSError, ValueError, TypeError):
        return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest in one step: the old one or the new one is there, never half of one."""
    beside = folder / f"{_MANIFEST}.new"
    with beside.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / _MANIFEST)


@contextmanager
def writing(where: Path) -> Iterator[None]:
    """Turn what a directory that cannot be written throws into a message of ours."""
    try:
        yield
    except OSError as error:
        raise IndexUnavailableError(
            f"检索索引目录无法写入：{where}（{error.strerror or error}）。"
            "请检查目录权限和磁盘空间，或用环境变量 POLICY_DATA_DIR 指定另一个目录。"
        ) from error


@contextmanager
def locked(folder: Path, wait_s: float) -> Iterator[None]:
    """Hold the folder's lock.

    Raises:
        IndexUnavailableError: the folder cannot be written, or another process holds it for too long.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(str(folder / "lock"))
    with writing(folder):
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
