"""Labelled fields (发文字号：…, 发布机构 …) of a web page's head, a card, or a document's form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.reading.metadata.layout import Line
from corpus.reading.metadata.model import Words


class Label(StrEnum):
    """What a labelled field tells of the document."""

    TITLE = "title"
    NUMBER = "number"
    BODY = "body"
    SOURCE = "source"
    SIGNED = "signed"
    PUBLISHED = "published"
    EFFECTIVE = "effective"
    EXPIRES = "expires"
    VALIDITY = "validity"
    BASIS = "basis"
    OTHER = "other"


_WORDS = {
    Label.TITLE: "(?:文件|信息|政策)?(?:名称|标题)",
    Label.NUMBER: "(?:发文|文件|公文)(?:字号|文号|编号)|文号",
    Label.BODY: "(?:发文|发布|制定|制发|印发|成文|颁布|公布|颁发)(?:机关|机构|单位|部门)|公开主体",
    Label.SOURCE: "(?:信息|文章|稿件|内容)?来源",
    Label.SIGNED: "(?:成文|签发|发文|制发|生成)(?:日期|时间)",
    Label.PUBLISHED: "(?:发布|公布|发表|公开|印发|上网|颁布)(?:日期|时间)",
    Label.EFFECTIVE: "(?:实施|施行|生效|执行)(?:日期|时间)",
    Label.EXPIRES: "(?:失效|废止|终止|有效期截止)(?:日期|时间)",
    Label.VALIDITY: "有效性|时效性|效力(?:状态)?|有效期(?:限)?",
    Label.BASIS: "(?:政策|文件)?依据(?:文件)?|政策依据",
    Label.OTHER: "索引号|主题(?:分类|词)?|分类|关键词|体裁(?:分类)?|组配分类|公开(?:方式|范围|属性|类别)|"
    "信息分类|服务对象|"
    "统一(?:登记号|编号)|登记号|有效范围|浏览(?:次数|量)|阅读|访问量|点击(?:数|率)?|责任编辑|编辑|作者|字体(?:大小)?|字号(?:大小)?|分享",
}
_GAP = re.compile("(?<=[\u4e00-\u9fff])\\s+(?=[\u4e00-\u9fff])")
_UNMISTAKABLE = (Label.NUMBER, Label.BODY, Label.SIGNED, Label.PUBLISHED)  # wherever a colon follows
_LABEL = re.compile("|".join(f"(?P<{label.value}>{words})" for label, words in _WORDS.items()))
_FIELD = re.compile(
    rf"(?:^|(?<=[\s|｜;；，,　\]】]))[\[【]?(?:{'|'.join(_WORDS.values())})[\]】]?"
    r"(?:\s{0,4}[:：]\s{0,4}|(?<=[\]】])\s{0,4}|\s{1,4})|"
    rf"(?:{'|'.join(_WORDS[label] for label in _UNMISTAKABLE)})\s{{0,4}}[:：]\s{{0,4}}"
)
_ALONE = re.compile(rf"[\[【]?(?:{'|'.join(_WORDS.values())})[\]】]?\s{{0,4}}[:：]?")
_NOTHING = re.compile(r"[-—–/\s\\无]*")
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled field: which, and its value in the text's words (empty values are left out)."""

    label: Label
    value: Words


def fields_of(lines: Sequence[Line]) -> tuple[Field, ...]:
    """Return the labelled fields of some lines, in order; a label alone on a line labels the next."""
    return tuple(_fields(lines))


def _fields(lines: Sequence[Line]) -> Iterator[Field]:
    for at, line in enumerate(lines):
        if len(line.text) > _LONGEST:
            continue
        label = _GAP.sub("", line.text) if len(line.text) < 16 else line.text
        if _ALONE.fullmatch(label):
            following = lines[at + 1] if at + 1 < len(lines) else None
            if following is not None and not _ALONE.match(following.text):
                yield from _field(label, following, 0, len(following.text))
            continue
        found = list(_FIELD.finditer(line.text))
        for one, after in zip(found, [*found[1:], None], strict=False):
            end = after.start() if after else len(line.text)
            yield from _field(one.group(), line, one.end(), end)


def _field(label: str, line: Line, start: int, end: int) -> Iterator[Field]:
    named = _LABEL.match(label.strip("[【] ：:】"))
    value = line.text[start:end]
    start += len(value) - len(value.lstrip(" |｜;；，,　"))
    stripped = line.text[start:end].rstrip(" |｜;；，,　[【")
    if named is None or _NOTHING.fullmatch(stripped):
        return
    yield Field(Label(str(named.lastgroup)), line.words(start, start + len(stripped)))


def first_of(fields: Iterable[Field], *labels: Label) -> Words | None:
    """Return the value of the first field with one of these labels, tried in their order."""
    every = tuple(fields)
    return next((one.value for label in labels for one in every if one.label is label), None)
