"""Whether a text names the place that a name is put together from: 上海市浦东新区 of 「上海浦东新区」."""

from __future__ import annotations

from corpus.places.gazetteer import gazetteer


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
