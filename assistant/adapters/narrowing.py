"""A search filter as the closed ranges every engine can test: statuses on a day become spans of two dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.adapters.entries import NO_BEGIN, NO_END, Standing, Traits, day_number
from assistant.ports import SearchFilter
from corpus.model.document import DocumentStatus


@dataclass(frozen=True, slots=True)
class Case:
    """One way a document may stand; both spans are inclusive and in day numbers."""

    standing: Standing
    begins: tuple[int, int] = (NO_BEGIN, NO_END)
    ends: tuple[int, int] = (NO_BEGIN, NO_END)

    def holds(self, traits: Traits) -> bool:
        """Tell whether a document stands so."""
        return (
            traits.standing is self.standing
            and self.begins[0] <= traits.begins <= self.begins[1]
            and self.ends[0] <= traits.ends <= self.ends[1]
        )


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What may be found: one of each list that is not empty. `regions` are already every region around."""

    documents: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    regions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    def allows(self, traits: Traits) -> bool:
        """Tell whether clauses of a document may be found."""
        return (
            (not self.documents or traits.document in self.documents)
            and (not self.cases or any(case.holds(traits) for case in self.cases))
            and (not self.regions or traits.region in self.regions)
            and (not self.levels or traits.level in self.levels)
        )


def narrowing(only: SearchFilter | None) -> Narrowing | None:
    """Return a filter as ranges, None where everything passes."""
    if only is None or only.is_open:
        return None
    cases = tuple(case for status in only.statuses if only.as_of for case in _cases(status, only.as_of))
    return Narrowing(only.documents, cases, _around(only.regions), only.levels)


def _cases(status: DocumentStatus | None, as_of: date) -> tuple[Case, ...]:
    """Return the ways a document may stand that `status_on` calls this status on the day."""
    day = day_number(as_of)
    begun, later = (NO_BEGIN, day), (day + 1, NO_END)
    stated, opened, repealed = Standing.STATED, Standing.OPEN, Standing.REPEALED
    over, running = (NO_BEGIN, day - 1), (day, NO_END)
    cases = {
        DocumentStatus.DRAFT: (Case(Standing.DRAFT),),
        DocumentStatus.REPORT: (Case(Standing.REPORT),),
        DocumentStatus.NOT_YET_IN_FORCE: tuple(Case(one, later) for one in (stated, opened, repealed)),
        DocumentStatus.EXPIRED: (Case(stated, begun, over),),
        DocumentStatus.REPEALED: (Case(repealed, begun, over),),
        DocumentStatus.IN_FORCE: tuple(Case(one, begun, running) for one in (stated, repealed)),
    }
    return (Case(Standing.UNSTATED), Case(opened, begun)) if status is None else cases[status]


def _around(regions: tuple[str, ...]) -> tuple[str, ...]:
    """Return each region and every name it begins with: what is around 上海市长宁区 begins it.

    >>> _around(("上海市",))
    ('上', '上海', '上海市')
    """
    return tuple(dict.fromkeys(region[:end] for region in regions for end in range(1, len(region) + 1)))
