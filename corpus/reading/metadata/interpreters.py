"""Who interprets a document (解释机关)."""

from __future__ import annotations

import re

from corpus.reading.metadata.layout import Layout
from corpus.reading.metadata.model import Words

_BY = re.compile(
    r"(?:由|委托)(?P<bodies>[^，。；;由]{2,60}?)(?:共同|分别|具体)*(?:负责|承担|进行)?(?:本[\u4e00-\u9fff]{2,8}的)?(?:政策)?解释"
)
_OF = re.compile(
    r"(?:本[\u4e00-\u9fff]{2,8}|条款|政策)(?:的)?解释权(?:归|属于|属)(?P<bodies>[^，。；;]{2,40}?)(?:所有)?(?=[，。；;]|$)"
)
_LEAVINGS = re.compile("(?:制定|组织|牵头|根据|按照|具体|承担|并|等(?:相关|有关)部门)[^、]*$")


def interpreted_by(layout: Layout) -> Words | None:
    """Return who interprets the document, as the text names them (甲局会同乙局); the last statement counts.

    Where one interprets and another does the daily work of it (由甲负责解释，具体由乙承担), it is the first.
    """
    for line in reversed(layout.own):
        for pattern in (_BY, _OF):
            found = pattern.search(line.text)
            if found is not None:
                start = found.start("bodies")
                name = _LEAVINGS.sub("", found["bodies"]) or found["bodies"]
                return line.words(start, start + len(name))
    return None
