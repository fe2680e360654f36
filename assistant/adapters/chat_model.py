"""Any OpenAI-compatible language model (DeepSeek, Qwen, vLLM, Ollama) through LangChain.

Everything that can go wrong becomes a `LanguageModelError` with a Chinese reason. Nothing of the key, the
address or the other side's message is logged or passed on.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import SecretStr

from assistant.adapters.breaker import Breaker
from assistant.ports import LanguageModelError, Message

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

log = logging.getLogger(__name__)

_OPENAI = "https://api.openai.com/v1"
_LEAST_SECONDS = 0.2
_MOST_TRIES = 3
_PAUSE = 0.3
_MOST_CHARACTERS = 40_000
_ROLES = {"system": "system", "user": "human", "assistant": "ai"}


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which model, where, and how much it may write."""

    name: str
    base_url: str | None = None
    api_key: SecretStr | None = None
    max_tokens: int = 1500


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why a try failed; whether trying again may help, and after how many seconds at the least."""

    why: str
    may_retry: bool = False
    after: float = _PAUSE


_DONE = object()


class ChatModel:
    """Writes through a chat endpoint. One breaker for all threads."""

    def __init__(self, settings: ModelSettings, breaker: Breaker | None = None) -> None:
        # Entered while the model is waited for: others may compute meanwhile.
        self.while_silent: Callable[[], AbstractContextManager[None]] = nullcontext
        self._settings = settings
        self._breaker = breaker or Breaker()

    def load(self) -> None:
        """Load the client, which a first reply would otherwise wait for: imports, certificates."""
        _ = self._chat

    def write(self, messages: Sequence[Message], within: float) -> Generator[str, None, None]:
        """Yield the reply piece by piece, whole within so many seconds.

        Raises:
            LanguageModelError: there is no reply, or it breaks off.
        """
        if not self._breaker.allows():
            raise LanguageModelError("模型接连出错，暂停使用")
        is_settled = False
        try:
            yield from self._tried(messages, time.monotonic() + within)
            self._breaker.succeeded()
            is_settled = True
        except LanguageModelError as error:
            self._breaker.failed()
            is_settled = True
            log.warning("the language model gave no reply: %s", error)
            raise
        finally:
            if not is_settled:
                self._breaker.let_go()

    def _tried(self, messages: Sequence[Message], until: float) -> Iterator[str]:
        """Yield the reply, trying again where nothing came yet and time is left."""
        for tries in range(1, _MOST_TRIES + 1):
            said = False
            failure: _Failure | None = None
            for piece in self._pieces(messages, until):
                if isinstance(piece, _Failure):
                    failure = piece
                    break
                said = said or bool(piece)
                yield piece
            if failure is None:
                return
            left = until - time.monotonic() - failure.after
            if said or not failure.may_retry or tries == _MOST_TRIES or left < _LEAST_SECONDS:
                raise LanguageModelError(failure.why)
            time.sleep(failure.after)

    def _pieces(self, messages: Sequence[Message], until: float) -> Iterator[str | _Failure]:
        """Yield what comes, and a failure where it fails; never wait longer than there is time."""
        inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        left = threading.Event()
        reading = threading.Thread(
            target=self._read, args=(messages, until, inbox, left), name="language-model", daemon=True
        )
        reading.start()
        try:
            while True:
                try:
                    got = self._next(inbox, until)
                except queue.Empty:
                    yield _Failure("模型没有在限定时间内答完")
                    return
                if got is _DONE:
                    return
                yield got  # type: ignore[misc]
        finally:
            left.set()

    def _next(self, inbox: queue.SimpleQueue[object], until: float) -> object:
        """Return what has come, or wait for it as long as there is time."""
        try:
            return inbox.get_nowait()
        except queue.Empty:
            with self.while_silent():
                return inbox.get(timeout=max(until - time.monotonic(), 0.0))

    def _read(
        self,
        messages: Sequence[Message],
        until: float,
        inbox: queue.SimpleQueue[object],
        left: threading.Event,
    ) -> None:
        """Read the reply in a thread of its own, so that a silent or dripping stream holds nobody up."""
        import httpx
        import openai

        try:
            for piece in self._streamed(messages, max(until - time.monotonic(), _LEAST_SECONDS)):
                if left.is_set():
                    return
                inbox.put(piece)
            inbox.put(_DONE)
        except openai.OpenAIError as error:
            inbox.put(_failure(error))
        except httpx.TimeoutException:
            inbox.put(_Failure("模型没有在限定时间内答完"))
        except httpx.HTTPError:
            inbox.put(_Failure("模型的回复中断", may_retry=True))
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            log.warning("a malformed reply of the language model: %s", type(error).__name__)
            inbox.put(_Failure("模型的回复格式不对"))

    def _streamed(self, messages: Sequence[Message], seconds: float) -> Iterator[str | _Failure]:
        length, reason = 0, ""
        spoken = [(_ROLES[message.role], message.text) for message in messages]
        for chunk in self._chat.stream(spoken, timeout=seconds):
            reason = chunk.response_metadata.get("finish_reason") or reason
            text = chunk.text
            length += len(text)
            if length > _MOST_CHARACTERS:
                yield _Failure("模型的回复太长")
                return
            if text:
                yield text
        if reason == "length":
            yield _Failure("模型的回复被截断")
        elif reason == "content_filter":
            yield _Failure("模型没有作答")
        elif not reason:
            yield _Failure("模型的回复中断", may_retry=True)
        elif not length:
            yield _Failure("模型的回复是空的")

    @cached_property
    def _chat(self) -> ChatOpenAI:
        """Return LangChain's client, imported on first use: that takes most of a second."""
        from langchain_openai import ChatOpenAI

        settings = self._settings
        return ChatOpenAI(
            model=settings.name,
            base_url=settings.base_url or _OPENAI,
            api_key=settings.api_key or SecretStr("none"),
            temperature=0,
            max_retries=0,
            stream_usage=False,
            use_responses_api=False,
            extra_body={"max_tokens": settings.max_tokens},  # the name every compatible endpoint knows
        )


def _failure(error: Exception) -> _Failure:
    """Return what an error of the client means to us; its own message may hold anything and is left out."""
    import openai

    if isinstance(error, openai.APITimeoutError):
        return _Failure("模型没有在限定时间内答完")
    if isinstance(error, openai.APIConnectionError):
        return _Failure("连不上模型服务", may_retry=True)
    if isinstance(error, openai.RateLimitError):
        return _Failure("模型服务限制了访问次数", may_retry=True, after=_retry_after(error))
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return _Failure("模型服务不接受所给的密钥")
    if isinstance(error, openai.NotFoundError):
        return _Failure("模型服务没有所设的模型")
    if isinstance(error, openai.InternalServerError):
        return _Failure("模型服务出错", may_retry=True, after=_retry_after(error))
    if isinstance(error, openai.APIStatusError):
        return _Failure("模型服务拒绝了请求")
    return _Failure("模型的回复格式不对")


def _retry_after(error: Exception) -> float:
    """Return the seconds the other side asks to wait, 1 where it does not say."""
    response = getattr(error, "response", None)
    words = response.headers.get("retry-after", "") if response is not None else ""
    try:
        return max(float(words), 0.0)
    except ValueError:
        return 1.0
