"""Servers: one that speaks our API, and one that speaks OpenAI's, a peer product among them."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from corpus.model.measure import Fact
from evals.cases import CorpusChange
from evals.replies import Failure, Reply, failed, read_reply
from evals.respondents.respondent import Conversation, spoken_turns
from evals.suite_files import Item

_OFFLINE_WORDS = "corpus.edits、include、noise 只能在本程序内评测，不能对服务器评测"


class OurApi:
    """A server of this program: `POST /api/v1/ask`."""

    def __init__(self, url: str, limit_s: float, facts: Mapping[str, Fact]) -> None:
        self._url = url.rstrip("/").removesuffix("/api/v1/ask") + "/api/v1/ask"
        self._facts = facts
        self._client = httpx.Client(timeout=limit_s, trust_env=False)

    @property
    def about(self) -> Mapping[str, object]:
        """Return the address; what runs behind it only the server knows."""
        return {"target": "api", "host": urlsplit(self._url).netloc}

    def can_change_corpus(self) -> bool:
        """Tell that it cannot."""
        return False

    def converse(self, item: Item, change: CorpusChange, seed: int) -> Conversation:  # noqa: ARG002 - the API takes none
        """Ask every turn in one conversation."""
        if not change.is_none:
            return _unaskable(item)
        name = f"eval-{uuid.uuid4().hex}"
        return Conversation(tuple(self._ask(turn, item, name) for turn in spoken_turns(item, self._facts)))

    def _ask(self, turn: str, item: Item, name: str) -> Reply:
        body = {"question": turn, "conversation_id": name, "as_of": item.case.as_of.isoformat()}
        if item.case.documents:
            body["documents"] = list(item.case.documents)  # type: ignore[assignment]
        return _asked(turn, lambda: self._client.post(self._url, json=body), lambda raw: raw)


class OpenAiShape:
    """Anything behind `POST …/chat/completions`; only its words are judged."""

    def __init__(
        self, url: str, model: str, limit_s: float, facts: Mapping[str, Fact], key: str | None = None
    ) -> None:
        base = url.rstrip("/").removesuffix("/chat/completions")
        self._url, self._model, self._facts = f"{base}/chat/completions", model, facts
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(timeout=limit_s, headers=headers, trust_env=False)

    @property
    def about(self) -> Mapping[str, object]:
        """Return the address and the model."""
        return {"target": "openai", "host": urlsplit(self._url).netloc, "model": self._model}

    def can_change_corpus(self) -> bool:
        """Tell that it cannot."""
        return False

    def converse(self, item: Item, change: CorpusChange, seed: int) -> Conversation:
        """Ask every turn, the turns before it sent along."""
        if not change.is_none:
            return _unaskable(item)
        messages: list[dict[str, str]] = []
        replies: list[Reply] = []
        for turn in spoken_turns(item, self._facts):
            messages.append({"role": "user", "content": turn})
            body = {"model": self._model, "messages": messages, "temperature": 0, "seed": seed}
            reply = _asked(turn, lambda body=body: self._client.post(self._url, json=body), _words)  # type: ignore[misc]
            messages.append({"role": "assistant", "content": reply.text})
            replies.append(reply)
        return Conversation(tuple(replies))


def _words(raw: Any) -> dict[str, Any]:
    return {"text": raw["choices"][0]["message"]["content"]}


def _unaskable(item: Item) -> Conversation:
    return Conversation(
        tuple(failed(turn.content, Failure.ERROR, _OFFLINE_WORDS, 0) for turn in item.case.turns)
    )


def _asked(turn: str, post: Callable[[], httpx.Response], shape: Callable[[Any], dict[str, Any]]) -> Reply:
    began = time.perf_counter()
    try:
        response = post()
        seconds = time.perf_counter() - began
        if response.status_code != httpx.codes.OK:
            return failed(turn, Failure.ERROR, f"HTTP {response.status_code}", seconds)
        return read_reply(turn, shape(json.loads(response.text, parse_constant=_not_finite)), seconds)
    except httpx.TimeoutException:
        return failed(turn, Failure.TIMEOUT, "等待回答超时", time.perf_counter() - began)
    except httpx.HTTPError as error:
        return failed(turn, Failure.ERROR, f"{type(error).__name__}：{error}", time.perf_counter() - began)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        return failed(turn, Failure.INVALID, f"{type(error).__name__}：{error}", time.perf_counter() - began)


def _not_finite(name: str) -> float:
    raise ValueError(f"{name} 不是数")
