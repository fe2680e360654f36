"""Sources: real and verbatim, the right ones, all of them, and one on every statement that needs one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.model.document import Span
from corpus.reading.numerals import Kind
from evals.exam import Exam, Score
from evals.metrics.mentions import matching, mentions_of
from evals.replies import Cited

_MARK = re.compile(r"〔(\d{1,2})〕")  # 〔2023〕 is part of a document number
_DATE = re.compile(r"\d{4}年\d{1,2}月")
_ENOUGH = 0.5  # of a gold span's characters


def validity(exam: Exam) -> Iterator[Score]:
    """Score whether every citation is a clause's own words, and every mark has its citation."""
    if exam.reply.is_text_only or exam.reply.failure:
        return
    marks = {int(found) for found in _MARK.findall(exam.text)}
    cited = exam.reply.citations
    if not cited and not marks:
        return
    faults = [fault for one in cited if (fault := _fault(one, exam))]
    orphans = sorted(marks - {one.n for one in cited})
    faults += [f"〔{n}〕没有对应的依据" for n in orphans]
    yield Score("citation_validity", float(not faults), "；".join(faults))


def _fault(cited: Cited, exam: Exam) -> str | None:
    text = exam.texts.get(cited.clause)
    if text is None:
        return f"〔{cited.n}〕没有条款 {cited.clause}"
    if not cited.quote or text[cited.start : cited.end] != cited.quote:
        return f"〔{cited.n}〕引文不是 {cited.clause} 的原文"
    return None


def recall(exam: Exam) -> Iterator[Score]:
    """Score the share of the gold spans that are cited (`all`), or whether one is (`any`)."""
    if not exam.gold.spans or (exam.reply.is_text_only and not exam.reply.failure):
        return
    covered = [_is_covered(span, exam.reply.citations) for span in exam.gold.spans]
    share = float(any(covered)) if exam.case.evidence_mode == "any" else sum(covered) / len(covered)
    absent = [span.clause_id for span, has in zip(exam.gold.spans, covered, strict=True) if not has]
    yield Score("citation_recall", share, f"没有引用 {'、'.join(dict.fromkeys(absent))}" if share < 1 else "")


def precision(exam: Exam) -> Iterator[Score]:
    """Score the share of the citations that stand on gold, or hold a value that was expected."""
    cited = exam.reply.citations
    if not exam.gold.spans or not cited:
        return
    right = [one for one in cited if _is_on(one, exam.gold.spans) or _holds_expected(one, exam)]
    others = [one.clause for one in cited if one not in right]
    yield Score("citation_precision", len(right) / len(cited), "、".join(dict.fromkeys(others)))


def coverage(exam: Exam) -> Iterator[Score]:
    """Score the share of the lines with a sum, a rate or a date that carry a mark."""
    if exam.reply.is_text_only:
        return
    own = {mention.words for mention in mentions_of(exam.said)}
    claims = [line for line in exam.text.splitlines() if _is_claim(line, own)]
    if claims:
        bare = [line for line in claims if not _MARK.search(line)]
        yield Score("claim_coverage", 1 - len(bare) / len(claims), "；".join(line[:40] for line in bare))


def _is_claim(line: str, own: set[str]) -> bool:
    """Tell whether a line states what needs a source; one that only asks, or repeats the person, does not."""
    stated = [
        one for one in mentions_of(line) if one.kind in (Kind.MONEY, Kind.RATE) and one.words not in own
    ]
    return bool(stated or _DATE.search(line)) and not line.rstrip().endswith(("？", "?"))


def _is_covered(span: Span, cited: Iterable[Cited]) -> bool:
    """Tell whether half of a gold span is cited, or a citation lies wholly within it."""
    characters: set[int] = set()
    for one in cited:
        if one.clause != span.clause_id:
            continue
        if span.start <= one.start and one.end <= span.end and one.end > one.start:
            return True
        characters.update(range(max(span.start, one.start), min(span.end, one.end)))
    return len(characters) >= _ENOUGH * (span.end - span.start)


def _is_on(cited: Cited, spans: Iterable[Span]) -> bool:
    return any(
        cited.clause == span.clause_id and cited.start < span.end and span.start < cited.end for span in spans
    )


def _holds_expected(cited: Cited, exam: Exam) -> bool:
    stated = mentions_of(cited.quote)
    return any(matching(amount, stated) for amount in exam.expect.amounts)
