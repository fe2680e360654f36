"""After the last step: a language model words the answer, where there is one. It never changes what is said.

What it writes is shown line by line, each only after it has passed the guard. A fault before anything was
shown gets one repair attempt; a fault later ends the model's part: what was shown stays, being true, and
every composed line it does not tell follows as composed. Whatever fails, there is an answer, and a note how
it was made.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace

from assistant.conversation import Answer, Outcome, WordedBy
from assistant.ports import LanguageModel, LanguageModelError, Message
from assistant.steps.replies import Replies
from assistant.steps.state import Desk
from assistant.wording.duties import duty_faults
from assistant.wording.faults import Fault
from assistant.wording.pieces import pieces
from assistant.wording.prompts import prompt
from assistant.wording.reference import Reference
from assistant.wording.slots import Prepared, as_data, prepared, with_marks
from assistant.wording.writing import passing_lines, untold

_ATTEMPTS = 2
_NAMES = {Outcome.ANSWERED: "直接回答", Outcome.NEEDS_INPUT: "需要追问，必须把问题问出来"}
_MOST_FAULTS = 8


def is_wordable(answer: Answer) -> bool:
    """Tell whether there is anything to word: canned replies and tables stay as they are written."""
    return answer.outcome in _NAMES and bool(answer.citations) and " | " not in answer.text


def word(answer: Answer, desk: Desk, model: LanguageModel) -> Generator[str, None, Answer]:
    """Yield the worded text piece by piece; return the answer with it."""
    reference, view = Reference(answer), prepared(answer)
    until = time.monotonic() + desk.model_seconds
    messages = _messages(answer, view)
    shown: list[str] = []
    faults: tuple[Fault, ...] = ()
    why = ""
    try:
        for _ in range(_ATTEMPTS):
            heard: list[str] = []
            with closing(model.write(messages, until - time.monotonic())) as reply:
                faults = yield from _passing(_heard(reply, heard), reference, view, shown)
            if shown or not faults:
                break
            messages = (*messages, *_repair("".join(heard), faults))
    except LanguageModelError as error:
        why = str(error)
    faults = faults or tuple(duty_faults("\n".join(shown), reference)) if shown else faults
    if faults and not why:
        why = desk.replies.say("not_passed")
    return (yield from _finished(answer, reference, shown, why, desk.replies))


def _heard(reply: Iterator[str], heard: list[str]) -> Iterator[str]:
    for piece in reply:
        heard.append(piece)
        yield piece


def _passing(
    reply: Iterator[str], reference: Reference, view: Prepared, shown: list[str]
) -> Generator[str, None, tuple[Fault, ...]]:
    lines = passing_lines(reply, reference, view.slots)
    while True:
        try:
            line = next(lines)
        except StopIteration as end:
            faults: tuple[Fault, ...] = end.value
            return faults
        yield ("\n" if shown else "") + with_marks(line)
        shown.append(line)


def _finished(
    answer: Answer, reference: Reference, shown: list[str], why: str, replies: Replies
) -> Generator[str, None, Answer]:
    """Yield what is still to be said in the composed words; return the whole answer."""
    if not shown:
        yield from pieces(answer.text)
        note = replies.say("not_worded", why=why)
        return replace(answer, warnings=(*answer.warnings, note), worded_by=WordedBy.PROGRAM)
    text = with_marks("\n".join(shown))
    if not why:
        return replace(answer, text=text, worded_by=WordedBy.MODEL)
    rest = "".join(f"\n{line.marked}" for line in untold(shown, reference))
    yield from pieces(rest)
    note = replies.say("partly_worded", why=why)
    return replace(answer, text=text + rest, warnings=(*answer.warnings, note), worded_by=WordedBy.PARTLY)


def _messages(answer: Answer, view: Prepared) -> tuple[Message, ...]:
    task = prompt(
        "word_question",
        question=as_data(answer.question),
        lines="\n".join(view.lines),
        outcome=_NAMES[answer.outcome],
    )
    return Message("system", prompt("word")), Message("user", task)


def _repair(reply: str, faults: tuple[Fault, ...]) -> tuple[Message, ...]:
    listed = "\n".join(f"- {as_data(str(fault))}" for fault in faults[:_MOST_FAULTS])
    return Message("assistant", reply), Message("user", prompt("word_repair", faults=listed))
