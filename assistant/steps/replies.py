"""Every canned sentence once: `assistant/replies.yaml`, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import RootModel

from corpus.strict_yaml import read_model

REPLIES = Path(__file__).parents[1] / "replies.yaml"


class _File(RootModel[dict[str, str]]):
    """Names of replies and their texts."""


@dataclass(frozen=True, slots=True)
class Replies:
    """The sentences by name; `{…}` in one is filled in by who says it."""

    texts: Mapping[str, str]

    def say(self, reply: str, /, **values: object) -> str:
        """Return the sentence with its blanks filled."""
        return self.texts[reply].format(**values)


def load_replies(path: Path = REPLIES) -> Replies:
    """Return the replies of a file.

    Raises:
        BrokenCorpusError: the file is missing or not of the right shape.
    """
    return Replies(read_model(path, _File).root)
