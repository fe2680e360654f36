"""`python -m evals.guard`: how many lies the guard blocks, how many right rewordings it blocks by mistake."""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.adapters.conversation_memory import ConversationMemory
from assistant.bootstrap import build_context
from assistant.conversation import Answer, Question
from assistant.grounding.faults import Fault
from assistant.grounding.guard import faults
from assistant.grounding.markdown import plain_line
from assistant.grounding.reference import Reference
from assistant.grounding.slots import with_tokens
from assistant.pipeline import Assistant
from assistant.steps.rewriting import is_rewritable
from corpus.store import load_corpus
from corpus.strict_yaml import read_model
from evals.guard.blind import AS_OF, Tally, answered, blind
from evals.guard.lies import LIES, Lie
from evals.guard.recombined import RECOMBINED
from evals.guard.rewordings import REWORDINGS
from evals.plain_index import PlainIndex

QUESTIONS = Path(__file__).with_name("questions.yaml")
WORDED = Path(__file__).with_name("worded.yaml")
PARTS = ("tuning", "first", "last")
FREE = Path(__file__).with_name("free.yaml")
STYLES = Path(__file__).with_name("styles.yaml")
SLOTTED = Path(__file__).with_name("slotted.yaml")
LEAST_RECOMBINED = 0.95
LEAST = 0.99
MOST_WHOLE = 0.1
_ROUNDS = 2
_PAIRS = 3


class _Questions(BaseModel):
    model_config = ConfigDict(extra="forbid")

    tuning: list[str]
    first: list[str]
    last: list[str]
    fresh: list[str]


class _Worded(BaseModel):
    """Wordings written by hand: the question, and texts a careful person could have written."""

    model_config = ConfigDict(extra="forbid")

    question: str
    right: list[str] = []
    wrong: list[str] = []


class _Style(BaseModel):
    """Wordings by hand of one answer: right ones by style, wrong ones by what is wrong."""

    model_config = ConfigDict(extra="forbid")

    turns: list[str]
    right: dict[str, str] = {}
    wrong: dict[str, str] = {}


class _Styles(BaseModel):
    model_config = ConfigDict(extra="forbid")

    tuning: list[_Style]
    held: list[_Style]


class _Free(BaseModel):
    """Right rewordings as different models phrase, all by hand: concise, polite, in points, bold, spoken."""

    model_config = ConfigDict(extra="forbid")

    free: list[_Worded]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    tuning: list[_Worded]
    first: list[_Worded]
    last: list[_Worded] = []


class Case(BaseModel):
    """One wording and whether it is right."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    kind: str
    is_right: bool
    question: str
    wording: str
    found: tuple[Fault, ...] = ()


def answers(questions: list[str]) -> dict[str, Answer]:
    """Return our own checked answers to the questions, those a model would be given to word."""
    corpus = load_corpus()
    assistant = Assistant(build_context(corpus, PlainIndex(corpus)), ConversationMemory())
    found = {text: assistant.ask(Question(text, AS_OF)) for text in questions}
    return {text: answer for text, answer in found.items() if is_rewritable(answer)}


def cases(part: str) -> Iterator[Case]:
    """Yield every case of a part, judged by the guard. The same seed gives the same cases."""
    questions: list[str] = getattr(read_model(QUESTIONS, _Questions), part)
    for text, answer in answers(questions).items():
        reference = Reference(answer)
        wording = with_tokens(answer.text, frozenset(reference.citations))
        for case in (*_lies(text, wording, answer), *_rewordings(text, wording)):
            yield case.model_copy(update={"found": faults(case.wording, reference)})
    yield from _by_hand(part)


def _lies(text: str, wording: str, answer: Answer, lies: tuple[Lie, ...] = LIES) -> Iterator[Case]:
    for lie in lies:
        seen = {wording}
        for round_ in range(_ROUNDS):
            told = lie(wording, random.Random(f"{text}/{lie.__name__}/{round_}"), answer)
            if told is not None and told not in seen:
                seen.add(told)
                yield Case(kind=lie.__name__, is_right=False, question=text, wording=told)


def _rewordings(text: str, wording: str) -> Iterator[Case]:
    seen: set[str] = {wording}
    for rule in REWORDINGS:
        said = rule(wording, random.Random(f"{text}/{rule}"))
        if said not in seen:
            seen.add(said)
            name = getattr(rule, "__name__", "swap")
            yield Case(kind=f"right: {name}", is_right=True, question=text, wording=said)
    for pair in range(_PAIRS):
        dice = random.Random(f"{text}/pair/{pair}")
        said = wording
        for rule in dice.sample(REWORDINGS, 3):
            said = rule(said, dice)
        if said not in seen:
            seen.add(said)
            yield Case(kind="right: three rules at once", is_right=True, question=text, wording=said)


def recombined(part: str) -> Iterator[Case]:
    """Yield lies made of the sources' own words alone, judged by the guard."""
    questions: list[str] = getattr(read_model(QUESTIONS, _Questions), part)
    for text, answer in answers(questions).items():
        reference = Reference(answer)
        wording = with_tokens(answer.text, frozenset(reference.citations))
        for case in _lies(text, wording, answer, RECOMBINED):
            yield case.model_copy(update={"found": faults(case.wording, reference)})


def free() -> Tally:
    """Return what becomes of right rewordings in free phrasing."""
    tally = Tally()
    for one in read_model(FREE, _Free).free:
        for text in one.right:
            tally.add_right(_answered((one.question,)), text)
    return tally


def styles(part: str, path: Path = STYLES) -> Tally:
    """Return what becomes of wordings in ten manners, right and wrong, most of them in words of their own."""
    tally = Tally()
    found: list[_Style] = getattr(read_model(path, _Styles), part)
    for one in found:
        answer = _answered(tuple(one.turns))
        for text in one.right.values():
            tally.add_right(answer, text)
        for kind, text in one.wrong.items():
            tally.add_wrong(answer, text, kind)
    return tally


@cache
def _answered(turns: tuple[str, ...]) -> Answer:
    corpus = load_corpus()
    return answered(turns, Assistant(build_context(corpus, PlainIndex(corpus)), ConversationMemory()))


def _by_hand(part: str) -> Iterator[Case]:
    return _judged_by_hand(getattr(read_model(WORDED, _File), part))


def _judged_by_hand(worded: list[_Worded]) -> Iterator[Case]:
    found = answers([one.question for one in worded])
    for one in worded:
        if one.question not in found:
            continue
        reference = Reference(found[one.question])
        for texts, is_right in ((one.right, True), (one.wrong, False)):
            for text in texts:
                kind = "right: by hand" if is_right else "by hand"
                plain = "\n".join(filter(None, map(plain_line, text.strip().split("\n"))))
                judged = faults(plain, reference)
                yield Case(kind=kind, is_right=is_right, question=one.question, wording=text, found=judged)


def main() -> int:
    """Print the figures of every part; with `--wrong`, every case judged wrongly."""
    parser = argparse.ArgumentParser(prog="python -m evals.guard", description=__doc__)
    parser.add_argument("--part", choices=(*PARTS, "hand", "blind", "all"), default="all")
    parser.add_argument("--wrong", action="store_true", help="show what was judged wrongly")
    options = parser.parse_args()
    if options.part in ("hand", "blind"):
        return 0 if (_report_by_hand() if options.part == "hand" else blind()) else 1
    parts = PARTS if options.part == "all" else (options.part,)
    good = True
    for part in parts:
        judged = list(cases(part))
        good = _report(part, judged) and good
        if options.wrong:
            _show(judged)
    if options.part == "all":
        good = _report_apart(options.wrong) and good
    return 0 if good else 1


def _report_apart(is_shown: bool) -> bool:
    """Print what is reported apart: lies of the sources' own words, and wordings by hand."""
    good = True
    for part in ("tuning", "fresh"):
        judged = list(recombined(part))
        share = _print_kinds(f"recombined, {part}", judged)
        good = good and share >= LEAST_RECOMBINED
        if is_shown:
            _show(judged)
    return _report_by_hand() and good


def _report_by_hand() -> bool:
    """Print what becomes of wordings by hand: free phrasing, ten manners, round the slots."""
    sets = {
        "round the slots, tuned on": styles("tuning", SLOTTED),
        "round the slots, second set": styles("held", SLOTTED),
        "free phrasing, tuned on": free(),
        "ten manners, tuned on": styles("tuning"),
        "ten manners, held out": styles("held"),
    }
    for name, tally in sets.items():
        tally.show(name)
    return all(one.recall >= LEAST and one.fallen_back <= MOST_WHOLE for one in sets.values())


def _print_kinds(name: str, judged: list[Case]) -> float:
    kinds: dict[str, list[bool]] = defaultdict(list)
    for case in judged:
        kinds[case.kind].append(bool(case.found))
    print(f"\n{name}")
    for kind, blocked in sorted(kinds.items()):
        print(f"  {kind:38} blocked {sum(blocked):4} of {len(blocked):4}")
    share = sum(bool(case.found) for case in judged) / len(judged)
    print(f"  blocked {share:.4f} (n={len(judged)})")
    return share


def _report(part: str, judged: list[Case]) -> bool:
    kinds: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for case in judged:
        kinds[case.is_right, case.kind].append(bool(case.found))
    print(f"\n{part}")
    for (_, kind), blocked in sorted(kinds.items()):
        print(f"  {kind:38} blocked {sum(blocked):4} of {len(blocked):4}")
    lies = [bool(case.found) for case in judged if not case.is_right]
    right = [bool(case.found) for case in judged if case.is_right]
    recall, false = sum(lies) / len(lies), sum(right) / len(right)
    print(f"  guard recall {recall:.4f} (n={len(lies)}), false blocks {false:.4f} (n={len(right)})")
    return recall >= 0.99 and false <= 0.02


def _show(judged: list[Case]) -> None:
    for case in judged:
        if bool(case.found) == case.is_right:
            print(f"\n--- {case.kind} | {case.question}\n{case.wording}\n{[str(one) for one in case.found]}")


if __name__ == "__main__":
    raise SystemExit(main())
