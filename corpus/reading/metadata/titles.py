"""The title (标题): of the policy, not of the notice around it, its basis, a law it cites, a menu."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.model.document import SourceNature
from corpus.reading.markers import read_marker
from corpus.reading.metadata.bodies import is_body_list
from corpus.reading.metadata.labels import Field, Label, first_of
from corpus.reading.metadata.layout import ANY_DAY, Layout, Line, key
from corpus.reading.metadata.model import Words

KINDS = (
    "办法|措施|意见|通知|规定|细则|政策|方案|规划|计划|条例|公告|通告|决定|决议|指南|指引|举措|政策包|清单|"
    "规则|规程|要点|纲要|章程|制度|目录|标准|若干条|函|批复|报告|答复|倡议书|公开信|说明|解读|问答|问题"
)
_TITLED = re.compile(
    rf"(?:(?:{KINDS})|[0-9０-９一二三四五六七八九十百]{{1,4}}条)(?:[（(][^（()）]{{1,16}}[）)])?[》”]?$"
)
_NUMBERED = re.compile(r"^(?:[0-9０-９]{1,3}[.．、]|[一二三四五六七八九十]{1,3}、)\s{0,4}")
_SITE = re.compile(
    r"\s{0,4}[-—_|｜]{1,3}\s{0,4}[^-—_|｜]{0,40}(?:网|网站|门户|平台|政府|委员会|局|厅)[^-—_|｜]{0,20}$"
)
_NO_TITLE = re.compile(
    rf"[。；;]|^附(?:件|录|表)|^[（(]?{ANY_DAY}|^(?:根据|依据|按照|为|各|经|现将)|[：:]$|^(?:发布|首页|当前|您)|记者|正文[:：]"
)
_REPORTED = re.compile(
    rf"(?:发布|印发|出台|制定|制订|推出|公布|公告|颁布|实施|通过|起草|下发)[^。《》]{{0,14}}《(?P<title>[^《》]{{4,80}}(?:{KINDS}|条))》"
)
_NAMED = re.compile(rf"《(?P<title>[^《》]{{4,80}}(?:{KINDS}|条)(?:[（(][^（()）]{{1,12}}[）)])?)》")
_DATELINE = re.compile(rf"^{ANY_DAY}|正文[:：]|\d{{1,2}}月\d{{1,2}}日(?:电|讯)")
_LONGEST, _SHORTEST = 90, 9


def title_of(layout: Layout, fields: Sequence[Field], nature: SourceNature) -> Words | None:
    """Return the title of the policy, None where the text gives none."""
    if nature is SourceNature.REPORT:
        return _reported(layout) or _headline(layout)
    if (named := first_of(fields, Label.TITLE)) is not None and first_of(fields, Label.BASIS) is None:
        return _enclosed(named)
    if layout.named is not None and not _is_cut(layout.named.quote):
        return layout.named
    if first_of(fields, Label.BASIS) is not None and layout.lines:
        return _without_number(layout.lines[0])
    return _best(layout) or _headline(layout)


def _is_cut(name: str) -> bool:
    return name.endswith(("…", "..."))


def _enclosed(words: Words) -> Words:
    """Return the name inside its marks or inside a notice (关于印发《…》的通知)."""
    found = re.search(r"(?<=《).{1,120}(?=》)", words.quote, re.DOTALL)
    if found is None:
        return words
    return Words(found.group(), words.start + found.start(), words.start + found.end())


def _reported(layout: Layout) -> Words | None:
    """Return the policy that a report tells of: the one it says was issued, else the one it names most."""
    found = _REPORTED.search(layout.text)
    if found is None:
        counted = Counter(match["title"] for match in _NAMED.finditer(layout.text))
        most = next((name for name, _ in counted.most_common(1)), None)
        found = next((match for match in _NAMED.finditer(layout.text) if match["title"] == most), None)
    return layout.words(found.start("title"), found.end("title")) if found else None


def _headline(layout: Layout) -> Words | None:
    """Return the first line where it stands as a headline: short, no sentence, no dateline."""
    for line in layout.lines[:2]:
        is_signature = re.search(rf"{ANY_DAY}$", line.text) is not None or is_body_list(line.text)
        if len(line.text) > _LONGEST or is_signature:
            continue
        if not _NO_TITLE.search(line.text) and not _DATELINE.search(line.text):
            return _without_site(line)
    return None


def _best(layout: Layout) -> Words | None:
    """Return the line (or lines) of the head most like a title."""
    found = [(_score(words, at, layout), words) for at, words in _candidates(layout)]
    best = max(found, key=lambda one: one[0], default=None)
    return best[1] if best is not None and best[0] > 0 else None


def _candidates(layout: Layout) -> Iterator[tuple[int, Words]]:
    head = layout.head
    for at, line in enumerate(head):
        text = _SITE.sub("", line.text)
        if len(text) > _LONGEST or _NO_TITLE.search(text):
            continue
        is_repeated = sum(key(other.text) == key(text) for other in head) > 1
        if _TITLED.search(text) or is_repeated:
            first = _first_line(head, at)
            last = line.words(0, len(text))
            start = head[first].start
            start += len(match.group()) if (match := _NUMBERED.match(head[first].text)) else 0
            yield at, layout.words(start, last.end)


def _first_line(head: Sequence[Line], at: int) -> int:
    """Return the line on which the title that ends on line `at` begins."""
    if at == 0:
        return at
    above, line = head[at - 1].text, head[at].text
    if _NO_TITLE.search(above) or len(above) > 60 or _TITLED.search(above) or read_marker(above) is not None:
        return at
    is_open = above.count("《") > above.count("》")
    if is_open or re.match(r"^关于", above) or re.search(r"关于[^》]*$", above):
        return _first_line(head, at - 1) if at > 1 and not above.startswith("关于") else at - 1
    if line.startswith("关于") and is_body_list(above):
        return at - 1
    is_top = at == 1 or re.search(r"\d号$|文件$", head[at - 2].text) is not None
    is_plain = re.fullmatch(r"[\u4e00-\u9fff“”、（）()]{4,30}", above) is not None
    is_other = above.endswith("文件") or is_body_list(above) or line.startswith("关于")
    return at - 1 if is_top and is_plain and not is_other else at


def _score(words: Words, at: int, layout: Layout) -> float:
    name = words.name
    repeated = sum(key(other.text) == key(name) for other in layout.lines[:80]) > 1
    score = 0.0
    score += 3 if _TITLED.search(name) else 0
    score += 2 if repeated else 0
    score += 1 if "关于" in name or re.search("(?:省|市|区|县|州)", name) else 0
    score += 1 if at <= 1 else 0
    score += 1 if re.search("(?:试行|草案|征求意见稿|暂行)", name) else 0
    score -= 4 if len(name) < _SHORTEST and at > 1 and not repeated else 0
    score -= 3 if "《" in name and not name.startswith("《") and "的" not in name else 0
    return score


def _without_number(line: Line) -> Words:
    found = _NUMBERED.match(line.text)
    return line.words(found.end() if found else 0)


def _without_site(line: Line) -> Words:
    return line.words(0, len(_SITE.sub("", line.text)))
