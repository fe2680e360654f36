"""The place a document is for (地区), made of places the text itself names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.places.development_zone import zone_at_start
from corpus.places.gazetteer import COUNTY, PREFECTURE, ZONE, Mention, Place, gazetteer
from corpus.reading.metadata.layout import Layout
from corpus.reading.metadata.model import Words

# Signs at the head of a document number; those of several places (苏, 宁, 吉) are left out.
_NUMBERED = {
    "京": "北京市", "津": "天津市", "沪": "上海市", "渝": "重庆市", "穗": "广州市", "甬": "宁波市",
    "冀": "河北省", "晋": "山西省", "辽": "辽宁省", "浙": "浙江省", "皖": "安徽省", "闽": "福建省",
    "赣": "江西省", "鲁": "山东省", "豫": "河南省", "鄂": "湖北省", "湘": "湖南省", "粤": "广东省",
    "琼": "海南省", "黔": "贵州省", "滇": "云南省", "陕": "陕西省", "深": "深圳市",
    "桂": "广西壮族自治区",
}  # fmt: skip
_ORGAN = "(?:[政府委办财科经发商税工信建教文民农住知规卫医金交]|人社|市监|市场|国资|应急)"
_FORM = re.compile(
    r"^《?(?:中共|中国共产党)?(?P<place>(?:[\u4e00-\u9fff]{2,5}?(?:省|市|自治州))?(?:[\u4e00-\u9fff]{2,5}?(?:新区|开发区|高新区|区|县|旗))?)"
)
_NO_PLACE = re.compile(
    "(?:城市|社区|园区|地区|门市|上市|都市|超市|市区|城区|校区|辖区|片区|小区|景区|街区|示范区|开发区|实验区|我市|我区|全市|全区|本市|本区|各区|各县|县区|市县|市辖区)$"
)
_NATIONAL = re.compile(
    "(?!.{0,40}[省市区县])(?:国务院|国家|中国|中央|[\u4e00-\u9fff]{2,12}(?:部|总局|总署|署)(?:办公厅)?$)"
)
_SHORT_NAME = 2  # 和县, 郊区: in running text oftener a chance neighbourhood than a place
_UNDER = re.compile("(?:落实|贯彻|根据|参照|对接|执行|转发).*")
_LISTED = re.compile("《[^《》]*》")


def region_of(layout: Layout, title: Words | None, bodies: Sequence[Words], number: Words | None) -> str:
    """Return the place the document is for, empty where nothing tells.

    The beginning of the title tells first, then who issued and who interprets it (`bodies`), then a place
    further on in the title, the number's own sign (沪府办规 is of 上海市), and last the place the text names
    most often.
    """
    name = title.name if title else ""
    sources = [_beginning(name), *(body.quote for body in bodies), _UNDER.sub("", name)]
    found = [region for source in sources if (region := _told(source, layout.text))]
    if found:
        return _widest_name(found)
    by_number = _NUMBERED.get(number.quote[0]) if number and re.match(f".{_ORGAN}", number.quote) else None
    if by_number or any(_NATIONAL.match(body.quote) for body in bodies):
        return by_number or ""
    return _most_named(_LISTED.sub("", layout.text)) or _most_named(layout.text)


def _beginning(title: str) -> str:
    """Return the place a title begins with; 关于落实北京市… begins with none."""
    bare = title.lstrip("《“0123456789年中共")
    first = next(_chains(bare), None)
    if first is not None and first[0].start == 0:
        return bare[: first[-1].end]
    return title if _by_form(title) and not bare.startswith("关于") else ""


def _widest_name(found: Sequence[str]) -> str:
    """Return the first region, completed by one that says more of the same place.

    >>> _widest_name(["鹿城区", "温州市鹿城区"]), _widest_name(["北湖市", "云州市"])
    ('温州市鹿城区', '北湖市')
    """
    first = found[0]
    return max((one for one in found if one.endswith(first)), key=len)


def _told(source: str, text: str) -> str:
    """Return the place a title or a body names, completed by the city around it where the text names that."""
    chain = next(_chains(source), None)
    if chain is None:
        return _by_form(source)
    return _completed(chain, text)


def _chains(source: str) -> Iterator[tuple[Mention, ...]]:
    """Yield runs of places that follow each other in a text: 广州市天河区."""
    run: list[Mention] = []
    for mention in gazetteer().mentions(source):
        if run and run[-1].end != mention.start:
            yield tuple(run)
            run = []
        run.append(mention)
    if run:
        yield tuple(run)


def _completed(chain: Sequence[Mention], text: str) -> str:
    """Return a run of places as one name, with the city around its first where the text names that city.

    A district or zone alone (浦东新区) is put behind its city; a county or a town that is a city needs none.
    """
    names = [one.said for one in chain]
    if len(chain) > 1 and chain[0].places[0].level < PREFECTURE and chain[1].places[0].level == PREFECTURE:
        names = names[1:]
    last = chain[-1].places[0]
    named = "".join(names)
    if len(chain) > 1 or last.level < COUNTY or (last.level == COUNTY and not named.endswith("区")):
        return named
    around = {
        city.name for place in chain[-1].places for city in gazetteer().around(place) if _is_city(city, place)
    }
    said = [city for city in around if city in text or _short(city) in text]
    whole = said[0] if len(said) == 1 else ""
    return f"{whole}{named}" if whole and not named.startswith(_short(whole)) else named


def _short(city: str) -> str:
    return city.removesuffix("市")


def _is_city(city: Place, place: Place) -> bool:
    """Tell whether a division is the city around a district, be it a province itself."""
    return city.name.endswith("市") and (city.level == PREFECTURE or place.level in (COUNTY, ZONE))


def _by_form(source: str) -> str:
    """Return a place no table knows, by its form at the beginning of a title or body: 北湖市, 东湖区."""
    zone = zone_at_start(source)
    if zone is not None:
        return zone.name
    found = _FORM.match(source)
    place = found["place"] if found else ""
    return "" if not place or _NO_PLACE.search(place) else place


def _most_named(text: str) -> str:
    """Return the place a text names most, of the kind it calls its own; empty in a tie."""
    chains = (chain for chain in _chains(text) if chain[-1].end - chain[0].start > _SHORT_NAME)
    counted = Counter(_completed(chain, text) for chain in chains)
    own = _own_kind(text)
    ranked = [one for one in counted.most_common() if not own or one[0].endswith(own)][:2]
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return ""
    return ranked[0][0]


def _own_kind(text: str) -> str:
    """Return what kind of place a text calls its own (我区, 全市), empty where it does not say."""
    counted = Counter(found[1] for found in re.finditer("[我本全]([省市区县])", text))
    return next((kind for kind, _ in counted.most_common(1)), "")
