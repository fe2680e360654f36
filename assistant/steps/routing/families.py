"""Kinds of things the corpus never speaks of: 农业保险 is no 创业保险, 消费税 no 印花税.

A word such as 税 or 贷款 heads a family; which member is meant stands right before it. A member that no
clause and no saying of the glossary knows counts as unheard of, and so does a head of one character.
"""

from __future__ import annotations

import re

from assistant.steps.state import AnswerContext

UNHEARD = "㐀"  # a character that no clause has: what it replaces is covered by none
_MODIFIER = 2
_AWARDED = re.compile(
    "(?:评上|获评|评为|认定为|入选为?|挂牌|获批)(?:了|过)?(?:国家级?|市级|区级|上海市?)*的?"
    "(?P<name>[一-鿿]{2,8}?(?:中心|基地|实验室|工作站|示范区|园区|小巨人|专精特新|品牌|老字号|工作室|楼宇))"
)


def without_strangers(content: str, context: AnswerContext) -> str:
    """Return the content with members of a family that the corpus does not know blotted out."""
    heads = "|".join(sorted(map(re.escape, context.glossary.families), key=len, reverse=True))
    if not heads:
        return content
    member = re.compile(
        rf"(?P<kind>[\u4e00-\u9fff]{{{_MODIFIER}}}|[a-zA-Z0-9.]{{2,24}} {{0,4}})(?P<head>{heads})"
    )
    return member.sub(lambda match: _judged(match, context), content)


def unknown_titles(text: str, context: AnswerContext) -> tuple[str, ...]:
    """Return the titles somebody was awarded (评上某某中心) that neither texts nor glossary know."""
    return tuple(match["name"] for match in _AWARDED.finditer(text) if not _is_known(match["name"], context))


def _judged(match: re.Match[str], context: AnswerContext) -> str:
    if _is_known(match[0].replace(" ", ""), context):
        return match[0]
    head = match["head"]
    return UNHEARD * len(match["kind"]) + (head if len(head) > 1 else UNHEARD)


def _is_known(name: str, context: AnswerContext) -> bool:
    lowered = name.lower()
    return any(lowered in text.lower() for text in context.known_words)
