"""A new version of an added document (更新): the old one is kept beside, and comes back if anything fails."""

from __future__ import annotations

from pathlib import Path

from corpus.added import is_slug
from corpus.adding import Received, problems_of, written
from corpus.errors import AddingError
from corpus.model.document import PolicyDocument
from corpus.reading.statements import Stated

VERSIONS = ".versions"


def update_document(received: Received, stated: Stated, slug: str, home: Path) -> PolicyDocument:
    """Put a new version in a document's place; the one before is kept in `.versions/<slug>/<number>`.

    Raises:
        AddingError: none of this name was added, something stated is not in the text, or the disk refuses;
            what was stored stays as it was.
    """
    current = home / slug
    if not is_slug(slug) or not current.is_dir():
        raise AddingError([f"没有添加过编号为“{slug}”的文件，请先用 add 添加；随程序提供的文件不能更新"])
    if problems := problems_of(received, stated, slug, ()):
        raise AddingError(problems)
    with written(received, stated, slug, home, current) as (folder, document):
        kept = home / VERSIONS / slug / str(len(versions_of(slug, home)) + 1)
        kept.parent.mkdir(parents=True, exist_ok=True)
        current.rename(kept)
        try:
            folder.rename(current)
        except OSError:
            kept.rename(current)
            raise
    return document


def versions_of(slug: str, home: Path) -> tuple[Path, ...]:
    """Return the folders of the earlier versions of a document, oldest first."""
    folder = home / VERSIONS / slug
    found = [path for path in folder.iterdir() if path.name.isdigit()] if folder.is_dir() else []
    return tuple(sorted(found, key=lambda path: int(path.name)))
