"""A clause's traits as Chroma's metadata, and a filter as its `where`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.adapters.entries import Standing, Traits
from assistant.adapters.narrowing import Case, Narrowing


def traits_from(metadata: Mapping[str, Any]) -> Traits:
    """Return the traits that were kept beside a vector.

    >>> traits = Traits("a", Standing.DRAFT, region="上海市")
    >>> traits_from(traits.as_fields()) == traits
    True
    """
    return Traits(
        str(metadata["document"]),
        Standing(metadata["standing"]),
        int(metadata["begins"]),
        int(metadata["ends"]),
        str(metadata["region"]),
        str(metadata["level"]),
    )


def chroma_where(only: Narrowing) -> dict[str, Any]:
    """Return a filter in Chroma's words.

    >>> chroma_where(Narrowing(documents=("a", "b")))
    {'document': {'$in': ['a', 'b']}}
    """
    lists = {"document": only.documents, "region": only.regions, "level": only.levels}
    parts: list[dict[str, Any]] = [{name: {"$in": list(values)}} for name, values in lists.items() if values]
    if only.cases:
        parts.append(_joined("$or", [_case(case) for case in only.cases]))
    return _joined("$and", parts)


def _case(case: Case) -> dict[str, Any]:
    return {
        "$and": [
            {"standing": case.standing.value},
            *({name: {"$gte": span[0]}} for name, span in (("begins", case.begins), ("ends", case.ends))),
            *({name: {"$lte": span[1]}} for name, span in (("begins", case.begins), ("ends", case.ends))),
        ]
    }


def _joined(how: str, parts: list[dict[str, Any]]) -> dict[str, Any]:
    return parts[0] if len(parts) == 1 else {how: parts}
