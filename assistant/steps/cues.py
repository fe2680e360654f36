"""Cue words (线索词) of questions, loaded strictly from `cues.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.strict_yaml import read_model

CUES = Path(__file__).with_name("cues.yaml")


class Intent(StrEnum):
    """What a person wants to know."""

    AMOUNT = "amount"
    STANDARD = "standard"
    CONDITIONS = "conditions"
    PROCEDURE = "procedure"
    RESPONSIBLE_BODY = "responsible_body"
    VALIDITY = "validity"
    ABOUT = "about"
    LIST = "list"
    COMPARISON = "comparison"
    DEFINITION = "definition"
    FIGURE = "figure"
    LOOKUP = "lookup"
    CUMULATION = "cumulation"
    YES_NO = "yes_no"
    PREMISE = "premise"
    HELP = "help"


_ASKING = (
    Intent.AMOUNT,
    Intent.RESPONSIBLE_BODY,
    Intent.VALIDITY,
    Intent.ABOUT,
    Intent.LIST,
    Intent.LOOKUP,
    Intent.YES_NO,
)


class Cues(BaseModel):
    """The words themselves, by what they tell."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    intents: dict[Intent, tuple[str, ...]]
    about_fields: dict[str, tuple[str, ...]]
    award_words: tuple[str, ...]
    own_words: tuple[str, ...]
    done_words: tuple[str, ...]
    follow_up: tuple[str, ...]
    corrections: tuple[str, ...]
    granting: tuple[str, ...]
    figures: tuple[str, ...]
    applying: tuple[str, ...]
    duties: tuple[str, ...]
    duty_words: dict[str, tuple[str, ...]]
    contacts: tuple[str, ...]
    plain_sums: tuple[str, ...]
    receivers: tuple[str, ...]
    company_words: tuple[str, ...]
    company_kinds: dict[str, str]
    open_asking: tuple[str, ...]
    fixed: tuple[str, ...]
    recurring: tuple[str, ...]
    unvetted: tuple[str, ...]
    earlier: tuple[str, ...]
    raised: tuple[str, ...]
    part: tuple[str, ...]
    before_sums: tuple[str, ...]
    pointing: tuple[str, ...]
    returning: tuple[str, ...]
    swapping: tuple[str, ...]
    another_matter: tuple[str, ...]
    another_company: tuple[str, ...]
    own_company: tuple[str, ...]
    now: tuple[str, ...]
    altogether: tuple[str, ...]
    together: tuple[str, ...]
    all_met: tuple[str, ...]
    adding: tuple[str, ...]
    either: tuple[str, ...]
    each: tuple[str, ...]
    own_deeds: tuple[str, ...]
    plans: tuple[str, ...]
    negations: tuple[str, ...]
    denying_before: tuple[str, ...]
    denying_after: tuple[str, ...]
    undenied: tuple[str, ...]
    filler: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CuePatterns:
    """The cues with one compiled pattern an intent."""

    cues: Cues
    patterns: tuple[tuple[Intent, re.Pattern[str]], ...]
    filler: tuple[str, ...]

    def intents_of(self, text: str) -> frozenset[Intent]:
        """Return everything the text asks for."""
        return frozenset(intent for intent, pattern in self.patterns if pattern.search(text.lower()))

    def about_fields(self, text: str) -> frozenset[str]:
        """Return which facts about a document are asked for; all of them where none is named."""
        fields = self.cues.about_fields
        asked = {name for name, words in fields.items() if any(word in text for word in words)}
        return frozenset(asked or fields)


def load_cues(path: Path = CUES) -> CuePatterns:
    """Return the cues of a file.

    Raises:
        BrokenCorpusError: the file is missing or not of the right shape.
    """
    cues = read_model(path, Cues)
    patterns = tuple((intent, _pattern(words)) for intent, words in cues.intents.items())
    return CuePatterns(cues, patterns, _filler(cues))


def _filler(cues: Cues) -> tuple[str, ...]:
    """Return every word that carries no subject: fillers, and what only tells the intent; longest first."""
    asking = (
        word for intent in _ASKING for word in cues.intents[intent] if len(word) > 1 and not _is_pattern(word)
    )
    turning = (*cues.returning, *cues.swapping, *cues.another_matter, *cues.another_company)
    words = {*cues.filler, *turning, *cues.follow_up, *cues.corrections, *asking}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(word if _is_pattern(word) else re.escape(word) for word in words))


def _is_pattern(word: str) -> bool:
    """Tell whether a cue is written as a pattern."""
    return ".*" in word or "(" in word
