"""Places in a question: where the company sits, whose policy is asked about, and which documents hold there.

A policy is for its place: a city's holds in its districts, never in another city. A place is known by the
gazetteer (`corpus.places`), by the documents at hand (their own regions), or by its kind alone (云岭县).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.language.word_boundaries import stands_as_word
from corpus.model.document import PolicyDocument
from corpus.places.development_zone import names_of, zone_at_start
from corpus.places.gazetteer import COUNTY, PREFECTURE, PROVINCE, ZONE, Place, gazetteer
from corpus.reading.characters import is_cjk
from corpus.reading.variants import simplified
from corpus.strict_yaml import read_model

_KIND = re.compile("(?:自治县|自治旗|特别行政区|新区|开发区|高新区|[省市区县旗])$")
_SHORTEST = 2
_ENDS = "(?:自治[州县旗]|新区|地区|开发区|高新区|示范区|园区|[省市区县州])?"
_US = "(?:我们|我司|我公司|咱们?|本公司|本企业|公司|企业|单位|厂子?)"
_OURS = "(?:企业|公司|单位|机构|工厂|厂|服务商|供应商|院所|个体户|商户|分公司|子公司|总部|注册)"
_POLICY = (
    "(?:政策|补贴|补助|奖励|扶持|资助|支持|规定|办法|措施|政府|财政|那边|当地|本地|这边"
    "|有没有|有什么|有哪些|能拿|能补)"
)
_OWN_MONEY = "政策|补贴|补助|奖励|扶持|资助|政府"
_BEFORE = "(?:在|位于|落户于?|注册(?:地|在|于)?是?|设立于|搬到|迁到|迁入|来自|是|到|去|从|赴|往|飞)"
_MOVING = re.compile("(?:去|到|赴|往|飞|从|来自|发往|送到|运到)$")
_SETTLING = re.compile(
    "^[^，。；？]{0,4}(?:注册|落户|开公司|设立公司|投资|发展|创业|办公|迁|搬|申请|申报|领)"
)
_PEOPLE = re.compile(
    "^的?(?:毕业生|学生|人才|专家|应届|生源|户籍|员工|客户|同行|供应商|游客|展会|展览|市场|航线|论坛|子公司|分公司)"
)
_HOSTED = re.compile("^(?:举?办(?!公)|承办|主办|搞|举行|召开|开展|布展)")  # happens there; nobody sits there
_VISITED = re.compile("^(?:之间|两地|往返|参展|参加|开会|出差|设点|建厂|开了?[一个家])")
_SEATED = re.compile(
    f"(?:{_US}(?:也|都|就|是|目前|现在)?(?:注册|落户|开|设立?|办公)?(?:在|位于)"
    "|(?:注册|落户|总部|设立|开|办公)(?:地)?(?:在|于|是)|位于|注册)$"
)
_FUNCTION = "的是在由咱我你他里还到去从和与或及跟往归被把让给向以都也"
_UNKNOWN = re.compile(
    rf"(?<![一-鿿])(?:{_US})?(?:在|位于|是)?(?P<name>[一-鿿]{{2,4}}(?:自治县|[省市县]))"
    rf"(?=的?{_OURS}|的?{_POLICY}|$|[，,])"
)
# 县 behind two characters that are no function words ends a county's name, whatever follows: 白鹭县屋顶光伏
_COUNTY = re.compile(
    rf"(?<![一-鿿])(?:{_US})?(?:在|位于|是)?(?P<name>(?:(?![{_FUNCTION}])[一-鿿]){{2}}县)(?![级域城长志里])"
)
_OPENING = re.compile(
    r"(?:^|(?<=[，。；;,、？?！!\s]))"
    rf"(?P<name>(?:(?![本全各{_FUNCTION}])[一-鿿]){{2,3}}"
    r"(?:自治县|县|(?<![上城超都门夜股集菜入退开街])市))(?=[一-鿿])(?![级里域场民政值价面区])"
)
_ZONE = re.compile(
    r"(?:^|(?<=[，。；;,、？?！!\s《在]))"
    r"(?P<name>[一-鿿]{2,4}?(?:高新技术产业开发区|经济技术开发区|高新区|经开区|新区|开发区))"
)
_THERE = re.compile("^[^，。；？]{0,16}当地")  # 成都的客户服务中心当地奖励多少
_NO_NAME = re.compile("^[各每全本哪某该这那几]|[困强个区]县$")  # 各区县, 百强县
_TOO_WIDE = re.compile(
    "上海|本市|全市|哪|各|每|高新|经济|保税|综保|综合|自贸|自由贸易|特殊|监管|示范|产业|工业|我们|我区|本区"
)


class PlaceRole(StrEnum):
    """What a place is in a question."""

    SEAT = "seat"  # where the company sits
    ASKED = "asked"  # whose policy is asked about
    PASSED = "passed"  # where something happens or goes: decides nothing


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as said, what it may be, and its role; `places` is empty for a place nobody knows."""

    said: str
    start: int
    end: int
    places: tuple[Place, ...]
    role: PlaceRole
    is_abroad: bool = False

    @property
    def is_known(self) -> bool:
        """Tell whether the place is one of the gazetteer's, of a document, or abroad."""
        return bool(self.places) or self.is_abroad


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    abroad: tuple[str, ...]
    unnamed: tuple[str, ...]
    ordinary: frozenset[str]


@dataclass(frozen=True)
class PlaceReader:
    """Finds places in questions.

    `names` maps what people say to places; `home` are the names of places in the documents' own cities.
    """

    names: dict[str, tuple[Place, ...]]
    home: frozenset[str]
    abroad: frozenset[str]
    ordinary: frozenset[str]
    unnamed: frozenset[str]
    titles: str
    longest: int

    def mentions(self, text: str) -> tuple[PlaceMention, ...]:
        """Return the places a question names, in order, none inside another."""
        found: list[PlaceMention] = []
        at = 0
        while at < len(text) - 1:
            mention = self._at(text, at)
            if mention is None:
                at += 1
                continue
            found.append(mention)
            at = mention.end
        known = [(one.start, one.end) for one in found]
        found += [
            one
            for one in _unknown(text)
            if one.said not in self.titles and not any(a < one.end and one.start < b for a, b in known)
        ]
        return _joined(tuple(sorted(found, key=lambda one: one.start)))

    def _at(self, text: str, at: int) -> PlaceMention | None:
        for end in range(min(len(text), at + self.longest), at + _SHORTEST - 1, -1):
            said = text[at:end]
            if said not in self.names and said not in self.abroad:
                continue
            if self._is_place(text, at, end, said):
                is_abroad = said in self.abroad
                role = role_of(text, at, end, is_abroad=is_abroad or said in self.unnamed)
                return PlaceMention(said, at, end, self.names.get(said, ()), role, is_abroad)
        return None

    def _is_place(self, text: str, start: int, end: int, said: str) -> bool:
        """Tell whether words are a place: a full name always, a short one if nothing speaks against it."""
        if _KIND.search(said) and said not in self.ordinary:
            return True
        if _speaks_of_place(text, start, end):
            return True
        if said in self.ordinary or not stands_as_word(text, start, end):
            return False
        known = self.names.get(said, ())
        is_city = not known or any(one.level <= PREFECTURE or one.name.endswith("市") for one in known)
        is_alone = not (is_cjk(text[start - 1 : start] or " ") or is_cjk(text[end : end + 1] or " "))
        return is_city or said in self.home or is_alone or text[end : end + 1] == "的"


def _speaks_of_place(text: str, start: int, end: int) -> bool:
    before, after = text[:start], text[end:]
    return bool(re.search(f"{_BEFORE}$", before) or re.match(f"{_ENDS}的?(?:{_OURS}|{_POLICY})", after))


def role_of(text: str, start: int, end: int, *, is_abroad: bool = False) -> PlaceRole:
    """Return what a place is in the question: 「陕西的服务商」 a seat, 「去广州参展」 passed through.

    A country abroad, or 外地, is mostly where business goes; only its own policy is asked about by name.
    """
    before, after = text[:start], re.sub(f"^{_ENDS}", "", text[end:])
    if _HOSTED.match(after):
        return PlaceRole.PASSED if is_abroad else PlaceRole.ASKED
    if _SEATED.search(before) and not _VISITED.match(after):
        return PlaceRole.SEAT
    if re.search(f"{_US}(?:也|都)?是$", before) and re.match("的(?![一-鿿])", after):
        return PlaceRole.SEAT
    if _THERE.search(after):
        return PlaceRole.ASKED
    if re.match(f"的?(?:一[家个])?[^，。；？的]{{0,8}}{_OURS}", after):
        return PlaceRole.SEAT
    if re.match(f"的?(?:{_OWN_MONEY if is_abroad else _POLICY})", after):
        return PlaceRole.ASKED
    if _MOVING.search(before) and not _SETTLING.match(after):
        return PlaceRole.PASSED
    if _PEOPLE.match(after) or _VISITED.match(after):
        return PlaceRole.PASSED
    return PlaceRole.PASSED if is_abroad else PlaceRole.ASKED


def _unknown(text: str) -> Iterator[PlaceMention]:
    """Yield what is called a city, county or zone and is none anybody knows (云岭县的企业、南湖高新区)."""
    for match in _told_by_kind(text):
        start, end = match.span("name")
        if _TOO_WIDE.match(match["name"]) or _NO_NAME.search(match["name"]):
            continue
        if not gazetteer().named(match["name"]) and stands_as_word(text, start, end):
            yield PlaceMention(match["name"], start, end, (), role_of(text, start, end))


def _told_by_kind(text: str) -> Iterator[re.Match[str]]:
    """Yield what is called a city, county or zone, each place of the text once."""
    end = 0
    matches = (match for pattern in (_UNKNOWN, _COUNTY, _OPENING, _ZONE) for match in pattern.finditer(text))
    for match in sorted(matches, key=lambda one: one.span("name")):
        if match.start("name") >= end:
            end = match.end("name")
            yield match


def _joined(mentions: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """Keep of places that follow each other (上海市长宁区) only the last, which lies in those before."""
    kept: list[PlaceMention] = []
    for mention in mentions:
        if kept and kept[-1].end == mention.start and mention.places:
            inner = tuple(one for one in mention.places if any(_contains(a, one) for a in kept[-1].places))
            kept[-1] = PlaceMention(
                kept[-1].said + mention.said,
                kept[-1].start,
                mention.end,
                inner or mention.places,
                mention.role,
            )
        else:
            kept.append(mention)
    return tuple(kept)


def region_of(document: PolicyDocument) -> Place | None:
    """Return the place a document is for, the narrowest its region or title names; None if none is."""
    told = document.region or document.title
    found = [place for mention in gazetteer().mentions(told) for place in mention.places]
    inner = [one for one in found if not any(_contains(one, other) for other in found if other != one)]
    if inner:
        # 铁西区 is in three cities: 沈阳市铁西区 is the one in the city named before it.
        within = [one for one in inner if any(_contains(other, one) for other in found if other != one)]
        return (within or inner)[-1]
    zone = zone_at_start(told)
    if zone is not None:
        return zone
    return Place(document.region, document.region, COUNTY) if document.region else None


def applies(document: PolicyDocument, mention: PlaceMention) -> bool:
    """Tell whether a document may hold for a place: it is for that place, one around it, or one inside it.

    A document that names no region of its own excludes nobody.
    """
    region = region_of(document)
    if region is None:
        return True
    return any(_contains(region, place) or _contains(place, region) for place in mention.places)


def is_of(document: PolicyDocument, mention: PlaceMention, *, exactly: bool = False) -> bool:
    """Tell whether a document is a place's own: for that very place or, unless `exactly`, one inside it."""
    region = region_of(document)
    if region is None:
        return False
    if exactly:
        return any(place.code == region.code and place.level == region.level for place in mention.places)
    return any(_contains(place, region) for place in mention.places)


def lies_within(place: Place | None, outer: Place) -> bool:
    """Tell whether a place is another or lies in it; no place at all lies anywhere."""
    return place is None or _contains(outer, place)


def is_neighbour(document: PolicyDocument, mention: PlaceMention) -> bool:
    """Tell whether a document is for another district of the same city: what it gives is refused by name."""
    region = region_of(document)
    if region is None or not region.code.isdigit():
        return False
    return any(_shares_city(place, region) for place in mention.places)


def _contains(outer: Place, inner: Place) -> bool:
    """Tell whether one place is another or lies around it, by their codes."""
    if outer.name == inner.name and outer.code == inner.code:
        return True
    if outer.level == PROVINCE and outer.code.isdigit():
        return inner.code[:2] == outer.code[:2]
    if outer.level == PREFECTURE and outer.code.isdigit():
        return inner.code[:4] == outer.code[:4]
    if outer.level == COUNTY and outer.code.isdigit():
        return inner.code == outer.code and inner.level > COUNTY
    return False


def build_place_reader(documents: Iterable[PolicyDocument]) -> PlaceReader:
    """Build the reader for the documents at hand: their own regions are places, whoever else knows them."""
    words = _words()
    names: dict[str, tuple[Place, ...]] = {}
    for name, places in gazetteer_names().items():
        names[name] = places
    home: set[str] = set()
    held = tuple(documents)
    for document in held:
        region = region_of(document)
        if region is None:
            continue
        if region.level == ZONE:
            for said in names_of(region):
                names[said] = (*names.get(said, ()), region)
                home.add(said)
        if not region.code.isdigit():
            for said in {region.name, _KIND.sub("", region.name)}:
                if len(said) >= _SHORTEST:
                    names[said] = (*names.get(said, ()), region)
            continue
        home |= {
            name
            for name, places in names.items()
            if any(
                place.code[:4] == region.code[:4]
                or (place.code[:2] == region.code[:2] and _is_municipal(place))
                for place in places
            )
        }
    for word in words.unnamed:
        names[word] = (Place(word, f"unnamed:{word}", PROVINCE),)
        home.add(word)
    longest = max(map(len, (*names, *words.abroad)))
    abroad, unnamed = frozenset(words.abroad), frozenset(words.unnamed)
    titles = "\n".join(one.title for one in held)
    return PlaceReader(names, frozenset(home), abroad, words.ordinary, unnamed, titles, longest)


def _shares_city(place: Place, region: Place) -> bool:
    size = 2 if _is_municipal(region) else 4
    return place.code[:size] == region.code[:size]


def _is_municipal(place: Place) -> bool:
    """Tell whether a place lies in a city that is a province (上海、北京、天津、重庆)."""
    return place.code[:2] in ("11", "12", "31", "50")


@cache
def gazetteer_names() -> dict[str, tuple[Place, ...]]:
    """Return every name people say for a place: the full one, and the short one without its kind.

    Questions are read in simplified characters, in which a name may be another (乾县, 干县): both are known.
    """
    names: dict[str, list[Place]] = {}
    for place, said in gazetteer().all_names():
        for name in dict.fromkeys((said, place.short_name, _KIND.sub("", said))):
            if len(name) >= _SHORTEST and place not in names.setdefault(name, []):
                names[name].append(place)
    for name, plain in zip(list(names), simplified("\n".join(names)).split("\n"), strict=True):
        if plain != name:
            names.setdefault(plain, names[name])
    return {name: tuple(places) for name, places in names.items()}


@cache
def _words() -> _Words:
    return read_model(Path(str(resources.files("corpus.places"))) / "abroad.yaml", _Words)
