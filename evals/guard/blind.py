"""`python -m evals.guard --part blind`: wordings by hand nobody tuned on; figures and kinds only, no text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from uuid import uuid4

from pydantic import BaseModel, ConfigDict

from assistant.bootstrap import load
from assistant.conversation import Answer, Question
from assistant.grounding.guard import faults
from assistant.grounding.markdown import plain_line
from assistant.grounding.reference import Reference
from assistant.grounding.slots import filled, prepared
from assistant.grounding.writing import Writing
from assistant.pipeline import Assistant
from assistant.settings import Settings
from assistant.steps.rewriting import is_rewritable

FOLDER = Path(__file__).with_name("blind")
AS_OF = date(2026, 11, 22)


class Wording(BaseModel):
    """One reply of a model as it would come, and what the model was shown of the answer."""

    model_config = ConfigDict(extra="ignore")

    turns: list[str]
    reply: str
    shown: str = ""
    kind: str = ""


class Tally:
    """What became of the right wordings of a set, and of the wrong ones by kind."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.wrong: dict[str, list[bool]] = defaultdict(list)
        self.faults: Counter[str] = Counter()

    def add_right(self, answer: Answer, reply: str) -> None:
        """Count what is shown of a right reply."""
        writing = Writing(Reference(answer))
        list(writing.heard([reply], prepared(answer).slots, is_last=True))
        rest = writing.rest(is_cut=False) if writing.passed else ()
        self.right["wordings"] += 1
        self.right["sentences"] += writing.passed + writing.replaced
        self.right["sentences replaced"] += writing.replaced
        self.right["lines added"] += len(rest)
        self.right["fallen back whole"] += not writing.passed
        self.right["with a sentence replaced"] += writing.replaced > 0
        self.right["only with lines added"] += bool(not writing.replaced and rest)
        self.faults.update({fault.kind.name for fault in writing.faults})

    def add_wrong(self, answer: Answer, reply: str, kind: str) -> None:
        """Count whether a wrong reply is noticed."""
        wording, unknown = filled(reply, prepared(answer).slots)
        plain = "\n".join(filter(None, map(plain_line, wording.strip().split("\n"))))
        self.wrong[kind].append(bool(unknown or faults(plain, Reference(answer))))

    @property
    def recall(self) -> float:
        """Return the share of wrong wordings that are noticed, 1 where there are none."""
        every = [one for noticed in self.wrong.values() for one in noticed]
        return sum(every) / len(every) if every else 1.0

    @property
    def fallen_back(self) -> float:
        """Return the share of right wordings of which nothing is shown."""
        return self.right["fallen back whole"] / max(self.right["wordings"], 1)

    def show(self, name: str) -> None:
        """Print the figures."""
        print(f"\n{name}")
        n, told = self.right["wordings"], self.right["sentences"]
        for what in ("fallen back whole", "with a sentence replaced", "only with lines added"):
            print(f"  right, {what:26} {self.right[what]:4} of {n:4}  {self.right[what] / max(n, 1):.4f}")
        replaced = self.right["sentences replaced"]
        print(f"  right, sentences replaced         {replaced:4} of {told:4}  {replaced / max(told, 1):.4f}")
        print(f"  right, lines added                {self.right['lines added']:4}")
        print(f"  right, kinds of fault             {dict(self.faults.most_common())}")
        for kind, noticed in sorted(self.wrong.items()):
            if not all(noticed):
                print(f"  wrong, {kind:34} blocked {sum(noticed):4} of {len(noticed):4}")
        every = [one for noticed in self.wrong.values() for one in noticed]
        if every:
            print(f"  wrong, blocked {sum(every)} of {len(every)}  {sum(every) / len(every):.4f}")


def answered(turns: Sequence[str], assistant: Assistant) -> Answer:
    """Return our own checked answer to the last of several turns, of a conversation of their own."""
    conversation = uuid4().hex
    return [assistant.ask(Question(text, AS_OF, conversation)) for text in turns][-1]


def blind() -> bool:
    """Print the figures of the blind set, and how many of it no longer fit the answers of today."""
    answers: dict[tuple[str, ...], Answer] = {}
    tally, stale, assistant = Tally(), 0, load(Settings()).assistant
    for is_right, one in _wordings():
        key = tuple(one.turns)
        if key not in answers:
            answers[key] = answered(one.turns, assistant)
        answer = answers[key]
        if not is_rewritable(answer) or "\n".join(prepared(answer, is_kept=False).lines) != one.shown:
            stale += 1
        elif is_right:
            tally.add_right(answer, one.reply)
        else:
            tally.add_wrong(answer, one.reply, one.kind)
    tally.show("blind, by hand")
    print(f"  left out, the answer being another today: {stale}")
    return True


def _wordings() -> Iterator[tuple[bool, Wording]]:
    for is_right, name in ((True, "right"), (False, "wrong")):
        for row in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines():
            if row.strip():
                yield is_right, Wording.model_validate_json(row)
