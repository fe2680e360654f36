"""Who is responsible (责任单位) for a clause, as its last words name them."""

from __future__ import annotations

import re

TRAILER = re.compile(
    r"[(（]?(?:责任(?:单位|部门)|牵头(?:单位|部门)|配合(?:单位|部门)|实施(?:单位|主体)|主管部门)\s*[:：]\s*"
    r"([^。()（）]*(?:[(（][^()（）]*[)）][^。()（）]*)*)[)）]?[。]?\s*$",
    re.MULTILINE,
)
ROLES = re.compile(r"(?:责任|牵头|配合|实施|参与)(?:单位|部门|主体)\s*[:：]")
SEPARATORS = re.compile("[、,，;；]")


def responsible_bodies(text: str) -> tuple[str, ...]:
    """Return the bodies named at the end of a clause or of its lines, in order, without repeats.

    >>> responsible_bodies("给予支持。(责任单位:市科委、市发展改革委)")
    ('市科委', '市发展改革委')
    >>> responsible_bodies("责任单位负责审核。")
    ()
    """
    names: list[str] = []
    for trailer in TRAILER.finditer(text):
        names += SEPARATORS.split(ROLES.sub("、", trailer.group(1)))
    cleaned = (name.strip() for name in names)
    return tuple(dict.fromkeys(name for name in cleaned if name))
