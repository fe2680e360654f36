"""Whether the stored text is what cleaning makes of the source as received, and all doubts are settled."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from corpus.added import added_folders, source_of
from corpus.errors import CorpusError
from corpus.policy_file import PolicyFile
from corpus.proof.finding import Finding
from corpus.reading.cleaning import clean_document
from corpus.reading.readers import read_blocks
from corpus.store import documents_folder
from corpus.strict_yaml import read_model


def check_sources(root: Path | None = None) -> tuple[Finding, ...]:
    """Return what is wrong between source and clean text of every document under `root`."""
    folders = added_folders(root or documents_folder())
    return tuple(
        Finding(folder.name, "全文", folder.name, "清洁文本", message)
        for folder in folders
        for message in check_source(folder)
    )


def check_source(folder: Path) -> tuple[str, ...]:
    """Return what is wrong between source, clean text and policy file of one document, in Chinese.

    >>> from corpus.store import documents_folder
    >>> check_source(documents_folder() / "sh-online-economy")
    ()
    """
    try:
        original = source_of(folder)
        policy = read_model(folder / "policy.yaml", PolicyFile)
        source = read_blocks(original)
        stored = (folder / "text.md").read_text(encoding="utf-8").removesuffix("\n")
    except (CorpusError, OSError) as error:
        return (str(error),)
    cleaned = clean_document(source)
    found = []
    if hashlib.sha256(original.read_bytes()).hexdigest() != policy.source_sha256:
        found.append(f"{original.name} 与 policy.yaml 中的 source_sha256 不符：原件被改动过")
    if cleaned.text != stored:
        at = _first_difference(cleaned.text, stored)
        found.append(f"text.md 与原件清洗后的文字不同，自第 {at + 1} 个字起：“{stored[at : at + 12]}”")
    doubts = Counter((change.kind, change.before) for change in cleaned.doubtful)
    reviewed = Counter((doubt.kind, doubt.before) for doubt in policy.reviewed_doubts)
    for kind, before in (doubts - reviewed).elements():
        found.append(f"存疑的改动（{kind}：“{before}”）尚未有人复核，请在 reviewed_doubts 中写明")
    return tuple(found)


def _first_difference(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
