"""Search: how much of the gold is among the first ten clauses, and how early (nDCG as trec_eval has it)."""

from __future__ import annotations

from collections.abc import Iterator

from evals.exam import Exam, Score

DEPTH = 10


def search(exam: Exam) -> Iterator[Score]:
    """Score characters of gold found, and rank; a turn that leans on earlier ones is not judged.

    The first five count for `retrieval_recall`, the first ten for `retrieval_ndcg`.
    """
    if exam.retrieved is None or not exam.gold.spans or len(exam.case.turns) > 1:
        return
    found = exam.retrieved[:5]
    lengths = [(span.end - span.start, span.clause_id in found) for span in exam.gold.spans]
    share = sum(length for length, has in lengths if has) / sum(length for length, _ in lengths)
    if exam.case.evidence_mode == "any":
        share = float(any(has for _, has in lengths))
    absent = [clause for clause in exam.gold.clauses if clause not in found]
    yield Score("retrieval_recall", share, f"前五条没有 {'、'.join(absent)}" if share < 1 else "")
    yield Score("retrieval_ndcg", ndcg(exam.retrieved[:DEPTH], exam.gold.clauses))


def ndcg(ranked: tuple[str, ...], right: tuple[str, ...]) -> float:
    """Return nDCG@10 of a ranking, every right clause counting the same.

    >>> ndcg(("a", "b"), ("a",)), ndcg(("b", "c"), ("a",))
    (1.0, 0.0)
    """
    import ir_measures
    from ir_measures import Qrel, ScoredDoc, nDCG

    if not ranked:
        return 0.0
    wanted = [Qrel("q", clause, 1) for clause in right]
    run = [ScoredDoc("q", clause, float(len(ranked) - place)) for place, clause in enumerate(ranked)]
    measure = nDCG @ DEPTH
    return float(ir_measures.calc_aggregate([measure], wanted, run)[measure])
