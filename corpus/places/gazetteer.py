"""Which places a text names, and which lies in which: divisions by GB/T 2260, zones within them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from corpus.strict_yaml import read_model

PROVINCE, PREFECTURE, COUNTY, ZONE = 1, 2, 3, 4
_PEOPLES = (
    "朝鲜族|土家族|苗族|布依族|侗族|壮族|瑶族|彝族|藏族|羌族|傣族|白族|景颇族|傈僳族|哈尼族|回族"
    "|蒙古族?|哈萨克族?|柯尔克孜族?|维吾尔族?"
)
_SHORT = re.compile(f"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|(?:{_PEOPLES}){{0,3}}自治州|省|市|地区|盟)$")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its official name, the code of the division it is or lies in, and its level (1 the widest)."""

    name: str
    code: str
    level: int
    is_former: bool = False

    @property
    def short_name(self) -> str:
        """Return the name without its kind: 温州 of 温州市; districts and counties keep theirs.

        >>> Place("温州市", "330300", PREFECTURE).short_name
        '温州'
        """
        short = _SHORT.sub("", self.name) if self.level <= PREFECTURE else self.name
        return short if len(short) >= _SHORTEST else self.name


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as a text names it, and where; one name may be that of several places (鼓楼区)."""

    places: tuple[Place, ...]
    start: int
    end: int
    said: str


class _Zone(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    name: str
    says: tuple[str, ...] = ()
    within: Annotated[str, Field(alias="in", pattern=r"^\d{6}$")]


class _Zones(BaseModel):
    """The fields of `zones.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    zones: tuple[_Zone, ...]


class Gazetteer:
    """All places, by every name a text may use for them."""

    def __init__(self, divisions: Sequence[Place], names: Mapping[str, Sequence[Place]]) -> None:
        """Take the divisions and, for each name, the places that bear it."""
        self._divisions = {place.code: place for place in divisions if not place.is_former}
        self._names: dict[str, list[tuple[str, tuple[Place, ...]]]] = {}
        for name, places in sorted(names.items(), key=lambda one: -len(one[0])):
            self._names.setdefault(name[:_SHORTEST], []).append((name, tuple(places)))

    def mentions(self, text: str) -> Iterator[Mention]:
        """Yield the places a text names in full, the longest name at each position.

        >>> [(m.places[0].name, m.start) for m in gazetteer().mentions("广州市天河区科技局")]
        [('广州市', 0), ('天河区', 3)]
        """
        at = 0
        while at < len(text) - 1:
            found = self._at(text, at)
            if found is not None:
                yield found
                at = found.end
            else:
                at += 1

    def _at(self, text: str, at: int) -> Mention | None:
        for name, places in self._names.get(text[at : at + _SHORTEST], ()):
            if text.startswith(name, at):
                return Mention(places, at, at + len(name), name)
        return None

    def around(self, place: Place) -> tuple[Place, ...]:
        """Return the divisions a place lies in, the nearest first; a former one lies where it lay.

        >>> [one.name for one in gazetteer().around(gazetteer().named("鹿城区")[0])]
        ['温州市', '浙江省']
        """
        codes = [place.code] if place.level == ZONE else []
        codes += [f"{place.code[:4]}00", f"{place.code[:2]}0000"]
        found = [self._divisions[code] for code in dict.fromkeys(codes) if code in self._divisions]
        return tuple(one for one in found if one.name != place.name)

    def all_names(self) -> Iterator[tuple[Place, str]]:
        """Yield each place with each name it bears."""
        for listed in self._names.values():
            for name, places in listed:
                for place in places:
                    yield place, name

    def named(self, name: str) -> tuple[Place, ...]:
        """Return the places of this very name."""
        return next((places for one, places in self._names.get(name[:_SHORTEST], ()) if one == name), ())


@cache
def gazetteer() -> Gazetteer:
    """Load the places that come with the package (once)."""
    folder = Path(str(resources.files("corpus.places")))
    divisions = list(_divisions(folder / "divisions.tsv"))
    names: dict[str, list[Place]] = {}
    for place in divisions:
        names.setdefault(place.name, []).append(place)
    for zone in read_model(folder / "zones.yaml", _Zones).zones:
        for name in (zone.name, *zone.says):
            names.setdefault(name, []).append(Place(zone.name, zone.within, ZONE))
    return Gazetteer(divisions, names)


def _divisions(path: Path) -> Iterator[Place]:
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, name, *former = line.split("\t")
        yield Place(name, code, _level(code), bool(former))


def _level(code: str) -> int:
    if code.endswith("0000"):
        return PROVINCE
    return PREFECTURE if code.endswith("00") else COUNTY
