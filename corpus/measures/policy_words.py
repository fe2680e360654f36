"""Words of policy Chinese that decide how a number is read: limits, comparisons, scopes, forms.

They are data (`shared/policy_words.yaml`), and a document may add its own. They are matched longest first,
so that 不超过 is never read inside 最高不超过.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from corpus.model.measure import CapScope, Comparison, SupportKind
from corpus.strict_yaml import read_model

# Scopes as policies put them together: 每家融资机构每年, 单个专利池.
_HOLDER = "企业|单位|机构|公司|主体|法人|组织|园区|平台|商户|银行|家庭|团队|基地"
_EACH = "(?:每|单|每一|单一|同一)(?:个|家|户)?"
_YEARLY = "(?:每年度?|年度|每个?自然年|每个?会计年度)"
_GRAMMAR = (
    (
        CapScope.ENTERPRISE_YEAR,
        re.compile(rf"(?:{_EACH}[^，。；每]{{0,14}}?(?:{_HOLDER})[^，。；]{{0,4}}?)?{_YEARLY}(?:累计)?"),
    ),
    (CapScope.PROJECT_CUMULATIVE, re.compile(rf"{_EACH}[^，。；]{{0,8}}?项目[^，。；]{{0,4}}?累计")),
    (
        CapScope.ENTERPRISE,
        re.compile(rf"{_EACH}[^，。；]{{0,14}}?(?:{_HOLDER})(?:当期|累计)?|每[家户]|单家"),
    ),
    (CapScope.EVENT, re.compile("(?:每|单)(?:次|场|期|届)[^，。；]{0,6}")),
    (CapScope.PROJECT, re.compile("(?:每|单)(?:个|项|件|种|款|台|套|笔|部|首|品种)?[^，。；]{0,10}")),
)

INCLUDED = re.compile("[（(]含(?:本数)?[）)]")  # stands between a number and the word that compares it
# Between the ends of a range: in 1亿元(含)至5亿元 the upper end is not included, behind 以上至 it is.
_RANGES = {
    Comparison.AT_LEAST: ("(含)", "（含）"),
    Comparison.AT_MOST: ("至",),
    Comparison.UNDER: ("至",),
}
Words = tuple[str, ...]
K = TypeVar("K")


class Role(StrEnum):
    """What a known word does to the number beside it."""

    BOUND = "bound"
    COMPARISON = "comparison"
    SCOPE = "scope"
    ONE_OFF = "one_off"
    TOP_UP = "top_up"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AddedWords(_Strict):
    """Words that a document adds to those of general language, in its `lexicon.yaml`."""

    bounds: Words = ()
    comparisons: dict[Comparison, Words] = {}
    scopes: dict[CapScope, Words] = {}
    kinds: dict[SupportKind, Words] = {}
    one_off: Words = ()
    top_up: Words = ()


class _File(_Strict):
    bounds: Words
    comparisons: dict[Comparison, Words]
    weak_comparisons: dict[Comparison, Words]
    scopes: dict[CapScope, Words]
    kinds: dict[SupportKind, Words]
    one_off: Words
    top_up: Words


@dataclass(frozen=True, slots=True)
class WordFound:
    """A known word at `text[start:end]`."""

    word: str
    start: int
    end: int
    role: Role


@dataclass(frozen=True, eq=False)
class PolicyWords:
    """Which words decide a reading, and how. Weak comparisons compare only where a condition says so."""

    bounds: Words
    comparisons: Mapping[Comparison, Words]
    weak_comparisons: Mapping[Comparison, Words]
    scopes: Mapping[CapScope, Words]
    kinds: Mapping[SupportKind, Words]
    one_off: Words
    top_up: Words

    def with_added(self, more: AddedWords) -> PolicyWords:
        """Return the words with a document's own."""
        if more == AddedWords():
            return self
        return PolicyWords(
            _both(self.bounds, more.bounds),
            _joined(self.comparisons, more.comparisons),
            self.weak_comparisons,
            _joined(self.scopes, more.scopes),
            _joined(self.kinds, more.kinds),
            _both(self.one_off, more.one_off),
            _both(self.top_up, more.top_up),
        )

    def compares(self, comparison: Comparison) -> Words:
        """Return the words of a comparison, weak ones and those of ranges included."""
        weak = self.weak_comparisons.get(comparison, ())
        return (*self.comparisons[comparison], *weak, *_RANGES.get(comparison, ()))

    def scope_said(self, words: str) -> CapScope | None:
        """Return over what a limit runs by its own words; None where they name nothing we know.

        >>> said = general_words().scope_said
        >>> [str(said(words)) for words in ("单个企业每年", "每家机构", "每项", "合计")]
        ['enterprise_year', 'enterprise', 'project', 'None']
        """
        listed = next((scope for scope, known in self.scopes.items() if words in known), None)
        return listed or next((scope for scope, pattern in _GRAMMAR if pattern.fullmatch(words)), None)

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        """Return what each known word does."""
        found = {word: Role.SCOPE for words in self.scopes.values() for word in words}
        found |= {word: Role.COMPARISON for words in self.comparisons.values() for word in words}
        found |= dict.fromkeys(self.bounds, Role.BOUND)
        found |= dict.fromkeys(self.one_off, Role.ONE_OFF)
        return found | dict.fromkeys(self.top_up, Role.TOP_UP)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(map(re.escape, self.roles), key=lambda word: (-len(word), word))))

    def find(self, text: str) -> tuple[WordFound, ...]:
        """Return the known words of a text, the longest at each place, in order.

        >>> found = general_words().find("至少3项,最高不超过300万元")
        >>> [(one.word, one.role.value) for one in found]
        [('至少', 'comparison'), ('最高不超过', 'bound')]
        """
        return tuple(
            WordFound(match[0], match.start(), match.end(), self.roles[match[0]])
            for match in self._pattern.finditer(text)
        )


@cache
def general_words() -> PolicyWords:
    """Return the words of general language, which mean the same in every document.

    Raises:
        BrokenCorpusError: the package's file is missing or not of the right shape.
    """
    rows = read_model(Path(str(resources.files("corpus"))) / "shared" / "policy_words.yaml", _File)
    return PolicyWords(
        rows.bounds,
        {each: rows.comparisons.get(each, ()) for each in Comparison},
        rows.weak_comparisons,
        {each: rows.scopes.get(each, ()) for each in CapScope},
        {each: rows.kinds.get(each, ()) for each in SupportKind},
        rows.one_off,
        rows.top_up,
    )


def _joined(one: Mapping[K, Words], more: Mapping[K, Words]) -> dict[K, Words]:
    return {key: _both(words, more.get(key, ())) for key, words in one.items()}


def _both(one: Words, more: Words) -> Words:
    return tuple(dict.fromkeys((*one, *more)))
