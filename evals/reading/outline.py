"""How many labels of the outline reading gets right: `python -m evals.reading outline DATA [--only ID…]`.

DATA is a folder of texts `ID.txt` with `metadata.jsonl`, one line a text: its `id` and the `labels` of its
outline as a person lists them, in order, outermost levels only (一、, 一、1., 第五条（一）, 附则1．).

A listed label is right where a clause has it, at its place in the order. A clause whose label has the form
of a listed one (digits apart) and that is not listed is one too many. The score of a document is
right / (listed + too many); where nothing is listed, 1 if no item was read and 0 otherwise.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.model.document import Clause
from corpus.reading import read_file
from corpus.reading.markers import read_marker
from corpus.reading.variants import simplified

BARE = re.compile(r"^(?:第#条|#|\(#\))$")
NUMBERS = re.compile("[〇零一二三四五六七八九十百0-9]+")


@dataclass(frozen=True, slots=True)
class OutlineScore:
    """What became of one document's labels."""

    document: str
    listed: int
    missed: tuple[str, ...]
    too_many: tuple[str, ...]

    @property
    def right(self) -> int:
        """Return how many listed labels were found."""
        return self.listed - len(self.missed)

    @property
    def share(self) -> float:
        """Return the document's score, 0 to 1."""
        total = self.listed + len(self.too_many)
        return self.right / total if total else 1.0


def score_outline(document: str, listed: Sequence[str], clauses: Sequence[Clause]) -> OutlineScore:
    """Compare the labels of clauses with those a person lists."""
    wanted = [_plain(label) for label in listed]
    found = [_tellings(clause) for clause in clauses]
    matched = _in_order(wanted, found)
    missed = tuple(label for i, label in enumerate(listed) if i not in matched)
    forms = {_form(label) for label in listed}
    used = set(matched.values())
    too_many = tuple(
        clause.label
        for i, clause in enumerate(clauses)
        if i not in used and _is_counted(clause, forms) and not clause.path.text.startswith("annex")
    )
    return OutlineScore(document, len(listed), missed, too_many)


def _is_counted(clause: Clause, forms: set[str]) -> bool:
    form = _form("".join(_marks(clause)) + clause.label)
    return form in forms or (not forms and bool(BARE.match(form)))


def _form(label: str) -> str:
    """Return a label without its numbers: #.(#) for 一、（二）."""
    return NUMBERS.sub("#", _plain(label))


def _in_order(wanted: Sequence[str], found: Sequence[tuple[str, ...]]) -> dict[int, int]:
    """Return which listed label stands at which clause: the longest match that keeps the order."""
    rows = [[0] * (len(found) + 1) for _ in range(len(wanted) + 1)]
    for i in reversed(range(len(wanted))):
        for j in reversed(range(len(found))):
            hit = rows[i + 1][j + 1] + 1 if wanted[i] in found[j] else 0
            rows[i][j] = max(hit, rows[i + 1][j], rows[i][j + 1])
    matched, i, j = {}, 0, 0
    while i < len(wanted) and j < len(found):
        if wanted[i] in found[j] and rows[i][j] == rows[i + 1][j + 1] + 1:
            matched[i] = j
            i, j = i + 1, j + 1
        elif rows[i][j] == rows[i + 1][j]:
            i += 1
        else:
            j += 1
    return matched


def _tellings(clause: Clause) -> tuple[str, ...]:
    """Return the label alone, and with the marks of the headings above it (四、 + (十六))."""
    marks = _marks(clause)
    return _plain(clause.label), *(_plain("".join(marks[i:]) + clause.label) for i in range(len(marks)))


def _marks(clause: Clause) -> list[str]:
    return [marker.text for heading in clause.headings if (marker := read_marker(heading))]


def _plain(label: str) -> str:
    """Return a label in one spelling: simplified, narrow, 1. for 1、 and 1．, nothing at its end."""
    narrow = re.sub(r"\s", "", simplified(unicodedata.normalize("NFKC", label)))
    return narrow.replace("、", ".").rstrip(".:")


def scores(data: Path, only: Sequence[str] | None = None) -> Iterator[OutlineScore]:
    """Read and score the texts of a folder; `only` names those wanted, all where it is None."""
    for line in (data / "metadata.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if only is None or record["id"] in only:
            reading = read_file(data / f"{record['id']}.txt")
            yield score_outline(record["id"], record["labels"], reading.clauses)


def report(told: Sequence[OutlineScore]) -> Iterator[str]:
    """Give one line a document with what it missed and has too many of, then the sums."""
    for one in told:
        yield f"{one.document:>4} {one.share:.3f}  {one.right}/{one.listed}  多出 {len(one.too_many)}"
        for what, labels in (("缺", one.missed), ("多", one.too_many)):
            if labels:
                yield f"       {what}：{' '.join(labels)}"
    right = sum(one.right for one in told)
    total = sum(one.listed + len(one.too_many) for one in told)
    mean = sum(one.share for one in told) / max(len(told), 1)
    yield f"共 {len(told)} 份：标签 {right / max(total, 1):.3f}，按份平均 {mean:.3f}"
