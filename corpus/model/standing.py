"""How a document stands on a day (效力状态), from what its text says and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SourceNature(StrEnum):
    """What a text really is: a policy (政策), a news report (报道), a draft (草案), or a guide (指南)."""

    POLICY = "policy"
    REPORT = "report"
    DRAFT = "draft"
    GUIDE = "guide"

    @property
    def source(self) -> str:
        """Return what kind of source it is, as the contract tells three apart: a guide counts as a policy."""
        return (SourceNature.POLICY if self is SourceNature.GUIDE else self).value

    @property
    def is_law(self) -> bool:
        """Tell whether such a text holds of itself: a draft and a report never do."""
        return self in (SourceNature.POLICY, SourceNature.GUIDE)


class DocumentStatus(StrEnum):
    """How a document stands on a date. A draft stays a draft and a report a report on any date."""

    IN_FORCE = "in_force"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    EXPIRED = "expired"
    DRAFT = "draft"
    REPORT = "report"
    REPEALED = "repealed"

    @property
    def label(self) -> str:
        """Return the word shown to people."""
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    DocumentStatus.IN_FORCE: "现行",
    DocumentStatus.NOT_YET_IN_FORCE: "尚未施行",
    DocumentStatus.EXPIRED: "已届满",
    DocumentStatus.DRAFT: "草案",
    DocumentStatus.REPORT: "新闻报道",
    DocumentStatus.REPEALED: "已废止",
}


@dataclass(frozen=True, slots=True)
class ValidityPeriod:
    """Dates between which a document holds (有效期), both inclusive; None where the text is silent.

    `is_unlimited` where the text says that it has no end (长期有效).

    >>> ValidityPeriod(date(2024, 1, 1), date(2028, 12, 31)).covers(date(2028, 12, 31))
    True
    """

    start: date | None
    end: date | None
    is_unlimited: bool = False

    @property
    def is_stated(self) -> bool:
        """Tell whether the text states at least one of the two dates, or that there is no end."""
        return self.start is not None or self.end is not None or self.is_unlimited

    @property
    def tells_its_end(self) -> bool:
        """Tell whether the text says until when it holds, or that it does so without end."""
        return self.end is not None or self.is_unlimited

    def covers(self, day: date) -> bool:
        """Tell whether `day` lies in the period; an unstated end is open."""
        return not self.is_before(day) and not self.is_over(day)

    def is_before(self, day: date) -> bool:
        """Tell whether the period has not begun on `day`."""
        return self.start is not None and day < self.start

    def is_over(self, day: date) -> bool:
        """Tell whether the period has ended before `day`."""
        return self.end is not None and day > self.end


UNSTATED_PERIOD = ValidityPeriod(None, None)


def status_of(
    nature: SourceNature, validity: ValidityPeriod, signed: date | None, as_of: date
) -> DocumentStatus | None:
    """Return how a document stands on `as_of`; None where its text does not tell whether it still holds.

    A draft (草案) is never anything else, whatever dates it proposes; nor is a report. A text that says when
    it begins, but neither when it ends nor that it has no end, is not in force by default. One in force
    "from its publication" whose date is not stated is not in force before it was signed.
    """
    if nature is SourceNature.DRAFT:
        return DocumentStatus.DRAFT
    if nature is SourceNature.REPORT:
        return DocumentStatus.REPORT
    if not validity.is_stated:
        return None
    begins = validity.start or signed
    if begins is not None and as_of < begins:
        return DocumentStatus.NOT_YET_IN_FORCE
    if validity.is_over(as_of):
        return DocumentStatus.EXPIRED
    return DocumentStatus.IN_FORCE if validity.tells_its_end else None
