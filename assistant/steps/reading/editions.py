"""Another edition of a policy than the one held: 「2019年那版」, 「上一版」, 「去年的政策」, 「最新版」."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from corpus.model.document import DocumentStatus, PolicyDocument, SourceNature

_PAPER = "政策|办法|措施|意见|文件|规定|版本|实施办法"
_YEAR = re.compile(
    rf"(?P<year>20\d\d)年?(?:的)?(?:那|这|旧|老|新)?(?:一)?版(?!次|权)(?:本)?|(?P<of>20\d\d)年(?:的|那份|那个|新?出的|新?发的)(?=[^，,。；;？?\d]{{0,16}}?(?:{_PAPER}))"
)
_RELATIVE = re.compile(
    rf"(?P<last>去年|前年|上一?年|往年)的?(?:那)?(?:份|个|版)?(?=[^，,。；;？?\d]{{0,10}}?(?:{_PAPER}))"
)
_OLDER = re.compile(
    "(?:上|前)(?:一|个)版(?:本)?(?!次|权)|上一?轮(?:的)?|旧版(?:本)?|老版(?:本)?|原版(?:本)?|旧的?(?=政策|办法|措施|规定)"
    "|老(?=政策|办法|措施)|(?:以前|之前|原来|从前|过去)的(?:那)?(?:份|个|版)?(?=[^，,。；;？?\\d]{0,10}?(?:政策|办法|措施|版本|规定))"
)
_NEWER = re.compile(
    "(?:最新|新一|全新)版(?:本)?(?!次|权)|(?<![创最全])新版(?:本)?(?!次|权|块)|新一轮|修订版|修订后的?|新修订的?|新出的?(?=[^，,。；;？?]{0,8}?(?:政策|办法|措施))"
)
_PAST = {"去年": 1, "上年": 1, "上一年": 1, "前年": 2}


@dataclass(frozen=True, slots=True)
class Edition:
    """What edition was said: its words, the year it is of, and whether it is a newer one."""

    said: str
    year: int | None = None
    is_newer: bool = False


def edition_said(text: str, today: date) -> Edition | None:
    """Return the edition a question names, None where it names none.

    >>> edition_said("2019年那版办法给多少", date(2026, 11, 22))
    Edition(said='2019年那版', year=2019, is_newer=False)
    >>> edition_said("首版次软件给多少", date(2026, 11, 22)) is None
    True
    """
    if found := _YEAR.search(text):
        return Edition(found[0], int(found["year"] or found["of"]))
    if found := _RELATIVE.search(text):
        back = _PAST.get(found["last"])
        return Edition(found[0], today.year - back if back else None)
    if found := _OLDER.search(text):
        return Edition(found[0])
    found = _NEWER.search(text)
    return Edition(found[0], is_newer=True) if found else None


def without_edition(text: str, today: date) -> str:
    """Return a question with the words for an edition blanked: its matter and its day are what is left."""
    edition = edition_said(text, today)
    return text.replace(edition.said, " " * len(edition.said)) if edition else text


def is_held(edition: Edition, document: PolicyDocument) -> bool:
    """Tell whether the edition said may be the one held: of its year, or in force through that year."""
    if edition.year is None:
        return False
    dates = (document.signed_on, document.published_on, document.validity.start)
    if edition.year in {one.year for one in dates if one is not None}:
        return True
    is_relative = not any(character.isdigit() for character in edition.said)
    is_in_force = document.status_on(date(edition.year, 12, 31)) is DocumentStatus.IN_FORCE
    return is_relative and is_in_force and document.nature is SourceNature.POLICY
