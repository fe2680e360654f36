"""What a document says of itself: every field with its words, and nothing it does not say."""

from datetime import date

import pytest

from corpus.reading import read_text
from corpus.reading.metadata import read_metadata
from corpus.reading.metadata.as_json import metadata_json
from tests.corpus.metadata.documents import ALL

DAY = date(2026, 12, 1)
FIELDS = (
    "title", "nature", "document_number", "issuing_bodies", "region", "signed_on", "published_on",
    "effective_on", "expires_on", "unlimited", "interpreted_by", "repeals", "reckoned", "status",
)  # fmt: skip


@pytest.mark.parametrize("document", ALL, ids=[one.name for one in ALL])
def test_what_it_states_is_read_and_nothing_else(document):
    told = metadata_json(read_metadata(read_text(document.text, "d").text), DAY)
    expected = {"nature": "policy"} | document.says
    assert {name: told[name] for name in FIELDS if told[name]} == expected


@pytest.mark.parametrize("document", ALL, ids=[one.name for one in ALL])
def test_every_field_is_words_of_the_text_where_it_says_they_are(document):
    text = read_text(document.text, "d").text
    told = read_metadata(text)
    days = [told.signed_on, told.published_on, told.effective_on, told.expires_on]
    words = [told.title, told.document_number, told.unlimited, *told.issuing_bodies, told.interpreted_by]
    words += [one.words for one in (*days, *told.relations) if one]
    words += [one for _, some in told.procedure for one in some]
    for one in words:
        assert one is None or text[one.start : one.end] == one.quote
