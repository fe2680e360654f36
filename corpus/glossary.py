"""The words companies use (俗称) for what documents write, and what they tell of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class DocumentName:
    """How people call a document (称呼)."""

    slug: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A way of speaking (`says`), the text's own words for it (`means`), and where they stand (`at`).

    Inside one of the longer phrases of `unless` a saying is another thing (境外参展 is no 参展 here), and so
    it is anywhere beside a word of `not_beside` (区里配套 of an 孵化器).
    """

    says: tuple[str, ...]
    means: tuple[str, ...]
    at: tuple[str, ...]
    unless: tuple[str, ...] = ()
    not_beside: tuple[str, ...] = ()

    def said_in(self, text: str) -> tuple[str, ...]:
        """Return the sayings a text uses, longest first, upper and lower case alike."""
        plain = text.lower()
        if any(word in text for word in self.not_beside):
            return ()
        for phrase in self.unless:
            plain = plain.replace(phrase.lower(), " ")
        return tuple(sorted((one for one in self.says if one.lower() in plain), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """A clause, or an award or grant of one (`about`), and what people say who are in its situation.

    None of it is the text's own: it only helps to find the clause, and is never cited.
    """

    about: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """Places and matters the corpus has no policy of, unless named beside one of the words of `unless`."""

    places: tuple[str, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """What it takes for a company to have stated a yes/no fact itself (说明了条件), by fact.

    The own hints of a fact in `by_hint` are enough; `outright` words are enough anywhere; those of `deeds`
    need a word of doing or being beside them. Facts in none of them cannot be stated in a few words.
    """

    by_hint: tuple[str, ...] = ()
    outright: Mapping[str, tuple[re.Pattern[str], ...]] = field(default_factory=dict)
    deeds: Mapping[str, tuple[re.Pattern[str], ...]] = field(default_factory=dict)

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the names of every fact spoken of."""
        return (*self.by_hint, *self.outright, *self.deeds)


@dataclass(frozen=True, slots=True)
class Denied:
    """What a company says that denies a yes/no fact (否认条件), by fact.

    `things` are denied by a word of denying beside them, as are a fact's own hints; `outright` deny
    by themselves.
    """

    things: Mapping[str, tuple[re.Pattern[str], ...]] = field(default_factory=dict)
    outright: Mapping[str, tuple[re.Pattern[str], ...]] = field(default_factory=dict)

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the names of every fact spoken of."""
        return (*self.things, *self.outright)


@dataclass(frozen=True, slots=True)
class Glossary:
    """All of it: names of documents, terms, words for facts, and places without a policy here.

    It is put together from the documents' own lexicons and the words that documents share. `everyday` are
    words of daily speech for words of the texts, tied to no clause. `listed` are the regions as the file
    lists them, before documents took places out of `elsewhere`.
    """

    documents: tuple[DocumentName, ...] = ()
    terms: tuple[Term, ...] = ()
    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    not_facts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    elsewhere: tuple[Region, ...] = ()
    stated: Stated = Stated()
    families: tuple[str, ...] = ()
    never_facts: tuple[str, ...] = ()
    foreign_outlays: tuple[str, ...] = ()
    opposites: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    everyday: tuple[Term, ...] = ()
    listed: tuple[Region, ...] = ()
    denied: Denied = Denied()
    paraphrases: tuple[Paraphrase, ...] = ()

    def __add__(self, other: Glossary) -> Glossary:
        """Return both as one; words for a fact that both have follow one another."""
        return Glossary(
            documents=(*self.documents, *other.documents),
            terms=(*self.terms, *other.terms),
            facts=_joined(self.facts, other.facts),
            not_facts=_joined(self.not_facts, other.not_facts),
            elsewhere=(*self.elsewhere, *other.elsewhere),
            stated=Stated(
                (*self.stated.by_hint, *other.stated.by_hint),
                {**self.stated.outright, **other.stated.outright},
                {**self.stated.deeds, **other.stated.deeds},
            ),
            families=_once(self.families, other.families),
            never_facts=_once(self.never_facts, other.never_facts),
            foreign_outlays=_once(self.foreign_outlays, other.foreign_outlays),
            opposites=(*self.opposites, *other.opposites),
            everyday=(*self.everyday, *other.everyday),
            listed=(*self.listed, *other.listed),
            denied=Denied(
                {**self.denied.things, **other.denied.things},
                {**self.denied.outright, **other.denied.outright},
            ),
            paraphrases=(*self.paraphrases, *other.paraphrases),
        )

    @property
    def regions(self) -> tuple[Region, ...]:
        """Return all regions, whatever documents are at hand."""
        return self.listed or self.elsewhere

    def everyday_in(self, text: str) -> tuple[Term, ...]:
        """Return the words of daily speech a text uses, those that say most first."""
        lowered = text.lower()
        found = [
            (max(len(saying) for saying in term.says if saying.lower() in lowered), term)
            for term in self.everyday
            if any(saying.lower() in lowered for saying in term.says)
        ]
        return tuple(term for _, term in sorted(found, key=lambda one: -one[0]))

    def within(self, texts: Iterable[str]) -> Glossary:
        """Return the glossary with only those words of daily speech that the texts need put in their own.

        Their meaning stands in the texts, they themselves do not.
        """
        told = "\n".join(texts)
        lowered = told.lower()
        needed = (
            replace(term, says=tuple(word for word in term.says if word.lower() not in lowered))
            for term in self.everyday
            if term.means[0] in told
        )
        return replace(self, everyday=tuple(term for term in needed if term.says))

    def places_elsewhere(self, text: str, asked: str | None = None) -> tuple[str, ...]:
        """Return the places a text asks about of which the corpus has no policy.

        Matters that are no place (天气, 学费) count only in `asked`, the part of the text that asks.
        """
        return tuple(
            place
            for region in self.elsewhere
            if not any(word in text for word in region.unless)
            for place in region.places
            if place in (text if asked is None else asked)
        )

    def places_beside(self, text: str) -> tuple[str, ...]:
        """Return the places a text mentions beside a document or region of ours."""
        return tuple(
            place
            for region in self.elsewhere
            if any(word in text for word in region.unless)
            for place in region.places
            if place in text
        )

    def knowing(self, names: Iterable[str], texts: Iterable[str] = ()) -> Glossary:
        """Return the glossary of documents of these names (titles, bodies, regions) and these texts.

        A matter that a name, a text or a term has is somebody's: no list takes it away.
        """
        listed = self.regions
        spoken = (word for term in self.terms for word in (*term.says, *term.means))
        covered = "\n".join((*names, *texts, *spoken))
        unknown = [tuple(one for one in region.places if one not in covered) for region in listed]
        foreign = {place for places in unknown for place in places}
        elsewhere = (
            replace(region, places=places, unless=tuple(one for one in region.unless if one not in foreign))
            for region, places in zip(listed, unknown, strict=True)
        )
        return replace(self, listed=listed, elsewhere=tuple(elsewhere))

    def words_for(self, fact: str) -> tuple[str, ...]:
        """Return everyday words for a fact, beside its own label and hints."""
        return dict(self.facts).get(fact, ())

    def words_against(self, fact: str) -> tuple[str, ...]:
        """Return words for things easily taken for a fact, that are not it (总投资 for 自筹投入)."""
        return dict(self.not_facts).get(fact, ())


FactWords = tuple[tuple[str, tuple[str, ...]], ...]


def _joined(first: FactWords, second: FactWords) -> FactWords:
    words: dict[str, tuple[str, ...]] = dict(first)
    for fact, said in second:
        words[fact] = _once(words.get(fact, ()), said)
    return tuple(words.items())


def _once(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
