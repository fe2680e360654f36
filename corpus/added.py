"""Documents a person has added (添加的文件): beside those of the package, checked just as strictly.

They lie in the data directory, `documents/<slug>/`, in the same shape as the package's: `source.*` as
received, `text.md` clean, `policy.yaml`, and where somebody wrote them `facts.yaml`, `measures.yaml` and
`lexicon.yaml`. One whose text is broken is left out and named; it never stops the program. Of one whose
text is sound, only what is not proven is left out and named: its clauses are found, quoted and cited.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from corpus.check import check_corpus
from corpus.errors import BrokenCorpusError, CorpusError
from corpus.facts_file import FactFile, stored_names
from corpus.folder import DocumentData, load_data, load_document, load_lexicon, load_own_facts
from corpus.lexicon_file import LexiconFile
from corpus.measures.file import MeasureFile
from corpus.model.document import PolicyDocument
from corpus.policy_file import PolicyFile
from corpus.proof.finding import Finding
from corpus.store import Corpus, digest_of
from corpus.strict_yaml import at_line, load_strictly, read_model

LOG = logging.getLogger(__name__)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 60
PART = "未经核对的内容暂不使用，文件的条款照常可查、可答"
REPAIR = "这份文件暂不使用，其余照常；请改正或删去这个文件夹"


def added_folder(data_dir: Path) -> Path:
    """Return where a data directory keeps the documents added to it."""
    return data_dir / "documents"


def with_added(corpus: Corpus, home: Path) -> Corpus:
    """Return the corpus with the documents under `home`; what is broken of them is named in `left_out`."""
    left_out = _LeftOut(home)
    added = [one for folder in added_folders(home) if (one := _read(folder, corpus, left_out)) is not None]
    if not added and not left_out.told:
        return corpus
    names = stored_names({one.folder.name: one.own.facts for one in added}, corpus.facts)
    data = [_proven(one, names[one.folder.name], corpus, left_out) for one in added]
    paths = [path for one in added for path in sorted(one.folder.glob("*.*"))]
    facts = {name: fact for one in data for name, fact in one.facts.items()}
    words = {one.folder.name: part.reading for one, part in zip(added, data, strict=True)}
    return replace(
        corpus,
        documents=(*corpus.documents, *(one.document for one in added)),
        measures=(*corpus.measures, *(each for one in data for each in one.measures.measures)),
        facts=MappingProxyType({**corpus.facts, **facts}),
        unquantified=(*corpus.unquantified, *(each for one in data for each in one.measures.unquantified)),
        explained=(*corpus.explained, *(each for one in data for each in one.measures.explained)),
        glossary=sum((one.words for one in data), corpus.glossary),
        words={**corpus.words, **words},
        added=tuple(one.folder.name for one in added),
        left_out=(*corpus.left_out, *left_out.told),
        broken=(*corpus.broken, *dict.fromkeys(left_out.folders)),
        digest=digest_of(paths, corpus.digest),
    )


@dataclass(slots=True)
class _LeftOut:
    """What is left out of the documents under `home`, said without the place, and their folders' names."""

    home: Path
    told: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)

    def add(self, folder: Path, why: str) -> None:
        """Note that a document, or a part of it, is left out."""
        LOG.warning("an added document is left out, or a part of it: %s", why)
        self.told.append(why.replace(f"{self.home}{os.sep}", ""))
        self.folders.append(folder.name)


@dataclass(frozen=True, slots=True)
class _Added:
    """A document whose text is sound, with the words and the facts its folder holds."""

    folder: Path
    document: PolicyDocument
    lexicon: LexiconFile
    own: FactFile


def _read(folder: Path, corpus: Corpus, left_out: _LeftOut) -> _Added | None:
    """Return a document, None where its text is broken: then `left_out` says so."""
    try:
        if folder.name in {document.slug for document in corpus.documents}:
            raise BrokenCorpusError(str(folder), "与随程序提供的文件同名", REPAIR)
        document = load_added(folder)
    except (CorpusError, OSError, ValueError, RecursionError) as error:
        is_told = isinstance(error, CorpusError)
        left_out.add(folder, str(error) if is_told else f"{folder}：读不出来。{REPAIR}。")
        return None
    lexicon, own = LexiconFile(), FactFile()
    try:
        lexicon = load_lexicon(folder)
    except CorpusError as error:
        left_out.add(folder, _partly(document, str(error)))
    try:
        own = load_own_facts(folder, lexicon)
    except CorpusError as error:
        left_out.add(folder, _partly(document, str(error)))
    return _Added(folder, document, lexicon, own)


def _proven(added: _Added, names: dict[str, str], corpus: Corpus, left_out: _LeftOut) -> DocumentData:
    """Return what a document brings along as far as it is proven; `left_out` names the rest."""
    problems: list[str] = []
    shared = {fact.name: fact for fact in corpus.facts.values() if not fact.document}
    data = load_data(added.folder, added.document, added.lexicon, added.own.renamed(names), shared, problems)
    alone = Corpus(
        documents=(added.document,),
        measures=data.measures.measures,
        facts={**shared, **data.facts},
        unquantified=data.measures.unquantified,
        explained=data.measures.explained,
        digest="",
        words={added.document.slug: data.reading},
    )
    faults = {one.subject: one for one in reversed(check_corpus(alone))}
    awards = [one.id for one in data.measures.measures] + [one.id for one in data.measures.unquantified]
    problems += [_unproven(added.folder, faults[name]) for name in awards if name in faults]
    for problem in problems:
        left_out.add(added.folder, _partly(added.document, problem))
    return replace(data, measures=_without(data.measures, faults))


def _without(file: MeasureFile, faults: dict[str, Finding]) -> MeasureFile:
    kept = {one.id for one in file.measures} - faults.keys()
    return MeasureFile(
        tuple(one for one in file.measures if one.id in kept),
        tuple(one for one in file.unquantified if one.id not in faults),
        tuple(one for one in file.explained if one.restates is None or one.restates in kept),
    )


def _unproven(folder: Path, fault: Finding) -> str:
    """Return a finding with the line of the award it is about."""
    path = folder / "measures.yaml"
    raw = load_strictly(path)
    place: tuple[str | int, ...] = ()
    for kind in ("measures", "unquantified"):
        rows = raw.get(kind) if isinstance(raw, dict) else None
        ids = [one.get("id") for one in rows or () if isinstance(one, dict)]
        place = (kind, ids.index(fault.subject)) if fault.subject in ids else place
    return f"{at_line(path, place)} 的措施 {fault.subject} 的 {fault.field}：{fault.message}。"


def _partly(document: PolicyDocument, problem: str) -> str:
    """Say what is left out of a document whose text is answered from all the same."""
    return f"{problem}{PART}（《{document.title}》）。"


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
    document = load_document(folder, has_moved=True)
    stated = read_model(folder / "policy.yaml", PolicyFile)
    if _sha256(source_of(folder)) != stated.source_sha256:
        raise BrokenCorpusError(str(folder), "原件与 source_sha256 不符：原件被改动过", REPAIR)
    if stated.text_sha256 and _sha256(folder / "text.md") != stated.text_sha256:
        raise BrokenCorpusError(str(folder), "text.md 与 text_sha256 不符：正文被改动过", REPAIR)
    return document


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


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
