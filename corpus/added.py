"""Documents a person has added (添加的文件): beside those of the package, checked just as strictly.

They lie in the data directory, `documents/<slug>/`: `source.*` as received, `text.md` clean, `policy.yaml`.
One that is broken is left out and named; it never stops the program. They have no measures: nothing is
computed from them, their clauses are found, quoted and cited.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from corpus.errors import BrokenCorpusError, CorpusError
from corpus.model.document import PolicyDocument
from corpus.policy_file import PolicyFile, load_policy
from corpus.reading.clauses import split_clauses
from corpus.store import Corpus, digest_of, read_clean_text
from corpus.strict_yaml import read_model

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 60
REPAIR = "这份文件暂不使用，其余照常；请改正或删去这个文件夹"


def added_folder(data_dir: Path) -> Path:
    """Return where a data directory keeps the documents added to it."""
    return data_dir / "documents"


def with_added(corpus: Corpus, home: Path) -> Corpus:
    """Return the corpus with the documents under `home`; those that are broken are named in `left_out`."""
    documents, left_out, kept = list(corpus.documents), list(corpus.left_out), list[Path]()
    for folder in added_folders(home):
        try:
            if folder.name in {document.slug for document in corpus.documents}:
                raise BrokenCorpusError(str(folder), "与随程序提供的文件同名", REPAIR)
            documents.append(load_added(folder))
            kept.append(folder)
        except (CorpusError, OSError, ValueError, RecursionError) as error:
            is_told = isinstance(error, CorpusError)
            left_out.append(str(error) if is_told else f"{folder}：{error}。{REPAIR}。")
    if not kept and not left_out:
        return corpus
    digest = digest_of([path for folder in kept for path in sorted(folder.glob("*.*"))], corpus.digest)
    return replace(
        corpus,
        documents=tuple(documents),
        added=tuple(folder.name for folder in kept),
        left_out=tuple(left_out),
        digest=digest,
    )


def added_folders(home: Path) -> tuple[Path, ...]:
    """Return the folders of the documents added; what begins with a dot is not finished."""
    if not home.is_dir():
        return ()
    return tuple(sorted(path for path in home.iterdir() if path.is_dir() and not path.name.startswith(".")))


def load_added(folder: Path) -> PolicyDocument:
    """Return one added document, every statement bound to its words.

    Raises:
        BrokenCorpusError: a file is missing, damaged, contradicts another, or the name is no slug.
    """
    if not is_slug(folder.name):
        raise BrokenCorpusError(
            str(folder), "文件夹名须为小写英文字母、数字，用连字符隔开，不超过 60 字", REPAIR
        )
    if (folder / "measures.yaml").exists():
        raise BrokenCorpusError(str(folder), "添加的文件不能带 measures.yaml：金额只按随程序核对过的措施计算")
    text = read_clean_text(folder / "text.md")
    clauses = {clause.id: clause for clause in split_clauses(folder.name, text)}
    document = load_policy(folder / "policy.yaml", text, clauses)
    stated = read_model(folder / "policy.yaml", PolicyFile).source_sha256
    if hashlib.sha256(source_of(folder).read_bytes()).hexdigest() != stated:
        raise BrokenCorpusError(str(folder), "原件与 source_sha256 不符：原件被改动过", REPAIR)
    return document


def source_of(folder: Path) -> Path:
    """Return a document's file as received.

    Raises:
        BrokenCorpusError: there is none, or more than one.
    """
    found = sorted(folder.glob("source.*"))
    if len(found) != 1:
        what = "原件 source.* 不存在" if not found else "有几个 source.*，不知道哪个是原件"
        raise BrokenCorpusError(str(folder), what, REPAIR)
    return found[0]


def is_slug(name: str) -> bool:
    """Tell whether a name may be a document's slug.

    >>> is_slug("nanjing-software-2026"), is_slug("../x"), is_slug("A"), is_slug("a--b")
    (True, False, False, False)
    """
    return len(name) <= LONGEST_SLUG and SLUG.fullmatch(name) is not None
