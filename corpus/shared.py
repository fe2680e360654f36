"""`shared/`: what no single document owns — facts and words of several, kinds of things, places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from corpus.facts_file import FactFile, load_facts
from corpus.glossary import Glossary, Region
from corpus.lexicon_file import LexiconFile, read_lexicon, shared_words
from corpus.strict_yaml import read_model


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Shape = TypeVar("Shape", bound=_Strict)


class _KindsFile(_Strict):
    never_facts: tuple[str, ...] = ()
    foreign_outlays: tuple[str, ...] = ()
    families: tuple[str, ...] = ()


class _RegionRow(_Strict):
    places: tuple[str, ...]
    unless: tuple[str, ...]


class _PlacesFile(_Strict):
    elsewhere: tuple[_RegionRow, ...] = ()


class _StoredFile(_Strict):
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """What documents share; `keeping` are the documents whose facts are stored under their plain names."""

    folder: Path
    facts: FactFile = field(default_factory=FactFile)
    lexicon: LexiconFile = field(default_factory=LexiconFile)
    kinds: Glossary = field(default_factory=Glossary)
    keeping: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the files it was read from, in order."""
        return tuple(sorted(self.folder.glob("*.yaml")))

    def words(self, slugs: Iterable[str]) -> Glossary:
        """Return the words that the documents of these slugs share.

        Raises:
            BrokenCorpusError: an entry speaks of a fact that documents do not share.
        """
        own = shared_words(self.folder / "lexicon.yaml", self.lexicon, slugs, self.facts.facts)
        return own + Glossary(stated=self.facts.stated, denied=self.facts.denied) + self.kinds


def load_shared(folder: Path) -> Shared:
    """Read what documents share; all of it may be missing.

    Raises:
        BrokenCorpusError: a file cannot be read or has a key that is not known; with the line.
    """
    kinds = _read(folder / "kinds.yaml", _KindsFile)
    places = _read(folder / "places.yaml", _PlacesFile)
    facts = folder / "facts.yaml"
    return Shared(
        folder,
        load_facts(facts) if facts.is_file() else FactFile(),
        read_lexicon(folder / "lexicon.yaml"),
        Glossary(
            elsewhere=tuple(Region(**row.model_dump()) for row in places.elsewhere),
            families=kinds.families,
            never_facts=kinds.never_facts,
            foreign_outlays=kinds.foreign_outlays,
        ),
        _read(folder / "stored_names.yaml", _StoredFile).documents,
    )


def _read(path: Path, shape: type[Shape]) -> Shape:
    return read_model(path, shape) if path.is_file() else shape()
