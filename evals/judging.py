"""An optional opinion of a language model on the wording of answers, and on nothing else.

It is reported apart (`judge` in `summary.json`), is no metric, and no gate looks at it. What the judge
says that cannot be read is counted, never guessed and never averaged away.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from evals.metrics.statistics import interval
from evals.running import Judged

PROMPT = Path(__file__).with_name("judge_prompt.md")
_OBJECT = re.compile(r"\{[^{}]*\}")
_BEST = 5


@dataclass(frozen=True)
class Judge:
    """A model behind an OpenAI-shaped address."""

    url: str
    model: str
    limit_s: float = 60.0
    key: str | None = None

    def opinions(self, judged: Sequence[Judged]) -> dict[str, Any]:
        """Return what the model thinks of the wording of every last reply, ready to dump."""
        base = self.url.rstrip("/").removesuffix("/chat/completions")
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        texts = [text for one in judged if (text := one.conversation.replies[-1].text)]
        with httpx.Client(timeout=self.limit_s, headers=headers, trust_env=False) as client:
            scores = [self._score(client, f"{base}/chat/completions", text) for text in texts]
        return {"model": self.model, **told(scores)}

    def _score(self, client: httpx.Client, url: str, text: str) -> int | None:
        messages = [
            {"role": "system", "content": PROMPT.read_text("utf-8")},
            {"role": "user", "content": text},
        ]
        try:
            body = {"model": self.model, "messages": messages, "temperature": 0}
            response = client.post(url, json=body).raise_for_status()
            return score_in(str(response.json()["choices"][0]["message"]["content"]))
        except (httpx.HTTPError, ValueError, KeyError, IndexError, TypeError):
            return None


def score_in(words: str) -> int | None:
    """Return the score a judge gave, None where none can be read.

    >>> score_in('好的。{"score": 4}'), score_in("4 分"), score_in('{"score": 9}')
    (4, None, None)
    """
    for found in _OBJECT.findall(words):
        try:
            score = json.loads(found).get("score")
        except ValueError:
            continue
        if isinstance(score, int) and not isinstance(score, bool) and 1 <= score <= _BEST:
            return score
    return None


def told(scores: Iterable[int | None]) -> Mapping[str, Any]:
    """Return the mean of what could be read, and how much could not.

    >>> told([4, None, 4])["unreadable"], told([None])["mean"]
    (1, None)
    """
    given = list(scores)
    read = [float(score) for score in given if score is not None]
    found = interval(read) if read else None
    return {
        "n": len(given),
        "unreadable": len(given) - len(read),
        "mean": round(found.value, 3) if found else None,
        "low": round(found.low, 3) if found else None,
        "high": round(found.high, 3) if found else None,
    }
