"""What may never stand in a wording, whatever it says: links, images, page code, hidden characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from assistant.grounding.faults import Fault, Kind
from assistant.grounding.reference import Reference
from assistant.grounding.shapes import plain_text
from assistant.grounding.statements import TOKEN

_FORBIDDEN = re.compile(
    r"https?\s{0,8}:|ftp:|www\.|javascript:|data:|mailto:|\w\.(?:com|cn|net|org|gov|io|top|xyz|info|cc|me)\b"
    r"|!\[|\]\(|<\s{0,8}/?\s{0,8}[A-Za-z!?]|&#?\w{1,32};|```|`"
    r"|\||^#|\*\*|__"
    r"|[\w.+-]@[\w-]|\{\{|\}\}|\{%|%\}"
    r"|(?:加|扫|添加)[一-鿿]{0,4}(?:微信|二维码|QQ|qq|公众号)|微信号|二维码|点击|链接|网址",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[48]00-?\d{3}-?\d{4}|12\d{3}|96\d{3,4})(?!\d)")
_MARK = re.compile(r"[〔【\[]\s*(?:c\s*)?\d{1,3}\s*[〕】\]]|[①-⑳]|\[\^")
_ROLE = re.compile(
    r"<\|?|\|>|(?:^|\n)\s{0,8}(?:system|user|assistant|系统|用户|助手)\s{0,8}[:：]|系统提示|提示词|作为(?:一个)?(?:AI|人工智能|语言模型|大模型)"
    r"|忽略(?:以上|之前|前面)|system prompt|API[ _]?KEY|sk-[A-Za-z0-9]",
    re.IGNORECASE,
)
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn"}


def form_faults(wording: str, reference: Reference) -> Iterator[Fault]:
    """Yield whatever in a wording is no plain sentence with known marks."""
    bare = TOKEN.sub("", wording)
    source = reference.everything.whole
    for character in bare:
        if unicodedata.category(character) in _HIDDEN and character not in "\n\r\t":
            yield Fault(Kind.FORM, f"U+{ord(character):04X}")
    for pattern, kind in ((_FORBIDDEN, Kind.FORM), (_ROLE, Kind.FORM)):
        for match in pattern.finditer(bare):
            if match[0].strip() not in source:
                yield Fault(kind, match[0].strip())
    for match in _PHONE.finditer(plain_text(bare)):
        if match[0] not in source:
            yield Fault(Kind.FORM, match[0])
    for match in _MARK.finditer(bare):
        if plain_text(match[0]) not in source:
            yield Fault(Kind.TOKEN, match[0])
    for n in TOKEN.findall(wording):
        if int(n) not in reference.citations:
            yield Fault(Kind.TOKEN, f"〔c{n}〕")
