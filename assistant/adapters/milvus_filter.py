"""A filter as an expression of Milvus."""

from __future__ import annotations

import json
from collections.abc import Iterable

from assistant.adapters.narrowing import Case, Narrowing


def milvus_filter(only: Narrowing) -> str:
    """Return a filter in Milvus's words.

    >>> milvus_filter(Narrowing(documents=("a",), levels=("city",)))
    'document in ["a"] and level in ["city"]'
    """
    lists = {"document": only.documents, "region": only.regions, "level": only.levels}
    parts = [f"{name} in {_listed(values)}" for name, values in lists.items() if values]
    if only.cases:
        parts.append(f"({' or '.join(map(_case, only.cases))})")
    return " and ".join(parts)


def _case(case: Case) -> str:
    (first, last), (least, most) = case.begins, case.ends
    return (
        f'(standing == "{case.standing.value}" and begins >= {first} and begins <= {last}'
        f" and ends >= {least} and ends <= {most})"
    )


def _listed(values: Iterable[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
