"""One sentence of a wording held against the units of its sources, segment by segment."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice

from assistant.grounding.attribution import covers, is_linked, is_of, is_one, whole
from assistant.grounding.diagnosis import named_fault
from assistant.grounding.faults import Fault, Kind
from assistant.grounding.lexing import Sort, Token, tokens
from assistant.grounding.promises import is_no_result, loses_bound
from assistant.grounding.reference import Reference
from assistant.grounding.statements import Statement
from assistant.grounding.support_alignment import Places, Unit, is_token, placed
from assistant.grounding.units import question_unit, units_of

_OWN = re.compile(r"您|你|贵|所述|所说|所问|提到|提供|更正|收到|按\d|的话|来算|来测算|来计算|计算的")
_COUNT = re.compile(r"[条点项步个种类句份]$|方面$|情形$|情况$|部分$|要求$|条件$")
_TITLE = re.compile(r"《([^《》]+)》")
_QUOTING = re.compile("「[^「」]{8,}」|“[^“”]{12,}”|第[一二三四五六七八九十百0-9]+条")
_PLACES = 6
_SHORTEST = 4
_SMALL = 12


@dataclass
class Verifier:
    """The units of one answer, and which words of them have been told: at all, and other than in a quote."""

    reference: Reference
    told: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    own: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self.units = units_of(self.reference)
        self.question = question_unit(self.reference)
        self._counts = _counts(self.reference)
        said = {token.value for unit in self.units for token in unit.tokens}
        self._optional = ({"planned"} - said) | ({"consulting"} & said)

    def faults(
        self, one: Statement, groups: frozenset[object]
    ) -> tuple[tuple[Fault, ...], frozenset[object]]:
        """Return what is wrong with a statement, and what it was about; what is right counts as told."""
        allowed = [unit for unit in self.units if not unit.keys or unit.keys & one.cites]
        spoken = [segment for segment in map(self._without_counts, _segments(one.text)) if segment]
        segments = [form for segment in spoken if (form := self._as_borne(segment, one, allowed))]
        found = [{id(u): list(islice(placed(segment, u), _PLACES)) for u in allowed} for segment in segments]
        titles, used, faults = _TITLE.findall(one.text), set[int](), list[Fault]()
        told: list[tuple[Unit, Places]] = []
        subject: frozenset[object] = frozenset()
        for at, segment in enumerate(segments):
            fitting = [
                (unit, places)
                for unit in allowed
                if is_of(unit, titles) and not (subject and unit.groups and not unit.groups & subject)
                for places in whole(found, at, unit)
            ]
            linked = [
                (u, p) for u, p in fitting if is_linked(segment, u, groups) and not _is_verb_alone(segment)
            ]
            if not linked:
                if self._is_own(segment, one):
                    continue
                if named := self._named(segment):
                    groups = subject = named
                    continue
                faults.append(
                    Fault(Kind.MEASURE, one.text) if fitting else named_fault(segment, one, allowed)
                )
                continue
            if loses_bound(segment, one, self.reference) or is_no_result(segment, one, self.reference):
                faults.append(Fault(Kind.BOUND, one.text))
            told += linked
            used |= {n for unit, _ in linked for n in unit.keys}
            if any(token.sort is Sort.CONTENT for token in segment):
                groups = frozenset().union(*(unit.groups for unit, _ in linked))
            faults += self._misquoted(segment, linked, one)
            subject = self._subject(linked) or subject
        if not faults and not one.text.endswith(":"):
            faults += [Fault(Kind.CLAUSE, f"〔c{n}〕{one.text}") for n in sorted(one.marked - used)]
        if not faults:
            self._tell(told, bool(_QUOTING.search(one.text)))
        return tuple(faults), groups

    def tell_line(self, at: int) -> None:
        """Count a composed line as told, word for word."""
        for number, unit in enumerate(self.units):
            if unit.line == at:
                self.told[number] |= set(range(len(unit.tokens)))
                self.own[number] |= set(range(len(unit.tokens)))

    def share(self, at: int) -> float:
        """Return which part of a composed line's words has been told."""
        held = [(n, len(unit.tokens)) for n, unit in enumerate(self.units) if unit.line == at]
        return sum(len(self.told[n]) for n, _ in held) / max(sum(size for _, size in held), 1)

    def _tell(self, told: list[tuple[Unit, Places]], is_quoting: bool) -> None:
        number = {id(unit): n for n, unit in enumerate(self.units)}
        for unit, places in told:
            self.told[number[id(unit)]] |= set(places)
            if not is_quoting and covers(places, unit):
                self.own[number[id(unit)]] |= set(places)

    def _subject(self, linked: list[tuple[Unit, Places]]) -> frozenset[object]:
        """Return the groups of the one measure that a segment names in full, nothing where it names none."""
        named = [u.groups for u, places in linked if u.is_name and len(places) == len(u.tokens)]
        return frozenset().union(*named)

    def _misquoted(
        self, segment: Sequence[Token], linked: list[tuple[Unit, Places]], one: Statement
    ) -> list[Fault]:
        """Return a fault where what is said stands only in quotes that the sentence does not mark."""
        if not one.marked or sum(token.sort is Sort.CONTENT for token in segment) < 4:
            return []
        if any(unit.line is None or len(unit.keys) < 2 for unit, _ in linked):
            return []
        keys = frozenset().union(*(unit.keys for unit, _ in linked))
        holding = {
            n
            for unit in self.units
            if unit.line is None and unit.keys <= keys and next(placed(segment, unit), None)
            for n in unit.keys
        }
        return [Fault(Kind.CLAUSE, one.text)] if holding and not holding & one.marked else []

    def _is_own(self, segment: Sequence[Token], one: Statement) -> bool:
        """Tell whether a segment only gives the person's words back, or only asks with words there are."""
        held = self.question.tokens
        if one.text.endswith(("?", ":")):
            held = (*held, *(token for unit in self.units for token in unit.tokens))
            if one.text.endswith(":") and any(t.sort in (Sort.OPERATOR, Sort.NUMBER) for t in segment):
                return False
        elif not _OWN.search(one.text) or any(t.value == "upper" for t in segment):
            return False
        return all(any(is_token(token, other) for other in held) for token in segment)

    def _without_counts(self, segment: tuple[Token, ...]) -> tuple[Token, ...]:
        """Return a segment without small numbers that count what the answer itself lists: 「以下五项」."""
        return tuple(token for token in segment if not self._is_count(token))

    def _as_borne(
        self, segment: tuple[Token, ...], one: Statement, allowed: Sequence[Unit]
    ) -> tuple[Token, ...]:
        """Return a segment as some unit has it: whole, or without what may be said by the way.

        That is 「拟」 and 「征求意见」 where the answer is of a draft, the number of a clause cited, and the
        person's own number before what is asked of it.
        """
        plain = tuple(token for token in segment if token.value not in self._optional)
        labels = [token for unit in allowed if unit.is_label for token in unit.tokens]
        bare = tuple(token for token in plain if not _is_clause(token) or not _is_in(token, labels))
        forms = [segment, plain, bare]
        if bare and _is_in(bare[0], self.question.tokens) and _OWN.search(one.text):
            rest = bare[1:]
            forms += [] if any(_is_money(token) for token in rest) else [rest]
        for form in forms:
            if not form or any(next(placed(form, unit), None) is not None for unit in allowed):
                return form
        return segment

    def _named(self, segment: Sequence[Token]) -> frozenset[object]:
        """Return the groups of the one measure whose name a segment shortens, else nothing."""
        said = "".join(token.words for token in segment)
        if len(said) < _SHORTEST or any(token.sort in (Sort.OPERATOR, Sort.NUMBER) for token in segment):
            return frozenset()
        named = {u.groups for u in self.units if u.is_name and said in "".join(t.words for t in u.tokens)}
        return next(iter(named)) if len(named) == 1 else frozenset()

    def _is_count(self, token: Token) -> bool:
        if not isinstance(token.value, tuple) or token.value[0] not in ("quantity", "number"):
            return False
        if is_one(token):
            return True
        return bool(_COUNT.search(token.words)) and token.value[1] in self._counts


def _is_verb_alone(segment: Sequence[Token]) -> bool:
    """Tell whether a segment says no more than that something takes effect: that is claimed of nothing."""
    return all(token.sort is Sort.FLOATING and not re.search("[期时]", token.words) for token in segment)


def _is_clause(token: Token) -> bool:
    return isinstance(token.value, tuple) and token.value[0] == "clause"


def _is_money(token: Token) -> bool:
    return isinstance(token.value, tuple) and token.value[0] in ("money", "rate")


def _is_in(token: Token, held: Sequence[Token]) -> bool:
    return token.sort is Sort.NUMBER and any(is_token(token, other) for other in held)


def _segments(text: str) -> list[tuple[Token, ...]]:
    return [tuple(some) for _, some in groupby(tokens(text), key=lambda token: token.segment)]


def _counts(reference: Reference) -> frozenset[object]:
    counts = {len(re.split("[；;]", line.text)) for line in reference.lines} | {len(reference.citations)}
    counts.add(len([line for line in reference.lines if line.text.startswith("-")]))
    counts |= {len(reference.answer.estimates), 1, 2}
    return frozenset(count for count in counts if count <= _SMALL)
