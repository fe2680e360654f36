"""What can be wrong with a corpus or a document, said in Chinese: what, where, how to repair.

CorpusError
├── UnknownIdError        an id nobody has; names the nearest ones
├── BrokenCorpusError     a file of the corpus is missing or does not hold what it should
├── UnreadableError       a document that cannot be read
└── AddingError           a document that cannot be added as told
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches


class CorpusError(Exception):
    """Base of everything that can be wrong with policies and their data."""


class UnknownIdError(CorpusError):
    """Raised for an id that is not in the corpus."""

    def __init__(self, kind: str, wanted: str, known: Iterable[str]) -> None:
        near = get_close_matches(wanted, list(known), n=3, cutoff=0.5)
        hint = f"你是不是想找：{'、'.join(near)}" if near else "请先列出全部编号再选择"
        super().__init__(f"没有编号为“{wanted}”的{kind}。{hint}。")
        self.near = tuple(near)


class BrokenCorpusError(CorpusError):
    """Raised when a file of the corpus is missing, damaged or contradicts another."""

    def __init__(self, where: str, what: str, repair: str = "请按仓库中的原文件恢复，或改正后重试") -> None:
        super().__init__(f"{where}：{what}。{repair}。")
        self.where, self.what, self.repair = where, what, repair

    def with_line(self, place: str) -> BrokenCorpusError:
        """Return the same error said of a file with its line; `place` begins with the file's name."""
        file = place.partition(" 第 ")[0]
        rest = self.where.removeprefix(file)
        return BrokenCorpusError(f"{place}{rest}", self.what, self.repair)


class UnreadableError(CorpusError):
    """Raised for a document that cannot be read: missing, empty, binary, too large, unknown encoding."""


class AddingError(CorpusError):
    """Raised when a document cannot be added as told; `problems` are sentences in Chinese, one each."""

    def __init__(self, problems: Collection[str]) -> None:
        super().__init__("；".join(problems))
        self.problems = tuple(problems)
