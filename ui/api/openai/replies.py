"""Completions and their chunks, as OpenAI's clients read them, with our answer in fields of our own."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answer_json import Json, answer_json, citation_json
from assistant.conversation import Answer
from ui.api.json_response import json_bytes
from ui.api.openai.wording import after_text, tokens_in

MODEL = "policy-assistant"
DONE = b"data: [DONE]\n\n"


@dataclass(frozen=True, slots=True)
class Reply:
    """One completion: what all of its chunks have in common. `asked` are the words it is about."""

    model: str
    asked: Sequence[str]
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, answer: Answer) -> Json:
        """Return the completion."""
        text = answer.text + after_text(answer)
        message = {"role": "assistant", "content": text, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return self._common("chat.completion", [choice]) | {"usage": self._usage(text), **_ours(answer)}

    def first(self) -> bytes:
        """Return the chunk that says who speaks."""
        return self._chunk({"role": "assistant", "content": "", "refusal": None})

    def piece(self, text: str) -> bytes:
        """Return a chunk of text."""
        return self._chunk({"content": text})

    def last(self, answer: Answer) -> bytes:
        """Return the chunk that says it is over, with the sources and the answer."""
        return self._chunk({}, "stop", _ours(answer))

    def usage(self, text: str) -> bytes:
        """Return the chunk that says how much it was."""
        return _data(self._common("chat.completion.chunk", []) | {"usage": self._usage(text)})

    def _chunk(self, delta: Json, finish: str | None = None, more: Json | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _data(self._common("chat.completion.chunk", [choice]) | (more or {}))

    def _common(self, kind: str, choices: Sequence[Json]) -> Json:
        about: Json = {"id": self.id, "object": kind, "created": self.created, "model": self.model}
        return about | {"system_fingerprint": None, "choices": list(choices)}

    def _usage(self, text: str) -> dict[str, int]:
        prompt, completion = sum(map(tokens_in, self.asked)), tokens_in(text)
        return {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
        }


def model_json(name: str = MODEL) -> Json:
    """Return the one model there is."""
    return {"id": name, "object": "model", "created": 1_763_769_600, "owned_by": MODEL}


def broken_off(error: Json) -> bytes:
    """Return the event of an error in the middle of a stream."""
    return _data(error)


def _ours(answer: Answer) -> Json:
    return {
        "citations": [citation_json(citation) for citation in answer.citations],
        "policy_answer": answer_json(answer),
    }


def _data(content: Json) -> bytes:
    return b"data: " + json_bytes(content) + b"\n\n"
