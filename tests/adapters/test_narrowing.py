"""A search narrowed by status finds what `status_on` says, whatever a document states."""

import itertools
from datetime import date, timedelta

import pytest

from assistant.adapters.entries import traits_of
from assistant.adapters.narrowing import narrowing
from assistant.ports import SearchFilter
from corpus.model.document import DocumentStatus, PolicyDocument, SourceNature, Span, ValidityPeriod
from corpus.model.relation import Repeal

DAYS = [date(2023, 1, 1), date(2024, 1, 1), date(2025, 6, 1)]
SPAN = Span("b/1", 0, 1, "甲")
PERIODS = [
    ValidityPeriod(start, end, unlimited)
    for start, end, unlimited in itertools.product([None, DAYS[0]], [None, DAYS[1], DAYS[2]], [False, True])
    if not (end and unlimited)
]
REPEALS = [None, Repeal("b", None, SPAN), Repeal("b", DAYS[1], SPAN), Repeal("b", date(2025, 1, 1), SPAN)]
NATURES = [SourceNature.POLICY, SourceNature.GUIDE, SourceNature.DRAFT, SourceNature.REPORT]
ASKED = [day + timedelta(days=shift) for day in (*DAYS, date(2025, 1, 1)) for shift in (-1, 0, 1)]


@pytest.mark.parametrize("nature", NATURES)
@pytest.mark.parametrize("signed", [None, date(2022, 12, 1)])
def test_every_status_finds_exactly_the_documents_that_have_it(nature, signed):
    for period, repeal, day in itertools.product(PERIODS, REPEALS, ASKED):
        document = PolicyDocument(
            "a", "甲市办法", nature, "", (), validity=period, signed_on=signed, repealed=repeal
        )
        found = [
            status
            for status in (*DocumentStatus, None)
            if narrowing(SearchFilter(as_of=day, statuses=(status,))).allows(traits_of(document))
        ]
        assert found == [document.status_on(day)], (period, repeal, day)
