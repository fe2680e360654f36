"""One evaluation from suites to files: who is asked, what was kept, what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from corpus.store import Corpus, load_corpus
from evals.comparing import Comparison, compare, load_gates, load_summary
from evals.header import scoring_digest
from evals.judging import Judge
from evals.report.files import write_run
from evals.respondents.respondent import Respondent
from evals.running import BrokenRunError, Judged, Library, Plan, attempts_of, run
from evals.suite_files import Item, SuiteError, load_items, suite_paths
from evals.summary import summary_of
from evals.transcripts import Transcripts


@dataclass(frozen=True)
class Options:
    """What a run is asked to be. `limit_s` is how long one answer may take, in seconds."""

    suites: tuple[str, ...]
    out: Path
    url: str | None = None
    openai: str | None = None
    model: str | None = None
    key: str | None = None
    limit_s: float = 60.0
    only: tuple[str, ...] = ()
    base: Path | None = None
    judge: Judge | None = None
    overwrite: bool = False
    is_plain: bool = False
    plan: Plan = field(default_factory=Plan)


@dataclass(frozen=True)
class Outcome:
    """What a run gave."""

    summary: Mapping[str, Any]
    judged: tuple[Judged, ...]
    comparison: Comparison | None
    kept: int


Bar = Callable[[int, int], Callable[[], object]]


def evaluate(options: Options, settings: Settings, bar: Bar = lambda _all, _kept: lambda: None) -> Outcome:
    """Run suites and write the run's files.

    `bar` is told how many attempts there are and how many an earlier run left, and returns what to call
    after each.

    Raises:
        SuiteError: a suite cannot be used.
        OtherRunError: the folder holds another run.
        BrokenRunError: nothing came back, or an evaluator failed.
    """
    corpus = load_corpus()
    items = chosen(load_items(suite_paths(options.suites), corpus), options.only)
    respondent = respondent_of(options, settings, corpus)
    attempts = attempts_of(items, options.plan, respondent.can_change_corpus())
    header = header_of(options, respondent, items)
    transcripts = Transcripts(options.out, header, options.overwrite)
    kept = sum(transcripts.find(attempt) is not None for attempt in attempts)
    judged = run(attempts, respondent, transcripts, corpus, options.plan, bar(len(attempts), kept))
    _make_sure_somebody_answered(judged)
    summary = summary_of(judged, header)
    if options.judge:
        summary["judge"] = options.judge.opinions([one for one in judged if not one.attempt.is_control])
    compared = compare(load_summary(options.base), summary, load_gates()) if options.base else None
    write_run(options.out, judged, summary, Library(corpus), compared)
    return Outcome(summary, judged, compared, kept)


def chosen(items: Sequence[Item], only: Sequence[str]) -> tuple[Item, ...]:
    """Return the items whose ids are asked for; all where none is.

    Raises:
        SuiteError: an id is in no suite.
    """
    if not only:
        return tuple(items)
    strangers = set(only) - {item.id for item in items}
    if strangers:
        raise SuiteError([f"题集里没有题号 {'、'.join(sorted(strangers))}"])
    return tuple(item for item in items if item.id in only)


def respondent_of(options: Options, settings: Settings, corpus: Corpus) -> Respondent:
    """Return who is asked: a server, the plain baseline, or this program."""
    if options.url:
        from evals.respondents.over_http import OurApi

        return OurApi(options.url, options.limit_s, corpus.facts)
    if options.openai:
        from evals.respondents.over_http import OpenAiShape

        return OpenAiShape(options.openai, options.model or "", options.limit_s, corpus.facts, options.key)
    if options.is_plain:
        from evals.respondents.plain import Plain

        return Plain(settings)
    from evals.respondents.in_process import InProcess

    return InProcess(settings, options.limit_s)


def header_of(options: Options, respondent: Respondent, items: Sequence[Item]) -> dict[str, Any]:
    """Return the header of a run; two runs with the same header are the same run."""
    return {
        **respondent.about,
        "scoring": scoring_digest(),
        "suites": _suites(items),
        "repeats": options.plan.repeats,
        "seed": options.plan.seed,
        "limit_s": options.limit_s,
    }


def _suites(items: Sequence[Item]) -> dict[str, str]:
    digests: dict[str, list[str]] = {}
    for item in items:
        digests.setdefault(item.case.suite, []).append(item.digest)
    return {
        name: f"{len(found)} 题 {hashlib.sha256(''.join(sorted(found)).encode()).hexdigest()[:12]}"
        for name, found in digests.items()
    }


def _make_sure_somebody_answered(judged: Sequence[Judged]) -> None:
    """Refuse to call it a result when not one reply came back: then nothing was measured.

    Raises:
        BrokenRunError: so it is.
    """
    replies = [reply for one in judged for reply in one.conversation.replies]
    if all(reply.failure for reply in replies):
        raise BrokenRunError(f"没有得到任何回答：{replies[0].failure_note}")
