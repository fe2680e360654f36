"""Look-alike glyphs that stand for an ordinary character: Kangxi radicals, CJK compatibility forms.

Printing to PDF leaves ⼀ (U+2F00) where the page shows 一; search and rules know only the latter.
"""

from __future__ import annotations

import re
import unicodedata

_LOOK_ALIKES = re.compile(r"[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]")
# Radicals without a decomposition of their own, and the characters they are printed for.
_RADICALS = str.maketrans(
    "⺁⺇⺈⺋⺌⺎⺏⺐⺓⺔⺕⺗⺘⺙⺛⺝⺟⺠⺡⺢⺣⺤⺩⺪⺫⺬⺭⺮⺯⺱⺲⺳⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂"
    "⻃⻄⻅⻆⻇⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻮⻯⻰⻱⻲⻳",
    "厂几刀㔾小兀尣尢幺彑彐心手攴旡月母民水水火爪玉疋目示示竹糸网网网羊羊羊老聿聿肉臼艹艹艹虎衣"
    "西西见角角贝车辶辶辶邑钅長镸长门阜阜雨青韦页风飞食食饣马骨鬼鱼鸟卤麦黄黾斉齐齿竜龙龜亀龟",
)


def as_ordinary(text: str) -> str:
    """Return a text with look-alike glyphs as the characters they stand for; all else is untouched.

    >>> as_ordinary("第⼀条 ⾃2026年5⽉1⽇起")
    '第一条 自2026年5月1日起'
    """
    if not _LOOK_ALIKES.search(text):
        return text
    return _LOOK_ALIKES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text.translate(_RADICALS))
