"""Ways to make a right wording wrong, each seeded: what a careless or lying model does."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from assistant.conversation import Answer
from corpus.reading.numerals import Found, Kind, find_quantities, write_chinese

Lie = Callable[[str, random.Random, Answer], str | None]
_TOKEN = re.compile(r"〔c\d+〕")
_DATE = re.compile(r"20\d\d(?=年|-)")
_BOUNDS = re.compile("最高不超过|最高可达|不超过|最高可获|最高|至少|上限")
_NOTE = re.compile("^(?:【草案】《|效力：|来源说明：)")
_PACES = re.compile("一次性|每年|年度|累计|单次|每服务1家|每条|/吨标煤|/家|/条")


def _numbers(text: str, *kinds: Kind) -> list[Found]:
    wanted = kinds or (Kind.MONEY, Kind.RATE)
    return [one for one in find_quantities(text) if one.kind in wanted and one.value is not None]


def _put(text: str, found: Found, words: str) -> str:
    return text[: found.start] + words + text[found.end :]


def _pick(some: list[Found], dice: random.Random) -> Found | None:
    return dice.choice(some) if some else None


def another_digit(text: str, dice: random.Random, _: Answer) -> str | None:
    """Change one digit of one number."""
    found = _pick([one for one in _numbers(text) if re.search(r"\d", one.text)], dice)
    if found is None:
        return None
    at = dice.choice([match.start() for match in re.finditer(r"\d", found.text)])
    digit = dice.choice([d for d in "123456789" if d != found.text[at]])
    return _put(text, found, found.text[:at] + digit + found.text[at + 1 :])


def a_zero_more(text: str, dice: random.Random, _: Answer) -> str | None:
    """Make a number ten times what it is, or a tenth."""
    found = _pick([one for one in _numbers(text) if re.match(r"\d+", one.text)], dice)
    if found is None:
        return None
    digits = re.match(r"\d+", found.text)
    assert digits is not None
    shorter = digits[0][:-1] if digits[0].endswith("0") and len(digits[0]) > 1 else digits[0] + "0"
    return _put(text, found, shorter + found.text[digits.end() :])


def another_unit(text: str, dice: random.Random, _: Answer) -> str | None:
    """Write 亿元 for 万元, ‰ for %, 元 for 万元."""
    found = _pick([one for one in _numbers(text) if re.search("万元|亿元|%", one.text)], dice)
    if found is None:
        return None
    swaps = {"万元": ("亿元", "元"), "亿元": ("万元",), "%": ("‰", "个百分点")}
    unit = next(unit for unit in swaps if unit in found.text)
    return _put(text, found, found.text.replace(unit, dice.choice(swaps[unit])))


def a_bound_lost(text: str, dice: random.Random, _: Answer) -> str | None:
    """Give an upper or lower bound as the sum itself, everywhere the number stands in its piece of text."""
    found = [
        one
        for one in _numbers(text)
        if _BOUNDS.search(before := text[max(one.start - 8, 0) : one.start])
        and "未超过" not in before  # 「未超过300万元」 stays true without 「上限」
    ]
    one = _pick(found, dice)
    if one is None:
        return None
    start = max(text.rfind(mark, 0, one.start) for mark in "，。；：、,;:\n「") + 1
    piece = text[start : one.start]
    bare = re.sub("最高不超过|最高可达|不超过|最高|至少|上限为?", "", piece).strip() or "给予"
    return text[:start] + bare + text[one.start :]


def a_bound_turned(text: str, dice: random.Random, _: Answer) -> str | None:
    """Turn a bound round: 最高 into 至少, 不超过 into 不低于, 至少 into 最多."""
    found = list(_BOUNDS.finditer(text))
    if not found:
        return None
    match = dice.choice(found)
    turned = {
        "最高不超过": ("最低不低于", "至少"),
        "最高可达": ("至少", "不低于"),
        "最高可获": ("至少可获",),
        "不超过": ("不低于", "超过"),
        "最高": ("至少", "超过"),
        "至少": ("最多", "不超过"),
        "上限": ("下限",),
    }
    return text[: match.start()] + dice.choice(turned[match[0]]) + text[match.end() :]


def a_bound_added(text: str, dice: random.Random, _: Answer) -> str | None:
    """Bind a number that nothing binds."""
    loose = [
        one
        for one in _numbers(text)
        if not re.search("最高|不超过|至少|上限|以上|可达|[=×]", text[max(one.start - 14, 0) : one.end + 3])
    ]
    found = _pick(loose, dice)
    return None if found is None else _put(text, found, dice.choice(("最高", "至少", "超过")) + found.text)


def tokens_swapped(text: str, dice: random.Random, _: Answer) -> str | None:
    """Cite for one line what another line rests on."""
    lines = text.split("\n")
    marked = [at for at, line in enumerate(lines) if _TOKEN.search(line) and len(line) > 40]
    pairs = [
        (a, b)
        for a in marked
        for b in marked
        if a < b and not set(_TOKEN.findall(lines[a])) & set(_TOKEN.findall(lines[b]))
    ]
    if not pairs:
        return None
    a, b = dice.choice(pairs)
    one, other = "".join(_TOKEN.findall(lines[a])), "".join(_TOKEN.findall(lines[b]))
    lines[a] = _TOKEN.sub("", lines[a]) + other
    lines[b] = _TOKEN.sub("", lines[b]) + one
    return "\n".join(lines)


def numbers_swapped(text: str, dice: random.Random, _: Answer) -> str | None:
    """Let two numbers of a kind, of different lines or pieces, change places."""
    found = _numbers(text)
    pairs = [
        (a, b)
        for at, a in enumerate(found)
        for b in found[at + 1 :]
        if a.kind == b.kind and a.value != b.value and (a.comparison == b.comparison)
    ]
    if not pairs:
        return None
    a, b = dice.choice(pairs)
    return text[: a.start] + b.text + text[a.end : b.start] + a.text + text[b.end :]


_INVENTED = (
    "另外，购买国产设备的企业还可享受设备更新补贴",
    "此外，还可叠加享受租金减免",
    "同时可申请人才公寓配套",
    "企业还能再获得一笔研发奖励",
    "注册满一年的企业额外给予落户奖励",
    "符合条件的还可免交当年房租",
)


def a_measure_invented(text: str, dice: random.Random, answer: Answer) -> str | None:
    """Add a support nobody grants, with a real source behind it."""
    lines = text.split("\n")
    at = dice.randrange(len(lines)) + 1
    token = f"〔c{dice.choice(answer.citations).n}〕"
    lines.insert(at, dice.choice(_INVENTED) + "。" + token)
    return "\n".join(lines)


def a_note_dropped(text: str, _: random.Random, __: Answer) -> str | None:
    """Leave out that a draft is a draft, or that a report is one."""
    lines = text.split("\n")
    kept = [line for line in lines if not _NOTE.match(line)]
    if len(kept) == len(lines) or not kept:
        return None
    lost = "".join(_TOKEN.findall("".join(line for line in lines if _NOTE.match(line))))
    kept[-1] += lost  # every source still cited
    return (
        "\n".join(kept)
        .replace("【草案】", "")
        .replace("拟给予", "给予")
        .replace("草案金额不计入现行可享合计", "可放心申领")
    )


_SMUGGLED = (
    "详见 https://example.com/apply",
    "![图](http://a.cn/x.png)",
    "点击[这里](apply)申请",
    "<img src=x onerror=alert(1)>",
    "请致电 13800138000",
    "邮箱 help@gov-sh.net",
    "官网 www.policy-sh.top",
    "请添加微信客服领取",
    "<script>alert(1)</script>",
    "咨询电话：021-12345678",
)


def something_smuggled(text: str, dice: random.Random, _: Answer) -> str | None:
    """Add a link, an image, page code, a telephone number."""
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    token = _TOKEN.search(lines[at])
    place = token.start() if token else len(lines[at])
    lines[at] = lines[at][:place] + dice.choice(_SMUGGLED) + "。" + lines[at][place:]
    return "\n".join(lines)


_TURNS = (
    ("不能据此申领", "可以据此申领"),
    ("不是现行政策", "是现行政策"),
    ("不计入现行可享合计", "计入现行可享合计"),
    ("未载明", "载明了"),
    ("不能享受", "能享受"),
    ("未达条件", "已达条件"),
    ("还须符合", "无须符合"),
    ("现行有效", "不再有效"),
    ("未超过上限", "超过上限"),
    ("，超过上限", "，未超过上限"),
    ("没有载明", "已经载明"),
    ("未收入本库", "已收入本库"),
    ("原文未写明", "原文写明"),
    ("未说明", "已说明"),
)


def no_for_yes(text: str, dice: random.Random, _: Answer) -> str | None:
    """Deny what is stated or state what is denied."""
    fitting = [(a, b) for a, b in _TURNS if a in text]
    if not fitting:
        return None
    old, new = dice.choice(fitting)
    return text.replace(old, new)


def another_year(text: str, dice: random.Random, _: Answer) -> str | None:
    """Write another year, or another day."""
    found = list(_DATE.finditer(text))
    if not found:
        return None
    match = dice.choice(found)
    year = str(int(match[0]) + dice.choice((-3, -2, 2, 3, 5)))
    return text[: match.start()] + year + text[match.end() :]


_CERTAIN = ("一定能拿到", "保证可获", "肯定可以拿到", "必然获得", "稳拿", "百分之百可获")


def certainty(text: str, dice: random.Random, _: Answer) -> str | None:
    """Promise what is only possible."""
    if "可获" in text:
        return text.replace("可获", dice.choice(_CERTAIN), 1)
    found = [match.start() for match in re.finditer("给予|最高|按", text)]
    if not found:
        return None
    at = dice.choice(found)
    return text[:at] + dice.choice(_CERTAIN) + "，" + text[at:]


def other_notation_wrong(text: str, dice: random.Random, _: Answer) -> str | None:
    """Write a number in another notation, and get it wrong."""
    found = _pick(_numbers(text), dice)
    if found is None or found.value is None:
        return None
    if found.kind is Kind.RATE:
        percent = int(found.value * 100)
        wrong = (
            f"百分之{write_chinese(percent + 5)}",
            f"千分之{write_chinese(max(percent, 1))}",
            "七成半",
            "三分之二",
        )
        return _put(text, found, dice.choice(wrong))
    wan = int(found.value / 10000)
    wrong_sums = (
        f"{write_chinese(wan * 10 or 7)}万元",
        f"{wan}亿元",
        f"{write_chinese(wan or 3)}元",
        f"{int(found.value) * 10:,}元",
        f"0.0{wan or 1}亿元" if wan < 100 else f"0.{wan}亿元",
    )
    words = dice.choice(wrong_sums)
    same = [one for one in find_quantities(words) if one.value == found.value]
    return None if same else _put(text, found, words)


def another_pace(text: str, dice: random.Random, _: Answer) -> str | None:
    """Pay every year what is paid once, or each what is paid in all."""
    found = _pick(_numbers(text, Kind.MONEY), dice)
    if found is None:
        return None
    before = text[max(found.start - 10, 0) : found.end + 4]
    pace = dice.choice([one for one in ("每年", "每家", "每月", "累计", "每次") if one not in before])
    return _put(text, found, pace + found.text)


def forged(text: str, dice: random.Random, answer: Answer) -> str | None:
    """Cite a source there is not, or leave a slot there is not."""
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    n = len(answer.citations) + dice.randint(1, 60)
    lines[at] += dice.choice((f"〔c{n}〕", f"〔{n}〕", "{{A99}}", f"[{n}]", "【1】", "〔1〕"))
    return "\n".join(lines)


def another_body(text: str, dice: random.Random, _: Answer) -> str | None:
    """Name another body than the one responsible."""
    found = list(re.finditer("市[一-龥]{2,8}?(?:委|局)(?![员一-龥]*会)", text))
    if not found:
        return None
    match = dice.choice(found)
    return (
        text[: match.start()]
        + dice.choice(("市教委", "市税务局", "市民政局", "市文旅局"))
        + text[match.end() :]
    )


def conditions_met(text: str, dice: random.Random, _: Answer) -> str | None:
    """Say of open conditions that they are met."""
    if "还须符合" not in text:
        return None
    return text.replace("还须符合", dice.choice(("您已符合", "已满足", "以下条件均已满足")))


def question_dropped(text: str, _: random.Random, answer: Answer) -> str | None:
    """Leave out the question the answer turns on."""
    lines = text.split("\n")
    kept = [line for line in lines if not line.startswith("请问")]
    return "\n".join(kept) if len(kept) < len(lines) and answer.missing else None


def draft_as_law(text: str, dice: random.Random, _: Answer) -> str | None:
    """Give a draft out for law."""
    if "草案" not in text:
        return None
    claim = dice.choice(("该办法已正式施行。", "该办法现行有效，可以申领。", "目前已经生效。"))
    lines = text.split("\n")
    token = _TOKEN.search(lines[0])
    place = token.start() if token else len(lines[0])
    lines[0] = lines[0][:place] + claim + lines[0][place:]
    return "\n".join(lines)


def another_clause(text: str, dice: random.Random, _: Answer) -> str | None:
    """Name another clause of the document."""
    found = list(re.finditer("第[一二三四五六七八九十]+条", text))
    if not found:
        return None
    match = dice.choice(found)
    other = dice.choice([f"第{n}条" for n in ("十三", "十五", "二十") if f"第{n}条" != match[0]])
    return text[: match.start()] + other + text[match.end() :]


def another_document(text: str, dice: random.Random, _: Answer) -> str | None:
    """Name a document that is not the source."""
    found = list(re.finditer("《[^《》]+》", text))
    if not found:
        return None
    match = dice.choice(found)
    other = dice.choice(
        ("《上海市产业扶持资金管理办法》", "《浦东新区人工智能专项政策》", "《中小企业促进法》")
    )
    return text[: match.start()] + other + text[match.end() :]


def uncited(text: str, dice: random.Random, _: Answer) -> str | None:
    """Take the source away from a line with a number, and cite it elsewhere."""
    lines = text.split("\n")
    fitting = [at for at, line in enumerate(lines) if _numbers(line) and _TOKEN.search(line)]
    if not fitting:
        return None
    at = dice.choice(fitting)
    tokens = "".join(_TOKEN.findall(lines[at]))
    lines[at] = _TOKEN.sub("", lines[at])
    lines.append(f"以上供参考。{tokens}")
    return "\n".join(lines)


LIES: tuple[Lie, ...] = (
    another_digit,
    a_zero_more,
    another_unit,
    a_bound_lost,
    a_bound_turned,
    a_bound_added,
    tokens_swapped,
    numbers_swapped,
    a_measure_invented,
    a_note_dropped,
    something_smuggled,
    no_for_yes,
    another_year,
    certainty,
    other_notation_wrong,
    another_pace,
    forged,
    another_body,
    conditions_met,
    question_dropped,
    draft_as_law,
    another_clause,
    another_document,
    uncited,
)
