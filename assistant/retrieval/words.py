"""Lists of words kept as data beside this module: what a question says without saying anything."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def question_words() -> re.Pattern[str]:
    """Return a pattern of the words a question is dressed in (请问、多少钱、我们公司…), longest first.

    >>> question_words().sub(" ", "请问一测多证能拿多少钱吗").split()
    ['一测多证']
    """
    return _pattern(_FOLDER / "question_words.txt")


@cache
def title_words() -> re.Pattern[str]:
    """Return a pattern of the set phrases of titles (关于促进…的若干措施), longest first.

    >>> title_words().sub(" ", "关于促进工业服务业赋能产业升级的若干措施").split()
    ['工业服务业']
    """
    return _pattern(_FOLDER / "title_words.txt")


@cache
def function_characters() -> frozenset[str]:
    """Return characters that say nothing alone (的、有、给…).

    >>> "的" in function_characters(), "租" in function_characters()
    (True, False)
    """
    return frozenset(_words(_FOLDER / "function_characters.txt"))


def _pattern(path: Path) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _words(path)), key=len, reverse=True)))


def _words(path: Path) -> set[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {word for line in lines if not line.startswith("#") for word in line.split()}
