"""Lies made only of the sources' own words: nothing invented, no number changed, yet not what they say."""

from __future__ import annotations

import random
import re

from assistant.conversation import Answer

_TOKEN = re.compile(r"〔c\d+〕")
_LIST = re.compile(r"(?:还须符合|条件|未满足的条件)：([^\n〔]+)")
_TURNED: dict[str, tuple[tuple[str, str], ...]] = {
    "joined": (
        ("或者", "并且"),
        ("或", "和"),
        ("以及", "或者"),
        ("并且", "或者"),
        ("且", "或"),
        ("符合其一即可", "须同时符合"),
        ("须同时符合", "符合其一即可"),
        ("同时符合", "符合其一"),
    ),
    "timed": (
        ("后补贴", "先补贴"),
        ("后补助", "先补助"),
        ("事后", "事前"),
        ("每年", "一次性"),
        ("一次性", "每年"),
        ("首次", "每次"),
        ("公布之日起", "届满之日起"),
        ("之前", "之后"),
        ("此前", "此后"),
        ("施行至", "施行自"),
        ("年度", "季度"),
        ("当年", "次年"),
    ),
    "graded": (
        ("主导", "参与"),
        ("参与", "主导"),
        ("国家级", "市级"),
        ("市级", "国家级"),
        ("国外", "国内"),
        ("国际", "国内"),
        ("规模以上", "规模以下"),
        ("规上", "规下"),
        ("引进", "参加"),
        ("参加", "引进"),
        ("举办", "参加"),
        ("新开设", "已开设"),
        ("设备投资", "项目投资"),
        ("牵头", "配合"),
        ("启动建设", "年度运营"),
        ("贷款利息", "贷款本金"),
        ("实际支付", "应当支付"),
        ("经综合评估", "未经综合评估"),
        ("新增", "已有"),
        ("核定", "申报"),
        ("审核", "承诺"),
    ),
}


def _turned(kind: str, text: str, dice: random.Random) -> str | None:
    fitting = [(at.start(), old, new) for old, new in _TURNED[kind] for at in re.finditer(old, text)]
    if not fitting:
        return None
    at, old, new = dice.choice(fitting)
    return text[:at] + new + text[at + len(old) :]


def joined_otherwise(text: str, dice: random.Random, _: Answer) -> str | None:
    """Write 和 for 或, or 或 for 且."""
    return _turned("joined", text, dice)


def timed_otherwise(text: str, dice: random.Random, _: Answer) -> str | None:
    """Write 先补贴 for 后补贴, 每年 for 一次性."""
    return _turned("timed", text, dice)


def graded_otherwise(text: str, dice: random.Random, _: Answer) -> str | None:
    """Write 参与 for 主导, 市级 for 国家级."""
    return _turned("graded", text, dice)


def a_condition_dropped(text: str, dice: random.Random, _: Answer) -> str | None:
    """Leave one condition out of a list of several."""
    found = [match for match in _LIST.finditer(text) if len(re.split("[；;]", match[1])) > 1]
    if not found:
        return None
    match = dice.choice(found)
    items = re.split("[；;]", match[1].rstrip("。"))
    del items[dice.randrange(len(items))]
    return text[: match.start(1)] + "；".join(items) + "。" + text[match.end(1) :]


def a_condition_of_another(text: str, dice: random.Random, _: Answer) -> str | None:
    """Put a condition of one measure in the place of one of another's."""
    found = list(_LIST.finditer(text))
    pairs = [(a, b) for a in found for b in found if a is not b and a[1] != b[1]]
    if not pairs:
        return None
    a, b = dice.choice(pairs)
    own, other = (re.split("[；;]", one[1].rstrip("。")) for one in (a, b))
    foreign = [item for item in other if item not in own]
    if not foreign:
        return None
    own[dice.randrange(len(own))] = dice.choice(foreign)
    return text[: a.start(1)] + "；".join(own) + "。" + text[a.end(1) :]


def lines_of_another(text: str, dice: random.Random, _: Answer) -> str | None:
    """Let the words of two lines change places, each with the other's sources."""
    lines = text.split("\n")
    marked = [
        (at, _TOKEN.sub("", line)) for at, line in enumerate(lines) if _TOKEN.search(line) and len(line) > 30
    ]
    pairs = [
        (a, b)
        for a, one in marked
        for b, other in marked
        if a < b and not set(_TOKEN.findall(lines[a])) & set(_TOKEN.findall(lines[b])) and one != other
    ]
    if not pairs:
        return None
    a, b = dice.choice(pairs)
    one, other = _TOKEN.findall(lines[a]), _TOKEN.findall(lines[b])
    lines[a], lines[b] = (
        _TOKEN.sub("", lines[b]) + "".join(one),
        _TOKEN.sub("", lines[a]) + "".join(other),
    )
    return "\n".join(lines)


def names_exchanged(text: str, dice: random.Random, answer: Answer) -> str | None:
    """Give one measure the sum, the rule or the conditions of another of the answer."""
    names = [one.name for one in answer.estimates if one.name in text]
    if len(set(names)) < 2:
        return None
    a, b = dice.sample(sorted(set(names)), 2)
    return text.replace(a, "\0").replace(b, a).replace("\0", b)


def bodies_exchanged(text: str, dice: random.Random, _: Answer) -> str | None:
    """Give one matter's responsible bodies to another."""
    found = list(re.finditer(r"责任单位：([^（\n]+)（", text))
    pairs = [(a, b) for at, a in enumerate(found) for b in found[at + 1 :] if a[1] != b[1]]
    if not pairs:
        return None
    a, b = dice.choice(pairs)
    return text[: a.start(1)] + b[1] + text[a.end(1) : b.start(1)] + a[1] + text[b.end(1) :]


def doer_and_done_to(text: str, dice: random.Random, _: Answer) -> str | None:
    """Let who acts and who is acted upon change places: 由甲对乙实施 becomes 由乙对甲实施."""
    found = list(
        re.finditer(r"([一-龥]{3,10})(对|为|向)([一-龥]{3,8}?)(?=提供|实施|给予|开展|进行|[，,；;。])", text)
    )
    if not found:
        return None
    match = dice.choice(found)
    return text[: match.start()] + match[3] + match[2] + match[1] + text[match.end() :]


RECOMBINED = (
    joined_otherwise,
    timed_otherwise,
    graded_otherwise,
    a_condition_dropped,
    a_condition_of_another,
    lines_of_another,
    names_exchanged,
    bodies_exchanged,
    doer_and_done_to,
)
