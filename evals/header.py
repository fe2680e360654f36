"""What a run was made with: hashes of all that decides an answer. No path, no name of a machine."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping
from importlib import metadata, resources
from pathlib import Path

from assistant.adapters.index import RECIPE
from assistant.bootstrap import Application
from assistant.settings import Settings

_CODE = ("*.py", "*.yaml", "*.txt")
_SCORING = ("metrics/*.py", "exam.py", "verdict.py", "cases.py", "replies.py")


def about_program(application: Application, settings: Settings) -> Mapping[str, object]:
    """Return what the header says of this program: corpus, index, prompts, model, code."""
    assistant, corpus = _folder("assistant"), _folder("corpus")
    prompts = [*(assistant / "prompts").glob("*.md"), assistant / "replies.yaml"]
    return {
        "target": "in_process",
        "version": metadata.version("policy-assistant"),
        "python": platform.python_version(),
        "corpus": application.corpus.digest[:16],
        "index": {"recipe": RECIPE, "embedding": settings.embedding_model or "built-in"},
        "prompts": digest_of(prompts, assistant),
        "model": getattr(settings, "chat_model", None) or getattr(settings, "model", None),
        "code": digest_of([*_sources(assistant), *_sources(corpus)], assistant.parent),
    }


def scoring_digest() -> str:
    """Return the hash of the metrics: verdicts of different ones do not compare."""
    folder = _folder("evals")
    return digest_of([path for pattern in _SCORING for path in folder.glob(pattern)], folder)


def digest_of(paths: Iterable[Path], root: Path) -> str:
    """Return a short hash of files, their names below `root` included."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(f"{path.relative_to(root).as_posix()}\0".encode())
        total.update(path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def _sources(folder: Path) -> list[Path]:
    return [path for pattern in _CODE for path in folder.rglob(pattern) if "__pycache__" not in path.parts]


def _folder(package: str) -> Path:
    return Path(str(resources.files(package)))
