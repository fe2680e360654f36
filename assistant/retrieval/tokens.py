"""From text to what the lexical index counts: characters and pairs of Chinese, whole words of the rest.

Characters with pairs beat pairs alone and jieba's words on public Chinese question sets (ADR 0004). Callers
turn traditional characters into simplified ones first; width and case are folded here.
"""

from __future__ import annotations

import re
import unicodedata

from assistant.retrieval.words import question_words

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<word>(?:(?![{_HAN}_])\w)+(?:\.\d+)*)")
_BETWEEN = re.compile(r"(?:[^\w.]|(?<!\w)\.|\.(?!\d))+")  # the point of Web3.0 stays
_MIXED = re.compile(r"(?<![a-z])[a-z]{2,}+(?=\d)|(?<=\d)[a-z]{2,}")


def fold(text: str) -> str:
    """Return the text with full-width characters made half-width and capitals made small.

    >>> fold("ＤＣＭＭ（二级）")
    'dcmm(二级)'
    """
    return unicodedata.normalize("NFKC", text).casefold()


def runs(text: str) -> tuple[tuple[str, bool], ...]:
    """Return the stretches of Chinese and the other words of a text, in order; True marks Chinese.

    >>> runs("Web3.0生态,300万元")
    (('web3.0', False), ('生态', True), ('300', False), ('万元', True))
    """
    return tuple((match[0], match["han"] is not None) for match in _RUN.finditer(fold(text)))


def tokens(text: str) -> tuple[str, ...]:
    """Return the tokens of a text, repeated as often as they occur.

    A word of letters and digits also gives its letters, so that 「Web3」 finds 「Web3.0」.

    >>> tokens("AI4S贯标")
    ('ai4s', 'ai', '贯', '标', '贯标')
    """
    found: list[str] = []
    for run, is_han in runs(text):
        if is_han:
            found.extend(run)
            found.extend(pairs(run))
        else:
            found.append(run)
            found.extend(_MIXED.findall(run))
    return tuple(found)


def pairs(run: str) -> tuple[str, ...]:
    """Return each two neighbouring characters of a run.

    >>> pairs("贯标费")
    ('贯标', '标费')
    """
    return tuple(run[at : at + 2] for at in range(len(run) - 1))


def informative(question: str) -> str:
    """Return a question without the words that only ask (assistant/retrieval/question_words.txt).

    What is left is never empty when the question had words: 「多少钱」 alone stays as it is.

    >>> informative("请问我们公司做DCMM贯标能拿多少钱？")
    '做dcmm贯标'
    >>> informative("请问Web3.0能拿多少钱吗")
    'web3.0'
    """
    folded = fold(question)
    kept = _BETWEEN.sub(" ", question_words().sub(" ", folded)).strip()
    return kept or folded
