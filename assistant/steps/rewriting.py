"""After the last step: a language model words the answer, where there is one. It never changes what is said.

What it writes is shown line by line, each only after it has passed the guard. A fault at the start gets one
repair attempt; later, and in that attempt, a sentence that does not pass gives way to the composed line it
stands for, and every composed line that was not told follows as composed. Whatever fails, there is an answer,
and a note how it was made.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace

from assistant.conversation import Answer, Outcome, WordedBy
from assistant.grounding.faults import Fault
from assistant.grounding.prompts import prompt
from assistant.grounding.reference import Reference
from assistant.grounding.sentences import sentences
from assistant.grounding.slots import Prepared, as_data, prepared, with_marks
from assistant.grounding.writing import Writing
from assistant.ports import LanguageModel, LanguageModelError, Message
from assistant.steps.replies import Replies
from assistant.steps.state import AnswerContext

_ATTEMPTS = 2
_NAMES = {Outcome.ANSWERED: "直接回答", Outcome.NEEDS_INPUT: "需要追问，必须把问题问出来"}
_MOST_FAULTS = 8


def is_rewritable(answer: Answer) -> bool:
    """Tell whether there is anything to word: canned replies and tables stay as they are written."""
    return answer.outcome in _NAMES and bool(answer.citations) and " | " not in answer.text


def rewrite(answer: Answer, context: AnswerContext, model: LanguageModel) -> Generator[str, None, Answer]:
    """Yield the worded text piece by piece; return the answer with it."""
    reference, view = Reference(answer), prepared(answer)
    until = time.monotonic() + context.model_seconds
    messages = _messages(answer, view)
    writing = Writing(reference)
    why = ""
    try:
        for attempt in range(1, _ATTEMPTS + 1):
            writing = writing if attempt == 1 else Writing(reference)
            heard: list[str] = []
            with closing(model.write(messages, until - time.monotonic())) as reply:
                lines = writing.heard(_heard(reply, heard), view.slots, is_last=attempt == _ATTEMPTS)
                yield from _marked(lines, writing)
            if writing.shown or not writing.faults:
                break
            messages = (*messages, *_repair("".join(heard), tuple(writing.faults)))
    except LanguageModelError as error:
        why = str(error)
    return (yield from _finished(answer, writing, why, context.replies))


def _heard(reply: Iterator[str], heard: list[str]) -> Iterator[str]:
    for piece in reply:
        heard.append(piece)
        yield piece


def _marked(lines: Iterator[str], writing: Writing) -> Iterator[str]:
    for line in lines:
        yield ("\n" if len(writing.shown) > 1 else "") + with_marks(line)


def _finished(answer: Answer, writing: Writing, why: str, replies: Replies) -> Generator[str, None, Answer]:
    """Yield what is still to be said in the composed words; return the whole answer."""
    if not writing.passed:
        yield from sentences(answer.text)
        note = replies.say("not_worded", why=why or replies.say("not_passed"))
        return replace(answer, warnings=(*answer.warnings, note), worded_by=WordedBy.PROGRAM)
    text = with_marks("\n".join(writing.shown))
    rest = "".join(f"\n{line.marked}" for line in writing.rest(bool(why) or writing.is_hostile))
    if not why and not rest and not writing.faults:
        return replace(answer, text=text, worded_by=WordedBy.MODEL)
    yield from sentences(rest)
    is_ours = text + rest == answer.text
    note = replies.say("not_worded" if is_ours else "partly_worded", why=why or replies.say("not_passed"))
    worded_by = WordedBy.PROGRAM if is_ours else WordedBy.PARTLY
    return replace(answer, text=text + rest, warnings=(*answer.warnings, note), worded_by=worded_by)


def _messages(answer: Answer, view: Prepared) -> tuple[Message, ...]:
    task = prompt(
        "rewrite_question",
        question=as_data(answer.question),
        lines="\n".join(view.lines),
        kept="\n".join(view.kept) or "无",
        outcome=_NAMES[answer.outcome],
    )
    return Message("system", prompt("rewrite")), Message("user", task)


def _repair(reply: str, faults: tuple[Fault, ...]) -> tuple[Message, ...]:
    listed = "\n".join(f"- {as_data(str(fault))}" for fault in faults[:_MOST_FAULTS])
    return Message("assistant", reply), Message("user", prompt("rewrite_repair", faults=listed))
