"""Ask the labelled questions: `python -m evals.understanding.exam [--author NAME] [--plain] [--misses]`.

Asked on the package's documents, or with `--documents` on the texts of a folder as well (added unreviewed, as
a person would add them). Right is: the outcome fits, a sum is the one worked out by hand, and the words that
answer are inside what is shown. Wrong sums, false answers and false refusals are counted apart.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from assistant.bootstrap import Application, load
from assistant.conversation import Answer, EstimateStatus, Outcome, Question
from assistant.settings import Settings
from evals.understanding.records import Labelled, load_conversations, load_questions

AS_OF = date(2026, 12, 1)
_SUMS = (EstimateStatus.PAYABLE, EstimateStatus.DRAFT)
_REFUSALS = (Outcome.NOT_COVERED, Outcome.BLOCKED, Outcome.NEEDS_INPUT)
_MOST_ALL = 2  # of so few answering passages each must be shown, of more half of them


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one question went: `kind` is right, or what went wrong."""

    kind: str
    group: str


def main() -> None:
    """Ask, count and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--author", action="append")
    parser.add_argument("--document", action="append")
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument(
        "--set", type=Path, help="a folder with questions.jsonl.gz and conversations.jsonl.gz"
    )
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    application = load(Settings(data_dir=given.data_dir))
    known = {one.slug for one in application.corpus.documents} | {None}
    counts: Counter[tuple[str, str]] = Counter()
    for record in load_questions(*_file(given.set, "questions")):
        slug = record.document and record.document.replace("/", "-")
        if (given.author and record.author not in given.author) or slug not in known:
            continue
        if given.document and record.document not in given.document:
            continue
        verdict = _plain(application, record) if given.plain else _asked(application, record)
        counts[verdict.group, verdict.kind] += 1
        if given.misses and verdict.kind != "right":
            print(f"{record.id} {verdict.group} {verdict.kind}: {record.question}  want {record.expected}")  # noqa: T201
    if not given.plain:
        for talk in load_conversations(*_file(given.set, "conversations")):
            slug = talk.document and talk.document.replace("/", "-")
            if (given.author and talk.author not in given.author) or slug not in known:
                continue
            if given.document and talk.document not in given.document:
                continue
            kinds = [
                _verdict(answer, turn).kind for answer, turn in _talked(application, talk.id, talk.turns)
            ]
            counts["turns", "right"] += kinds.count("right")
            for kind in kinds:
                if kind != "right":
                    counts["turns", kind] += 1
            counts["conversations", "right" if set(kinds) == {"right"} else "wrong"] += 1
            if given.misses and set(kinds) != {"right"}:
                told = " / ".join(
                    f"{turn.question} [{kind}]" for turn, kind in zip(talk.turns, kinds, strict=True)
                )
                print(f"{talk.id}: {told}")  # noqa: T201
    _report(counts)


def _file(folder: Path | None, name: str) -> tuple[Path, ...]:
    return () if folder is None else (folder / f"{name}.jsonl.gz",)


def _report(counts: Counter[tuple[str, str]]) -> None:
    for group in dict.fromkeys(group for group, _ in sorted(counts)):
        some = {kind: n for (one, kind), n in counts.items() if one == group}
        total = sum(some.values())
        rest = ", ".join(f"{kind} {n}" for kind, n in sorted(some.items()) if kind != "right")
        print(f"{group:14} n {total:4}  right {some.get('right', 0) / total:.3f}  {rest}")  # noqa: T201


def _talked(
    application: Application, name: str, turns: Sequence[Labelled]
) -> Iterable[tuple[Answer, Labelled]]:
    for turn in turns:
        yield application.hermetic.ask(Question(turn.question, AS_OF, f"exam-{name}")), turn


def _asked(application: Application, record: Labelled) -> Verdict:
    return _verdict(application.hermetic.ask(Question(record.question, AS_OF)), record)


def _verdict(answer: Answer, record: Labelled) -> Verdict:
    """Return how an answer stands to its labels."""
    group = _group(record)
    sums = [one.amount for one in answer.estimates if one.amount is not None and one.status in _SUMS]
    total = answer.total
    totals = (total.in_force, total.draft, total.unreviewed, total.unreviewed_draft)
    sums += [one for one in totals if one is not None]
    if record.answerable == "no":
        if sums:
            return Verdict("wrong sum", group)
        return Verdict(
            "right" if answer.outcome in _REFUSALS or not answer.citations else "false answer", group
        )
    if record.expected and record.expected not in ("ask", "none"):
        wanted = Decimal(record.expected)
        if wanted in sums or _says(answer.text, wanted):
            return Verdict("right", group)
        return Verdict("wrong sum" if sums else _without(answer), group)
    if record.expected in ("ask", "none") and sums:
        return Verdict("wrong sum", group)
    if record.answerable == "partly":
        return Verdict("right", group)
    if record.expected == "ask":
        return Verdict(
            "right" if answer.outcome is Outcome.NEEDS_INPUT or answer.missing else "not asked", group
        )
    if answer.outcome is Outcome.NOT_COVERED:
        return Verdict("false refusal", group)
    shown = _plain_text(answer.text + "".join(one.span.quote for one in answer.citations))
    return Verdict("right" if _holds(shown, record.evidence or record.awards) else "not shown", group)


def _without(answer: Answer) -> str:
    return {Outcome.NOT_COVERED: "false refusal", Outcome.NEEDS_INPUT: "asked back"}.get(
        answer.outcome, "no sum"
    )


def _says(text: str, wanted: Decimal) -> bool:
    from corpus.reading.numerals import find_quantities

    first = text.split("\n")[0]
    return any(one.value == wanted for one in find_quantities(first))


def _plain(application: Application, record: Labelled) -> Verdict:
    """Judge the plain baseline: it shows two clauses, refuses nothing and computes nothing."""
    hits = application.index.search(record.question, 4)
    clauses = [application.corpus.clause(hit.clause_id) for hit in hits]
    shown = _plain_text("".join(one.text for one in clauses[:2]))
    group = _group(record)
    if record.answerable == "no":
        return Verdict("false answer", group)
    if record.expected and record.expected not in ("ask", "none"):
        return Verdict("no sum", group)
    return Verdict("right" if _holds(shown, record.evidence or record.awards) else "not shown", group)


def _group(record: Labelled) -> str:
    if record.answerable == "no":
        return f"no:{record.why}"
    if record.expected:
        return "sums"
    return "partly" if record.answerable == "partly" else "facts"


def _holds(shown: str, wanted: Sequence[str]) -> bool:
    there = [_plain_text(words) in shown for words in wanted]
    if not there:
        return True
    return all(there) if len(there) <= _MOST_ALL else sum(there) * 2 >= len(there)


def _plain_text(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


if __name__ == "__main__":
    main()
