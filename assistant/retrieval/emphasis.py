"""How much each word of a question counts when clauses are compared with it by their words.

A Chinese word of two characters gives three tokens, a number or a Latin word only one, though it tells as
much: it counts for more (2000年, DCMM). So does what stands in quotation marks or 《》: a name, to be found
whole. A sum of money is the asker's own affair and stays as light as any word.
"""

from __future__ import annotations

import re

from assistant.retrieval.tokens import fold, informative, tokens

# Both are printed beside their neighbours by `python -m evals.retrieval_emphasis DATA`.
WORD = 2.5
QUOTED = 1.5
_OTHER_WORD = re.compile(r"[a-z\d]")
_QUOTED = re.compile(r"[《〈「『“‘](.{1,80}?)[》〉」』”’]")
_MONEY = re.compile(r"\d[\d.]{0,30}(?=[万亿千百元块%])")


def weighted_terms(question: str, word: float = WORD, quoted: float = QUOTED) -> dict[str, float]:
    """Return the terms to look for, each with what it counts; `word` for numbers and Latin words.

    >>> weighted_terms("DCMM贯标")
    {'dcmm': 2.5, '贯': 1.0, '标': 1.0, '贯标': 1.0}
    >>> weighted_terms("2024年投入800万元的《方案》")["2024"], weighted_terms("投入800万元")["800"]
    (2.5, 1.0)
    >>> weighted_terms("《方案》是谁定的")["方案"]
    1.5
    """
    folded = fold(question)
    names = {term for name in _QUOTED.findall(question) for term in tokens(name)}
    sums = set(_MONEY.findall(folded))
    terms = {}
    for term in tokens(informative(question)):
        weight = word if _OTHER_WORD.match(term) and term not in sums else 1.0
        terms[term] = weight * quoted if term in names else weight
    return terms


def plain_terms(question: str) -> dict[str, float]:
    """Return the terms to look for, all alike, as BM25 alone has them.

    >>> plain_terms("DCMM贯标")
    {'dcmm': 1.0, '贯': 1.0, '标': 1.0, '贯标': 1.0}
    """
    return dict.fromkeys(tokens(informative(question)), 1.0)
