"""Whether a text names the place that a name is put together from: 上海市浦东新区 of 「上海浦东新区」."""

from __future__ import annotations

from corpus.places.gazetteer import COUNTY, PREFECTURE, PROVINCE, gazetteer

_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")


def is_named(region: str, text: str) -> bool:
    """Tell whether a text names every place of a region, in full or without its 市.

    >>> is_named("上海市浦东新区", "上海浦东新区促进集成电路产业的措施"), is_named("南湖区", "北湖区办法")
    (True, False)
    """
    if region in text:
        return True
    places = list(gazetteer().mentions(region))
    is_all = sum(one.end - one.start for one in places) == len(region)
    return is_all and all(one.said in text or one.places[0].short_name in text for one in places)


def level_of(region: str) -> str | None:
    """Return the level of government of a region: province, city or district; None where it is empty.

    A county, a town that is a city of its own, and a zone count as districts.

    >>> [level_of(one) for one in ("浙江省", "温州市", "上海市", "上海市浦东新区", "北湖市")]
    ['province', 'city', 'city', 'district', 'city']
    """
    if not region:
        return None
    places = list(gazetteer().mentions(region))
    last = places[-1].places[0] if places and places[-1].end == len(region) else None
    if region in _MUNICIPALITIES or (last is not None and last.level == PREFECTURE):
        return "city"
    if last is not None and last.level >= COUNTY:
        return "district"
    if last is not None and last.level == PROVINCE:
        return "province"
    return "city" if region.endswith("市") else "province" if region.endswith("省") else "district"
