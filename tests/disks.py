"""Disks that refuse: a folder nobody may write to, a disk of a few megabytes that can be filled."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoMountError(Exception):
    """Raised where this machine lets nobody mount anything."""


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write below a folder, root included.

    Raises:
        NoMountError: nothing may be mounted here.
    """
    _run("mount", "--bind", str(folder), str(folder))
    try:
        _run("mount", "-o", "remount,ro,bind", str(folder))
        yield
    finally:
        _unmount(folder)


@contextmanager
def small_disk(folder: Path, megabytes: int = 8) -> Iterator[None]:
    """Put an empty disk of its own in the place of a folder; it is gone afterwards.

    Raises:
        NoMountError: nothing may be mounted here.
    """
    folder.mkdir(exist_ok=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder))
    try:
        yield
    finally:
        _unmount(folder)


def fill(folder: Path) -> Path:
    """Fill the disk a folder is on to the last byte; return the file to delete for room."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65_536, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return filler


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoMountError(" ".join(command)) from error


def _unmount(folder: Path) -> None:
    """Unmount, at once where nothing uses it any more, else as soon as nothing does."""
    subprocess.run(["umount", "--lazy", str(folder)], check=False, capture_output=True)
