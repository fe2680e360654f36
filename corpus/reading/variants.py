"""Passes that bring letters back: pinyin in parentheses, traditional characters, stray spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Protocol

from corpus.reading.characters import CharacterModel, is_cjk
from corpus.reading.outline.candidates import field_label
from corpus.reading.tracked import Edit, TrackedText

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
PINYIN = re.compile(rf"(?<=[\u4e00-\u9fff])[(（]([a-zü{TONED}]{{1,7}})[)）]")
TRADITIONAL_SHARE = 0.03  # below it a text is simplified, and a few odd characters may be names
TONED_SHARE = 0.5
# How strongly two characters must attract each other for the space between them to be noise. Measured on
# scanned texts: inside sentences words torn apart score above -1, on lines of names or labels above 0.5.
ATTRACTION_IN_SENTENCE = -1.0
ATTRACTION_ON_LABELS = 0.5
TORN_TEXT = 10  # so many torn words in sentences, and every space inside a sentence is noise

NUMBERED_ARTICLE = re.compile(
    r"第[ \t]*((?:[0-9０-９][ \t]*)+|(?:[〇零一二三四五六七八九十百][ \t]*)+)(?=[条章节款项])"
)
AROUND_PUNCTUATION = re.compile(
    r"(?<=[，。；：、！？）】》”〕“‘《（【])[ ]+(?=\S)|(?<=\S)[ ]+(?=[，。；：、！？）】》”〕])"
    r"|(?<=[,;])[ ]+(?=[\u4e00-\u9fff“《（])"
)
BESIDE_DIGITS = re.compile(
    r"(?<=[\u4e00-\u9fff])(?<!条)[ ]{1,2}(?=[0-9])|(?<=[0-9%])[ ]{1,2}(?=[\u4e00-\u9fff])"
)
BETWEEN_CJK = re.compile(r"(?<=[\u4e00-\u9fff])[ ](?=[\u4e00-\u9fff])")
AFTER_NUMBER = re.compile("第(?:[0-9０-９]+|[〇零一二三四五六七八九十百]+)[条章节步类档]$")
SENTENCE = re.compile("[，。；,;]")
UNITS = "年月日号万亿元家条项"
SPACED_OUT = re.compile(r"^[\u4e00-\u9fff](?:[ \t]+[\u4e00-\u9fff])+$", re.MULTILINE)
BLANKS = re.compile("[\u00a0\u3000\u2000-\u200a\u202f\u205f\t]")
INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Converter(Protocol):
    """What we use of OpenCC."""

    def convert(self, text: str) -> str:
        """Return the converted text."""


@cache
def _converter(table: str) -> Converter:
    from opencc import OpenCC

    converter: Converter = OpenCC(table)
    return converter


def simplified(text: str) -> str:
    """Return a text in simplified characters.

    >>> simplified("經認定後給予最高50萬元獎勵")
    '经认定后给予最高50万元奖励'
    """
    return _converter("t2s").convert(text)


def in_traditional(text: str) -> str:
    """Return a text in traditional characters.

    >>> in_traditional("经认定")
    '經認定'
    """
    return _converter("s2t").convert(text)


def without_invisible(text: TrackedText) -> TrackedText:
    """Drop characters nobody sees and make every blank a plain space."""
    text = text.edited("invisible", [Edit(m.start(), m.end()) for m in INVISIBLE.finditer(text.text)])
    return text.edited("blank", [Edit(m.start(), m.end(), " ") for m in BLANKS.finditer(text.text)])


def without_pinyin(text: TrackedText) -> TrackedText:
    """Drop pinyin glosses after characters, 業(yè).

    Syllables without a tone mark are dropped only where toned ones abound: (app) may mean an app.
    """
    found = list(PINYIN.finditer(text.text))
    toned = sum(_is_toned(m.group(1)) for m in found)
    abound = len(found) >= 10 and toned >= TONED_SHARE * len(found)
    return text.edited(
        "pinyin", [Edit(m.start(), m.end(), "", abound or _is_toned(m.group(1))) for m in found]
    )


def _is_toned(syllable: str) -> bool:
    return any(letter in TONED for letter in syllable)


def with_simplified(text: TrackedText, traditional: bool) -> TrackedText:
    """Turn a traditional text into simplified characters.

    In a text that is simplified already the few traditional characters are reported, not changed.
    """
    return text.edited("traditional", list(_conversions(text.text, traditional)))


def is_traditional(text: str) -> bool:
    """Tell whether a text is written in traditional characters."""
    cjk = sum(map(is_cjk, text))
    new = simplified(text)
    changed = sum(a != b for a, b in zip(text, new, strict=False))
    return len(new) != len(text) or changed >= TRADITIONAL_SHARE * max(cjk, 1)


def _conversions(text: str, certain: bool) -> Iterator[Edit]:
    at = 0
    for line in text.splitlines(keepends=True):
        new = simplified(line)
        if len(new) == len(line):
            for run in re.finditer("1+", "".join("01"[a != b] for a, b in zip(line, new, strict=True))):
                yield Edit(at + run.start(), at + run.end(), new[run.start() : run.end()], certain)
        else:  # a phrase changed its length: the line is the smallest certain unit
            yield Edit(at, at + len(line), new, certain)
        at += len(line)


def without_stray_spaces(text: TrackedText, model: CharacterModel) -> TrackedText:
    """Close up spaces inside words, numbers and spaced-out headings; keep those between names.

    Whether two characters belong together is asked of the character model; a near call is reported.
    """
    text = text.edited("spaced_out", list(_spaced_out(text.text)))
    text = text.edited("numbering_space", list(_numbering(text.text)))
    text = text.edited(
        "punctuation_space", [Edit(m.start(), m.end()) for m in AROUND_PUNCTUATION.finditer(text.text)]
    )
    text = text.edited("digit_space", list(_digit_spaces(text.text)))
    return text.edited("word_space", list(_word_spaces(text.text, model)))


def _spaced_out(text: str) -> Iterator[Edit]:
    for line in SPACED_OUT.finditer(text):
        for space in re.finditer(r"[ \t]+", line.group()):
            yield Edit(line.start() + space.start(), line.start() + space.end())


def _numbering(text: str) -> Iterator[Edit]:
    for match in NUMBERED_ARTICLE.finditer(text):
        for space in re.finditer(r"[ \t]+", match.group()):
            yield Edit(match.start() + space.start(), match.start() + space.end())


def _digit_spaces(text: str) -> Iterator[Edit]:
    """Close up "50 万元"; on a line of labels ("发布日期 2022-06-16") only before a unit."""
    for space in BESIDE_DIGITS.finditer(text):
        if _is_after_label(text, space.start()):
            continue
        if SENTENCE.search(_line_at(text, space.start())) or text[space.end()] in UNITS:
            yield Edit(space.start(), space.end())


def _is_after_label(text: str, at: int) -> bool:
    """Tell whether a blank parts the label of a field from what it says (时间 2024年5月起)."""
    start = text.rfind("\n", 0, at) + 1
    label = field_label(text[start:at])
    return label is not None and label == (text[start:at], True)


def _line_at(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)]


def _word_spaces(text: str, model: CharacterModel) -> Iterator[Edit]:
    spaces = [
        (space.start(), *_word_space(text, space.start(), model))
        for space in BETWEEN_CJK.finditer(text)
        if not AFTER_NUMBER.search(text[max(0, space.start() - 8) : space.start()])
    ]
    torn = sum(in_sentence and score > ATTRACTION_IN_SENTENCE for _, score, in_sentence in spaces)
    in_sentences = sum(in_sentence for _, _, in_sentence in spaces)
    is_torn_text = torn >= TORN_TEXT and torn >= in_sentences / 2
    for at, score, in_sentence in spaces:
        needed = ATTRACTION_IN_SENTENCE if in_sentence else ATTRACTION_ON_LABELS
        joined = text[at - 2 : at] + text[at + 1 : at + 3]
        certain = score > needed or (in_sentence and is_torn_text) or (len(joined) == 4 and joined in text)
        if certain or score > needed - 1:
            yield Edit(at, at + 1, "", certain)


def _word_space(text: str, at: int, model: CharacterModel) -> tuple[float, bool]:
    """Return how the neighbours of the space at `at` attract each other, and if it stands in a sentence."""
    attraction = model.attraction(text[at - 1], text[at + 1])
    return attraction, SENTENCE.search(_line_at(text, at)) is not None
