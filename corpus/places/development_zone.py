"""A development zone named after the city it lies in (廊坊经济技术开发区), which no table need list."""

from __future__ import annotations

import re

from corpus.places.gazetteer import ZONE, Place, gazetteer

_NAME = re.compile(
    r"^《?(?P<place>(?P<city>[一-鿿]{2,4}?)[省市县区]?"
    r"(?:高新技术产业开发区|高新技术开发区|高新技术产业园区|经济技术开发区|经济开发区|开发区|经开区|高新区))"
)
_KINDS = ("市", "县", "区", "地区", "自治州")


def zone_at_start(text: str) -> Place | None:
    """Return the zone a text begins with, by the code of its city; None where no city known bears the name.

    >>> zone_at_start("廊坊经济技术开发区支持跨境电商实施细则").name
    '廊坊经济技术开发区'
    >>> zone_at_start("国家经济技术开发区考核办法") is None
    True
    """
    found = _NAME.match(text)
    if found is None:
        return None
    cities = [place for kind in _KINDS for place in gazetteer().named(f"{found['city']}{kind}")]
    return Place(found["place"], cities[0].code, ZONE) if cities else None


def names_of(zone: Place) -> tuple[str, ...]:
    """Return what people call a zone: 廊坊经济技术开发区 is 廊坊开发区 and 廊坊经开区, too."""
    found = _NAME.match(zone.name)
    if found is None:
        return (zone.name,)
    short = "高新区" if "高新" in zone.name else "经开区"
    return tuple(dict.fromkeys((zone.name, f"{found['city']}{short}", f"{found['city']}开发区")))
