"""Second step: what is asked, of which document, on which day, with which numbers. No model needed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.dialogue.number_operations import Operation, operation_of
from assistant.retrieval.coverage import weigh
from assistant.retrieval.references import find_references
from assistant.steps.choosing.both_levels import asks_both_levels, without_levels
from assistant.steps.choosing.by_sum import called_by_sum
from assistant.steps.cues import Cues, Intent
from assistant.steps.earlier.disowned import without_adverbs
from assistant.steps.reading.claims import claims_in
from assistant.steps.reading.days import days_in
from assistant.steps.reading.editions import without_edition
from assistant.steps.reading.english import in_chinese, is_english
from assistant.steps.reading.numbers import is_asked_for, numbers_in
from assistant.steps.reading.papers import called_papers
from assistant.steps.reading.places import (
    asks_of_foreign,
    matters_at_hand,
    placed,
    without_places,
)
from assistant.steps.reading.pointers import pointed_at
from assistant.steps.reading.scope import out_of_scope, terms_in_scope
from assistant.steps.reading.words import PARTS, without_filler
from assistant.steps.routing.aspects import asks
from assistant.steps.routing.families import without_strangers
from assistant.steps.state import AnswerContext, Reading, State
from corpus.glossary import Glossary, Term
from corpus.reading.numerals import Found
from corpus.reading.variants import simplified

_DATED = frozenset({Intent.VALIDITY, Intent.AMOUNT, Intent.YES_NO, Intent.CONDITIONS, Intent.LIST})
_TERM_OF_GRANT = re.compile(
    "(?:补贴|补助|贴息|支持|扶持|奖励|资助)的?(?:期限|年限|时限)|[补贴](?:几年|多久|多长时间)"
)
_OF_AN_AWARD = frozenset(
    {
        Intent.AMOUNT,
        Intent.CONDITIONS,
        Intent.PROCEDURE,
        Intent.RESPONSIBLE_BODY,
        Intent.VALIDITY,
        Intent.CUMULATION,
    }
)
_LEFT = re.compile("还剩|剩下|剩多少|还有多少|还能|还可|再拿|再得")
_NEAR = 8
_CN = "[一二三四五六七八九十百0-9]+"
_REFERENCE = re.compile(rf"第{_CN}[条项款点]|[(（]{_CN}[)）]")
_MARK = 0xE000  # the first of Unicode's private characters: none stands in a question's words
_LOOSE_DIGITS = re.compile(r"(?<![A-Za-z\d.])\d+(?![A-Za-z\d])")  # those of AI4S and Web3.0 stay
LONG = 40  # characters; a longer text is a story or a forwarded message
_PAPERS = ("办法", "政策", "措施", "意见", "文")
_BREAK = re.compile(r"[,，。;；:：?？!！、\s]")


def understand(state: State) -> State:
    """Read the question: intents, names, references, numbers, dates."""
    context = state.context
    text = simplified(unicodedata.normalize("NFKC", state.question.text)).strip()
    text = in_chinese(text) if is_english(text) else text
    intents = context.cues.intents_of(text) - ({Intent.VALIDITY} if _TERM_OF_GRANT.search(text) else set())
    if any(operation_of(text, one) is Operation.RECEIVED for one in numbers_in(text, context.corpus.units)):
        intents = (intents - {Intent.PROCEDURE}) | ({Intent.AMOUNT} if _LEFT.search(text) else set())
    days = days_in(without_edition(text, state.question.as_of), state.question.as_of)
    is_dated = (bool(intents & _DATED) or not intents) and (
        Intent.VALIDITY in intents or Intent.FIGURE not in intents
    )
    asked = days.asked if is_dated else None
    quantities = without_adverbs(numbers_in(text, context.corpus.units), text)
    counts = [found for found in quantities if found.unit is not None and found.unit.is_counter]
    terms = named_terms(text, context.glossary, counts)
    at_hand = matters_at_hand(context, state.question.documents)
    matters = at_hand.places_elsewhere(text, part_on_ours(text, terms))
    where = placed(text, context, state.question.documents)
    papers = called_papers(text, context.corpus)
    documents = tuple(dict.fromkeys((*named_documents(text, context.glossary), *(papers or where.named))))
    beside = tuple(place for place in at_hand.places_elsewhere(text) if place not in matters)
    outside = out_of_scope(documents, context)
    is_of_foreign = asks_of_foreign(documents, context)  # words that no document owns are for ours
    terms = tuple(term for term in terms_in_scope(terms, outside) if _may_hold(term.at, where.within))
    everyday = terms_in_scope(context.glossary.everyday_in(text), outside)
    spoken = (*terms, *(one for one in everyday if one.at or not is_of_foreign))
    is_on_both = asks_both_levels(text, quantities, context)
    matter = without_places(text, where.said if where.seats or where.named or where.within else ())
    matter = without_levels(matter, context) if is_on_both else matter
    matter = _without(without_edition(matter, state.question.as_of), _titles_said(text, context.glossary))
    documents = () if is_on_both else documents
    content = content_of(_without(matter, beside), quantities, spoken, context)
    heard = content if terms else without_strangers(content, context)
    pointed = tuple(
        one for one in pointed_at(text, quantities, context) if one.split("/", 1)[0] not in outside
    )
    sums, by_sum = called_by_sum(text, quantities, context)
    intents = intents | {Intent.AMOUNT} if by_sum and not intents & _OF_AN_AWARD else intents
    reading = Reading(
        text=text,
        content=content,
        query_terms=weigh(heard, context.rarity) if heard else (),
        intents=intents,
        documents=documents,
        references=tuple(find_references(text, context.corpus)),
        named=tuple(dict.fromkeys((*(place for term in terms for place in term.at), *_clauses_of(pointed)))),
        terms=terms,
        pointed=pointed,
        seats=where.seats,
        elsewhere=where.elsewhere,
        within=where.within,
        matters=matters,
        quantities=tuple(found for found in quantities if not is_asked_for(text, found)),
        claims=tuple(dict.fromkeys((*claims_in(text, quantities, intents, context), *sums))),
        by_sum=by_sum,
        claimed_dates=days.claimed,
        asked_date=asked,
    )
    return replace(state, reading=reading, as_of=_day_of(asked, state.question.as_of))


def _may_hold(places: Iterable[str], within: Sequence[str]) -> bool:
    """Tell whether a term is of a document that may hold where it is asked; one of no place is of all."""
    slugs = {place.split("/", 1)[0] for place in places}
    return not within or not slugs or not slugs.isdisjoint(within)


def part_on_ours(text: str, terms: Sequence[Term]) -> str:
    """Return the parts of a text that name a matter of the corpus or ask, or all where none names one.

    Of a long text only those that name one: a story asks much besides.

    >>> part_on_ours("食堂周三停业。", ())
    '食堂周三停业。'
    >>> part_on_ours("工资发了500万，上云花了80万，补多少", [Term(("上云",), ("云服务",), ())])
    '上云花了80万。补多少'
    """
    sayings = [saying.lower() for term in terms for saying in term.says]
    parts = PARTS.split(text)
    ours = [part for part in parts if any(word in part.lower() for word in sayings)]
    if ours and len(text) <= LONG:
        ours = [part for part in parts if part in ours or asks(part)]
    return "。".join(ours) or text


def _clauses_of(measures: Iterable[str]) -> Iterable[str]:
    return (name.rsplit("/", 1)[0] for name in measures)


def _without(text: str, words: Iterable[str]) -> str:
    """Return the text with words blanked, every other character in its place."""
    for word in words:
        text = text.replace(word, " " * len(word))
    return text


def _day_of(asked: date | None, default: date) -> date:
    return asked or default


def named_terms(text: str, glossary: Glossary, counts: Sequence[Found] = ()) -> tuple[Term, ...]:
    """Return the glossary's terms a text uses, the longest saying first.

    A count inside a saying (参加3次展会) does not hide it.
    """
    plain = "".join(
        character for at, character in enumerate(text) if not any(_holds(at, one) for one in counts)
    )
    said = [
        (max(map(len, sayings)), term) for term in glossary.terms if (sayings := _said(term, text, plain))
    ]
    return tuple(term for _, term in sorted(said, key=lambda one: -one[0]))


def _said(term: Term, text: str, plain: str) -> tuple[str, ...]:
    return term.said_in(text) or term.said_in(plain)


def _holds(at: int, found: Found) -> bool:
    return found.start <= at < found.end


def named_documents(text: str, glossary: Glossary) -> tuple[str, ...]:
    """Return the documents a text calls by name; a longer name hides a shorter one inside it.

    The longest name comes first; of names as long, the one said first.
    """
    lowered = text.lower()
    named: dict[str, None] = {}
    sayings = [(saying.lower(), name.slug) for name in glossary.documents for saying in name.says]
    for saying, slug in sorted(sayings, key=lambda one: (-len(one[0]), lowered.find(one[0]))):
        alone = re.compile(rf"(?<!\d){re.escape(saying)}" if saying[0].isdigit() else re.escape(saying))
        if alone.search(lowered):  # 「127号文」 is not 「27号文」
            named.setdefault(slug)
            lowered = alone.sub("　", lowered)
    return tuple(named)


def _titles_said(text: str, glossary: Glossary) -> list[str]:
    """Return the names of documents in a text that name nothing else (长宁AI办法), the longest first."""
    sayings = {saying for name in glossary.documents for saying in name.says if saying.endswith(_PAPERS)}
    return sorted((saying for saying in sayings if saying in text), key=len, reverse=True)


def content_of(text: str, quantities: Iterable[Found], terms: Iterable[Term], context: AnswerContext) -> str:
    """Return the words that carry the subject: numbers and filler gone, sayings in the text's own words."""
    characters = list(text)
    numbers = [(_lead(text, one.start, context.cues.cues), one.end) for one in quantities]
    for start, end in (*numbers, *_reference_spans(text)):
        characters[start:end] = " " * (end - start)
    plain = _LOOSE_DIGITS.sub(" ", "".join(characters))
    marked = _marked(plain, tuple(terms))
    kept = without_filler(marked, context.cues.filler, context.rarity)
    content = _in_own_words(kept, tuple(terms))
    return content if _says_more(content, context.glossary) else ""


def _lead(text: str, at: int, cues: Cues) -> int:
    """Return where the words begin that only lead up to a number: 预算3000万, 其中设备1500万."""
    before = text[:at]
    for word in cues.before_sums:
        if before.endswith(word):
            return at - len(word)
    clause = _BREAK.split(before)[-1]
    is_part = clause.startswith(cues.part) and len(clause) <= _NEAR
    return at - len(clause) if is_part else at


def _says_more(content: str, glossary: Glossary) -> bool:
    """Tell whether words are left beside a document's name: a name alone is no subject of its own."""
    lowered = content.lower()
    sayings = sorted((saying.lower() for name in glossary.documents for saying in name.says), key=len)
    for saying in reversed(sayings):
        lowered = lowered.replace(saying, " ")
    return bool(re.search(r"\w", lowered))


def _reference_spans(text: str) -> Iterable[tuple[int, int]]:
    return (match.span() for match in _REFERENCE.finditer(text))


def _marked(text: str, terms: Sequence[Term]) -> str:
    """Put a mark where a saying stood, so that no filler is looked for inside it."""
    for at, term in enumerate(terms):
        sayings = "|".join(re.escape(saying) for saying in sorted(term.says, key=len, reverse=True))
        text = re.sub(sayings, f" {chr(_MARK + at)} ", text, count=1, flags=re.IGNORECASE)
    return text


def _in_own_words(text: str, terms: Sequence[Term]) -> str:
    for at, term in enumerate(terms):
        text = text.replace(chr(_MARK + at), " ".join(term.means))
    return text
