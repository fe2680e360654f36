"""Long titles once: a document is named in full where an answer first names it, then by its short title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.steps.state import Line
from corpus.model.document import PolicyDocument

_QUOTED = re.compile(r"(「[^「」]*」)")


def with_short_titles(lines: Iterable[Line], documents: Iterable[PolicyDocument]) -> tuple[Line, ...]:
    """Return the lines with every title after its first mention shortened; quotes stay as they are."""
    short = {f"《{one.title}》": f"《{one.short_title}》" for one in documents if one.short_title}
    named: set[str] = set()
    return tuple(replace(line, text=_shortened(line.text, short, named)) for line in lines)


def _shortened(text: str, short: dict[str, str], named: set[str]) -> str:
    """Shorten what stands outside quotes; `named` are the titles said so far, and grows.

    >>> titles = {"《关于促进工业服务业的措施》": "《工业服务业措施》"}
    >>> _shortened("《关于促进工业服务业的措施》；见《关于促进工业服务业的措施》。", titles, set())
    '《关于促进工业服务业的措施》；见《工业服务业措施》。'
    """
    parts = _QUOTED.split(text)
    for at in range(0, len(parts), 2):
        for title, brief in short.items():
            if title in parts[at]:
                first, found, rest = parts[at].partition(title)
                kept = brief if title in named else found
                named.add(title)
                parts[at] = first + kept + rest.replace(title, brief)
    return "".join(parts)
