"""What a number told now does to the one told before: added, taken off, already paid, denied.

Read from the words around the number in Chinese in general: 又、再、也算上 add, 不算、扣掉、核减掉 take off,
已经到账 pays, 不是 denies. Nothing here belongs to one document.
"""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.reading.numerals import Found


class Operation(StrEnum):
    """What a number does to the one told before."""

    ADD = "add"
    SUBTRACT = "subtract"
    RECEIVED = "received"
    DENY = "deny"
    NONE = "none"


_VERBS = "投入?|花|付|交|签|买|支出|做|办|去|来|飞|省|开|服务|诊断|贷|租|拿|领|补"
_ADDED_BEFORE = re.compile(
    f"(?:又|再|还要?|另外?|额外|外加|追加|增加|新增|加上?)(?:想|会|打算|准备)?(?:追加|增投|加投|加上?|增加|新增|多|{_VERBS}){{0,2}}"
    "(?:了|上)?[约大概共]{0,2}$|(?:补上|加上|添上|漏了)[约大概共]{0,2}$"
)
_CHANGED = re.compile("(?:到|为|成|至)[约大概共]{0,2}$")
_ADDED_AFTER = re.compile("^[^，。；！？不没]{0,8}(?:也|都)?(?:算上|算进去?|加上|一起算|一并|算在一起)")
_LEFT_OUT_AFTER = re.compile(
    r"^[^。；！？?\d]{0,24}?(?:不|没|未|别)(?:能|该|得|让|可以|应该|给|被|予)?"
    r"(?:算|计|认|含|列入|纳入|符合|达标|通过|完成|够)(?![吗么])"
    r"|^[^。；！？?\d]{0,24}?(?:核减(?!到|为|至|成)|剔除|扣掉|扣除|去掉|减掉|刨掉|刨去|排除|去除)"
)
_TAKEN_OFF_BEFORE = re.compile(r"(?:扣|减|剔|刨|排)(?:掉|除|去)[^，。；\d]{0,6}$|去掉[^，。；\d]{0,6}$")
_PAID = "到账|到手|拨付?|下拨|领|拿|发放?|收到|兑现|享受"
_RECEIVED_BEFORE = re.compile(
    rf"(?:已经?|都|先|首笔|之前|前面)[^，。；\d]{{0,6}}(?:{_PAID})(?:了|过|到)*[^，。；\d]{{0,4}}$"
)
_PAID_BEFORE = re.compile(rf"(?:{_PAID})(?:了|过)(?:首笔)?$")
_RECEIVED_AFTER = re.compile("^[^，。；！？\\d]{0,4}(?:已经?|都)(?:经)?(?:到账|到手|拿到|领|发|拨|给)")
_DENIED_BEFORE = re.compile(r"(?<!是)(?:不是|并非|而非|不要写|别写)[^，。；\d]{0,4}$")
_ASKING = re.compile("[吗吧么？?]")
_CLAUSE = re.compile("[，,。；;！!？?\n]")


def operation_of(text: str, found: Found) -> Operation:
    """Return what a number does, by the words before and after it.

    >>> from corpus.reading.numerals import find_quantities
    >>> def told(text): return operation_of(text, find_quantities(text)[0]).value
    >>> told("再追加150万"), told("里面有60万是别的，不算"), told("今年已经到账80万"), told("不是6000万哈")
    ('add', 'subtract', 'received', 'deny')
    >>> told("增加到900万"), told("自筹800万能拿多少"), told("不是500万吗")
    ('none', 'none', 'none')
    """
    before, after = text[: found.start], text[found.end :]
    if _RECEIVED_BEFORE.search(before) or _RECEIVED_AFTER.match(after) or _PAID_BEFORE.search(before):
        return Operation.RECEIVED
    if _DENIED_BEFORE.search(before) and not _ASKING.search(_CLAUSE.split(after)[0] + after[-1:]):
        return Operation.DENY
    if _TAKEN_OFF_BEFORE.search(before) or _LEFT_OUT_AFTER.match(after):
        return Operation.SUBTRACT
    is_changed = _CHANGED.search(before) is not None
    if not is_changed and (_ADDED_BEFORE.search(_CLAUSE.split(before)[-1]) or _ADDED_AFTER.match(after)):
        return Operation.ADD
    return Operation.NONE
