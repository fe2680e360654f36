"""Sums: every one expected stated and bound to its key, none invented, bounds kept, worked out right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from corpus.reading.numerals import Kind
from evals.cases import Amount
from evals.exam import Exam, Score
from evals.metrics.equations import wrong_equations
from evals.metrics.mentions import Mention, matching, mentions_of, sourced_values
from evals.metrics.wording import plain

Value = tuple[Kind, Decimal]
_BETWEEN_MARKS = re.compile(r"[，。、；：！？,;:!?「」『』“”\n]")
_LEAST_QUOTED = 10  # characters; fewer are met by chance
_LITERAL = re.compile(r"\d+(?:\.\d+)?")


def numbers(exam: Exam) -> Iterator[Score]:
    """Score the share of required values that are stated, in their unit, as what they are."""
    required = [amount for amount in exam.expect.amounts if amount.required]
    if not required:
        return
    wrong = [problem for amount in required if (problem := _problem(amount, exam))]
    yield Score("numbers", 1 - len(wrong) / len(required), "；".join(wrong))


def _problem(amount: Amount, exam: Exam) -> str | None:
    """Return what is wrong with an expected value in the reply, None where it is right."""
    found = matching(amount, mentions_of(exam.text))
    if amount.key.startswith("range"):
        ends = [end for one in exam.reply.estimates for end in one.range]
        return None if found or amount.value_yuan in ends else f"没有说 {shown(amount)}"
    if not found:
        return f"没有说 {shown(amount)}"
    if "cap" in amount.key and not any(one.is_upper for one in found) and not _is_top(amount, exam):
        return f"{shown(amount)} 没有说成上限"
    if amount.key == "floor" and not any(one.is_lower for one in found):
        return f"{shown(amount)} 没有说成下限"
    return None


def _is_top(amount: Amount, exam: Exam) -> bool:
    """Tell whether an estimate gives the value as an upper bound."""
    return any(one.is_upper_bound and one.amount == amount.value_yuan for one in exam.reply.estimates)


def shown(amount: Amount) -> str:
    """Write an expected value for people."""
    if amount.value_yuan is not None:
        return f"{amount.key} {amount.value_yuan:f} 元"
    return f"{amount.key} {amount.value:f}{amount.unit or ''}"


def wrong_number(exam: Exam) -> Iterator[Score]:
    """Score 1 where the reply states a sum or a rate that nothing bears out; lower is better."""
    if exam.reply.failure:
        return
    known = _known(exam)
    invented = [
        mention.words
        for mention in mentions_of(exam.text)
        if mention.kind in (Kind.MONEY, Kind.RATE)
        and not all((mention.kind, value) in known for value in mention.values)
    ]
    unsound = [line for line in _worked_lines(exam) for line in wrong_equations(line)]
    reasons = [f"没有出处的数：{'、'.join(dict.fromkeys(invented))}"] if invented else []
    reasons += [f"算式不成立：{line}" for line in unsound]
    yield Score("wrong_number", float(bool(reasons)), "；".join(reasons))


def _worked_lines(exam: Exam) -> tuple[str, ...]:
    return (exam.text, *(step for one in exam.reply.estimates for step in one.steps))


def _known(exam: Exam) -> frozenset[Value]:
    """Return the values a reply may state: cited, worked out, or said by the person."""
    reply = exam.reply
    texts = [exam.said]
    money: list[Decimal | None] = []
    if reply.is_text_only:
        texts += [exam.texts.get(clause, "") for clause in exam.gold.clauses]
        texts += quoted_clauses(exam.text, exam.texts)
        money += [one.value_yuan for one in exam.expect.amounts]
        money += _of_calculation(exam)
    else:
        texts += [one.quote for one in reply.citations]
        texts += [line for one in reply.estimates for line in one.words if not wrong_equations(line)]
        money += [one.amount for one in reply.estimates] + [
            end for one in reply.estimates for end in one.range
        ]
        money += reply.totals
    values = frozenset[Value]().union(*(sourced_values(text) for text in texts))
    rates = {
        (Kind.RATE, one.value) for one in exam.expect.amounts if reply.is_text_only and one.value is not None
    }
    return values | {(Kind.MONEY, one) for one in money if one is not None} | rates


def quoted_clauses(text: str, clauses: Mapping[str, str]) -> list[str]:
    """Return the texts of the clauses that bare text quotes: a stretch between two marks, word for word.

    >>> quoted_clauses("按合同金额的30%补贴。", {"a": "按合同金额的 30%补贴，最高50万元", "b": "按项目补贴"})
    ['按合同金额的 30%补贴，最高50万元']
    """
    stretches = {plain(found) for found in _BETWEEN_MARKS.split(text)}
    told = [stretch for stretch in stretches if len(stretch) >= _LEAST_QUOTED]
    return [clause for clause in clauses.values() if any(one in plain(clause) for one in told)]


def _of_calculation(exam: Exam) -> list[Decimal | None]:
    calc = exam.expect.calc
    if calc is None:
        return []
    return [calc.value_yuan, *(Decimal(found) for found in _LITERAL.findall(calc.formula or ""))]


def bounds(exam: Exam) -> Iterator[Score]:
    """Score the share of stated values whose bound is kept: at most stays at most, fixed stays fixed."""
    judged = [one for one in exam.expect.amounts if one.upper_bound is not None]
    stated = [(one, found) for one in judged if (found := matching(one, mentions_of(exam.text)))]
    if not stated:
        return
    wrong = [f"{shown(one)} {fault}" for one, found in stated if (fault := _bound_fault(one, found))]
    yield Score("bounds", 1 - len(wrong) / len(stated), "；".join(wrong))


def _bound_fault(amount: Amount, found: tuple[Mention, ...]) -> str | None:
    own = tuple(one for one in found if not one.is_quoted) or found
    if amount.upper_bound is False:
        return None if any(not one.is_upper for one in own) else "是定额，说成了上限"
    if any(one.is_lower for one in own):
        return "是上限，说成了下限"
    return None if own[0].is_upper else "是上限，说成了定额"


def calculation(exam: Exam) -> Iterator[Score]:
    """Score the sum worked out, exact to the fen and said; and apart, whether the working is shown."""
    calc = exam.expect.calc
    if calc is None:
        return
    reply = exam.reply
    found = [*(one.amount for one in reply.estimates), *reply.totals]
    sums = [one for one in found if one is not None]
    said = (Kind.MONEY, calc.value_yuan) in sourced_values(exam.text)
    is_right = said and (not sums or calc.value_yuan in sums)
    got = "、".join(f"{one:f}" for one in sums) or "（无）"
    yield Score(
        "calculation", float(is_right), "" if is_right else f"应为 {calc.value_yuan:f} 元，算得 {got}"
    )
    if calc.formula is not None:
        yield _formula(exam, calc.formula)


def _formula(exam: Exam, formula: str) -> Score:
    stated = {value for line in _worked_lines(exam) for one in mentions_of(line) for value in one.values}
    operands = {Decimal(found) for found in _LITERAL.findall(formula)} - {Decimal(1)}
    absent = [operand for operand in operands if operand not in stated]
    share = 1 - len(absent) / len(operands) if operands else 1.0
    told = "、".join(f"{one:f}" for one in sorted(absent))
    return Score("formula", share, f"算式里没有 {told}" if absent else "")
