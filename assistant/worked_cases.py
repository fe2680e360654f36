"""`cases.yaml`: awards worked out by hand and questions with their clause, held against the program.

A case of an award is a sentence a policy officer can read: what a company tells, and what comes of it. A
question is answered by the program and must cite the clause that the file names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.calculator.amount import estimate
from assistant.calculator.facts import FactError, FactSheet
from assistant.conversation import Answer, Estimate, EstimateStatus, Outcome, Question
from corpus.errors import CorpusError
from corpus.proof.finding import Finding
from corpus.reading.numerals import parse_money
from corpus.store import Corpus
from corpus.strict_yaml import read_model

DAY = date(2026, 6, 30)  # 未写 as_of 的算例按这一天
_OPEN = "不限"
Text = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AwardCase(_Strict):
    """What a company tells of one award, and what comes of it.

    `hits_cap` says whether the sum meets the cap exactly or goes over it; `asks` the fact asked for first;
    `gap` and `says` are words of the explanation and of the worked lines.
    """

    name: Text
    facts: dict[str, str] = {}
    status: EstimateStatus
    as_of: date = DAY
    amount: Text | None = None
    hits_cap: Annotated[str, Field(pattern="^(exactly|over)$")] | None = None
    asks: Text | None = None
    range: tuple[Text, Text] | None = None
    gap: Text | None = None
    says: Text | None = None


class AwardCases(_Strict):
    """All cases of one award; `cites` are the clauses its worked lines and conditions rest on."""

    measure: Text
    cites: Annotated[tuple[Text, ...], Field(min_length=1)]
    cases: Annotated[tuple[AwardCase, ...], Field(min_length=1)]


class QuestionCase(_Strict):
    """A question, the clause its answer must cite (none where it is refused), and words it must say."""

    ask: Text
    clause: Text | None = None
    outcome: Outcome = Outcome.ANSWERED
    as_of: date = DAY
    says: tuple[Text, ...] = ()
    says_not: tuple[Text, ...] = ()


class CasesFile(_Strict):
    """The whole of `cases.yaml`."""

    awards: tuple[AwardCases, ...] = ()
    questions: tuple[QuestionCase, ...] = ()


def load_cases(path: Path) -> CasesFile:
    """Return the cases of a document; none where it has no such file.

    Raises:
        BrokenCorpusError: the file cannot be read or has a key that is not known; with the line.
    """
    return read_model(path, CasesFile) if path.is_file() else CasesFile()


def check_cases(folder: Path, corpus: Corpus, ask: Callable[[Question], Answer] | None) -> Iterator[Finding]:
    """Yield a finding for each case of a document that does not come out; questions only with `ask`."""
    slug, file = folder.name, load_cases(folder / "cases.yaml")
    for award in file.awards:
        for case in award.cases:
            for problem in award_problems(slug, award, case, corpus):
                yield Finding(slug, award.measure.rpartition("/")[0], award.measure, case.name, problem)
    if ask is None:
        return
    for question in file.questions:
        answer = ask(Question(question.ask, question.as_of))
        for problem in question_problems(slug, question, answer):
            yield Finding(slug, question.clause or "", "cases.yaml", question.ask, problem)


def award_problems(slug: str, award: AwardCases, case: AwardCase, corpus: Corpus) -> tuple[str, ...]:
    """Return in Chinese in what a case of an award does not come out; empty where it does."""
    try:
        result = work_out(slug, award.measure, case, corpus)
    except (CorpusError, FactError) as error:
        return (f"无法测算：{error}",)
    return tuple(_award_problems(slug, award, case, result, corpus))


def work_out(slug: str, measure: str, case: AwardCase, corpus: Corpus) -> Estimate:
    """Return what the calculator makes of a case; facts may be called as the document calls them."""
    own = corpus.facts_of(slug)
    told = {own[name].name if name in own else name: value for name, value in case.facts.items()}
    facts = FactSheet.parse(told, corpus.facts)
    return estimate(corpus.measure(measure), facts, case.as_of, corpus)


def _award_problems(
    slug: str, award: AwardCases, case: AwardCase, result: Estimate, corpus: Corpus
) -> Iterator[str]:
    if result.status is not case.status:
        yield f"应为 {case.status.value}，测算为 {result.status.value}"
    amount = parse_money(case.amount).yuan if case.amount else None
    if result.amount != amount:
        yield f"应为 {case.amount or '没有金额'}，测算为 {result.amount}"
    rests_on = {span.clause_id for step in result.steps for span in step.spans}
    rests_on |= {condition.span.clause_id for condition in result.conditions}
    if rests_on != set(award.cites):
        yield f"依据应为 {'、'.join(sorted(award.cites))}，实为 {'、'.join(sorted(rests_on))}"
    asked = result.missing[0].fact if result.missing else ""
    own = corpus.facts_of(slug)
    if case.asks and asked != (own[case.asks].name if case.asks in own else case.asks):
        yield f"应先问 {case.asks}，实为 {asked or '什么也没有问'}"
    if case.range:
        ends = tuple(None if end == _OPEN else parse_money(end).yuan for end in case.range)
        if result.range != ends:
            yield f"范围应为 {'至'.join(case.range)}，测算为 {result.range}"
    text = "".join(step.text for step in result.steps)
    if case.gap and case.gap not in (result.explanation or ""):
        yield f"说明里应有“{case.gap}”"
    if case.says and case.says not in text:
        yield f"算式里应有“{case.says}”"
    if case.hits_cap and ("超过" in text and "未超过" not in text) != (case.hits_cap == "over"):
        yield f"算式里的上限应为 {case.hits_cap}"


def question_problems(slug: str, question: QuestionCase, answer: Answer) -> Iterator[str]:
    """Yield in Chinese in what an answer is not what the file says."""
    if answer.outcome is not question.outcome:
        yield f"应为 {question.outcome.value}，回答为 {answer.outcome.value}"
    cited = {one.span.clause_id for one in answer.citations}
    if question.clause and f"{slug}/{question.clause}" not in cited:
        yield f"应引用条款 {question.clause}，实引 {'、'.join(sorted(cited)) or '无'}"
    for words in question.says:
        if words not in answer.text:
            yield f"回答里应有“{words}”"
    for words in question.says_not:
        if words in answer.text:
            yield f"回答里不应有“{words}”"
